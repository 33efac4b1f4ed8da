package dev.kirchhoff.mapper.kernel;

import static dev.kirchhoff.arch.spec.Dimension.NUMBER;
import static dev.kirchhoff.arch.spec.Dimension.RATIO;
import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Random number generator: bits of the random source of the machine.
 *
 * <ul>
 *   <li>{@code uniform}: a draw a bit, compared with 1/2.
 *   <li>{@code counter}: a counter runs until a volatile device switches; the bit is its lowest
 *       digit. Delays are normal with deviation s in periods of the counter and a correlation r of
 *       successive ones, left by a device that has not relaxed. The bias obeys
 *       <pre>|P(1) − 1/2| ≤ (2/π) exp(−(π s)² / 2)        (1)</pre>
 *       the first harmonic of a square wave of period 2 that a normal density averages; with
 *       correlation the bias given the delay before is (1) with s √(1 − r²).
 * </ul>
 *
 * <p>The quality is the share of {@link RandomnessTests} with a p-value of 1 % or more; it is a
 * verdict on the source and not counted. Good bits fail each test once in a hundred runs.
 */
record RandomBitsKernel(
    int bits, boolean isCounter, double delay, double deviation, double correlation)
    implements Kernel {
  private static final Outcome.Measure PASSED =
      new Outcome.Measure("tests", "randomness tests passed", "%", true);
  private static final Outcome.Measure BIAS = new Outcome.Measure("bias", "bias", "%", false);
  static final Kind KIND =
      new Kind(
          "randomBits",
          "Generates random bits from the random source, or from the switching delay of volatile"
              + " devices.",
          "H. Jiang et al., Nature Communications 8, 882 (2017), doi 10.1038/s41467-017-00869-x",
          List.of(
              Key.of("bits", whole(128, 10_000_000), "10000", "bits drawn in a task"),
              Key.of("source", Type.word("uniform", "counter"), "uniform", "origin of a bit"),
              Key.of(
                  "delay",
                  quantity(NUMBER, 0, 1e6),
                  "50.5",
                  "mean switching delay in clock periods; between two whole ones the bias is"
                      + " largest"),
              Key.of(
                  "deviation",
                  quantity(NUMBER, 0, 1e6),
                  "1.5",
                  "standard deviation of the delays in clock periods"),
              Key.of(
                  "correlation",
                  quantity(RATIO, 0, 0.999),
                  "0",
                  "correlation of successive delays")),
          List.of(PASSED, BIAS),
          s ->
              new RandomBitsKernel(
                  s.whole("bits"),
                  s.word("source").equals("counter"),
                  s.number("delay"),
                  s.number("deviation"),
                  s.number("correlation")));

  private static final double LEAST_P = 0.01;

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public boolean draws() {
    return true;
  }

  /** The bits of a task. */
  boolean[] bits(Machine machine) {
    boolean[] drawn = new boolean[bits];
    double state = isCounter ? machine.gaussian() : 0;
    for (int b = 0; b < bits; b++) {
      if (isCounter) {
        long periods = (long) Math.max(0, delay + deviation * state);
        machine.digital(VectorOperation.ADD, periods, 1);
        drawn[b] = periods % 2 == 1;
        double fresh = Math.sqrt(1 - correlation * correlation);
        state = correlation * state + (b + 1 < bits ? fresh * machine.gaussian() : 0);
      } else {
        drawn[b] = machine.uniform() >= 0.5;
        machine.digital(VectorOperation.COMPARE, 1, 1);
      }
      machine.endOfIteration();
    }
    return drawn;
  }

  @Override
  public Outcome run(Machine machine) {
    boolean[] drawn = bits(machine);
    List<Double> p = List.copyOf(RandomnessTests.pValues(drawn).values());
    double passed = p.stream().filter(value -> value >= LEAST_P).count();
    double ones = IntStream.range(0, bits).filter(b -> drawn[b]).count();
    return Outcome.of(PASSED, 100 * passed / p.size(), bits, passed == p.size())
        .with(BIAS, 100 * Math.abs(ones / bits - 0.5));
  }
}
