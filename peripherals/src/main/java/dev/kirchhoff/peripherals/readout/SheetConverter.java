package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.List;

/**
 * Converter whose energy, area, time and errors are the terms of its circuit file, sized for a
 * column.
 *
 * <p>Words of the file: {@code time conversion} and {@code time least} are those of a conversion,
 * {@code time integrate} that for which inputs are applied, {@code capacitance input} loads the
 * circuit before it.
 */
public final class SheetConverter implements Converter {
  private static final Terms ENERGY = Terms.of(Term.ENERGY, Term.BIAS);
  private static final Terms SWITCHING = Terms.of(Term.ENERGY);
  private static final Terms AREA = Terms.of(Term.AREA);
  private static final Terms LEAKAGE = Terms.of(Term.LEAKAGE);
  private static final Terms NOISE = Terms.of(Term.NOISE);
  private static final Terms OFFSET = Terms.of(Term.OFFSET);
  private static final Terms GAIN = Terms.of(Term.GAIN);
  private static final Terms BOW = Terms.of(Term.BOW);
  private static final Terms CAPACITANCE = Terms.of(Term.CAPACITANCE);

  private final CircuitFile file;
  private final ReadoutColumn column;
  private final Solution solution;

  private SheetConverter(CircuitFile file, ReadoutColumn column, Solution solution) {
    this.file = file;
    this.column = column;
    this.solution = solution;
  }

  /** Converter of a circuit, sized for a column. */
  public static SheetConverter of(String circuit, ReadoutColumn column) {
    return new SheetConverter(
        column
            .circuits()
            .circuit(circuit)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The circuit ("
                            + circuit
                            + ") has no file.\nMaybe it is not beside the spec.")),
        column,
        column
            .circuits()
            .solve(circuit, ReadoutNames.VOCABULARY, column, column.process().node_nm()));
  }

  /** Values of its circuit. */
  public Solution solution() {
    return solution;
  }

  /** Column that it is sized for. */
  ReadoutColumn column() {
    return column;
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
    return solution.sum(AREA, account);
  }

  @Override
  public double static_uW(Account account) {
    return solution.sum(LEAKAGE, account);
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
    return is("holdsInput") || (is("holdsSampledInput") && column.held());
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
