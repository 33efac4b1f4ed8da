package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitFormat;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.noise.LayerNoise;
import dev.kirchhoff.mapper.noise.NoiseKey;
import dev.kirchhoff.mapper.noise.SignalToNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Quantisation and clipping of simulated converters behind ideal cells, against the closed form of
 * the same chip and the same distribution of values.
 */
class DrawnSumsTest {
  private static final long SEED = 20261127;
  private static final int INPUTS = 128;
  private static final int OUTPUTS = 48;
  private static final int VECTORS = 256;
  private static final int BITS = 8;
  private static final DrawnProducts PRODUCTS =
      new DrawnProducts(INPUTS, OUTPUTS, VECTORS, BITS, SEED);
  private static final double WITHIN_DB = 2;
  private static final ValueStatistics UNSIGNED = new ValueStatistics(0.4, 0.15, 0.25, 0);
  private static final ValueStatistics SIGNED = new ValueStatistics(0.4, 0.15, 0.25, 0.3);

  /** Cells of a weight, or pulses of an input, before one conversion: two, three, all. */
  private static final List<OptionalInt> COMBINED =
      List.of(OptionalInt.of(2), OptionalInt.of(3), OptionalInt.empty());

  private static WeightEncoding combined(Encoding encoding, OptionalInt cells) {
    return new WeightEncoding(encoding, false, false, false, cells, 0, 0);
  }

  @Test
  void fullRangesOfCombinedCellsHoldFullGroupsOfColumns() {
    List<String> apart = new ArrayList<>();
    for (Encoding encoding : List.of(Encoding.OFFSET, Encoding.DIFFERENTIAL)) {
      for (OptionalInt combine : COMBINED) {
        for (int cellBits = 1; cellBits <= 2; cellBits++) {
          TestChips chip = new TestChips();
          chip.weights = combined(encoding, combine);
          chip.cellBits = cellBits;
          compare(chip, UNSIGNED, apart);
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  @Test
  @Tag("slow")
  void fullRangesHoldBothPolaritiesOfLinesForInputsOfAnySign() {
    List<String> apart = new ArrayList<>();
    for (WeightEncoding encoding :
        List.of(TestChips.OFFSET, TestChips.FLIPPED, TestChips.PAIR, TestChips.DIGITAL_PAIR)) {
      for (ValueStatistics inputs : List.of(UNSIGNED, SIGNED)) {
        for (Readout.Range range : Readout.Range.values()) {
          TestChips chip = new TestChips();
          chip.weights = encoding;
          chip.sign = Input.Sign.BIPOLAR;
          chip.range = range;
          compare(chip, inputs, apart);
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  @Test
  void pulsesThatAreCombinedAreConvertedOnce() {
    List<String> apart = new ArrayList<>();
    for (OptionalInt combine : COMBINED) {
      for (WeightEncoding encoding : List.of(TestChips.OFFSET, TestChips.PAIR)) {
        for (Readout.Range range : Readout.Range.values()) {
          TestChips chip = new TestChips();
          chip.weights = encoding;
          chip.combine = combine;
          chip.range = range;
          compare(chip, UNSIGNED, apart);
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  private static void compare(TestChips chip, ValueStatistics inputs, List<String> apart) {
    chip.rows = INPUTS;
    chip.rowsActive = INPUTS;
    chip.columns = 512;
    for (int bits = 5; bits <= 11; bits += 2) {
      chip.adcBits = bits;
      double simulated = simulated_dB(chip, inputs);
      double estimated = estimated_dB(chip, inputs);
      // Above 35 dB the rare sums beyond a range are left.
      boolean agree =
          simulated > 35 ? estimated > 33 : Math.abs(simulated - estimated) <= WITHIN_DB;
      if (simulated > 5 && !agree && !isJustAboveALevel(chip)) {
        apart.add(
            chip.weights
                + " cells of "
                + chip.cellBits
                + " bits, converter of "
                + bits
                + " bits, "
                + chip.range
                + ", "
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

  /** Steps of a full range of 1 to 2 levels: sums of pairs are estimated up to 5 dB too low. */
  private static boolean isJustAboveALevel(TestChips chip) {
    if (chip.range == Readout.Range.CALIBRATED || chip.weights.combines()) {
      return false;
    }
    Input input = chip.model().input();
    double largest = ((1 << chip.cellBits) - 1) * ((1 << input.bitsOfDigit(BITS)) - 1);
    double step =
        chip.model().column().fullRange(largest, input.polarities()).width()
            / ((1 << chip.adcBits) - 1);
    return step > 1 && step < 2;
  }

  private static double estimated_dB(TestChips chip, ValueStatistics statistics) {
    ColumnModel column = chip.model().column();
    DigitFormat format = DigitFormat.of(chip.weights, chip.model().input(), chip.cellBits);
    LayerNoise noise =
        SignalToNoise.of(
            new NoiseKey(
                DigitStatistics.of(format.inputs(ValueDistribution.ofInputs(statistics), BITS)),
                DigitStatistics.of(format.weights(DrawnProducts.weights(), BITS)),
                INPUTS,
                OUTPUTS,
                column,
                CellErrors.none(1 << chip.cellBits)));
    return -10 * Math.log10(Math.max(1e-12, noise.quantisation() + noise.clipping()));
  }

  private static double simulated_dB(TestChips chip, ValueStatistics statistics) {
    return PRODUCTS.snr_dB(chip, statistics, Set.of(NonIdeality.CONVERTER));
  }
}
