package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.readout.SignalNames;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Column whose bitline an amplifier holds.
 *
 * @param load the column
 * @param bitline_fF capacitance of the bitline
 * @param load_fF capacitance that the output drives, 0 where a converter takes the current
 * @param settle_ns time to settle in
 * @param average_ns time over which noise is averaged
 * @param integrate_ns time that inputs are applied
 */
public record AmplifiedColumn(
    Process process,
    Signal signal,
    ColumnLoad load,
    double bitline_fF,
    double load_fF,
    double settle_ns,
    double average_ns,
    double integrate_ns) {
  /** Names that the equations of an amplifier may read. */
  public static final Vocabulary<AmplifiedColumn> NAMES =
      Vocabulary.<AmplifiedColumn>builder()
          .including(ProcessNames.VOCABULARY, AmplifiedColumn::process)
          .including(SignalNames.VOCABULARY, AmplifiedColumn::signal)
          .quantity(
              "column_G",
              "uS",
              "G",
              "conductance of the column with half of its active rows driven",
              c -> c.load().typical_uS())
          .quantity("read", "V", "V_r", "read voltage", c -> c.load().readVoltage_V())
          .quantity("bitline", "fF", "C_b", "capacitance of the bitline", c -> c.bitline_fF())
          .quantity("load", "fF", "C_L", "capacitance that the output drives", c -> c.load_fF())
          .quantity("settle", "ns", "t_set", "time to settle in", AmplifiedColumn::settle_ns)
          .quantity(
              "average",
              "ns",
              "t_int",
              "time over which noise is averaged",
              AmplifiedColumn::average_ns)
          .quantity(
              "integrate",
              "ns",
              "t_in",
              "time that inputs are applied",
              AmplifiedColumn::integrate_ns)
          .build();
}
