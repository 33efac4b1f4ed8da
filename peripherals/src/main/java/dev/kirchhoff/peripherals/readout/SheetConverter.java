package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.List;
import java.util.Optional;

/**
 * Converter whose energy, area, time and errors are the terms of its circuit file, sized for a
 * column.
 *
 * <p>Words of the file: {@code time conversion} and {@code time least} are those of a conversion,
 * {@code time integrate} that for which inputs are applied, {@code capacitance input} loads the
 * circuit before it.
 */
public final class SheetConverter implements Converter {
  private static final String REFERENCE = "trimmed-reference";
  private static final Terms ENERGY = Terms.of(Term.ENERGY, Term.BIAS);
  private static final Terms SWITCHING = Terms.of(Term.ENERGY);
  private static final Terms PRODUCT = Terms.ofAction("product", Term.ENERGY);
  private static final Terms READ = Terms.ofAction("read", Term.ENERGY);
  private static final Terms AREA = Terms.of(Term.AREA);
  private static final Terms LEAKAGE = Terms.of(Term.LEAKAGE);
  private static final Terms NOISE = Terms.of(Term.NOISE);
  private static final Terms OFFSET = Terms.of(Term.OFFSET);
  private static final Terms GAIN = Terms.of(Term.GAIN);
  private static final Terms BOW = Terms.of(Term.BOW);
  private static final Terms CAPACITANCE = Terms.of(Term.CAPACITANCE);

  private final CircuitFile file;
  private final Solution solution;
  private final Optional<Solution> reference;
  private final boolean held;

  /** Conductance whose read current the circuit prices, where it does. */
  private final double full_uS;

  private SheetConverter(
      CircuitFile file,
      Solution solution,
      Optional<Solution> reference,
      boolean held,
      double full_uS) {
    this.file = file;
    this.solution = solution;
    this.reference = reference;
    this.held = held;
    this.full_uS = full_uS;
  }

  /** Converter of a circuit, sized for a column. */
  public static SheetConverter of(String circuit, ReadoutColumn column) {
    return new SheetConverter(
        column.circuits().circuit(circuit).orElseThrow(),
        solved(circuit, column),
        Optional.empty(),
        column.held(),
        column.load().full_uS());
  }

  /** Adders of a circuit, which add the products of a column. */
  public static SheetConverter of(String circuit, Circuits circuits, AddedColumn.Built adders) {
    return new SheetConverter(
        circuits.circuit(circuit).orElseThrow(),
        circuits.solve(circuit, AddedColumn.Built.VOCABULARY, adders, adders.process().node_nm()),
        Optional.empty(),
        false,
        0);
  }

  @Override
  public SheetConverter trimmed(ReadoutColumn column) {
    return trimsItself()
        ? this
        : new SheetConverter(file, solution, Optional.of(solved(REFERENCE, column)), held, full_uS);
  }

  private static Solution solved(String circuit, ReadoutColumn column) {
    return column
        .circuits()
        .solve(circuit, ReadoutNames.VOCABULARY, column, column.process().node_nm());
  }

  /** Values of its circuit. */
  public Solution solution() {
    return solution;
  }

  private boolean is(String behaviour) {
    return file.behaviour().contains(behaviour);
  }

  @Override
  public double energy_fJ(Account account) {
    return solution.sum(ENERGY, account);
  }

  @Override
  public double switching_fJ(Account account) {
    return solution.sum(SWITCHING, account);
  }

  @Override
  public double bias_fJ(double conduct_ns, double turn_ns, Account account) {
    return solution.bias_fJ(conduct_ns, turn_ns, account);
  }

  @Override
  public double area_um2(Account account) {
    return withReference(solution.sum(AREA, account), AREA, account);
  }

  @Override
  public double static_uW(Account account) {
    return withReference(solution.sum(LEAKAGE, account), LEAKAGE, account);
  }

  private double withReference(double own, Terms terms, Account account) {
    return reference.map(trimmed -> trimmed.plus(own, terms, account)).orElse(own);
  }

  @Override
  public double product_fJ(Account account) {
    return solution.sum(PRODUCT, account);
  }

  @Override
  public boolean pricesReadCurrent() {
    return is("pricesReadCurrent");
  }

  @Override
  public double readCurrent_fJ(double conductance_uS, Account account) {
    double full_fJ = solution.sum(READ, account);
    double share = conductance_uS / full_uS;
    account.times(share, "");
    return full_fJ * share;
  }

  @Override
  public double time_ns() {
    return solution.value(Term.TIME, "conversion", 0);
  }

  @Override
  public double needed_ns() {
    return solution.value(Term.TIME, "least", 0);
  }

  @Override
  public double integrate_ns(double pulses_ns) {
    return solution.value(Term.TIME, "integrate", pulses_ns);
  }

  @Override
  public ErrorBudget errors() {
    return new ErrorBudget(
        solution.sum(NOISE), solution.sum(OFFSET), solution.sum(GAIN), solution.sum(BOW));
  }

  @Override
  public List<NoiseTerm> noise() {
    return NoiseTerm.of(solution, NOISE);
  }

  @Override
  public double input_fF() {
    return solution.sum(CAPACITANCE);
  }

  @Override
  public boolean holdsInput() {
    return is("holdsInput") || (is("holdsSampledInput") && held);
  }

  @Override
  public boolean usesSpareTime() {
    return is("usesSpareTime");
  }

  @Override
  public boolean countsInputs() {
    return is("countsInputs");
  }

  @Override
  public boolean trimsItself() {
    return is("trimsItself");
  }

  @Override
  public boolean keepsSum() {
    return is("keepsSum");
  }
}
