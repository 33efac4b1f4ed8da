package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.Solve.SolveTarget;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.Fronts.FrontState;
import dev.kirchhoff.dse.front.Hypervolume;
import dev.kirchhoff.dse.front.NearMisses;
import dev.kirchhoff.dse.moves.Moves;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.optaplanner.core.api.solver.Solver;

/**
 * Solves of one island: choice of the scalarisation and of the start, and the gain of each solve.
 */
final class SolverSearcher implements Engine.Searcher {
  private static final int IMPROVEMENT = 0;
  private static final int BOUNDED = 1;
  private static final int END = 2;

  /** The fourth scalarisation is a weighted distance; one for each niche follows. */
  private static final int NICHES = 4;

  /** Weight of an improvement of a niche's own front against one of the whole front (assumed). */
  private static final double OWN_FRONT = 0.02;

  /** Shares of the solves before anything is feasible (assumed). */
  private static final double ANYWHERE = 0.15;

  private static final double ONE_NICHE = 0.45;

  /** Members that a score looks at with three or more objectives, where each costs more. */
  private static final int MOST_MEMBERS = 48;

  private final DesignSpace space;
  private final Solver<PlannedDesign> solver;
  private final Moves moves;
  private final int objectives;
  private final int constraints;
  private final double[] reference;
  private final int[] cardinality;

  SolverSearcher(Problem problem, Solver<PlannedDesign> solver) {
    this.space = problem.space();
    this.solver = solver;
    this.moves = new Moves(space);
    this.objectives = problem.objectives().size();
    this.constraints = problem.constraints().size();
    this.reference = new double[objectives];
    this.cardinality = new int[space.dimension()];
    Arrays.fill(reference, Scalarisation.REFERENCE);
    Arrays.setAll(cardinality, space::cardinality);
  }

  @Override
  public JsonNode search(JsonNode state, Round round) {
    IslandEvaluator evaluator = round.evaluator();
    SplittableRandom random = new SplittableRandom(round.seed());
    int arms = NICHES + round.fronts().niches().size();
    Portfolio portfolio = new Portfolio(arms, state);
    boolean found = true;
    while (found && !evaluator.exhausted()) {
      int before = evaluator.known();
      if (round.fronts().whole().size() == 0) {
        solve(round, feasible(round, random), random);
      } else {
        int arm = portfolio.choose(random);
        double gained =
            arm < NICHES ? solveWhole(arm, round, random) : solveNiche(arm - NICHES, round, random);
        portfolio.reward(arm, gained / Math.max(1, evaluator.known() - before));
      }
      found = evaluator.known() > before;
    }
    return portfolio.state();
  }

  private void solve(Round round, SolveTarget target, SplittableRandom random) {
    int limit =
        target.view().isEmpty()
            ? OptaPlannerEngine.NEW_DESIGNS_TO_FEASIBLE
            : OptaPlannerEngine.NEW_DESIGNS;
    Solve solve = new Solve(round, moves, random, target, limit, solver::terminateEarly);
    solver.solve(new PlannedDesign(solve, target.start(), cardinality));
  }

  /** Seeks the front of all designs; returns the hypervolume gained. */
  private double solveWhole(int arm, Round round, SplittableRandom random) {
    Fronts fronts = round.fronts();
    int before = round.evaluator().known();
    FrontView view = new FrontView(fronts, fronts.whole());
    double[][] front = thinned(view, random);
    solve(round, target(arm, round, view, front, random), random);
    return gained(fronts, fronts.whole(), view, front, before);
  }

  /**
   * Searches the front of one niche; returns the hypervolume gained, that of its own front at a
   * discount.
   */
  private double solveNiche(int number, Round round, SplittableRandom random) {
    Fronts fronts = round.fronts();
    int before = round.evaluator().known();
    FrontView view = new FrontView(fronts, fronts.whole());
    double[][] front = thinned(view, random);
    FrontState known = fronts.niche(number);
    double own;
    if (known.front().size() == 0) {
      solve(round, firstOf(number, round, view, random), random);
      own = known.front().size() > 0 ? 1 : 0;
    } else {
      FrontView ownView = new FrontView(fronts, known.front());
      double[][] ownFront = thinned(ownView, random);
      solve(round, improvementOf(number, round, ownView, ownFront, random), random);
      own = gained(fronts, known.front(), ownView, ownFront, before);
    }
    return gained(fronts, fronts.whole(), view, front, before) + OWN_FRONT * own;
  }

  /**
   * Target before any design is feasible: from a design of least violation, of all or of one niche,
   * and at times from anywhere, because designs of least violation are often neighbours of each
   * other.
   */
  private SolveTarget feasible(Round round, SplittableRandom random) {
    Fronts fronts = round.fronts();
    int[] mate = miss(round, fronts.nearMisses(), random);
    double from = random.nextDouble();
    if (from < ANYWHERE) {
      int[] start = new int[space.dimension()];
      space.random(random, start);
      return new SolveTarget(
          feasibility(random), Optional.empty(), start, mate, OptionalInt.empty());
    }
    if (from < ANYWHERE + ONE_NICHE && !fronts.niches().isEmpty()) {
      int number = random.nextInt(fronts.niches().size());
      NearMisses misses = fronts.niche(number).nearMisses();
      if (misses.size() > 0) {
        int[] start = miss(round, misses, random);
        int pinned = fronts.niches().get(number).knob();
        return new SolveTarget(
            feasibility(random), Optional.empty(), start, mate, OptionalInt.of(pinned));
      }
    }
    int[] start = miss(round, fronts.nearMisses(), random);
    return new SolveTarget(feasibility(random), Optional.empty(), start, mate, OptionalInt.empty());
  }

  private SolveTarget target(
      int arm, Round round, FrontView view, double[][] front, SplittableRandom random) {
    int[] mate = member(round, view, view.any(random));
    int lonely = view.lonely(random);
    int objective = random.nextInt(objectives);
    if (arm == IMPROVEMENT) {
      return towards(
          Scalarisation.Improvement.over(front), view, member(round, view, lonely), mate);
    }
    if (arm == BOUNDED) {
      Scalarisation bounded = new Scalarisation.Bounded(objective, view.points()[lonely].clone());
      return towards(bounded, view, member(round, view, lonely), mate);
    }
    double[] weights = weights(random);
    if (arm == END) {
      Arrays.fill(weights, 0);
      weights[objective] = 1;
    }
    Scalarisation weighted = new Scalarisation.Chebyshev(weights);
    return towards(weighted, view, member(round, view, best(view, weighted)), mate);
  }

  private static SolveTarget towards(
      Scalarisation scalarisation, FrontView view, int[] start, int[] mate) {
    return new SolveTarget(scalarisation, Optional.of(view), start, mate, OptionalInt.empty());
  }

  /** Improvement of the front of one niche, which others may dominate. */
  private SolveTarget improvementOf(
      int number, Round round, FrontView view, double[][] front, SplittableRandom random) {
    return new SolveTarget(
        Scalarisation.Improvement.over(front),
        Optional.of(view),
        member(round, view, view.lonely(random)),
        member(round, view, view.any(random)),
        OptionalInt.of(round.fronts().niches().get(number).knob()));
  }

  /** A first feasible design of one niche. */
  private SolveTarget firstOf(int number, Round round, FrontView whole, SplittableRandom random) {
    Fronts.Niche niche = round.fronts().niches().get(number);
    NearMisses misses = round.fronts().niche(number).nearMisses();
    int[] mate = member(round, whole, whole.any(random));
    int[] start;
    if (misses.size() > 0) {
      start = miss(round, misses, random);
    } else {
      start = member(round, whole, whole.any(random));
      start[niche.knob()] = niche.ordinal();
      space.normalise(start);
    }
    return new SolveTarget(
        feasibility(random), Optional.empty(), start, mate, OptionalInt.of(niche.knob()));
  }

  /** Half of the times all constraints alike, else each counts between a tenth and ten times. */
  private Scalarisation feasibility(SplittableRandom random) {
    double[] weights = new double[constraints];
    boolean alike = random.nextBoolean();
    for (int c = 0; c < constraints; c++) {
      weights[c] = alike ? 1 : StrictMath.pow(10, 2 * random.nextDouble() - 1);
    }
    return new Scalarisation.Feasibility(weights);
  }

  private double[] weights(SplittableRandom random) {
    double[] weights = new double[objectives];
    for (int m = 0; m < objectives; m++) {
      weights[m] = 0.02 + random.nextDouble();
    }
    double sum = Arrays.stream(weights).sum();
    for (int m = 0; m < objectives; m++) {
      weights[m] /= sum;
    }
    return weights;
  }

  private static int best(FrontView view, Scalarisation scalarisation) {
    int best = 0;
    for (int i = 1; i < view.size(); i++) {
      double goodness = scalarisation.goodness(view.points()[i]);
      best = goodness > scalarisation.goodness(view.points()[best]) ? i : best;
    }
    return best;
  }

  /**
   * All members, or with three and more objectives at most {@value #MOST_MEMBERS} of them drawn at
   * random.
   */
  private double[][] thinned(FrontView view, SplittableRandom random) {
    double[][] points = view.points().clone();
    if (objectives == 2 || points.length <= MOST_MEMBERS) {
      return points;
    }
    for (int i = 0; i < MOST_MEMBERS; i++) {
      int j = i + random.nextInt(points.length - i);
      double[] point = points[i];
      points[i] = points[j];
      points[j] = point;
    }
    return Arrays.copyOf(points, MOST_MEMBERS);
  }

  /** Hypervolume that the members numbered from {@code before} on add to the front as it was. */
  private double gained(
      Fronts fronts, Archive archive, FrontView view, double[][] front, int before) {
    List<double[]> grown = new ArrayList<>(Arrays.asList(front));
    double sum = 0;
    for (int place = 0; place < archive.size(); place++) {
      if (archive.index(place) >= before) {
        double[] scaled = new double[objectives];
        view.scale(fronts.values(archive, place), scaled);
        sum += Hypervolume.gain(scaled, grown.toArray(double[][]::new), reference);
        grown.add(scaled);
      }
    }
    return sum;
  }

  private static int[] miss(Round round, NearMisses misses, SplittableRandom random) {
    return design(round, (int) misses.index(random.nextInt(misses.size())));
  }

  private static int[] member(Round round, FrontView view, int member) {
    return design(round, view.number(member));
  }

  private static int[] design(Round round, int number) {
    int[] design = new int[round.evaluator().space().dimension()];
    round.evaluator().ordinals(number, design);
    return design;
  }
}
