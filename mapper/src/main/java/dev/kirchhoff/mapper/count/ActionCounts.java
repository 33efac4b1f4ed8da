package dev.kirchhoff.mapper.count;

import dev.kirchhoff.peripherals.Action;

/**
 * Action counts of each layer, per inference: all that evaluation reads of a mapping. Data enter as
 * expected values, so counts may be fractions.
 */
public final class ActionCounts {
  private static final int ACTIONS = Action.values().length;

  /** Counts by layer, then action. */
  private final double[] counts;

  /** Counts of all layers by action, added in the order of layers. */
  private final double[] sums = new double[ACTIONS];

  private ActionCounts(double[] counts) {
    this.counts = counts;
    for (int row = 0; row < counts.length; row += ACTIONS) {
      for (int a = 0; a < ACTIONS; a++) {
        sums[a] += counts[row + a];
      }
    }
  }

  /** Counts of so many layers while actions are added to them, until they are {@link #build}. */
  public static final class Builder {
    private double[] counts;

    /** Counts of 0. */
    public Builder(int layers) {
      counts = new double[layers * ACTIONS];
    }

    private Builder(ActionCounts start) {
      counts = start.counts.clone();
    }

    /** Adds to a count. */
    public Builder add(int layer, Action action, double times) {
      counts[layer * ACTIONS + action.ordinal()] += times;
      return this;
    }

    /** Adds the counts of the only layer of others. */
    public Builder addRow(int layer, ActionCounts row) {
      for (int a = 0; a < ACTIONS; a++) {
        counts[layer * ACTIONS + a] += row.counts[a];
      }
      return this;
    }

    /** A count so far. */
    public double of(int layer, Action action) {
      return counts[layer * ACTIONS + action.ordinal()];
    }

    /** The counts; the builder hands them over and is done. */
    public ActionCounts build() {
      ActionCounts built = new ActionCounts(counts);
      counts = null;
      return built;
    }
  }

  /** A builder that starts with these counts. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Number of layers. */
  public int layers() {
    return counts.length / ACTIONS;
  }

  /** A count of one layer. */
  public double of(int layer, Action action) {
    return counts[layer * ACTIONS + action.ordinal()];
  }

  /** A count of all layers, added in their order. */
  public double of(Action action) {
    return sums[action.ordinal()];
  }
}
