package dev.kirchhoff.arch.workload;

/**
 * How a workload is laid on a chip.
 *
 * @param schedule layer by layer, or pipelined across layers
 * @param extraCrossbars crossbars for weight duplication, as a share of those that hold one copy
 * @param overflow what happens if the workload does not fit
 * @param packing whether groups of a grouped layer share a crossbar
 */
public record MappingOptions(
    Schedule schedule, double extraCrossbars, Overflow overflow, Packing packing) {
  /** Order of execution. */
  public enum Schedule {
    LAYER_BY_LAYER,
    PIPELINED
  }

  /** What happens if the workload does not fit. */
  public enum Overflow {
    /** Infeasible, by the number of crossbars that are missing. */
    INFEASIBLE,
    /** Weights are programmed again during inference; time, energy and endurance are charged. */
    RELOAD
  }

  /** How grouped layers use crossbars. */
  public enum Packing {
    /** One group per crossbar. */
    ONE_GROUP,
    /** As many groups as fit stand block-diagonally in one crossbar. */
    BLOCK_DIAGONAL
  }
}
