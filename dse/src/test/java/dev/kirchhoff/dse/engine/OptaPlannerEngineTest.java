package dev.kirchhoff.dse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.budget.EvaluatedDesigns;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Packing;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.optaplanner.core.config.solver.EnvironmentMode;

class OptaPlannerEngineTest {

  /**
   * Many knobs, half of them conditional; objectives that pull each in its own direction; one
   * constraint.
   */
  private static final class Many implements Problem {
    private final DesignSpace space;
    private final int objectives;

    private final double least;

    Many(int knobs, int objectives) {
      this(knobs, objectives, 0.3);
    }

    Many(int knobs, int objectives, double least) {
      this.least = least;
      List<Knob> list = new ArrayList<>();
      list.add(Knob.always("cell.device", List.of("a", "b", "c"), 0));
      for (int k = 1; k < knobs; k++) {
        List<String> values = List.of("1", "2", "3", "4");
        list.add(
            k % 2 == 1
                ? Knob.always("layer[" + k + "].bits", values, 1)
                : Knob.under(0, List.of(k % 3), "x" + k, values, 1));
      }
      this.space = new DesignSpace(list);
      this.objectives = objectives;
    }

    @Override
    public DesignSpace space() {
      return space;
    }

    @Override
    public List<Objective> objectives() {
      List<Objective> list = new ArrayList<>();
      for (int m = 0; m < objectives; m++) {
        list.add(new Objective(m == 1 ? Metric.SNR : Metric.AREA, m == 1));
      }
      return list;
    }

    @Override
    public List<String> constraints() {
      return List.of("sum");
    }

    @Override
    public Session newSession() {
      return (design, out, violations, relative) -> {
        double sum = 0;
        for (int m = 0; m < objectives; m++) {
          out[m] = 1;
        }
        for (int k = 0; k < design.length; k++) {
          sum += Math.max(0, design[k]);
          out[k % objectives] += Math.abs(design[k] - k % 4);
        }
        for (int m = 0; m < objectives; m++) {
          out[m] += 0.1 * sum;
        }
        out[1] = 100 - out[1];
        violations[0] = Math.max(0, least * design.length - sum);
        relative[0] = violations[0] / design.length;
      };
    }
  }

  /** Rounds on one island, as the explorer makes them; returns what was evaluated, in order. */
  private static List<String> rounds(
      OptaPlannerEngine engine, Problem problem, int rounds, int quota, long seed) {
    DesignSpace space = problem.space();
    EvaluatedDesigns memo =
        new EvaluatedDesigns(new Packing(space), problem.objectives().size(), 1, false);
    Fronts fronts = new Fronts(problem.objectives(), Niches.of(space));
    IslandEvaluator evaluator = new IslandEvaluator(problem, memo, () -> false);
    Engine.Searcher searcher = engine.searcher(problem);
    List<String> seen = new ArrayList<>();
    evaluator.begin(1, 1, List.of());
    evaluator.evaluate(space.start());
    merge(evaluator, memo, fronts, seen);
    JsonNode state = MissingNode.getInstance();
    for (int r = 1; r <= rounds; r++) {
      evaluator.begin(quota, quota, List.of());
      state =
          searcher.search(
              state, new Round(r, 0, 1, Round.seed(seed, r, 0), fronts.copy(), evaluator));
      assertEquals(quota, evaluator.fresh().size());
      merge(evaluator, memo, fronts, seen);
    }
    return seen;
  }

  private static void merge(
      IslandEvaluator evaluator, EvaluatedDesigns memo, Fronts fronts, List<String> seen) {
    int[] design = new int[evaluator.space().dimension()];
    for (int i = 0; i < evaluator.fresh().size(); i++) {
      int index = memo.addFrom(evaluator.fresh(), i);
      memo.ordinals(index, design);
      assertTrue(evaluator.space().isValid(design));
      double[] values = new double[evaluator.objectives()];
      for (int m = 0; m < values.length; m++) {
        values[m] = memo.objective(index, m);
      }
      fronts.offer(index, design, values, memo.relativeTotal(index));
      seen.add(java.util.Arrays.toString(design));
    }
  }

  @Test
  void theSolverFindsNoScoreThatDependsOnAnythingButTheDesign() {
    OptaPlannerEngine checked = new OptaPlannerEngine(EnvironmentMode.FULL_ASSERT);
    for (long seed = 1; seed <= 3; seed++) {
      assertEquals(501, rounds(checked, new Many(12, 2), 5, 100, seed).size());
      assertEquals(301, rounds(checked, new Many(12, 3), 3, 100, seed).size());
    }
  }

  @Test
  void beforeAnythingIsFeasibleTheScoreIsAFunctionOfTheDesignToo() {
    OptaPlannerEngine checked = new OptaPlannerEngine(EnvironmentMode.FULL_ASSERT);
    List<String> seen = rounds(checked, new Many(12, 2, 1.6), 4, 100, 1);
    List<String> plain = rounds(new OptaPlannerEngine(), new Many(12, 2, 1.6), 4, 100, 1);
    assertEquals(seen, plain);
    assertTrue(seen.stream().anyMatch(OptaPlannerEngineTest::meetsTheTightLimit));
    assertTrue(seen.subList(0, 1).stream().noneMatch(OptaPlannerEngineTest::meetsTheTightLimit));
  }

  private static boolean meetsTheTightLimit(String design) {
    String[] ordinals = design.substring(1, design.length() - 1).split(", ");
    int sum = 0;
    for (String ordinal : ordinals) {
      sum += Math.max(0, Integer.parseInt(ordinal));
    }
    return sum >= 1.6 * ordinals.length;
  }

  @Test
  void checkingDoesNotChangeTheEvaluations() {
    List<String> plain = rounds(new OptaPlannerEngine(), new Many(12, 2), 4, 100, 1);
    List<String> checked =
        rounds(new OptaPlannerEngine(EnvironmentMode.FULL_ASSERT), new Many(12, 2), 4, 100, 1);
    assertEquals(plain, checked);
  }

  @Test
  void twoToEightyKnobsAndTwoToFourObjectivesWork() {
    OptaPlannerEngine engine = new OptaPlannerEngine();
    Problem large = new Many(80, 4);
    assertTrue(large.space().size().compareTo(BigInteger.TEN.pow(12)) > 0);
    for (int objectives = 2; objectives <= 4; objectives++) {
      assertEquals(601, rounds(engine, new Many(80, objectives), 6, 100, 7).size());
    }
    assertEquals(12, rounds(engine, new Many(2, 2), 1, 11, 7).size());
  }
}
