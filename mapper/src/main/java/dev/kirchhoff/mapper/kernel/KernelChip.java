package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.simulate.AmplifierErrors;
import dev.kirchhoff.mapper.simulate.CrossbarMachine;
import dev.kirchhoff.mapper.simulate.CrossbarModel;
import dev.kirchhoff.mapper.simulate.SimulationOptions;
import dev.kirchhoff.mapper.simulate.WireLosses;
import dev.kirchhoff.peripherals.PriceTable;

/**
 * Parameters of a chip that the result of a kernel depends on. Chips that are equal give a kernel
 * the same result bit for bit.
 *
 * @param crossbars crossbars
 * @param amplifier amplifiers of its loops; ideal for a kernel that closes none
 * @param precision bits of matrices, inputs and outputs
 */
public record KernelChip(CrossbarModel crossbars, AmplifierErrors amplifier, Precision precision) {

  /**
   * The chip of a design.
   *
   * <p>Amplifiers have the gain and offset of {@code pe.feedback}; their largest output is the read
   * voltage, as it lies across the cells. A chip without amplifiers is given ideal ones, so that
   * the design has a result beside the part that it lacks.
   *
   * @param precision bits of matrices, inputs and outputs
   */
  public static KernelChip of(
      Design design, PriceTable prices, Kernel kernel, Precision precision) {
    Chip chip = design.chip();
    AmplifierErrors amplifier =
        chip.pe()
            .kernelParts()
            .feedback()
            .filter(part -> kernel.solves())
            .map(
                part ->
                    new AmplifierErrors(part.gain(), part.offset_V(), chip.cell().readVoltage_V()))
            .orElse(AmplifierErrors.IDEAL);
    return new KernelChip(CrossbarModel.of(design, prices), amplifier, precision);
  }

  /** False if the cells hold signs alone, so that no matrix of a kernel fits. */
  public static boolean holdsMagnitudes(Design design) {
    return !design.chip().crossbar().weights().countsMatches();
  }

  /**
   * A programmed chip.
   *
   * @param losses losses in wires of the mean chip
   */
  CrossbarMachine machine(SimulationOptions options, WireLosses losses) {
    return CrossbarMachine.of(crossbars, options, precision).with(amplifier).with(losses);
  }
}
