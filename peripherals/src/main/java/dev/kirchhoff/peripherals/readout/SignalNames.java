package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.sheet.Vocabulary;

/** Names of the signal that the circuits of a column are designed for. */
public final class SignalNames {
  /** The vocabulary. */
  public static final Vocabulary<Signal> VOCABULARY =
      Vocabulary.<Signal>builder()
          .quantity("bits", "bits", "B", "bits of a code", Signal::bits)
          .quantity("codes", "codes", "N", "number of codes, 2^B", Signal::codes)
          .quantity("range", "V", "V_FS", "voltage that the signal spans", Signal::range_V)
          .quantity("step", "V", "Δ", "voltage of a step of the code", Signal::step_V)
          .quantity("kT", "fJ", "kT", "thermal energy", Signal::kT_fJ)
          .quantity("range_I", "uA", "I_FS", "current that the signal spans", Signal::range_uA)
          .quantity("step_I", "uA", "I_Δ", "current of a step of the code", Signal::step_uA)
          .quantity("mean_I", "uA", "I_m", "mean current of the column", Signal::mean_uA)
          .quantity(
              "mean", "1", "m", "mean current over the range, at least a half", Signal::meanShare)
          .quantity(
              "largest_gain",
              "1",
              "A",
              "full range over the narrowest one, which circuits are sized for",
              Signal::largestGain)
          .quantity(
              "taken",
              "1",
              "m_r",
              "current over the range that a reference takes off before conversion",
              Signal::subtractedShare)
          .build();

  private SignalNames() {}
}
