package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.ConverterModel;
import dev.kirchhoff.mapper.column.ConverterRange;
import dev.kirchhoff.peripherals.ReadoutErrors;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Noise and offset of ranges narrower than circuits are sized for: closed form, drawn chips. */
class LargestGainTest {
  private static final ValueStatistics INPUTS = new ValueStatistics(0.4, 0.15, 0.25, 0);
  private static final EnumSet<NonIdeality> READOUT =
      EnumSet.of(NonIdeality.CONVERTER, NonIdeality.READOUT);
  private static final double WITHIN_DB = 2;

  /** Below, sums are all but lost; above, a rare sum beyond a range decides. */
  private static final double LEAST_DB = 3;

  private static final double MOST_DB = 25;

  /** 64 rows, 6 bits: the full range of 64 levels in 63 steps, the one of gain 4 in 63 of 1/4. */
  @Test
  void ownErrorsFallWithTheRangeAsFarAsTheGain() {
    ErrorBudget errors = new ErrorBudget(0.09, 0.2, 0, 0);
    Readout readout = new Readout(ReadoutKind.SAR, 6, Readout.Range.CALIBRATED, 8, null);
    ConverterModel model = ConverterModel.of(readout, new ReadoutErrors(errors, 1, 0, 4));
    ConverterRange range = ConverterRange.of(model);
    double full = 64 * 64 / (63.0 * 63);
    double narrowest = range.narrowestStepSquare(64);
    assertEquals(full, range.ownStepSquare(full, narrowest), 1e-12);
    assertEquals(full / 9, range.ownStepSquare(full / 9, narrowest), 1e-12);
    assertEquals(full / 16, range.ownStepSquare(full / 100, narrowest), 1e-12);
    assertEquals(0.04 * full / 16, range.offsetVariance(range.ownStepSquare(0, narrowest)), 1e-12);
  }

  @Test
  void drawnChipsOfEveryGainAreAsGoodAsTheClosedFormSays() {
    List<String> apart = new ArrayList<>();
    for (WeightEncoding weights :
        List.of(TestChips.OFFSET, TestChips.PAIR, TestChips.DIGITAL_PAIR)) {
      for (int bits = 5; bits <= 8; bits += 3) {
        double before = Double.NEGATIVE_INFINITY;
        for (double gain : new double[] {1, 2, 4, 8, Double.POSITIVE_INFINITY}) {
          TestChips chip = new TestChips();
          chip.weights = weights;
          chip.rows = 128;
          chip.rowsActive = 128;
          chip.columns = 512;
          chip.adcBits = bits;
          chip.range = Readout.Range.CALIBRATED;
          chip.gain = gain;
          chip.noise_steps = 0.4;
          chip.mismatch = new ConverterMismatch(0.3, 0, 0);
          DrawnProducts products = new DrawnProducts(256, 16, 48, 6, 20261201);
          double simulated = products.snr_dB(chip, INPUTS, READOUT);
          double estimated = products.estimated_dB(chip, INPUTS, READOUT);
          String where =
              String.format(
                  Locale.ROOT,
                  "%s, %d bits, gain %.0f: simulated %.1f dB, estimated %.1f",
                  weights,
                  bits,
                  gain,
                  simulated,
                  estimated);
          boolean listens = simulated > LEAST_DB && simulated < MOST_DB;
          if (listens && Math.abs(simulated - estimated) > WITHIN_DB) {
            apart.add(where);
          }
          assertTrue(estimated >= before - 0.3, where);
          before = estimated;
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }
}
