package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Crossbars that hold weights while others of their PE work. */
class ArrayTurnsTest {
  private static final long SEED = 20261127L;

  /** Layers of {@code blocks} crossbars each: 128 inputs, 32 outputs of 4 cells a crossbar. */
  private static Network blocks(int... blocks) {
    List<Layer> layers = new ArrayList<>();
    for (int number : blocks) {
      String name = "l" + layers.size();
      layers.add(Designs.conv(name, 128, 32 * number, 1, 4, 1, 1, layers.size() - 1));
    }
    return new Network("blocks", layers, "test");
  }

  private static Designs designs(int working, MappingOptions.Schedule schedule, int... blocks) {
    Designs designs = new Designs();
    designs.perPe = 8;
    designs.working = working;
    designs.schedule = schedule;
    designs.bufferSize_B = 1 << 20;
    designs.runs(blocks(blocks));
    return designs;
  }

  private static Evaluation evaluate(Designs designs) {
    return new Evaluator(HandPrices::plain).evaluate(designs.design());
  }

  private static double[] busy_ms(Designs designs) {
    return evaluate(designs).layers().stream().mapToDouble(ArrayTurnsTest::busy_ms).toArray();
  }

  private static double busy_ms(LayerResult layer) {
    return layer.timing().busy_ms();
  }

  @Test
  void layerByLayerALayerWaitsForItsOwnCrossbarsAlone() {
    // Ten crossbars: 4 behind each of two sets of the first PE, one behind each of the next. Two
    // and one more lie behind different sets.
    double[] alone = busy_ms(designs(8, MappingOptions.Schedule.LAYER_BY_LAYER, 10, 2, 1));
    double[] turns = busy_ms(designs(2, MappingOptions.Schedule.LAYER_BY_LAYER, 10, 2, 1));
    assertEquals(4 * alone[0], turns[0], 1e-9 * turns[0]);
    assertEquals(alone[1], turns[1], 1e-9 * turns[1]);
    assertEquals(alone[2], turns[2], 1e-9 * turns[2]);
  }

  @Test
  void inAPipelineASetReadsForAllOfItsLayers() {
    // Crossbars 0, 2 and 4 lie behind one set, 1 and 3 behind the other. The first layer reads
    // signed inputs twice, 2.56 us; the others take 1.28 us.
    double[] alone = busy_ms(designs(8, MappingOptions.Schedule.PIPELINED, 1, 1, 3));
    double[] turns = busy_ms(designs(2, MappingOptions.Schedule.PIPELINED, 1, 1, 3));
    double read_ms = alone[1];
    assertEquals(2 * read_ms, alone[0], 1e-9 * read_ms);
    assertEquals(read_ms, alone[2], 1e-9 * read_ms);
    assertEquals(4 * read_ms, turns[0], 1e-9 * read_ms);
    assertEquals(2 * read_ms, turns[1], 1e-9 * read_ms);
    assertEquals(4 * read_ms, turns[2], 1e-9 * read_ms);
  }

  @Test
  void capacityIsThatOfAllPeakThatOfThoseThatWork() {
    for (int working : new int[] {1, 2, 4, 8}) {
      Totals all = evaluate(designs(8, MappingOptions.Schedule.PIPELINED, 10, 2)).totals();
      Totals some = evaluate(designs(working, MappingOptions.Schedule.PIPELINED, 10, 2)).totals();
      assertEquals(all.value(Metric.CROSSBARS), some.value(Metric.CROSSBARS));
      assertEquals(all.value(Metric.TILES), some.value(Metric.TILES));
      assertEquals(all.value(Metric.UTILIZATION), some.value(Metric.UTILIZATION));
      assertEquals(
          all.value(Metric.PEAK_TOPS) * working / 8, some.value(Metric.PEAK_TOPS), 1e-9, "peak");
    }
  }

  @Test
  void turnsAreWarnedAbout() {
    String warning = "crossbars are read in turn";
    assertFalse(
        evaluate(designs(8, MappingOptions.Schedule.PIPELINED, 10)).warnings().stream()
            .anyMatch(w -> w.contains(warning)));
    assertTrue(
        evaluate(designs(2, MappingOptions.Schedule.PIPELINED, 10)).warnings().stream()
            .anyMatch(w -> w.contains(warning)));
  }

  @Test
  void fewerSetsAreNeverFasterLayerByLayer() {
    Random random = new Random(SEED);
    for (int round = 0; round < 30; round++) {
      Designs designs = EvaluatorTest.random(random);
      designs.runs(Designs.small());
      designs.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
      designs.working = designs.perPe;
      Totals all = evaluate(designs).totals();
      designs.working = 1 + random.nextInt(designs.perPe);
      Totals some = evaluate(designs).totals();
      String name = "seed " + SEED + ", round " + round + ", working " + designs.working;
      assertTrue(some.value(Metric.LATENCY) >= all.value(Metric.LATENCY) * (1 - 1e-9), name);
      assertTrue(some.value(Metric.THROUGHPUT) <= all.value(Metric.THROUGHPUT) * (1 + 1e-9), name);
    }
  }
}
