package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.readout.Sensing;

/**
 * How long a crossbar takes for a pass.
 *
 * <p>Sampled columns are read together and converted one after another while the next pass reads:
 * max(read, n t_c). Without sample-and-hold the mux gives one column at a time a path for its
 * current, the others float: n (read + t_c), and cells conduct while their column is selected. Open
 * columns settle as dividers through their own active cells, half of them driven (assumed); a
 * neuron samples them as soon as they have settled, and cells conduct no longer.
 */
final class PassTimes {
  private static final double LN_2 = StrictMath.log(2);

  private PassTimes() {}

  /**
   * The times of a pass.
   *
   * @param circuits circuits of a chip, all but their times known
   * @param conversion_ns time of one conversion
   */
  static PassTiming of(ChipCircuits circuits, double conversion_ns) {
    Chip chip = circuits.chip;
    CellArray array = circuits.array;
    if (chip.crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      return ofDigital(circuits);
    }
    // ohm fF = 1e-6 ns.
    double wordline_ns =
        1e-6
            * array.wordline_fF()
            * Families.factor(circuits.calibration, chip, Part.INPUT, Quantity.TIME)
            * (circuits.rowInput.stage_ohm()
                + array.wordlineSegment_ohm() * chip.crossbar().columns() / 2);
    double column_ohm =
        circuits.isOpen() ? 2e6 / columnMean_uS(chip) : circuits.electrics.frontEndInput_ohm();
    double bitline_ns =
        1e-6
            * array.bitline_fF()
            * circuits.calibration.factor(Families.of(chip, Part.CROSSBAR), Quantity.TIME)
            * (column_ohm + array.bitlineSegment_ohm() * chip.crossbar().rows() / 2);
    double settle_ns = (chip.pe().readout().bits() + 1) * LN_2 * (wordline_ns + bitline_ns);
    double integrate_ns = circuits.converter.integrate_ns(circuits.pulses_ns());
    double read_ns = settle_ns + integrate_ns;
    int turns = circuits.sums.turns();
    double convert_ns = turns * conversion_ns;
    double conduct_ns = circuits.sampled ? read_ns : read_ns + conversion_ns;
    double pass_ns;
    if (chip.crossbar().isTable()) {
      pass_ns = convert_ns;
    } else {
      // The columns of a charge array hold what they add up.
      pass_ns =
          !chip.crossbar().sumsCurrents()
              ? read_ns + convert_ns
              : circuits.sampled ? Math.max(read_ns, convert_ns) : turns * conduct_ns;
    }
    if (chip.crossbar().compute().hasPass()) {
      pass_ns = chip.crossbar().compute().pass_ns();
    }
    if (circuits.converter.sensing() == Sensing.SAMPLED_VOLTAGE) {
      conduct_ns = 0;
    }
    conduct_ns = Math.min(conduct_ns, pass_ns);
    return new PassTiming(
        settle_ns, integrate_ns, conversion_ns, pass_ns, conduct_ns, circuits.cycle_ns);
  }

  /** A digital array adds once a clock cycle, pipelined where its adders are slower. */
  private static PassTiming ofDigital(ChipCircuits circuits) {
    double cycle_ns = circuits.cycle_ns;
    double stated_ns = circuits.chip.crossbar().compute().pass_ns();
    double pass_ns = stated_ns > 0 ? stated_ns : circuits.sums.turns() * cycle_ns;
    return new PassTiming(0, cycle_ns, cycle_ns, pass_ns, pass_ns, cycle_ns);
  }

  /** Conductance of a column whose active cells are in the middle of their window. */
  private static double columnMean_uS(Chip chip) {
    ConductanceWindow window = chip.cell().device().window();
    return chip.crossbar().rowsActive() * (window.max_uS() + window.min_uS()) / 2;
  }
}
