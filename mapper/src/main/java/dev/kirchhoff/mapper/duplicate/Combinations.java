package dev.kirchhoff.mapper.duplicate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Step three of {@link TotalTime}: the best combination of one option a stage, each with the
 * crossbars that it costs more than the base and its ρ. States are kept stage by stage, sorted by
 * crossbars, with the way back. One object for each search.
 */
final class Combinations {
  private final List<List<Choice>> stages;
  private final double left;
  private final double critical;
  private final double above;

  /** By stage, crossbars that the stages behind it save at most, as a number below 0. */
  private final double[] minimumAfter;

  /** By stage, crossbars that the stages behind it spend at most. */
  private final double[] maximumAfter;

  /**
   * One option of a stage.
   *
   * @param option its number
   * @param dearer crossbars beyond those of the base
   * @param worse ρ
   */
  record Choice(int option, double dearer, double worse) {}

  /** Extra crossbars, ρ so far, and their origin. */
  private static final class States {
    private final double[] dearer;
    private final double[] worse;
    private final int[] parent;
    private final int[] choice;

    States(int room) {
      this(new double[room], new double[room], new int[room], new int[room]);
    }

    private States(double[] dearer, double[] worse, int[] parent, int[] choice) {
      this.dearer = dearer;
      this.worse = worse;
      this.parent = parent;
      this.choice = choice;
    }

    int capacity() {
      return dearer.length;
    }

    void set(int index, double dearer, double worse, int parent, int choice) {
      this.dearer[index] = dearer;
      this.worse[index] = worse;
      this.parent[index] = parent;
      this.choice[index] = choice;
    }

    States first(int size) {
      return new States(
          Arrays.copyOf(dearer, size),
          Arrays.copyOf(worse, size),
          Arrays.copyOf(parent, size),
          Arrays.copyOf(choice, size));
    }
  }

  private Combinations(List<List<Choice>> stages, double left, double critical, double above) {
    this.stages = stages;
    this.left = left;
    this.critical = critical;
    this.above = above;
    minimumAfter = new double[stages.size()];
    maximumAfter = new double[stages.size()];
    double least = 0;
    double most = 0;
    for (int s = stages.size() - 1; s >= 0; s--) {
      minimumAfter[s] = least;
      maximumAfter[s] = most;
      double low = 0;
      double high = 0;
      for (Choice choice : stages.get(s)) {
        low = Math.min(low, choice.dearer());
        high = Math.max(high, choice.dearer());
      }
      least += low;
      most += high;
    }
  }

  /**
   * The best combination, by stage the option chosen; empty if none is below γ.
   *
   * @param left crossbars that the base leaves
   * @param critical λ
   * @param above γ, what Σ ρ + λ · unspent must stay below
   */
  static Optional<int[]> best(
      List<List<Choice>> stages, double left, double critical, double above) {
    return new Combinations(stages, left, critical, above).solve();
  }

  private Optional<int[]> solve() {
    States[] levels = new States[stages.size() + 1];
    levels[0] = new States(1);
    States merged = new States(0);
    States spare = new States(0);
    for (int s = 0; s < stages.size(); s++) {
      int length = 0;
      for (int c = 0; c < stages.get(s).size(); c++) {
        int most = length + levels[s].capacity();
        if (spare.capacity() < most) {
          spare = new States(2 * most);
        }
        length = merge(s, c, levels[s], merged, length, spare);
        States swapped = merged;
        merged = spare;
        spare = swapped;
      }
      if (length == 0) {
        return Optional.empty();
      }
      levels[s + 1] = merged.first(length);
    }
    return trace(levels);
  }

  /** Follows the best of the last states back. */
  private Optional<int[]> trace(States[] levels) {
    States last = levels[stages.size()];
    boolean isFound = false;
    int best = 0;
    double least = above;
    for (int s = 0; s < last.capacity(); s++) {
      double total = last.worse[s] + critical * (left - last.dearer[s]);
      if (total < least) {
        least = total;
        best = s;
        isFound = true;
      }
    }
    if (!isFound) {
      return Optional.empty();
    }
    int[] chosen = new int[stages.size()];
    for (int s = chosen.length - 1; s >= 0; s--) {
      chosen[s] = stages.get(s).get(levels[s + 1].choice[best]).option();
      best = levels[s + 1].parent[best];
    }
    return Optional.of(chosen);
  }

  /**
   * Merges the states of the stages before, shifted by an option, into those found so far.
   *
   * @param into receives the merged states
   * @return their number
   */
  private int merge(int stage, int c, States before, States merged, int length, States into) {
    double dearer = stages.get(stage).get(c).dearer();
    double worse = stages.get(stage).get(c).worse();
    int to = before.capacity();
    int out = 0;
    int r = 0;
    int s = 0;
    double fastest = Double.POSITIVE_INFINITY;
    while (r < length || s < to) {
      double cost = s < to ? before.dearer[s] + dearer : Double.POSITIVE_INFINITY;
      double rho = s < to ? before.worse[s] + worse : 0;
      if (s < to && !isPromising(stage, cost, rho)) {
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
          into.set(out++, merged.dearer[r], merged.worse[r], merged.parent[r], merged.choice[r]);
        }
        r++;
      } else {
        double time = rho - critical * cost;
        if (time < fastest) {
          fastest = time;
          into.set(out++, cost, rho, s, c);
        }
        s++;
      }
    }
    return out;
  }

  /** True if the remaining stages can still meet the budget below γ. */
  private boolean isPromising(int stage, double cost, double rho) {
    return cost + minimumAfter[stage] <= left
        && rho + critical * Math.max(0, left - cost - maximumAfter[stage]) < above;
  }
}
