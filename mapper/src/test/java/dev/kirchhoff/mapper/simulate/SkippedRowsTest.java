package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.CellVariation;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitFormat;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.noise.LayerNoise;
import dev.kirchhoff.mapper.noise.NoiseKey;
import dev.kirchhoff.mapper.noise.SignalToNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Simulated crossbars that skip rows of zero digits, against exact products and the estimate. */
class SkippedRowsTest {
  private static final long SEED = 20261127;
  private static final int INPUTS = 160;
  private static final int OUTPUTS = 24;
  private static final int VECTORS = 128;
  private static final int BITS = 8;
  private static final DrawnProducts PRODUCTS =
      new DrawnProducts(INPUTS, OUTPUTS, VECTORS, BITS, SEED);
  private static final double WITHIN_DB = 2;
  private static final ValueStatistics UNSIGNED = new ValueStatistics(0.5, 0.125, 0.204, 0);
  private static final Set<NonIdeality> CAUSES =
      Set.of(NonIdeality.PROGRAMMING, NonIdeality.CONVERTER, NonIdeality.READOUT);
  private static final ValueStatistics SIGNED = new ValueStatistics(0.4, 0.15, 0.25, 0.3);

  private static TestChips chip() {
    TestChips chip = new TestChips();
    chip.rows = 128;
    chip.columns = 512;
    chip.rowsActive = 16;
    chip.skipsZeroRows = true;
    chip.range = Readout.Range.CALIBRATED;
    return chip;
  }

  /** A read of one row has its zero or one product whether others are skipped or not. */
  private static final int[] ROWS_AT_ONCE = {8, 16, 64};

  @Test
  @Tag("slow")
  void theEstimateIsThatOfSimulatedChips() {
    List<String> apart = new ArrayList<>();
    for (WeightEncoding encoding :
        List.of(TestChips.OFFSET, TestChips.PAIR, TestChips.ROW_PAIR, TestChips.DIGITAL_PAIR)) {
      for (ValueStatistics inputs : List.of(UNSIGNED, SIGNED)) {
        for (int active : ROWS_AT_ONCE) {
          for (int bits = 4; bits <= 5; bits++) {
            TestChips chip = chip();
            chip.weights = encoding;
            chip.rowsActive = active;
            chip.adcBits = bits;
            chip.noiseFactor = 20;
            chip.virtualGround_V = 1e-3;
            chip.lostBits = 0.5;
            double simulated = simulated_dB(chip, inputs, CAUSES);
            double estimated = estimated_dB(chip, inputs);
            if (Math.abs(simulated - estimated) > WITHIN_DB) {
              apart.add(
                  encoding
                      + ", "
                      + active
                      + " rows at once, "
                      + bits
                      + " bits, "
                      + inputs
                      + ", seed "
                      + SEED
                      + ": simulated "
                      + simulated
                      + " dB, estimated "
                      + estimated);
            }
          }
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  /** As far apart as where all rows are read, by the same closed form (docs/models.md, 5.4). */
  @Test
  void wiresLoseMoreWhereTheRowsOfAReadLieAnywhere() {
    for (int active : ROWS_AT_ONCE) {
      TestChips chip = chip();
      chip.rowsActive = active;
      chip.adcBits = 12;
      chip.segment_ohm = 2;
      Set<NonIdeality> wires = Set.of(NonIdeality.WIRES);
      double simulated = simulated_dB(chip, UNSIGNED, wires);
      double estimated = wires_dB(chip, UNSIGNED);
      assertEquals(simulated, estimated, 5, active + " rows at once");
      chip.skipsZeroRows = false;
      assertTrue(simulated_dB(chip, UNSIGNED, wires) > simulated, active + " rows at once");
      assertTrue(wires_dB(chip, UNSIGNED) > estimated, active + " rows at once");
    }
  }

  @Test
  void withoutErrorsProductsAreExact() {
    Random random = new Random(SEED);
    for (WeightEncoding encoding :
        List.of(
            TestChips.OFFSET,
            TestChips.FLIPPED,
            TestChips.PAIR,
            TestChips.ROW_PAIR,
            TestChips.DIGITAL_PAIR,
            TestChips.COMBINED)) {
      for (int bitsPerPulse = 1; bitsPerPulse <= 3; bitsPerPulse += 2) {
        TestChips chip = chip();
        chip.weights = encoding;
        chip.bitsPerPulse = bitsPerPulse;
        chip.rowsActive = 1 + random.nextInt(chip.rows - 1);
        chip.range = Readout.Range.FULL;
        chip.adcBits = 14;
        double exact_dB = simulated_dB(chip, SIGNED, Set.of(NonIdeality.CONVERTER));
        assertEquals(120, exact_dB, 1e-9, encoding + ", " + chip.rowsActive + ", seed " + SEED);
      }
    }
  }

  /** Rows 1, 3, 4 and 6 of the first vector and none of the second, three at a time. */
  @Test
  void aReadTakesTheNextRowsThatAreDriven() {
    float[][] digits = new float[8][2];
    for (int row : new int[] {1, 3, 4, 6}) {
      digits[row][0] = row;
    }
    DrivenRows driven = new DrivenRows(2);
    driven.begin(digits, 3);
    assertTrue(driven.advance());
    assertEquals(1, driven.first());
    assertEquals(4, driven.inputs().length);
    assertEquals(List.of(1f, 0f, 3f, 4f), column(driven.inputs(), 0));
    assertEquals(List.of(0f, 0f, 0f, 0f), column(driven.inputs(), 1));
    assertEquals(3f / 8, driven.share()[0]);
    assertEquals(0, driven.share()[1]);
    assertTrue(driven.advance());
    assertEquals(6, driven.first());
    assertEquals(List.of(6f), column(driven.inputs(), 0));
    assertEquals(1f / 8, driven.share()[0]);
    assertFalse(driven.advance());
    driven.begin(new float[4][2], 3);
    assertFalse(driven.advance());
  }

  private static List<Float> column(float[][] inputs, int vector) {
    List<Float> column = new ArrayList<>();
    for (float[] row : inputs) {
      column.add(row[vector]);
    }
    return column;
  }

  private static double wires_dB(TestChips chip, ValueStatistics statistics) {
    return -10 * Math.log10(noise(chip, statistics).irDrop());
  }

  private static double estimated_dB(TestChips chip, ValueStatistics statistics) {
    LayerNoise noise = noise(chip, statistics);
    double all = noise.quantisation() + noise.clipping() + noise.cells() + noise.readout();
    return -10 * Math.log10(all);
  }

  private static LayerNoise noise(TestChips chip, ValueStatistics statistics) {
    ColumnModel column = chip.model().column();
    DigitFormat format = DigitFormat.of(chip.weights, chip.model().input(), chip.cellBits);
    CellVariation variation = CellVariation.of(CellVariation.Source.of(chip.cell()));
    return SignalToNoise.of(
        new NoiseKey(
            DigitStatistics.of(format.inputs(ValueDistribution.ofInputs(statistics), BITS)),
            DigitStatistics.of(format.weights(DrawnProducts.weights(), BITS)),
            INPUTS,
            OUTPUTS,
            column,
            CellErrors.of(column, variation, 1)));
  }

  private static double simulated_dB(
      TestChips chip, ValueStatistics statistics, Set<NonIdeality> causes) {
    return PRODUCTS.snr_dB(chip, statistics, causes);
  }
}
