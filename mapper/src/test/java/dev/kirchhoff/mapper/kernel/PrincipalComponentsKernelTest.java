package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.mapper.data.FeatureTable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Wisconsin breast cancer data, 569 samples of 30 standardised features, 20 passes at a rate of
 * 0.002 / (1 + e / 5). With one component the quality is |cos| of the first, with two in all but
 * rare cases that of the second.
 */
class PrincipalComponentsKernelTest {
  /** Mean magnitude of an update of an element, over all 20 passes (numpy: 1.086e-3). */
  private static final double UPDATE = 1.086e-3;

  private static Outcome run(Map<String, Object> settings, Machine machine) {
    return GivenSettings.bind(PrincipalComponentsKernel.KIND, settings).run(machine);
  }

  private static double median(int components, double error) {
    return LongStream.range(0, 7)
        .mapToObj(seed -> new ArithmeticMachine(MachineErrors.programming(error), seed))
        .mapToDouble(
            machine ->
                run(Map.of("components", components, "passes", 20), machine)
                    .quality()
                    .orElseThrow())
        .sorted()
        .toArray()[3];
  }

  @Test
  void exactComponentsHaveTheSharesOfTheReference() {
    double[][] samples = Preprocessing.STANDARD.of(FeatureTable.breastCancer().samples());
    double[] shares = ExactComponents.of(samples, 3).shares();
    assertEquals(0.4427, shares[0], 5e-5);
    assertEquals(0.1897, shares[1], 5e-5);
    assertEquals(0.0939, shares[2], 5e-5);
  }

  @Test
  void learntComponentsAreTheExactOnes() {
    assertEquals(0.9992, median(1, 0), 1e-3);
    assertEquals(0.9992, median(2, 0), 1e-3);
  }

  /** Errors of 1, 3 and 10 mean updates a write; the first component bears them better. */
  @Test
  void noisyWritesTurnTheComponents() {
    assertEquals(0.998, median(1, UPDATE), 0.02);
    assertEquals(0.99, median(2, UPDATE), 0.02);
    assertEquals(0.984, median(1, 3 * UPDATE), 0.02);
    assertEquals(0.87, median(1, 10 * UPDATE), 0.05);
    assertEquals(0.66, median(2, 10 * UPDATE), 0.08);
  }

  /** A sample is one forward read, two reads back and two outer products: a write of each cell. */
  @Test
  void readsAndWritesAreCounted() {
    Calls calls = new Calls(ArithmeticMachine.exact(1));
    Outcome outcome = run(Map.of("passes", 2), calls.machine());
    assertEquals(2 * 569, outcome.iterations());
    assertEquals(2 * 569, calls.of("read vectors"));
    assertEquals(2 * 2 * 569, calls.of("readBack vectors"));
    assertEquals(2 * 2 * 569, calls.of("outerProduct"));
    assertEquals(2 * 2 * 569 * 30, calls.of("ADD 16"));
    assertEquals(1, calls.of("readCells"));
  }

  @Test
  void ratesThatAreTooLargeLearnNothing() {
    Outcome outcome = run(Map.of("rate", 0.5), ArithmeticMachine.exact(1));
    assertTrue(
        outcome.quality().orElseThrow() < 0.9,
        outcome.quality().orElseThrow() + " with cells at their limits");
  }

  @Test
  void moreComponentsThanFeaturesAreRejected() {
    Map<String, Object> settings =
        Map.of("data", "a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8), "components", 3);
    KernelKind kind = PrincipalComponentsKernel.KIND;
    KernelKind.Unfit problem =
        assertThrows(KernelKind.Unfit.class, () -> kind.bind(GivenSettings.of(kind, settings)));
    assertEquals("components", problem.key());
    assertEquals("is 3, must be at most 2 features", problem.getMessage());
  }
}
