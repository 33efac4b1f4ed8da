package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.mapper.mapping.ActionCounter;
import dev.kirchhoff.mapper.mapping.Mapper;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.mapping.ProgramCounts;
import dev.kirchhoff.mapper.noise.NoiseModel;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Processor time of evaluations of shipped examples on one thread: <b>cold</b>, random designs, of
 * which hardly two share the argument of a stage; <b>warm</b>, the designs of a recorded search in
 * their order; both with memos that are empty at the start; and the share of each stage in the
 * elapsed time. Sums of all metrics with and without memos are compared bit for bit.
 *
 * <pre>
 * mvn -q -B -Pbench-evaluation -pl dse -am verify
 * </pre>
 */
public final class EvaluationBenchmark {
  private static final List<String> SPECS =
      List.of(
          "../examples/resnet18-reram.yaml",
          "../examples/bench/resnet18-12db.yaml",
          "../examples/two-networks.yaml");
  private static final int RANDOM = 4_000;
  private static final int RECORDED = 30_000;
  private static final int COMPARED = 200;
  private static final int ROUNDS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private EvaluationBenchmark() {}

  /** Prints the figures of the examples named, of all without arguments. */
  public static void main(String[] specs) {
    System.out.printf(
        "%s, %s, %d processors%n",
        System.getProperty("java.vm.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    for (String spec : specs.length == 0 ? SPECS : List.of(specs)) {
      RecordedSearch search = new RecordedSearch(spec);
      List<Design> random = search.random(RANDOM, 1);
      List<Design> recorded = search.recorded(RECORDED, 1);
      compare(random.subList(0, COMPARED));
      compare(recorded.subList(0, Math.min(COMPARED, recorded.size())));
      report(spec + ", cold", random, Evaluator.BOUND_B);
      report(spec + ", warm", recorded, Evaluator.BOUND_B);
    }
  }

  /** Holds evaluations with and without memos to the same bits. */
  private static void compare(List<Design> designs) {
    Evaluator cold = new Evaluator(new Prices.Pricer(0)::price, 0);
    Evaluator warm = new Evaluator();
    for (Design design : designs) {
      double a = checksum(cold.totals(design));
      double b = checksum(warm.totals(design));
      if (Double.doubleToLongBits(a) != Double.doubleToLongBits(b)) {
        throw new IllegalStateException("The sums " + a + " and " + b + " differ.");
      }
    }
  }

  private static double checksum(Totals totals) {
    double sum = 0;
    for (Metric metric : Metric.values()) {
      sum += totals.has(metric) ? totals.value(metric) : 0;
    }
    return sum;
  }

  private static void report(String name, List<Design> designs, long bound_B) {
    double best_us = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      Evaluator evaluator = new Evaluator(new Prices.Pricer()::price, bound_B);
      long from = THREADS.getCurrentThreadCpuTime();
      double sum = 0;
      for (Design design : designs) {
        sum += evaluator.totals(design).value(Metric.AREA);
      }
      double each_us = (THREADS.getCurrentThreadCpuTime() - from) / 1e3 / designs.size();
      best_us = sum > 0 ? Math.min(best_us, each_us) : best_us;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d designs, %.1f us a design, %,.0f /s%n",
        name,
        designs.size(),
        best_us,
        1e6 / best_us);
    stages(designs, bound_B);
  }

  /** Prints the share of each stage in the elapsed time. */
  private static void stages(List<Design> designs, long bound_B) {
    String[] names = {"prices", "digits, counts", "mapping", "traffic, schedule", "noise"};
    long[] time_ns = new long[names.length];
    for (int round = 0; round < ROUNDS; round++) {
      Prices.Pricer pricer = new Prices.Pricer();
      NoiseModel noise = new NoiseModel(bound_B / 4 * 3);
      ActionCounter counter = new ActionCounter(bound_B / 32 * 3);
      Memo<Traffic.Key, Traffic> traffic = new Memo<>(Traffic::of, bound_B / 8, Traffic::size_B);
      Mapper mapper = new Mapper();
      long[] own_ns = new long[names.length];
      for (Design design : designs) {
        long start = System.nanoTime();
        PriceTable prices = pricer.price(design);
        long priced = System.nanoTime();
        ArrayUse use = ArrayUse.of(design);
        List<NetworkDigits> digits = new ArrayList<>();
        List<ProgramCounts> programs = new ArrayList<>();
        for (Job job : design.jobs()) {
          NetworkDigits own = noise.digits(design, job, noise.values(job.network()));
          digits.add(own);
          programs.add(counter.of(own, use));
        }
        long counted = System.nanoTime();
        Mapping mapping = mapper.map(design, prices.timing(), programs);
        long mapped = System.nanoTime();
        ChipFlow flow = ChipFlow.of(design, prices.timing(), mapping, traffic::get);
        long flowed = System.nanoTime();
        noise.of(design, prices, digits);
        long noisy = System.nanoTime();
        own_ns[0] += priced - start;
        own_ns[1] += counted - priced;
        own_ns[2] += mapped - counted;
        own_ns[3] += flowed - mapped;
        own_ns[4] += noisy - flowed;
        if (flow.programs().size() != digits.size()) {
          throw new IllegalStateException("A program has no flow.");
        }
      }
      for (int s = 0; s < names.length; s++) {
        time_ns[s] = round == 0 ? own_ns[s] : Math.min(time_ns[s], own_ns[s]);
      }
    }
    double all_ns = Arrays.stream(time_ns).sum();
    for (int s = 0; s < names.length; s++) {
      System.out.printf(Locale.ROOT, "  %-20s %4.0f %%%n", names[s], 100 * time_ns[s] / all_ns);
    }
  }
}
