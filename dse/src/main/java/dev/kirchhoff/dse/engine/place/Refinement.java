package dev.kirchhoff.dse.engine.place;

import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.place.GreedyPlacement;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.traffic.Flows;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import org.optaplanner.core.config.localsearch.LocalSearchPhaseConfig;
import org.optaplanner.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import org.optaplanner.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import org.optaplanner.core.config.score.director.ScoreDirectorFactoryConfig;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.monitoring.MonitoringConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;

/**
 * Better sites for the units of a mapping, by OptaPlanner: simulated annealing from the better of
 * two starts, the order of the sites and {@link GreedyPlacement}.
 *
 * <p>Hard: no two units on one site. Soft: bit-hops + {@value #LOAD_WEIGHT} × load of the most
 * loaded link ({@link PlacementCost}). It begins at a temperature of 0.3 of the mean cost of a
 * unit, with few units in several rounds, tries a given number of moves and is never worse than the
 * order of the sites. Same seed and moves, same placement: it ends by counts and uses one thread.
 *
 * <pre>{@code
 * List<Integer> sites = Refinement.sites(flows, fabric, 1, Refinement.moves(flows, fabric));
 * }</pre>
 */
public final class Refinement {
  /**
   * Weight of a bit on the most loaded link, in bit-hops. On MobileNet-V2 over 1,019 tiles of a
   * mesh 4 lowers the most loaded link from 5.4 to 3.2 Mb for 1 % more bit-hops; 16 lowers it to
   * 3.0.
   */
  public static final long LOAD_WEIGHT = 4;

  /** Of 3, 1, 0.3 and 0.1 the best or within 1 % of it on ResNet-50, mesh, torus and H-tree. */
  private static final double[] TEMPERATURES = {0.3};

  /**
   * With few units a move changes much of the cost, and one round may end where no move helps; so
   * it is heated again, each round from the best so far.
   */
  private static final double[] TEMPERATURES_OF_FEW = {3, 1, 3, 1, 3, 1, 0.3, 0.3};

  private static final int FEW = 32;

  private static final long MOVES_PER_UNIT = 4_000;
  private static final long FEWEST_MOVES = 40_000;
  private static final long MOST_MOVES = 1_000_000;

  /**
   * Links that all moves together may walk over, which bounds the time on large chips: 2 to 4 s
   * (two shared processors, JDK 17). Three times as many lower the bit-hops of GPT-2 medium on
   * 1,349 tiles by 2 % more, those of VGG-16 on 529 tiles not at all.
   */
  private static final double MOST_LINKS = 25e6;

  // The solver registers the same gauge at every solve, which the registry answers with a warning
  // on standard error.
  static {
    Metrics.globalRegistry.config().meterFilter(MeterFilter.denyNameStartsWith("optaplanner."));
  }

  /**
   * Sites up to which moves are tried: what a move asks of the whole fabric (nearest sites, the
   * most loaded link) grows with them. A million take hours.
   */
  private static final int MOST_SITES = 10_000;

  /** Pairs of unit and site up to which the greedy placement is built. */
  private static final double MOST_PAIRS = 1e8;

  private Refinement() {}

  /**
   * Moves after which little more is gained, none on more than 10,000 sites: 4,000 a unit, 40,000
   * to 1,000,000; fewer where they would walk over more than 25 million links, at the links that a
   * move walks over with units in the order of sites. A count, never a time, so that the placement
   * is the same on any machine.
   */
  public static long moves(Flows flows, Fabric fabric) {
    if (fabric.sites() > MOST_SITES) {
      return 0;
    }
    long worth = Math.max(FEWEST_MOVES, Math.min(MOST_MOVES, MOVES_PER_UNIT * flows.units()));
    if (fabric.sites() < flows.units()) {
      return worth;
    }
    PlacementCost cost = new PlacementCost(flows, fabric, 0);
    cost.set(IntStream.range(0, flows.units()).toArray());
    return (long) Math.min(worth, Math.ceil(MOST_LINKS / Math.max(1, cost.linksPerMove())));
  }

  /**
   * Sites of all units. On more than 10,000 sites it is the better start, and with more than 1e8
   * pairs of unit and site the order of the sites.
   *
   * @param moves moves to try; 0 for the better start
   * @throws IllegalArgumentException if there are fewer sites than units
   */
  public static List<Integer> sites(Flows flows, Fabric fabric, long seed, long moves) {
    return sites(flows, fabric, seed, moves, tried -> {});
  }

  /**
   * Sites of all units, as {@link #sites(Flows, Fabric, long, long)}.
   *
   * @param told is given the moves tried so far, after each temperature
   */
  public static List<Integer> sites(
      Flows flows, Fabric fabric, long seed, long moves, LongConsumer told) {
    return sites(flows, fabric, seed, moves, EnvironmentMode.REPRODUCIBLE, told);
  }

  static List<Integer> sites(
      Flows flows, Fabric fabric, long seed, long moves, EnvironmentMode mode) {
    return sites(flows, fabric, seed, moves, mode, tried -> {});
  }

  private static List<Integer> sites(
      Flows flows, Fabric fabric, long seed, long moves, EnvironmentMode mode, LongConsumer told) {
    int[] inOrder = new int[flows.units()];
    Arrays.setAll(inOrder, u -> u);
    boolean fits = fabric.sites() >= flows.units();
    if (fits && (double) flows.units() * fabric.sites() > MOST_PAIRS) {
      return Arrays.stream(inOrder).boxed().toList();
    }
    PlacementCost cost = new PlacementCost(flows, fabric, LOAD_WEIGHT);
    int[] best = GreedyPlacement.of(flows, fabric);
    cost.set(best);
    long least = cost.cost();
    cost.set(inOrder);
    if (cost.cost() <= least) {
      best = inOrder;
      least = cost.cost();
    }
    boolean isRefined = moves > 0 && fabric.sites() <= MOST_SITES;
    if (isRefined && flows.units() > 0 && fabric.sites() > 1 && least > 0) {
      double[] rounds = flows.units() < FEW ? TEMPERATURES_OF_FEW : TEMPERATURES;
      PlacementProblem problem = new PlacementProblem(flows, fabric, LOAD_WEIGHT);
      double mean = (double) least / flows.units();
      for (int r = 0; r < rounds.length; r++) {
        long temperature = Math.max(1, Math.round(rounds[r] * mean));
        long share = Math.max(1, moves / rounds.length);
        best = solve(new PlacementPlan(problem, best), temperature, seed + r, share, mode);
        told.accept(share * (r + 1));
      }
    }
    return Arrays.stream(best).boxed().toList();
  }

  private static int[] solve(
      PlacementPlan start, long temperature, long seed, long moves, EnvironmentMode mode) {
    SolverConfig config =
        new SolverConfig(Refinement.class.getClassLoader())
            .withEnvironmentMode(mode)
            .withRandomSeed(seed)
            .withMoveThreadCount(SolverConfig.MOVE_THREAD_COUNT_NONE)
            .withSolutionClass(PlacementPlan.class)
            .withEntityClasses(PlacedUnit.class)
            .withScoreDirectorFactory(
                new ScoreDirectorFactoryConfig()
                    .withIncrementalScoreCalculatorClass(PlacementScore.class))
            .withMonitoringConfig(new MonitoringConfig().withSolverMetricList(List.of()))
            .withPhases(
                new LocalSearchPhaseConfig()
                    .withMoveSelectorConfig(
                        new MoveIteratorFactoryConfig()
                            .withMoveIteratorFactoryClass(RelocationMoves.class))
                    .withAcceptorConfig(
                        new LocalSearchAcceptorConfig()
                            .withSimulatedAnnealingStartingTemperature(
                                "0hard/" + temperature + "soft"))
                    .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1))
                    .withTerminationConfig(
                        new TerminationConfig().withScoreCalculationCountLimit(moves)));
    SolverFactory<PlacementPlan> factory = SolverFactory.create(config);
    return factory.buildSolver().solve(start).sites();
  }
}
