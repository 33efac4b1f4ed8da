package dev.kirchhoff.arch.kernel;

import java.util.OptionalDouble;

/**
 * Result of a task of a kernel.
 *
 * @param measure measure of its quality
 * @param quality its quality in the unit of the measure; NaN if it has diverged
 * @param iterations iterations of its outermost loop until it ended
 * @param converged whether it has reached what it was asked for
 * @param residual relative residual at its end, of solvers
 * @param success probability that one run of the task finds a solution, of optimisers; time and
 *     energy to solution count the runs that 99 % certainty takes
 * @param runs independent runs of the task
 */
public record Outcome(
    Measure measure,
    double quality,
    long iterations,
    boolean converged,
    OptionalDouble residual,
    OptionalDouble success,
    int runs) {

  /**
   * Measure of quality.
   *
   * @param name name as the field has it, {@code PSNR}
   * @param unit unit, {@code dB}; empty where it has none
   * @param isHigherBetter whether more is better
   */
  public record Measure(String name, String unit, boolean isHigherBetter) {
    /** Quality that is lost against the ideal one, in the unit of the measure. */
    public double loss(double ideal, double actual) {
      return isHigherBetter ? ideal - actual : actual - ideal;
    }
  }

  /** A result of a task of one run. */
  public Outcome(
      Measure measure,
      double quality,
      long iterations,
      boolean converged,
      OptionalDouble residual,
      OptionalDouble success) {
    this(measure, quality, iterations, converged, residual, success, 1);
  }

  /** A result that is good as such. */
  public static Outcome of(Measure measure, double quality, long iterations) {
    return new Outcome(
        measure, quality, iterations, true, OptionalDouble.empty(), OptionalDouble.empty(), 1);
  }

  /** The result of a solver that has reached its tolerance, or has stalled above it. */
  public static Outcome solved(
      Measure measure, double quality, long iterations, boolean converged, double residual) {
    return new Outcome(
        measure,
        quality,
        iterations,
        converged,
        OptionalDouble.of(residual),
        OptionalDouble.empty(),
        1);
  }

  /**
   * The result of an optimiser.
   *
   * @param success share of its runs that found a solution
   */
  public static Outcome optimised(
      Measure measure, double quality, long iterations, double success, int runs) {
    return new Outcome(
        measure,
        quality,
        iterations,
        success > 0,
        OptionalDouble.empty(),
        OptionalDouble.of(success),
        runs);
  }

  /** No result: the iteration left all bounds. */
  public static Outcome diverged(Measure measure, long iterations) {
    return new Outcome(
        measure, Double.NaN, iterations, false, OptionalDouble.empty(), OptionalDouble.empty(), 1);
  }

  /** True if the task has no result at all. */
  public boolean isDiverged() {
    return Double.isNaN(quality);
  }
}
