package dev.kirchhoff.mapper.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.fabric.LinkBundles;
import dev.kirchhoff.mapper.schedule.LayerTime;
import dev.kirchhoff.mapper.schedule.Pipeline;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.traffic.LinkSimulator.Edge;
import dev.kirchhoff.mapper.traffic.LinkSimulator.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LinkSharesTest {
  private static final long SEED = 20261129L;
  private static final int CASES = 1_000;
  private static final int INFERENCES = 12;
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);

  @Test
  void layersShareALinkAsFarAsTheyRunAtTheSameTime() {
    LinkBundles.Builder bundles = new LinkBundles.Builder(3);
    send(bundles, 0, 1, 10);
    send(bundles, 0, 2, 4);
    send(bundles, 1, 1, 8);
    send(bundles, 2, 0, 5);
    send(bundles, 2, 1, 100);
    LinkShares shares = LinkShares.of(bundles.build(1), 3);
    double[] shared =
        shares.shared(new double[] {0, 15, 60}, new double[] {20, 55, 70}, new double[3]);
    // Layer 0 has 5 of the 40 ns of layer 1 in common, layer 1 a quarter of layer 0's time.
    assertEquals(10 + 8 * 5 / 40.0, shared[0], 1e-12);
    assertEquals(8 + 10 * 5 / 20.0, shared[1], 1e-12);
    assertEquals(100, shared[2]);
    assertEquals(10, shares.own(0));
    assertEquals(8, shares.own(1));
  }

  private static void send(LinkBundles.Builder bundles, int layer, int link, double bits) {
    bundles.begin(layer, bits);
    bundles.load(link);
  }

  @Test
  void whatIsLeftOutIsNoMoreThanEnough() {
    for (int c = 0; c < CASES; c++) {
      Random random = new Random(SEED + c);
      String message = "seed " + (SEED + c);
      int layers = 1 + random.nextInt(8);
      int links = 1 + random.nextInt(6);
      double[][] bits = new double[layers][links];
      double[][] runs_ns = new double[layers][2];
      double[] enough = new double[layers];
      LinkBundles.Builder bundles = new LinkBundles.Builder(links);
      for (int l = 0; l < layers; l++) {
        runs_ns[l][0] = random.nextDouble();
        runs_ns[l][1] = runs_ns[l][0] + 0.01 + random.nextDouble();
        enough[l] = random.nextInt(3) * random.nextDouble();
        for (int link = 0; link < links; link++) {
          if (random.nextInt(3) > 0) {
            bits[l][link] = random.nextDouble();
            send(bundles, l, link, bits[l][link]);
          }
        }
      }
      double[] from_ns = Arrays.stream(runs_ns).mapToDouble(run -> run[0]).toArray();
      double[] to_ns = Arrays.stream(runs_ns).mapToDouble(run -> run[1]).toArray();
      double[] shared = LinkShares.of(bundles.build(1), layers).shared(from_ns, to_ns, enough);
      for (int l = 0; l < layers; l++) {
        double expected = together(bits, runs_ns, l);
        double found = shared[l];
        assertTrue(expected <= enough[l] ? found <= expected : found == expected, message);
      }
    }
  }

  /** The largest sum over a link of a layer, every link looked at. */
  private static double together(double[][] bits, double[][] runs_ns, int l) {
    double most = 0;
    for (int link = 0; link < bits[l].length; link++) {
      double sum = bits[l][link];
      for (int j = 0; j < bits.length && bits[l][link] > 0; j++) {
        double from_ns = Math.max(runs_ns[l][0], runs_ns[j][0]);
        double both_ns = Math.min(runs_ns[l][1], runs_ns[j][1]) - from_ns;
        double part = both_ns > 0 ? both_ns / (runs_ns[j][1] - runs_ns[j][0]) : 0;
        sum += j == l ? 0 : bits[j][link] * part;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  /** A random pipeline whose edges share few links, of which the busiest takes longest of all. */
  private static final class Case {
    final List<Layer> layers = new ArrayList<>();
    final List<Stage> stages = new ArrayList<>();
    final List<Edge> edges = new ArrayList<>();
    final List<LayerTime> times = new ArrayList<>();
    final Schedule schedule;
    final int links;
    final double free_ns;
    final double interval_ns;

    Case(Random random) {
      int count = 2 + random.nextInt(10);
      for (int l = 0; l < count; l++) {
        layers.add(layer(random, l));
      }
      Dataflow flow = Dataflow.of(layers);
      links = 1 + random.nextInt(3);
      double[] load = new double[links];
      for (int l = 0; l < count; l++) {
        double time_ns = 50 + 100 * random.nextDouble() * (random.nextInt(3) == 0 ? 10 : 1);
        double iteration_ns = time_ns / flow.vectors(l);
        double fill_ns = random.nextDouble();
        LayerTime time = LayerTime.of(flow, l, 1, iteration_ns, fill_ns, random.nextDouble());
        times.add(time);
        stages.add(
            new Stage(
                (int) time.iterations(),
                iteration_ns,
                time.fill_ns(),
                time.way_ns(),
                time.firstShare()));
        for (int producer : layers.get(l).links().reads()) {
          edges.add(new Edge(producer, l, random.nextInt(links), 1 + random.nextInt(100)));
          load[edges.get(edges.size() - 1).link()] += edges.get(edges.size() - 1).bits();
        }
      }
      Schedule free = Schedule.pipelined(Pipeline.of(flow, times, 0), 0);
      free_ns = free.latency_ns();
      double busiest = Arrays.stream(load).max().orElseThrow();
      double scale = free.interval_ns() * (1 + 2 * random.nextDouble()) / busiest;
      edges.replaceAll(e -> new Edge(e.from(), e.to(), e.link(), e.bits() * scale));
      interval_ns = busiest * scale;
      schedule = waitForLinks(flow);
    }

    private static Layer layer(Random random, int l) {
      int vectors = 20 + random.nextInt(400);
      int positions = 20 + random.nextInt(400);
      int lines = 1 + random.nextInt(positions / (random.nextInt(4) == 0 ? 1 : 5));
      int first = 1 + random.nextInt(lines);
      List<Integer> reads = new ArrayList<>();
      reads.add(l - 1);
      if (l > 1 && random.nextInt(3) == 0) {
        reads.add(random.nextInt(l - 1));
      }
      return new Layer(
          "l" + l,
          new MatrixShape(1, 1, 1, 1, vectors, 1, 1, 1),
          new Window(positions, first, lines, 1),
          false,
          VALUES,
          VALUES,
          List.of(),
          new Links(reads, List.of()));
    }

    /** As an evaluation does. */
    private Schedule waitForLinks(Dataflow flow) {
      int count = stages.size();
      LinkBundles.Builder bundles = new LinkBundles.Builder(links);
      for (int l = 0; l < count; l++) {
        for (int link = 0; link < links; link++) {
          double bits = 0;
          for (Edge edge : edges) {
            bits += edge.to() == l && edge.link() == link ? edge.bits() : 0;
          }
          if (bits > 0) {
            send(bundles, l, link, bits);
          }
        }
      }
      LinkShares shares = LinkShares.of(bundles.build(1), count);
      for (int l = 0; l < count; l++) {
        times.set(l, times.get(l).atLeast(shares.own(l)));
      }
      Pipeline pipeline = Pipeline.of(flow, times, 0);
      double[] from_ns = new double[count];
      double[] to_ns = new double[count];
      for (int l = 0; l < count; l++) {
        from_ns[l] = pipeline.start_ns(l);
        to_ns[l] = pipeline.end_ns(l);
      }
      double[] shared = shares.shared(from_ns, to_ns, new double[count]);
      for (int l = 0; l < count; l++) {
        times.set(l, times.get(l).atLeast(shared[l]));
      }
      return Schedule.pipelined(Pipeline.of(flow, times, 0), interval_ns);
    }
  }

  @Test
  @Tag("slow")
  void latencyWithBusyLinksIsCloseToThatOfLinksThatServeOneTransferAfterAnother() {
    double[] ratios = new double[CASES];
    double[] free = new double[CASES];
    for (int i = 0; i < CASES; i++) {
      String message = "seed " + SEED + " case " + i;
      Case c = new Case(new Random(SEED + i));
      assertTrue(c.schedule.latency_ns() >= c.free_ns, message);
      assertEquals(c.interval_ns, c.schedule.interval_ns(), 1e-9 * c.interval_ns, message);
      LinkSimulator simulator =
          new LinkSimulator(c.stages, c.edges, c.links, 1, c.interval_ns * (1 + 1e-9));
      simulator.run(INFERENCES);
      double simulated_ns = simulator.latency_ns(INFERENCES - 1);
      ratios[i] = c.schedule.latency_ns() / simulated_ns;
      free[i] = c.free_ns / simulated_ns;
    }
    Arrays.sort(ratios);
    Arrays.sort(free);
    String message = "seed " + SEED + ": ";
    assertEquals(0.94, ratios[CASES / 2], 0.02, message + "median");
    assertTrue(ratios[CASES / 10] > 0.7, message + ratios[CASES / 10]);
    assertTrue(ratios[CASES * 9 / 10] < 1.11, message + ratios[CASES * 9 / 10]);
    assertTrue(free[CASES / 2] < 0.5, message + free[CASES / 2]);
  }
}
