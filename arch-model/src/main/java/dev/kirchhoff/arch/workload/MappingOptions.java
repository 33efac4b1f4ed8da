package dev.kirchhoff.arch.workload;

import java.util.OptionalInt;

/**
 * Options of the mapping of a workload to a chip.
 *
 * @param schedule layer by layer, or pipelined across layers
 * @param extraCrossbars crossbars for weight duplication, as a share of those that hold one copy
 * @param overflow what happens if the workload does not fit
 * @param packing whether groups of a grouped layer share a crossbar
 * @param floorplan whether layers share tiles
 * @param allocation how layers divide crossbars among them
 * @param running how inferences run
 */
public record MappingOptions(
    Schedule schedule,
    double extraCrossbars,
    Overflow overflow,
    Packing packing,
    Floorplan floorplan,
    CrossbarAllocation allocation,
    Batching batching) {

  /** An endless stream of inferences. */
  public MappingOptions(
      Schedule schedule,
      double extraCrossbars,
      Overflow overflow,
      Packing packing,
      Floorplan floorplan,
      CrossbarAllocation allocation) {
    this(schedule, extraCrossbars, overflow, packing, floorplan, allocation, Batching.STREAM);
  }

  /** Unrolled kernels, copies crossbar by crossbar, no crossbar of two layers. */
  public MappingOptions(
      Schedule schedule,
      double extraCrossbars,
      Overflow overflow,
      Packing packing,
      Floorplan floorplan) {
    this(schedule, extraCrossbars, overflow, packing, floorplan, CrossbarAllocation.STANDARD);
  }

  /** These options with other storage of recurrent cells. */
  public MappingOptions with(Recurrent recurrent) {
    CrossbarAllocation allocated =
        new CrossbarAllocation(
            allocation.arrangement(), allocation.granularity(), allocation.share(), recurrent);
    return new MappingOptions(
        schedule, extraCrossbars, overflow, packing, floorplan, allocated, batching);
  }

  /** Layers that share tiles. */
  public MappingOptions(
      Schedule schedule, double extraCrossbars, Overflow overflow, Packing packing) {
    this(schedule, extraCrossbars, overflow, packing, Floorplan.SHARED);
  }

  /**
   * Inferences of a batch, their dynamic matrices and chips.
   *
   * @param batch inferences of a batch, which ends before the next one starts and for which weights
   *     are loaded once; empty = they follow each other without end, and weights that do not stay
   *     are loaded for each
   * @param dynamic what multiplies two matrices of activations
   * @param chips chips that a workload may take with {@link Overflow#CHIPS}; empty = as many as it
   *     needs
   */
  public record Batching(OptionalInt batch, Dynamic dynamic, OptionalInt chips) {
    /** An endless stream, dynamic matrices on digital units. */
    public static final Batching STREAM =
        new Batching(OptionalInt.empty(), Dynamic.DIGITAL, OptionalInt.empty());
  }

  /** Hardware that multiplies two matrices of activations. */
  public enum Dynamic {
    /** The digital vector units of all tiles. */
    DIGITAL,
    /** Crossbars of its own, into which one of them is written for each inference. */
    WRITE
  }

  /** Order of execution. */
  public enum Schedule {
    LAYER_BY_LAYER,
    PIPELINED
  }

  /** Handling of a workload that does not fit. */
  public enum Overflow {
    /** Infeasible, by the number of crossbars that are missing. */
    INFEASIBLE,
    /** Weights are programmed again during inference; time, energy and endurance are charged. */
    RELOAD,
    /** Layers lie on several chips of the same kind, which their links join. */
    CHIPS
  }

  /** Assignment of layers to tiles. */
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

  /** Placement of the groups of grouped layers in crossbars. */
  public enum Packing {
    /** One group per crossbar. */
    ONE_GROUP,
    /** Block-diagonal packing, with as many groups in a crossbar as fit. */
    BLOCK_DIAGONAL
  }

  /**
   * Division of crossbars among layers.
   *
   * @param arrangement how the kernel of a convolution lies on rows
   * @param granularity of what a layer takes whole multiples
   * @param share whether blocks that do not fill a crossbar share one with those of other layers
   * @param recurrent storage of the two matrices of a recurrent cell
   */
  public record CrossbarAllocation(
      Arrangement arrangement, Granularity granularity, boolean share, Recurrent recurrent) {
    /** Unrolled kernels, copies crossbar by crossbar, no crossbar of two layers. */
    public static final CrossbarAllocation STANDARD =
        new CrossbarAllocation(Arrangement.UNROLLED, Granularity.CROSSBAR, false);

    /** Recurrent cells stored on the fewest crossbars. */
    public CrossbarAllocation(Arrangement arrangement, Granularity granularity, boolean share) {
      this(arrangement, granularity, share, Recurrent.AUTO);
    }
  }

  /** Storage of the input matrix W and the recurrent matrix R of a recurrent cell. */
  public enum Recurrent {
    /** As one matrix [W; R] where that takes fewer crossbars and layers share none. */
    AUTO,
    /** As one matrix [W; R], which reads inputs and state at once. */
    JOINT,
    /** As two matrices, the first of which reads the inputs of all steps. */
    SEPARATE
  }

  /** Arrangement of a convolution's kernel on rows. */
  public enum Arrangement {
    /** All positions of the kernel below each other: a matrix of C k_h k_w rows. */
    UNROLLED,
    /**
     * Each position has row blocks of its own, of C rows (Peng et al., ISCAS 2019, doi
     * 10.1109/ISCAS.2019.8702715).
     */
    KERNEL_POSITION
  }

  /** Of what a layer with its copies takes whole multiples. */
  public enum Granularity {
    CROSSBAR,
    PE,
    TILE
  }
}
