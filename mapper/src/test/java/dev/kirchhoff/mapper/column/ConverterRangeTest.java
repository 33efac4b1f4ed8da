package dev.kirchhoff.mapper.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.ReadoutErrors;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConverterRangeTest {
  private static final long SEED = 5;

  private static double lost(int bits, double step, double spread, double tail, double lostBits) {
    double half = step * Math.pow((1 << bits) - 1, 2) / 4;
    return Rounding.square(lostBits * step)
        + 2 * spread * GaussianTail.clippingOfSquare(half / (tail * spread));
  }

  @Test
  void rangesOfLevelsAreAsWideAsLosesLeastWithTheConvertersOwnNoise() {
    Random random = new Random(SEED);
    boolean narrowed = false;
    for (int i = 0; i < 500; i++) {
      int bits = 2 + random.nextInt(6);
      double spread = Math.pow(10, 3 * random.nextDouble() - 1.5);
      double lostBits = 0.02 + random.nextDouble();
      double tail = i % 2 == 0 ? 1 : 1 + 2 * random.nextDouble();
      ConverterRange range = ConverterRange.of(ConverterModel.of(Range.CALIBRATED, bits, 0));
      double start = Math.min(1, range.stepSquare(spread, 1, 1e9));
      double chosen = range.quietStepSquare(start, spread, tail, lostBits, 1);
      double least = Double.POSITIVE_INFINITY;
      for (double tried = start; tried > start / 4000; tried *= 0.75) {
        least = Math.min(least, lost(bits, tried, spread, tail, lostBits));
      }
      String message = "seed " + SEED + " case " + i;
      assertTrue(chosen <= start, message);
      assertEquals(least, lost(bits, chosen, spread, tail, lostBits), 1e-6 * spread, message);
      narrowed |= chosen < start;
    }
    assertTrue(narrowed);
    ConverterRange range = ConverterRange.of(ConverterModel.of(Range.CALIBRATED, 4, 0));
    for (double none : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertTrue(range.quietStepSquare(1, none, 1, 0.5, 1) <= 1, "spread " + none);
    }
  }

  @Test
  void errorsOfSharedConvertersAddUpAndOfPairsCancel() {
    for (int columnsPerAdc : new int[] {1, 2, 4, 8, 14, 28, 32}) {
      for (boolean digital : new boolean[] {false, true}) {
        WeightEncoding encoding = new WeightEncoding(Encoding.DIFFERENTIAL, false, false, digital);
        Readout readout =
            new Readout(ReadoutKind.SAR, 8, Range.CALIBRATED, columnsPerAdc, (ComponentModel) null)
                .with(new ConverterMismatch(1, 0, 0));
        ColumnModel column =
            new ColumnModel(
                new ColumnModel.Array(128, 128, 128, true),
                encoding,
                new Summation.Digital(),
                ConverterModel.of(
                    readout, new ReadoutErrors(ErrorBudget.EXACT, 1, 0, Double.POSITIVE_INFINITY)),
                new ColumnModel.CellWindow(1, 1, 40),
                new WireResistances(0, 0, 0, 0),
                InputErrors.NONE);
        ConverterRange range = ConverterRange.of(column);
        int sums = Math.max(1, digital ? columnsPerAdc : columnsPerAdc / 2);
        String where = columnsPerAdc + " columns, digital " + digital;
        double drawn = drawn(7, digital, sums);
        assertEquals(
            drawn,
            range.sharedGain(new double[] {1, 2, 4, 8, 16, 32, 64}),
            0.03 * drawn + 1e-12,
            where);
      }
    }
  }

  /** Mean square of the weights' errors over that of columns with converters of their own. */
  private static double drawn(int slices, boolean digital, int sums) {
    int units = digital ? 2 * slices : slices;
    int weights = 32;
    Random random = new Random(SEED);
    double shared = 0;
    double own = 0;
    for (int chip = 0; chip < 2_000; chip++) {
      double[] errors = random.doubles(weights * units / sums + 1, -1, 1).toArray();
      double[] others = random.doubles((long) weights * units, -1, 1).toArray();
      for (int weight = 0; weight < weights; weight++) {
        double error = 0;
        double other = 0;
        for (int u = 0; u < units; u++) {
          double size = Math.pow(2, digital ? u / 2 : u) * (digital && u % 2 == 1 ? -1 : 1);
          error += size * errors[(weight * units + u) / sums];
          other += size * others[weight * units + u];
        }
        shared += error * error;
        own += other * other;
      }
    }
    return shared / own;
  }

  /**
   * Cells of 1 to 40 uS before a front end of 1 kohm, 32 of 128 rows active: 32 x 20.5 uS lose
   * 0.656 of what is left, of pairs 32 x 10.75 uS 0.344; where the others conduct too, all 128 do.
   * Converters hold the sums of lossless currents over that share.
   */
  @Test
  void aFullArrayLosesByTheMeanOfItsCellsAndTheRowsThatConduct() {
    assertEquals(1 / 1.656, lossy(Encoding.OFFSET, true, 1000).retained(), 1e-12);
    assertEquals(1 / 1.344, lossy(Encoding.DIFFERENTIAL, true, 1000).retained(), 1e-12);
    assertEquals(1 / 3.624, lossy(Encoding.OFFSET, false, 1000).retained(), 1e-12);
    ColumnModel.Span held = lossy(Encoding.DIFFERENTIAL, true, 1000).fullRange(1, 1);
    ColumnModel.Span lossless = lossy(Encoding.DIFFERENTIAL, true, 0).fullRange(1, 1);
    assertTrue(lossless.least() < 0, "both signs: " + lossless);
    assertEquals(1.344 * lossless.least(), held.least(), 1e-9);
    assertEquals(1.344 * lossless.most(), held.most(), 1e-9);
  }

  private static ColumnModel lossy(Encoding kind, boolean gated, double frontEnd_ohm) {
    return new ColumnModel(
        new ColumnModel.Array(128, 128, 32, gated),
        new WeightEncoding(kind, false, false, false),
        new Summation.Digital(),
        ConverterModel.of(Range.FULL, 8, 0),
        new ColumnModel.CellWindow(1, 1, 40),
        new WireResistances(0, 0, 0, frontEnd_ohm),
        InputErrors.NONE);
  }
}
