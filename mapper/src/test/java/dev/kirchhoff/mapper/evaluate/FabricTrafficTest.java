package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.mapper.fabric.LinkLoads;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.report.FabricComparison;
import dev.kirchhoff.mapper.report.TrafficReport;
import dev.kirchhoff.mapper.traffic.TrackNeed;
import dev.kirchhoff.peripherals.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FabricTrafficTest {
  private static final Network RESNET = Designs.resNet18();

  private static Designs random(long seed, Topology topology) {
    Random random = new Random(seed);
    Designs d = new Designs();
    d.topology = topology;
    d.linkWidth = 8 << random.nextInt(6);
    d.perTile = 1 + random.nextInt(8);
    d.perPe = 1 << random.nextInt(4);
    d.cellBits = 1 + random.nextInt(2);
    d.extra = random.nextInt(3);
    d.bufferSize_B = 8192 << random.nextInt(4);
    d.circuits =
        new SwitchedChannels(
            4 + random.nextInt(16),
            random.nextBoolean() ? SwitchBox.WILTON : SwitchBox.DISJOINT,
            Configure.PER_NETWORK);
    if (random.nextBoolean()) {
      d.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
    }
    return d;
  }

  @Test
  @Tag("broad")
  void countedBitsTimesHopsAreTheSumOfAllLinksAndTheIntervalHoldsTheMostLoadedOne() {
    for (Topology topology : Topology.values()) {
      for (long seed = 1; seed <= 12; seed++) {
        Design design = random(seed, topology).runs(RESNET).design();
        EvaluatedDesign evaluated = new Evaluator().evaluated(design);
        ProgramFlow flow = evaluated.flow(0);
        int layers = evaluated.program(0).layers();
        LinkLoads all = flow.traffic().loads(0, layers, 0);
        double interval_ns = flow.schedule().interval_ns();
        int tracks = design.chip().uncore().interconnect().tracks();
        double pitches = evaluated.mapping().pitches().hop();
        double linkOf = evaluated.prices().timing().link_bitPerNs(pitches) / tracks;
        String what = topology + " seed " + seed;
        for (int l = 0; l < layers; l++) {
          double own_ns = flow.traffic().most(l, 0) / linkOf;
          assertTrue(interval_ns >= own_ns * (1 - 1e-9), what);
          if (!flow.schedule().isPipelined()) {
            assertTrue(flow.schedule().layer(l).time_ns() >= own_ns * (1 - 1e-9), what);
          }
        }
        assertEquals(
            flow.actions().of(Action.HOP_BIT), all.bitHops(), 1e-9 * (1 + all.bitHops()), what);
        assertEquals(
            pitches * all.bitHops(),
            flow.actions().of(Action.PITCH_BIT),
            1e-9 * (1 + pitches * all.bitHops()),
            what);
        if (flow.schedule().isPipelined()) {
          double most_ns = flow.traffic().mostOfAll(0) / linkOf;
          assertTrue(interval_ns >= most_ns * (1 - 1e-9), what);
          if (topology != Topology.RECONFIGURABLE) {
            assertEquals(all.most() / linkOf, most_ns, 1e-9 * (1 + most_ns), what);
          }
        }
      }
    }
  }

  @Test
  @Tag("broad")
  void onSeveralChipsCountedBitsTimesHopsAreTheSumOfAllLinksOfAll() {
    for (Topology topology : Topology.values()) {
      for (long seed = 1; seed <= 12; seed++) {
        Designs d = random(seed, topology).runs(RESNET);
        d.extra = 0;
        Totals one = evaluate(d.design());
        d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 4, 1, Designs.MODEL));
        d.tiles = OptionalInt.of(Math.max(1, (int) (one.value(Metric.TILES) / (1.2 + seed / 3.0))));
        Design design = d.chips(OptionalInt.empty()).design();
        EvaluatedDesign evaluated = new Evaluator().evaluated(design);
        ProgramFlow flow = evaluated.flow(0);
        int layers = evaluated.program(0).layers();
        String what = topology + " seed " + seed;
        assertTrue(evaluated.mapping().size().chips() > 1, what);
        double sum = 0;
        double most = 0;
        for (int chip = 0; chip < evaluated.mapping().size().chips(); chip++) {
          LinkLoads loads = flow.traffic().loads(0, layers, chip);
          sum += loads.bitHops();
          most = Math.max(most, loads.most());
        }
        assertEquals(flow.actions().of(Action.HOP_BIT), sum, 1e-9 * (1 + sum), what);
        if (topology != Topology.RECONFIGURABLE) {
          assertEquals(most, flow.traffic().mostOfAll(0), 1e-9 * most, what);
        }
        TrafficReport report = TrafficReport.of(evaluated, 0);
        double byLink = report.links().stream().mapToDouble(TrafficReport.Link::bits).sum();
        assertEquals(sum, byLink, 1e-9 * (1 + sum), what);
      }
    }
  }

  @Test
  @Tag("broad")
  void contentionNeverMakesAChipFasterAndWiderLinksNeverMakeItSlower() {
    for (Topology topology : Topology.values()) {
      for (long seed = 1; seed <= 12; seed++) {
        Designs d = random(seed, topology).runs(RESNET);
        double before = Double.POSITIVE_INFINITY;
        for (int width = 16; width <= 4096; width *= 4) {
          d.linkWidth = width;
          EvaluatedDesign evaluated = new Evaluator().evaluated(d.design());
          Totals totals = evaluated.totals();
          // Duplication follows the slowest stage, so that one by one times are compared alone.
          if (d.schedule == MappingOptions.Schedule.PIPELINED) {
            assertTrue(
                totals.value(Metric.LATENCY) * 1e6 >= evaluated.flow(0).fabric_ns() * (1 - 1e-9));
          }
          double interval = 1 / totals.value(Metric.THROUGHPUT);
          assertTrue(interval <= before * (1 + 1e-2), topology + " seed " + seed + " " + width);
          before = interval;
        }
      }
    }
  }

  private static EvaluatedDesign evaluated(Designs d, double link_bitPerNs) {
    return new Evaluator(
            design -> {
              HandPrices prices = HandPrices.plain(design);
              prices.link_bitPerNs = link_bitPerNs;
              return prices;
            })
        .evaluated(d.design());
  }

  @Test
  @Tag("broad")
  void layersWaitForBusyLinksAndNothingIsFasterThanWithoutContention() {
    int slower = 0;
    for (Topology topology : Topology.values()) {
      for (long seed = 1; seed <= 12; seed++) {
        Designs d = random(seed, topology).runs(RESNET);
        d.extra = 0;
        ProgramFlow free = evaluated(d, 0).flow(0);
        int layers = RESNET.layers().size();
        for (double rate = 0.05; rate < 3000; rate *= 4) {
          ProgramFlow flow = evaluated(d, rate).flow(0);
          String message = topology + " seed " + seed + " rate " + rate;
          double latency_ns = flow.schedule().latency_ns();
          assertTrue(latency_ns >= free.schedule().latency_ns() * (1 - 1e-9), message);
          boolean binds =
              flow.schedule().isPipelined() && flow.fabric_ns() >= flow.schedule().interval_ns();
          for (int l = 0; l < layers; l++) {
            double own_ns = flow.traffic().most(l, 0) / rate;
            assertTrue(
                !binds || flow.schedule().layer(l).time_ns() >= own_ns * (1 - 1e-9), message);
            double busy_ns = flow.schedule().layer(l).busy_ns();
            assertTrue(busy_ns <= flow.schedule().interval_ns() * (1 + 1e-9), message);
          }
          slower += binds && latency_ns > 1.01 * Math.max(flow.fabric_ns(), 0) ? 1 : 0;
        }
      }
    }
    assertTrue(slower > 60, "" + slower);
  }

  @Test
  void aTorusNeverTakesLongerThanItsMeshWithoutContention() {
    for (long seed = 1; seed <= 20; seed++) {
      EvaluatedDesign mesh =
          new Evaluator().evaluated(random(seed, Topology.MESH).runs(RESNET).design());
      EvaluatedDesign torus =
          new Evaluator().evaluated(random(seed, Topology.TORUS).runs(RESNET).design());
      for (int l = 0; l < RESNET.layers().size(); l++) {
        double mesh_ns = mesh.flow(0).traffic().hops(l) * mesh.prices().timing().hop().over_ns(0);
        double torus_ns =
            torus.flow(0).traffic().hops(l) * torus.prices().timing().hop().over_ns(0);
        assertTrue(torus_ns <= mesh_ns, "seed " + seed + " layer " + l);
      }
    }
  }

  @Test
  void aFabricWithTooFewTracksIsInfeasibleByTheMissingTracks() {
    Designs d = new Designs();
    d.topology = Topology.RECONFIGURABLE;
    d.perTile = 4;
    d.extra = 1;
    d.circuits = new SwitchedChannels(1, SwitchBox.DISJOINT, Configure.PER_NETWORK);
    Totals few = evaluate(d.runs(RESNET).design());
    assertTrue(few.shortage(Limit.TRACKS) > 0);
    d.circuits = new SwitchedChannels(64, SwitchBox.DISJOINT, Configure.PER_NETWORK);
    assertEquals(0, evaluate(d.design()).shortage(Limit.TRACKS));
    // A layer at a time needs fewer.
    d.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
    d.circuits = new SwitchedChannels(1, SwitchBox.DISJOINT, Configure.PER_LAYER);
    assertTrue(evaluate(d.design()).shortage(Limit.TRACKS) < few.shortage(Limit.TRACKS));
  }

  @Test
  @Tag("slow")
  void asManyTracksAsTheNeedStatesAreEnoughAndOneFewerIsNot() {
    for (long seed = 1; seed <= 12; seed++) {
      Designs d = random(seed, Topology.RECONFIGURABLE).runs(RESNET);
      // Tiles of many crossbars: hundreds of circuits, not thousands, are negotiated in a second.
      d.perTile = 8;
      d.perPe = 8;
      d.extra = 0;
      if (seed % 2 == 0) {
        d.chips(OptionalInt.empty()).tiles = OptionalInt.of(30);
      }
      ProgramFlow flow = new Evaluator().evaluated(d.design()).flow(0);
      SwitchBox box = d.circuits.switchBox();
      TrackNeed need = TrackNeed.of(flow.traffic(), box);
      String message = "seed " + seed + " " + need;
      assertTrue(need.negotiated() <= need.firstFit(), message);
      assertTrue(need.firstFit() > 1, message);
      d.circuits = new SwitchedChannels(need.firstFit(), box, Configure.PER_NETWORK);
      assertEquals(0, evaluate(d.design()).shortage(Limit.TRACKS), message);
      d.circuits = new SwitchedChannels(need.firstFit() - 1, box, Configure.PER_NETWORK);
      assertTrue(evaluate(d.design()).shortage(Limit.TRACKS) > 0, message);
      Evaluation evaluation = new Evaluator().evaluate(d.design());
      String note =
          String.format(
              Locale.ROOT,
              "%,d connections of resnet18 need %,d tracks",
              need.connections(),
              need.firstFit());
      assertTrue(
          evaluation.warnings().stream().anyMatch(warning -> warning.startsWith(note)), message);
    }
  }

  private static Totals evaluate(Design design) {
    return new Evaluator().totals(design);
  }

  private static Designs two(double firstWeight) {
    Designs d = new Designs();
    d.topology = Topology.RECONFIGURABLE;
    d.circuits = new SwitchedChannels(8, SwitchBox.WILTON, Configure.PER_NETWORK);
    d.runs(RESNET, Designs.small());
    List<Job> jobs = new ArrayList<>(d.jobs);
    jobs.set(0, new Job(RESNET, d.jobs.get(0).precision(), firstWeight));
    d.jobs = jobs;
    return d;
  }

  @Test
  void switchesAreSetOnceForTheInferencesOfANetworkByHand() {
    Designs d = two(3);
    EvaluatedDesign evaluated = new Evaluator().evaluated(d.design());
    Totals totals = evaluated.totals();
    // Two settings in four inferences; 8 tracks of 8 bits a tile, 128 bits a cycle of 1 ns.
    double once_ns = Math.ceil(evaluated.mapping().tiles() * 64 / 128);
    assertEquals(once_ns, evaluated.flow().reconfiguration().once_ns());
    assertEquals(0.5 * once_ns, totals.value(Metric.RECONFIGURATION_TIME) * 1e6, 1e-9);
    assertEquals(1.0 / 3, evaluated.flow().reconfigurations(0), 1e-12);
    assertEquals(1, evaluated.flow().reconfigurations(1));
    Totals alone = evaluate(d.runs(RESNET).design());
    assertEquals(0, alone.value(Metric.RECONFIGURATION_TIME));
    // Before each of the 21 layers where they run one by one.
    d.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
    double without_ms = evaluate(d.design()).value(Metric.LATENCY);
    d.circuits = new SwitchedChannels(8, SwitchBox.WILTON, Configure.PER_LAYER);
    evaluated = new Evaluator().evaluated(d.design());
    totals = evaluated.totals();
    assertEquals(
        21 * evaluated.flow().reconfiguration().once_ns(),
        totals.value(Metric.RECONFIGURATION_TIME) * 1e6,
        1e-6);
    assertEquals(
        without_ms + totals.value(Metric.RECONFIGURATION_TIME), totals.value(Metric.LATENCY), 1e-9);
    // A bit is carried half of the way from the port to the farthest tile and written.
    double hops = (evaluated.mapping().fabric().diameter() + 1) / 2.0;
    double bit_fJ =
        evaluated.prices().energy_fJ(Action.CONFIGURE_BIT)
            + hops * evaluated.prices().energy_fJ(Action.HOP_BIT);
    double settings_fJ = evaluated.mapping().tiles() * 64 * bit_fJ;
    assertEquals(
        settings_fJ, evaluated.ledger().sum(Ledger.Use.RECONFIGURATION), 1e-9 * settings_fJ);
    // Every inference of a batch is set for.
    double batch_ms = evaluate(d.batch(4).design()).value(Metric.BATCH_LATENCY);
    d.circuits = new SwitchedChannels(8, SwitchBox.WILTON, Configure.PER_NETWORK);
    assertEquals(
        4 * totals.value(Metric.RECONFIGURATION_TIME),
        batch_ms - evaluate(d.design()).value(Metric.BATCH_LATENCY),
        1e-9);
  }

  @Test
  void energyAndLatencyOfReconfigurationAreExplained() {
    Design design = two(3).design();
    Totals totals = evaluate(design);
    assertEquals(totals.value(Metric.ENERGY), Explanation.of(design).energy().value() * 1e-9, 1e-9);
    assertTrue(
        Explanation.of(design).energy().parts().stream()
            .anyMatch(part -> part.name().equals("reconfiguration")));
    assertEquals(
        totals.value(Metric.LATENCY), Explanation.of(design).latency().value() * 1e-6, 1e-9);
  }

  @Test
  void aChipOfTwoNetworksComparesFabricsSizedForEach() {
    List<FabricComparison.Row> rows = FabricComparison.of(two(1).design());
    assertEquals(6, rows.size());
    for (FabricComparison.Row row : rows) {
      assertTrue(row.energy_fJ() > 0, row.toString());
      assertTrue(row.time_ns() > 0, row.toString());
    }
    assertEquals("mesh", rows.get(0).fabric());
    assertEquals("resnet18", rows.get(0).sizedFor());
    assertEquals("reconfigurable", rows.get(2).fabric());
    // Sized for itself a network is within 5 % of what the widest links give; so it is never
    // slower by more on the wider of both.
    FabricComparison.Row own = rows.get(0);
    FabricComparison.Row other = rows.get(1);
    if (other.width_bits() > own.width_bits()) {
      assertTrue(other.interval_ns() <= own.interval_ns() * (1 + 1e-9));
    }
    assertTrue(FabricComparison.of(new Designs().runs(RESNET).design()).isEmpty());
    assertFalse(FabricComparison.of(two(1).design()).isEmpty());
  }

  @Test
  void theReportOfLinksEqualsTheCountsOfTheEvaluation() {
    for (Topology topology : Topology.values()) {
      Design design = random(5, topology).runs(RESNET, Designs.small()).design();
      EvaluatedDesign evaluated = new Evaluator().evaluated(design);
      assertEquals(2, evaluated.programs());
      for (int j = 0; j < 2; j++) {
        TrafficReport report = TrafficReport.of(evaluated, j);
        double counted = evaluated.flow(j).actions().of(Action.HOP_BIT);
        double byLayer = report.layers().stream().mapToDouble(l -> l.bitHops()).sum();
        double byLink = report.links().stream().mapToDouble(l -> l.bits()).sum();
        assertEquals(counted, byLayer, 1e-9 * (1 + counted), topology.word());
        assertEquals(counted, byLink, 1e-9 * (1 + counted), topology.word());
        double longest = report.links().stream().mapToDouble(l -> l.time_ns()).max().orElse(0);
        double most_ns = report.most().map(TrafficReport.Link::time_ns).orElse(0.0);
        assertEquals(longest, most_ns, 1e-9 * (1 + longest), topology.word());
      }
    }
  }
}
