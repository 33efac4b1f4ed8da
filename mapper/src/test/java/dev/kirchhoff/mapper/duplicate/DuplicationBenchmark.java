package dev.kirchhoff.mapper.duplicate;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.mapper.tile.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Duplication of a network alone, for 1,024 random budgets and passes on crossbars of 128 × 128
 * cells, four cells a weight.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DuplicationBenchmark {
  private static final int CASES = 1_024;
  private static final long SEED = 1L;

  /** Network of the catalogue. */
  @Param({"resnet18", "resnet50", "mobilenet_v2"})
  public String network;

  /** Crossbars of which layers take whole multiples. */
  @Param({"1", "8"})
  public int granule;

  /** Tiles bind some layers. */
  @Param({"false", "true"})
  public boolean shared;

  private final Stages[] cases = new Stages[CASES];
  private final double[] budgets = new double[CASES];
  private final Duplication duplication = new Duplication();
  private int next;

  /** Makes the cases. */
  @Setup
  public void setUp() {
    Random random = new Random(SEED);
    Network layers = new NetworkCatalogue().find(network).orElseThrow();
    for (int i = 0; i < CASES; i++) {
      cases[i] = stages(layers, random);
      budgets[i] = Math.floor(one(cases[i]) * (1 + 2 * random.nextDouble()));
    }
  }

  private Stages stages(Network layers, Random random) {
    List<Stage> stages = new ArrayList<>();
    int pulses = 1 + random.nextInt(8);
    double pass_ns = 20 + 100 * random.nextDouble();
    for (Layer layer : layers.layers()) {
      if (layer.dynamic()) {
        continue;
      }
      Tiling tiling = Tiling.of(layer.shape(), 1, 4, new Tiling.CrossbarSize(128, 128, 128), true);
      double interval_ns = pulses * tiling.rowGroupsLongest() * pass_ns;
      double vectors = layer.shape().vectors();
      double bound = shared && random.nextBoolean() ? 2 : 0.5;
      stages.add(
          new Stage(
              vectors,
              interval_ns,
              vectors * interval_ns * tiling.crossbars() / 64 * bound,
              tiling.crossbars()));
    }
    return Stages.of(stages, 64, granule);
  }

  private static double one(Stages stages) {
    return stages.crossbars(Copies.oneEach(stages.count()));
  }

  private Stages take() {
    next = (next + 1) & (CASES - 1);
    return cases[next];
  }

  /** Layer by layer. */
  @Benchmark
  public int total() {
    Stages stages = take();
    return duplication.total(stages, budgets[next]).of(0);
  }

  /** Pipelined. */
  @Benchmark
  public int slowest() {
    Stages stages = take();
    return Duplication.slowest(stages, budgets[next]).of(0);
  }
}
