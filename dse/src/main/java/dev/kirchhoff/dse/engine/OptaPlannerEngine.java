package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.SolveTask.Aim;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.Hypervolume;
import dev.kirchhoff.dse.moves.Moves;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.optaplanner.core.api.solver.Solver;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import org.optaplanner.core.config.localsearch.LocalSearchPhaseConfig;
import org.optaplanner.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import org.optaplanner.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.monitoring.MonitoringConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;

/**
 * Search by short solves of OptaPlanner. The solver knows one score, not a front; so each solve
 * freezes the front as it is, scores designs by one scalarisation of it, starts from a member and
 * runs late acceptance for some 30 new designs, all of which are noted, not only the best. Then the
 * next way of scoring is chosen by what it lately gained: hypervolume improvement, one objective
 * within bounds, an end of the front, a weighted distance, or improvement of the front of one
 * technology. Before anything is feasible, the solve starts from a design that misses by least and
 * lessens the miss.
 *
 * <p>A solve ends by counts alone and takes its randomness from the round's seed, so it can be
 * repeated.
 */
public final class OptaPlannerEngine implements Engine {
  private static final int NEW_DESIGNS = 30;
  private static final int LATE_ACCEPTANCE = 5;

  /** Repeats cost calculations but no evaluations; a solve that finds little new ends here. */
  private static final long MOST_CALCULATIONS = 20L * NEW_DESIGNS;

  /** Members that a score looks at with three or more objectives, where each costs more. */
  private static final int MOST_MEMBERS = 48;

  // The solver registers the same gauge at every solve, which the registry answers with a warning
  // on standard error.
  static {
    Metrics.globalRegistry.config().meterFilter(MeterFilter.denyNameStartsWith("optaplanner."));
  }

  private final SolverFactory<PlannedDesign> factory;

  /** An engine whose solver checks nothing twice. */
  public OptaPlannerEngine() {
    this(EnvironmentMode.REPRODUCIBLE);
  }

  /** An engine whose solver checks as much as the mode says: for tests. */
  OptaPlannerEngine(EnvironmentMode mode) {
    SolverConfig config =
        new SolverConfig(OptaPlannerEngine.class.getClassLoader())
            .withEnvironmentMode(mode)
            .withRandomSeed(0L)
            .withMoveThreadCount(SolverConfig.MOVE_THREAD_COUNT_NONE)
            .withSolutionClass(PlannedDesign.class)
            .withEntityClasses(KnobChoice.class)
            .withEasyScoreCalculatorClass(DesignScore.class)
            .withMonitoringConfig(new MonitoringConfig().withSolverMetricList(List.of()))
            .withPhases(
                new LocalSearchPhaseConfig()
                    .withMoveSelectorConfig(
                        new MoveIteratorFactoryConfig()
                            .withMoveIteratorFactoryClass(NeighbourMoves.class))
                    .withAcceptorConfig(
                        new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE_ACCEPTANCE))
                    .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1))
                    .withTerminationConfig(
                        new TerminationConfig()
                            .withScoreCalculationCountLimit(
                                mode == EnvironmentMode.REPRODUCIBLE
                                    ? MOST_CALCULATIONS
                                    : 10 * MOST_CALCULATIONS)));
    factory = SolverFactory.create(config);
  }

  @Override
  public String name() {
    return "optaplanner";
  }

  @Override
  public int quota(long evaluated, int islands) {
    return RoundSize.of(evaluated, islands);
  }

  @Override
  public Searcher searcher(Problem problem) {
    return new Solves(problem, factory.buildSolver());
  }

  private static final class Solves implements Searcher {
    private static final int IMPROVEMENT = 0;
    private static final int BOUNDED = 1;
    private static final int END = 2;
    private static final int WEIGHTED = 3;
    private static final int TECHNOLOGIES = 4;

    private final DesignSpace space;
    private final Solver<PlannedDesign> solver;
    private final Moves moves;
    private final int technology;
    private final int objectives;
    private final int[] cardinality;

    Solves(Problem problem, Solver<PlannedDesign> solver) {
      this.space = problem.space();
      this.solver = solver;
      this.moves = new Moves(space);
      this.technology = Technology.knob(space);
      this.objectives = problem.objectives().size();
      this.cardinality = new int[space.dimension()];
      Arrays.setAll(cardinality, space::cardinality);
    }

    @Override
    public JsonNode search(JsonNode state, Round round) {
      IslandEvaluator evaluator = round.evaluator();
      SplittableRandom random = new SplittableRandom(round.seed());
      int arms = TECHNOLOGIES + round.fronts().niches();
      Portfolio portfolio = new Portfolio(arms, state);
      boolean found = true;
      while (found && !evaluator.exhausted()) {
        int before = evaluator.known();
        if (round.fronts().whole().size() == 0) {
          solve(round, feasible(round, random), random);
        } else {
          int arm = portfolio.choose(random);
          FrontView whole = new FrontView(round.fronts(), round.fronts().whole());
          double[][] front = thinned(whole, random);
          long changes = round.fronts().whole().changes();
          solve(round, aim(arm, round, whole, front, random), random);
          boolean grown = round.fronts().whole().changes() != changes;
          double gained = grown ? gained(round, whole, front, before) : 0;
          portfolio.reward(arm, gained / Math.max(1, evaluator.known() - before));
        }
        found = evaluator.known() > before;
      }
      return portfolio.state();
    }

    private void solve(Round round, Aim aim, SplittableRandom random) {
      SolveTask task =
          new SolveTask(round, moves, random, technology, aim, NEW_DESIGNS, solver::terminateEarly);
      solver.solve(new PlannedDesign(task, aim.start(), cardinality));
    }

    private Aim feasible(Round round, SplittableRandom random) {
      int misses = round.fronts().nearMisses().size();
      int[] start = design(round, (int) round.fronts().nearMisses().index(random.nextInt(misses)));
      int[] mate = design(round, (int) round.fronts().nearMisses().index(random.nextInt(misses)));
      return new Aim(new Scalarisation.Feasibility(), null, start, mate, -1);
    }

    private Aim aim(
        int arm, Round round, FrontView whole, double[][] front, SplittableRandom random) {
      int[] mate = design(round, whole.number(whole.any(random)));
      int member = whole.lonely(random);
      int objective = random.nextInt(objectives);
      switch (arm) {
        case IMPROVEMENT:
          return new Aim(
              Scalarisation.Improvement.over(front), whole, start(round, whole, member), mate, -1);
        case BOUNDED:
          return new Aim(
              new Scalarisation.Bounded(objective, whole.points()[member].clone()),
              whole,
              start(round, whole, member),
              mate,
              -1);
        case END:
          double[] end = new double[objectives];
          end[objective] = 1;
          return new Aim(
              new Scalarisation.Chebyshev(end),
              whole,
              start(round, whole, whole.best(objective)),
              mate,
              -1);
        case WEIGHTED:
          Scalarisation weighted = new Scalarisation.Chebyshev(weights(random));
          return new Aim(weighted, whole, start(round, whole, best(whole, weighted)), mate, -1);
        default:
          return technology(arm - TECHNOLOGIES, round, whole, mate, random);
      }
    }

    /** Improvement of one technology's own front, which others may dominate. */
    private Aim technology(
        int ordinal, Round round, FrontView whole, int[] mate, SplittableRandom random) {
      Archive niche = round.fronts().niche(ordinal);
      if (niche.size() == 0) {
        int[] start = start(round, whole, whole.any(random));
        start[technology] = ordinal;
        space.normalise(start);
        Scalarisation middle = new Scalarisation.Chebyshev(weights(random));
        return new Aim(middle, whole, start, mate, technology);
      }
      FrontView view = new FrontView(round.fronts(), niche);
      return new Aim(
          Scalarisation.Improvement.over(thinned(view, random)),
          view,
          start(round, view, view.lonely(random)),
          design(round, view.number(view.any(random))),
          technology);
    }

    private double[] weights(SplittableRandom random) {
      double[] weights = new double[objectives];
      double sum = 0;
      for (int m = 0; m < objectives; m++) {
        weights[m] = 0.02 + random.nextDouble();
        sum += weights[m];
      }
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
     * All members, or with three and more objectives at most {@value #MOST_MEMBERS} of them drawn
     * at random.
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

    /**
     * Hypervolume that the members added since a number of known designs add to the front before.
     */
    private double gained(Round round, FrontView view, double[][] front, int before) {
      Fronts fronts = round.fronts();
      Archive archive = fronts.whole();
      double[] reference = new double[objectives];
      Arrays.fill(reference, Scalarisation.REFERENCE);
      List<double[]> grown = new ArrayList<>(Arrays.asList(front));
      double sum = 0;
      for (int place : archive.placesByIndex()) {
        if (archive.index(place) >= before) {
          double[] scaled = new double[objectives];
          view.scale(fronts.values(archive, place), scaled);
          sum += Hypervolume.gain(scaled, grown.toArray(double[][]::new), reference);
          grown.add(scaled);
        }
      }
      return sum;
    }

    private static int[] start(Round round, FrontView view, int member) {
      return design(round, view.number(member));
    }

    private static int[] design(Round round, int number) {
      int[] design = new int[round.evaluator().space().dimension()];
      round.evaluator().ordinals(number, design);
      return design;
    }
  }
}
