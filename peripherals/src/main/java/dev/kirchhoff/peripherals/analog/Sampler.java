package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import java.util.List;

/** Circuit that samples a column's voltage before its conversion. */
public sealed interface Sampler extends Circuit permits SampleHold, ChargeSharing {

  /** Energy of one sample. */
  double sample_fJ(Account account);

  /** Capacitance that the circuit before it drives. */
  double capacitance_fF();

  /** Causes of the noise that it adds to a conversion. */
  List<NoiseTerm> noise();

  /** Standard deviation of the offset that it adds, in steps of the converter behind it. */
  double offset_steps();
}
