package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converter of a column's current or voltage to a code, as its circuit file says, sized for a
 * column.
 *
 * <p>Words of the file: {@code time conversion} and {@code time least} are those of a conversion,
 * {@code time integrate} that for which inputs are applied, {@code capacitance input} loads the
 * circuit before it; a {@code bias} is a line of its own beside the energy that switches.
 */
public final class Converter extends SheetCircuit {
  private static final String REFERENCE = "trimmed-reference";
  private static final String GAINS = "gain-register";
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
  private static final Terms TIME = Terms.of(Term.TIME);
  private static final Terms CAPACITANCE = Terms.of(Term.CAPACITANCE);

  private final CircuitFile file;
  private final Optional<Solution> reference;
  private final boolean held;

  /** Conductance whose read current the circuit prices, where it does. */
  private final double full_uS;

  private Converter(
      CircuitFile file,
      Solution solution,
      Optional<Solution> reference,
      boolean held,
      double full_uS) {
    super(solution);
    this.file = file;
    this.reference = reference;
    this.held = held;
    this.full_uS = full_uS;
  }

  /** Converter of a circuit, sized for a column. */
  public static Converter of(String circuit, ReadoutColumn column) {
    return new Converter(
        column.circuits().circuit(circuit).orElseThrow(),
        solved(circuit, column),
        Optional.empty(),
        column.held(),
        column.load().full_uS());
  }

  /** Adders of a circuit, which add the products of a column. */
  public static Converter of(String circuit, Circuits circuits, AddedColumn.Built adders) {
    return new Converter(
        circuits.circuit(circuit).orElseThrow(),
        circuits.solve(circuit, AddedColumn.Built.VOCABULARY, adders, adders.process().node_nm()),
        Optional.empty(),
        false,
        0);
  }

  /**
   * This converter with the gains of a layer's ranges and, unless its step sets the range, with a
   * reference of its own that is trimmed to them.
   */
  public Converter trimmed(ReadoutColumn column) {
    Solution ranges = solved(trimsItself() ? GAINS : REFERENCE, column);
    return new Converter(file, solution(), Optional.of(ranges), held, full_uS);
  }

  private static Solution solved(String circuit, ReadoutColumn column) {
    return column
        .circuits()
        .solve(circuit, ReadoutNames.VOCABULARY, column, column.process().node_nm());
  }

  private boolean is(String behaviour) {
    return file.behaviour().contains(behaviour);
  }

  /** Energy of one conversion, bias of its own time included. */
  @Override
  public double energy_fJ(Account account) {
    return energy_fJ(ENERGY, account);
  }

  /** Energy of what switches in one conversion. */
  public double switching_fJ(Account account) {
    return energy_fJ(SWITCHING, account);
  }

  /**
   * Energy of its bias in one conversion. Figures of published converters include it in the energy
   * of a conversion.
   *
   * @param conduct_ns time that the column conducts
   * @param turn_ns a conversion's share of a pass
   */
  public double bias_fJ(double conduct_ns, double turn_ns, Account account) {
    return solution().bias_fJ(conduct_ns, turn_ns, account);
  }

  @Override
  public double area_um2(Account account) {
    return withReference(super.area_um2(account), AREA, account);
  }

  @Override
  public double static_uW(Account account) {
    return withReference(super.static_uW(account), LEAKAGE, account);
  }

  private double withReference(double own, Terms terms, Account account) {
    return reference.map(trimmed -> trimmed.plus(own, terms, account)).orElse(own);
  }

  /** Energy of adding one product that is one, of a readout that adds products; else 0. */
  public double product_fJ(Account account) {
    return energy_fJ(PRODUCT, account);
  }

  /** True if its model includes the array's read current, as some published fits do. */
  public boolean pricesReadCurrent() {
    return is("pricesReadCurrent");
  }

  /** Energy of the current of a conductance on its column during a conversion, if it prices it. */
  public double readCurrent_fJ(double conductance_uS, Account account) {
    double full_fJ = energy_fJ(READ, account);
    double share = conductance_uS / full_uS;
    account.times(share, "");
    return full_fJ * share;
  }

  /** Time of one conversion. */
  public double time_ns() {
    return time_ns("conversion");
  }

  /** Time of one conversion with its account. */
  public double time_ns(Account account) {
    solution().rows(TIME).stream()
        .filter(row -> row.key().equals("time conversion"))
        .forEach(row -> solution().value(row, account));
    return time_ns();
  }

  /** Least time of a conversion that the circuit can do; 0 where its model knows none. */
  public double needed_ns() {
    return time_ns("least");
  }

  /**
   * Time for which inputs are applied before or while it converts.
   *
   * @param pulses_ns time of the input's pulses
   */
  public double integrate_ns(double pulses_ns) {
    return solution().value(Term.TIME, "integrate", pulses_ns);
  }

  /** Errors of its codes. */
  public ErrorBudget errors() {
    Solution circuit = solution();
    return new ErrorBudget(
        circuit.sum(NOISE), circuit.sum(OFFSET), circuit.sum(GAIN), circuit.sum(BOW));
  }

  /** Causes of the noise of a conversion, with their accounts. */
  public List<NoiseTerm> noise(Account account) {
    return NoiseTerm.of(solution(), NOISE, account);
  }

  /** Lines that give offset, gain and bow, as far as the circuit states them. */
  public Map<Term, String> mismatch() {
    Map<Term, String> lines = new EnumMap<>(Term.class);
    for (Term term : List.of(Term.OFFSET, Term.GAIN, Term.BOW)) {
      Account account = Account.open();
      double sum = solution().sum(Terms.of(term), account);
      if (sum != 0) {
        String places = solution().places(Terms.of(term));
        lines.put(
            term,
            term.word()
                + " "
                + Units.allDigits(sum)
                + " = "
                + account.formula()
                + (places.isEmpty() ? "" : ", " + places));
      }
    }
    return lines;
  }

  /** Capacitance at the input that the circuit before it has to drive. */
  public double input_fF() {
    return solution().sum(CAPACITANCE);
  }

  /**
   * True if it samples its input on capacitors of its own, so that the column need not conduct
   * while it converts.
   */
  public boolean holdsInput() {
    return is("holdsInput") || (is("holdsSampledInput") && held);
  }

  /** Time of a conversion in which the column must conduct. */
  public double conducting_ns(double conversion_ns) {
    return holdsInput() ? 0 : conversion_ns;
  }

  /**
   * True if a longer conversion is used where time is available: for less energy, as by a SAR, or
   * for less noise, as by kinds that sense the current. Others keep a pace of their own.
   */
  public boolean usesSpareTime() {
    return is("usesSpareTime");
  }

  /** True if it counts for as long as inputs are applied, so that its steps lie within them. */
  public boolean countsInputs() {
    return is("countsInputs");
  }

  /** True if its step sets its range, so that a calibrated range takes no reference of its own. */
  public boolean trimsItself() {
    return is("trimsItself");
  }

  /**
   * True if it accumulates its codes and stores the sum itself, so that neither shift-and-add nor
   * output register follow it.
   */
  public boolean keepsSum() {
    return is("keepsSum");
  }
}
