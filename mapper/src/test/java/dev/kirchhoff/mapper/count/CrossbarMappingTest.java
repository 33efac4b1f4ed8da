package dev.kirchhoff.mapper.count;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.tile.CopyReads;
import dev.kirchhoff.mapper.tile.Tiling;
import dev.kirchhoff.peripherals.Action;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CrossbarMappingTest {
  private static final Precision BITS = new Precision(8, 8, 8);

  private static ArrayUse use(
      Encoding encoding, boolean rows, boolean digital, int rowsActive, int perPe, boolean packed) {
    return new ArrayUse(
        new Tiling.CrossbarSize(128, 128, rowsActive),
        new WeightEncoding(encoding, false, rows, digital),
        new Input(Input.Encoding.BIT_SERIAL, 1, ComponentModel.standard()),
        2,
        perPe,
        8 * perPe,
        0.1,
        packed);
  }

  private static Layer layer(int c, int m, int k, int out, int groups, double negative) {
    ValueStatistics values = new ValueStatistics(0.5, 0.2, 0.3, negative);
    return new Layer(
        "l",
        new MatrixShape(c, m, k, k, out, out, 1, groups),
        false,
        values,
        values,
        List.of(),
        -1);
  }

  private static ActionCounts count(Layer layer, ArrayUse use) {
    ActionCounts.Builder counts = new ActionCounts.Builder(1);
    CrossbarMapping.of(layer.shape(), layer.inputs().signed(), BITS, use)
        .count(counts, 0, 0.25, 0.25, 0.4, use.windowFloor());
    return counts.build();
  }

  private static void assertCount(double expected, ActionCounts counts, Action action) {
    assertEquals(expected, counts.of(0, action), 1e-9 * expected, action.name());
    assertEquals(expected, counts.of(action), 1e-9 * expected, action.name());
  }

  @Test
  void aConvolutionByHand() {
    // K = 147 (two row blocks: 128 + 19), M = 64 x 4 cells = 256 columns (two column blocks),
    // 12,544 vectors, 8 pulses.
    ActionCounts counts =
        count(layer(3, 64, 7, 112, 1, 0), use(Encoding.OFFSET, false, false, 128, 8, false));
    double n = 12_544;
    assertCount(n * 8 * 4, counts, Action.ARRAY_PASS);
    assertCount(n * 8 * 256 * 2, counts, Action.CONVERSION);
    assertCount(n * 8 * 256 * 2, counts, Action.SHIFT_ADD);
    assertCount(n * 8 * 256 * 2, counts, Action.COLUMN_SETTLE);
    assertCount(n * 8 * 147 * 2, counts, Action.ROW_CONVERT);
    assertCount(n * 8 * 147 * 2 * 0.25, counts, Action.ROW_PULSE);
    assertCount(n * 8 * 147 * 0.25 * 256 * 0.4, counts, Action.CELL_READ);
    assertCount(n * 147 * 8, counts, Action.TILE_BUFFER_READ_BIT);
    assertCount(n * 147 * 8, counts, Action.INPUT_REGISTER_WRITE_BIT);
    // Sums of 8 + 8 + 8 bits (147 needs 8), both row blocks in one PE: once over the bus.
    assertCount(n * 64 * 2 * 24, counts, Action.OUTPUT_REGISTER_WRITE_BIT);
    assertCount(n * 147 * 8 + n * 64 * 24, counts, Action.BUS_BIT);
    assertCount(n * 64, counts, Action.ADD);
    assertCount(n * 64 * 8, counts, Action.TILE_BUFFER_WRITE_BIT);
  }

  /** Two more columns of each crossbar, a cell between the ends of its window in every row. */
  @Test
  void referenceColumnsAreReadAndConvertedWithEveryPass() {
    ArrayUse plain = use(Encoding.OFFSET, false, false, 128, 8, false);
    ArrayUse referenced =
        new ArrayUse(
            new Tiling.CrossbarSize(128, 128, 128, 2),
            plain.weights(),
            plain.input(),
            2,
            8,
            64,
            0.1,
            false);
    ActionCounts counts = count(layer(3, 64, 7, 112, 1, 0), referenced);
    double n = 12_544;
    // Four crossbars, two row blocks on two column blocks, 8 pulses of 147 rows.
    for (Action action :
        List.of(
            Action.CONVERSION,
            Action.SELECT,
            Action.SHIFT_ADD,
            Action.SAMPLE,
            Action.AMPLIFY,
            Action.COLUMN_SETTLE)) {
      assertCount(n * 8 * (256 * 2 + 4 * 2), counts, action);
    }
    assertCount(n * 8 * 4, counts, Action.ARRAY_PASS);
    assertCount(n * 8 * 147 * 0.25 * (256 * 0.4 + 2 * 2 * (1 + 0.1) / 2), counts, Action.CELL_READ);
  }

  @Test
  void aSumHasTheBitsOfItsOperandsWhateverTheOutputHas() {
    ArrayUse use = use(Encoding.OFFSET, false, false, 128, 8, false);
    MatrixShape shape = layer(3, 64, 7, 112, 1, 0).shape();
    // 147 products of 8 and 4 bits: 8 + 4 + 8 bits of each of 64 outputs.
    for (int outputs : new int[] {2, 4, 16}) {
      CrossbarMapping mapping = CrossbarMapping.of(shape, false, new Precision(8, 4, outputs), use);
      assertEquals(12_544.0 * 64 * 20, mapping.outputSumBits(), outputs + " bits");
    }
  }

  @Test
  void aPartialSumHasTheFewestBitsThatHoldEverySumOfItsProducts() {
    int most = 8;
    for (int inputs = 1; inputs <= 130; inputs++) {
      int further = 0;
      for (int w = 1; w <= most; w++) {
        for (int x = 1; x <= most; x++) {
          further = Math.max(further, bitsOfSums(w, x, inputs) - w - x);
        }
      }
      assertEquals(most + 3 + further, CrossbarMapping.sumBits(most, 3, inputs), "K = " + inputs);
    }
  }

  /** Bits of the widest sum of products of unsigned or two's-complement operands. */
  private static int bitsOfSums(int weightBits, int inputBits, int inputs) {
    long weight = (1L << weightBits) - 1;
    long input = (1L << inputBits) - 1;
    long least = -(1L << (weightBits - 1));
    int unsigned = Long.SIZE - Long.numberOfLeadingZeros(inputs * weight * input);
    int oneSigned = signedBits(inputs * least * input);
    int bothSigned = signedBits(inputs * least * -(1L << (inputBits - 1)));
    return Math.max(unsigned, Math.max(oneSigned, bothSigned));
  }

  private static int signedBits(long value) {
    return 1 + Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
  }

  @Test
  void fewerActiveRowsMeanMoreConversionsButNotMorePulses() {
    // 128 rows in 4 groups of 32, 19 rows in one: 5 conversions instead of 2.
    Layer layer = layer(3, 64, 7, 112, 1, 0);
    ActionCounts all = count(layer, use(Encoding.OFFSET, false, false, 128, 8, false));
    ActionCounts some = count(layer, use(Encoding.OFFSET, false, false, 32, 8, false));
    assertCount(2.5 * all.of(Action.CONVERSION), some, Action.CONVERSION);
    assertCount(all.of(Action.ROW_PULSE), some, Action.ROW_PULSE);
    assertCount(all.of(Action.CELL_READ), some, Action.CELL_READ);
  }

  @Test
  void signedInputsPassTwice() {
    ActionCounts one =
        count(layer(3, 64, 3, 8, 1, 0), use(Encoding.OFFSET, false, false, 128, 8, false));
    ActionCounts two =
        count(layer(3, 64, 3, 8, 1, 0.4), use(Encoding.OFFSET, false, false, 128, 8, false));
    assertCount(2 * one.of(Action.CONVERSION), two, Action.CONVERSION);
    assertCount(2 * one.of(Action.INPUT_REGISTER_READ_BIT), two, Action.INPUT_REGISTER_READ_BIT);
    assertCount(one.of(Action.INPUT_REGISTER_WRITE_BIT), two, Action.INPUT_REGISTER_WRITE_BIT);
  }

  @Test
  void pairsDoubleColumnsOrRowsAndDigitalSubtractionConversions() {
    // K = 27, M = 16: 7 magnitude bits are 4 digits.
    Layer layer = layer(3, 16, 3, 8, 1, 0);
    double perSlice = 64 * 8;
    ActionCounts columns = count(layer, use(Encoding.DIFFERENTIAL, false, false, 128, 8, false));
    assertCount(perSlice * 16 * 4, columns, Action.CONVERSION);
    assertCount(perSlice * 16 * 8, columns, Action.COLUMN_SETTLE);
    ActionCounts digital = count(layer, use(Encoding.DIFFERENTIAL, false, true, 128, 8, false));
    assertCount(perSlice * 16 * 8, digital, Action.CONVERSION);
    ActionCounts rows = count(layer, use(Encoding.DIFFERENTIAL, true, false, 128, 8, false));
    assertCount(perSlice * 16 * 4, rows, Action.COLUMN_SETTLE);
    assertCount(perSlice * 54, rows, Action.ROW_CONVERT);
    // 128 − 64 columns are unused and still conduct a tenth.
    assertCount(perSlice * 54 * 0.25 * (64 * 0.4 + 64 * 0.1), rows, Action.CELL_READ);
  }

  @Test
  void wideMatricesFillSeveralRegistersAndTiles() {
    // M = 1024 x 4 cells = 32 column blocks: 16 PEs of two crossbars, two tiles of 16 crossbars.
    ActionCounts counts =
        count(layer(300, 1024, 1, 1, 1, 0), use(Encoding.OFFSET, false, false, 128, 2, false));
    assertCount(300 * 8 * 16, counts, Action.INPUT_REGISTER_WRITE_BIT);
    assertCount(300 * 8 * 2, counts, Action.TILE_BUFFER_READ_BIT);
    // Three row blocks in three PEs: each sends 1024 sums of 8 + 8 + 9 bits.
    assertCount(300 * 8 * 2 + 3 * 1024 * 25, counts, Action.BUS_BIT);
    assertCount(2 * 1024, counts, Action.ADD);
  }

  @Test
  void packedGroupsShareCrossbarsButNotConversions() {
    Layer depthwise = layer(1, 1, 3, 56, 96, 0);
    ActionCounts one = count(depthwise, use(Encoding.OFFSET, false, false, 128, 8, false));
    ActionCounts packed = count(depthwise, use(Encoding.OFFSET, false, false, 128, 8, true));
    assertCount(one.of(Action.CONVERSION), packed, Action.CONVERSION);
    assertCount(3136.0 * 8 * 96, one, Action.ARRAY_PASS);
    assertCount(3136.0 * 8 * 7, packed, Action.ARRAY_PASS);
  }

  @Test
  void digitalWorkAndDynamicMatricesAreCounted() {
    MatrixShape shape = new MatrixShape(64, 128, 1, 1, 128, 1, 1, 12);
    ValueStatistics values = new ValueStatistics(0, 0.2, 0.3, 0.5);
    Layer attention =
        new Layer(
            "qk",
            shape,
            true,
            values,
            values,
            List.of(
                new DigitalWork(DigitalOperation.LOOKUP, 10),
                new DigitalWork(DigitalOperation.ADD, 20),
                new DigitalWork(DigitalOperation.BIAS, 5),
                new DigitalWork(DigitalOperation.RELU, 6),
                new DigitalWork(DigitalOperation.MAX_COMPARE, 7),
                new DigitalWork(DigitalOperation.MULTIPLY_ACCUMULATE, 30)),
            0);
    ActionCounts.Builder builder = new ActionCounts.Builder(1);
    DigitalCounts.countProduct(builder, 0, attention.shape(), BITS);
    DigitalCounts.count(builder, 0, attention.after(), 8);
    ActionCounts counts = builder.build();
    double macs = 128.0 * 64 * 128 * 12;
    assertCount(macs + 30, counts, Action.MULTIPLY_ACCUMULATE);
    assertCount(10, counts, Action.LOOKUP);
    assertCount(25, counts, Action.ADD);
    assertCount(6, counts, Action.RELU);
    assertCount(7, counts, Action.MAX_COMPARE);
    assertCount(128.0 * 12 * 64 * 8 + macs * 8 + 20 * 8, counts, Action.TILE_BUFFER_READ_BIT);
    assertEquals(0, counts.of(Action.ARRAY_PASS));
  }

  @Test
  void combinedPulsesAreSampledEachAndConvertedOnce() {
    ArrayUse plain = use(Encoding.OFFSET, false, false, 128, 8, false);
    List<OptionalInt> combines = List.of(OptionalInt.of(1), OptionalInt.of(3), OptionalInt.empty());
    for (OptionalInt combine : combines) {
      Input input =
          new Input(
              Input.Encoding.BIT_SERIAL,
              OptionalInt.of(1),
              combine,
              Input.Sign.SECOND_PASS,
              OptionalDouble.empty(),
              Input.Swing.SUPPLY,
              ComponentModel.standard());
      ArrayUse use = new ArrayUse(plain.side(), plain.weights(), input, 2, 8, 64, 0.1, false);
      CrossbarMapping full = CrossbarMapping.peak(8, 8, true, use);
      ActionCounts.Builder builder = new ActionCounts.Builder(1);
      full.count(builder, 0, 0.25, 0.25, 0.5, 0);
      ActionCounts counts = builder.build();
      // 16 pulses of both signs; digits of eight bits, of three (3, 3 and 2), of one.
      double digits = combine.isEmpty() ? 2 : combine.getAsInt() == 3 ? 6 : 16;
      assertEquals(digits, full.passes());
      assertCount(digits * 8, counts, Action.ARRAY_PASS);
      assertCount(digits * 8 * 128, counts, Action.CONVERSION);
      assertCount(digits * 8 * 128, counts, Action.SHIFT_ADD);
      assertCount(16 * 8 * 128, counts, Action.SAMPLE);
      assertCount(16 * 8 * 128, counts, Action.COLUMN_SETTLE);
      assertCount(16 * 8 * 128 * 0.25, counts, Action.ROW_PULSE);
      assertCount(16 * 8 * 128 * 128 * 0.25 * 0.5, counts, Action.CELL_READ);
    }
  }

  @Test
  void thePeakStateFillsEveryCrossbarOfAPe() {
    CrossbarMapping full =
        CrossbarMapping.peak(16, 16, false, use(Encoding.OFFSET, false, false, 128, 8, false));
    ActionCounts.Builder builder = new ActionCounts.Builder(1);
    full.count(builder, 0, 0.5, 0.5, 0.5, 0);
    ActionCounts counts = builder.build();
    // 8 crossbars of 128 x 16 weights, 16 pulses.
    assertEquals(8 * 128 * 16, full.macs());
    assertEquals(16, full.passes());
    assertCount(16 * 8, counts, Action.ARRAY_PASS);
    assertCount(16 * 8 * 128, counts, Action.CONVERSION);
    assertCount(16 * 8 * 128 * 128 * 0.5 * 0.5, counts, Action.CELL_READ);
    assertCount(128 * 16, counts, Action.INPUT_REGISTER_WRITE_BIT);
  }

  @Test
  void rowsOfZeroDigitsAreSkippedByHand() {
    // K = 147 in row blocks of 128 and 19 rows, two column blocks; one row at once, a quarter of
    // the rows driven: as many reads as driven rows.
    Layer layer = layer(3, 64, 7, 112, 1, 0);
    ArrayUse use = use(Encoding.OFFSET, false, false, 1, 8, false);
    CrossbarMapping all = CrossbarMapping.of(layer.shape(), false, BITS, use);
    CrossbarMapping driven =
        all.with(CopyReads.ofDrivenRows(all.tiling(), 1, use.side(), List.of(0.25, 0.25)));
    ActionCounts.Builder builder = new ActionCounts.Builder(1);
    driven.count(builder, 0, 0.25, 0.25, 0.4, use.windowFloor());
    ActionCounts counts = builder.build();
    double n = 12_544;
    assertCount(n * 8 * 147 * 0.25 * 2, counts, Action.ARRAY_PASS);
    assertCount(n * 8 * 147 * 0.25 * 256, counts, Action.CONVERSION);
    assertCount(n * 8 * 147 * 0.25 * 256, counts, Action.SHIFT_ADD);
    assertCount(n * 8 * 147 * 0.25 * 2, counts, Action.ROW_CONVERT);
    assertCount(n * 8 * 147 * 0.25 * 2, counts, Action.ROW_PULSE);
    assertCount(n * 8 * 147 * 0.25 * 2, counts, Action.ROW_PICK);
    assertCount(n * 8 * 4, counts, Action.ROW_LOAD);
    // Cells, registers and sums are those of all rows.
    assertCount(n * 8 * 147 * 0.25 * 256 * 0.4, counts, Action.CELL_READ);
    assertCount(n * 64 * 2 * 24, counts, Action.OUTPUT_REGISTER_WRITE_BIT);
    // The block of 19 rows, 4.75 of them driven, hardly ever has more than that of 128.
    assertEquals(8 * 128 * 0.25, driven.passes(), 1e-3);
    assertEquals(8 * 128, all.passes());
  }
}
