package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.ValueStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);

  private static Layer layer(int inputs, int kernel, int out, int stride, int producer) {
    return new Layer(
        "l",
        new MatrixShape(inputs, 4, kernel, kernel, out, out, stride, 1),
        false,
        VALUES,
        VALUES,
        List.of(),
        producer);
  }

  @Test
  void layerByLayerTimesAddUp() {
    Schedule schedule = new Schedule();
    schedule.clear(2);
    schedule.set(0, 100, 5, 1, 10);
    schedule.set(1, 50, 5, 2, 10);
    schedule.layerByLayer(2, 7, 11);
    assertEquals(100 + 5 + 1 + 50 + 5 + 2 + 7 + 11, schedule.latency_ns());
    assertEquals(schedule.latency_ns(), schedule.interval_ns());
  }

  @Test
  void aPipelineStartsWhenTheFirstOutputCanBeMade() {
    // A 3 x 3 kernel on 8 x 8 needs 2 rows and 3 values: 19 of 64. Producer 640 ns: start at 1 +
    // 190 + 6 + 2.
    List<Layer> layers = List.of(layer(4, 3, 8, 1, -1), layer(4, 3, 8, 1, 0));
    Schedule schedule = new Schedule();
    schedule.clear(2);
    schedule.set(0, 640, 6, 1, 64);
    schedule.set(1, 1280, 6, 2, 64);
    schedule.pipelined(layers, 100);
    assertEquals(1 + 190 + 6 + 2, schedule.start_ns(1), 1e-9);
    assertEquals(199 + 1280 + 6, schedule.latency_ns(), 1e-9);
    assertEquals(1280, schedule.interval_ns());
  }

  @Test
  void aFastConsumerEndsOneVectorAfterItsProducer() {
    List<Layer> layers = List.of(layer(4, 3, 8, 1, -1), layer(4, 1, 8, 1, 0));
    Schedule schedule = new Schedule();
    schedule.clear(2);
    schedule.set(0, 640, 6, 0, 64);
    schedule.set(1, 64, 6, 0, 64);
    schedule.pipelined(layers, 0);
    assertEquals(640 + 6 + 1 + 6, schedule.latency_ns(), 1e-9);
    assertEquals(640, schedule.interval_ns());
  }

  @Test
  void aLinearLayerWaitsForTheWholeMapAndAStridedOneForItsRows() {
    assertEquals(1, Schedule.neededShare(layer(4, 3, 8, 1, -1), layer(256, 1, 1, 1, 0)));
    // Stride 2: 4 x 4 outputs stand for 8 x 8 inputs.
    assertEquals(
        19.0 / 64, Schedule.neededShare(layer(4, 3, 8, 1, -1), layer(4, 3, 4, 2, 0)), 1e-12);
    assertEquals(
        1.0 / 64, Schedule.neededShare(layer(4, 3, 8, 1, -1), layer(4, 1, 8, 1, 0)), 1e-12);
  }

  @Test
  void thePortCanBeTheSlowest() {
    Schedule schedule = new Schedule();
    schedule.clear(1);
    schedule.set(0, 10, 0, 0, 1);
    schedule.pipelined(List.of(layer(4, 1, 1, 1, -1)), 100);
    assertEquals(100, schedule.interval_ns());
    assertEquals(100, schedule.latency_ns());
  }
}
