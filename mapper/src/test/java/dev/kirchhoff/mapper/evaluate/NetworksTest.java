package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.arch.workload.Network;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Totals of each network on a chip that several share, against those of all together. */
class NetworksTest {
  private static final long SEED = 20261125L;

  private static Totals totals(Designs designs) {
    return new Evaluator().totalsByNetwork(designs.design());
  }

  private static Designs random(Random random) {
    Designs designs = new Designs().runs(Designs.resNet18(), Designs.small());
    designs.schedule = random.nextBoolean() ? Schedule.PIPELINED : Schedule.LAYER_BY_LAYER;
    designs.extra = random.nextInt(3);
    Job first = designs.jobs.get(0);
    designs.jobs =
        List.of(
            new Job(first.network(), first.precision(), 1 + random.nextInt(5)),
            designs.jobs.get(1));
    return designs;
  }

  @Test
  void aNetworkAloneHasTheTotalsOfTheChip() {
    for (Network network : List.of(Designs.resNet18(), Designs.small())) {
      Totals totals = totals(new Designs().runs(network));
      assertEquals(1, totals.networks());
      assertEquals(network.name(), totals.networkName(0));
      for (Metric metric : Metric.values()) {
        assertEquals(totals.value(metric), totals.network(0).value(metric), 0, metric.word());
      }
    }
  }

  @Test
  void totalsAreMeansOfTheNetworksByTheirWeights() {
    for (long seed = SEED; seed < SEED + 20; seed++) {
      Designs designs = random(new Random(seed));
      Totals totals = totals(designs);
      double share = designs.jobs.get(0).weight() / (designs.jobs.get(0).weight() + 1);
      for (Metric metric : List.of(Metric.ENERGY, Metric.LATENCY, Metric.BATCH_LATENCY)) {
        double mean =
            share * totals.network(0).value(metric) + (1 - share) * totals.network(1).value(metric);
        assertEquals(mean, totals.value(metric), 1e-9 * mean, metric + ", seed " + seed);
      }
      double interval =
          share / totals.network(0).value(Metric.THROUGHPUT)
              + (1 - share) / totals.network(1).value(Metric.THROUGHPUT);
      assertEquals(1, interval * totals.value(Metric.THROUGHPUT), 1e-9, "throughput, seed " + seed);
      assertEquals(
          value(Aggregation.WORST, Metric.SNR, totals),
          totals.value(Metric.SNR),
          1e-12,
          "seed " + seed);
    }
  }

  @Test
  void theWorstIsTheLongestAndTheLeastEfficientAndTheChipIsTheSameForAll() {
    Totals totals = new Totals();
    totals.set(Metric.LATENCY, 2.5);
    totals.set(Metric.TOPS_PER_W, 3);
    totals.set(Metric.AREA, 50);
    set(totals.addNetwork("a"), 1, 2);
    set(totals.addNetwork("b"), 4, 5);
    assertEquals(4, value(Aggregation.WORST, Metric.LATENCY, totals));
    assertEquals(2, value(Aggregation.WORST, Metric.TOPS_PER_W, totals));
    assertEquals(2.5, value(Aggregation.MEAN, Metric.LATENCY, totals));
    assertEquals(3.5, value(Aggregation.MEAN, Metric.TOPS_PER_W, totals));
    assertEquals(3, value(Aggregation.WEIGHTED, Metric.TOPS_PER_W, totals));
    for (Aggregation over : Aggregation.values()) {
      assertEquals(50, value(over, Metric.AREA, totals));
    }
    totals.clear();
    assertEquals(0, totals.networks());
  }

  private static void set(Totals totals, double latency_ms, double efficiency) {
    totals.set(Metric.LATENCY, latency_ms);
    totals.set(Metric.TOPS_PER_W, efficiency);
  }

  private static double value(Aggregation over, Metric metric, Totals totals) {
    return new Objective(metric, metric.higherIsBetter(), over).value(totals);
  }
}
