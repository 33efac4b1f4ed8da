package dev.kirchhoff.mapper.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterModel;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.Summation;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.column.WireResistances;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnTailTest {
  private static final long SEED = 11;
  private static final int DRAWS = 400_000;
  private static final int BITS = 4;

  /** Working variances of the two levels of a cell, in squares of a level. */
  private static final double[] VARIANCES = {0.0004, 0.01};

  private static final CellErrors CELLS = CellErrors.ofWorking(VARIANCES);

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
    return tail(
        inputs,
        n,
        structure.tails().of(n, 10 * n),
        structure.products().of(n, 10 * n),
        structure.inputs().of(n, 10 * n));
  }

  private static ColumnTail tail(
      DigitStatistics inputs, int n, double tail, double products, double ofInputs) {
    ColumnModel column =
        new ColumnModel(
            new ColumnModel.Array(n, n, n, true),
            new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false),
            new Summation.Current(0.2, 0, 10, 300, 1, 1e-3),
            ConverterModel.of(Range.FULL, 8, 0),
            new ColumnModel.CellWindow(1, 1, 11),
            new WireResistances(0, 0, 0, 0),
            InputErrors.NONE);
    return ColumnTail.of(
        new LayerColumns(
            inputs,
            weights(),
            LayerReads.ofAllRows(n, 1, column.array()),
            tail,
            products,
            ofInputs,
            0,
            1,
            column,
            CELLS));
  }

  @Test
  void tailsOfDrawnSumsOfFewProductsAreFound() {
    Random random = new Random(SEED);
    DigitStatistics inputs = inputs(Structure.NONE);
    DigitStatistics weights = weights();
    for (int n : new int[] {8, 16, 64}) {
      for (int s = 0; s < weights.slices(); s++) {
        ColumnTail tail = tail(inputs, n, Structure.NONE);
        ColumnTail.SliceTail slice = tail.slice(weights, s, CELLS, false);
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
          assertEquals(expected, tail.beyond(t, slice, 1), 0.12 * expected, where);
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
        ColumnTail.SliceTail slice = tail.slice(weights, s, CELLS, false);
        double set = weights.nonzeroDigit(s);
        double excess = VARIANCES[1] - VARIANCES[0];
        String where = "seed " + SEED + " n " + n + " slice " + s;
        // A pair: one cell holds the digit, the other is at level 0.
        double all = 2 * VARIANCES[0] + set * excess;
        assertEquals(2 * VARIANCES[0] / all, slice.quietestShare(), 1e-9, where);
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
          assertEquals(c, tail.quietestVariation(t), 0.1 * c + 0.005, where + " " + t);
          assertEquals(1 / (1 + c), tail.noisyShare(t), 0.02, where + " " + t);
          c = beyond.unlike();
          assertEquals(c, tail.excessVariation(t, slice), 0.1 * c + 0.005, where + " " + t);
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
    ColumnTail.SliceTail slice = tail.slice(weights(), 0, CELLS, false);
    assertEquals(2, tail.beyond(0, slice, 2), 1e-12);
  }

  @Test
  void combinedDigitsHaveTheCellsOfSingleOnes() {
    ValueDistribution values = ValueDistribution.ofWeights(new ValueStatistics(0.1, 0.2, 0.3, 0.4));
    CellErrors cells = CellErrors.ofWorking(0.001, 0.02, 0.01, 0.04);
    ColumnModel column =
        new ColumnModel(
            new ColumnModel.Array(64, 64, 64, true),
            new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false),
            new Summation.Current(0.2, 0, 10, 300, 1, 1e-3),
            ConverterModel.of(Range.FULL, 8, 0),
            new ColumnModel.CellWindow(2, 1, 11),
            new WireResistances(0, 0, 0, 0),
            InputErrors.NONE);
    ColumnNoise noise = new ColumnNoise(column, cells);
    DigitStatistics inputs =
        DigitStatistics.inputs(ValueDistribution.ofInputs(ConverterBits.REFERENCE_INPUTS), 8, 1);
    ColumnTail tail = tail(inputs, 64, 1, 1, 1);
    for (boolean offset : new boolean[] {false, true}) {
      DigitStatistics single =
          offset
              ? DigitStatistics.offsetWeights(values, 8, 2)
              : DigitStatistics.differentialWeights(values, 8, 2);
      DigitStatistics combined =
          offset
              ? DigitStatistics.offsetWeights(values, 8, 8, 2)
              : DigitStatistics.differentialWeights(values, 8, 8, 2);
      assertEquals(1, combined.slices());
      assertEquals(4, combined.cells().slices());
      double ofCells = 0;
      double thermal = 0;
      double ground = 0;
      for (int s = 0; s < 4; s++) {
        ofCells += Math.pow(16, s) * tail.slice(single, s, cells, false).variance();
        thermal += Math.pow(16, s) * noise.thermal(single, s, 64, 64);
        ground += Math.pow(16, s) * noise.virtualGround(single, s, 64);
      }
      assertTrue(thermal > 0 && ground > 0);
      assertEquals(ofCells, tail.slice(combined, 0, cells, false).variance(), 1e-9 * ofCells);
      assertEquals(thermal, noise.thermal(combined, 0, 64, 64), 1e-9 * thermal);
      assertEquals(ground, noise.virtualGround(combined, 0, 64), 1e-9 * ground);
    }
  }
}
