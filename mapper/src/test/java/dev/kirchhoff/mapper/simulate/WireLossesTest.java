package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.EffectiveConductance;
import dev.kirchhoff.arch.device.CellSampler;
import dev.kirchhoff.arch.random.RandomKey;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests of wires that are solved for the mean chip, against each chip's own solution. */
class WireLossesTest {
  private static final long SEED = 3;

  /** Drawn cells of a matrix, two thirds of whose elements are 0. */
  private record Chip(WireLosses.Lines lines, double[] g_uS) {}

  private static Chip chip(String device, int side, double segment_ohm, double age_s, long draw) {
    TestChips chip = new TestChips();
    chip.device = device;
    CrossbarModel model = chip.model();
    Random random = new Random(SEED);
    double[] target_uS = new double[side * side];
    for (int cell = 0; cell < target_uS.length; cell++) {
      int level = random.nextInt(3) > 0 ? 0 : random.nextInt(4);
      target_uS[cell] = model.min_uS() + level * model.step_uS();
    }
    CellSampler.Effects effects = CellSampler.Effects.ALL;
    WireLosses.Lines lines =
        new WireLosses.Lines(
            target_uS, side, segment_ohm, segment_ohm, model.device(), effects, age_s);
    double[] g_uS = new double[target_uS.length];
    new CellSampler(model.device(), effects, age_s)
        .sample(RandomKey.of(draw), target_uS, g_uS, new double[g_uS.length]);
    return new Chip(lines, g_uS);
  }

  private static double squares(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static double[] columns(double[] cells, int columns) {
    double[] sums = new double[columns];
    for (int i = 0; i < cells.length; i++) {
      sums[i % columns] += cells[i];
    }
    return sums;
  }

  /** Root mean square error over that of the loss: cells below 1 %, whole columns below 0.3 %. */
  @Test
  void drawnChipsLoseAsTheirOwnSolutionSays() {
    WireLosses losses = new WireLosses();
    for (String device : List.of("redox-hfox-wan2022", "pcm-gst-joshi2020", "redox-generic")) {
      for (double age_s : List.of(1.0, 86_400.0)) {
        for (int side : List.of(64, 128)) {
          Chip chip = chip(device, side, 1, age_s, 5);
          double[] exact = WireLosses.effective_uS(chip.lines(), chip.g_uS());
          double[] shared = losses.of(chip.lines(), chip.g_uS());
          String message = device + " of " + side + " at " + age_s + " s";
          double ofCells = Math.sqrt(squares(shared, exact) / squares(chip.g_uS(), exact));
          assertTrue(ofCells < 0.01, message + ": " + ofCells);
          double[] all = columns(exact, side);
          double ofColumns =
              Math.sqrt(
                  squares(columns(shared, side), all) / squares(columns(chip.g_uS(), side), all));
          assertTrue(ofColumns < 0.003, message + ": " + ofColumns);
        }
      }
    }
  }

  @Test
  void largeLossesAreSolvedForEachChip() {
    Chip chip = chip("redox-hfox-wan2022", 64, 20, 1, 5);
    double[] exact = WireLosses.effective_uS(chip.lines(), chip.g_uS());
    assertArrayEquals(exact, new WireLosses().of(chip.lines(), chip.g_uS()));
  }

  /** Wordlines of transistors' gates: ladders of bitlines against the general solution. */
  @Test
  void bitlinesAloneAreLadders() {
    for (double segment_ohm : List.of(0.5, 20.0, 2000.0)) {
      Chip chip = chip("redox-hfox-wan2022", 24, segment_ohm, 1, 5);
      WireLosses.Lines of = chip.lines();
      WireLosses.Lines gated =
          new WireLosses.Lines(
              of.target_uS(), 24, 0, segment_ohm, of.device(), of.effects(), of.age_s());
      EffectiveConductance general =
          EffectiveConductance.of(CrossbarCircuit.read(24, 24, chip.g_uS(), 0, segment_ohm));
      double[] ladders = WireLosses.effective_uS(gated, chip.g_uS());
      for (int cell = 0; cell < ladders.length; cell++) {
        double expected = general.effective_uS(cell / 24, cell % 24);
        assertEquals(expected, ladders[cell], 1e-6 * chip.g_uS()[cell], segment_ohm + " ohm");
      }
    }
  }

  /**
   * Two rows of two, 1 ohm: F of the first cell is g00 + g01 by its row, 2 g00 + g10 by its column.
   */
  @Test
  void firstOrderLossesAreThoseOfTheLines() {
    Chip chip = chip("redox-generic", 2, 1, 1, 5);
    double[] losses = chip.lines().losses(new double[] {1, 2, 4, 8});
    assertArrayEquals(new double[] {3 + 6, 5 + 12, 12 + 5, 20 + 10}, losses);
  }

  @Test
  void chipsOfOneMatrixAreSolvedOnce() {
    WireLosses losses = new WireLosses();
    for (int draw = 0; draw < 5; draw++) {
      Chip chip = chip("redox-generic", 16, 1, 1, draw);
      losses.of(chip.lines(), chip.g_uS());
    }
    assertEquals(1, losses.solved());
  }
}
