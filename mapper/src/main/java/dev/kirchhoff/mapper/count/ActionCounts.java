package dev.kirchhoff.mapper.count;

import dev.kirchhoff.peripherals.Action;
import java.util.Arrays;

/**
 * How often each layer makes the chip do each action, per inference: the only thing that evaluation
 * needs of a mapping. Data enter as expected values, so counts may be fractions. Reused from design
 * to design; not safe for several threads.
 */
public final class ActionCounts {
  private static final int ACTIONS = Action.values().length;

  /** The first of the actions outside the tiles, which are the last of all. */
  private static final int OUTSIDE = Action.HOP_BIT.ordinal();

  private int layers;
  private double[] counts = new double[32 * ACTIONS];

  /** Counts of all layers by action, and whether those inside the tiles are of the counts now. */
  private final double[] sums = new double[ACTIONS];

  private boolean isSummed;

  /** Forgets everything and makes room for so many layers. */
  public void clear(int layers) {
    this.layers = layers;
    isSummed = false;
    if (counts.length < layers * ACTIONS) {
      counts = new double[layers * ACTIONS];
      return;
    }
    Arrays.fill(counts, 0, layers * ACTIONS, 0);
  }

  /** Forgets the counts of layers from one to before another. */
  public void clear(int from, int to) {
    isSummed = false;
    Arrays.fill(counts, from * ACTIONS, to * ACTIONS, 0);
  }

  /** Forgets what happens outside the tiles: on the fabric, in the chip's buffer, at the port. */
  public void clearOutside() {
    for (int row = 0; row < layers * ACTIONS; row += ACTIONS) {
      for (int a = OUTSIDE; a < ACTIONS; a++) {
        counts[row + a] = 0;
      }
    }
  }

  /** Number of layers. */
  public int layers() {
    return layers;
  }

  /** Adds to a count. */
  public void add(int layer, Action action, double times) {
    isSummed &= action.ordinal() >= OUTSIDE;
    counts[layer * ACTIONS + action.ordinal()] += times;
  }

  /** Sets a count. */
  public void set(int layer, Action action, double times) {
    isSummed &= action.ordinal() >= OUTSIDE;
    counts[layer * ACTIONS + action.ordinal()] = times;
  }

  /** Makes the counts of a layer those of another. */
  public void copy(int layer, int other) {
    isSummed = false;
    System.arraycopy(counts, other * ACTIONS, counts, layer * ACTIONS, ACTIONS);
  }

  /** A count of one layer. */
  public double of(int layer, Action action) {
    return counts[layer * ACTIONS + action.ordinal()];
  }

  /** Sets the counts of all layers by action, added in the order of layers. */
  public void sum(double[] byAction) {
    if (isSummed) {
      sumOutside();
    } else {
      sumAll();
      isSummed = true;
    }
    System.arraycopy(sums, 0, byAction, 0, ACTIONS);
  }

  private void sumOutside() {
    Arrays.fill(sums, OUTSIDE, ACTIONS, 0);
    for (int row = 0; row < layers * ACTIONS; row += ACTIONS) {
      for (int a = OUTSIDE; a < ACTIONS; a++) {
        sums[a] += counts[row + a];
      }
    }
  }

  private void sumAll() {
    Arrays.fill(sums, 0);
    int l = 0;
    // Four layers at once, added in their order: sums are loaded and stored a quarter as often.
    for (; l + 4 <= layers; l += 4) {
      int first = l * ACTIONS;
      int second = first + ACTIONS;
      int third = second + ACTIONS;
      int fourth = third + ACTIONS;
      for (int a = 0; a < ACTIONS; a++) {
        sums[a] =
            sums[a]
                + counts[first + a]
                + counts[second + a]
                + counts[third + a]
                + counts[fourth + a];
      }
    }
    for (; l < layers; l++) {
      for (int a = 0; a < ACTIONS; a++) {
        sums[a] += counts[l * ACTIONS + a];
      }
    }
  }

  /** A count of all layers, added in their order. */
  public double of(Action action) {
    double sum = 0;
    int end = layers * ACTIONS;
    for (int i = action.ordinal(); i < end; i += ACTIONS) {
      sum += counts[i];
    }
    return sum;
  }
}
