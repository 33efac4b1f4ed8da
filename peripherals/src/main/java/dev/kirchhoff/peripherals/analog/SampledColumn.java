package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.readout.SignalNames;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Column whose voltage is sampled before its conversion.
 *
 * @param hold_ns time for which a sample is held
 * @param weighted samples of one digit that are weighted before a conversion
 * @param pulse_ns time of a pulse, in which a sample settles
 */
public record SampledColumn(
    Process process, Signal signal, double hold_ns, int weighted, double pulse_ns) {
  /** Names that the equations of a sampler may read. */
  public static final Vocabulary<SampledColumn> NAMES =
      Vocabulary.<SampledColumn>builder()
          .including(ProcessNames.VOCABULARY, SampledColumn::process)
          .including(SignalNames.VOCABULARY, SampledColumn::signal)
          .quantity("hold", "ns", "t_h", "time for which a sample is held", SampledColumn::hold_ns)
          .quantity(
              "weighted",
              "bits",
              "n",
              "samples of one digit that are weighted before a conversion",
              SampledColumn::weighted)
          .quantity("pulse", "ns", "t_p", "time of a pulse", SampledColumn::pulse_ns)
          .build();
}
