package dev.kirchhoff.mapper.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.mapper.column.OptimalRange;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Second opinion of {@link ConversionNoise}: column sums are drawn, quantised, clipped, shifted and
 * added. K near 1,152, 8 × 8 bits, 2-bit cells, 1-bit inputs, rectified inputs with 57 % zeros;
 * ranges from the simulated sums.
 */
class ConverterSimulationTest {

  private static final long SEED = 42;
  private static final int TRIALS = 2500;
  private static final int INPUT_SLICES = 8;
  private static final int WEIGHT_SLICES = 4;
  private static final WeightEncoding DIFFERENTIAL =
      new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false);
  private static final WeightEncoding OFFSET =
      new WeightEncoding(Encoding.OFFSET, false, false, false);
  private static final WeightEncoding INVERTED =
      new WeightEncoding(Encoding.OFFSET, true, false, false);

  @Test
  void differentialCalibratedAgreesWithin1Point1dB() {
    for (int rows : new int[] {64, 128}) {
      Sums sums = new Sums(DIFFERENTIAL, rows);
      for (int bits = 3; bits <= 7; bits++) {
        compare(sums, Range.CALIBRATED, bits, 1.1);
      }
    }
  }

  @Test
  void offsetCalibratedAgreesWithin0Point9dB() {
    for (int rows : new int[] {64, 128}) {
      Sums sums = new Sums(OFFSET, rows);
      for (int bits = 3; bits <= 7; bits++) {
        compare(sums, Range.CALIBRATED, bits, 0.9);
      }
    }
  }

  @Test
  void invertedFullRangeAgreesWithin0Point5dB() {
    for (int rows : new int[] {64, 128}) {
      Sums sums = new Sums(INVERTED, rows);
      for (int bits = 4; bits <= 9; bits++) {
        compare(sums, Range.FULL, bits, 0.5);
      }
    }
  }

  @Test
  void offsetFullRangeAgreesWithin0Point7dB() {
    for (int rows : new int[] {64, 128}) {
      Sums sums = new Sums(OFFSET, rows);
      for (int bits = 5; bits <= 10; bits++) {
        compare(sums, Range.FULL, bits, 0.7);
      }
    }
  }

  @Test
  void oneAndTwoBitsAgreeWithin1Point3dB() {
    for (int rows : new int[] {64, 128}) {
      for (WeightEncoding encoding : new WeightEncoding[] {DIFFERENTIAL, OFFSET}) {
        Sums sums = new Sums(encoding, rows);
        ConverterBits closed = ConverterBits.reference(encoding, Range.CALIBRATED, rows, 2);
        for (int bits = 1; bits <= 2; bits++) {
          String where = encoding + " rows " + rows + " bits " + bits + " seed " + SEED;
          double simulated = sums.snr_dB(Range.CALIBRATED, bits);
          assertEquals(simulated, closed.snr_dB(bits), 1.3, where);
          double retained = sums.retained(Range.CALIBRATED, bits);
          assertEquals(retained, closed.retainedSignal(bits), 0.08, where);
        }
      }
    }
  }

  /** Sums beyond the ends of a range: 1 less P(cut) passes on, of narrow ranges of levels too. */
  @Test
  void whatCalibratedRangesCutIsASmallerSignal() {
    for (int rows : new int[] {64, 128}) {
      for (WeightEncoding encoding : new WeightEncoding[] {DIFFERENTIAL, OFFSET}) {
        Sums sums = new Sums(encoding, rows);
        ConverterBits closed = ConverterBits.reference(encoding, Range.CALIBRATED, rows, 2);
        for (int bits = 3; bits <= 5; bits++) {
          String where = encoding + " rows " + rows + " bits " + bits + " seed " + SEED;
          double retained = sums.retained(Range.CALIBRATED, bits);
          assertEquals(retained, closed.retainedSignal(bits), 0.03, where);
        }
      }
    }
  }

  @Test
  void whatCodesOfPairsLeaveOutIsASmallerSignal() {
    for (int rows : new int[] {64, 128}) {
      Sums sums = new Sums(DIFFERENTIAL, rows);
      ConverterBits full = ConverterBits.reference(DIFFERENTIAL, Range.FULL, rows, 2);
      for (int bits = 3; bits <= 8; bits++) {
        double simulated = sums.retained(Range.FULL, bits);
        double formula = full.retainedSignal(bits);
        assertEquals(simulated, formula, 0.12, rows + " rows, " + bits + " bits, seed " + SEED);
      }
    }
  }

  @Test
  void simulatedRowsOfTheReferenceAreFound() {
    Sums differential = new Sums(DIFFERENTIAL, 128);
    assertEquals(18.7, differential.snr_dB(Range.CALIBRATED, 3), 1.6);
    assertEquals(25.0, differential.snr_dB(Range.CALIBRATED, 4), 1.6);
    assertEquals(32.8, differential.snr_dB(Range.CALIBRATED, 5), 1.6);
    Sums offset = new Sums(OFFSET, 128);
    assertEquals(11.7, offset.snr_dB(Range.CALIBRATED, 4), 3);
    assertEquals(17.1, offset.snr_dB(Range.CALIBRATED, 5), 1.6);
    assertEquals(11.1, offset.snr_dB(Range.FULL, 8), 1);
    assertEquals(150, offset.snr_dB(Range.FULL, 9), 0);
    Sums inverted = new Sums(INVERTED, 128);
    assertEquals(10.8, inverted.snr_dB(Range.FULL, 7), 1);
    assertEquals(150, inverted.snr_dB(Range.FULL, 8), 0);
  }

  /** Within the tolerance between 5 and 45 dB; above that both must be above 40 dB. */
  private static void compare(Sums sums, Range range, int bits, double within_dB) {
    ConverterBits closed = ConverterBits.reference(sums.encoding, range, sums.rows, 2);
    double simulated = sums.snr_dB(range, bits);
    double formula = closed.snr_dB(bits);
    String message =
        "seed "
            + SEED
            + " "
            + sums.encoding
            + " "
            + range
            + " rows "
            + sums.rows
            + " bits "
            + bits
            + " simulated "
            + simulated
            + " formula "
            + formula;
    if (simulated > 45) {
      assertTrue(formula > 40, message);
    } else if (simulated > 5) {
      assertEquals(simulated, formula, within_dB, message);
    }
  }

  /** Drawn column sums of every trial, row group, weight slice and input slice. */
  private static final class Sums {
    private final WeightEncoding encoding;
    private final int rows;
    private final int groups;
    private final int[] sum;
    private final double[] exact = new double[TRIALS];
    private final double outputVariance;

    Sums(WeightEncoding encoding, int rows) {
      this.encoding = encoding;
      this.rows = rows;
      groups = 1152 / rows;
      sum = new int[TRIALS * groups * WEIGHT_SLICES * INPUT_SLICES];
      Random random = new Random(SEED);
      double total = 0;
      double square = 0;
      int at = 0;
      for (int trial = 0; trial < TRIALS; trial++) {
        double y = 0;
        for (int group = 0; group < groups; group++) {
          int[] x = new int[rows];
          int[] w = new int[rows];
          for (int i = 0; i < rows; i++) {
            double value = Math.min(1, Math.abs(random.nextGaussian()) * 0.3);
            x[i] = random.nextDouble() < 0.57 ? 0 : (int) Math.round(value * 255);
            double weight = Math.max(-1, Math.min(1, random.nextGaussian() * 0.2));
            w[i] = (int) Math.round(weight * 127);
            y += x[i] * w[i];
          }
          for (int s = 0; s < WEIGHT_SLICES; s++) {
            at = column(x, w, s, at);
          }
        }
        exact[trial] = y;
        total += y;
        square += y * y;
      }
      outputVariance = square / TRIALS - (total / TRIALS) * (total / TRIALS);
    }

    private int column(int[] x, int[] w, int s, int from) {
      int[] digit = new int[rows];
      int content = 0;
      for (int i = 0; i < rows; i++) {
        boolean pair = encoding.encoding() == Encoding.DIFFERENTIAL;
        int size = ((pair ? Math.abs(w[i]) : w[i] + 128) >> (2 * s)) & 3;
        digit[i] = pair && w[i] < 0 ? -size : size;
        content += digit[i];
      }
      // Inverted columns hold the complement; what follows subtracts it from a digital sum, so that
      // the error is the same.
      boolean invert = encoding.flip() && content > 1.5 * rows;
      for (int t = 0; t < INPUT_SLICES; t++) {
        int value = 0;
        for (int i = 0; i < rows; i++) {
          if (((x[i] >> t) & 1) == 1) {
            value += invert ? 3 - digit[i] : digit[i];
          }
        }
        sum[from + t] = value;
      }
      return from + INPUT_SLICES;
    }

    double snr_dB(Range range, int bits) {
      double[] errors = errors(range, bits);
      double bias = 0;
      double error = 0;
      for (double missed : errors) {
        bias += missed / TRIALS;
        error += missed * missed / TRIALS;
      }
      // The layer's digital bias removes the mean error.
      return NoiseRatio.decibel((error - bias * bias) / outputVariance);
    }

    /** Fraction of an output's signal that its codes retain: the slope of their sum over it. */
    double retained(Range range, int bits) {
      double[] errors = errors(range, bits);
      double mean = 0;
      double bias = 0;
      double product = 0;
      for (int trial = 0; trial < TRIALS; trial++) {
        mean += exact[trial] / TRIALS;
        bias += errors[trial] / TRIALS;
        product += exact[trial] * errors[trial] / TRIALS;
      }
      return 1 + (product - mean * bias) / outputVariance;
    }

    /** Errors of the outputs, by trial. */
    private double[] errors(Range range, int bits) {
      int kinds = WEIGHT_SLICES * INPUT_SLICES;
      double[] mean = new double[kinds];
      double[] square = new double[kinds];
      int count = TRIALS * groups;
      for (int i = 0; i < sum.length; i++) {
        mean[i % kinds] += (double) sum[i] / count;
        square[i % kinds] += (double) sum[i] * sum[i] / count;
      }
      boolean pair = encoding.encoding() == Encoding.DIFFERENTIAL;
      double least = pair ? -3.0 * rows : 0;
      double most = encoding.flip() ? 1.5 * rows : 3.0 * rows;
      double codes = (1 << bits) - 1;
      double[] errors = new double[TRIALS];
      for (int i = 0; i < sum.length; i++) {
        int kind = i % kinds;
        double sigma = Math.sqrt(square[kind] - mean[kind] * mean[kind]);
        double span = most - least;
        // Zero is a code.
        double wide = Math.max(1, span / codes);
        double low = Math.rint(least / wide) * wide;
        if (range == Range.CALIBRATED) {
          span = 2 * OptimalRange.halfRange(bits) * sigma;
          double step = Math.max(1, span / codes);
          // The reference is trimmed so that the mean lies on a code; whole levels stay whole.
          double centre = step == 1 ? Math.rint(mean[kind]) : mean[kind];
          // Two or four codes lie on both sides of it.
          low = centre - step * (bits <= 2 && step > 1 ? codes / 2 : Math.floor(codes / 2));
        }
        double step = Math.max(1, span / codes);
        double code = Math.max(0, Math.min(codes, Math.rint((sum[i] - low) / step)));
        int s = kind / INPUT_SLICES;
        int t = kind % INPUT_SLICES;
        errors[i / (kinds * groups)] += (low + code * step - sum[i]) * (1 << (2 * s + t));
      }
      return errors;
    }
  }
}
