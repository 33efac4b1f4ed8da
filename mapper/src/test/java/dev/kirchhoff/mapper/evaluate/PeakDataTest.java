package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Operation.PeakData;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.mapping.PeakState;
import dev.kirchhoff.peripherals.Action;
import org.junit.jupiter.api.Test;

/** Peak figures of signed inputs. */
class PeakDataTest {
  private static final PeakData SIGNED = new PeakData(0.5, 0.5, 0.3);

  private static PeakState peak(Designs designs, PeakData data) {
    designs.peakData = data;
    return PeakState.of(designs.design(), ArrayUse.of(designs.design()));
  }

  private static Evaluation evaluate(Designs designs, PeakData data) {
    designs.peakData = data;
    return new Evaluator(HandPrices::plain).evaluate(designs.design());
  }

  @Test
  void signedInputsInTwoPassesAreConvertedTwiceAndDriveRowsOnce() {
    Designs designs = new Designs();
    PeakState once = peak(designs, PeakData.UNIFORM);
    PeakState twice = peak(designs, SIGNED);
    assertEquals(once.macs(), twice.macs());
    assertEquals(2 * once.passes(), twice.passes());
    for (Action action :
        new Action[] {
          Action.ARRAY_PASS,
          Action.CONVERSION,
          Action.COLUMN_SETTLE,
          Action.WORDLINE,
          Action.SHIFT_ADD,
          Action.INPUT_REGISTER_READ_BIT
        }) {
      assertEquals(count(once, action) * 2, count(twice, action), 1e-6, action.name());
    }
    for (Action action :
        new Action[] {
          Action.ROW_PULSE, Action.CELL_READ, Action.PRODUCT, Action.OUTPUT_REGISTER_WRITE_BIT
        }) {
      assertEquals(count(once, action), count(twice, action), 1e-6, action.name());
    }
  }

  @Test
  void pulsesOfASignedDigitByHand() {
    Designs designs = new Designs();
    designs.bitsPerPulse = 2;
    // 4 pulses of 8 bits, 128 rows, 8 crossbars; a digit of two bits is zero with 0.75^2.
    double pulses = 4 * 128 * 8 * (1 - 0.75 * 0.75);
    assertEquals(
        pulses, count(peak(designs, new PeakData(0.25, 0.5, 0.01)), Action.ROW_PULSE), 1e-9);
  }

  @Test
  void signedInputsHalvePeakThroughputUnlessLinesHaveBothPolarities() {
    Designs designs = new Designs();
    Totals once = evaluate(designs, PeakData.UNIFORM).totals();
    Totals twice = evaluate(designs, SIGNED).totals();
    assertEquals(once.value(Metric.PEAK_TOPS) / 2, twice.value(Metric.PEAK_TOPS), 1e-12);
    assertTrue(twice.value(Metric.PEAK_TOPS_PER_W) < once.value(Metric.PEAK_TOPS_PER_W));
    designs.sign = Input.Sign.BIPOLAR;
    assertEquals(
        evaluate(designs, PeakData.UNIFORM).totals().value(Metric.PEAK_TOPS_PER_W),
        evaluate(designs, SIGNED).totals().value(Metric.PEAK_TOPS_PER_W));
    designs.sign = Input.Sign.SECOND_PASS;
    designs.cellBits = 1;
    designs.weights = new WeightEncoding(Encoding.XNOR, false, false, false);
    assertEquals(
        evaluate(designs, PeakData.UNIFORM).totals().value(Metric.PEAK_TOPS),
        evaluate(designs, SIGNED).totals().value(Metric.PEAK_TOPS));
  }

  @Test
  void theBasisStatesSignsAndShares() {
    Designs designs = new Designs();
    assertEquals(
        "1 MAC = 2 operations; peak state: P(1) = 0.5, uniform weights",
        evaluate(designs, PeakData.UNIFORM).basis().remarks());
    assertEquals(
        "1 MAC = 2 operations; peak state: P(1) = 0.25 of inputs, 0.6 of weights, signed inputs",
        evaluate(designs, new PeakData(0.25, 0.6, 0.5)).basis().remarks());
  }

  @Test
  void peakFiguresOfUnsignedInputsAreWarnedAboutBesideSignedNetworks() {
    Designs designs = new Designs();
    designs.runs(Designs.signed());
    assertTrue(warns(evaluate(designs, PeakData.UNIFORM)));
    assertTrue(!warns(evaluate(designs, SIGNED)));
    // One signed layer of many.
    designs.runs(Designs.resNet18());
    assertTrue(!warns(evaluate(designs, PeakData.UNIFORM)));
  }

  private static boolean warns(Evaluation evaluation) {
    return evaluation.warnings().stream()
        .anyMatch(warning -> warning.contains("operation.peakData.negative"));
  }

  private static double count(PeakState peak, Action action) {
    return peak.actions().of(action);
  }
}
