package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.schedule.CrossbarSpan;
import dev.kirchhoff.mapper.schedule.Pipeline;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broad")
class LawsOfSchedulesTest {
  private static final long SEED = 20261126L;
  private static final Network RESNET18 = Designs.resNet18();

  private static Totals evaluate(Design design) {
    return evaluate(design, HandPrices::plain);
  }

  private static Totals evaluate(Design design, Function<Design, PriceTable> prices) {
    Totals totals = new Evaluator(prices).totals(design);
    return totals;
  }

  private static Function<Design, PriceTable> global(double bitPerNs) {
    return design -> {
      HandPrices prices = HandPrices.plain(design);
      prices.global_bitPerNs = bitPerNs;
      return prices;
    };
  }

  /** A block: a, b behind it, and c, which reads b and joins a. */
  private static Network block(boolean joined) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Designs.conv("a", 16, 16, 3, 32, 1, 1, -1));
    layers.add(Designs.conv("b", 16, 16, 3, 32, 1, 1, 0));
    Layer c = Designs.conv("c", 16, 16, 3, 32, 1, 1, 1);
    layers.add(
        new Layer(
            "c",
            c.shape(),
            c.window(),
            false,
            c.inputs(),
            c.weights(),
            c.after(),
            new Links(List.of(1), joined ? List.of(0) : List.of())));
    return new Network("block", layers, "test");
  }

  @Test
  void aBatchComesToTheThroughputOfAStream() {
    Designs d = new Designs().runs(RESNET18);
    Totals stream = evaluate(d.design());
    double before = 0;
    for (int batch = 1; batch <= 1 << 16; batch *= 4) {
      Totals totals = evaluate(d.batch(batch).design());
      double interval_ms = 1e3 / stream.value(Metric.THROUGHPUT);
      double batch_ms = stream.value(Metric.LATENCY) + (batch - 1) * interval_ms;
      assertEquals(stream.value(Metric.LATENCY), totals.value(Metric.LATENCY));
      assertEquals(batch_ms, totals.value(Metric.BATCH_LATENCY), 1e-9 * batch_ms);
      assertTrue(totals.value(Metric.THROUGHPUT) > before);
      before = totals.value(Metric.THROUGHPUT);
    }
    assertEquals(stream.value(Metric.THROUGHPUT), before, 1e-3 * before);
  }

  @Test
  void loadingInPhasesIsNeverCheaperThanHavingAllOnTheChip() {
    Random random = new Random(SEED);
    for (int i = 0; i < 40; i++) {
      Designs d = EvaluatorTest.random(random).runs(RESNET18);
      d.extra = 0;
      d.batching = MappingOptions.Batching.STREAM;
      d.tiles = OptionalInt.empty();
      d.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
      d.overflow = MappingOptions.Overflow.RELOAD;
      Totals resident = evaluate(d.design());
      d.tiles =
          OptionalInt.of(Math.max(1, (int) resident.value(Metric.TILES) / (2 + random.nextInt(5))));
      String message = "seed " + SEED + " case " + i;
      double before_uJ = Double.POSITIVE_INFINITY;
      double throughput = 0;
      for (int batch = 1; batch <= 64; batch *= 4) {
        Totals totals = evaluate(d.batch(batch).design());
        assertTrue(totals.isFeasible() || totals.shortage(Limit.CROSSBARS) == 0, message);
        assertTrue(
            totals.value(Metric.THROUGHPUT) < resident.value(Metric.THROUGHPUT) * (1 + 1e-9),
            message);
        assertTrue(totals.value(Metric.THROUGHPUT) >= throughput * (1 - 1e-9), message);
        throughput = totals.value(Metric.THROUGHPUT);
        CostTree energy =
            new Explanation(new Evaluator(HandPrices::plain).evaluated(d.design())).energy();
        double reload_uJ = part(energy, "reload") * 1e-9;
        assertTrue(reload_uJ > 0 && reload_uJ < before_uJ, message);
        before_uJ = reload_uJ;
      }
    }
  }

  private static double part(CostTree tree, String name) {
    return tree.parts().stream()
        .filter(p -> p.name().equals(name))
        .mapToDouble(CostTree::value)
        .sum();
  }

  @Test
  void lifetimeIsThatOfTheCellsThatAreLoadedInEveryBatch() {
    Designs d = new Designs().runs(RESNET18);
    d.tiles = OptionalInt.of(40);
    d.overflow = MappingOptions.Overflow.RELOAD;
    Totals one = evaluate(d.batch(1).design());
    Totals ten = evaluate(d.batch(10).design());
    double one_s = 1e6 / 8.5 / one.value(Metric.THROUGHPUT);
    double ten_s = 10 * 1e6 / 8.5 / ten.value(Metric.THROUGHPUT);
    assertEquals(one_s, one.value(Metric.LIFETIME), 1e-9 * one_s);
    assertEquals(ten_s, ten.value(Metric.LIFETIME), 1e-9 * ten_s);
  }

  @Test
  void moreBufferAndMoreBandwidthAreNeverSlower() {
    Random random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      Designs d = EvaluatorTest.random(random).runs(i % 2 == 0 ? RESNET18 : block(true));
      d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 2, 1, Designs.MODEL));
      String message = "seed " + SEED + " case " + i;
      double throughput = 0;
      double latency_ms = Double.POSITIVE_INFINITY;
      for (d.bufferSize_B = 256; d.bufferSize_B <= 1 << 20; d.bufferSize_B *= 4) {
        Totals totals = evaluate(d.design(), global(20));
        assertTrue(totals.value(Metric.THROUGHPUT) >= throughput * (1 - 1e-9), message);
        assertTrue(totals.value(Metric.LATENCY) <= latency_ms * (1 + 1e-9), message);
        throughput = totals.value(Metric.THROUGHPUT);
        latency_ms = totals.value(Metric.LATENCY);
      }
      d.bufferSize_B = 512;
      throughput = 0;
      latency_ms = Double.POSITIVE_INFINITY;
      for (double bandwidth = 0.25; bandwidth < 300; bandwidth *= 4) {
        d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 1, bandwidth, Designs.MODEL));
        Totals totals = evaluate(d.design(), global(16 * bandwidth));
        assertTrue(totals.value(Metric.THROUGHPUT) >= throughput * (1 - 1e-9), message);
        assertTrue(totals.value(Metric.LATENCY) <= latency_ms * (1 + 1e-9), message);
        throughput = totals.value(Metric.THROUGHPUT);
        latency_ms = totals.value(Metric.LATENCY);
      }
    }
  }

  @Test
  void whatSpillsTakesTheTimeOfTheNextLevel() {
    Designs d = new Designs().runs(block(false));
    d.bufferSize_B = 256;
    d.global(1 << 20);
    Totals onChip = evaluate(d.design(), global(Double.POSITIVE_INFINITY));
    Totals bound = evaluate(d.design(), global(0.01));
    assertTrue(bound.value(Metric.LATENCY) > 2 * onChip.value(Metric.LATENCY));
    assertEquals(onChip.value(Metric.CROSSBARS), bound.value(Metric.CROSSBARS));
    Evaluation evaluation = new Evaluator(global(0.01)).evaluate(d.design());
    assertTrue(evaluation.layers().stream().anyMatch(l -> l.timing().bandwidth_ms() > 0));
  }

  private static int middleTile(Mapping mapping, int layer) {
    CrossbarSpan span = mapping.span(0, layer);
    int first = mapping.tileOf(span.first());
    return first + (mapping.tileOf(span.first() + span.count() - 1) - first) / 2;
  }

  @Test
  void aSkipBranchIsHeldWhereItIsJoinedAndTravelsThere() {
    Designs d = new Designs();
    d.perTile = 1;
    d.perPe = 2;
    Evaluator evaluator = new Evaluator(HandPrices::plain);
    double without =
        evaluator.evaluated(d.runs(block(false)).design()).flow(0).actions().of(2, Action.HOP_BIT);
    EvaluatedDesign evaluated = evaluator.evaluated(d.runs(block(true)).design());
    ProgramFlow flow = evaluated.flow(0);
    int hops =
        evaluated
            .mapping()
            .fabric()
            .hops(middleTile(evaluated.mapping(), 0), middleTile(evaluated.mapping(), 2));
    assertEquals(without + 32 * 32 * 16 * 8.0 * hops, flow.actions().of(2, Action.HOP_BIT), 1e-6);
    Pipeline pipeline = flow.schedule().pipeline().orElseThrow();
    double held = pipeline.heldShareOfJoin(2, pipeline.flow().firstJoin(2));
    assertEquals(0, pipeline.flow().join(pipeline.flow().firstJoin(2)));
    // c's first output waits for two rows and three values of b, b's for as much of a: some 12 % of
    // the map of a, and no more than a fifth.
    assertTrue(held > 0.12 && held < 0.2, "" + held);
  }

  @Test
  void writtenMatricesTakeCrossbarsEnergyTimeAndEndurance() {
    Designs d = new Designs().runs(Designs.small());
    d.updateInterval_s = Double.POSITIVE_INFINITY;
    Totals digital = evaluate(d.design());
    Totals written = evaluate(d.writes().design());
    assertTrue(written.value(Metric.CROSSBARS) > digital.value(Metric.CROSSBARS));
    assertTrue(written.value(Metric.LIFETIME) < digital.value(Metric.LIFETIME));
    double lifetime_s = 1e6 / 8.5 / written.value(Metric.THROUGHPUT);
    assertEquals(lifetime_s, written.value(Metric.LIFETIME), 1e-9 * lifetime_s);
    assertEquals(
        digital.value(Metric.PROGRAMMING_ENERGY), written.value(Metric.PROGRAMMING_ENERGY), 1e-12);
    Evaluator evaluator = new Evaluator(HandPrices::plain);
    EvaluatedDesign evaluated = evaluator.evaluated(d.design());
    assertTrue(part(new Explanation(evaluated).energy(), "write") > 0);
    Evaluation evaluation = Evaluator.evaluation(evaluated);
    assertTrue(evaluated.flow(0).schedule().layer(3).lead_ns() > 0);
    assertTrue(evaluation.layers().get(3).mapping().crossbars() > 0);
  }

  @Test
  void severalChipsHaveTheAreaOfAllAndPayTheLinksBetweenThem() {
    Designs d = new Designs().runs(RESNET18);
    d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 4, 1, Designs.MODEL));
    d.tiles = OptionalInt.of(16);
    Totals one = evaluate(d.design());
    assertTrue(one.shortage(Limit.CROSSBARS) > 0);
    Totals several = evaluate(d.chips(OptionalInt.empty()).design());
    assertEquals(0, several.shortage(Limit.CROSSBARS));
    double chips = several.value(Metric.CHIPS);
    assertTrue(chips >= 3 && chips <= 4, "" + chips);
    assertEquals(chips * one.value(Metric.AREA), several.value(Metric.AREA), 1e-9);
    assertEquals(chips * one.value(Metric.LEAKAGE), several.value(Metric.LEAKAGE), 1e-9);
    Totals two = evaluate(d.chips(OptionalInt.of(2)).design());
    assertTrue(two.shortage(Limit.CROSSBARS) > 0);
    assertEquals(2, two.value(Metric.CHIPS));
    d.chips(OptionalInt.empty()).io =
        Optional.of(new Io(Io.IoKind.PARALLEL, 4, 0.01, Designs.MODEL));
    Totals narrow = evaluate(d.design());
    assertTrue(narrow.value(Metric.THROUGHPUT) < several.value(Metric.THROUGHPUT));
    assertTrue(narrow.value(Metric.LATENCY) > several.value(Metric.LATENCY));
    d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 4, 1, Designs.MODEL));
    d.extra = 1;
    Totals copies = evaluate(d.design());
    assertEquals(0, copies.shortage(Limit.CROSSBARS));
    assertTrue(copies.value(Metric.CHIPS) > chips);
    assertTrue(copies.value(Metric.THROUGHPUT) > several.value(Metric.THROUGHPUT));
  }

  @Test
  void digitalWorkIsNeverFree() {
    MatrixShape shape = new MatrixShape(16, 16, 1, 1, 16, 16, 1, 1);
    for (DigitalOperation operation : DigitalOperation.values()) {
      Totals[] totals = new Totals[2];
      for (int with = 0; with < 2; with++) {
        Layer layer =
            new Layer(
                "a",
                shape,
                Window.padded(shape),
                false,
                Designs.RELU,
                Designs.WEIGHTS,
                with == 0 ? List.of() : List.of(new DigitalWork(operation, 10_000_000)),
                Links.of(-1));
        Designs d = new Designs().runs(new Network("n", List.of(layer), "test"));
        d.units = with == 0 ? 64 : 0;
        totals[with] = evaluate(d.design());
      }
      String message = operation.name();
      assertTrue(totals[1].value(Metric.LATENCY) > totals[0].value(Metric.LATENCY), message);
      assertTrue(totals[1].value(Metric.ENERGY) > totals[0].value(Metric.ENERGY), message);
    }
  }

  @Test
  void aGanttStatesWhoWaitsForWhom() {
    Evaluation evaluation =
        new Evaluator(HandPrices::plain).evaluate(new Designs().runs(block(true)).design());
    double last_ms = 0;
    for (LayerResult layer : evaluation.layers()) {
      LayerResult.LayerTimes timing = layer.timing();
      assertTrue(timing.end_ms() > timing.start_ms());
      assertTrue(timing.occupancy() > 0 && timing.occupancy() <= 1);
      assertTrue(timing.waiting_ms() >= 0);
      last_ms = Math.max(last_ms, timing.end_ms());
    }
    assertEquals(evaluation.totals().value(Metric.LATENCY), last_ms);
    assertEquals("input", evaluation.layers().get(0).timing().startsAfter());
    assertEquals("b", evaluation.layers().get(2).timing().startsAfter());
    assertFalse(evaluation.layers().get(1).timing().startsAfter().isEmpty());
  }
}
