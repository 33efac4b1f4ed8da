package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.Models;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Networks on simulated chips, against what they are known to predict. */
class FunctionalSimulationTest {
  private static final Precision EIGHT = new Precision(8, 8, 8);
  private static GoldenNetworks digits;
  private static GoldenNetworks fashion;

  @BeforeAll
  static void read() throws Exception {
    digits = GoldenNetworks.digits();
    fashion = GoldenNetworks.fashion();
  }

  private static QuantisedNetwork quantised(GoldenNetworks golden, TestChips chip, int bits) {
    return QuantisedNetwork.of(
        golden.network(),
        chip.model(),
        layer -> new Precision(bits, bits, bits),
        golden.items().subList(0, 100));
  }

  private static TestChips lossless() {
    TestChips chip = new TestChips();
    chip.rows = 128;
    chip.columns = 128;
    chip.rowsActive = 128;
    chip.adcBits = 14;
    return chip;
  }

  @Test
  void theDigitsNetworkGivesItsKnownPredictions() {
    QuantisedNetwork network = quantised(digits, lossless(), 8);
    Classification inFloat = network.runFloat(digits.items(), 1);
    assertEquals(digits.predictions(), GoldenNetworks.predictions(inFloat));
    assertEquals(1784, inFloat.right(digits.labels()::get));
    // Eight bits change a handful of 1,797 at most.
    assertEquals(1784, network.run(digits.items(), 1).right(digits.labels()::get), 5);
  }

  @Test
  void theFashionNetworkGivesItsKnownPredictions() {
    QuantisedNetwork network = quantised(fashion, lossless(), 8);
    Classification inFloat = network.runFloat(fashion.items(), 1);
    assertEquals(fashion.predictions(), GoldenNetworks.predictions(inFloat));
    int expected = inFloat.right(fashion.labels()::get);
    assertEquals(expected, network.run(fashion.items(), 1).right(fashion.labels()::get), 3);
  }

  @Test
  void idealHardwareIsTheQuantisedNetwork() {
    for (GoldenNetworks golden : List.of(digits, fashion)) {
      TestChips chip = lossless();
      QuantisedNetwork network = quantised(golden, chip, 8);
      SimulationOptions options =
          SimulationOptions.of(1, 1).with(EnumSet.of(NonIdeality.CONVERTER));
      FunctionalSimulation simulation = FunctionalSimulation.of(network, chip.model(), options);
      assertEquals(
          network.run(golden.items(), 1).outputs(), simulation.run(golden.items(), 1).outputs());
      for (LayerError layer : simulation.layers(inputs(golden), 1)) {
        assertEquals(LayerError.MOST_DB, layer.snr_dB(), layer.layer());
        assertTrue(layer.signal() > 0);
      }
    }
  }

  @Test
  void oneAndTwoThreadsPredictTheSameBitForBit() {
    TestChips chip = harsh();
    QuantisedNetwork network = quantised(digits, chip, 6);
    SimulationOptions options = SimulationOptions.of(11, 3600);
    FunctionalSimulation simulation = FunctionalSimulation.of(network, chip.model(), options);
    Classification one = simulation.run(digits.items(), 1);
    assertEquals(one, simulation.run(digits.items(), 2));
    FunctionalSimulation again = FunctionalSimulation.of(network, chip.model(), options);
    assertEquals(one, again.run(digits.items(), 2));
    assertEquals(simulation.layers(inputs(digits), 1), again.layers(inputs(digits), 2));
    // The first items do not know how many follow.
    assertEquals(
        one.outputs().subList(0, 64), again.run(digits.items().subList(0, 64), 1).outputs());
    assertNotEquals(
        one.outputs(),
        FunctionalSimulation.of(network, chip.model(), options.withDraw(1))
            .run(digits.items(), 2)
            .outputs());
  }

  @Test
  void aLayerIsMeasuredWithoutWhatItInherits() {
    CrossbarModel chip = harsh().model();
    List<FunctionalSimulation> simulations = new ArrayList<>();
    for (int bits : new int[] {6, 2}) {
      QuantisedNetwork network =
          QuantisedNetwork.of(
              digits.network(),
              chip,
              layer ->
                  layer.equals(digits.network().layers().get(0).name())
                      ? new Precision(bits, bits, bits)
                      : new Precision(6, 6, 6),
              digits.items().subList(0, 100));
      simulations.add(FunctionalSimulation.of(network, chip, SimulationOptions.of(11, 3600)));
    }
    List<LayerError> fine = simulations.get(0).layers(inputs(digits), 1);
    List<LayerError> coarse = simulations.get(1).layers(inputs(digits), 1);
    assertNotEquals(fine.get(0), coarse.get(0));
    assertEquals(fine.get(1), coarse.get(1));
    // A chip of which a sample of vectors is read has the same cells.
    assertEquals(
        fine,
        FunctionalSimulation.sampled(
                quantised(digits, harsh(), 6), chip, SimulationOptions.of(11, 3600), 1)
            .layers(inputs(digits), 1));
  }

  private static CalibrationInputs inputs(GoldenNetworks golden) {
    return CalibrationInputs.of(golden.network(), golden.items());
  }

  @Test
  void aStudyTellsEachItemOfEachChipOnce() {
    TestChips chip = harsh();
    LongAdder told = new LongAdder();
    List<float[]> items = digits.items().subList(0, 100);
    AccuracyStudy study =
        new AccuracyStudy(
            quantised(digits, chip, 6),
            chip.model(),
            items,
            Optional.empty(),
            new AccuracyStudy.Settings(11, 2, 2),
            told::add);
    assertEquals(1, study.trained().agreement());
    assertTrue(study.quantised().agreement() > 0.8);
    assertEquals(0, told.sum());
    study.all(3600);
    assertEquals(200, told.sum());
    study.without(NonIdeality.values()[0], 3600);
    assertEquals(400, told.sum());
  }

  private static TestChips harsh() {
    TestChips chip = new TestChips();
    chip.range = Readout.Range.CALIBRATED;
    chip.adcBits = 5;
    chip.segment_ohm = 2;
    chip.driver_ohm = 100;
    chip.frontEnd_ohm = 50;
    chip.lostBits = 0.5;
    chip.virtualGround_V = 2e-4;
    return chip;
  }

  private static double accuracy(TestChips chip, SimulationOptions options, int bits) {
    QuantisedNetwork network = quantised(digits, chip, bits);
    double sum = 0;
    int draws = 3;
    for (int draw = 0; draw < draws; draw++) {
      sum +=
          FunctionalSimulation.of(network, chip.model(), options.withDraw(draw))
              .run(digits.items(), 1)
              .accuracy(digits.labels()::get);
    }
    return sum / draws;
  }

  @Test
  void whatHurtsMoreCostsMore() {
    TestChips chip = harsh();
    Set<NonIdeality> some =
        EnumSet.of(NonIdeality.CONVERTER, NonIdeality.PROGRAMMING, NonIdeality.WIRES);
    SimulationOptions options = SimulationOptions.of(3, 1).with(some);
    double before = 1;
    for (int bits : new int[] {6, 4, 3, 2}) {
      chip.adcBits = bits;
      double now = accuracy(chip, options, 6);
      assertTrue(now <= before + 0.01, bits + " bits: " + now + " after " + before);
      before = now;
    }
    chip.adcBits = 6;
    before = 1;
    for (double ohm : new double[] {0, 5, 40}) {
      chip.segment_ohm = ohm;
      double now = accuracy(chip, options, 6);
      assertTrue(now <= before + 0.01, ohm + " ohm: " + now + " after " + before);
      before = now;
    }
  }

  @Test
  void driftCostsLessWhenItIsCompensated() {
    TestChips chip = new TestChips();
    chip.device = "pcm-gst-joshi2020";
    chip.cellBits = 4;
    chip.range = Readout.Range.CALIBRATED;
    chip.adcBits = 8;
    Set<NonIdeality> effects =
        EnumSet.of(NonIdeality.CONVERTER, NonIdeality.PROGRAMMING, NonIdeality.AGEING);
    double year_s = 3.15e7;
    SimulationOptions compensated = SimulationOptions.of(5, year_s).with(effects);
    SimulationOptions raw =
        new SimulationOptions(5, 0, year_s, effects, SimulationOptions.Compensation.NONE);
    double young = accuracy(chip, compensated.at(20), 5);
    double old = accuracy(chip, compensated, 5);
    assertTrue(old <= young + 0.005, young + " after 20 s, " + old + " after a year");
    // A gain on all layers alike leaves the order of a perceptron's outputs: what compensation
    // saves shows in the products.
    assertTrue(snr(chip, raw) + 3 < snr(chip, compensated));
  }

  @Test
  void rangesFollowTheOutputsOfEarlierLayers() {
    TestChips chip = new TestChips();
    chip.range = Readout.Range.CALIBRATED;
    chip.adcBits = 4;
    SimulationOptions options = SimulationOptions.of(7, 1).with(EnumSet.of(NonIdeality.CONVERTER));
    FunctionalSimulation clean =
        FunctionalSimulation.of(quantised(digits, chip, 6), chip.model(), options);
    // Gains that differ by four times what they are make the first layer's outputs larger.
    chip.mismatch = new ConverterMismatch(0, 4, 0);
    FunctionalSimulation shifted =
        FunctionalSimulation.of(quantised(digits, chip, 6), chip.model(), options);
    SimulatedConverter before = clean.matrices().get(0).get(0).ranges().converter(0, 0);
    assertEquals(before, shifted.matrices().get(0).get(0).ranges().converter(0, 0));
    SimulatedConverter narrow = clean.matrices().get(1).get(0).ranges().converter(0, 5);
    SimulatedConverter wide = shifted.matrices().get(1).get(0).ranges().converter(0, 5);
    assertTrue(
        wide.step() * wide.codes() > 1.2 * narrow.step() * narrow.codes(), narrow + ", " + wide);
  }

  private static double snr(TestChips chip, SimulationOptions options) {
    return FunctionalSimulation.of(quantised(digits, chip, 5), chip.model(), options)
        .layers(CalibrationInputs.of(digits.network(), digits.items().subList(0, 256)), 1)
        .get(0)
        .snr_dB();
  }

  @Test
  void wilsonsIntervalIsTheOneOfTheTables() {
    // 81 of 263: 0.2553 to 0.3662 (Newcombe, Stat. Med. 17 (1998) 857-872, table I).
    Confidence interval = Confidence.of(81, 263, 0.95);
    assertEquals(0.2553, interval.low(), 5e-5);
    assertEquals(0.3662, interval.high(), 5e-5);
    assertEquals(0, Confidence.of(0, 20, 0.95).low(), 1e-12);
  }

  private static float[] random(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static List<float[]> items(Random random, int count, int size) {
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(random(random, size));
    }
    return items;
  }

  private static long size(long[] dims) {
    return Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  /** A network of one operator with random weights. */
  private static SplitNetwork network(
      Random random,
      String operator,
      List<Object> dims,
      List<long[]> weights,
      AttributeProto... attributes)
      throws Exception {
    Models models = new Models().input("x", dims.toArray());
    List<String> inputs = new ArrayList<>(List.of("x"));
    weights.forEach(of -> inputs.add(models.values(of, random(random, (int) size(of)))));
    return SplitNetwork.of(models.bytes(models.node(operator, inputs, attributes)), Map.of());
  }

  /** A recurrent cell of five inputs over six steps. */
  private static SplitNetwork cell(Random random, String operator, int hidden) throws Exception {
    long gates = hidden * (operator.equals("GRU") ? 3 : operator.equals("RNN") ? 1 : 4);
    return network(
        random,
        operator,
        List.of(6, 1, 5),
        List.of(new long[] {1, gates, 5}, new long[] {1, gates, hidden}, new long[] {1, 2 * gates}),
        Models.whole("hidden_size", hidden));
  }

  @Test
  void positionsOfKernelsThatLieApartMultiplyExactlyToo() throws Exception {
    Random random = new Random(3);
    SplitNetwork conv =
        network(random, "Conv", List.of("N", 20, 7, 7), List.of(new long[] {6, 20, 3, 3}));
    List<float[]> items = items(random, 70, 20 * 49);
    TestChips chip = new TestChips();
    chip.rows = 16;
    chip.rowsActive = 8;
    chip.adcBits = 10;
    chip.kernelsApart = true;
    QuantisedNetwork network =
        QuantisedNetwork.of(conv, chip.model(), layer -> EIGHT, items.subList(0, 10));
    SimulationOptions options = SimulationOptions.of(1, 1).with(EnumSet.of(NonIdeality.CONVERTER));
    Classification apart = FunctionalSimulation.of(network, chip.model(), options).run(items, 1);
    assertEquals(network.run(items, 1).outputs(), apart.outputs());
    // 20 channels take a block of 16 and one of 4, read in groups of 8, 8 and 4, at 9 positions;
    // 6 outputs of 8 columns lie side by side.
    QuantisedLayer layer = network.layers().get(0);
    assertEquals(9, layer.positions());
    ProgrammedMatrix matrix =
        ProgrammedMatrix.write(chip.model(), options, layer, 0, RandomKey.of(1));
    assertEquals(9 * 3, matrix.groups().size());
    chip.kernelsApart = false;
    matrix = ProgrammedMatrix.write(chip.model(), options, layer, 0, RandomKey.of(1));
    // 180 inputs unrolled: 11 blocks of two groups and one of 4 rows.
    assertEquals(23, matrix.groups().size());
    chip.adcBits = 3;
    Classification unrolled = FunctionalSimulation.of(network, chip.model(), options).run(items, 1);
    chip.kernelsApart = true;
    apart = FunctionalSimulation.of(network, chip.model(), options).run(items, 1);
    assertNotEquals(unrolled.outputs(), apart.outputs());
  }

  @Test
  void recurrentNetworksRunOnCrossbarsStepAfterStep() throws Exception {
    Random random = new Random(4);
    int hidden = 9;
    for (String operator : List.of("GRU", "RNN", "LSTM")) {
      SplitNetwork recurrent = cell(random, operator, hidden);
      assertEquals(
          List.of(operator + "_0/input", operator + "_0/recurrent"),
          recurrent.layers().stream().map(MatrixLayer::name).toList());
      List<float[]> items = items(random, 40, 30);
      TestChips chip = lossless();
      QuantisedNetwork network =
          QuantisedNetwork.of(recurrent, chip.model(), layer -> EIGHT, items.subList(0, 20));
      SimulationOptions ideal = SimulationOptions.of(1, 1).with(EnumSet.of(NonIdeality.CONVERTER));
      Classification simulated =
          FunctionalSimulation.of(network, chip.model(), ideal).run(items, 1);
      assertEquals(network.run(items, 1).outputs(), simulated.outputs(), operator);
      Classification inFloat = network.runFloat(items, 1);
      for (int i = 0; i < items.size(); i++) {
        for (int u = 0; u < hidden; u++) {
          float expected = inFloat.outputs().get(i).get(u);
          assertEquals(expected, simulated.outputs().get(i).get(u), 0.02, operator);
        }
      }
      SimulationOptions noisy = SimulationOptions.of(1, 1);
      FunctionalSimulation chipOfOne = FunctionalSimulation.of(network, chip.model(), noisy);
      assertEquals(chipOfOne.run(items, 1), chipOfOne.run(items, 2), operator);
      assertNotEquals(simulated.outputs(), chipOfOne.run(items, 1).outputs(), operator);
    }
  }

  @Test
  void jointMatricesOfCellsMultiplyExactlyTooAndDrawOneChip() throws Exception {
    Random random = new Random(5);
    int hidden = 9;
    for (String operator : List.of("RNN", "LSTM")) {
      SplitNetwork separate = cell(random, operator, hidden);
      String name = operator + "_0/joint";
      SplitNetwork joint = separate.joined(name::equals);
      assertEquals(List.of(name), joint.layers().stream().map(MatrixLayer::name).toList());
      MatrixLayer layer = joint.layers().get(0);
      assertEquals(5 + hidden, layer.inputs());
      assertEquals(separate.layers().get(0).weight(0, 4, 3), layer.weight(0, 4, 3));
      assertEquals(separate.layers().get(1).weight(0, 0, 3), layer.weight(0, 5, 3));
      List<float[]> items = items(random, 40, 30);
      TestChips chip = lossless();
      QuantisedNetwork two =
          QuantisedNetwork.of(separate, chip.model(), of -> EIGHT, items.subList(0, 20));
      QuantisedNetwork one =
          QuantisedNetwork.of(joint, chip.model(), of -> EIGHT, items.subList(0, 20));
      Classification expected = two.runFloat(items, 1);
      Classification found = one.runFloat(items, 1);
      SimulationOptions ideal = SimulationOptions.of(1, 1).with(EnumSet.of(NonIdeality.CONVERTER));
      Classification simulated = FunctionalSimulation.of(one, chip.model(), ideal).run(items, 1);
      assertEquals(one.run(items, 1).outputs(), simulated.outputs(), operator);
      for (int i = 0; i < items.size(); i++) {
        for (int u = 0; u < hidden; u++) {
          float exact = expected.outputs().get(i).get(u);
          assertEquals(exact, found.outputs().get(i).get(u), 1e-5, operator);
          assertEquals(exact, simulated.outputs().get(i).get(u), 0.03, operator);
        }
      }
    }
  }

  @Test
  void usesOfOneMatrixMeetTheSameCellsAndOtherReadNoise() throws Exception {
    Random random = new Random(6);
    Models models = new Models().input("x", "N", 8);
    List<String> inputs = List.of("x", models.values(new long[] {8, 8}, random(random, 64)));
    String first = models.node("MatMul", inputs);
    String second = models.node("MatMul", inputs);
    byte[] difference = models.bytes(models.node("Sub", List.of(first, second)));
    SplitNetwork network = SplitNetwork.of(difference, Map.of());
    assertEquals(1, network.layers().size());
    List<float[]> items = items(random, 40, 8);
    TestChips chip = lossless();
    QuantisedNetwork quantised =
        QuantisedNetwork.of(network, chip.model(), layer -> EIGHT, items.subList(0, 20));
    for (NonIdeality cause : List.of(NonIdeality.PROGRAMMING, NonIdeality.READ_NOISE)) {
      SimulationOptions options = SimulationOptions.of(1, 1).with(EnumSet.of(cause));
      Classification classification =
          FunctionalSimulation.of(quantised, chip.model(), options).run(items, 1);
      boolean isEqual =
          classification.outputs().stream()
              .allMatch(of -> of.stream().allMatch(value -> value == 0));
      assertEquals(cause == NonIdeality.PROGRAMMING, isEqual, cause.toString());
    }
  }
}
