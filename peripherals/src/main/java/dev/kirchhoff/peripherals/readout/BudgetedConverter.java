package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A converter whose energy, area, time and errors follow from the same design variables: the sum of
 * its parts k, each with its formula ({@link BudgetTerm}), and leakage by area.
 *
 * <pre>
 *   E = Σ_k E_k,   A = Σ_k A_k,   P_static = p_leak A
 * </pre>
 *
 * <p>A part with a bias draws the power E_k/t_k while the bias flows ({@link BudgetTerm.Bias}).
 */
abstract class BudgetedConverter implements Converter {
  /** Area of a layout over that of its devices: wells, switches, wiring (assumed). */
  static final double LAYOUT = 2;

  /** A full adder, and with it a flip-flop that keeps a bit of the offset. */
  static final double ADDER_GATES = 6;

  static final double ADDER_AREA_GATES = 14;

  private static final String SOURCE_OF_BIAS =
      "flows in conversions and one settling before, copies while their column conducts (assumed); ";

  final Process process;
  final Signal signal;

  BudgetedConverter(Process process, Signal signal) {
    this.process = process;
    this.signal = signal;
  }

  /** Its parts. */
  public abstract List<BudgetTerm> parts();

  /** Parts of a comparator and others. */
  static List<BudgetTerm> with(List<BudgetTerm> comparator, BudgetTerm... others) {
    List<BudgetTerm> parts = new ArrayList<>(comparator);
    parts.addAll(List.of(others));
    return parts;
  }

  @Override
  public abstract List<NoiseTerm> noise();

  /** Noise that a comparison may have. */
  static NoiseTerm comparison() {
    return new NoiseTerm(
        "comparator noise", ErrorAllocation.COMPARATOR * ErrorAllocation.COMPARATOR);
  }

  /** Noise kT/C of a sample. */
  NoiseTerm sample(double capacitance_fF, double step_V) {
    return new NoiseTerm("sample", signal.kT_fJ() / capacitance_fF / (step_V * step_V));
  }

  /** Digital subtraction of the offset of its one comparator, with two fraction bits. */
  BudgetTerm offsetCorrection() {
    int bits = signal.bits() + 2;
    return new BudgetTerm(
        "offset",
        new BudgetTerm.Figure(
            bits * ADDER_GATES * process.gate_fJ(), "# x 6 x # fJ", bits, process.gate_fJ()),
        new BudgetTerm.Figure(
            LAYOUT * bits * ADDER_AREA_GATES * process.gate_um2(),
            "2 x # x 14 x # um2",
            bits,
            process.gate_um2()));
  }

  /** Source of its formulas and constants. */
  abstract String source();

  @Override
  public double energy_fJ(Account account) {
    return sum(parts(), BudgetTerm::energy, account);
  }

  @Override
  public double switching_fJ(Account account) {
    return sum(
        parts().stream().filter(part -> part.bias().isEmpty()).toList(),
        BudgetTerm::energy,
        account);
  }

  @Override
  public double bias_fJ(double conduct_ns, double turn_ns, Account account) {
    double sum_fJ = 0;
    StringBuilder text = new StringBuilder();
    for (BudgetTerm part : parts()) {
      if (part.bias().isEmpty() || part.energy().value() == 0) {
        continue;
      }
      double on_ns = part.bias().get().on_ns();
      double flow_ns = part.bias().get().flow_ns(conduct_ns, turn_ns);
      sum_fJ += part.energy().value() * flow_ns / on_ns;
      if (account.isOpen()) {
        account.formula(part.energy().template(), part.energy().numbers());
        account.formula("((" + account.formula() + ") x # ns / # ns) ", flow_ns, on_ns);
        text.append(text.length() == 0 ? "" : " + ").append(account.formula()).append(part.name());
      }
    }
    if (account.isOpen()) {
      account.formula(text.length() == 0 ? "0" : text.toString()).source(SOURCE_OF_BIAS + source());
    }
    return sum_fJ;
  }

  @Override
  public double area_um2(Account account) {
    return sum(parts(), BudgetTerm::area, account);
  }

  private double sum(
      List<BudgetTerm> parts, Function<BudgetTerm, BudgetTerm.Figure> figure, Account account) {
    double sum = 0;
    for (BudgetTerm part : parts) {
      sum += figure.apply(part).value();
    }
    if (account.isOpen()) {
      describe(parts, figure, account);
    }
    return sum;
  }

  private void describe(
      List<BudgetTerm> parts, Function<BudgetTerm, BudgetTerm.Figure> figure, Account account) {
    StringBuilder text = new StringBuilder();
    for (BudgetTerm part : parts) {
      BudgetTerm.Figure of = figure.apply(part);
      if (of.value() != 0) {
        account.formula(of.template(), of.numbers());
        text.append(text.length() == 0 ? "" : " + ")
            .append('(')
            .append(account.formula())
            .append(") ")
            .append(part.name());
      }
    }
    account.formula(text.length() == 0 ? "0" : text.toString().replace("#", "")).source(source());
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }
}
