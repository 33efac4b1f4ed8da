package dev.kirchhoff.mapper.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.ValueStatistics;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitStatisticsTest {

  private static final long SEED = 20_261_124L;

  private static final ValueStatistics REFERENCE_INPUTS =
      new ValueStatistics(0.57, 0.43 * 0.3 * 0.7978846, 0.3 * 0.6557439, 0);

  private static final ValueStatistics REFERENCE_WEIGHTS =
      new ValueStatistics(0, 0.2 * 0.7978846, 0.2, 0.5);

  @Test
  void uniformMagnitudesGiveUniformDigits() {
    // x uniform on (0, 1], 8 bits: codes 1..254 have 1/255, codes 0 and 255 half of that. With mean
    // 1/2 and mean square 1/3
    // the density of largest entropy is the uniform one. Low digits are uniform on 0..3: E[d] =
    // 1.5, E[d²] = 3.5, p = 0.75.
    ValueStatistics uniform = new ValueStatistics(0, 0.5, Math.sqrt(1.0 / 3), 0);
    DigitStatistics digits = DigitStatistics.inputs(ValueDistribution.ofInputs(uniform), 8, 2);
    assertEquals(4, digits.slices());
    for (int slice = 0; slice < 4; slice++) {
      assertEquals(1.5, digits.meanDigit(slice), 0.01);
      assertEquals(3.5, digits.squareDigit(slice), 0.03);
      assertEquals(0.75, digits.nonzeroDigit(slice), 0.004);
    }
    assertEquals(127.5, digits.valueMean(), 0.05);
    assertEquals(255.0 * 255 / 3, digits.valueSquare(), 40);
  }

  @Test
  void fewBitsHaveTheFullScaleThatLosesLeast() {
    // Exponential magnitudes of mean 0.1, drawn; the best scale by trying 2,000 of them.
    Random random = new Random(SEED);
    double[] drawn = new double[20_000];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = Math.min(1, -0.1 * Math.log(1 - random.nextDouble()));
    }
    ValueStatistics statistics = new ValueStatistics(0, 0.1, Math.sqrt(0.02), 0.5);
    for (int bits = 1; bits <= 4; bits++) {
      int largest = (1 << bits) - 1;
      double least = Double.POSITIVE_INFINITY;
      double best = 0;
      for (int k = 1; k <= 2000; k++) {
        double step = k / 2000.0 / largest;
        double error = 0;
        for (double x : drawn) {
          double miss = x - step * Math.min(largest, Math.rint(x / step));
          error += miss * miss / drawn.length;
        }
        if (error < least) {
          least = error;
          best = step;
        }
      }
      ValueDistribution values = ValueDistribution.ofWeights(statistics, 7);
      double missed = values.missed(bits).orElseThrow();
      String where = "seed " + SEED + ", bits " + bits;
      // A step that is a little off costs little: compare what it costs against the values.
      double mean = 0;
      double[] codes = values.codes(bits);
      for (int code = 0; code < codes.length; code++) {
        mean += code * codes[code];
      }
      double drawnMean = 0;
      for (double x : drawn) {
        drawnMean += Math.min(largest, Math.rint(x / best)) / drawn.length;
      }
      assertEquals(drawnMean, mean, 0.06 * drawnMean, where);
      assertEquals(least / (best * best), missed, 0.15 * missed, where);
      assertEquals(
          missed, DigitStatistics.differentialWeights(values, bits + 1, 1).valueError(), 1e-12);
    }
    ValueDistribution full = ValueDistribution.ofWeights(statistics);
    assertTrue(full.missed(4).isEmpty());
    assertEquals(
        full.codes(7)[30], ValueDistribution.ofWeights(statistics, 7).codes(7)[30], 0, "as before");
  }

  @Test
  void momentsOfRandomStatisticsAreKept() {
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      double zero = 0.9 * random.nextDouble();
      double mean = 0.01 + 0.5 * random.nextDouble();
      double ratio = 1.1 + 1.9 * random.nextDouble();
      double square = mean * mean * ratio;
      if (square > 0.8 * mean) {
        continue;
      }
      double negative = random.nextBoolean() ? 0 : (1 - zero) * random.nextDouble();
      ValueStatistics statistics =
          new ValueStatistics(zero, mean * (1 - zero), Math.sqrt(square * (1 - zero)), negative);
      // 14 bits: rounding to a code is negligible, the deviation is that of the density.
      DigitStatistics digits =
          DigitStatistics.inputs(ValueDistribution.ofInputs(statistics), 14, 1);
      double largest = (1 << 14) - 1;
      // Largest entropy is exact; two exponentials lose what lies above 1.
      double within = ratio <= 2 || mean > 0.2 ? 3e-4 : 0.02;
      String message = "seed " + SEED + " case " + i + " ratio " + ratio + " mean " + mean;
      double foundMean = digits.valueMean() / largest / ((1 - zero - 2 * negative) * mean);
      double foundSquare = digits.valueSquare() / (largest * largest) / (square * (1 - zero));
      if (Math.abs(1 - zero - 2 * negative) > 0.02) {
        assertEquals(1, foundMean, within, message);
      }
      assertEquals(1, foundSquare, within, message);
    }
  }

  @Test
  void digitsReassembleTheValue() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      int bits = 2 + random.nextInt(11);
      int width = 1 + random.nextInt(4);
      ValueDistribution values = ValueDistribution.ofWeights(statistics(random));
      String message = "seed " + SEED + " case " + i;
      DigitStatistics offset = DigitStatistics.offsetWeights(values, bits, width);
      DigitStatistics pair = DigitStatistics.differentialWeights(values, bits, width);
      double offsetSum = 0;
      double pairSum = 0;
      for (int slice = 0; slice < offset.slices(); slice++) {
        offsetSum += offset.meanDigit(slice) * Math.pow(2, width * slice);
      }
      for (int slice = 0; slice < pair.slices(); slice++) {
        pairSum += pair.meanDigit(slice) * Math.pow(2, width * slice);
        double cells = 0;
        for (int level = 0; level <= pair.largestDigit(); level++) {
          cells += pair.cells().atLevel(slice, level);
        }
        assertEquals(2, cells, 1e-12, message);
      }
      assertEquals(offset.valueMean() + (1 << (bits - 1)), offsetSum, 1e-9 * (1 << bits), message);
      assertEquals(pair.valueMean(), pairSum, 1e-9 * (1 << bits), message);
      assertEquals(pair.valueSquare(), offset.valueSquare(), 1e-6 * offset.valueSquare(), message);
    }
  }

  @Test
  void quantisedHalfNormalSamplesAgreeWithTheSums() {
    // ReLU-like: 57 % zeros, the rest half-normal with sigma 0.25. E|x| = 0.43 * 0.25 * sqrt(2/pi),
    // E[x²] = 0.43 * 0.25².
    double sigma = 0.25;
    ValueStatistics statistics =
        new ValueStatistics(
            0.57, 0.43 * sigma * Math.sqrt(2 / Math.PI), sigma * Math.sqrt(0.43), 0);
    DigitStatistics digits = DigitStatistics.inputs(ValueDistribution.ofInputs(statistics), 8, 2);
    Random random = new Random(SEED);
    int samples = 400_000;
    double[] sum = new double[4];
    double[] square = new double[4];
    double[] nonzero = new double[4];
    for (int i = 0; i < samples; i++) {
      double x =
          random.nextDouble() < 0.57 ? 0 : Math.min(1, Math.abs(random.nextGaussian()) * sigma);
      int code = (int) Math.round(x * 255);
      for (int slice = 0; slice < 4; slice++) {
        int digit = (code >> (2 * slice)) & 3;
        sum[slice] += digit;
        square[slice] += digit * digit;
        nonzero[slice] += digit == 0 ? 0 : 1;
      }
    }
    double amplitude = 0;
    for (int slice = 0; slice < 4; slice++) {
      amplitude += sum[slice] / samples / 3 / 4;
    }
    assertEquals(amplitude, digits.meanShare(), 0.003);
    for (int slice = 0; slice < 4; slice++) {
      assertEquals(sum[slice] / samples, digits.meanDigit(slice), 0.01, "slice " + slice);
      assertEquals(square[slice] / samples, digits.squareDigit(slice), 0.025, "slice " + slice);
      assertEquals(nonzero[slice] / samples, digits.nonzeroDigit(slice), 0.005, "slice " + slice);
    }
  }

  @Test
  void quantisedExponentialSamplesAgreeWithTheSums() {
    double scale = 0.07;
    ValueStatistics statistics =
        new ValueStatistics(0.3, 0.7 * scale, scale * Math.sqrt(2 * 0.7), 0.35);
    ValueDistribution values = ValueDistribution.ofWeights(statistics);
    DigitStatistics digits = DigitStatistics.differentialWeights(values, 6, 2);
    Random random = new Random(SEED);
    int samples = 400_000;
    double[] magnitude = new double[3];
    double[] square = new double[3];
    for (int i = 0; i < samples; i++) {
      double x =
          random.nextDouble() < 0.3 ? 0 : Math.min(1, -Math.log(random.nextDouble()) * scale);
      int code = (int) Math.round(x * 31);
      for (int slice = 0; slice < 3; slice++) {
        int digit = (code >> (2 * slice)) & 3;
        magnitude[slice] += digit;
        square[slice] += digit * digit;
      }
    }
    assertEquals(3, digits.slices());
    for (int slice = 0; slice < 3; slice++) {
      assertEquals(magnitude[slice] / samples, digits.magnitudeDigit(slice), 0.01);
      assertEquals(square[slice] / samples, digits.squareDigit(slice), 0.02);
      assertEquals(0, digits.meanDigit(slice), 1e-12);
    }
  }

  @Test
  void signedInputsHalveTheActivityOfAPass() {
    ValueStatistics positive = new ValueStatistics(0.2, 0.2, 0.3, 0);
    ValueStatistics both = new ValueStatistics(0.2, 0.2, 0.3, 0.4);
    DigitStatistics one = DigitStatistics.inputs(ValueDistribution.ofInputs(positive), 8, 1);
    DigitStatistics two = DigitStatistics.inputs(ValueDistribution.ofInputs(both), 8, 1);
    assertEquals(one.pulses() / 2, two.pulses(), 1e-12);
    assertEquals(one.valueSquare(), two.valueSquare(), 1e-6);
    assertEquals(0, two.valueMean(), 1e-9);
  }

  @Test
  void missingStatisticsGetTheStatedDefault() {
    ValueStatistics missing = new ValueStatistics(0, 0, 0, 0);
    DigitStatistics inputs = DigitStatistics.inputs(ValueDistribution.ofInputs(missing), 8, 1);
    double rms = Math.sqrt(inputs.valueSquare()) / 255;
    assertEquals(ValueDistribution.DEFAULT_INPUTS.rms(), rms, 1e-3);
    DigitStatistics weights =
        DigitStatistics.differentialWeights(ValueDistribution.ofWeights(missing), 8, 2);
    assertEquals(
        ValueDistribution.DEFAULT_WEIGHTS.rms(), Math.sqrt(weights.valueSquare()) / 127, 1e-3);
  }

  @Test
  void binaryValuesDriveOneRowOfAPair() {
    DigitStatistics binary =
        DigitStatistics.binary(ValueDistribution.ofInputs(new ValueStatistics(0, 1, 1, 0.3)));
    assertEquals(0.7, binary.meanDigit(0), 1e-9);
    assertEquals(0.4, binary.valueMean(), 1e-9);
    assertEquals(1, binary.valueSquare(), 1e-9);
    assertEquals(0.5, binary.pulses());
    assertEquals(0.5, binary.cells().level());
  }

  @Test
  void bordersAndImpossibleStatisticsStayFinite() {
    for (double[] s :
        new double[][] {{0, 1, 1, 0}, {1, 0, 0.1, 0}, {0, 0.5, 0.5, 0}, {0.99, 0.01, 0.1, 1}}) {
      ValueStatistics statistics = new ValueStatistics(s[0], s[1], s[2], s[3]);
      DigitStatistics digits =
          DigitStatistics.inputs(ValueDistribution.ofInputs(statistics), 16, 8);
      assertTrue(Double.isFinite(digits.valueSquare()) && digits.valueSquare() >= 0);
    }
    ValueDistribution any = ValueDistribution.ofInputs(ValueDistribution.DEFAULT_INPUTS);
    assertThrows(IllegalArgumentException.class, () -> DigitStatistics.inputs(any, 17, 1));
    assertThrows(IllegalArgumentException.class, () -> DigitStatistics.inputs(any, 8, 17));
    assertThrows(IllegalArgumentException.class, () -> DigitStatistics.offsetWeights(any, 1, 1));
  }

  private static ValueStatistics statistics(Random random) {
    double zero = 0.8 * random.nextDouble();
    double mean = 0.05 + 0.3 * random.nextDouble();
    double square = mean * mean * (1.3 + 0.6 * random.nextDouble());
    double negative = (1 - zero) * random.nextDouble();
    return new ValueStatistics(zero, mean * (1 - zero), Math.sqrt(square * (1 - zero)), negative);
  }

  @Test
  void slicesCarryWholeValuesTogetherAndTheLastOnesMostOfThem() {
    ValueDistribution x = ValueDistribution.ofInputs(REFERENCE_INPUTS);
    ValueDistribution w = ValueDistribution.ofWeights(REFERENCE_WEIGHTS);
    for (int width : new int[] {1, 2, 4}) {
      for (DigitStatistics digits :
          new DigitStatistics[] {
            DigitStatistics.inputs(x, 8, width),
            DigitStatistics.offsetWeights(w, 8, width),
            DigitStatistics.differentialWeights(w, 8, width)
          }) {
        double all = 0;
        for (int slice = 0; slice < digits.slices(); slice++) {
          all += digits.signalShare(slice);
        }
        assertEquals(1, all, 1e-9, "width " + width);
        double last = digits.signalShare(digits.slices() - 1);
        assertTrue(digits.signalShare(0) < last, "width " + width);
      }
    }
  }

  @Test
  void cellsOfLargeWeightsCountByTheInputsThatTheyMeet() {
    Structure quiet =
        new Structure(Blocks.NONE, Blocks.NONE, Blocks.NONE, List.of(0.25, 0.5, 1.0, 1.2), 1, 1);
    ValueStatistics statistics = new ValueStatistics(0, 0.2, 0.3, 0.5);
    DigitStatistics weights =
        DigitStatistics.differentialWeights(
            ValueDistribution.ofWeights(statistics, quiet, 0), 8, 1);
    // The largest slice is on in weights above a half only, a level below it in smaller ones too.
    int top = weights.slices() - 1;
    CellLevels weighted = weights.inputWeightedCells();
    assertEquals(0.25, weighted.atLevel(top, 1) / weights.cells().atLevel(top, 1), 1e-9);
    double next = weighted.atLevel(top - 1, 1) / weights.cells().atLevel(top - 1, 1);
    assertTrue(next > 0.25 && next < 0.5, () -> "of the next slice " + next);
  }

  @Test
  void theErrorOfTwoValuesEqualsThatOfTheBestTwoOfDrawnValues() {
    Random random = new Random(SEED);
    double[] drawn = new double[100_000];
    double first = 0;
    double second = 0;
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.nextBoolean() ? 0 : Math.min(1, -0.1 * Math.log(1 - random.nextDouble()));
      first += drawn[i] / drawn.length;
      second += drawn[i] * drawn[i] / drawn.length;
    }
    double between = 0;
    for (double threshold = 0.001; threshold < 1; threshold += 0.001) {
      double small = 0;
      double ofSmall = 0;
      for (double x : drawn) {
        small += x < threshold ? 1.0 / drawn.length : 0;
        ofSmall += x < threshold ? x / drawn.length : 0;
      }
      double apart = ofSmall - small * first;
      between = Math.max(between, apart * apart / (small * (1 - small) + 1e-12));
    }
    double missed = (second - first * first) / between - 1;
    ValueStatistics positive = new ValueStatistics(0.5, 0.05, Math.sqrt(0.01), 0);
    assertEquals(
        missed, ValueDistribution.ofInputs(positive, Structure.NONE, 8).missedByTwo(), 0.05);
    // Of both signs: E[x²]/E[|x|]² − 1.
    ValueStatistics both = new ValueStatistics(0, 0.2, 0.3, 0.5);
    assertEquals(1.25, ValueDistribution.ofInputs(both, Structure.NONE, 8).missedByTwo(), 0.01);
    // Networks whose values were not measured are taken to be trained with two.
    assertEquals(0, ValueDistribution.ofInputs(both).missedByTwo());
  }
}
