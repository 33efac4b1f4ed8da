package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.circuit.Thermal;
import dev.kirchhoff.peripherals.analog.LoopRow;
import dev.kirchhoff.peripherals.analog.SwitchedLines;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.random.RandomCircuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/**
 * Circuits of a PE that kernels beyond networks need. A chip that states no amplifier or no source
 * has the standard one here, so that no solve and no draw is free.
 */
final class KernelCircuits {
  private static final LoopAmplifier STANDARD_AMPLIFIER = LoopAmplifier.standard();

  private final ColumnCircuits circuits;
  private final KernelParts stated;
  final SheetCircuit feedback;
  final SheetCircuit random;

  KernelCircuits(ColumnCircuits circuits) {
    this.circuits = circuits;
    Chip chip = circuits.site().chip();
    stated = chip.pe().kernelParts();
    double row_uA =
        chip.crossbar().allColumns() * circuits.site().mean_uS() * chip.cell().readVoltage_V();
    feedback =
        new LoopRow(
                circuits.site().process(),
                amplifier(),
                circuits.array().inputLine_fF(),
                row_uA,
                Thermal.kT_fJ(chip.technology().temperature_K()))
            .amplifier(circuits.site().circuits());
    random =
        RandomCircuits.of(circuits.site().circuits(), stated.random(), circuits.site().process());
  }

  private LoopAmplifier amplifier() {
    return stated.feedback().orElse(STANDARD_AMPLIFIER);
  }

  /** Switches of one crossbar. */
  Circuit switches() {
    Chip chip = circuits.site().chip();
    // Half of the active cells of a line are driven, in a transpose read those of all columns.
    double row_uS = 0.5 * chip.crossbar().allColumns() * circuits.site().mean_uS();
    double column_uS = 0.5 * chip.crossbar().rowsActive() * circuits.site().mean_uS();
    return new SwitchedLines(
            circuits.site().process(),
            chip.crossbar().rows(),
            chip.crossbar().allColumns(),
            row_uS,
            column_uS)
        .switches(circuits.site().circuits());
  }

  /** Driver of one column. */
  RowInput columnInput() {
    return RowCircuits.ofColumn(
        circuits.site(), circuits.array(), circuits.integrate_ns(), circuits.acquire_ns());
  }

  /** Time constant of an amplifier, 1/(2π f). */
  double amplifier_ns() {
    return 1 / (2 * StrictMath.PI * amplifier().bandwidth_GHz());
  }

  /**
   * Time of one word of one source.
   *
   * @param bit_ns time of one bit that is a read and a conversion
   */
  double word_ns(double bit_ns) {
    if (stated.random() instanceof RandomSource.Counter) {
      return random.time_ns(RandomCircuits.WORD);
    }
    return stated.random() instanceof RandomSource.DeviceNoise
        ? RandomSource.WORD_BITS * bit_ns
        : circuits.site().pulses().cycle_ns();
  }
}
