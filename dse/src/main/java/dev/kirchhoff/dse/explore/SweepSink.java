package dev.kirchhoff.dse.explore;

/** Receiver of a sweep, from one thread, in the order of the sweep. */
@FunctionalInterface
public interface SweepSink {

  /** Some rows. */
  void rows(SweepRows rows);

  /**
   * A net change of the front after some rows; those that left come first, each by rising index.
   *
   * @param index index in the sweep
   * @param entered whether the design entered; else it left
   * @param ordinals the design
   */
  default void front(long index, boolean entered, int[] ordinals) {}
}
