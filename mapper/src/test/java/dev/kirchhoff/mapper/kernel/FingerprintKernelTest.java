package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells are drawn from the seed of the kernel, read noise from that of the machine. */
class FingerprintKernelTest {
  private static final double FULL_SCALE = 2;

  private static FingerprintKernel kernel(double spread) {
    Kernel kernel =
        GivenSettings.bind(
            FingerprintKernel.KIND,
            Map.of("rows", 128, "columns", 64, "reads", 8, "spread", 100 * spread + "%"));
    return (FingerprintKernel) kernel;
  }

  private static Outcome read(double spread, double noise) {
    MachineErrors errors = MachineErrors.reading(noise / FULL_SCALE);
    return kernel(spread).run(new ArithmeticMachine(errors, 3));
  }

  /**
   * arccos(d²/(d² + e²))/π, first the figure of the reference, d 0.1, e 0.0206: 0.0911. With 4,096
   * pairs and 8 reads the standard error is below 0.0045 at all of these distances.
   */
  @ParameterizedTest
  @CsvSource({"0.1,0.0206", "0.1,0.005", "0.1,0.05", "0.1,0.1", "0.05,0.0206", "0.02,0.2"})
  void intraDistanceFollowsTheClosedForm(double spread, double noise) {
    double d2 = spread * spread;
    double expected = Math.acos(d2 / (d2 + noise * noise)) / Math.PI;

    assertEquals(expected, read(spread, noise).quality().orElseThrow() / 100, 0.0135);
  }

  @Test
  void theFigureOfTheReferenceIsMet() {
    assertEquals(0.0911, Math.acos(0.01 / (0.01 + 0.0206 * 0.0206)) / Math.PI, 5e-5);
    assertEquals(0.0911, read(0.1, 0.0206).quality().orElseThrow() / 100, 0.0135);
    assertTrue(read(0.1, 0.0206).converged());
  }

  @Test
  void chipsShareHalfOfTheirBits() {
    Fingerprint chip = Fingerprint.of(new CellPairs(128, 32, 0.1, 1).deviations());
    double inter = IntStream.range(1, 128).mapToDouble(s -> chip.distance(chip, s)).sum() / 127;

    assertEquals(0.5, inter, 0.01);
  }

  @Test
  void readsWithoutNoiseAgree() {
    Outcome outcome = read(0.1, 0);

    assertEquals(0, outcome.quality().orElseThrow());
    assertTrue(outcome.converged());
    assertEquals(9, outcome.iterations());
  }

  /** Errors of programming alone make a fingerprint as good as drawn cells of the same spread. */
  @Test
  void errorsOfTheMachineAreAFingerprintToo() {
    MachineErrors errors =
        MachineErrors.programming(0.1 / FULL_SCALE).withRead(0.0206 / FULL_SCALE);

    Outcome outcome = kernel(0).run(new ArithmeticMachine(errors, 3));

    assertEquals(0.0911, outcome.quality().orElseThrow() / 100, 0.0135);
    assertTrue(outcome.converged());
  }

  @Test
  void equalCellsTellNothing() {
    assertFalse(read(0, 0).converged());
    assertFalse(read(0, 0.1).converged());
  }

  /** Cells within half a step of 1, 2.5 deviations, read alike; the others set few bits. */
  @Test
  void cellsWithinAStepOfTheConverterTellNothing() {
    Outcome coarse = kernel(0.1).run(stepped(0.5));

    assertEquals(0, coarse.quality().orElseThrow());
    assertTrue(figure(coarse, "inter") > 0);
    assertTrue(figure(coarse, "alike") > 95);
    assertFalse(coarse.converged());
  }

  /** A difference of deviation 0.141 is within a step of 0.02 of zero in 5.6 % of the pairs. */
  @Test
  void cellsBeyondAStepDoTell() {
    Outcome fine = kernel(0.1).run(stepped(0.02));

    assertEquals(5.6, figure(fine, "alike"), 1.1);
    assertEquals(0, figure(read(0.1, 0), "alike"));
    assertTrue(fine.converged());
  }

  private static double figure(Outcome outcome, String word) {
    return outcome.judgedBy(word).quality().orElseThrow();
  }

  /** The exact machine, whose cells are read in steps. */
  private static Machine stepped(double step) {
    Machine exact = ArithmeticMachine.exact(1);
    return (Machine)
        Proxy.newProxyInstance(
            Machine.class.getClassLoader(),
            new Class<?>[] {Machine.class},
            (proxy, method, given) -> {
              Object result = method.invoke(exact, given);
              if (method.getName().equals("readCells")) {
                for (double[] row : (double[][]) result) {
                  Arrays.setAll(row, j -> step * Math.rint(row[j] / step));
                }
              }
              return result;
            });
  }

  /** 9 reads of 128 x 32 pairs, one pulse of every cell. */
  @Test
  void readsComparisonsAndPulsesAreCounted() {
    Calls calls = new Calls(ArithmeticMachine.exact(1));

    kernel(0.1).run(calls.machine());

    assertEquals(9, calls.of("readCells"));
    assertEquals(9 * 128 * 32, calls.of("COMPARE"));
    assertEquals(1, calls.of("pulse"));
    assertEquals(128 * 64, calls.of("pulsed cells"));
  }
}
