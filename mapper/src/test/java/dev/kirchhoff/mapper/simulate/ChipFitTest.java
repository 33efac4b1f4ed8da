package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.LossCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChipFitTest {
  private static final long SEED = 5L;

  /** Thinks that all causes count alike and that a ratio of 1 costs everything. */
  private static final AccuracyModel BEFORE =
      new AccuracyModel(
          0.9,
          List.of(
              Weight.of("first", 1, 1, Structure.NONE), Weight.of("last", 1, 1, Structure.NONE)),
          new LossCurve(List.of(new Point(0, 0.8, 0.8, 0.8), new Point(20, 0, 0, 0))),
          LossCurve.NONE,
          "by hand");

  /** In truth cells of the first layer count eight times, steps of the last a quarter. */
  private static double truth(List<Noise> noise) {
    double ratio =
        noise.get(0).quantisation()
            + noise.get(0).clipping()
            + noise.get(0).readout()
            + 8 * noise.get(0).cells()
            + noise.get(0).irDrop()
            + noise.get(1).quantisation() / 4
            + noise.get(1).clipping()
            + noise.get(1).readout()
            + noise.get(1).cells()
            + noise.get(1).irDrop();
    return 0.8 / (1 + 1 / Math.pow(2 * ratio, 1.5));
  }

  private static List<ChipFit.Chip> chips(int count, double chance, Random random) {
    List<ChipFit.Chip> chips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Noise> noise = List.of(noise(random), noise(random));
      double loss = truth(noise);
      chips.add(new ChipFit.Chip(noise, Math.max(0, loss * (1 + chance * random.nextGaussian()))));
    }
    return chips;
  }

  private static Noise noise(Random random) {
    double[] ratio = new double[5];
    for (int k = 0; k < 5; k++) {
      ratio[k] = Math.pow(10, -4 + 4 * random.nextDouble());
    }
    return new Noise(0, ratio[0], ratio[1], ratio[2], ratio[3], ratio[4], 1, 0, 0);
  }

  private static double loss(AccuracyModel model, List<Noise> noise) {
    return at(model, noise).loss();
  }

  private static Point at(AccuracyModel model, List<Noise> noise) {
    double ratio = 0;
    for (int l = 0; l < noise.size(); l++) {
      Weight of = model.weights().get(l);
      Noise layer = noise.get(l);
      ratio += of.ofQuantisation() * layer.quantisation() + of.ofClipping() * layer.clipping();
      ratio += of.ofReadout() * layer.readout() + of.ofCells() * layer.cells();
      ratio += of.ofWires() * layer.irDrop();
    }
    return model.accuracy().at(-10 * Math.log10(ratio));
  }

  @Test
  void weightsAndCurveOfChipsAreFound() {
    Random random = new Random(SEED);
    AccuracyModel fitted = ChipFit.fit(BEFORE, chips(300, 0, random));
    double error = 0;
    double before = 0;
    List<ChipFit.Chip> others = chips(300, 0, random);
    for (ChipFit.Chip chip : others) {
      error += Math.abs(loss(fitted, chip.noise()) - chip.loss()) / others.size();
      before += Math.abs(loss(BEFORE, chip.noise()) - chip.loss()) / others.size();
    }
    assertTrue(before > 0.1, "seed " + SEED + " before " + before);
    assertTrue(error < 0.012, "seed " + SEED + " error " + error);
    Weight first = fitted.weight("first");
    Weight last = fitted.weight("last");
    assertEquals(8, first.ofCells() / last.ofCells(), 2.5);
    assertEquals(0.25, last.ofQuantisation() / last.ofCells(), 0.12);
  }

  @Test
  void mostChipsAreBelowTheHighEndOfTheBandAndItNeverRises() {
    Random random = new Random(SEED);
    AccuracyModel fitted = ChipFit.fit(BEFORE, chips(200, 0.4, random));
    double high = 2;
    for (Point point : fitted.accuracy().points()) {
      assertTrue(point.high() <= high && point.low() <= point.loss(), point.toString());
      assertTrue(point.loss() <= point.high(), point.toString());
      high = point.high();
    }
    int below = 0;
    List<ChipFit.Chip> others = chips(1000, 0.4, random);
    for (ChipFit.Chip chip : others) {
      below += chip.loss() <= at(fitted, chip.noise()).high() ? 1 : 0;
    }
    assertTrue(below > 750, "seed " + SEED + " below " + below);
    assertTrue(below < 990, "seed " + SEED + " below " + below);
  }

  @Test
  void theSameChipsGiveTheSameModel() {
    AccuracyModel one = ChipFit.fit(BEFORE, chips(60, 0.3, new Random(SEED)));
    assertEquals(one, ChipFit.fit(BEFORE, chips(60, 0.3, new Random(SEED))));
  }

  @Test
  void whatChipsSayNothingAboutStaysAsItWas() {
    Random random = new Random(SEED);
    List<ChipFit.Chip> chips = new ArrayList<>();
    for (ChipFit.Chip chip : chips(100, 0, random)) {
      Noise layer = chip.noise().get(0);
      Noise without =
          new Noise(
              0, layer.quantisation(), 0, layer.readout(), layer.cells(), layer.irDrop(), 1, 0, 0);
      chips.add(new ChipFit.Chip(List.of(without, chip.noise().get(1)), chip.loss()));
    }
    assertEquals(1, ChipFit.fit(BEFORE, chips).weight("first").ofClipping(), 1e-12);
  }

  @Test
  void aChipWithoutSignalLosesMostAndHindersNoFit() {
    List<ChipFit.Chip> chips = new ArrayList<>(chips(100, 0, new Random(SEED)));
    Noise nothing = new Noise(0, Double.NaN, 0, Double.POSITIVE_INFINITY, 0, 0, 1, 0, 0);
    chips.add(new ChipFit.Chip(List.of(nothing, nothing), 0.8));
    AccuracyModel fitted = ChipFit.fit(BEFORE, chips);
    assertEquals(0.8, fitted.accuracy().loss(-150), 0.02);
    assertTrue(fitted.weight("first").ofCells() > 2 * fitted.weight("last").ofCells());
  }

  @Test
  void fewChipsAreRefused() {
    List<ChipFit.Chip> few = chips(ChipFit.FEWEST - 1, 0, new Random(SEED));
    assertThrows(IllegalArgumentException.class, () -> ChipFit.fit(BEFORE, few));
  }
}
