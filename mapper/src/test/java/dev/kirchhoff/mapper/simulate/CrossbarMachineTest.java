package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.workload.Precision;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of a kernel's machine on simulated crossbars. */
class CrossbarMachineTest {
  private static final long SEED = 20261128;
  private static final List<WeightEncoding> ENCODINGS =
      List.of(
          TestChips.OFFSET,
          TestChips.FLIPPED,
          TestChips.PAIR,
          TestChips.ROW_PAIR,
          TestChips.DIGITAL_PAIR,
          TestChips.COMBINED);

  private static SimulationOptions only(Set<NonIdeality> effects) {
    return SimulationOptions.of(7, 1).with(effects);
  }

  private static double[][] integers(Random random, int rows, int columns, int most) {
    double[][] a = new double[rows][columns];
    for (double[] row : a) {
      Arrays.setAll(row, j -> random.nextInt(2 * most + 1) - most);
    }
    return a;
  }

  /** Integers whose largest magnitude is the largest one. */
  private static double[] vector(Random random, int length, int most) {
    double[] x = integers(random, 1, length, most)[0];
    x[random.nextInt(length)] = random.nextBoolean() ? most : -most;
    return x;
  }

  private static double[] product(double[][] a, double[] x) {
    double[] y = new double[a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < y.length; j++) {
        y[j] += a[i][j] * x[i];
      }
    }
    return y;
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static TestChips random(Random random) {
    TestChips chip = new TestChips();
    chip.weights = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
    chip.cellBits = 1 + random.nextInt(3);
    chip.rows = 16 + 2 * random.nextInt(40);
    chip.columns = 20 + random.nextInt(60);
    chip.rowsActive = 2 + random.nextInt(chip.rows - 1);
    chip.input = random.nextInt(3) == 0 ? Input.Encoding.AMPLITUDE : Input.Encoding.BIT_SERIAL;
    chip.bitsPerPulse = 1 + random.nextInt(2);
    chip.sign = random.nextInt(3) == 0 ? Input.Sign.BIPOLAR : Input.Sign.SECOND_PASS;
    chip.range = random.nextBoolean() ? Readout.Range.FULL : Readout.Range.CALIBRATED;
    chip.adcBits = 20;
    return chip;
  }

  @Test
  void readsAreExactIntegerArithmeticWithoutEffects() {
    for (int trial = 0; trial < 100; trial++) {
      long seed = SEED + trial;
      Random random = new Random(seed);
      TestChips chip = random(random);
      // Amplitudes of few bits: 20 bits of a converter hold every level of a full range.
      int bits = 2 + random.nextInt(chip.input == Input.Encoding.AMPLITUDE ? 4 : 7);
      int most = Math.max(1, (1 << (bits - 1)) - 1);
      int mostInput = chip.sign == Input.Sign.BIPOLAR ? most : (1 << bits) - 1;
      double[][] a = integers(random, 1 + random.nextInt(100), 1 + random.nextInt(40), most);
      boolean converts = trial % 2 == 1;
      Machine machine =
          CrossbarMachine.of(
              chip.model(),
              only(converts ? EnumSet.of(NonIdeality.CONVERTER) : Set.of()),
              new Precision(bits, bits, bits));
      Machine.Stored stored = machine.store("A", a, most);
      double tolerance = 1e-4 * most * mostInput;
      String message = "seed " + seed + " " + chip.weights;
      double[] x = vector(random, a.length, mostInput);
      double[] y = product(a, x);
      assertArrayEquals(y, machine.read(stored, x), tolerance, message);
      int column = random.nextInt(y.length);
      assertEquals(y[column], machine.readLine(stored, column, x), tolerance, message);
      double[] z = vector(random, y.length, mostInput);
      assertArrayEquals(product(transposed(a), z), machine.readBack(stored, z), tolerance, message);
      double[][] cells = machine.readCells(stored);
      for (int i = 0; i < a.length; i++) {
        assertArrayEquals(a[i], cells[i], 1e-3, message);
      }
    }
  }
}
