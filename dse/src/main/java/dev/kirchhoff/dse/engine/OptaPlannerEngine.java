package dev.kirchhoff.dse.engine;

import dev.kirchhoff.dse.space.Problem;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
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
 * Search by short solves of OptaPlanner. The solver maximises one score, not a front; so each solve
 * freezes the front, scores designs by one scalarisation of it, starts from a member and runs late
 * acceptance for some 30 new designs, all of which are recorded, not only the best. The next
 * scalarisation is then chosen by its recent gain: hypervolume improvement, one objective within
 * bounds, an end of the front, a weighted distance, or improvement of the front of one niche.
 * Before anything is feasible, the solve starts from a design with the least violation and reduces
 * it.
 *
 * <p>A solve ends by counts alone and takes its randomness from the round's seed, so it can be
 * repeated.
 */
public final class OptaPlannerEngine implements Engine {
  static final int NEW_DESIGNS = 20;

  /** The way to a first feasible design is longer than the way along a front. */
  static final int NEW_DESIGNS_TO_FEASIBLE = 35;

  private static final int LATE_ACCEPTANCE = 5;

  /** Repeats cost calculations but no evaluations; a solve that finds little new ends here. */
  private static final long MOST_CALCULATIONS = 20L * NEW_DESIGNS_TO_FEASIBLE;

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
    return new SolverSearcher(problem, factory.buildSolver());
  }
}
