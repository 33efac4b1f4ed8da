package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each error of a readout by itself: closed form against drawn chips. */
class ReadoutTermsTest {
  private static final long SEED = 20261128;
  private static final int INPUTS = 256;
  private static final int OUTPUTS = 24;
  private static final int VECTORS = 64;

  /** Below, sums are all but lost; above, a rare sum beyond a range decides. */
  private static final double LEAST_DB = 6;

  private static final double MOST_DB = 25;

  /** An error of a readout, in about the same proportion to the sums of all columns. */
  enum Term {
    NONE {
      @Override
      void set(TestChips chip) {}
    },
    NOISE {
      @Override
      void set(TestChips chip) {
        chip.noise_steps = 0.7;
      }
    },
    OFFSET {
      @Override
      void set(TestChips chip) {
        chip.mismatch = new ConverterMismatch(0.4, 0, 0);
      }
    },
    GAIN {
      @Override
      void set(TestChips chip) {
        chip.mismatch = new ConverterMismatch(0, 0.03, 0);
      }
    },
    BOW {
      @Override
      void set(TestChips chip) {
        chip.mismatch = new ConverterMismatch(0, 0, 0.7);
      }
    },
    THERMAL {
      @Override
      void set(TestChips chip) {
        ColumnModel column = chip.model().column();
        chip.noiseFactor =
            0.05 * INPUTS / thermal(column, chip.rowsActive) * chip.rowsActive / INPUTS;
      }

      private double thermal(ColumnModel column, int rows) {
        return column.summation().thermalPer_uS(column.cells().step_uS(), 1)
            * column.column_uS(rows, 0.5);
      }
    },
    GROUND {
      @Override
      void set(TestChips chip) {
        ColumnModel column = chip.model().column();
        double level_V = 0.2 * column.cells().step_uS() / column.column_uS(chip.rowsActive, 0.5);
        chip.virtualGround_V = 0.2 * Math.sqrt(chip.rowsActive) * level_V;
      }
    };

    abstract void set(TestChips chip);

    /** Errors that are the same in every read are rounded by single converters, not in the mean. */
    double within_dB() {
      return this == OFFSET || this == GAIN || this == BOW ? 3 : 2;
    }
  }

  static WeightEncoding weights(
      Encoding encoding, boolean flip, boolean rows, boolean codes, OptionalInt combine) {
    return new WeightEncoding(encoding, flip, rows, codes, combine, 0, 0);
  }

  static final List<WeightEncoding> ENCODINGS =
      List.of(
          TestChips.OFFSET,
          TestChips.FLIPPED,
          TestChips.PAIR,
          TestChips.ROW_PAIR,
          TestChips.DIGITAL_PAIR,
          weights(Encoding.OFFSET, false, false, false, OptionalInt.of(2)),
          weights(Encoding.DIFFERENTIAL, false, false, false, OptionalInt.empty()),
          weights(Encoding.XNOR, false, false, false, OptionalInt.of(1)));

  @Test
  @Tag("slow")
  void eachErrorAloneEqualsThatOfDrawnChips() {
    List<String> apart = new ArrayList<>();
    for (Term term : Term.values()) {
      for (WeightEncoding encoding : ENCODINGS) {
        compare(term, chip(encoding, 128, 5, Readout.Range.CALIBRATED), apart);
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  @Test
  @Tag("slow")
  void eachErrorAloneEqualsThatOfDrawnChipsOfAllSizes() {
    List<String> apart = new ArrayList<>();
    for (Term term : Term.values()) {
      for (WeightEncoding encoding : ENCODINGS) {
        for (int rows : new int[] {32, 256}) {
          for (int bits = 3; bits <= 7; bits += 2) {
            compare(term, chip(encoding, rows, bits, Readout.Range.CALIBRATED), apart);
            compare(term, chip(encoding, rows, bits, Readout.Range.FULL), apart);
          }
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  private static void compare(Term term, TestChips chip, List<String> apart) {
    term.set(chip);
    if (isNotModelled(term, chip)) {
      return;
    }
    double simulated = simulated_dB(chip);
    double estimated = estimated_dB(chip);
    double away = estimated - simulated;
    boolean listens = simulated > LEAST_DB && simulated < MOST_DB;
    if (listens && Math.abs(away) > term.within_dB()) {
      apart.add(
          String.format(
              Locale.ROOT,
              "%s, %s, %d rows, %d bits %s: simulated %.1f dB, estimated %.1f",
              term,
              chip.weights,
              chip.rows,
              chip.adcBits,
              chip.range,
              simulated,
              estimated));
    }
  }

  /**
   * Full ranges with steps of 1 to about 3 levels, whose codes meet whole levels unevenly, and
   * offsets that push sums of nothing beyond the end of a one-sided range.
   */
  private static boolean isNotModelled(Term term, TestChips chip) {
    if (chip.range == Readout.Range.CALIBRATED) {
      return false;
    }
    int cells = chip.weights.digitsPerSum(bits(chip), chip.cellBits);
    double largest = Math.scalb(1.0, cells * chip.cellBits) - 1;
    ColumnModel column = chip.model().column();
    double step = column.fullRange(largest, 1).width() / column.converter().steps();
    boolean cutsOff = term == Term.OFFSET && chip.weights.subtractsCodes();
    return cutsOff || step > 1 && step < 3.1;
  }

  private static TestChips chip(WeightEncoding encoding, int rows, int bits, Readout.Range range) {
    TestChips chip = new TestChips();
    chip.weights = encoding;
    chip.rows = rows;
    // The rows of a large crossbar are read in two groups.
    chip.rowsActive = rows < 256 ? rows : rows / 2;
    chip.columns = 512;
    chip.cellBits = encoding.countsMatches() ? 1 : 2;
    chip.adcBits = bits;
    chip.range = range;
    return chip;
  }

  private static int bits(TestChips chip) {
    return chip.weights.countsMatches() ? 1 : 6;
  }

  static double estimated_dB(TestChips chip) {
    ColumnModel column = chip.model().column();
    DigitFormat format = DigitFormat.of(chip.weights, chip.model().input(), chip.cellBits);
    int bits = bits(chip);
    LayerNoise noise =
        SignalToNoise.of(
            new NoiseKey(
                DigitStatistics.of(format.inputs(inputs(), bits)),
                DigitStatistics.of(format.weights(DrawnProducts.weights(), bits)),
                INPUTS,
                OUTPUTS,
                column,
                CellErrors.none(1 << chip.cellBits)));
    return -10
        * Math.log10(Math.max(1e-12, noise.quantisation() + noise.clipping() + noise.readout()));
  }

  static double simulated_dB(TestChips chip) {
    Random random = new Random(SEED);
    int bits = bits(chip);
    boolean signs = chip.weights.countsMatches();
    // As many crossbars of each size.
    int chips = Math.max(4, 2 * chip.rows / 64);
    DrawnProducts.Powers powers = DrawnProducts.Powers.NONE;
    for (int draw = 0; draw < chips; draw++) {
      int[][] w =
          signs
              ? signs(random, OUTPUTS)
              : DrawnProducts.draw(random, DrawnProducts.weights(), bits - 1, INPUTS, OUTPUTS);
      int[][] x =
          signs
              ? signs(random, VECTORS)
              : DrawnProducts.draw(random, inputs(), bits, INPUTS, VECTORS);
      ProgrammedMatrix matrix =
          ProgrammedMatrix.write(
              chip.model(),
              SimulationOptions.of(1, 1)
                  .withDraw(draw)
                  .with(EnumSet.of(NonIdeality.CONVERTER, NonIdeality.READOUT)),
              w,
              new Precision(bits, bits, bits),
              signs,
              RandomKey.of(1));
      matrix.calibrate(x);
      powers = powers.plus(matrix, w, x);
    }
    return powers.snr_dB();
  }

  private static ValueDistribution inputs() {
    return ValueDistribution.ofInputs(new ValueStatistics(0.4, 0.15, 0.25, 0));
  }

  private static int[][] signs(Random random, int count) {
    int[][] drawn = new int[INPUTS][count];
    for (int[] row : drawn) {
      Arrays.setAll(row, v -> random.nextBoolean() ? 1 : -1);
    }
    return drawn;
  }
}
