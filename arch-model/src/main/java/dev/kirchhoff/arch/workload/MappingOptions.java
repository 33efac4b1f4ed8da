package dev.kirchhoff.arch.workload;

/**
 * How a workload is laid on a chip.
 *
 * @param schedule layer by layer, or pipelined across layers
 * @param extraCrossbars crossbars for weight duplication, as a share of those that hold one copy
 * @param overflow what happens if the workload does not fit
 * @param packing whether groups of a grouped layer share a crossbar
 * @param floorplan whether layers share tiles
 */
public record MappingOptions(
    Schedule schedule,
    double extraCrossbars,
    Overflow overflow,
    Packing packing,
    Floorplan floorplan) {

  /** Layers that share tiles. */
  public MappingOptions(
      Schedule schedule, double extraCrossbars, Overflow overflow, Packing packing) {
    this(schedule, extraCrossbars, overflow, packing, Floorplan.SHARED);
  }

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

  /** Which layers lie on a tile. */
  public enum Floorplan {
    /** Layers follow each other crossbar by crossbar. */
    SHARED,
    /** Each layer has whole tiles, and copies of it fill them. */
    OWN_TILES,
    /**
     * As {@link #OWN_TILES}; of a convolution every position of the kernel has PEs of its own, so
     * that neighbouring vectors find their inputs there (Peng et al., ISCAS 2019, doi
     * 10.1109/ISCAS.2019.8702715).
     */
    OWN_KERNELS
  }

  /** How grouped layers use crossbars. */
  public enum Packing {
    /** One group per crossbar. */
    ONE_GROUP,
    /** As many groups as fit stand block-diagonally in one crossbar. */
    BLOCK_DIAGONAL
  }
}
