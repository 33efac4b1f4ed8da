package dev.kirchhoff.mapper.noise;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Sensitivity of a layer's noise-to-signal ratio to the variance of each level of its cells: the
 * ratio of the cells is the sum over levels of sensitivity times variance in uS². The share of it
 * that converters round away is taken to be the same at all ages. Immutable.
 */
public final class CellSensitivity {
  private final double[] perLevel;

  private CellSensitivity(double[] perLevel) {
    this.perLevel = perLevel;
  }

  /** Sensitivities by level. */
  public static CellSensitivity of(int levels, IntToDoubleFunction perLevel) {
    double[] all = new double[levels];
    Arrays.setAll(all, perLevel);
    return new CellSensitivity(all);
  }

  /** Levels of a cell. */
  public int levels() {
    return perLevel.length;
  }

  /** Sensitivity to the variance of a level. */
  public double of(int level) {
    return perLevel[level];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellSensitivity sensitivity
        && Arrays.equals(perLevel, sensitivity.perLevel);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(perLevel);
  }
}
