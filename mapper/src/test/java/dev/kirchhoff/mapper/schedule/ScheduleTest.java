package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);
  private static final long SEED = 20261125L;

  private static Layer layer(int inputs, int kernel, int out, int stride, int producer) {
    return layer(inputs, kernel, out, stride, Links.of(producer));
  }

  private static Layer layer(int inputs, int kernel, int out, int stride, Links links) {
    MatrixShape shape = new MatrixShape(inputs, 4, kernel, kernel, out, out, stride, 1);
    return new Layer("l", shape, Window.padded(shape), false, VALUES, VALUES, List.of(), links);
  }

  private static Dataflow flow(Layer... layers) {
    return Dataflow.of(List.of(layers));
  }

  private static Schedule pipelined(
      Dataflow flow, double input_ns, double port_ns, LayerTime... times) {
    return Schedule.pipelined(Pipeline.of(flow, List.of(times), input_ns), port_ns);
  }

  @Test
  void layerByLayerTimesAddUp() {
    Dataflow flow = flow(layer(4, 1, 2, 1, -1), layer(4, 1, 2, 1, 0));
    Schedule schedule =
        Schedule.layerByLayer(
            List.of(LayerTime.of(flow, 0, 1, 25, 5, 1), LayerTime.of(flow, 1, 1, 12.5, 5, 2)), 7);
    assertEquals(100 + 5 + 1 + 50 + 5 + 2 + 7, schedule.latency_ns());
    assertEquals(schedule.latency_ns(), schedule.interval_ns());
  }

  /** 106 and 57 ns at once, their leads of 3 and 10 ns after each other; then 57 ns. */
  @Test
  void layersBesideEachOtherTakeTheLongestAndAllLeads() {
    Dataflow flow = flow(layer(4, 1, 2, 1, -1), layer(4, 1, 2, 1, 0), layer(4, 1, 2, 1, 1));
    LayerTime slow = LayerTime.of(flow, 0, 1, 25, 5, 1).withLead(LeadTime.writing(3));
    LayerTime fast = LayerTime.of(flow, 1, 1, 12.5, 5, 2).withLead(LeadTime.writing(10));
    LayerTime last = LayerTime.of(flow, 2, 1, 12.5, 5, 2);
    Schedule schedule = Schedule.layerByLayer(List.of(slow, fast, last), 7, l -> l == 1);
    assertEquals(7 + 3 + 10 + 106, schedule.end_ns(1), 1e-9);
    assertEquals(7 + 2, schedule.start_ns(1), 1e-9);
    assertEquals(126 + 57, schedule.latency_ns(), 1e-9);
  }

  @Test
  void aPipelineStartsWhenTheFirstOutputCanBeMade() {
    // A 3 x 3 kernel on 8 x 8 needs 2 rows and 3 values: 19 of 64. Producer 640 ns, 10 ns a vector:
    // start at 1 + 190 + 6 + 2.
    Dataflow flow = flow(layer(4, 3, 8, 1, -1), layer(4, 3, 8, 1, 0));
    Schedule schedule =
        pipelined(
            flow, 0, 100, LayerTime.of(flow, 0, 1, 10, 6, 1), LayerTime.of(flow, 1, 1, 20, 6, 2));
    assertEquals(1 + 190 + 6 + 2, schedule.start_ns(1), 1e-9);
    assertEquals(199 + 1280 + 6, schedule.latency_ns(), 1e-9);
    assertEquals(1280, schedule.interval_ns());
    assertEquals(OptionalInt.of(0), schedule.startsAfter(1));
    assertEquals(EndCause.OWN_ITERATIONS, schedule.endCause(1));
    assertEquals(OptionalInt.empty(), schedule.endsAfter(1));
    assertEquals(0, schedule.stall_ns(1));
  }

  @Test
  void aFastConsumerEndsOneVectorAfterItsProducer() {
    Dataflow flow = flow(layer(4, 3, 8, 1, -1), layer(4, 1, 8, 1, 0));
    Schedule schedule =
        pipelined(
            flow, 0, 0, LayerTime.of(flow, 0, 1, 10, 6, 0), LayerTime.of(flow, 1, 1, 1, 6, 0));
    assertEquals(640 + 6 + 1 + 6, schedule.latency_ns(), 1e-9);
    assertEquals(640, schedule.interval_ns());
    assertEquals(EndCause.READ, schedule.endCause(1));
    assertEquals(OptionalInt.of(0), schedule.endsAfter(1));
    // It starts at 16, is busy for 64 and ends at 653 with a fill of 6.
    assertEquals(653 - 16 - 6 - 64, schedule.stall_ns(1), 1e-9);
  }

  @Test
  void aLayerWaitsForItsSlowestReadAndForItsJoins() {
    // Two producers of 64 vectors, 10 and 20 ns each; a third reads both, a fourth joins the first.
    Layer both = layer(8, 1, 8, 1, new Links(List.of(0, 1), List.of()));
    Layer joins = layer(4, 1, 8, 1, new Links(List.of(0), List.of(1)));
    Dataflow flow = flow(layer(4, 1, 8, 1, -1), layer(4, 1, 8, 1, -1), both, joins);
    Schedule schedule =
        pipelined(
            flow,
            0,
            0,
            LayerTime.of(flow, 0, 1, 10, 0, 0),
            LayerTime.of(flow, 1, 1, 20, 0, 0),
            LayerTime.of(flow, 2, 1, 1, 0, 0),
            LayerTime.of(flow, 3, 1, 1, 0, 0));
    assertEquals(20, schedule.start_ns(2));
    assertEquals(1281, schedule.end_ns(2));
    assertEquals(EndCause.READ, schedule.endCause(2));
    assertEquals(OptionalInt.of(1), schedule.endsAfter(2));
    assertEquals(10, schedule.start_ns(3));
    assertEquals(1280, schedule.end_ns(3));
    assertEquals(EndCause.JOIN, schedule.endCause(3));
    assertEquals(OptionalInt.of(1), schedule.endsAfter(3));
  }

  @Test
  void aLinearLayerWaitsForTheWholeMapAndAStridedOneForItsRows() {
    Dataflow flow =
        flow(
            layer(4, 3, 8, 1, -1),
            layer(256, 1, 1, 1, 0),
            layer(4, 3, 4, 2, 0),
            layer(4, 1, 8, 1, 0));
    assertEquals(1, flow.firstShare(1));
    // Stride 2: 4 x 4 outputs stand for 8 x 8 inputs.
    assertEquals(19.0 / 64, flow.firstShare(2), 1e-12);
    assertEquals(1.0 / 64, flow.firstShare(3), 1e-12);
    // Eight copies take eight vectors at a time.
    assertEquals(8.0 / 64, flow.firstShare(3, 8, 8), 1e-12);
  }

  @Test
  void theInputArrivesAtThePortsPace() {
    // 64 values in 100 ns; the last vector of 10 ns starts when all are there.
    Dataflow flow = flow(layer(4, 1, 8, 1, -1));
    Schedule schedule = pipelined(flow, 100, 120, LayerTime.of(flow, 0, 1, 1, 3, 2));
    assertEquals(120, schedule.interval_ns());
    assertEquals(120, schedule.latency_ns());
    assertEquals(100 + 2 + 1 + 3, schedule.end_ns(0), 1e-9);
    assertEquals(EndCause.READ, schedule.endCause(0));
    assertEquals(OptionalInt.empty(), schedule.endsAfter(0));
  }

  /**
   * 64 vectors each: 10 ns with a fill of 6 ns and a way of 1 ns, then 20 ns with a way of 2 ns.
   * The second starts at 1 + 10 + 6 + 2 = 19 ns and takes a map in 1280 ns: lines of its window,
   * two iterations of both, and what comes in the 2 + 6 + 10 ns from a decision to send to its
   * arrival.
   */
  @Test
  void aBufferHoldsLinesGrainsAndWhatIsOnItsWay() {
    Dataflow flow = flow(layer(4, 1, 8, 1, -1), layer(4, 3, 8, 1, 0), layer(4, 1, 8, 1, 0));
    Pipeline pipeline =
        Pipeline.of(
            flow,
            List.of(
                LayerTime.of(flow, 0, 1, 10, 6, 1),
                LayerTime.of(flow, 1, 1, 20, 6, 2),
                LayerTime.of(flow, 2, 1, 20, 6, 2)),
            0);
    assertEquals(
        flow.lineShare(2) + 4 / 64.0 + 18 / 1280.0,
        pipeline.heldShareOfRead(2, flow.firstRead(2)),
        1e-9);
    // A window of 3 x 3 starts with 19 of 64 values; the 45 others come in 63 iterations.
    double perShare_ns = 63 * 20 / (45 / 64.0);
    assertEquals(
        flow.lineShare(1) + 2 * (45 / 64.0) / 63 + 2 / 64.0 + 18 / perShare_ns,
        pipeline.heldShareOfRead(1, flow.firstRead(1)),
        1e-9);
    // The input comes in 640 ns, a first value at 10 + 1 ns; nobody sends it in iterations.
    Pipeline fed =
        Pipeline.of(
            flow,
            List.of(
                LayerTime.of(flow, 0, 1, 1, 6, 1),
                LayerTime.of(flow, 1, 1, 20, 6, 2),
                LayerTime.of(flow, 2, 1, 20, 6, 2)),
            640);
    assertEquals(
        flow.lineShare(0) + 2 / 64.0 + 1 / 640.0, fed.heldShareOfRead(0, flow.firstRead(0)), 1e-9);
  }

  /**
   * 10 and 20 ns a vector of two producers. At 20 ns, when the slower has sent one of 64, the
   * faster has sent a second, which waits; all of both come within 1280 ns.
   */
  @Test
  void aBufferHoldsWhatComesBeforeTheReadThatIsAwaited() {
    Layer both = layer(8, 1, 8, 1, new Links(List.of(0, 1), List.of()));
    Layer joins = layer(4, 1, 8, 1, new Links(List.of(0), List.of(1)));
    Dataflow flow = flow(layer(4, 1, 8, 1, -1), layer(4, 1, 8, 1, -1), both, joins);
    Pipeline pipeline =
        Pipeline.of(
            flow,
            List.of(
                LayerTime.of(flow, 0, 1, 10, 0, 0),
                LayerTime.of(flow, 1, 1, 20, 0, 0),
                LayerTime.of(flow, 2, 1, 1, 0, 0),
                LayerTime.of(flow, 3, 1, 1, 0, 0)),
            0);
    double grains = flow.lineShare(2) + 4 / 64.0;
    assertEquals(
        grains + 1 / 64.0 + 10 / 1280.0, pipeline.heldShareOfRead(2, flow.firstRead(2)), 1e-9);
    assertEquals(grains + 20 / 1280.0, pipeline.heldShareOfRead(2, flow.firstRead(2) + 1), 1e-9);
    // A join keeps no lines; its first is there at 20 ns, when the layer's first output leaves.
    assertEquals(4 / 64.0 + 20 / 1280.0, pipeline.heldShareOfJoin(3, flow.firstJoin(3)), 1e-9);
  }

  @Test
  void aBatchTakesAnIntervalForEachInferenceButTheFirst() {
    Dataflow flow = flow(layer(4, 3, 8, 1, -1), layer(4, 3, 8, 1, 0));
    Schedule stream =
        pipelined(
            flow, 0, 0, LayerTime.of(flow, 0, 1, 10, 6, 1), LayerTime.of(flow, 1, 1, 20, 6, 2));
    double latency_ns = stream.latency_ns();
    double before = 0;
    for (int batch = 1; batch <= 1 << 20; batch *= 2) {
      Schedule schedule = stream.inBatches(new Schedule.Batch(batch, 0, false));
      assertEquals(latency_ns + (batch - 1) * 1280.0, schedule.batch_ns(), 1e-6);
      assertEquals(latency_ns, schedule.latency_ns());
      double throughput = 1 / schedule.interval_ns();
      assertTrue(throughput > before);
      before = throughput;
    }
    assertEquals(1 / 1280.0, before, 1e-6 / 1280.0);
  }

  @Test
  void aPipelineIsNeverFasterThanItsSlowestStageNorSlowerThanLayerByLayer() {
    for (int i = 0; i < 5_000; i++) {
      RandomPipelines p = new RandomPipelines(new Random(SEED + i), 10, i % 2 == 0);
      double latency_ns = p.schedule.latency_ns();
      double interval_ns = p.schedule.interval_ns();
      String message = "seed " + SEED + " case " + i;
      for (int l = 0; l < p.layers.size(); l++) {
        assertTrue(interval_ns >= p.times.get(l).busy_ns(), message);
        assertTrue(latency_ns >= p.times.get(l).busy_ns(), message);
        assertTrue(p.schedule.stall_ns(l) >= 0, message);
      }
      double oneByOne_ns = Schedule.layerByLayer(p.times, p.input_ns).latency_ns();
      assertTrue(interval_ns <= oneByOne_ns * (1 + 1e-12), message);
      assertTrue(latency_ns <= oneByOne_ns * (1 + 1e-12), message);
    }
  }

  @Test
  void aSlowerIterationNeverEndsAnythingEarlier() {
    for (int i = 0; i < 5_000; i++) {
      RandomPipelines p = new RandomPipelines(new Random(SEED + i), 10, i % 2 == 0);
      double latency_ns = p.schedule.latency_ns();
      int l = i % p.layers.size();
      p.times.set(l, p.times.get(l).atLeast(1.5 * p.times.get(l).time_ns()));
      Schedule slower = Schedule.pipelined(Pipeline.of(p.flow, p.times, p.input_ns), 0);
      String message = "seed " + SEED + " case " + i;
      assertTrue(slower.latency_ns() >= latency_ns * (1 - 1e-12), message);
    }
  }
}
