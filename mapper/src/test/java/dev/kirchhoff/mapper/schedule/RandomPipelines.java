package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A random small pipeline, as a schedule and as the stages of a simulator. */
final class RandomPipelines {
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);

  final List<Layer> layers = new ArrayList<>();
  final List<PipelineSimulator.Stage> stages = new ArrayList<>();
  final List<LayerTime> times = new ArrayList<>();
  final Pipeline pipeline;
  final Schedule schedule;
  final Dataflow flow;
  final double input_ns;

  /** A pipeline of up to {@code most} layers; a chain if it has no branches. */
  RandomPipelines(Random random, int most, boolean branches) {
    int count = 1 + random.nextInt(most);
    int[] copies = new int[count];
    for (int l = 0; l < count; l++) {
      int vectors = 1 + random.nextInt(random.nextBoolean() ? 6 : 60);
      int positions = 1 + random.nextInt(80);
      int lines = 1 + random.nextInt(positions);
      int first = 1 + random.nextInt(lines);
      copies[l] = 1 + random.nextInt(random.nextBoolean() ? 1 : vectors);
      layers.add(
          new Layer(
              "l" + l,
              new MatrixShape(1, 1, 1, 1, vectors, 1, 1, 1),
              new Window(positions, first, lines, 1),
              false,
              VALUES,
              VALUES,
              List.of(),
              branches ? links(random, l) : Links.of(l - 1)));
    }
    input_ns = random.nextInt(3) * 50 * random.nextDouble();
    flow = Dataflow.of(layers);
    for (int l = 0; l < count; l++) {
      double iteration =
          random.nextInt(5) == 0 ? 1 + random.nextInt(3) : 0.1 + 9 * random.nextDouble();
      double fill = random.nextInt(3) * random.nextDouble();
      double way = random.nextInt(3) * random.nextDouble();
      double lead = random.nextInt(8) == 0 ? 5 * random.nextDouble() : 0;
      times.add(
          LayerTime.of(flow, l, copies[l], iteration, fill, way).withLead(LeadTime.writing(lead)));
    }
    pipeline = Pipeline.of(flow, times, input_ns);
    schedule = Schedule.pipelined(pipeline, 0);
    for (int l = 0; l < count; l++) {
      stages.add(stage(l));
    }
  }

  private static Links links(Random random, int l) {
    List<Integer> reads = new ArrayList<>();
    List<Integer> joins = new ArrayList<>();
    int readCount = 1 + (random.nextInt(3) == 0 ? random.nextInt(3) : 0);
    int joinCount = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
    for (int i = 0; i < readCount; i++) {
      reads.add(i == 0 && random.nextInt(4) > 0 ? l - 1 : random.nextInt(l + 1) - 1);
    }
    for (int i = 0; i < joinCount && l > 0; i++) {
      joins.add(random.nextInt(l));
    }
    return new Links(reads.stream().distinct().toList(), joins.stream().distinct().toList());
  }

  private PipelineSimulator.Stage stage(int l) {
    Layer layer = layers.get(l);
    PipelineSimulator.Stage stage = new PipelineSimulator.Stage();
    LayerTime time = times.get(l);
    stage.iterations = (int) time.iterations();
    stage.iteration_ns = time.time_ns() / stage.iterations;
    stage.fill_ns = time.fill_ns();
    stage.way_ns = time.way_ns();
    stage.firstShare = time.firstShare();
    stage.lead_ns = time.lead_ns();
    stage.kept = pipeline.keptShare(l);
    stage.reads = layer.links().reads().stream().mapToInt(i -> i).toArray();
    stage.joins = layer.links().joins().stream().mapToInt(i -> i).toArray();
    stage.readBuffer = new double[stage.reads.length];
    stage.joinBuffer = new double[stage.joins.length];
    Arrays.fill(stage.readBuffer, 2);
    Arrays.fill(stage.joinBuffer, 2);
    return stage;
  }

  /** A layer that takes its vectors in steps, each with a position of the input of its own. */
  static Layer recurrent(int vectors, int steps) {
    return new Layer(
        "r",
        new MatrixShape(1, 1, 1, 1, vectors, 1, 1, 1),
        new Window(steps, 1, 1, steps),
        false,
        VALUES,
        VALUES,
        List.of(),
        Links.of(Links.INPUT));
  }

  /** Gives every edge the buffer that the schedule asks for. */
  void limitBuffers() {
    for (int l = 0; l < stages.size(); l++) {
      PipelineSimulator.Stage stage = stages.get(l);
      for (int r = 0; r < stage.reads.length; r++) {
        stage.readBuffer[r] = pipeline.heldShareOfRead(l, flow.firstRead(l) + r);
      }
      for (int r = 0; r < stage.joins.length; r++) {
        stage.joinBuffer[r] = pipeline.heldShareOfJoin(l, flow.firstJoin(l) + r);
      }
    }
  }
}
