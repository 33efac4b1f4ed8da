package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.analog.FrontEnd;
import dev.kirchhoff.peripherals.analog.Integrator;
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
  public Optional<ColumnAmplifier> frontEnd(
      FrontEnd transimpedance, Signal signal, double integrate_ns) {
    return Optional.of(
        switch (amplifier) {
          case TIA -> transimpedance;
          case INTEGRATOR -> new Integrator(transimpedance, signal, integrate_ns);
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
