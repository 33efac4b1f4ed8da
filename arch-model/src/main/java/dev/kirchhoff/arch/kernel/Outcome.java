package dev.kirchhoff.arch.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Result of a task of a kernel.
 *
 * @param figures figures of its result, the one that is its quality first; of a task that has
 *     diverged, the quality alone, NaN
 * @param iterations iterations of its outermost loop until it ended
 * @param converged whether the task has reached its tolerance or its goal
 * @param residual relative residual at its end, of solvers
 * @param success probability that one run of the task finds a solution, of optimisers; time and
 *     energy to solution count the runs that 99 % certainty takes
 * @param runs independent runs of the task
 */
public record Outcome(
    List<Figure> figures,
    long iterations,
    boolean converged,
    OptionalDouble residual,
    OptionalDouble success,
    int runs) {

  /**
   * A result.
   *
   * @throws IllegalArgumentException if it has no figure
   */
  public Outcome {
    figures = List.copyOf(figures);
    if (figures.isEmpty()) {
      throw new IllegalArgumentException(
          "The outcome of a task has no figure.\nMaybe its quality is missing.");
    }
  }

  /**
   * Measure of a result.
   *
   * @param word word that chooses it in the spec language, {@code psnr}
   * @param name name as the field has it, {@code PSNR}
   * @param unit unit, {@code dB}; empty where it has none
   * @param isHigherBetter whether more is better
   */
  public record Measure(String word, String name, String unit, boolean isHigherBetter) {
    /** Quality that is lost against the ideal one, in the unit of the measure. */
    public double loss(double ideal, double actual) {
      return isHigherBetter ? ideal - actual : actual - ideal;
    }

    /** Name with its unit, for headings: {@code PSNR [dB]}. */
    public String heading() {
      return unit.isEmpty() ? name : name + " [" + unit + "]";
    }
  }

  /**
   * A figure of a result.
   *
   * @param measure measure
   * @param value value in the unit of the measure
   */
  public record Figure(Measure measure, double value) {}

  private static Outcome of(
      Measure measure,
      double quality,
      long iterations,
      boolean converged,
      OptionalDouble residual,
      OptionalDouble success,
      int runs) {
    List<Figure> figures = List.of(new Figure(measure, quality));
    return new Outcome(figures, iterations, converged, residual, success, runs);
  }

  /** Result of a task without a tolerance: converged. */
  public static Outcome of(Measure measure, double quality, long iterations) {
    return of(measure, quality, iterations, true);
  }

  /** Result of a task that has reached its goal, or has not. */
  public static Outcome of(Measure measure, double quality, long iterations, boolean converged) {
    OptionalDouble none = OptionalDouble.empty();
    return of(measure, quality, iterations, converged, none, none, 1);
  }

  /** The result of a solver that has reached its tolerance, or has stalled above it. */
  public static Outcome solved(
      Measure measure, double quality, long iterations, boolean converged, double residual) {
    OptionalDouble relative = OptionalDouble.of(residual);
    return of(measure, quality, iterations, converged, relative, OptionalDouble.empty(), 1);
  }

  /**
   * The result of an optimiser.
   *
   * @param success share of its runs that found a solution
   */
  public static Outcome optimised(
      Measure measure, double quality, long iterations, double success, int runs) {
    OptionalDouble share = OptionalDouble.of(success);
    return of(measure, quality, iterations, success > 0, OptionalDouble.empty(), share, runs);
  }

  /** No result: the iteration left all bounds. */
  public static Outcome diverged(Measure measure, long iterations) {
    return of(measure, Double.NaN, iterations, false);
  }

  /** This result with one more figure. */
  public Outcome with(Measure measure, double value) {
    List<Figure> more = new ArrayList<>(figures);
    more.add(new Figure(measure, value));
    return new Outcome(more, iterations, converged, residual, success, runs);
  }

  /** This result with the figure of a word as its quality; as it is if it has no such figure. */
  public Outcome judgedBy(String word) {
    List<Figure> ordered = new ArrayList<>();
    for (Figure figure : figures) {
      ordered.add(figure.measure().word().equals(word) ? 0 : ordered.size(), figure);
    }
    return new Outcome(ordered, iterations, converged, residual, success, runs);
  }

  /** Measure of its quality. */
  public Measure measure() {
    return figures.get(0).measure();
  }

  /** Its quality in the unit of the measure; NaN if it has diverged. */
  public double quality() {
    return figures.get(0).value();
  }

  /** True if the task has diverged, so that it has no result. */
  public boolean isDiverged() {
    return Double.isNaN(quality());
  }
}
