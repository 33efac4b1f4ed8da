package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.readout.Signal;
import java.util.Optional;

/**
 * Current of resistive cells into a virtual ground. An amplifier holds the bitline and hands the
 * converter a voltage, or a copy of the current.
 *
 * @param senses input of the converter behind the amplifier
 * @param turns whether columns are sampled
 * @param amplifier kind of the amplifier
 */
record HeldCurrent(ReadoutKind.Senses senses, Turns turns, Readout.FrontEnd amplifier)
    implements ResistiveColumn {

  @Override
  public Optional<String> frontEnd() {
    return Optional.of(
        switch (amplifier) {
          case TIA -> "two-stage-tia";
          case INTEGRATOR -> "integrator";
          case NONE -> throw new IllegalStateException("A column without amplifier is not held.");
        });
  }

  @Override
  public boolean muxesCurrents() {
    return true;
  }

  @Override
  public double missing_V(Signal signal) {
    return signal.missing_V();
  }
}
