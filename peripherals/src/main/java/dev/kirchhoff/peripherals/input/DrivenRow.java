package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;
import java.util.Optional;

/**
 * Row of an array with the pulses that its circuits drive it with.
 *
 * @param line the wordline
 * @param beside line beside a wordline of gates that carries the sign of inputs; the wordline then
 *     opens the row's cells once for each bit plane, whatever the data are
 * @param levels amplitudes of pulses that have several
 * @param train pulses of a digit
 */
public record DrivenRow(
    Process process, Line line, Optional<SignedLine> beside, Optional<Levels> levels, Train train) {
  /** Names that the equations of a row's driver may read. */
  public static final Vocabulary<DrivenRow> NAMES =
      Vocabulary.<DrivenRow>builder()
          .including(ProcessNames.VOCABULARY, DrivenRow::process)
          .quantity("line_bits", "bits", "b", "bits of an amplitude", r -> r.line().bits())
          .flag("gates_only", "the wordline drives gates only", r -> r.line().gatesOnly())
          .quantity("line_C", "fF", "C_w", "capacitance of the wordline", r -> r.line().line_fF())
          .quantity(
              "row_G",
              "uS",
              "G_row",
              "mean conductance of all cells of a row",
              r -> r.line().row_uS())
          .quantity("read", "V", "V_r", "read voltage", r -> r.line().read_V())
          .quantity(
              "read_supply",
              "V",
              "V_s",
              "supply that the read voltage is made from",
              r -> r.line().readSupply_V())
          .quantity(
              "low", "V", "V_low", "level of a gate that is off", r -> r.line().swing().low_V())
          .quantity(
              "high",
              "V",
              "V_high",
              "level of a gate that is on",
              r -> r.line().swing().high_V().orElse(r.process().supply_V()))
          .flag("shifted", "the line has a level shifter", r -> r.line().shifted())
          .flag("lined", "a line beside the wordline carries pulses", r -> r.beside().isPresent())
          .quantity(
              "input_C",
              "fF",
              "C_in",
              "capacitance of the line beside the wordline",
              r -> r.signed().line_fF())
          .quantity(
              "columns_C",
              "fF",
              "C_col",
              "share of the columns' capacitance that a pulse of one row charges",
              r -> r.signed().columns_fF())
          .flag("open", "columns are open, their voltage sensed", r -> r.signed().open())
          .flag("graded", "pulses have several amplitudes", r -> r.levels().isPresent())
          .quantity(
              "whole_bits",
              "bits",
              "b_x",
              "bits of the input that amplitudes present",
              r -> r.graded().wholeBits())
          .quantity("full", "V", "V_a", "amplitude of the largest digit", r -> r.graded().full_V())
          .quantity("rows", "rows", "R", "rows that share a string", r -> r.graded().rows())
          .quantity("settle", "ns", "t_set", "time to settle in", r -> r.graded().settle_ns())
          .quantity(
              "average",
              "ns",
              "t_int",
              "time over which noise is averaged",
              r -> r.graded().average_ns())
          .quantity("kT", "fJ", "kT", "thermal energy", r -> r.graded().kT_fJ())
          .quantity(
              "pulses",
              "pulses",
              "n_p",
              "pulses of a digit that is not zero, mean over uniform digits",
              r -> r.train().pulses())
          .quantity(
              "planes",
              "1",
              "n_o",
              "number of times that the row is opened",
              r -> r.train().planes())
          .build();

  /**
   * A wordline.
   *
   * @param bits bits that one pulse carries; more than one needs a DAC
   * @param gatesOnly whether it drives gates only
   * @param line_fF capacitance of the whole line
   * @param row_uS mean conductance of all cells of a row
   * @param read_V read voltage
   * @param readSupply_V supply of the read voltage
   * @param shifted whether it has a level shifter
   * @param swing swing of a line that drives gates
   */
  public record Line(
      int bits,
      boolean gatesOnly,
      double line_fF,
      double row_uS,
      double read_V,
      double readSupply_V,
      boolean shifted,
      Input.Swing swing) {}

  /**
   * A line beside the wordline, which carries both polarities of the read voltage.
   *
   * @param line_fF capacitance of the line
   * @param columns_fF share of the columns' capacitance that a pulse of one row charges
   * @param open whether columns are open, their voltage sensed
   */
  public record SignedLine(double line_fF, double columns_fF, boolean open) {
    private static final SignedLine NONE = new SignedLine(0, 0, false);
  }

  /**
   * Amplitudes.
   *
   * @param wholeBits bits of the input that amplitudes present
   * @param full_V amplitude of the largest digit
   * @param rows rows that share a string
   * @param settle_ns time to settle in
   * @param average_ns time over which noise is averaged
   * @param kT_fJ thermal energy
   */
  public record Levels(
      int wholeBits, double full_V, int rows, double settle_ns, double average_ns, double kT_fJ) {
    private static final Levels NONE = new Levels(1, 1, 1, 1, 0, 0);
  }

  /**
   * Pulses of one digit.
   *
   * @param pulses pulses of a digit that is not zero, mean over uniform digits
   * @param planes number of times that the row is opened
   */
  public record Train(double pulses, double planes) {}

  private SignedLine signed() {
    return beside.orElse(SignedLine.NONE);
  }

  private Levels graded() {
    return levels.orElse(Levels.NONE);
  }
}
