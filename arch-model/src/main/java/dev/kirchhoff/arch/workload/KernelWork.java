package dev.kirchhoff.arch.workload;

import dev.kirchhoff.arch.kernel.VectorOperation;
import java.util.List;

/**
 * Work of a kernel at one of its matrices, besides the reads: per task, counted by a run.
 *
 * @param updates writes during the task
 * @param vectors digital vector work that follows the reads
 * @param draws numbers of the random source
 * @param settlings times that a loop of amplifiers settles around the array
 * @param wait_ns time in which the chip waits, as for volatile devices to decay
 * @param kept_bits digital data that stay in memory from here to the end of the task
 * @param besideBefore whether the reads do not wait for those of the layer before
 */
public record KernelWork(
    List<Update> updates,
    List<VectorWork> vectors,
    long draws,
    Settlings settlings,
    double wait_ns,
    double kept_bits,
    boolean besideBefore) {
  /** No work beside the reads. */
  public static final KernelWork NONE =
      new KernelWork(List.of(), List.of(), 0, new Settlings(0, 0), 0, 0, false);

  public KernelWork {
    updates = List.copyOf(updates);
    vectors = List.copyOf(vectors);
  }

  /** True if there is nothing but reads. */
  public boolean isEmpty() {
    return this == NONE || equals(NONE);
  }

  /** Scheme of an update. */
  public enum Scheme {
    /** Write and verify, group by group of cells as many as there are write drivers. */
    VERIFIED,
    /** One pulse a cell without verification, group by group. */
    BLIND,
    /** One pulse of rows and columns for all cells at once. */
    PARALLEL,
    /** One pulse of a column by a stateful gate in all rows at once. */
    GATE
  }

  /**
   * Writes of one scheme.
   *
   * @param scheme scheme
   * @param steps updates that follow one another
   * @param weights elements written, over all updates
   * @param most writes of the element that is written most often
   */
  public record Update(Scheme scheme, long steps, double weights, double most) {}

  /**
   * Digital vector work.
   *
   * @param operation operation
   * @param elements elements, over the task
   * @param bits width of an operand
   */
  public record VectorWork(VectorOperation operation, double elements, int bits) {}

  /**
   * Loops of amplifiers.
   *
   * @param count times that a loop settles
   * @param slowness time constant of the slowest mode of the loop over that of an amplifier, mean
   */
  public record Settlings(long count, double slowness) {}
}
