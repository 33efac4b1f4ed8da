package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.EffectiveConductance;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mistakes that were read in other simulators' sources (MNSIM 2.0, NeuroSim 1.4, aihwkit, MemTorch,
 * CrossSim 3.2.0), as tests that they are not made here; {@link #ELSEWHERE} says where those are
 * that stand with what they belong to.
 */
class PeerDefectsTest {
  private static final Path TESTS = Path.of("src", "test", "java", "dev", "kirchhoff");
  private static final Path SIMULATE = TESTS.resolve("mapper/simulate");
  private static final Path DEVICE =
      Path.of("..", "arch-model").resolve(TESTS).resolve("arch/device");

  /** Defect that has its test elsewhere. */
  private record Elsewhere(String defect, Path file, String test) {}

  private static final List<Elsewhere> ELSEWHERE =
      List.of(
          new Elsewhere(
              "aihwkit: an error is scaled by another model's reference conductance",
              DEVICE.resolve("ConductanceLawTest.java"),
              "theErrorScalesWithTheConductanceThatTheCoefficientsHoldFor"),
          new Elsewhere(
              "MNSIM: one draw a level, not a cell",
              DEVICE.resolve("ConductanceLawTest.java"),
              "everyCellHasADrawOfItsOwn"),
          new Elsewhere(
              "MemTorch: parentheses missing at the border of two states",
              DEVICE.resolve("ConductanceLawTest.java"),
              "stuckCellsSitAtTheEndsOfTheWindowInTheStatedShares"),
          new Elsewhere(
              "NeuroSim: a converter's range follows the batch",
              SIMULATE.resolve("ProgrammedMatrixTest.java"),
              "aVectorsResultDoesNotDependOnItsBatch"),
          new Elsewhere(
              "NeuroSim: codes are floored, half a step of bias",
              SIMULATE.resolve("ProgrammedMatrixTest.java"),
              "convertersRoundAndDoNotFloor"),
          new Elsewhere(
              "CrossSim: weights in single precision; balanced pairs off their levels",
              SIMULATE.resolve("ProgrammedMatrixTest.java"),
              "idealCrossbarsMultiplyExactlyUnderAnyMapping"));

  private static GoldenNetworks digits;

  @BeforeAll
  static void read() throws Exception {
    digits = GoldenNetworks.digits();
  }

  @Test
  void defectsThatAreTestedElsewhereHaveTheTestThatIsNamed() throws IOException {
    for (Elsewhere each : ELSEWHERE) {
      String source = Files.readString(each.file());
      assertTrue(source.contains("void " + each.test() + "()"), each.defect());
    }
  }

  private static QuantisedNetwork quantised(TestChips chip) {
    return QuantisedNetwork.of(
        digits.network(),
        chip.model(),
        layer -> new Precision(8, 8, 8),
        digits.items().subList(0, 100));
  }

  private static Classification run(TestChips chip, Set<NonIdeality> effects) {
    return simulation(chip, effects).run(digits.items(), 1);
  }

  private static List<LayerError> layers(TestChips chip, Set<NonIdeality> effects) {
    return simulation(chip, effects)
        .layers(CalibrationInputs.of(digits.network(), digits.items()), 1);
  }

  private static FunctionalSimulation simulation(TestChips chip, Set<NonIdeality> effects) {
    return FunctionalSimulation.of(
        quantised(chip), chip.model(), SimulationOptions.of(1, 1).with(effects));
  }

  /** aihwkit's formula gives no drop to the row that its documentation calls the farthest. */
  @Test
  void rowsFarFromTheOutputsAndColumnsFarFromTheInputsLoseMost() {
    int side = 16;
    double[] cells = new double[side * side];
    Arrays.fill(cells, 50);
    EffectiveConductance effective =
        EffectiveConductance.of(CrossbarCircuit.read(side, side, cells, 3, 3));
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        double own_uS = effective.effective_uS(i, j);
        // Row 0 is the farthest from the bottom, column 0 the next to the left.
        assertTrue(i == 0 || own_uS > effective.effective_uS(i - 1, j), i + ", " + j);
        assertTrue(j == 0 || own_uS < effective.effective_uS(i, j - 1), i + ", " + j);
        assertTrue(own_uS < 50, i + ", " + j);
      }
    }
  }

  /** MNSIM stops after eleven batches of its test set. */
  @Test
  void everyItemIsJudged() {
    Classification classification = run(new TestChips(), EnumSet.of(NonIdeality.CONVERTER));
    assertEquals(1797, classification.classes().size());
    // A rest of a batch counts as much as a whole one.
    assertNotEquals(0, 1797 % 64);
    assertEquals(1797, classification.outputs().size());
  }

  /** MNSIM has a class for wires that no network ever meets. */
  @Test
  void wiresReachTheAnswersOfANetwork() {
    TestChips chip = new TestChips();
    chip.segment_ohm = 20;
    Classification without = run(chip, EnumSet.of(NonIdeality.CONVERTER));
    Classification with = run(chip, EnumSet.of(NonIdeality.CONVERTER, NonIdeality.WIRES));
    assertNotEquals(without.outputs(), with.outputs());
  }

  /** NeuroSim leaves the converter out of a first layer of three channels. */
  @Test
  void everyLayerIsConvertedTheFirstOneToo() {
    TestChips chip = new TestChips();
    chip.adcBits = 4;
    for (LayerError layer : layers(chip, EnumSet.of(NonIdeality.CONVERTER))) {
      assertTrue(layer.error() > 0 && layer.snr_dB() < 40, layer.toString());
    }
  }

  /** NeuroSim puts values of 0 to 2^b − 1 into a formula of −1 to 1. */
  @Test
  void driftTakesTheSameShareOfSmallAndLargeConductances() {
    TestChips chip = new TestChips();
    chip.device = "pcm-gst-joshi2020";
    int[] levels = new int[4 * 500];
    Arrays.setAll(levels, i -> i % 4);
    SimulationOptions aged =
        new SimulationOptions(
            1, 0, 1e6, EnumSet.of(NonIdeality.AGEING), SimulationOptions.Compensation.NONE);
    CrossbarModel model = chip.model();
    CellBlock block = new CellBlock(model, aged, levels, 4, RandomKey.of(1));
    for (int level = 1; level < 4; level++) {
      double sum_uS = 0;
      for (int i = 0; i < 500; i++) {
        sum_uS += block.actual_uS(i, level);
      }
      double written_uS = model.min_uS() + level * model.step_uS();
      // (1e6 / 20)^−ν with exponents of 0.049 to 0.06 on average for a third of the window and
      // more.
      double kept = sum_uS / 500 / written_uS;
      assertTrue(kept > 0.48 && kept < 0.62, "level " + level + " keeps " + kept);
    }
  }

  /** NeuroSim's smaller networks have one quantiser for all that a layer has. */
  @Test
  void weightsAndInputsOfALayerHaveScalesOfTheirOwn() {
    TestChips chip = new TestChips();
    chip.rows = 128;
    chip.columns = 128;
    chip.rowsActive = 128;
    chip.adcBits = 14;
    QuantisedNetwork network = quantised(chip);
    for (QuantisedLayer layer : network.layers()) {
      int most = 0;
      for (int[] row : layer.weights(0)) {
        most = Math.max(most, Arrays.stream(row).map(Math::abs).max().orElse(0));
      }
      // Weights below 1 and inputs of up to 16 each fill their own range.
      assertTrue(most > 100, layer.name() + ": " + most);
    }
    assertEquals(
        network.runFloat(digits.items(), 1).right(digits.labels()::get),
        network.run(digits.items(), 1).right(digits.labels()::get),
        5);
  }

  /** CrossSim's calibrated ranges must differ by powers of two between slices. */
  @Test
  void rangesOfSlicesNeedNotDifferByPowersOfTwo() {
    TestChips chip = new TestChips();
    chip.range = Readout.Range.CALIBRATED;
    chip.adcBits = 4;
    Random random = new Random(5);
    int[][] weights = new int[60][10];
    for (int[] row : weights) {
      Arrays.setAll(row, m -> (int) Math.rint(25 * random.nextGaussian()));
    }
    int[][] vectors = new int[60][256];
    for (int[] row : vectors) {
      Arrays.setAll(row, v -> random.nextInt(256));
    }
    ProgrammedMatrix matrix =
        ProgrammedMatrix.write(
            chip.model(),
            SimulationOptions.of(1, 1).with(EnumSet.of(NonIdeality.CONVERTER)),
            weights,
            new Precision(8, 8, 8),
            false,
            RandomKey.of(1));
    matrix.calibrate(vectors);
    List<Double> ratios = new ArrayList<>();
    for (int group = 1; group < 4; group++) {
      double ratio =
          (double) matrix.ranges().converter(group, 0).step()
              / matrix.ranges().converter(group - 1, 0).step();
      ratios.add(Math.log(ratio) / Math.log(2));
    }
    assertTrue(ratios.stream().anyMatch(r -> Math.abs(r - Math.rint(r)) > 0.05), ratios.toString());
  }

  /** CrossSim's masks of faulty cells fail when a matrix is set. */
  @Test
  void stuckCellsCanBeSimulatedInANetwork() {
    TestChips chip = new TestChips();
    chip.stuckHigh = 0.01;
    Set<NonIdeality> converter = EnumSet.of(NonIdeality.CONVERTER);
    Set<NonIdeality> both = EnumSet.of(NonIdeality.CONVERTER, NonIdeality.STUCK_CELLS);
    assertNotEquals(run(chip, converter).outputs(), run(chip, both).outputs());
    assertTrue(layers(chip, both).get(0).snr_dB() < layers(chip, converter).get(0).snr_dB());
  }
}
