package dev.kirchhoff.mapper.duplicate;

import dev.kirchhoff.arch.memo.Memo;

/**
 * Copies of each layer's weights for a budget of crossbars.
 *
 * <p><b>Pipelined</b> ({@link #slowest}): the slowest stage is made as fast as the budget allows,
 * exactly, with the fewest copies that do it. Proof: T falls with d, so for a time τ the cheapest
 * copies with every T ≤ τ are d(τ) = the fewest for each stage by itself; their cost C(τ) falls
 * with τ (crossbars rounded up to granules included: they never fall with d). So τ is within reach
 * exactly if C(τ) ≤ budget, and the optimum is the smallest such τ. From copies d(τ) for any τ
 * within reach, all stages that take longest together get the fewest copies that make them faster,
 * as long as the budget allows: these are d of every shorter τ in turn, so that none within reach
 * is passed over and the first that is not ends the walk. Estimates of τ start it close to its end;
 * they decide how long it is, not where it ends.
 *
 * <p><b>Layer by layer</b> ({@link #total}): the sum of the times is made as small as the budget
 * allows, exactly; see {@link TotalTime}.
 *
 * <p>Either way a larger budget never gives a slower chip. A memo holds the curves of ⌈N/d⌉, one
 * for each number of vectors.
 */
public final class Duplication {
  /** Room for the curves of some 250 numbers of vectors. */
  private static final long CURVES_B = 2_000_000;

  private final Memo<Vectors, Curve> curves =
      new Memo<>(vectors -> Curve.ofVectors(vectors.number()), CURVES_B, Curve::size_B);

  /** Input vectors of a stage. */
  private record Vectors(int number) {}

  /** Minimises the slowest stage within {@code budget} crossbars, copies of all stages together. */
  public static Copies slowest(Stages stages, double budget) {
    return SlowestStage.minimise(stages, budget);
  }

  /** Minimises the total time of the stages within {@code budget} crossbars. */
  public Copies total(Stages stages, double budget) {
    return TotalTime.minimise(stages, budget, number -> curves.get(new Vectors(number)));
  }
}
