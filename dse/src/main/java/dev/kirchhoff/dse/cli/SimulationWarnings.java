package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.ChosenDesign;
import dev.kirchhoff.dse.report.PricedDesign;

/**
 * Warnings about properties that a simulation does not show: an infeasible design, or one that does
 * not retain its values.
 */
final class SimulationWarnings {
  private static final double YEAR_S = 365.25 * 86_400;

  private SimulationWarnings() {}

  /**
   * Prints the warnings of a design.
   *
   * @return the estimate of the design
   */
  static Evaluation print(ChosenDesign design, Console console) {
    PricedDesign priced = PricedDesign.of(design);
    for (PricedDesign.Miss miss : priced.misses()) {
      console.message("warning: the design is infeasible: " + miss.sentence());
    }
    Device device = priced.design().chip().cell().device();
    if (device.limits().retention_s() < YEAR_S) {
      console.message(
          "warning: "
              + device.name()
              + " keeps a value for "
              + Units.print(device.limits().retention_s() * Units.NS_PER_S, Dimension.TIME)
              + "; what is lost beyond that is not simulated");
    }
    return priced.evaluation();
  }
}
