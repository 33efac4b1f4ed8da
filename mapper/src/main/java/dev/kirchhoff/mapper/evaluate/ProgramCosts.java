package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.flow.ChipFlow;

/** Energy and time of an inference, or of a task of a kernel, of one program by itself. */
final class ProgramCosts {
  private ProgramCosts() {}

  /** Energy of its actions, of cells that it writes again and of setting the fabric. */
  static double dynamic_fJ(EvaluatedDesign evaluated, ChipCosts costs, int j) {
    ChipFlow flow = evaluated.flow();
    double dynamic_fJ =
        costs.dynamic_fJ(evaluated.flow(j).actions())
            + evaluated.programming_fJ(flow.rewrittenCells(j));
    return dynamic_fJ + flow.reconfigurations(j) * evaluated.reconfiguration_fJ();
  }

  /** Energy, with all static power of the chip for its interval. */
  static double energy_fJ(EvaluatedDesign evaluated, int j) {
    ChipCosts costs = evaluated.costs();
    double standing_uW = costs.static_uW() + evaluated.refresh_uW();
    return dynamic_fJ(evaluated, costs, j) + standing_uW * evaluated.flow().interval_ns(j);
  }

  /** Energy, with all static power of the chip for its interval. */
  static double energy_uJ(EvaluatedDesign evaluated, int j) {
    return energy_fJ(evaluated, j) * Units.UJ_PER_FJ;
  }

  /** Latency. */
  static double latency_ms(EvaluatedDesign evaluated, int j) {
    return evaluated.flow().latency_ns(j) * Units.MS_PER_NS;
  }
}
