package dev.kirchhoff.mapper.kernel;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Machine.Gate;
import dev.kirchhoff.arch.kernel.Machine.Stored;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.List;

/**
 * Ripple-carry addition by stateful logic: every row of an array adds its own two words, and all
 * rows take each step at once.
 *
 * <p>A full adder is {@link FullAdder}, nine two-input gates. Sum and majority are self-dual, so
 * that the same nine places hold NOR gates or NAND gates:
 *
 * <ul>
 *   <li>{@code nor}: a pulse presets an output to 1, another is the gate; 9 gates and 9 presets a
 *       digit.
 *   <li>{@code imply}: NAND is s ← 0, s ← p → s, s ← q → s (Borghetti 2010); 27 gates a digit.
 * </ul>
 *
 * <p>Columns of a row: a, b, sum of n digits each, two carries by turns, seven intermediate values:
 * 3 n + 9 cells. Sums stay in the array; one read of all its cells and a threshold hand them over.
 * The comparison with integer sums is the host's and not counted. Electrical margins of the gates
 * are the machine's.
 */
record StatefulAdderKernel(int bits, int rows, boolean isNor, RandomKey words) implements Kernel {
  private static final Outcome.Measure SUMS =
      new Outcome.Measure("sums", "correct sums", "%", true);
  private static final Outcome.Measure DIGITS =
      new Outcome.Measure("digits", "correct binary digits", "%", true);
  static final Kind KIND =
      new Kind(
          "statefulAdder",
          "Adds two words in every row of an array at once, by material implication or NOR gates"
              + " whose operands and results are the states of cells.",
          "J. Borghetti et al., Nature 464, 873 (2010), doi 10.1038/nature08940;"
              + " N. Talati et al., IEEE Trans. Nanotechnol. 15, 635 (2016),"
              + " doi 10.1109/TNANO.2016.2570248",
          List.of(
              Key.of("bits", whole(1, 62), "8", "binary digits of a word"),
              Key.of("rows", whole(1, 4096), "64", "additions, one a row"),
              Key.of("gates", Type.word("nor", "imply"), "nor", "family of gates"),
              Key.of("seed", whole(0, Integer.MAX_VALUE), "1", "seed of the words")),
          List.of(SUMS, DIGITS),
          s ->
              new StatefulAdderKernel(
                  s.whole("bits"),
                  s.whole("rows"),
                  s.word("gates").equals("nor"),
                  RandomKey.of(s.whole("seed"))));

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public boolean usesGates() {
    return true;
  }

  private long operand(int row, int which) {
    return words.child(which).bits(row) >>> (64 - bits);
  }

  @Override
  public Outcome run(Machine machine) {
    double[][] cells = new double[rows][3 * bits + 9];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < 2 * bits; k++) {
        cells[r][k] = operand(r, k / bits) >>> (k % bits) & 1;
      }
    }
    Stored array = machine.store("bits", cells, 1);
    for (int k = 0; k < bits; k++) {
      FullAdder adder = new FullAdder(k, bits);
      for (FullAdder.Place gate : adder.gates()) {
        if (isNor) {
          machine.gate(array, Gate.TRUE, new int[0], gate.output());
          machine.gate(array, Gate.NOR, new int[] {gate.a(), gate.b()}, gate.output());
        } else {
          machine.gate(array, Gate.FALSE, new int[0], gate.output());
          machine.gate(array, Gate.IMPLY, new int[] {gate.a()}, gate.output());
          machine.gate(array, Gate.IMPLY, new int[] {gate.b()}, gate.output());
        }
      }
      machine.endOfIteration();
    }
    double[][] found = machine.readCells(array);
    machine.digital(VectorOperation.COMPARE, rows * (bits + 1.0), 8);
    int correct = 0;
    int digits = 0;
    for (int r = 0; r < rows; r++) {
      long sum = 0;
      for (int k = 0; k <= bits; k++) {
        int column = k < bits ? 2 * bits + k : FullAdder.carry(bits, bits);
        sum |= found[r][column] >= 0.5 ? 1L << k : 0;
      }
      long wrong = sum ^ operand(r, 0) + operand(r, 1);
      correct += wrong == 0 ? 1 : 0;
      digits += bits + 1 - Long.bitCount(wrong);
    }
    return Outcome.of(SUMS, 100.0 * correct / rows, bits)
        .with(DIGITS, 100.0 * digits / (rows * (bits + 1.0)));
  }
}
