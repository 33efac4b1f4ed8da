package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.noise.LayerNoise;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each error of the levels of inputs by itself: closed form against drawn chips. */
class InputTermsTest {
  private static final long SEED = 20261129;
  private static final int INPUTS = 256;
  private static final int OUTPUTS = 8;
  private static final int VECTORS = 32;

  /** Chips that are drawn: all outputs of one share the errors of its rows. */
  private static final int CHIPS = 24;

  private static final int BITS = 6;
  private static final DrawnProducts PRODUCTS =
      new DrawnProducts(INPUTS, OUTPUTS, VECTORS, BITS, SEED);
  private static final double WITHIN_DB = 2;

  /** Below, sums are all but lost; above, a rare sum beyond a range decides. */
  private static final double LEAST_DB = 6;

  private static final double MOST_DB = 25;
  private static final ValueStatistics UNSIGNED = new ValueStatistics(0.4, 0.15, 0.25, 0);
  private static final ValueStatistics SIGNED = new ValueStatistics(0.4, 0.15, 0.25, 0.3);

  /** Errors in shares of the largest digit, smaller where offset codes add up what all rows do. */
  private static List<InputErrors> terms(TestChips chip) {
    double share = chip.weights.isPair() ? 0.03 : 0.025;
    double steps = share * ((1 << chip.bitsPerPulse) - 1);
    double gain = 3 * share;
    return List.of(
        InputErrors.NONE,
        new InputErrors(steps, 0, 0, 0),
        new InputErrors(0, gain, 0, 0),
        new InputErrors(0, 0, steps, 0),
        new InputErrors(0, 0, 0, steps),
        new InputErrors(steps / 2, gain / 2, steps / 2, steps / 2));
  }

  private static TestChips chip(
      WeightEncoding weights, Input.Sign sign, int rows, int bitsPerPulse, int bits) {
    TestChips chip = new TestChips();
    chip.weights = weights;
    chip.sign = sign;
    chip.rows = rows;
    // The rows of a large crossbar are read in two groups.
    chip.rowsActive = rows < 256 ? rows : rows / 2;
    chip.columns = 512;
    chip.bitsPerPulse = bitsPerPulse;
    chip.adcBits = bits;
    chip.range = Readout.Range.CALIBRATED;
    return chip;
  }

  @Test
  @Tag("slow")
  void eachErrorOfInputsCostsWhatItCostsDrawnChips() {
    List<String> apart = new ArrayList<>();
    for (WeightEncoding weights :
        List.of(
            TestChips.OFFSET,
            TestChips.FLIPPED,
            TestChips.PAIR,
            TestChips.ROW_PAIR,
            TestChips.DIGITAL_PAIR,
            TestChips.COMBINED)) {
      for (int bitsPerPulse : new int[] {3, 6}) {
        compare(chip(weights, Input.Sign.SECOND_PASS, 128, bitsPerPulse, 8), UNSIGNED, apart);
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  @Test
  @Tag("slow")
  void eachErrorOfInputsCostsWhatItCostsChipsOfAllSizes() {
    List<String> apart = new ArrayList<>();
    for (WeightEncoding weights :
        List.of(TestChips.OFFSET, TestChips.PAIR, TestChips.DIGITAL_PAIR)) {
      for (int rows : new int[] {32, 256}) {
        for (int bitsPerPulse = 2; bitsPerPulse <= 4; bitsPerPulse++) {
          for (int bits = 6; bits <= 10; bits += 4) {
            Input.Sign sign = bits > 6 ? Input.Sign.SECOND_PASS : Input.Sign.BIPOLAR;
            TestChips chip = chip(weights, sign, rows, bitsPerPulse, bits);
            List<InputErrors> terms = terms(chip);
            compare(chip, SIGNED, terms.get(1), apart);
            compare(chip, SIGNED, terms.get(terms.size() - 1), apart);
          }
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  /**
   * Steps of a level round away what few driven rows err by; reads that drive many rows make what
   * is left.
   */
  @Test
  void errorsOfFewRowsCostWhatReadsOfManyDrivenRowsLeave() {
    List<String> apart = new ArrayList<>();
    for (WeightEncoding weights : List.of(TestChips.OFFSET, TestChips.PAIR)) {
      for (int cellBits = 1; cellBits <= 2; cellBits++) {
        for (int rowsActive = 8; rowsActive <= 32; rowsActive *= 2) {
          TestChips chip = chip(weights, Input.Sign.SECOND_PASS, 64, 1, 10);
          chip.rowsActive = rowsActive;
          chip.cellBits = cellBits;
          chip.range = Readout.Range.FULL;
          compare(chip, UNSIGNED, new InputErrors(0.15, 0, 0, 0), apart);
          compare(chip, UNSIGNED, new InputErrors(0, 0, 0, 0.15), apart);
          compare(chip, UNSIGNED, new InputErrors(0.1, 0, 0, 0.1), apart);
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  /** Rows that are skipped have no error, those that are read the errors of their driver. */
  @Test
  void errorsOfInputsCostAsMuchWhereZeroRowsAreSkipped() {
    List<String> apart = new ArrayList<>();
    for (WeightEncoding weights : List.of(TestChips.OFFSET, TestChips.PAIR)) {
      TestChips chip = chip(weights, Input.Sign.SECOND_PASS, 128, 2, 8);
      chip.rowsActive = 32;
      chip.skipsZeroRows = true;
      compare(chip, UNSIGNED, apart);
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  @Test
  void rowsWithoutErrorsPresentTheirDigits() {
    TestChips chip = chip(TestChips.PAIR, Input.Sign.SECOND_PASS, 128, 3, 14);
    chip.range = Readout.Range.FULL;
    assertEquals(120, simulated_dB(chip, UNSIGNED), 1e-9);
    assertEquals(0, PRODUCTS.noise(chip, UNSIGNED).input());
  }

  private static void compare(TestChips chip, ValueStatistics inputs, List<String> apart) {
    for (InputErrors errors : terms(chip)) {
      compare(chip, inputs, errors, apart);
    }
  }

  private static void compare(
      TestChips chip, ValueStatistics inputs, InputErrors errors, List<String> apart) {
    chip.inputs = errors;
    double simulated = simulated_dB(chip, inputs);
    LayerNoise noise = PRODUCTS.noise(chip, inputs);
    double all = noise.quantisation() + noise.clipping() + noise.input();
    double estimated = -10 * Math.log10(Math.max(1e-12, all));
    boolean listens = simulated > LEAST_DB && simulated < MOST_DB;
    if (listens && Math.abs(estimated - simulated) > WITHIN_DB) {
      apart.add(
          String.format(
              Locale.ROOT,
              "%s, %s, %d rows, %d bits a pulse, %d bits, %s: simulated %.1f dB, estimated %.1f",
              chip.weights,
              chip.sign,
              chip.rows,
              chip.bitsPerPulse,
              chip.adcBits,
              errors,
              simulated,
              estimated));
    }
  }

  private static double simulated_dB(TestChips chip, ValueStatistics inputs) {
    Random random = new Random(SEED);
    int magnitude = chip.model().input().magnitudeBits(BITS);
    DrawnProducts.Powers powers = DrawnProducts.Powers.NONE;
    for (int draw = 0; draw < CHIPS; draw++) {
      int[][] w = DrawnProducts.draw(random, DrawnProducts.weights(), BITS - 1, INPUTS, OUTPUTS);
      int[][] x =
          DrawnProducts.draw(
              random, ValueDistribution.ofInputs(inputs), magnitude, INPUTS, VECTORS);
      ProgrammedMatrix matrix =
          ProgrammedMatrix.write(
              chip.model(),
              SimulationOptions.of(1, 1)
                  .withDraw(draw)
                  .with(EnumSet.of(NonIdeality.CONVERTER, NonIdeality.INPUT)),
              w,
              new Precision(BITS, BITS, BITS),
              inputs.signed(),
              RandomKey.of(1));
      matrix.calibrate(x);
      powers = powers.plus(matrix, w, x);
    }
    return powers.snr_dB();
  }
}
