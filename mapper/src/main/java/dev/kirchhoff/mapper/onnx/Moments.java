package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.ValueStatistics;
import java.util.Optional;

/**
 * Moments of values seen one by one, normalised to the largest magnitude at the end. Zero means
 * exactly zero.
 */
public final class Moments {
  private long count;
  private long zeros;
  private long negatives;
  private double largest;
  private double sum;
  private double squares;
  private boolean isFinite = true;

  /** Sees a value. */
  public void add(double value) {
    count++;
    double magnitude = Math.abs(value);
    if (value == 0) {
      zeros++;
    } else if (value < 0) {
      negatives++;
    }
    if (magnitude > largest) {
      largest = magnitude;
    }
    sum += magnitude;
    squares += magnitude * magnitude;
    isFinite &= magnitude < Double.POSITIVE_INFINITY;
  }

  /** Largest magnitude. */
  double largest() {
    return largest;
  }

  /** The statistics; nothing without values, of zeros only, or if one is not finite. */
  public Optional<ValueStatistics> statistics() {
    if (!isFinite || largest == 0 || Double.isInfinite(squares)) {
      return Optional.empty();
    }
    return Optional.of(
        new ValueStatistics(
            (double) zeros / count,
            Math.min(1, sum / count / largest),
            Math.min(1, Math.sqrt(squares / count) / largest),
            (double) negatives / count));
  }
}
