package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Pulse whose width, or number, is the digit.
 *
 * @param time_ns time of a step of the width, or of one of equal pulses
 * @param isCounted whether the number of pulses is the digit
 */
public record DigitPulse(Process process, double time_ns, boolean isCounted) {
  /** Names that the equations of its edges may read. */
  public static final Vocabulary<DigitPulse> NAMES =
      Vocabulary.<DigitPulse>builder()
          .including(ProcessNames.VOCABULARY, DigitPulse::process)
          .quantity(
              "pulse",
              "ns",
              "t",
              "time of a step of the width, or of one of equal pulses",
              DigitPulse::time_ns)
          .flag("counted", "the number of pulses is the digit", DigitPulse::isCounted)
          .build();

  /** Errors of the digit. */
  public InputErrors errors(Circuits circuits) {
    return RowInput.errors(circuits.solve("pulse-edges", NAMES, this, process.node_nm()));
  }
}
