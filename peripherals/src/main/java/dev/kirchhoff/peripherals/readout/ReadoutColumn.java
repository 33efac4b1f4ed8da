package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;

/**
 * Column of an array with the readout that it is given: all that a converter is designed from.
 *
 * @param circuits circuits of the design
 * @param process process
 * @param bits bits of the code
 * @param step_ns time of one step that the spec states
 * @param load the column that it reads
 * @param signal range of the column's current or voltage
 * @param train pulses that the inputs send in a pass
 * @param pulses_ns time of the inputs' pulses
 * @param sharers converters beside each other that may share a reference
 * @param settings ranges of a layer, one for each slice of a weight and digit of an input, over the
 *     crossbars that share their register
 * @param cycle_ns one clock cycle
 * @param stated_ns time of a conversion that the spec leaves, where it states one of a pass
 * @param held whether a ramp samples its input; else cells conduct for all of its steps
 */
public record ReadoutColumn(
    Circuits circuits,
    Process process,
    int bits,
    OptionalDouble step_ns,
    ColumnLoad load,
    Signal signal,
    PulseTrain train,
    double pulses_ns,
    int sharers,
    double settings,
    double cycle_ns,
    OptionalDouble stated_ns,
    boolean held) {

  /** A column alone that single pulses of one cycle are sent to. */
  public static ReadoutColumn alone(
      Circuits circuits,
      Process process,
      Readout readout,
      ColumnLoad load,
      Signal signal,
      double cycle_ns) {
    return new ReadoutColumn(
        circuits,
        process,
        readout.bits(),
        readout.step_ns(),
        load,
        signal,
        PulseTrain.ONE,
        cycle_ns,
        1,
        1,
        cycle_ns,
        OptionalDouble.empty(),
        true);
  }
}
