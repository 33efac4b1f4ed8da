package dev.kirchhoff.dse.budget;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Packing;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaluatedDesignsTest {

  private static DesignSpace space(int knobs) {
    List<Knob> list = new ArrayList<>();
    for (int k = 0; k < knobs; k++) {
      list.add(Knob.always("k" + k, List.of("1", "2", "3", "4", "5"), 0));
    }
    return new DesignSpace(list);
  }

  @Test
  void itAnswersAsAMapOfDesignsDoes() {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      DesignSpace space = space(7 + 15 * seed);
      Packing packing = new Packing(space);
      EvaluatedDesigns memo = new EvaluatedDesigns(packing, 2, 1, true);
      Map<DesignPoint, Integer> map = new LinkedHashMap<>();
      int[] design = new int[space.dimension()];
      long[] key = new long[packing.words()];
      for (int i = 0; i < 20_000; i++) {
        space.random(random, design);
        packing.pack(design, key, 0);
        Integer expected = map.get(new DesignPoint(design));
        OptionalInt found = memo.find(key);
        assertEquals(expected, found.isPresent() ? found.getAsInt() : null, "seed " + seed);
        if (expected == null) {
          int index =
              memo.add(
                  key, new double[] {i, 1 - i}, new double[] {0.5 * i}, new double[] {0.25 * i}, i);
          map.put(new DesignPoint(design), index);
        }
      }
      assertEquals(map.size(), memo.size());
      for (Map.Entry<DesignPoint, Integer> entry : map.entrySet()) {
        int index = entry.getValue();
        memo.ordinals(index, design);
        assertArrayEquals(entry.getKey().ordinals(), design);
        assertEquals(1 - memo.objective(index, 0), memo.objective(index, 1));
        assertEquals(memo.objective(index, 0) / 2, memo.violation(index, 0));
        assertEquals(memo.objective(index, 0) / 4, memo.relative(index, 0));
        assertEquals(memo.objective(index, 0), memo.relativeTotal(index));
      }
      memo.clear();
      assertTrue(memo.find(key).isEmpty());
    }
  }

  /**
   * Objective = first ordinal; the constraint over knobs alone forbids the last value of the second
   * knob.
   */
  private static final class Counting implements Problem {
    int evaluated;
    double violation = 0.25;

    @Override
    public DesignSpace space() {
      return EvaluatedDesignsTest.space(3);
    }

    @Override
    public List<Objective> objectives() {
      return List.of(new Objective(Metric.AREA, false), new Objective(Metric.AREA, false));
    }

    @Override
    public List<String> constraints() {
      return List.of("k1 <= 4", "x >= 0");
    }

    @Override
    public Session newSession() {
      return new Session() {
        @Override
        public void evaluate(int[] d, double[] out, double[] violations, double[] relative) {
          evaluated++;
          out[0] = 1 + d[0];
          out[1] = d[2] == 4 ? Double.NaN : 1;
          violations[1] = d[0] == 3 ? violation : 0;
          relative[1] = violations[1];
        }

        @Override
        public boolean prune(int[] d, double[] violations, double[] relative) {
          violations[0] = d[1] == 4 ? 1 : 0;
          relative[0] = violations[0] / 4;
          violations[1] = 17;
          if (d[1] == 4) {
            violations[1] = 0;
          }
          return d[1] == 4;
        }
      };
    }
  }

  @Test
  void onlyNewDesignsAreComputedAndTheQuotaRefusesMore() {
    Counting problem = new Counting();
    EvaluatedDesigns shared = new EvaluatedDesigns(new Packing(problem.space()), 2, 2, false);
    IslandEvaluator island = new IslandEvaluator(problem, shared, () -> false);
    island.begin(2, 9, List.of());
    assertEquals(OptionalInt.of(0), island.evaluate(new int[] {0, 0, 0}));
    assertEquals(OptionalInt.of(0), island.evaluate(new int[] {0, 0, 0}));
    assertEquals(OptionalInt.of(1), island.evaluate(new int[] {1, 0, 0}));
    assertTrue(island.exhausted());
    assertTrue(island.evaluate(new int[] {2, 0, 0}).isEmpty());
    assertEquals(OptionalInt.of(1), island.evaluate(new int[] {1, 0, 0}));
    assertEquals(2, problem.evaluated);
    assertEquals(4, island.requested());
    shared.addFrom(island.fresh(), 0);
    shared.addFrom(island.fresh(), 1);
    island.begin(2, 9, List.of());
    assertEquals(OptionalInt.of(1), island.evaluate(new int[] {1, 0, 0}));
    assertEquals(2.0, island.objective(1, 0));
    assertEquals(2, problem.evaluated);
  }

  @Test
  void designsOfEarlierIslandsDoNotUseUpTheBudget() {
    Counting problem = new Counting();
    EvaluatedDesigns shared = new EvaluatedDesigns(new Packing(problem.space()), 2, 2, false);
    IslandEvaluator first = new IslandEvaluator(problem, shared, () -> false);
    IslandEvaluator second = new IslandEvaluator(problem, shared, () -> false);
    first.begin(9, 9, List.of());
    first.evaluate(new int[] {0, 0, 0});
    second.begin(9, 1, List.of(first));
    second.evaluate(new int[] {0, 0, 0});
    assertFalse(second.exhausted());
    second.evaluate(new int[] {1, 0, 0});
    assertTrue(second.exhausted());
    assertEquals(1, second.unique());
  }

  @Test
  void feasibleMeansAllMetAndAllThere() {
    Counting problem = new Counting();
    EvaluatedDesigns shared = new EvaluatedDesigns(new Packing(problem.space()), 2, 2, false);
    IslandEvaluator island = new IslandEvaluator(problem, shared, () -> false);
    island.begin(9, 9, List.of());
    assertTrue(island.isFeasible(island.evaluate(new int[] {0, 0, 0}).getAsInt()));
    int pruned = island.evaluate(new int[] {0, 4, 0}).getAsInt();
    assertEquals(1, problem.evaluated, "a design that a knob rules out is not evaluated");
    assertEquals(2.25f, island.relativeTotal(pruned), "a quarter and two objectives missing");
    assertTrue(Double.isNaN(island.objective(pruned, 0)));
    assertEquals(0.25f, island.relativeTotal(island.evaluate(new int[] {3, 0, 0}).getAsInt()));
    assertEquals(1f, island.relativeTotal(island.evaluate(new int[] {0, 0, 4}).getAsInt()));
  }

  @Test
  void aViolationThatIsNoAmountIsABug() {
    Counting problem = new Counting();
    EvaluatedDesigns shared = new EvaluatedDesigns(new Packing(problem.space()), 2, 2, false);
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      problem.violation = bad;
      IslandEvaluator island = new IslandEvaluator(problem, shared, () -> false);
      island.begin(9, 9, List.of());
      assertThrows(IllegalStateException.class, () -> island.evaluate(new int[] {3, 0, 0}));
    }
  }
}
