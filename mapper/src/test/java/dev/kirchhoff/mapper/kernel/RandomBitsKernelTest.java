package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bits are those of the random source of the exact machine, by its seed. */
class RandomBitsKernelTest {

  private static RandomBitsKernel kernel(int bits, Map<String, Object> more) {
    Map<String, Object> given = new TreeMap<>(more);
    given.put("bits", bits);
    return (RandomBitsKernel) GivenSettings.bind(RandomBitsKernel.KIND, given);
  }

  private static RandomBitsKernel counter(int bits, double delay, double deviation, double r) {
    return kernel(
        bits,
        Map.of("source", "counter", "delay", delay, "deviation", deviation, "correlation", r));
  }

  private static double bias(double delay, double deviation) {
    boolean[] bits = counter(1_000_000, delay, deviation, 0).bits(ArithmeticMachine.exact(1));
    return RandomnessTests.share(bits) - 0.5;
  }

  /**
   * The count is odd for delays of 1 to 2, 3 to 4 ... periods: at a mean of 1.5, 2.5 ... the bias
   * is the bound less 1/3 of the third harmonic, at whole means it vanishes. Reference: 0.131 to
   * 0.185, 0.04 to 0.057, 0.003 to 0.0046; σ of a million bits is 0.0005.
   */
  @ParameterizedTest
  @CsvSource({"0.5,0.185", "0.7,0.0567", "1,0.00458", "1.5,9.6e-6"})
  void biasIsWithinItsBound(double deviation, double figure) {
    double bound = 2 / Math.PI * Math.exp(-Math.pow(Math.PI * deviation, 2) / 2);
    assertEquals(figure, bound, 0.01 * figure);

    assertEquals(bound, bias(51.5, deviation), 0.002);
    assertEquals(-bound, bias(50.5, deviation), 0.002);
    assertEquals(bound * Math.sin(Math.PI / 4), bias(51.25, deviation), 0.002);
    assertEquals(0, bias(50, deviation), 0.002);
  }

  @Test
  void aMillionGoodBitsPassAllTests() {
    for (RandomBitsKernel kernel :
        new RandomBitsKernel[] {kernel(1_000_000, Map.of()), counter(1_000_000, 50.5, 1.5, 0)}) {
      Outcome outcome = kernel.run(ArithmeticMachine.exact(1));

      assertEquals(100, outcome.quality().orElseThrow());
      assertTrue(outcome.converged());
      assertEquals(1_000_000, outcome.iterations());
    }
  }

  @Test
  void aSlowCounterFails() {
    Outcome outcome = counter(10_000, 50.5, 0.5, 0).run(ArithmeticMachine.exact(1));

    assertTrue(
        outcome.quality().orElseThrow() < 20,
        "tests passed " + outcome.quality().orElseThrow() + " %");
    assertFalse(outcome.converged());
  }

  /** Correlation leaves the share of ones alone; runs and patterns show it. */
  @Test
  void incompleteRelaxationShowsInRuns() {
    boolean[] bits = counter(100_000, 50, 1.5, 0.97).bits(ArithmeticMachine.exact(1));

    assertEquals(0.5, RandomnessTests.share(bits), 0.01);
    assertTrue(RandomnessTests.runs(bits) < 1e-6);
    assertTrue(RandomnessTests.serial(bits, 5, false) < 1e-6);
  }

  /** A draw and a comparison a bit; a counter toggles about 50 times a bit instead. */
  @Test
  void drawsAreCounted() {
    Calls uniform = new Calls(ArithmeticMachine.exact(1));
    kernel(1000, Map.of()).run(uniform.machine());
    Calls counter = new Calls(ArithmeticMachine.exact(1));
    counter(1000, 50.5, 1.5, 0).run(counter.machine());

    assertEquals(1000, uniform.of("uniform"));
    assertEquals(1000, uniform.of("COMPARE"));
    assertEquals(1000, counter.of("gaussian"));
    assertEquals(50_000, counter.of("ADD"), 200);
    assertEquals(1000, counter.of("endOfIteration"));
  }
}
