package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.device.Curvature;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.CurvedPulses;
import dev.kirchhoff.mapper.noise.LayerNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cells whose current is curved over the inputs' voltages: closed form against drawn products. */
class CurvedCellsTest {
  private static final long SEED = 20261127;
  private static final int INPUTS = 256;
  private static final int OUTPUTS = 64;
  private static final int VECTORS = 256;
  private static final int BITS = 6;
  private static final double LEAST_DB = 6;
  private static final double MOST_DB = 40;
  private static final ValueStatistics UNSIGNED = new ValueStatistics(0.4, 0.15, 0.25, 0);
  private static final ValueStatistics SIGNED = new ValueStatistics(0.4, 0.15, 0.25, 0.3);
  private static final ValueStatistics UNIFORM = new ValueStatistics(0, 0.5, 0.57735, 0);
  private static final DrawnProducts PRODUCTS =
      new DrawnProducts(INPUTS, OUTPUTS, VECTORS, BITS, SEED);

  private static TestChips chip(WeightEncoding encoding, int bitsPerPulse, double curvature) {
    TestChips chip = new TestChips();
    chip.weights = encoding;
    chip.rows = 128;
    chip.rowsActive = 128;
    chip.columns = 512;
    chip.bitsPerPulse = bitsPerPulse;
    chip.curvature = curvature;
    chip.range = Readout.Range.CALIBRATED;
    return chip;
  }

  private static double estimated_dB(TestChips chip, ValueStatistics statistics) {
    LayerNoise noise = PRODUCTS.noise(chip, statistics);
    double all = noise.quantisation() + noise.clipping() + noise.byReadout().curvature();
    return -10 * Math.log10(Math.max(1e-12, all));
  }

  private static double simulated_dB(TestChips chip, ValueStatistics statistics) {
    return PRODUCTS.snr_dB(chip, statistics, Set.of(NonIdeality.CONVERTER, NonIdeality.CURVATURE));
  }

  /** Columns of a pair that are converted one by one round errors of half a level apart. */
  private static double within_dB(TestChips chip) {
    return chip.weights.subtractsCodes() ? 3.5 : 2;
  }

  private static void compare(TestChips chip, ValueStatistics statistics, List<String> apart) {
    double simulated = simulated_dB(chip, statistics);
    double estimated = estimated_dB(chip, statistics);
    boolean listens = simulated > LEAST_DB && simulated < MOST_DB;
    if (listens && Math.abs(estimated - simulated) > within_dB(chip)) {
      apart.add(
          String.format(
              Locale.ROOT,
              "%s, %d bits a pulse, %s combined, curvature %.2f, %d bits %s, %s: simulated %.1f dB,"
                  + " estimated %.1f",
              chip.weights,
              chip.bitsPerPulse,
              chip.combine,
              chip.curvature,
              chip.adcBits,
              chip.range,
              statistics,
              simulated,
              estimated));
    }
  }

  private static WeightEncoding combined(Encoding encoding, OptionalInt cells) {
    return new WeightEncoding(encoding, false, false, false, cells, 0, 0);
  }

  @Test
  @Tag("slow")
  void curvatureCostsWhatItCostsDrawnProducts() {
    List<String> apart = new ArrayList<>();
    List<WeightEncoding> encodings =
        List.of(
            TestChips.OFFSET,
            TestChips.FLIPPED,
            TestChips.PAIR,
            TestChips.ROW_PAIR,
            TestChips.DIGITAL_PAIR,
            combined(Encoding.OFFSET, OptionalInt.of(2)),
            combined(Encoding.DIFFERENTIAL, OptionalInt.empty()));
    for (WeightEncoding encoding : encodings) {
      for (int bitsPerPulse : new int[] {2, 4, 6}) {
        for (double curvature : new double[] {-0.15, 0.1, 0.5}) {
          for (int adcBits : new int[] {5, 9}) {
            TestChips chip = chip(encoding, bitsPerPulse, curvature);
            chip.adcBits = adcBits;
            compare(chip, UNSIGNED, apart);
          }
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  @Test
  void signsAndOtherValuesAndCombinedPulsesDoToo() {
    List<String> apart = new ArrayList<>();
    for (WeightEncoding encoding : List.of(TestChips.OFFSET, TestChips.PAIR)) {
      for (double curvature : new double[] {0.1, 0.5}) {
        for (ValueStatistics statistics : List.of(SIGNED, UNIFORM)) {
          TestChips chip = chip(encoding, 3, curvature);
          compare(chip, statistics, apart);
          chip.sign = Input.Sign.BIPOLAR;
          compare(chip, statistics, apart);
        }
        TestChips chip = chip(encoding, 2, curvature);
        chip.combine = OptionalInt.of(2);
        compare(chip, UNSIGNED, apart);
        chip.combine = OptionalInt.empty();
        compare(chip, UNSIGNED, apart);
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  @Test
  void pulsesOfOneVoltageDoNotMeetIt() {
    for (Input.Encoding encoding : Input.Encoding.values()) {
      for (int bitsPerPulse = 1; bitsPerPulse <= 3; bitsPerPulse++) {
        TestChips chip = chip(TestChips.PAIR, bitsPerPulse, 0.5);
        chip.input = encoding;
        boolean isAmplitude =
            encoding == Input.Encoding.AMPLITUDE
                || encoding == Input.Encoding.BIT_SERIAL && bitsPerPulse > 1;
        double ratio = PRODUCTS.noise(chip, UNSIGNED).byReadout().curvature();
        assertEquals(isAmplitude, ratio > 0, encoding + " " + bitsPerPulse);
        TestChips straight = chip(TestChips.PAIR, bitsPerPulse, 0);
        straight.input = encoding;
        double loss = simulated_dB(straight, UNSIGNED) - simulated_dB(chip, UNSIGNED);
        assertEquals(isAmplitude, loss > 0, encoding + " " + bitsPerPulse);
      }
    }
  }

  @Test
  void theErrorOfATwoBitInputByHand() {
    // x of 0 .. 3 equally likely: h = x³/9 = 0, 1/9, 8/9, 3. var(x) = 5/4, cov(x, h) = 98/36 − 3/2,
    // var(h) = 794/324 − 1, c = 1/2.
    double covariance = 98 / 36.0 - 1.5;
    double ofCubes = 794 / 324.0 - 1;
    double gain = (1.25 + covariance / 2) / (1.25 + covariance + ofCubes / 4);
    assertEquals(gain, CurvedPulses.gain(0.5, 1.25, covariance, ofCubes), 1e-12);
    CurvedPulses pulses = new CurvedPulses(2);
    assertEquals(8 / 9.0, pulses.cube(2), 1e-12);
    // Two pulses that are combined: 0b1101 is 3 and 1, 4 · 3 + 1/9.
    assertEquals(12 + 1 / 9.0, pulses.cube(0b1101), 1e-12);
  }

  @Test
  void moreVoltageOfACurvedDeviceIsMoreError() {
    double less = 0;
    for (double v = 0.05; v < 0.5; v *= 2) {
      TestChips chip = chip(TestChips.PAIR, 4, new Curvature(0.11, 0.2).at(v));
      double ratio = PRODUCTS.noise(chip, UNSIGNED).byReadout().curvature();
      assertTrue(ratio > 2 * less, v + " V: " + ratio);
      less = ratio;
    }
  }
}
