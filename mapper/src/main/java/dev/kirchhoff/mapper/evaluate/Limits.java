package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.CrossbarFigures;

/**
 * Limits of physics and size, as amounts by which a design misses them. Those of the electrical
 * circuit hold for the physical array; a table array or a published model of one is used as given
 * and its figures become warnings.
 *
 * <ul>
 *   <li>Line width: by how much a stated width is beyond what its layer allows.
 *   <li>Column current: R_a G_max V_r − 5 mA, with every active cell at its largest (assumed: data
 *       as they are draw about a twentieth of it, 0.25 mA, which a bitline and its front end
 *       carry).
 *   <li>Power density: peak power / area − 1 W/mm² (assumed: what air cooling removes).
 * </ul>
 */
final class Limits {
  static final double LARGEST_CURRENT_UA = 5000;
  static final double LARGEST_DENSITY_WPERMM2 = 1;

  private Limits() {}

  /** Sets the amounts by which a design misses its limits. */
  static void check(Stages evaluated, Totals totals) {
    if (!evaluated.mapping().inPhases()) {
      totals.setShortage(Limit.CROSSBARS, evaluated.mapping().size().missing());
    }
    totals.setShortage(Limit.TRACKS, evaluated.flow().missingTracks());
    totals.setShortage(Limit.CONVERGENCE, KernelFigures.unsolved(evaluated));
    totals.setShortage(Limit.KERNEL_PARTS, KernelFigures.missingParts(evaluated));
    ofChip(evaluated.design(), evaluated.prices(), totals);
    if (isPhysical(evaluated.design())) {
      totals.setShortage(Limit.POWER_DENSITY, missedDensity_WperMm2(totals));
    }
  }

  /** Sets the amounts by which a chip misses its limits whatever is mapped to it. */
  static void ofChip(Design design, CrossbarFigures crossbar, Totals totals) {
    Chip chip = design.chip();
    int levels = 1 << chip.cell().bits();
    totals.setShortage(
        Limit.CELL_LEVELS, Math.max(0, levels - chip.cell().device().window().levels()));
    Input input = chip.pe().input();
    if (input.encoding() != Input.Encoding.AMPLITUDE && input.bitsPerPulse().isPresent()) {
      int beyond = input.bitsPerPulse().getAsInt() - input.magnitudeBits(fewestInputBits(design));
      totals.setShortage(Limit.INPUT_BITS, Math.max(0, beyond));
    }
    totals.setShortage(Limit.TIMING, crossbar.pass().overrun());
    totals.setShortage(Limit.HEADROOM, crossbar.missingHeadroom_V());
    if (isPhysical(design)) {
      totals.setShortage(Limit.LINE_WIDTH, crossbar.excessLineWidth_um() * Units.NM_PER_UM);
      double current_uA = isOpen(chip.pe().readout()) ? 0 : ColumnModel.columnCurrent_uA(chip);
      totals.setShortage(Limit.COLUMN_CURRENT, Math.max(0, current_uA - LARGEST_CURRENT_UA));
    }
  }

  /** True if the limits of the electrical circuit hold for a design. */
  static boolean isPhysical(Design design) {
    return CircuitLibrary.isStandard(design.chip().crossbar().model());
  }

  /** By how much the peak power density exceeds its limit. */
  static double missedDensity_WperMm2(Totals totals) {
    return Math.max(0, density_WperMm2(totals) - LARGEST_DENSITY_WPERMM2);
  }

  /** True if columns are open, so that they carry no current to a front end. */
  private static boolean isOpen(Readout readout) {
    return readout.kind().opensColumn() || readout.frontEnd() == Readout.FrontEnd.NONE;
  }

  private static int fewestInputBits(Design design) {
    int fewest = design.jobs().isEmpty() ? design.peakInputBits() : Integer.MAX_VALUE;
    for (Job job : design.jobs()) {
      for (int l = 0; l < job.precision().size(); l++) {
        if (!job.network().layers().get(l).dynamic()) {
          fewest = Math.min(fewest, job.precision().get(l).inputs());
        }
      }
    }
    return fewest;
  }

  /** Peak power density. */
  static double density_WperMm2(Totals totals) {
    return totals.value(Metric.PEAK_POWER) / totals.value(Metric.AREA);
  }
}
