package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;

/**
 * Circuits that drive one row, as their file says.
 *
 * <p>Words of the file: {@code energy.pulse} is that of the pulses of one digit that is not zero,
 * {@code energy.open} and {@code energy.convert} those of opening the row for one digit and of
 * presenting it, zero or not; {@code power.hold} is drawn while a buffer holds the row at a level;
 * {@code resistance stage} is that of the wordline's stage, {@code resistance cells} what the
 * current of the cells sees.
 */
public final class RowInput extends SheetCircuit {
  private static final Terms PULSE = Terms.ofAction("pulse", Term.ENERGY);
  private static final Terms OPEN = Terms.ofAction("open", Term.ENERGY);
  private static final Terms CONVERT = Terms.ofAction("convert", Term.ENERGY);
  private static final Terms HOLD = Terms.ofAction("hold", Term.POWER);
  private static final Terms OFFSET = Terms.of(Term.OFFSET);
  private static final Terms GAIN = Terms.of(Term.GAIN);
  private static final Terms BOW = Terms.of(Term.BOW);
  private static final Terms NOISE = Terms.of(Term.NOISE);

  private final boolean hasLine;

  private RowInput(Solution solution, boolean hasLine) {
    super(solution);
    this.hasLine = hasLine;
  }

  /** Circuits of a row. */
  public static RowInput of(Circuits circuits, DrivenRow row) {
    return new RowInput(
        circuits.solve("row-driver", DrivenRow.NAMES, row, row.process().node_nm()),
        row.beside().isPresent());
  }

  /** True if lines carry the pulses beside the wordline. */
  public boolean hasLine() {
    return hasLine;
  }

  /** Energy of the pulses of one digit that is not zero. */
  public double pulses_fJ(Account account) {
    return energy_fJ(PULSE, account);
  }

  /**
   * Energy of the bias of a buffer that holds the row at a level; none where pulses have one level.
   *
   * @param on_ns time that the bias flows
   */
  public double bias_fJ(double on_ns, Account account) {
    return solution().sum(account, Solution.Part.of(HOLD, on_ns, "ns"));
  }

  /** Energy of opening a row for one digit, zero or not. */
  public double wordline_fJ(Account account) {
    return energy_fJ(OPEN, account);
  }

  /** Energy of presenting one digit, zero or not. */
  public double convert_fJ(Account account) {
    return energy_fJ(CONVERT, account);
  }

  /** Least time in which a row settles beside the delay of its line. */
  public double least_ns() {
    return time_ns("least");
  }

  /** Output resistance of the wordline's stage. */
  public double stage_ohm() {
    return Units.OHM_PER_MOHM * solution().value(Term.RESISTANCE, "stage", 0);
  }

  /** Output resistance that the cells' current sees; 0 where it comes from no driver of a row. */
  public double driver_ohm() {
    return Units.OHM_PER_MOHM * solution().value(Term.RESISTANCE, "cells", 0);
  }

  /** Errors of the levels that it presents. */
  public InputErrors errors() {
    return errors(solution());
  }

  /** Errors of inputs that a circuit states. */
  static InputErrors errors(Solution circuit) {
    return new InputErrors(
        circuit.sum(OFFSET), circuit.sum(GAIN), circuit.sum(BOW), Math.sqrt(circuit.sum(NOISE)));
  }
}
