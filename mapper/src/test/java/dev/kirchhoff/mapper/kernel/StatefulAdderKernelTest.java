package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Machine.Gate;
import dev.kirchhoff.arch.kernel.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words are drawn from the seed of the kernel; sums are those of Java's integers. */
class StatefulAdderKernelTest {

  private static Kernel adder(String gates, int bits, int rows) {
    return GivenSettings.bind(
        StatefulAdderKernel.KIND, Map.of("gates", gates, "bits", bits, "rows", rows));
  }

  @ParameterizedTest
  @CsvSource({
    "nor,1", "nor,2", "nor,8", "nor,31", "nor,32", "nor,62",
    "imply,1", "imply,2", "imply,8", "imply,31", "imply,32", "imply,62"
  })
  void wordsAddLikeIntegers(String gates, int bits) {
    Outcome outcome = adder(gates, bits, 200).run(ArithmeticMachine.exact(1));

    assertEquals(100, outcome.quality().orElseThrow());
    assertEquals(bits, outcome.iterations());
  }

  /** All eight inputs of a full adder, a row each, against their arithmetic sum. */
  @ParameterizedTest
  @ValueSource(strings = {"nor", "imply"})
  void nineGatesAddThreeBits(String gates) {
    Machine machine = ArithmeticMachine.exact(1);
    double[][] cells = new double[8][12];
    for (int r = 0; r < 8; r++) {
      cells[r][0] = r & 1;
      cells[r][1] = r >> 1 & 1;
      cells[r][FullAdder.carry(0, 1)] = r >> 2;
    }
    FullAdder adder = new FullAdder(0, 1);
    for (double[] row : cells) {
      adder.gates().forEach(g -> row[g.output()] = 1);
    }
    Machine.Stored bits = machine.store("bits", cells, 1);

    for (FullAdder.Place g : adder.gates()) {
      if (gates.equals("nor")) {
        machine.gate(bits, Gate.NOR, new int[] {g.a(), g.b()}, g.output());
      } else {
        machine.gate(bits, Gate.FALSE, new int[0], g.output());
        machine.gate(bits, Gate.IMPLY, new int[] {g.a()}, g.output());
        machine.gate(bits, Gate.IMPLY, new int[] {g.b()}, g.output());
      }
    }

    double[][] found = machine.readCells(bits);
    for (int r = 0; r < 8; r++) {
      double sum = found[r][2] + 2 * found[r][FullAdder.carry(1, 1)];
      assertEquals(Integer.bitCount(r), sum, "inputs " + r);
    }
  }

  /** A ripple addition is 9 N NOR gates and presets; NAND is 3 steps of IMPLY. */
  @Test
  void gatesAndPresetsAreCounted() {
    Calls nor = new Calls(ArithmeticMachine.exact(1));
    adder("nor", 8, 64).run(nor.machine());
    Calls imply = new Calls(ArithmeticMachine.exact(1));
    adder("imply", 8, 64).run(imply.machine());

    assertEquals(9 * 8, nor.of("NOR"));
    assertEquals(9 * 8, nor.of("TRUE"));
    assertEquals(0, nor.of("write"));
    assertEquals(9 * 8, imply.of("FALSE"));
    assertEquals(18 * 8, imply.of("IMPLY"));
    assertEquals(0, imply.of("write"));
    assertEquals(1, nor.of("readCells"));
    assertEquals(9 * 64, nor.of("COMPARE"));
  }

  /** A dead cell spoils sums of its row only; with 1 % of them most rows lose a digit or more. */
  @Test
  void stuckCellsSpoilSums() {
    MachineErrors stuck = MachineErrors.NONE.withStuck(0.01);

    double quality =
        adder("nor", 8, 1000).run(new ArithmeticMachine(stuck, 1)).quality().orElseThrow();

    assertTrue(quality > 60 && quality < 95, "correct sums " + quality + " %");
  }
}
