package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.peripherals.Electrics;

/**
 * Limits of physics and size, as amounts. Those of the electrical circuit hold for the physical array; a table array is used as
 * given and its figures become warnings.
 *
 * <ul>
 *   <li>IR drop: a = G [r_w (C+1)(2C+1)/6 + α r_b (R+1)(2R+1)/6 + C R_drv + α R R_in] − 0.5 with G the mean conductance of the
 *       layer that has most and α the share of active rows; checked against exact circuits up to 128 × 128.
 *   <li>Column current: R_a G_max V_r − 5 mA, with every active cell at its largest (assumed: data as they are draw about a
 *       twentieth of it, 0.25 mA, which a bitline and its front end carry).
 *   <li>Power density: peak power / area − 1 W/mm² (assumed: what air cooling removes).
 * </ul>
 */
final class Limits {
  static final double LARGEST_IR_DROP = 0.5;
  static final double LARGEST_CURRENT_UA = 5000;
  static final double LARGEST_DENSITY_WPERMM2 = 1;

  /** Siemens in a microsiemens: wires are in ohm, conductances in uS. */
  private static final double S_PER_US = 1e-6;

  void check(DesignMapping mapping, Totals totals) {
    Chip chip = mapping.design().chip();
    if (mapping.reloaded() == 0) {
      totals.setShortage(Limit.CROSSBARS, mapping.missing());
    }
    int levels = 1 << chip.cell().bits();
    totals.setShortage(
        Limit.CELL_LEVELS, Math.max(0, levels - chip.cell().device().window().levels()));
    if (chip.pe().input().encoding() == Input.Encoding.BIT_SERIAL) {
      int beyond = chip.pe().input().bitsPerPulse() - fewestInputBits(mapping);
      totals.setShortage(Limit.INPUT_BITS, Math.max(0, beyond));
    }
    if (chip.crossbar().isTable()) {
      return;
    }
    totals.setShortage(Limit.IR_DROP, Math.max(0, irDrop(mapping) - LARGEST_IR_DROP));
    totals.setShortage(
        Limit.COLUMN_CURRENT, Math.max(0, columnCurrent_uA(mapping) - LARGEST_CURRENT_UA));
    totals.setShortage(
        Limit.POWER_DENSITY, Math.max(0, density_WperMm2(totals) - LARGEST_DENSITY_WPERMM2));
  }

  private static int fewestInputBits(DesignMapping mapping) {
    if (mapping.jobs() == 0) {
      return mapping.design().peakInputBits();
    }
    int fewest = Integer.MAX_VALUE;
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      for (int l = 0; l < job.layers(); l++) {
        if (!job.job().network().layers().get(l).dynamic()) {
          fewest = Math.min(fewest, job.job().precision().get(l).inputs());
        }
      }
    }
    return fewest;
  }

  /** Loss parameter a of the layer with the largest mean conductance. */
  static double irDrop(DesignMapping mapping) {
    double conductance = mapping.peakConductance();
    if (mapping.jobs() > 0) {
      conductance = 0;
      for (int j = 0; j < mapping.jobs(); j++) {
        for (int l = 0; l < mapping.job(j).layers(); l++) {
          conductance = Math.max(conductance, mapping.job(j).conductance(l));
        }
      }
    }
    Electrics electrics = mapping.prices().electrics();
    double rows = mapping.use().side().rows();
    double columns = mapping.use().side().columns();
    double alpha = mapping.use().side().rowsActive() / rows;
    double resistance_ohm =
        electrics.wordlineSegment_ohm() * (columns + 1) * (2 * columns + 1) / 6
            + alpha * electrics.bitlineSegment_ohm() * (rows + 1) * (2 * rows + 1) / 6
            + columns * electrics.driver_ohm()
            + alpha * rows * electrics.frontEndInput_ohm();
    double largest_uS = mapping.design().chip().cell().device().window().max_uS();
    return conductance * largest_uS * S_PER_US * resistance_ohm;
  }

  /** Largest current that a column can draw. */
  static double columnCurrent_uA(DesignMapping mapping) {
    Chip chip = mapping.design().chip();
    return mapping.use().side().rowsActive()
        * chip.cell().device().window().max_uS()
        * chip.cell().readVoltage_V();
  }

  /** Peak power density. */
  static double density_WperMm2(Totals totals) {
    return totals.value(Metric.PEAK_POWER) / totals.value(Metric.AREA);
  }
}
