package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions.Arrangement;
import dev.kirchhoff.arch.workload.MappingOptions.CrossbarAllocation;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MappingOptions.Granularity;
import dev.kirchhoff.arch.workload.MappingOptions.Packing;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.noise.NoiseModel;
import dev.kirchhoff.peripherals.Action;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Effects of sharing crossbars, of whole PEs and of the arrangement of kernels on a design. */
class SharingTest {
  private static final CrossbarAllocation SHARE =
      new CrossbarAllocation(Arrangement.UNROLLED, Granularity.CROSSBAR, true);

  private final Evaluator evaluator = new Evaluator();
  private EvaluatedDesign evaluated;
  private Totals totals;

  private Totals evaluate(Designs d) {
    evaluated = evaluator.evaluated(d.design());
    totals = evaluated.totals();
    return totals;
  }

  private static Designs mobileNet() {
    Designs d = new Designs();
    d.bufferSize_B = 1 << 20;
    return d.runs(new NetworkCatalogue().find("mobilenet_v2").orElseThrow());
  }

  /** Two layers of 64 x 128 cells that fit one crossbar of 128 x 128 together. */
  private static Designs halves() {
    return new Designs()
        .runs(
            new Network(
                "halves",
                List.of(
                    Designs.conv("a", 64, 32, 1, 6, 1, 1, -1),
                    Designs.conv("b", 64, 32, 1, 4, 1, 1, 0),
                    Designs.conv("c", 128, 32, 1, 10, 1, 1, 1)),
                "test"));
  }

  @Test
  void mobileNetNeedsFewerCrossbarsPackedAndFewerStillShared() {
    Designs d = mobileNet();
    assertEquals(8_146, evaluate(d).value(Metric.CROSSBARS));
    d.packing = Packing.BLOCK_DIAGONAL;
    assertEquals(1_529, evaluate(d).value(Metric.CROSSBARS));
    double cells = 1_529 * 128.0 * 128;
    assertEquals(0.554, evaluated.mapping().usedCells() / cells, 0.0005);
    assertTrue(totals.value(Metric.UTILIZATION) >= 0.55);
    double throughput = totals.value(Metric.THROUGHPUT);
    d.allocation = SHARE;
    assertTrue(evaluate(d).value(Metric.CROSSBARS) <= 1_100);
    assertEquals(throughput, totals.value(Metric.THROUGHPUT), 1e-9 * throughput);
    assertTrue(evaluated.mapping().usedCells() / (1_100 * 128.0 * 128) > 0.75);
  }

  @Test
  void layersOnOneCrossbarAreReadInTurn() {
    // 36 vectors in two passes, 16 and 100: a and b together are below c, so they share, and each
    // takes 88.
    Designs d = halves();
    assertEquals(3, evaluate(d).value(Metric.CROSSBARS));
    double interval = 1 / totals.value(Metric.THROUGHPUT);
    double vector_ns = evaluated.program(0).times().stages().interval_ns(1);
    double reads = evaluated.flow(0).actions().of(Action.CELL_READ);
    d.allocation = SHARE;
    assertEquals(2, evaluate(d).value(Metric.CROSSBARS));
    assertEquals(interval, 1 / totals.value(Metric.THROUGHPUT), 1e-12 * interval);
    ProgramFlow flow = evaluated.flow(0);
    assertEquals(88 * vector_ns, flow.schedule().layer(0).time_ns(), 1e-9);
    assertEquals(88 * vector_ns, flow.schedule().layer(1).time_ns(), 1e-9);
    // Stacked on rows of their own they do not conduct for each other.
    assertEquals(reads, flow.actions().of(Action.CELL_READ), 1e-9 * reads);
  }

  @Test
  void cellsOfAnotherLayerOnTheSameRowsConduct() {
    // Two layers of 128 x 64 cells stand side by side.
    Designs d =
        new Designs()
            .runs(
                new Network(
                    "beside",
                    List.of(
                        Designs.conv("a", 128, 16, 1, 8, 1, 1, -1),
                        Designs.conv("b", 128, 16, 1, 8, 1, 1, 0)),
                    "test"));
    d.schedule = Schedule.LAYER_BY_LAYER;
    evaluate(d);
    double latency = totals.value(Metric.LATENCY);
    double reads = evaluated.flow(0).actions().of(Action.CELL_READ);
    d.allocation = SHARE;
    evaluate(d);
    assertEquals(1, totals.value(Metric.CROSSBARS));
    assertEquals(latency, totals.value(Metric.LATENCY), 1e-9 * latency);
    NoiseModel model = new NoiseModel();
    Job job = evaluated.design().jobs().get(0);
    NetworkDigits digits = model.digits(evaluated.design(), job, model.values(job.network()));
    double floor = evaluated.mapping().use().windowFloor();
    double more = 0;
    for (int l = 0; l < 2; l++) {
      double conducts = digits.weights(1 - l).cells().conductanceShare(floor) - floor;
      more += 64 * 8 * (l == 0 ? 2 : 1) * 128 * digits.inputs(l).meanShare() * 64 * conducts;
    }
    assertEquals(reads + more, evaluated.flow(0).actions().of(Action.CELL_READ), 1e-9 * reads);
  }

  @Test
  void layersWaitForEachOtherOnlyWhereTheyWouldNotFitOtherwise() {
    Designs d = halves();
    d.perPe = 1;
    d.perTile = 1;
    d.allocation = SHARE;
    // 100 vectors in two passes, 100 and 100: a cannot wait for b, and c fills its crossbar.
    d.runs(
        new Network(
            "full",
            List.of(
                Designs.conv("a", 64, 32, 1, 10, 1, 1, -1),
                Designs.conv("b", 64, 32, 1, 10, 1, 1, 0),
                Designs.conv("c", 128, 32, 1, 10, 1, 1, 1)),
            "test"));
    assertEquals(3, evaluate(d).value(Metric.CROSSBARS));
    double throughput = totals.value(Metric.THROUGHPUT);
    d.tiles = OptionalInt.of(2);
    assertEquals(2, evaluate(d).value(Metric.CROSSBARS));
    assertEquals(0, evaluated.mapping().size().missing());
    assertEquals(throughput * 2 / 3, totals.value(Metric.THROUGHPUT), 1e-9 * throughput);
  }

  @Test
  void sharingNeverTakesMoreCrossbarsNorThroughput() {
    for (String name :
        List.of("lenet5", "resnet20_cifar10", "resnet18", "mobilenet_v1", "densenet40_cifar10")) {
      for (Schedule schedule : Schedule.values()) {
        Designs d = new Designs().runs(new NetworkCatalogue().find(name).orElseThrow());
        d.schedule = schedule;
        d.extra = 0.5;
        evaluate(d);
        double crossbars = totals.value(Metric.CROSSBARS);
        double throughput = totals.value(Metric.THROUGHPUT);
        d.allocation = SHARE;
        evaluate(d);
        assertTrue(totals.value(Metric.CROSSBARS) <= crossbars, name);
        assertTrue(totals.value(Metric.THROUGHPUT) >= throughput * 0.99, name + schedule);
      }
    }
  }

  @Test
  void layersTakeWholeTilesThatCopiesFill() {
    Designs d = new Designs().runs(new NetworkCatalogue().find("lenet5").orElseThrow());
    evaluate(d);
    double throughput = totals.value(Metric.THROUGHPUT);
    for (Granularity granularity : List.of(Granularity.PE, Granularity.TILE)) {
      d.allocation = new CrossbarAllocation(Arrangement.UNROLLED, granularity, false);
      int of = granularity == Granularity.PE ? d.perPe : d.perPe * d.perTile;
      evaluate(d);
      MappedProgram job = evaluated.program(0);
      for (int l = 0; l < job.layers(); l++) {
        assertEquals(0, job.crossbars(l) % of);
        assertEquals(Math.ceil(job.copies(l) * job.crossbarsOfCopy(l) / of) * of, job.crossbars(l));
      }
      assertTrue(totals.value(Metric.THROUGHPUT) > throughput);
    }
  }

  @Test
  void positionsOfAKernelHaveRowBlocksOfTheirOwnOnAnyFloorplan() {
    // 9 positions of 16 channels: 144 rows are two row blocks unrolled, nine by position.
    Designs d =
        new Designs()
            .runs(new Network("one", List.of(Designs.conv("a", 16, 32, 3, 8, 1, 1, -1)), "test"));
    assertEquals(2, evaluate(d).value(Metric.CROSSBARS));
    d.allocation = new CrossbarAllocation(Arrangement.KERNEL_POSITION, Granularity.CROSSBAR, false);
    assertEquals(9, evaluate(d).value(Metric.CROSSBARS));
    // Eight additions an output, and its bias; nine crossbars are a PE of eight and one more: two
    // sums cross the bus, one of the additions is the tile's.
    assertEquals(64 * 32 * (8 + 1), evaluated.flow(0).actions().of(Action.ADD));
    CrossbarMapping counter = evaluated.program(0).counts().mapping(0).orElseThrow();
    assertEquals(64 * 32 * 7, counter.mergedInPe());
    assertEquals(64 * 32, counter.mergedInTile());
    assertEquals(0, counter.mergedOverFabric());
  }

  @Test
  void theGainIsReportedAndOptionsWithoutEffectAreNamed() {
    Designs d = halves();
    d.allocation = SHARE;
    assertTrue(
        evaluator
            .evaluate(d.design())
            .warnings()
            .contains(
                "Layers of halves share crossbars: 2 instead of 3; 2 of them take longer because"
                    + " they are read in turn."));
    d.allocation = new CrossbarAllocation(Arrangement.UNROLLED, Granularity.TILE, true);
    List<String> tiles = evaluator.evaluate(d.design()).warnings();
    assertTrue(tiles.stream().anyMatch(w -> w.startsWith("mapping.share has no effect")));
    d.floorplan = Floorplan.OWN_TILES;
    List<String> own = evaluator.evaluate(d.design()).warnings();
    assertTrue(own.stream().anyMatch(w -> w.startsWith("mapping.granularity has no effect")));
  }
}
