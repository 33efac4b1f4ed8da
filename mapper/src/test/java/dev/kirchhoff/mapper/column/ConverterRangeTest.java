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
      double narrowest = range.narrowestStepSquare(1);
      double start = Math.min(1, range.stepSquare(spread, narrowest, 1e9));
      double chosen = range.quietStepSquare(start, spread, tail, lostBits, narrowest);
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
      assertTrue(range.quietStepSquare(1, none, 1, 0.5, 0) <= 1, "spread " + none);
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

  private static ColumnModel column(WeightEncoding encoding, double idleShare, int columnsPerAdc) {
    Readout readout =
        new Readout(ReadoutKind.SAR, 4, Range.CALIBRATED, columnsPerAdc, (ComponentModel) null)
            .with(new ConverterMismatch(1, 0, 2));
    return new ColumnModel(
        new ColumnModel.Array(128, 128, 32, idleShare, false),
        encoding,
        new Summation.Digital(),
        ConverterModel.of(
            readout, new ReadoutErrors(ErrorBudget.EXACT, 1, 0, Double.POSITIVE_INFINITY)),
        new ColumnModel.CellWindow(1, 1, 40),
        new WireResistances(0, 0, 0, 0),
        InputErrors.NONE);
  }

  private static final WeightEncoding OFFSET =
      new WeightEncoding(Encoding.OFFSET, false, false, false);
  private static final WeightEncoding FLIPPED =
      new WeightEncoding(Encoding.OFFSET, true, false, false);

  /** Cells of 20.5 uS in the mean, 1 uS where there is no weight; half of it if not read. */
  @Test
  void everyRowOfACrossbarIsReadOrIdleAndNoneIsBoth() {
    ColumnModel column = column(OFFSET, 0.5, 1);
    assertEquals(0.5 * (68 * 20.5 + 28), column.idle_uS(32, 100, 0.5), 1e-9);
    // Fewer rows hold weights than are read.
    assertEquals(0.5 * 96, column.idle_uS(32, 20, 0.5), 1e-9);
    assertEquals(0, column.idle_uS(128, 20, 0.5));
  }

  /** Ten weights of digits to 3: 30, of inverted columns half of it. */
  @Test
  void sumsHaveTwoSidesWhereWeightsOrInputsHaveSigns() {
    WeightEncoding pair = new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false);
    WeightEncoding digital = new WeightEncoding(Encoding.DIFFERENTIAL, false, false, true);
    assertEquals(new ColumnModel.Span(0, 30), column(OFFSET, 0, 1).span(10, 3, 1));
    assertEquals(new ColumnModel.Span(-30, 30), column(OFFSET, 0, 1).span(10, 3, 2));
    assertEquals(new ColumnModel.Span(-15, 15), column(FLIPPED, 0, 1).span(10, 3, 2));
    assertEquals(new ColumnModel.Span(-30, 30), column(pair, 0, 1).span(10, 3, 1));
    assertEquals(0, column(digital, 0, 1).span(10, 3, 1).least());
    assertEquals(-30, column(digital, 0, 1).span(10, 3, 2).least());
  }

  /** Two equal columns: (1 + 1)^2 over 1 + 1; signs of inverted columns are as many as not. */
  @Test
  void errorsOfASharedConverterAddUpUnlessColumnsAreInverted() {
    double[] sizes = {1, 1};
    assertEquals(2, ConverterRange.of(column(OFFSET, 0, 8)).sharedGain(sizes), 1e-12);
    assertEquals(1, ConverterRange.of(column(FLIPPED, 0, 8)).sharedGain(sizes), 1e-12);
  }

  /** Of two steps: 32 x 2^2 / 100^2 at a tenth of the range, 2^2 at most. */
  @Test
  void aBowBendsByItselfAtMost() {
    ConverterRange range = ConverterRange.of(column(OFFSET, 0, 1));
    assertEquals(32 * 4 * 1e-4, range.bendVariance(225 * 0.01, 1), 1e-12);
    assertEquals(4, range.bendVariance(225, 1), 1e-12);
    assertEquals(4 * 9, range.bendVariance(1e6, 9), 1e-12);
  }

  /** A digit that is never there, in a column without noise, has a range of no width: not 0/0. */
  @Test
  void theSumsOfASilentSliceLieInTheMiddleOfTheirRangeAndDoNotBend() {
    ConverterRange range = ConverterRange.of(column(OFFSET, 0, 1));
    assertEquals(0.5, range.place(0, 64, 0));
    assertEquals(0.5, range.place(0, 0, 0));
    assertEquals(0, range.bendVariance(0, 0));
  }

  /** Two bits of steps of 2: a range of 3 on either side, a deviation of the sum. */
  @Test
  void theErrorOfACoarseQuantiserHoldsTheClippingOfItsBestRangeOnBothSides() {
    ConverterRange range = ConverterRange.of(ConverterModel.of(Range.CALIBRATED, 2, 0));
    double cut = GaussianTail.clippingOfSquare(1);
    double held = GaussianTail.clippingOfSquare(Math.pow(OptimalRange.halfRange(2), 2));
    assertTrue(held > 0 && held < cut);
    assertEquals(2 * (cut - held), range.clippedShare(100, 100, 9, 4, 1e9, 1), 1e-12);
    // Beyond the mean on one side only: no coarse quantiser.
    assertEquals(cut, range.clippedShare(100, 1, 9, 4, 1e9, 1), 1e-12);
    assertEquals(0, range.clippedShare(1, 1, 9, 4, 1e9, 1));
    assertEquals(0, range.clippedShare(100, 100, 9, 4, 4, 1), "a range that holds every sum");
  }

  @Test
  void oneBitIsTheLeastThatAConverterHasWhateverItsNoise() {
    assertEquals(OptimalRange.halfRange(1), OptimalRange.halfRange(1, 0.5), 1e-12);
    assertEquals(OptimalRange.halfRange(1), OptimalRange.halfRange(4, 1e6), 1e-3);
  }
}
