package dev.kirchhoff.arch.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Result of a task of a kernel.
 *
 * @param measure measure of its quality
 * @param quality quality of its result in the unit of the measure; empty of a task that has
 *     diverged
 * @param others other figures of its result
 * @param iterations iterations of its outermost loop until it ended
 * @param converged whether the task has reached its tolerance or its goal
 * @param residual relative residual at its end, of solvers
 * @param success probability that one run of the task finds a solution, of optimisers; time and
 *     energy to solution count the runs that 99 % certainty takes
 * @param runs independent runs of the task
 */
public record Outcome(
    Measure measure,
    OptionalDouble quality,
    List<Figure> others,
    long iterations,
    boolean converged,
    OptionalDouble residual,
    OptionalDouble success,
    int runs) {

  public Outcome {
    others = List.copyOf(others);
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
    return Double.isNaN(quality)
        ? diverged(measure, iterations)
        : new Outcome(
            measure,
            OptionalDouble.of(quality),
            List.of(),
            iterations,
            converged,
            residual,
            success,
            runs);
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
    OptionalDouble none = OptionalDouble.empty();
    return new Outcome(measure, none, List.of(), iterations, false, none, none, 1);
  }

  /** This result with one more figure; as it is if the task has diverged. */
  public Outcome with(Measure other, double value) {
    if (isDiverged()) {
      return this;
    }
    Stream<Figure> more = Stream.concat(others.stream(), Stream.of(new Figure(other, value)));
    return new Outcome(
        measure, quality, more.toList(), iterations, converged, residual, success, runs);
  }

  /** This result with the figure of a word as its quality; as it is if it has no such figure. */
  public Outcome judgedBy(String word) {
    List<Figure> ordered = new ArrayList<>();
    for (Figure figure : figures()) {
      ordered.add(figure.measure().word().equals(word) ? 0 : ordered.size(), figure);
    }
    return ordered.isEmpty()
        ? this
        : new Outcome(
            ordered.get(0).measure(),
            OptionalDouble.of(ordered.get(0).value()),
            ordered.subList(1, ordered.size()),
            iterations,
            converged,
            residual,
            success,
            runs);
  }

  /** Figures of its result, the quality first; none if the task has diverged. */
  public List<Figure> figures() {
    return Stream.concat(
            quality.stream().mapToObj(value -> new Figure(measure, value)), others.stream())
        .toList();
  }

  /** True if the task has diverged, so that it has no result. */
  public boolean isDiverged() {
    return quality.isEmpty();
  }
}
