package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Layers;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Granularity;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.report.MappingReader;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weights loaded in phases: copies, places, and the same account in evaluation and mapping. */
class PhaseLoadingTest {
  private static final long SEED = 20261127L;

  /** Links on which no transfer waits. */
  private static final int WIDE = 1 << 20;

  private static final Network RESNET18 = Designs.resNet18();

  /** A design whose chip is too small for its workload. */
  private static Designs random(Random random) {
    Designs d = EvaluatorTest.random(random);
    if (random.nextInt(3) == 0) {
      d.runs(RESNET18, Designs.small());
    } else {
      d.runs(RESNET18);
    }
    double extra = d.extra;
    d.extra = 0;
    d.tiles = OptionalInt.empty();
    d.overflow = MappingOptions.Overflow.RELOAD;
    Totals whole = new Evaluator().totals(d.design());
    d.extra = extra;
    d.tiles =
        OptionalInt.of(Math.max(1, (int) whole.value(Metric.TILES) / (2 + random.nextInt(6))));
    d.allocation =
        new MappingOptions.CrossbarAllocation(
            MappingOptions.Arrangement.values()[random.nextInt(2)],
            Granularity.values()[random.nextInt(3)],
            random.nextInt(4) == 0);
    return d;
  }

  /**
   * Copies are weighed by the time of crossbars and of writing. Values that they take from and send
   * to more tiles wait for links, which may cost a part of what they gain.
   */
  @Test
  @Tag("broad")
  void copiesInPhasesNeverMakeAnInferenceSlower() {
    Random random = new Random(SEED);
    int faster = 0;
    double least = 1;
    for (int i = 0; i < 80; i++) {
      Designs d = random(random);
      double extra = 0.25 * (1 + random.nextInt(16));
      String message = "seed " + SEED + " case " + i;
      double narrow = slower(d, extra, message);
      d.linkWidth = WIDE;
      double ratio = slower(d, extra, message);
      // But for the way to farther tiles, a few hops an inference.
      assertTrue(ratio <= 1.003, message + ": " + ratio);
      assertTrue(narrow <= 1.05, message + ", by links: " + narrow);
      faster += ratio < 1 ? 1 : 0;
      least = Math.min(least, ratio);
    }
    assertTrue(faster > 20, faster + " faster, at best by " + least);
  }

  /** Latency of a batch with copies over that without. */
  private static double slower(Designs d, double extra, String message) {
    d.extra = 0;
    Evaluator evaluator = new Evaluator();
    EvaluatedDesign evaluated = evaluator.evaluated(d.design());
    Totals single = evaluated.totals();
    assertTrue(evaluated.mapping().inPhases());
    d.extra = extra;
    Totals copied = evaluator.totals(d.design());
    assertEquals(0, copied.shortage(Limit.CROSSBARS), message);
    return copied.value(Metric.BATCH_LATENCY) / single.value(Metric.BATCH_LATENCY);
  }

  /** Used cells of a layer over the cells of its crossbars, of the layer that fills them best. */
  private static double bestFilled(MappedDesign mapped) {
    return mapped.networks().stream()
        .flatMap(network -> network.layers().stream())
        .mapToDouble(layer -> layer.allocation().utilization())
        .max()
        .orElse(0);
  }

  @Test
  @Tag("broad")
  void aChipIsNoBetterUsedThanBlocksFillIt() {
    Random random = new Random(SEED + 2);
    for (int i = 0; i < 60; i++) {
      Designs d = random(random);
      String message = "seed " + (SEED + 2) + " case " + i;
      for (MappingOptions.Overflow overflow : MappingOptions.Overflow.values()) {
        d.overflow = overflow;
        Totals totals = new Evaluator().totals(d.design());
        double utilization = totals.value(Metric.UTILIZATION);
        assertTrue(utilization > 0, message);
        // Crossbars that layers share are filled by more than one of them.
        boolean isShared = d.allocation.share() && overflow != MappingOptions.Overflow.RELOAD;
        double most =
            isShared ? 1 : bestFilled(MappingReader.read(new Evaluator().evaluated(d.design())));
        assertTrue(utilization <= most * (1 + 1e-9), message + ": " + utilization + " of " + most);
      }
    }
  }

  /**
   * Layers a and b of 128 x 32 weights fill the 128 x 128 cells of their crossbar with 4 columns a
   * weight; c of 16 x 32 an eighth. One crossbar is on the chip: three phases, (1 + 1 + 1/8) / 3 of
   * its cells are used at a time, and of the three crossbars that it lacks as much.
   */
  @Test
  void utilizationIsTheMeanOverPhasesByHand() {
    Designs d = new Designs();
    Network network =
        Layers.network("n", List.of(linear("a", 128), linear("b", 128), linear("c", 16)), "");
    d.runs(network);
    d.tiles = OptionalInt.of(1);
    d.perTile = 1;
    d.perPe = 1;
    for (MappingOptions.Overflow overflow :
        List.of(MappingOptions.Overflow.RELOAD, MappingOptions.Overflow.INFEASIBLE)) {
      d.overflow = overflow;
      Totals totals = new Evaluator().totals(d.design());
      assertEquals(2.125 / 3, totals.value(Metric.UTILIZATION), 1e-12, overflow.toString());
    }
  }

  /**
   * One crossbar on the chip is written three times for a batch of four: 2 x 16,384 + 2,048 cells
   * at 1000 fJ, an inference a quarter of that. Its cells are written once a batch, 8.5 of 10^6
   * pulses each.
   */
  @Test
  void aBatchSharesItsLoadingAndItsWear() {
    Designs d = new Designs();
    d.runs(Layers.network("n", List.of(linear("a", 128), linear("b", 128), linear("c", 16)), ""));
    d.tiles = OptionalInt.of(1);
    d.perTile = 1;
    d.perPe = 1;
    d.overflow = MappingOptions.Overflow.RELOAD;
    d.updateInterval_s = Double.POSITIVE_INFINITY;
    EvaluatedDesign loaded = new Evaluator(HandPrices::plain).evaluated(d.batch(4).design());
    double read_fJ = loaded.costs().work_fJ(0);
    double dynamic_fJ = loaded.costs().energy_fJ(0, 0);
    assertEquals(34_816 * 1000 / 4.0, dynamic_fJ - read_fJ, 1e-6 * read_fJ);
    double batch_s = 4 / loaded.totals().value(Metric.THROUGHPUT);
    double lifetime_s = 1e6 * batch_s / 8.5;
    assertEquals(lifetime_s, loaded.totals().value(Metric.LIFETIME), 1e-9 * lifetime_s);
  }

  /** Four crossbars on two chips of one tile: each tile writes two, 4096 groups of 100 ns each. */
  @Test
  void everyTileOfEveryChipWritesACrossbarAtATime() {
    Designs d = new Designs();
    d.runs(
        Layers.network(
            "n",
            List.of(linear("a", 128), linear("b", 128), linear("c", 128), linear("d", 128)),
            ""));
    d.tiles = OptionalInt.of(1);
    d.perTile = 1;
    d.perPe = 2;
    d.chips(OptionalInt.empty());
    Totals totals = new Evaluator(HandPrices::plain).totals(d.design());
    assertEquals(2, totals.value(Metric.CHIPS));
    assertEquals(2 * 4096 * 100e-6, totals.value(Metric.PROGRAMMING_TIME), 1e-12);
    // Two PEs of two crossbars of 128 x 32 weights, eight passes of 10 ns a vector.
    assertEquals(2 * 2 * 2 * 128 * 32 / 80.0 / 1000, totals.value(Metric.PEAK_TOPS), 1e-12);
  }

  private static Layers.Description linear(String name, int inputs) {
    return Layers.Description.of(name, new MatrixShape(inputs, 32, 1, 1, 1, 1, 1, 1));
  }

  @Test
  void countsInNotesAreWhole() {
    Designs d = new Designs().runs(RESNET18);
    d.tiles = OptionalInt.of(20);
    d.overflow = MappingOptions.Overflow.RELOAD;
    Evaluator evaluator = new Evaluator();
    EvaluatedDesign evaluated = evaluator.evaluated(d.design());
    List<String> warnings = Evaluator.evaluation(evaluated).warnings();
    long reloaded = Math.round(evaluated.mapping().reloadedCrossbars());
    assertTrue(reloaded > 1000, "tells nothing: " + reloaded);
    String expected = Units.count(reloaded) + " crossbars of resnet18 are programmed again in ";
    assertTrue(warnings.stream().anyMatch(w -> w.startsWith(expected)), warnings.toString());
  }

  @Test
  @Tag("broad")
  void evaluationAndMappingTellTheSameOfPhases() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < 40; i++) {
      Designs d = random(random);
      Design design = d.design();
      EvaluatedDesign evaluated = new Evaluator().evaluated(design);
      String message = "seed " + (SEED + 1) + " case " + i;
      same(evaluated, MappingReader.read(evaluated), message);
    }
  }

  private static void same(EvaluatedDesign evaluated, MappedDesign mapped, String message) {
    Totals totals = evaluated.totals();
    assertEquals(totals.value(Metric.CROSSBARS), mapped.capacity().taken(), 1e-6, message);
    double latency_ns = 0;
    double interval_ns = 0;
    double reloaded = 0;
    double bitHops = 0;
    int sites = (int) evaluated.mapping().tiles();
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedDesign.MappedNetwork network = mapped.networks().get(j);
      latency_ns += network.share() * network.latency_ns();
      interval_ns += network.share() * network.interval_ns();
      TreeMap<Integer, Long> written = new TreeMap<>();
      for (int l = 0; l < evaluated.program(j).layers(); l++) {
        MappedDesign.MappedLayer layer = network.layers().get(l);
        int phase = layer.residency().phase().orElse(0);
        if (phase > 0 && !evaluated.program(j).isWritten(l)) {
          written.merge(phase, layer.allocation().crossbars(), Long::sum);
        }
        assertEquals(evaluated.program(j).copies(l), layer.allocation().copies(), message);
        bitHops += network.share() * network.traffic().layers().get(l).bitHops();
        stand(evaluated.mapping(), mapped.layout(), j, l, sites, message);
      }
      for (MappedDesign.Phase phase : network.phases()) {
        assertEquals(written.getOrDefault(phase.number(), 0L), phase.crossbars(), message);
        reloaded += phase.crossbars();
      }
      double end_ns = 0;
      for (MappedDesign.MappedLayer layer : network.layers()) {
        end_ns = Math.max(end_ns, layer.time().end_ns());
      }
      if (evaluated.flow(j).schedule().inferences() == 1) {
        assertEquals(evaluated.flow(j).schedule().latency_ns(), end_ns, 1e-9 * end_ns, message);
      } else {
        assertTrue(end_ns <= network.latency_ns() * (1 + 1e-9), message);
      }
    }
    assertEquals(mapped.capacity().reloaded(), reloaded, 1e-6, message);
    assertEquals(1e6 * totals.value(Metric.LATENCY), latency_ns, 1e-9 * latency_ns, message);
    assertEquals(1e9 / totals.value(Metric.THROUGHPUT), interval_ns, 1e-9 * interval_ns, message);
    assertTrue(bitHops <= mapped.hop().counted() * (1 + 1e-9), message);
  }

  /** A layer's blocks lie on the tiles that the evaluation counts its traffic for, one each. */
  private static void stand(
      Mapping mapping, Layout layout, int j, int l, int sites, String message) {
    List<LayerLayout> found = layout.layer(j, l).stream().toList();
    for (LayerLayout layer : found) {
      long[] ends = {Long.MAX_VALUE, 0};
      layer.forEach(
          block -> {
            ends[0] = Math.min(ends[0], block.crossbar());
            ends[1] = Math.max(ends[1], block.crossbar());
          });
      int first = layout.place(ends[0]).tile() % sites;
      assertEquals(mapping.tileOf(mapping.span(j, l).first()) % sites, first, message);
      long capacity = Math.round(mapping.crossbarsOnChip());
      if (mapping.phaseOf(j, l).isEmpty()) {
        assertTrue(ends[1] < capacity, message);
      } else if (mapping.programs().get(j).crossbars(l) <= capacity) {
        assertEquals(ends[0] / capacity, ends[1] / capacity, message);
      }
    }
  }
}
