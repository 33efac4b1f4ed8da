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
import dev.kirchhoff.dse.engine.LimitSampleEngine.Part;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Packing;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Parts of a sample: where they begin, and what they are drawn around. */
class LimitSampleEngineTest {
  private static final Problem LINE =
      new Problem() {
        private final DesignSpace space =
            new DesignSpace(
                List.of(
                    Knob.always(
                        "value",
                        IntStream.range(0, 1_000).mapToObj(Integer::toString).toList(),
                        0)));

        @Override
        public DesignSpace space() {
          return space;
        }

        @Override
        public List<Objective> objectives() {
          return List.of(new Objective(Metric.AREA, false));
        }

        @Override
        public List<String> constraints() {
          return List.of("value >= 900");
        }

        @Override
        public Session newSession() {
          return (design, objectives, violations, relative) -> {
            objectives[0] = 1 + design[0];
            violations[0] = Math.max(0, 900 - design[0]);
            relative[0] = violations[0] / 900;
          };
        }
      };

  private static LimitSampleEngine engine(int count) {
    List<int[]> spread = new ArrayList<>();
    for (int i = 0; i < LimitSampleEngine.spread(count); i++) {
      spread.add(new int[] {10 * i});
    }
    return new LimitSampleEngine("sample", spread, count, 1);
  }

  /** State of the first island in a round before which so many designs were evaluated. */
  private static JsonNode state(LimitSampleEngine engine, int before) {
    Packing packing = new Packing(LINE.space());
    EvaluatedDesigns memo = new EvaluatedDesigns(packing, 1, 1, false);
    long[] key = new long[packing.words()];
    for (int i = 0; i < before; i++) {
      packing.pack(new int[] {10 * i}, key, 0);
      double miss = Math.max(0, 900 - 10 * i) / 900.0;
      memo.add(key, new double[] {1}, new double[0], new double[] {miss}, (float) miss);
    }
    IslandEvaluator evaluator = new IslandEvaluator(LINE, memo, () -> false);
    evaluator.begin(LimitSampleEngine.BLOCK, LimitSampleEngine.BLOCK, List.of());
    Fronts fronts = new Fronts(LINE.objectives(), List.of());
    return engine
        .searcher(LINE)
        .search(MissingNode.getInstance(), new Round(0, 0, 1, 1, fronts, evaluator));
  }

  private static int part(int count, int before) {
    return state(engine(count), before).path("part").asInt();
  }

  /** Of an odd sample the half that is spread is the larger one, and so is part 0 of that. */
  @Test
  void halvesOfOddSamplesAreRoundedUp() {
    assertEquals(4, LimitSampleEngine.spread(7));
    assertEquals(4, LimitSampleEngine.spread(8));
    assertEquals(1, LimitSampleEngine.spread(1));
    // 29 of 58 are spread, of these 15 before the first part near limits.
    assertEquals(0, part(58, 14));
    assertEquals(1, part(58, 15));
    // The first eighth of the other 14 and of the 29 near limits: 1 and 3.
    assertEquals(1, part(58, 15 + 3));
    assertEquals(2, part(58, 15 + 1 + 3));
    // The last part begins with 7/8 of each: 15 + 12 + 25.
    assertEquals(7, part(58, 15 + 12 + 25 - 1));
    assertEquals(8, part(58, 15 + 12 + 25));
  }

  /** None is feasible: around the twenty of least miss, fewer where fewer are there. */
  @Test
  void aPartIsDrawnAroundTheTwentyOfLeastMiss() {
    Part few = part(engine(58), 15).orElseThrow();
    assertEquals(15, few.centres().size());
    assertEquals(1, few.spread());
    assertEquals(3, few.near());
    assertTrue(few.draws() >= few.near());
    Part many = part(engine(120), 30).orElseThrow();
    assertEquals(20, many.centres().size());
    assertEquals(List.of(290), many.centres().get(0));
    assertEquals(List.of(100), many.centres().get(19));
    // Only the first round of a part says what it is drawn around.
    assertEquals(Optional.empty(), part(engine(120), 31));
  }

  private static Optional<Part> part(LimitSampleEngine engine, int before) {
    return Part.of(state(engine, before));
  }
}
