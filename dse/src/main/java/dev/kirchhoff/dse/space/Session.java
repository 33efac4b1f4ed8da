package dev.kirchhoff.dse.space;

import java.util.Arrays;

/**
 * Evaluator of the designs of a {@link Problem}, one at a time. A session is used by one thread at
 * a time and may keep buffers; its results depend on the design alone.
 */
public interface Session {

  /**
   * Evaluates a design.
   *
   * @param ordinals the design; not to be kept or changed
   * @param objectives receives the objectives in metric units; NaN = the design has no such value,
   *     and is infeasible
   * @param violations receives for each constraint the amount by which it is missed; 0 = met
   * @param relativeViolations receives the same as a share of the limit, so that amounts of
   *     different units may be added; 0 = met, infinity is not allowed
   */
  void evaluate(
      int[] ordinals, double[] objectives, double[] violations, double[] relativeViolations);

  /**
   * Evaluates a design as {@link #evaluate(int[], double[], double[], double[])} does, with figures
   * that are computed in any case.
   *
   * @param recorded receives the figures of {@link Problem#recorded}, in the order of {@link
   *     dev.kirchhoff.arch.event.RunEvent.Recorded#all}; NaN = none
   */
  default void evaluate(
      int[] ordinals,
      double[] objectives,
      double[] violations,
      double[] relativeViolations,
      float[] recorded) {
    evaluate(ordinals, objectives, violations, relativeViolations);
    Arrays.fill(recorded, Float.NaN);
  }

  /**
   * Judges the constraints over knobs alone, at a small part of the cost of {@link #evaluate}.
   *
   * @return true if one of them is missed, with the violations filled as {@link #evaluate} fills
   *     them: for these constraints their amounts, for all others 0. The design is then not
   *     evaluated. False leaves the contents of the arrays undefined.
   */
  default boolean prune(int[] ordinals, double[] violations, double[] relativeViolations) {
    return false;
  }

  /**
   * True if a constraint is judged before others: a design that misses it may have no objectives
   * and no amounts of those others.
   *
   * @param constraint index of the constraint
   */
  default boolean isJudgedFirst(int constraint) {
    return false;
  }

  /**
   * Judges a constraint by the known figures of an evaluated design.
   *
   * @param constraint index of the constraint
   * @param ordinals the design; not to be kept or changed
   * @param objectives its objectives, as {@link #evaluate} gave them
   * @return the violation as a share of the limit; 0 = met; NaN if only an evaluation tells
   */
  default double judge(int constraint, int[] ordinals, double[] objectives) {
    return Double.NaN;
  }
}
