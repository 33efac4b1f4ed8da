package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random patterns of 64 bits where not said otherwise; each bit of a probe flips with 10 %. */
class HopfieldKernelTest {

  /** Share of recalled probes over seeds of patterns and of the machine, 20 probes each. */
  private static double recall(Map<String, Object> given, MachineErrors errors, int seeds) {
    double sum = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      Map<String, Object> all = new TreeMap<>(given);
      all.put("probes", 20);
      all.put("seed", seed);
      sum +=
          GivenSettings.bind(HopfieldKernel.KIND, all)
              .run(new ArithmeticMachine(errors, seed))
              .quality()
              .orElseThrow();
    }
    return sum / seeds;
  }

  /**
   * Shares of a second implementation (numpy, 2,000 to 4,000 sets of patterns with a probe each):
   * Hebb 1.000/0.994/0.974/0.880/0.706/0.396, pseudo-inverse 1.000/0.996 and, one after the other,
   * 0.956. The project's reference has 1.00/0.99/0.93/0.86/0.66/0.45 and 1.00/0.99/0.96 of fewer
   * sets: at 6, 10 and 13 patterns it is 4, 5 and 5 points from the ensemble.
   */
  @ParameterizedTest
  @CsvSource({
    "hebb,synchronous,3,1.000",
    "hebb,synchronous,5,0.994",
    "hebb,synchronous,6,0.974",
    "hebb,synchronous,8,0.880",
    "hebb,synchronous,10,0.706",
    "hebb,synchronous,13,0.396",
    "hebb,asynchronous,5,0.992",
    "hebb,asynchronous,8,0.887",
    "pseudoInverse,asynchronous,6,1.00",
    "pseudoInverse,asynchronous,13,0.996",
    "pseudoInverse,asynchronous,20,0.956"
  })
  void capacityIsThatOfTheEnsemble(String rule, String update, int patterns, double expected) {
    Map<String, Object> given = Map.of("rule", rule, "update", update, "patterns", patterns);
    int sets = expected < 0.99 ? 300 : 60;

    assertEquals(100 * expected, recall(given, MachineErrors.NONE, sets), 2.5);
  }

  /**
   * 5 patterns by Hebb; numpy: 2-bit weights 0.978, half of the cells dead 0.825, errors of 20 % of
   * the window 0.976. The reference has 0.99, 0.89 and 0.96.
   */
  @Test
  void damagedWeightsStillRecall() {
    MachineErrors twoBits = new MachineErrors(0, MachineErrors.Scale.WINDOW, 0, 2, 0, 0, 0);

    assertEquals(97.8, recall(Map.of(), twoBits, 150), 2);
    assertEquals(82.5, recall(Map.of(), MachineErrors.NONE.withStuck(0.5), 250), 2.5);
    assertEquals(97.6, recall(Map.of(), MachineErrors.programming(0.2), 150), 2);
  }

  /**
   * 200 neurons, 5 patterns, 40 % of the bits flipped. Noise of 0.2 frees probes from mixtures of
   * patterns, noise of 0.4 destroys the patterns; numpy: 0.73, 0.81, 0.37.
   */
  @Test
  void recallHasAnInteriorOptimumOfNoise() {
    Map<String, Object> given = new TreeMap<>();
    given.putAll(Map.of("neurons", 200, "patterns", 5, "flips", "40%", "sweeps", 40));
    double without = recall(given, MachineErrors.NONE, 30);
    given.put("noise", 0.2);
    double some = recall(given, MachineErrors.NONE, 30);
    given.put("noise", 0.4);
    double much = recall(given, MachineErrors.NONE, 30);

    assertTrue(some > without + 3, without + " % without noise, " + some + " % with");
    assertTrue(some > much + 20, some + " % with noise, " + much + " % with twice as much");
  }

  @Test
  void everyPatternIsAFixedPoint() {
    Outcome outcome =
        GivenSettings.bind(HopfieldKernel.KIND, Map.of("flips", "0%", "patterns", 3))
            .run(ArithmeticMachine.exact(1));

    assertEquals(100, outcome.quality().orElseThrow());
    assertEquals(1, outcome.iterations());
  }

  /** 7 probes of 16 neurons: a read of all a sweep, or 16 columns a sweep, each for 7 probes. */
  @Test
  void readsAreCounted() {
    Map<String, Object> given = new TreeMap<>();
    given.putAll(Map.of("neurons", 16, "patterns", 2, "probes", 7, "sweeps", 5, "noise", 0.5));
    Calls synchronous = new Calls(ArithmeticMachine.exact(1));
    GivenSettings.bind(HopfieldKernel.KIND, given).run(synchronous.machine());
    given.put("update", "asynchronous");
    Calls asynchronous = new Calls(ArithmeticMachine.exact(1));
    GivenSettings.bind(HopfieldKernel.KIND, given).run(asynchronous.machine());

    assertEquals(5, synchronous.of("read"));
    assertEquals(5 * 7, synchronous.of("read vectors"));
    assertEquals(0, synchronous.of("readLine"));
    assertEquals(5 * 16, asynchronous.of("readLine"));
    assertEquals(5 * 7 * 16, asynchronous.of("readLine vectors"));
    for (Calls calls : new Calls[] {synchronous, asynchronous}) {
      assertEquals(5 * 7 * 16, calls.of("COMPARE"));
      assertEquals(5 * 7 * 16, calls.of("MULTIPLY_ADD"));
      assertEquals(5 * 7 * 16, calls.of("gaussian"));
      assertEquals(5, calls.of("endOfIteration"));
    }
  }

  @Test
  void dependentPatternsHaveNoPseudoInverse() {
    Map<String, Object> given = Map.of("neurons", 8, "patterns", 9, "rule", "pseudoInverse");

    Unfit unfit =
        assertThrows(
            Unfit.class,
            () -> HopfieldKernel.KIND.bind(GivenSettings.of(HopfieldKernel.KIND, given)));

    assertEquals("patterns", unfit.key());
    assertEquals(
        "is 9, which depend on each other at 8 neurons; take fewer, or rule: hebb",
        unfit.getMessage());
  }
}
