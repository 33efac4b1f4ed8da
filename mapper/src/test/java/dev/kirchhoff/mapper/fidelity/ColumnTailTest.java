package dev.kirchhoff.mapper.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.ValueStatistics;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnTailTest {
  private static final long SEED = 11;
  private static final int DRAWS = 400_000;
  private static final int BITS = 4;

  /** Working variances of the two levels of a cell, in squares of a level. */
  private static final double[] VARIANCES = {0.0004, 0.01};

  private static final ValueStatistics INPUTS = new ValueStatistics(0.5, 0.2, 0.35, 0);

  /** Signed, half of them negative, mean magnitude 0.3. */
  private static final ValueStatistics WEIGHTS = new ValueStatistics(0, 0.3, 0.4, 0.5);

  private static DigitStatistics inputs(Structure structure) {
    return DigitStatistics.inputs(ValueDistribution.ofInputs(INPUTS, structure), BITS, 1);
  }

  private static DigitStatistics weights() {
    return DigitStatistics.differentialWeights(ValueDistribution.ofWeights(WEIGHTS), BITS, 1);
  }

  private static ColumnTail tail(DigitStatistics inputs, int n, Structure structure) {
    ColumnTail tail = new ColumnTail();
    tail.set(
        inputs, n, 10 * n, structure.products().of(n, 10 * n), structure.inputs().of(n, 10 * n));
    return tail;
  }

  @Test
  void tailsOfDrawnSumsOfFewProductsAreFound() {
    Random random = new Random(SEED);
    DigitStatistics inputs = inputs(Structure.NONE);
    DigitStatistics weights = weights();
    for (int n : new int[] {8, 16, 64}) {
      for (int s = 0; s < weights.slices(); s++) {
        ColumnTail tail = tail(inputs, n, Structure.NONE);
        tail.setSlice(weights, s, VARIANCES, false);
        for (int t = 1; t < inputs.slices(); t++) {
          double on = inputs.nonzeroDigit(t) * weights.nonzeroDigit(s);
          double square = 0;
          double fourth = 0;
          for (int draw = 0; draw < DRAWS / n; draw++) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
              sum += random.nextDouble() < on ? (random.nextBoolean() ? 1 : -1) : 0;
            }
            square += (double) sum * sum;
            fourth += Math.pow(sum, 4);
          }
          double drawn = fourth / (DRAWS / n) / (3 * Math.pow(square / (DRAWS / n), 2));
          double expected = Math.min(2, Math.max(1, drawn));
          String where = "seed " + SEED + " n " + n + " slices " + s + " " + t;
          assertEquals(expected, tail.beyond(t, 1), 0.12 * expected, where);
        }
      }
    }
  }

  @Test
  void noiseOfCellsVariesAsDrawnInputsAndLevelsDo() {
    Random random = new Random(SEED);
    DigitStatistics inputs = inputs(Structure.NONE);
    DigitStatistics weights = weights();
    for (int n : new int[] {16, 64}) {
      for (int s = 0; s < weights.slices(); s++) {
        ColumnTail tail = tail(inputs, n, Structure.NONE);
        tail.setSlice(weights, s, VARIANCES, false);
        double set = weights.nonzeroDigit(s);
        double excess = VARIANCES[1] - VARIANCES[0];
        String where = "seed " + SEED + " n " + n + " slice " + s;
        // A pair: one cell holds the digit, the other is at level 0.
        double all = 2 * VARIANCES[0] + set * excess;
        assertEquals(2 * VARIANCES[0] / all, tail.floorShare(), 1e-9, where);
        for (int t = 0; t < inputs.slices(); t++) {
          int draws = DRAWS / n;
          Moments floor = new Moments();
          Moments beyond = new Moments();
          for (int draw = 0; draw < draws; draw++) {
            int on = 0;
            int noisy = 0;
            for (int i = 0; i < n; i++) {
              if (random.nextDouble() < inputs.nonzeroDigit(t)) {
                on++;
                noisy += random.nextDouble() < set ? 1 : 0;
              }
            }
            floor.add(on);
            beyond.add(noisy);
          }
          double c = floor.unlike();
          assertEquals(c, tail.ofFloor(t), 0.1 * c + 0.005, where + " " + t);
          assertEquals(1 / (1 + c), tail.perFloor(t), 0.02, where + " " + t);
          c = beyond.unlike();
          assertEquals(c, tail.ofExcess(t), 0.1 * c + 0.005, where + " " + t);
        }
      }
    }
  }

  /** Variance over the squared mean. */
  private static final class Moments {
    private int count;
    private double sum;
    private double square;

    void add(double value) {
      count++;
      sum += value;
      square += value * value;
    }

    double unlike() {
      return square * count / (sum * sum) - 1;
    }
  }

  @Test
  void measuredTailsCountForProductsOnly() {
    Structure bright =
        new Structure(
            Blocks.NONE,
            Blocks.NONE,
            new Blocks(1.5, List.of(4.0, 3.0, 2.5, 2.0)),
            List.of(),
            1,
            1);
    ColumnTail tail = tail(inputs(bright), 32, bright);
    assertEquals(2, tail.ofBlocks(1), 1e-12);
    assertEquals(1.25, tail.ofBlocks(0.5), 1e-12);
    assertEquals(1, tail.ofBlocks(0), 1e-12);
    assertEquals(3, tail(inputs(bright), 4, bright).ofBlocks(1), 1e-12);
    assertEquals(1, tail(inputs(Structure.NONE), 32, Structure.NONE).ofBlocks(1), 1e-12);
    tail.setSlice(weights(), 0, VARIANCES, false);
    assertEquals(2, tail.beyond(0, 2), 1e-12);
  }
}
