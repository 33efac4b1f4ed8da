package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.peripherals.Action;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A chip whose tiles follow from the workload is the chip of that many tiles. */
class FitTilesTest {
  /** A random design that takes some tens to some hundreds of tiles. */
  private static Designs random(Random random, Topology topology) {
    Designs d = new Designs();
    d.topology = topology;
    d.side = 64 << random.nextInt(3);
    d.rowsActive = d.side >> random.nextInt(3);
    d.linkWidth = 32 << random.nextInt(4);
    d.perTile = 1 + random.nextInt(8);
    d.perPe = 1 << random.nextInt(4);
    d.cellBits = 1 + random.nextInt(4);
    d.adcBits = 4 + random.nextInt(5);
    d.bufferSize_B = 8_192 << random.nextInt(4);
    d.schedule = random.nextBoolean() ? Schedule.PIPELINED : Schedule.LAYER_BY_LAYER;
    d.extra = new double[] {0, 0, 0.5}[random.nextInt(3)];
    return d.runs(random.nextInt(4) == 0 ? Designs.small() : Designs.resNet18());
  }

  @Test
  @Tag("slow")
  void fitAndTheNumberThatItTakesAreOneChip() {
    Evaluator evaluator = new Evaluator();
    Random random = new Random(37);
    Topology[] topologies = Topology.values();
    Set<Topology> large = EnumSet.noneOf(Topology.class);
    for (int i = 0; i < 54; i++) {
      Topology topology = topologies[i % topologies.length];
      Designs d = random(random, topology);
      Evaluation fit = evaluator.evaluate(d.design());
      int tiles = (int) fit.totals().value(Metric.TILES);
      if (tiles > 64) {
        large.add(topology);
      }
      d.tiles = OptionalInt.of(tiles);
      Evaluation stated = evaluator.evaluate(d.design());
      String what = topology.word() + " " + i + ", " + tiles + " tiles: ";
      for (Metric metric : Metric.values()) {
        assertEquals(
            fit.totals().value(metric), stated.totals().value(metric), what + metric.word());
      }
      assertEquals(fit.layers(), stated.layers(), what);
      assertEquals(fit.bands(), stated.bands(), what);
      assertEquals(fit.warnings(), stated.warnings(), what);
    }
    assertEquals(EnumSet.allOf(Topology.class), large, "fabrics of more than 64 tiles");
  }

  /** A bus over eight times the tiles is eight times as long: so are its energy and its words. */
  @Test
  void aBusIsAsLongAsTheTilesThatAreTaken() {
    Designs d = new Designs();
    d.topology = Topology.BUS;
    d.perTile = 2;
    d.perPe = 2;
    d.runs(Designs.resNet18());
    EvaluatedDesign fit = new Evaluator().evaluated(d.design());
    double tiles = fit.mapping().tiles();
    assertTrue(tiles > 64, tiles + " tiles");
    assertEquals(tiles, fit.mapping().pitches().hop());
    d.tiles = OptionalInt.of((int) (8 * tiles));
    EvaluatedDesign eight = new Evaluator().evaluated(d.design());
    double driver_fJ = fit.prices().energy_fJ(Action.HOP_BIT);
    assertEquals(
        8 * (fit.ledger().traffic_fJ(1) - driver_fJ),
        eight.ledger().traffic_fJ(1) - driver_fJ,
        1e-9);
    assertEquals(
        8,
        fit.flow().timing().link_bitPerNs(tiles) / eight.flow().timing().link_bitPerNs(8 * tiles),
        0.2);
  }
}
