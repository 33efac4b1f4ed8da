package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Evaluations of designs that differ in one thing from the one before, by an evaluator that
 * remembers and, for comparison, by one that does not: ResNet-18, 4,096 designs in turn, one
 * thread. After each trial the sums over all designs are compared bit for bit.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChangeBenchmark {
  static final int DESIGNS = 4_096;
  private static final long SEED = 1L;

  private final Totals totals = new Totals();
  private Design[] layers;
  private Design[] mapping;
  private Design[] readouts;
  private Evaluator remembering;
  private Evaluator plain;
  private int next;

  /** Makes the designs. */
  @Setup
  public void setUp() {
    Network network = Designs.resNet18();
    layers = layers(new Random(SEED), network);
    mapping = mapping(new Random(SEED), network);
    readouts = readouts(new Random(SEED), network);
    remembering = Evaluator.remembering(BandEnd.NOMINAL);
    plain = new Evaluator();
  }

  /** The weight bits of one layer after another become 4 to 8. */
  static Design[] layers(Random random, Network network) {
    Design start = new Designs().runs(network).design();
    List<Precision> bits = new ArrayList<>(start.jobs().get(0).precision());
    Design[] designs = new Design[DESIGNS];
    for (int i = 0; i < DESIGNS; i++) {
      bits.set(random.nextInt(bits.size()), new Precision(4 + random.nextInt(5), 8, 8));
      designs[i] = with(start, new Job(network, bits, 1));
    }
    return designs;
  }

  private static Design with(Design design, Job job) {
    return new Design(
        design.chip(),
        List.of(job),
        design.mapping(),
        design.operation(),
        design.peakWeightBits(),
        design.peakInputBits());
  }

  /** Crossbars beyond one copy change, the chip does not. */
  static Design[] mapping(Random random, Network network) {
    Designs d = new Designs();
    Design start = d.runs(network).design();
    Design[] designs = new Design[DESIGNS];
    for (int i = 0; i < DESIGNS; i++) {
      d.extra = 0.125 * random.nextInt(17);
      Design made = d.design();
      designs[i] =
          new Design(
              start.chip(),
              start.jobs(),
              made.mapping(),
              start.operation(),
              start.peakWeightBits(),
              start.peakInputBits());
    }
    return designs;
  }

  /** Converter bits, their sharing or the buffer change, one at a time: another chip every time. */
  static Design[] readouts(Random random, Network network) {
    Designs d = new Designs().runs(network);
    Design[] designs = new Design[DESIGNS];
    for (int i = 0; i < DESIGNS; i++) {
      switch (random.nextInt(3)) {
        case 0 -> d.adcBits = 5 + random.nextInt(5);
        case 1 -> d.columnsPerAdc = 8 << random.nextInt(4);
        default -> d.bufferSize_B = 32_768 << random.nextInt(3);
      }
      designs[i] = d.design();
    }
    return designs;
  }

  /** One layer changes. */
  @Benchmark
  public double layer() {
    return evaluate(remembering, layers);
  }

  /** The same without memory. */
  @Benchmark
  public double layerAnew() {
    return evaluate(plain, layers);
  }

  /** One knob of the mapping changes. */
  @Benchmark
  public double mappingKnob() {
    return evaluate(remembering, mapping);
  }

  /** The same without memory. */
  @Benchmark
  public double mappingKnobAnew() {
    return evaluate(plain, mapping);
  }

  /** One knob of the chip changes. */
  @Benchmark
  public double chipKnob() {
    return evaluate(remembering, readouts);
  }

  /** The same without memory. */
  @Benchmark
  public double chipKnobAnew() {
    return evaluate(plain, readouts);
  }

  private double evaluate(Evaluator evaluator, Design[] designs) {
    Design design = designs[next];
    evaluator.evaluate(design, totals);
    next = (next + 1) & (DESIGNS - 1);
    return totals.value(Metric.TOPS_PER_W);
  }

  /** Compares the checksums. */
  @TearDown
  public void check() {
    for (Design[] designs : List.of(layers, mapping, readouts)) {
      double fast = 0;
      double expected = 0;
      for (Design design : designs) {
        remembering.evaluate(design, totals);
        fast += EvaluatorBenchmark.checksum(totals);
        plain.evaluate(design, totals);
        expected += EvaluatorBenchmark.checksum(totals);
      }
      if (Double.doubleToLongBits(fast) != Double.doubleToLongBits(expected)) {
        throw new IllegalStateException("The checksums " + fast + " and " + expected + " differ.");
      }
    }
  }
}
