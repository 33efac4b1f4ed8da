package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Circuit whose area, leakage, energies and times are the terms of its file: every circuit that
 * others ask for no more than these, and what those that are asked for more have in common.
 */
public class SheetCircuit implements Circuit {
  private static final Terms ENERGY = Terms.of(Term.ENERGY);
  private static final Terms AREA = Terms.of(Term.AREA);
  private static final Terms LEAKAGE = Terms.of(Term.LEAKAGE);

  private final Solution solution;

  /** A circuit of values. */
  protected SheetCircuit(Solution solution) {
    this.solution = solution;
  }

  /** A circuit, sized for a subject on a process. */
  public static <T> SheetCircuit of(
      Circuits circuits, String name, Vocabulary<T> vocabulary, T subject, Process process) {
    return new SheetCircuit(circuits.solve(name, vocabulary, subject, process.node_nm()));
  }

  /** Values of its circuit. */
  public final Solution solution() {
    return solution;
  }

  /** Energy of its one action. */
  public double energy_fJ(Account account) {
    return energy_fJ(ENERGY, account);
  }

  /** Energy of an action. */
  public double energy_fJ(Terms action, Account account) {
    return solution.sum(action, account);
  }

  @Override
  public double area_um2(Account account) {
    return solution.sum(AREA, account);
  }

  @Override
  public double static_uW(Account account) {
    return solution.sum(LEAKAGE, account);
  }

  /** A time of its file; 0 where it states none. */
  public double time_ns(String name) {
    return solution.value(Term.TIME, name, 0);
  }
}
