package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.LossCurve.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyModelTest {
  private static final Structure STRUCTURE =
      new Structure(
          new Blocks(5, List.of(2.0, 3.0)), Blocks.NONE, Blocks.NONE, List.of(), 0.8, 0.5);
  private static final LossCurve CURVE =
      new LossCurve(
          List.of(
              new Point(0, 0.5, 0.4, 0.6),
              new Point(10, 0.1, 0.05, 0.2),
              new Point(20, 0.1, 0, 0.2),
              new Point(30, 0, 0, 0.01)));
  private static final AccuracyModel MODEL =
      new AccuracyModel(
          0.9,
          List.of(Weight.of("first", 2, 3, STRUCTURE), Weight.of("last", 1, 1, Structure.NONE)),
          CURVE,
          LossCurve.NONE,
          "by hand");

  @Test
  void lossLiesOnStraightLinesBetweenPointsAndStaysAboveThem() {
    assertEquals(0.5, CURVE.loss(0));
    assertEquals(0.3, CURVE.loss(5), 1e-12);
    assertEquals(0.1, CURVE.loss(10), 1e-12);
    assertEquals(0.05, CURVE.loss(25), 1e-12);
    assertEquals(0, CURVE.loss(150));
    assertEquals(0.225, CURVE.at(5).low(), 1e-12);
    assertEquals(0.4, CURVE.at(5).high(), 1e-12);
  }

  @Test
  void ofTwoDesignsThatDecideByChanceTheNoisierOneLosesALittleMore() {
    assertEquals(0.5 + 0.005 / 2, CURVE.loss(-10), 1e-12);
    assertEquals(0.4 + 0.005 / 2, CURVE.at(-10).low(), 1e-12);
    assertEquals(0.6 + 0.005 / 2, CURVE.at(-10).high(), 1e-12);
    assertEquals(0.5 + 0.005 * 3 / 4, CURVE.loss(-30), 1e-12);
    assertEquals(0.505, CURVE.loss(Double.NEGATIVE_INFINITY), 1e-12);
  }

  @Test
  void theLeastRatioForALossIsWhereTheCurveReachesIt() {
    assertEquals(0, CURVE.snrFor_dB(0.7));
    assertEquals(5, CURVE.snrFor_dB(0.3), 1e-12);
    assertEquals(10, CURVE.snrFor_dB(0.1), 1e-12);
    assertEquals(30, CURVE.snrFor_dB(0), 1e-12);
    for (double loss = 0.01; loss < 0.5; loss += 0.01) {
      assertEquals(loss, CURVE.loss(CURVE.snrFor_dB(loss)), 1e-12);
    }
  }

  @Test
  void layersThatAreNotKnownHaveNoWeight() {
    assertEquals(2, MODEL.weight("first").ofReadout());
    assertEquals(3, MODEL.weight("first").ofCells());
    assertEquals(3, MODEL.weight("first").ofWires());
    assertEquals(Weight.NONE, MODEL.weight("other"));
  }

  @Test
  void structureOfSomeInputsLiesBetweenThatOfBlocks() {
    assertEquals(1, STRUCTURE.products().of(1, 32));
    assertEquals(1.5, STRUCTURE.products().of(2.5, 32), 1e-12);
    assertEquals(2, STRUCTURE.products().of(4, 32), 1e-12);
    assertEquals(2.5, STRUCTURE.products().of(6, 32), 1e-12);
    assertEquals(3, STRUCTURE.products().of(8, 32), 1e-12);
    assertEquals(4, STRUCTURE.products().of(20, 32), 1e-12);
    assertEquals(5, STRUCTURE.products().of(32, 32));
    // Without known blocks all pairs of inputs are alike: 1 + 4 (n - 1) / (K - 1).
    Blocks whole = new Blocks(5, List.of());
    assertEquals(1, whole.of(1, 33));
    assertEquals(3, whole.of(17, 33), 1e-12);
    assertEquals(1, Blocks.NONE.of(7, 100));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Structure(Blocks.NONE, Blocks.NONE, Blocks.NONE, List.of(), 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Blocks(-1, List.of()));
  }

  @Test
  void aCurveThatRisesIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LossCurve(List.of(new Point(0, 0, 0, 0), new Point(1, 0.1, 0, 1))));
  }

  @Test
  void aModelHasACurve() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new AccuracyModel(1, List.of(), LossCurve.NONE, LossCurve.NONE, ""));
    // Without labels there are decisions alone.
    new AccuracyModel(0, List.of(), LossCurve.NONE, CURVE, "");
  }

  @Test
  void aNetworkWithAModelHasTheInputsThatWereMeasuredWithIt() {
    ValueStatistics measured = new ValueStatistics(0.5, 0.1, 0.2, 0);
    Weight weight =
        new Weight("00", 1, 1, 1, 1, 1, Structure.NONE, java.util.Optional.of(measured));
    Network network = new NetworkCatalogue().find("vgg8_cifar10").orElseThrow();
    AccuracyModel model = new AccuracyModel(0, List.of(weight), LossCurve.NONE, CURVE, "by hand");
    Network with = network.with(model);
    assertEquals(measured, with.layers().get(0).inputs());
    assertEquals(StatisticsOrigin.MEASURED, with.layers().get(0).origins().inputs());
    assertEquals(network.layers().get(1), with.layers().get(1));
  }

  @Test
  void whatCodesLeaveOutIsASmallerSignalAndNoNoise() {
    // Half of the signal is not said: a quarter of quantisation is that, the rest counts four
    // times.
    assertEquals(0.05, AccuracyModel.ofNoise(0.3, 0.5), 1e-15);
    assertEquals(0, AccuracyModel.ofNoise(0.2, 0.5));
    assertEquals(0.3, AccuracyModel.ofNoise(0.3, 1), 1e-15);
    assertEquals(4, AccuracyModel.noiseFactor(0.5), 1e-12);
    assertEquals(AccuracyModel.noiseFactor(0.05), AccuracyModel.noiseFactor(0));
  }
}
