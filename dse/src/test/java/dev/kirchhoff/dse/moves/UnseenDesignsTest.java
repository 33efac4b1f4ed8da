package dev.kirchhoff.dse.moves;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.budget.EvaluatedDesigns;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Packing;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnseenDesignsTest {
  private static final int VALUES = 20_000;

  /** One objective, no limits. */
  private record Plain(DesignSpace space) implements Problem {
    @Override
    public List<Objective> objectives() {
      return List.of(new Objective(Metric.AREA, false));
    }

    @Override
    public List<String> constraints() {
      return List.of();
    }

    @Override
    public Session newSession() {
      return (ordinals, objectives, violations, relative) -> objectives[0] = 1;
    }
  }

  /** A space of two halves, all of both known but the designs with the ordinal {@code missing}. */
  private static IslandEvaluator known(DesignSpace searched, DesignSpace whole, int missing) {
    Packing packing = new Packing(whole);
    EvaluatedDesigns memo = new EvaluatedDesigns(packing, 1, 0, false);
    long[] key = new long[packing.words()];
    for (int half = 0; half < 2; half++) {
      for (int value = 0; value < VALUES; value++) {
        if (half == 1 || value != missing) {
          packing.pack(new int[] {half, value}, key, 0);
          memo.add(key, new double[] {1}, new double[0], new double[0], 0);
        }
      }
    }
    IslandEvaluator evaluator = new IslandEvaluator(new Plain(searched), memo, () -> false);
    evaluator.begin(1, 1, List.of());
    return evaluator;
  }

  private static DesignSpace whole() {
    List<String> values = IntStream.range(0, VALUES).mapToObj(Integer::toString).toList();
    return new DesignSpace(
        List.of(Knob.always("half", List.of("a", "b"), 0), Knob.always("value", values, 0)));
  }

  /**
   * More designs are known than the pinned space has, nearly all of the other half too: 64 draws of
   * 20,000 do not find the one that is left, the walk does.
   */
  @Test
  void aPinnedSpaceIsNotUsedUpByDesignsOutsideOfIt() {
    DesignSpace whole = whole();
    DesignSpace pinned = whole.pinned(new int[] {0, Knob.ABSENT});
    int[] design = new int[2];
    IslandEvaluator evaluator = known(pinned, whole, 12_345);
    assertTrue(UnseenDesigns.draw(evaluator, new SplittableRandom(1), design));
    assertArrayEquals(new int[] {0, 12_345}, design);
    // Without one that is left the walk ends.
    IslandEvaluator all = known(pinned, whole, -1);
    assertFalse(UnseenDesigns.draw(all, new SplittableRandom(1), design));
  }

  @Test
  void theOneDesignLeftOfAWholeSpaceIsFound() {
    DesignSpace whole = whole();
    int[] design = new int[2];
    IslandEvaluator evaluator = known(whole, whole, 7);
    assertTrue(UnseenDesigns.draw(evaluator, new SplittableRandom(2), design));
    assertArrayEquals(new int[] {0, 7}, design);
    assertFalse(UnseenDesigns.draw(known(whole, whole, -1), new SplittableRandom(2), design));
  }
}
