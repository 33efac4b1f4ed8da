package dev.kirchhoff.mapper.kernel;

/**
 * Progress of an iteration by its relative error or residual, 1 at the start: at its tolerance,
 * stalled after a number of steps without a gain, or beyond a bound that it does not return from.
 */
final class Convergence {
  private final double tolerance;
  private final int stepsAtMost;
  private final int patience;
  private final double gain;
  private final double bound;
  private double value = 1;
  private double best = 1;
  private int bestAt;
  private int steps;

  /**
   * An iteration before its first step.
   *
   * @param patience steps without a gain after which it has stalled
   * @param gain part of the best value so far that a step must come below to be a gain
   * @param bound value beyond which it has diverged
   */
  Convergence(double tolerance, int stepsAtMost, int patience, double gain, double bound) {
    this.tolerance = tolerance;
    this.stepsAtMost = stepsAtMost;
    this.patience = patience;
    this.gain = gain;
    this.bound = bound;
  }

  /** True while another step may help. */
  boolean goesOn() {
    return !isConverged() && !isDiverged() && steps < stepsAtMost && steps - bestAt < patience;
  }

  /** Ends a step. */
  void step(double error) {
    steps++;
    value = error;
    if (error < gain * best) {
      best = error;
      bestAt = steps;
    }
  }

  /** True at the tolerance. */
  boolean isConverged() {
    return value < tolerance;
  }

  /** True beyond the bound. */
  boolean isDiverged() {
    return !(value < bound);
  }

  /** Error after the last step. */
  double value() {
    return value;
  }

  /** Steps so far. */
  int steps() {
    return steps;
  }
}
