package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetworkAccuracyTest {
  private static final long SEED = 20261125;
  private static final double DAY_S = 86_400;

  /** By hand: 100 items, 90 right as trained, 6 lost, 2 gained, 91 decided as before. */
  @Test
  void aCountGivesAccuracyAndLossWithIntervals() {
    PairedCount count = new PairedCount(100, 1, 91, 90, 6, 2);
    assertEquals(0.91, count.agreement(), 1e-12);
    assertEquals(Confidence.of(91, 100, 0.95), count.agreementInterval());
    assertEquals(0.86, count.judged().orElseThrow().accuracy(), 1e-12);
    assertEquals(Confidence.of(86, 100, 0.95), count.judged().orElseThrow().accuracyInterval());
    assertEquals(0.04, count.judged().orElseThrow().loss(), 1e-12);
    // p = 7/102, q = 3/102, p - q = 0.039216, half = 1.959964 sqrt((0.098039 - 0.001538)/102)
    assertEquals(0.039216 - 0.060286, count.judged().orElseThrow().lossInterval().low(), 1e-5);
    assertEquals(0.039216 + 0.060286, count.judged().orElseThrow().lossInterval().high(), 1e-5);
  }

  /** Chips share their items: more of them make the interval no narrower. */
  @Test
  void chipsDoNotMultiplyTheItems() {
    PairedCount one = new PairedCount(100, 1, 91, 90, 6, 2);
    PairedCount four = new PairedCount(100, 4, 364, 360, 24, 8);
    assertEquals(one.judged().orElseThrow().accuracy(), four.judged().orElseThrow().accuracy());
    assertEquals(
        one.judged().orElseThrow().accuracyInterval(),
        four.judged().orElseThrow().accuracyInterval());
    assertEquals(
        one.judged().orElseThrow().lossInterval(), four.judged().orElseThrow().lossInterval());
  }

  @Test
  void anIntervalHoldsItsFigureAndIsNarrowerThanThatOfAnAccuracyWhereFewItemsChange() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 2000; trial++) {
      int items = 1 + random.nextInt(500);
      int trained = random.nextInt(items + 1);
      int lost = random.nextInt(trained + 1);
      int gained = random.nextInt(items - trained + 1);
      PairedCount count = new PairedCount(items, 1, items - lost - gained, trained, lost, gained);
      Confidence loss = count.judged().orElseThrow().lossInterval();
      assertTrue(
          loss.low() <= count.judged().orElseThrow().loss()
              && count.judged().orElseThrow().loss() <= loss.high(),
          "seed " + SEED);
      Confidence accuracy = count.judged().orElseThrow().accuracyInterval();
      double rounding = 1e-12;
      assertTrue(
          accuracy.low() <= count.judged().orElseThrow().accuracy() + rounding, "seed " + SEED);
      assertTrue(
          accuracy.high() >= count.judged().orElseThrow().accuracy() - rounding, "seed " + SEED);
    }
    PairedCount few = new PairedCount(200, 1, 195, 180, 4, 1);
    Confidence loss = few.judged().orElseThrow().lossInterval();
    Confidence accuracy = few.judged().orElseThrow().accuracyInterval();
    assertTrue(loss.high() - loss.low() < 0.75 * (accuracy.high() - accuracy.low()));
  }

  /** The share of intervals that hold the loss that the items were drawn with. */
  @Test
  void theIntervalOfTheLossHoldsItNearlyAlways() {
    SplittableRandom random = new SplittableRandom(SEED);
    int held = 0;
    int trials = 4000;
    for (int trial = 0; trial < trials; trial++) {
      int lost = 0;
      int gained = 0;
      for (int i = 0; i < 200; i++) {
        double u = random.nextDouble();
        lost += u < 0.05 ? 1 : 0;
        gained += u > 0.99 ? 1 : 0;
      }
      Confidence loss =
          new PairedCount(200, 1, 0, 200 - gained, lost, gained)
              .judged()
              .orElseThrow()
              .lossInterval();
      held += loss.low() <= 0.04 && 0.04 <= loss.high() ? 1 : 0;
    }
    assertEquals(0.95, (double) held / trials, 0.02, "seed " + SEED);
  }

  @Test
  void countsThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PairedCount(0, 1, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new PairedCount(10, 1, 4, 5, 6, 0));
    assertThrows(IllegalArgumentException.class, () -> new PairedCount(10, 1, 7, 8, 0, 3));
    assertThrows(IllegalArgumentException.class, () -> new PairedCount(10, 1, 11, 8, 0, 0));
  }

  /** Without labels the same decisions are kept, and nothing is said of right ones. */
  @Test
  void itemsWithoutLabelsAreJudgedByTheExactNetwork() throws Exception {
    DataSet test = ShippedData.sequenceTest();
    NetworkAccuracy unlabelled =
        new NetworkAccuracy(
            SplitNetwork.of(TrainedNetworks.bytes("sequence-lstm"), Map.of()),
            items(ShippedData.sequenceCalibration(), 10),
            items(test, 8),
            Optional.empty(),
            1,
            1);
    CrossbarModel chip = coarse().model();
    PairedCount count = unlabelled.of(chip, NetworkAccuracyTest::eight, DAY_S, 1);
    assertEquals(lstm().of(chip, NetworkAccuracyTest::eight, DAY_S, 1).kept(), count.kept());
    assertTrue(count.judged().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new PairedCount(10, 1, 11));
  }

  private static List<float[]> items(DataSet data, int count) {
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] item = new float[data.valuesPerSample()];
      data.copy(i, item, 0);
      items.add(item);
    }
    return items;
  }

  private static NetworkAccuracy lstm() throws Exception {
    DataSet test = ShippedData.sequenceTest();
    return new NetworkAccuracy(
        SplitNetwork.of(TrainedNetworks.bytes("sequence-lstm"), Map.of()),
        items(ShippedData.sequenceCalibration(), 10),
        items(test, 8),
        test.labels(),
        1,
        1);
  }

  private static Precision eight(String layer) {
    return new Precision(8, 8, 8);
  }

  private static TestChips coarse() {
    TestChips chip = new TestChips();
    chip.range = Readout.Range.CALIBRATED;
    chip.adcBits = 4;
    chip.variation = 2;
    chip.segment_ohm = 1;
    chip.driver_ohm = 100;
    return chip;
  }

  /** A second opinion: the decisions of one simulation of the same draw. */
  @Test
  void countsAreThoseOfASimulationForAnyNumberOfThreads() throws Exception {
    NetworkAccuracy accuracy = lstm();
    CrossbarModel chip = coarse().model();
    PairedCount count = accuracy.of(chip, NetworkAccuracyTest::eight, DAY_S, 1);
    assertEquals(count, accuracy.of(chip, NetworkAccuracyTest::eight, DAY_S, 2));
    DataSet test = ShippedData.sequenceTest();
    QuantisedNetwork quantised =
        QuantisedNetwork.of(
            SplitNetwork.of(TrainedNetworks.bytes("sequence-lstm"), Map.of()),
            chip,
            NetworkAccuracyTest::eight,
            items(ShippedData.sequenceCalibration(), 10));
    List<float[]> items = items(test, 8);
    List<Integer> trained = quantised.runFloat(items, 1).classes();
    Classification found =
        FunctionalSimulation.sampled(quantised, chip, SimulationOptions.of(1, DAY_S), 1)
            .run(items, 1);
    assertEquals(found.accuracy(test::label), count.judged().orElseThrow().accuracy());
    int kept = 0;
    for (int i = 0; i < trained.size(); i++) {
      kept += trained.get(i).equals(found.classes().get(i)) ? 1 : 0;
    }
    assertEquals(kept, count.kept());
  }

  /** Figures that decide prices alone are not in a model; what products depend on is. */
  @Test
  void chipsThatDifferInPricesHaveEqualModelsAndOthersHaveNot() throws Exception {
    CrossbarModel chip = coarse().model();
    TestChips priced = coarse();
    priced.pricedOtherwise = true;
    assertEquals(chip, priced.model());
    NetworkAccuracy accuracy = lstm();
    PairedCount count = accuracy.of(chip, NetworkAccuracyTest::eight, DAY_S, 1);
    assertEquals(count, accuracy.of(priced.model(), NetworkAccuracyTest::eight, DAY_S, 1));
    TestChips finer = coarse();
    finer.adcBits = 5;
    assertNotEquals(chip, finer.model());
    TestChips wired = coarse();
    wired.segment_ohm = 2;
    assertNotEquals(chip, wired.model());
  }
}
