package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MappingOptions.Arrangement;
import dev.kirchhoff.arch.workload.MappingOptions.CrossbarAllocation;
import dev.kirchhoff.arch.workload.MappingOptions.Granularity;
import dev.kirchhoff.arch.workload.MappingOptions.Overflow;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.report.MappingReader;
import dev.kirchhoff.peripherals.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Layers that multiply with one stored matrix. */
class StoredOnceTest {
  /** Blocks of three layers, repeated with the same matrices or with matrices of their own. */
  private static Network blocks(int times, boolean once) {
    List<Layer> layers = new ArrayList<>();
    for (int t = 0; t < times; t++) {
      for (int k = 0; k < 3; k++) {
        int l = layers.size();
        Layer layer = Designs.conv("l" + l, 128, 128, k == 1 ? 3 : 1, 8, 1, 1, l - 1);
        layers.add(
            new Layer(
                layer.name(),
                layer.shape(),
                layer.window(),
                false,
                Designs.RELU,
                layer.weights(),
                layer.origins(),
                layer.after(),
                Links.of(l - 1),
                once && t > 0 ? new MatrixStorage.Reused(k) : MatrixStorage.OWN));
      }
    }
    return new Network("blocks", layers, "test");
  }

  private static EvaluatedDesign evaluated(Designs designs) {
    return new Evaluator(HandPrices::plain).evaluated(designs.design());
  }

  private static Designs designs(int times, boolean once, Schedule schedule) {
    Designs designs = new Designs().runs(blocks(times, once));
    designs.schedule = schedule;
    designs.bufferSize_B = 1 << 20;
    return designs;
  }

  private static double value(EvaluatedDesign evaluated, Metric metric) {
    return evaluated.totals().value(metric);
  }

  @Test
  void capacityAndProgrammingAreThoseOfOneBlock() {
    for (Schedule schedule : Schedule.values()) {
      EvaluatedDesign one = evaluated(designs(1, true, schedule));
      EvaluatedDesign three = evaluated(designs(3, true, schedule));
      for (Metric metric :
          List.of(
              Metric.CROSSBARS,
              Metric.TILES,
              Metric.AREA,
              Metric.UTILIZATION,
              Metric.PROGRAMMING_ENERGY,
              Metric.PROGRAMMING_TIME)) {
        assertEquals(value(one, metric), value(three, metric), metric.toString());
      }
      EvaluatedDesign apart = evaluated(designs(3, false, schedule));
      assertEquals(3 * value(one, Metric.CROSSBARS), value(apart, Metric.CROSSBARS));
      for (int l = 0; l < 9; l++) {
        for (Action action : List.of(Action.ARRAY_PASS, Action.CONVERSION, Action.CELL_READ)) {
          assertEquals(
              apart.program(0).counts().actions().of(l, action),
              three.program(0).counts().actions().of(l, action));
        }
      }
    }
  }

  @Test
  void inAPipelineUsesOfAMatrixTakeTheirTimesTogether() {
    EvaluatedDesign one = evaluated(designs(1, true, Schedule.PIPELINED));
    EvaluatedDesign three = evaluated(designs(3, true, Schedule.PIPELINED));
    for (int l = 0; l < 9; l++) {
      double alone_ns = one.program(0).crossbarTime_ns(l % 3, true);
      assertEquals(3 * alone_ns, three.program(0).crossbarTime_ns(l, true), 1e-9 * alone_ns);
    }
    double interval = three.flow(0).schedule().interval_ns();
    assertTrue(interval >= 3 * one.flow(0).schedule().interval_ns() * (1 - 1e-9));
  }

  @Test
  void layerByLayerAUseTakesItsOwnTime() {
    EvaluatedDesign once = evaluated(designs(3, true, Schedule.LAYER_BY_LAYER));
    EvaluatedDesign apart = evaluated(designs(3, false, Schedule.LAYER_BY_LAYER));
    assertEquals(value(apart, Metric.LATENCY), value(once, Metric.LATENCY), 1e-3);
    for (int l = 0; l < 9; l++) {
      assertEquals(
          apart.program(0).crossbarTime_ns(l, false), once.program(0).crossbarTime_ns(l, false));
    }
  }

  @Test
  void copiesAreThoseOfTheMatrix() {
    Designs designs = designs(3, true, Schedule.PIPELINED);
    designs.extra = 2;
    EvaluatedDesign evaluated = evaluated(designs);
    double stored = 0;
    for (int l = 0; l < 9; l++) {
      assertEquals(evaluated.program(0).copies(l % 3), evaluated.program(0).copies(l));
      stored += evaluated.program(0).crossbars(l);
    }
    assertTrue(evaluated.program(0).copies(1) > 1);
    assertEquals(value(evaluated, Metric.CROSSBARS), stored);
  }

  @Test
  void mapAndEvaluateNameTheLayerThatStoresTheMatrix() {
    EvaluatedDesign evaluated = evaluated(designs(2, true, Schedule.PIPELINED));
    MappedDesign mapped = MappingReader.read(evaluated);
    Evaluation evaluation = Evaluator.evaluation(evaluated);
    for (int l = 0; l < 6; l++) {
      MappedDesign.MappedLayer layer = mapped.networks().get(0).layers().get(l);
      Optional<String> of = l < 3 ? Optional.empty() : Optional.of("l" + l % 3);
      assertEquals(of, layer.weightsOf());
      assertEquals(l < 3, layer.allocation().crossbars() > 0);
      assertEquals(l < 3, mapped.layout().layer(0, l).isPresent());
      LayerResult.LayerMapping result = evaluation.layers().get(l).mapping();
      assertEquals(of.orElse(""), result.weightsOf());
      assertEquals(l < 3, result.crossbars() > 0);
      assertEquals(evaluated.mapping().span(0, l % 3), evaluated.mapping().span(0, l));
    }
    assertTrue(
        evaluation
            .warnings()
            .contains("6 layers of blocks use 3 stored matrices and read one after another."),
        evaluation.warnings()::toString);
  }

  @Test
  void otherWeightBitsAreAnotherMatrix() {
    Designs designs = designs(2, true, Schedule.PIPELINED);
    var job = designs.jobs.get(0);
    var precision = new ArrayList<>(job.precision());
    precision.set(3, new Precision(4, 8, 8));
    designs.jobs = List.of(new Job(job.network(), precision, job.weight()));
    EvaluatedDesign evaluated = evaluated(designs);
    assertTrue(evaluated.program(0).crossbars(3) > 0);
    assertEquals(0, evaluated.program(0).crossbars(4));
  }

  @Test
  void inPhasesAReusedMatrixStaysWhereItFits() {
    Designs designs = designs(3, true, Schedule.LAYER_BY_LAYER);
    Network shared = blocks(3, true);
    List<Layer> layers = new ArrayList<>(shared.layers());
    for (int i = 0; i < 4; i++) {
      layers.add(Designs.conv("own" + i, 128, 512, 3, 8, 1, 1, layers.size() - 1));
    }
    designs.runs(new Network("mixed", layers, "test"));
    designs.overflow = Overflow.RELOAD;
    designs.tiles = OptionalInt.of(4);
    Mapping mapping = evaluated(designs).mapping();
    assertTrue(mapping.inPhases());
    for (int l = 0; l < 9; l++) {
      assertTrue(mapping.phaseOf(0, l).isEmpty(), "layer " + l);
    }
    assertTrue(mapping.phaseOf(0, 12).isPresent());
    // A chip too small for the matrices of the blocks loads one for each use.
    designs.tiles = OptionalInt.of(1);
    designs.perTile = 1;
    designs.perPe = 16;
    Mapping small = evaluated(designs).mapping();
    assertTrue(small.inPhases());
    assertTrue(small.programs().get(0).crossbars(4) > 0);
  }

  @Test
  void severalChipsHoldAReusedMatrixOnce() {
    Designs designs = designs(3, true, Schedule.PIPELINED).chips(OptionalInt.empty());
    designs.tiles = OptionalInt.of(1);
    designs.perTile = 2;
    Mapping once = evaluated(designs).mapping();
    designs.runs(blocks(3, false));
    Mapping apart = evaluated(designs).mapping();
    assertTrue(once.size().chips() < apart.size().chips());
    for (int l = 0; l < 9; l++) {
      assertEquals(once.chipOf(0, l % 3), once.chipOf(0, l));
    }
  }

  @Test
  void layersThatShareCrossbarsPackAReusedMatrixOnce() {
    for (Schedule schedule : Schedule.values()) {
      Designs designs = designs(3, true, schedule);
      designs.side = 256;
      designs.rowsActive = 256;
      designs.allocation = new CrossbarAllocation(Arrangement.UNROLLED, Granularity.CROSSBAR, true);
      double once = value(evaluated(designs), Metric.CROSSBARS);
      designs.runs(blocks(1, true));
      assertEquals(value(evaluated(designs), Metric.CROSSBARS), once);
    }
  }
}
