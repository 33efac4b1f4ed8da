package dev.kirchhoff.dse.space;

import java.util.Arrays;

/**
 * A design as a key: equal if the ordinals are equal. The hot loop uses {@link Packing} instead.
 */
public final class DesignPoint {
  private final int[] ordinals;
  private final int hash;

  /** Copies the ordinals. */
  public DesignPoint(int[] ordinals) {
    this.ordinals = ordinals.clone();
    this.hash = Arrays.hashCode(ordinals);
  }

  /** A copy of the ordinals. */
  public int[] ordinals() {
    return ordinals.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DesignPoint point && Arrays.equals(ordinals, point.ordinals);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(ordinals);
  }
}
