package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/** Names of the column that a readout converts, which its equations may read. */
public final class ReadoutNames {
  /** The vocabulary. */
  public static final Vocabulary<ReadoutColumn> VOCABULARY =
      Vocabulary.<ReadoutColumn>builder()
          .including(ProcessNames.VOCABULARY, ReadoutColumn::process)
          .including(SignalNames.VOCABULARY, ReadoutColumn::signal)
          .quantity("full_G", "uS", "G", "largest conductance of a cell", c -> c.load().full_uS())
          .quantity(
              "read_V", "V", "V_r", "voltage that cells are read at", c -> c.load().readVoltage_V())
          .optional(
              "stated_step",
              "ns",
              "t_s",
              "time of a step that a spec states",
              ReadoutColumn::step_ns)
          .optional(
              "stated_time",
              "ns",
              "T_s",
              "time of a conversion that a spec leaves",
              ReadoutColumn::stated_ns)
          .quantity("cycle", "ns", "t_clk", "cycle of the clock", ReadoutColumn::cycle_ns)
          .quantity(
              "sharers",
              "1",
              "n",
              "converters that may share a reference",
              c -> Math.max(1, c.sharers()))
          .quantity(
              "settings",
              "1",
              "n_s",
              "ranges of a layer, one for each slice of a weight and digit of an input, over the crossbars of a PE",
              ReadoutColumn::settings)
          .quantity("pulses", "ns", "t_p", "time of the inputs' pulses", ReadoutColumn::pulses_ns)
          .quantity("pulse_bits", "bits", "m_b", "mean bits of a pass", c -> c.train().bits())
          .quantity(
              "pulse_counts",
              "counts",
              "n_i",
              "mean pulses of a full train",
              c -> c.train().counts())
          .quantity(
              "bits_before",
              "bits",
              "b_e",
              "mean bits that earlier passes have delivered",
              c -> c.train().bitsBefore())
          .flag(
              "sustained",
              "a pulse stays for as long as the converter wants it",
              c -> c.train().sustained())
          .flag("held", "something holds what the column has delivered", ReadoutColumn::held)
          .build();

  private ReadoutNames() {}
}
