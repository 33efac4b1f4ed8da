package dev.kirchhoff.dse.engine;

import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.moves.Moves;
import dev.kirchhoff.dse.moves.UnseenDesigns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/**
 * One short solve: how designs are scored, where moves lead, when it is enough. The score is fixed
 * when the solve begins and is a function of the design alone; what is evaluated is noted in the
 * fronts, which this solve does not read.
 *
 * <p>Hard level: − (sum of relative violations + excess over bounds). Soft level: goodness. Both
 * are rounded once, to millionths and billionths.
 */
final class Solve {
  private static final int TRIES = 40;
  private static final double HARD_SCALE = 1e6;
  private static final double SOFT_SCALE = 1e9;
  private static final double MOST = 1e9;

  /** Score of a design that may not be evaluated any more; the solve ends before it matters. */
  private static final HardSoftLongScore REFUSED =
      HardSoftLongScore.of(Long.MIN_VALUE / 4, Long.MIN_VALUE / 4);

  /**
   * Target and starting point of a solve.
   *
   * @param view front whose range scales objectives; empty while a feasible design is sought
   * @param pinned knob that keeps its value
   */
  record SolveTarget(
      Scalarisation scalarisation,
      Optional<FrontView> view,
      int[] start,
      int[] mate,
      OptionalInt pinned) {}

  private final IslandEvaluator evaluator;
  private final Fronts fronts;
  private final Moves moves;
  private final RandomGenerator random;
  private final SolveTarget target;
  private final int limit;
  private final Runnable enough;

  private final int[] design;
  private final int[] neighbour;
  private final double[] values;
  private final double[] scaled;
  private final int knownBefore;

  /**
   * A solve that has not begun.
   *
   * @param round the round it belongs to
   * @param moves moves of the space
   * @param random source of randomness
   * @param target scalarisation and starting point
   * @param limit new designs after which it is enough
   * @param enough called then
   */
  Solve(
      Round round,
      Moves moves,
      RandomGenerator random,
      SolveTarget target,
      int limit,
      Runnable enough) {
    this.evaluator = round.evaluator();
    this.fronts = round.fronts();
    this.moves = moves;
    this.random = random;
    this.target = target;
    this.limit = limit;
    this.enough = enough;
    this.design = new int[evaluator.space().dimension()];
    this.neighbour = design.clone();
    this.values = new double[evaluator.objectives()];
    this.scaled = values.clone();
    this.knownBefore = evaluator.known();
  }

  /** Evaluates a planned design and scores it. */
  HardSoftLongScore score(List<KnobChoice> choices) {
    for (int k = 0; k < design.length; k++) {
      design[k] = choices.get(k).ordinal();
    }
    int known = evaluator.known();
    OptionalInt evaluated = evaluator.evaluate(design);
    if (evaluated.isEmpty()) {
      enough.run();
      return REFUSED;
    }
    int number = evaluated.getAsInt();
    float violation = evaluator.relativeTotal(number);
    boolean complete = true;
    for (int m = 0; m < values.length; m++) {
      values[m] = evaluator.objective(number, m);
      complete &= !Double.isNaN(values[m]);
    }
    if (number >= known) {
      fronts.offer(number, design, values, violation);
    }
    if (evaluator.known() - knownBefore >= limit || evaluator.exhausted()) {
      enough.run();
    }
    return score(weighted(number, violation), complete);
  }

  /** The sum of the violations, with the weights of the constraints if the target has some. */
  private double weighted(int number, float violation) {
    double sum = violation;
    if (violation > 0 && target.scalarisation() instanceof Scalarisation.Feasibility feasibility) {
      for (int c = 0; c < feasibility.weights().length; c++) {
        sum += (feasibility.weights()[c] - 1) * evaluator.relative(number, c);
      }
      sum = Math.max(sum, Float.MIN_NORMAL);
    }
    return sum;
  }

  private HardSoftLongScore score(double violation, boolean complete) {
    double hard = violation;
    double soft = 0;
    if (complete && target.view().isPresent()) {
      target.view().get().scale(values, scaled);
      hard += target.scalarisation().excess(scaled);
      soft = target.scalarisation().goodness(scaled);
    }
    long missed = Math.round(Math.min(hard, MOST) * HARD_SCALE);
    if (hard > 0 && missed == 0) {
      missed = 1;
    }
    return HardSoftLongScore.of(
        -missed, Math.round(Math.max(-MOST, Math.min(MOST, soft)) * SOFT_SCALE));
  }

  /**
   * Ordinals of a design near another that is not yet evaluated, valid until the next call; empty,
   * and the solve is over, if none is found.
   */
  Optional<int[]> neighbour(List<KnobChoice> choices) {
    for (int k = 0; k < design.length; k++) {
      design[k] = choices.get(k).ordinal();
    }
    if (!evaluator.exhausted()) {
      for (int i = 0; i < TRIES; i++) {
        moves.neighbour(design, target.mate(), target.pinned(), random, neighbour);
        if (!evaluator.isKnown(neighbour)) {
          return Optional.of(neighbour);
        }
      }
      if (UnseenDesigns.draw(evaluator, random, neighbour)) {
        return Optional.of(neighbour);
      }
    }
    enough.run();
    return Optional.empty();
  }
}
