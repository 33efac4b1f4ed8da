package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.mapper.duplicate.Duplication;
import dev.kirchhoff.mapper.duplicate.Stages;

/**
 * Copies of a network's layers for the stages and budgets met last, those unused for longest
 * replaced. Not safe for several threads.
 */
final class KeptCopies {
  private final Copies[] kept;
  private final long[] used;
  private long clock;

  private static final class Copies {
    private final Stages stages = new Stages();
    private double budget;
    private boolean isPipelined;
  }

  /** Keeps so many; 0 keeps none. */
  KeptCopies(int size) {
    kept = new Copies[size];
    used = new long[size];
  }

  /** Spends a budget of crossbars on stages that have as many copies as they must. */
  void spend(Duplication duplication, Stages stages, double budget, boolean isPipelined) {
    int oldest = 0;
    for (int i = 0; i < kept.length; i++) {
      Copies copies = kept[i];
      if (copies != null
          && copies.budget == budget
          && copies.isPipelined == isPipelined
          && stages.takeCopies(copies.stages)) {
        used[i] = ++clock;
        return;
      }
      oldest = used[i] < used[oldest] ? i : oldest;
    }
    if (isPipelined) {
      duplication.slowest(stages, budget);
    } else {
      duplication.total(stages, budget);
    }
    if (kept.length > 0) {
      if (kept[oldest] == null) {
        kept[oldest] = new Copies();
      }
      kept[oldest].stages.set(stages);
      kept[oldest].budget = budget;
      kept[oldest].isPipelined = isPipelined;
      used[oldest] = ++clock;
    }
  }
}
