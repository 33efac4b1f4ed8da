package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Interconnect.Topology;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.arch.chip.Readout.ReadoutKind;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Full evaluations of ResNet-18 with signal-to-noise ratio, on one thread, nothing remembered
 * between designs but the digit statistics of layers: 4,096 random designs that vary what {@code
 * examples/resnet18-reram.yaml} varies. After each trial the sum over all designs is compared with
 * that of evaluations that build layers and warnings as well, by a fresh evaluator. The collector
 * is that of the command line's searches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseParallelGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvaluatorBenchmark {
  static final int DESIGNS = 4_096;
  private static final long SEED = 1L;

  private final Design[] designs = new Design[DESIGNS];
  private final Design[] larger = new Design[DESIGNS];
  private final PriceTable[] tables = new PriceTable[DESIGNS];
  private Evaluator evaluator;
  private Evaluator priced;
  private int next;

  /** Makes the designs. */
  @Setup
  public void setUp() {
    Random random = new Random(SEED);
    Network network = Designs.resNet18();
    Network resNet50 = new NetworkCatalogue().find("resnet50").orElseThrow();
    for (int i = 0; i < DESIGNS; i++) {
      designs[i] = random(random, network);
      tables[i] = Prices.of(designs[i]);
    }
    for (int i = 0; i < DESIGNS; i++) {
      larger[i] = random(random, resNet50);
    }
    evaluator = new Evaluator();
    priced = new Evaluator(design -> tables[next]);
  }

  public static Design random(Random random, Network network) {
    Designs d = new Designs();
    d.side = 64 << random.nextInt(4);
    d.rowsActive = d.side >> random.nextInt(4);
    d.linkWidth = random.nextBoolean() ? 128 : 256;
    d.topology = random.nextBoolean() ? Topology.MESH : Topology.H_TREE;
    d.bufferSize_B = 32_768 << random.nextInt(3);
    d.perTile = 4 * (1 + random.nextInt(4));
    d.bitsPerPulse = 1 << random.nextInt(3);
    d.range = random.nextBoolean() ? Range.CALIBRATED : Range.FULL;
    switch (random.nextInt(3)) {
      case 0 -> {
        d.readout = ReadoutKind.SAR;
        d.adcBits = 4 + random.nextInt(6);
        d.columnsPerAdc = Math.min(d.side, 8 << random.nextInt(5));
      }
      case 1 -> {
        d.readout = ReadoutKind.FLASH;
        d.adcBits = 3 + random.nextInt(4);
        d.columnsPerAdc = 8 << random.nextInt(3);
      }
      default -> {
        d.readout = ReadoutKind.SENSE_AMPLIFIER;
        d.adcBits = 1 + random.nextInt(4);
        d.columnsPerAdc = new int[] {1, 4, 8}[random.nextInt(3)];
      }
    }
    d.perPe = 4 << random.nextInt(3);
    d.weights =
        new WeightEncoding(
            random.nextBoolean() ? Encoding.OFFSET : Encoding.DIFFERENTIAL, false, false, false);
    d.cellBits = 1 + random.nextInt(4);
    d.readVoltage_V = 0.1 + 0.05 * random.nextInt(5);
    d.extra = new double[] {0, 0.25, 0.5, 1, 2}[random.nextInt(5)];
    return d.runs(network).design();
  }

  /** Prices and everything that follows. */
  @Benchmark
  public double evaluate() {
    Design design = designs[next];
    next = (next + 1) & (DESIGNS - 1);
    return evaluator.totals(design).value(Metric.TOPS_PER_W);
  }

  /** The same for ResNet-50, 54 layers. */
  @Benchmark
  public double evaluateResNet50() {
    Design design = larger[next];
    next = (next + 1) & (DESIGNS - 1);
    return evaluator.totals(design).value(Metric.TOPS_PER_W);
  }

  /** Everything but the price table. */
  @Benchmark
  public double evaluatePriced() {
    Design design = designs[next];
    next = (next + 1) & (DESIGNS - 1);
    return priced.totals(design).value(Metric.TOPS_PER_W);
  }

  /** The price table alone. */
  @Benchmark
  public double price() {
    Design design = designs[next];
    next = (next + 1) & (DESIGNS - 1);
    return Prices.of(design).timing().pass().pass_ns();
  }

  /** Compares the checksum. */
  @TearDown
  public void check() {
    double fast = 0;
    double plain = 0;
    Evaluator fresh = new Evaluator();
    for (Design design : designs) {
      fast += checksum(evaluator.totals(design));
      plain += checksum(fresh.evaluate(design).totals());
    }
    if (Double.doubleToLongBits(fast) != Double.doubleToLongBits(plain)) {
      throw new IllegalStateException("The checksums " + fast + " and " + plain + " differ.");
    }
  }

  static double checksum(Totals totals) {
    double sum = 0;
    for (Metric metric : Metric.values()) {
      sum += totals.has(metric) ? totals.value(metric) : 0;
    }
    return sum;
  }
}
