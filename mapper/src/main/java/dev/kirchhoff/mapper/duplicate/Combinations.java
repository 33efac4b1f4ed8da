package dev.kirchhoff.mapper.duplicate;

import java.util.Arrays;

/**
 * Step three of {@link TotalTime}: the best combination of one option a stage, each with what it
 * costs more than the base and its ρ. States are kept stage by stage in one pool, sorted by
 * crossbars, with the way back. Reused; not safe for several threads.
 */
final class Combinations {
  private double left;
  private double critical;
  private double above;

  private int stages;
  private int[] first = new int[32];
  private int[] chosen = new int[32];
  private int candidates;
  private int[] option = new int[256];
  private double[] dearer = new double[256];
  private double[] worse = new double[256];
  private double[] leastAfter = new double[32];
  private double[] mostAfter = new double[32];

  private int[] level = new int[33];
  private int size;
  private final States pool = new States();
  private States merged = new States();
  private States spare = new States();

  /** Extra crossbars, ρ so far, and how they came about. */
  private static final class States {
    double[] dearer = new double[256];
    double[] worse = new double[256];
    int[] parent = new int[256];
    int[] candidate = new int[256];

    void room(int size) {
      if (dearer.length < size) {
        int length = Math.max(size, 2 * dearer.length);
        dearer = Arrays.copyOf(dearer, length);
        worse = Arrays.copyOf(worse, length);
        parent = Arrays.copyOf(parent, length);
        candidate = Arrays.copyOf(candidate, length);
      }
    }

    void set(int at, double dearer, double worse, int parent, int candidate) {
      this.dearer[at] = dearer;
      this.worse[at] = worse;
      this.parent[at] = parent;
      this.candidate[at] = candidate;
    }
  }

  /**
   * Forgets all.
   *
   * @param left crossbars that the base leaves
   * @param critical λ
   * @param above γ, what Σ ρ + λ · unspent must stay below
   */
  void clear(double left, double critical, double above) {
    this.left = left;
    this.critical = critical;
    this.above = above;
    stages = 0;
    candidates = 0;
  }

  /** Begins a stage with its base option. */
  void stage(int base) {
    if (stages + 1 >= first.length) {
      first = Arrays.copyOf(first, 2 * first.length);
      chosen = Arrays.copyOf(chosen, 2 * chosen.length);
      leastAfter = Arrays.copyOf(leastAfter, 2 * leastAfter.length);
      mostAfter = Arrays.copyOf(mostAfter, 2 * mostAfter.length);
      level = Arrays.copyOf(level, 2 * level.length);
    }
    first[stages++] = candidates;
    add(base, 0, 0);
  }

  /** Adds an option of the stage begun last. */
  void add(int option, double dearer, double worse) {
    if (candidates == this.option.length) {
      this.option = Arrays.copyOf(this.option, 2 * candidates);
      this.dearer = Arrays.copyOf(this.dearer, 2 * candidates);
      this.worse = Arrays.copyOf(this.worse, 2 * candidates);
    }
    this.option[candidates] = option;
    this.dearer[candidates] = dearer;
    this.worse[candidates] = worse;
    candidates++;
    first[stages] = candidates;
  }

  /** Looks for the best combination; returns whether there is one below γ. */
  boolean solve() {
    bound();
    pool.set(0, 0, 0, -1, -1);
    level[0] = 0;
    level[1] = 1;
    size = 1;
    for (int l = 0; l < stages; l++) {
      extend(l);
      if (level[l + 2] == level[l + 1]) {
        return false;
      }
    }
    int best = -1;
    double least = above;
    for (int s = level[stages]; s < size; s++) {
      double total = pool.worse[s] + critical * (left - pool.dearer[s]);
      if (total < least) {
        least = total;
        best = s;
      }
    }
    if (best < 0) {
      return false;
    }
    for (int l = stages - 1; l >= 0; l--) {
      chosen[l] = option[pool.candidate[best]];
      best = pool.parent[best];
    }
    return true;
  }

  /** The option found for a stage. */
  int option(int stage) {
    return chosen[stage];
  }

  /** What the stages behind each can save and spend at most. */
  private void bound() {
    double least = 0;
    double most = 0;
    for (int l = stages - 1; l >= 0; l--) {
      leastAfter[l] = least;
      mostAfter[l] = most;
      double low = 0;
      double high = 0;
      for (int c = first[l]; c < first[l + 1]; c++) {
        low = Math.min(low, dearer[c]);
        high = Math.max(high, dearer[c]);
      }
      least += low;
      most += high;
    }
  }

  /** Combines all states of the stages before with the options of one more. */
  private void extend(int l) {
    int from = level[l];
    int to = level[l + 1];
    int length = 0;
    for (int c = first[l]; c < first[l + 1]; c++) {
      length = merge(l, c, from, to, length);
    }
    pool.room(size + length);
    System.arraycopy(merged.dearer, 0, pool.dearer, size, length);
    System.arraycopy(merged.worse, 0, pool.worse, size, length);
    System.arraycopy(merged.parent, 0, pool.parent, size, length);
    System.arraycopy(merged.candidate, 0, pool.candidate, size, length);
    size += length;
    level[l + 2] = size;
  }

  /** Merges the states of the stages before, shifted by a candidate, into those found so far. */
  private int merge(int l, int c, int from, int to, int length) {
    spare.room(length + to - from);
    int out = 0;
    int r = 0;
    int s = from;
    double fastest = Double.POSITIVE_INFINITY;
    while (r < length || s < to) {
      double cost = s < to ? pool.dearer[s] + dearer[c] : Double.POSITIVE_INFINITY;
      double rho = s < to ? pool.worse[s] + worse[c] : 0;
      if (s < to && !isHopeful(l, cost, rho)) {
        s++;
        continue;
      }
      boolean old =
          s == to
              || r < length
                  && (merged.dearer[r] < cost
                      || merged.dearer[r] == cost && merged.worse[r] <= rho);
      if (old) {
        double time = merged.worse[r] - critical * merged.dearer[r];
        if (time < fastest) {
          fastest = time;
          spare.set(
              out++, merged.dearer[r], merged.worse[r], merged.parent[r], merged.candidate[r]);
        }
        r++;
      } else {
        double time = rho - critical * cost;
        if (time < fastest) {
          fastest = time;
          spare.set(out++, cost, rho, s, c);
        }
        s++;
      }
    }
    States swap = merged;
    merged = spare;
    spare = swap;
    return out;
  }

  /** Whether the stages behind can still make the budget, and less than γ. */
  private boolean isHopeful(int l, double cost, double rho) {
    return cost + leastAfter[l] <= left
        && rho + critical * Math.max(0, left - cost - mostAfter[l]) < above;
  }
}
