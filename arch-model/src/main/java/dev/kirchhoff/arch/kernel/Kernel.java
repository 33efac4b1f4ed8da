package dev.kirchhoff.arch.kernel;

/**
 * Algorithm that computes on a {@link Machine}: a workload other than a network.
 *
 * <p>A kernel holds its data and settings and is immutable: the same machine gives the same result.
 */
public interface Kernel {

  /** Word of the kernel in the spec language. */
  String word();

  /**
   * Runs one task: stores its matrices, then computes.
   *
   * @return its result; {@link Outcome#diverged} where it finds none
   */
  Outcome run(Machine machine);

  /** True if a run takes transpose reads. */
  default boolean readsBack() {
    return false;
  }

  /** True if a run closes loops of amplifiers around an array. */
  default boolean solves() {
    return false;
  }

  /** True if a run uses stateful gates, whose bits differential cells hold. */
  default boolean usesGates() {
    return false;
  }

  /** True if a run draws random numbers. */
  default boolean draws() {
    return false;
  }

  /**
   * Number of programmed chips whose median stands for a design in a search; more where chips
   * differ much.
   */
  default int drawsOfChips() {
    return 3;
  }
}
