package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Square matrix cut into blocks and base-B digits: the blocks that are not zero, equal ones once,
 * with the S digits of their elements side by side on columns of their own.
 *
 * <pre>a_ij ≈ u Σ_k B^k d_kij,  u = max |a| / (B^S − 1),  |d| ≤ B − 1 with the sign of a_ij</pre>
 *
 * <p>Inputs of b bits are cut likewise, x_i ≈ v Σ_l B^l e_li with v = max |x| / (2^b − 1). Every
 * partial sum Σ_i e_li d_kij is then a whole number, and rounding takes all errors below one half
 * away; digits are recombined in 64 bits. Without input bits inputs are analogue and nothing is
 * rounded.
 */
final class DigitBlocks {
  private static final int BITS = 64;

  /** Elements in units of their lowest digit must be exact in a double. */
  private static final int MANTISSA = 52;

  private final int size;
  private final int base;
  private final int slices;
  private final int vectorBits;
  private final int side;
  private final double unit;

  /** Distinct blocks, transposed for forward reads. */
  private final List<MatrixBlock> blocks;

  /** The blocks on a machine. */
  record Programmed(List<Machine.Stored> blocks) {}

  /** Keys: reuse and side of blocks, base and number of digits, bits of inputs. */
  static List<Key> keys() {
    return List.of(
        Key.of(
            "reuse",
            Type.word("none", "blocks"),
            "blocks",
            "none stores the matrix whole; blocks cuts it, stores equal blocks once for all their"
                + " places (two of a stencil) and zero blocks never"),
        Key.of("block", Type.whole(2, 1024), "16", "side of the blocks of reuse"),
        Key.of("base", Type.whole(2, 256), "2", "base of the digits of matrix and inputs"),
        Key.of(
            "slices",
            Type.whole(1, MANTISSA),
            "1",
            "digits of an element; 1 of base 2 holds a stencil exactly"),
        Key.optional(
            "vectorBits",
            Type.whole(1, MANTISSA),
            "bits of the magnitude of an input, cut into digits; without it inputs are not cut"));
  }

  /**
   * Cuts a matrix as settings of {@link #keys} say.
   *
   * @throws Unfit if the digits of an element are more than a double holds, or the different blocks
   *     more than {@value MatrixBlock#MOST}
   */
  static DigitBlocks of(double[][] matrix, Settings settings) throws Unfit {
    int base = settings.whole("base");
    int slices = settings.whole("slices");
    double bits = slices * StrictMath.log(base) / StrictMath.log(2);
    if (bits > MANTISSA) {
      throw new Unfit(
          "slices",
          String.format(
              "of base %d hold %.0f bits, must hold at most %d; take fewer slices or a lower base",
              base, Math.ceil(bits), MANTISSA));
    }
    boolean isCut = settings.word("reuse").equals("blocks");
    return new DigitBlocks(
        matrix,
        isCut ? settings.whole("block") : matrix.length,
        base,
        slices,
        settings.has("vectorBits") ? settings.whole("vectorBits") : 0);
  }

  /**
   * Cuts a matrix.
   *
   * @param side side of the blocks; that of the matrix stores it whole
   * @param base values of a digit, B
   * @param slices digits of an element, S
   * @param vectorBits bits of the magnitude of an input, b; 0 = analogue
   */
  private DigitBlocks(double[][] matrix, int side, int base, int slices, int vectorBits)
      throws Unfit {
    size = matrix.length;
    this.base = base;
    this.slices = slices;
    this.vectorBits = vectorBits;
    this.side = Math.min(side, size);
    double most = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        most = Math.max(most, Math.abs(value));
      }
    }
    unit = most == 0 ? 1 : most / (StrictMath.pow(base, slices) - 1);
    blocks = MatrixBlock.distinct(size, this.side, at -> cells(matrix, at));
  }

  /** Digits of a block, by column of the matrix, then digit and row. */
  private double[][] cells(double[][] matrix, int[] block) {
    int outputs = width(block[0]);
    double[][] cells = new double[width(block[1])][slices * outputs];
    // At 52 bits the quotient of the largest element rounds to B^S, whose S digits are zeros.
    double most = StrictMath.pow(base, slices) - 1;
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < cells.length; j++) {
        double element = matrix[block[0] * side + i][block[1] * side + j];
        double rest = Math.min(most, Math.rint(Math.abs(element) / unit));
        for (int k = 0; k < slices && rest > 0; k++) {
          double digit = rest % base;
          cells[j][k * outputs + i] = Math.copySign(digit, element);
          rest = (rest - digit) / base;
        }
      }
    }
    return cells;
  }

  /** Rows or columns of a block; the last ones may have fewer. */
  private int width(int place) {
    return Math.min(side, size - place * side);
  }

  /** Stores the blocks; a cell holds a digit from −(B − 1) to B − 1. */
  Programmed store(Machine machine, String name) {
    List<Machine.Stored> stored = new ArrayList<>();
    for (MatrixBlock block : blocks) {
      stored.add(machine.store(name + stored.size(), block.cells(), base - 1));
    }
    return new Programmed(List.copyOf(stored));
  }

  /** A x by one batch of reads for each block, all blocks at once. */
  double[] product(Machine machine, Programmed programmed, double[] x) {
    double most = Arrays.stream(x).map(Math::abs).max().orElse(0);
    double full = most == 0 ? 1 : most;
    double[] y = new double[size];
    int inputs =
        vectorBits == 0
            ? 1
            : (int) Math.ceil(vectorBits * StrictMath.log(2) / StrictMath.log(base));
    double step = vectorBits == 0 ? 1 : full / (StrictMath.pow(2, vectorBits) - 1);
    double[][] digits = vectorBits == 0 ? new double[][] {x} : digits(x, step, inputs);
    machine.digital(VectorOperation.COMPARE, vectorBits == 0 ? 0 : size, BITS);
    List<double[][]> vectors = blocks.stream().map(block -> inputs(block, digits)).toList();
    List<double[][]> sums = machine.readAtOnce(programmed.blocks(), vectors);
    for (int b = 0; b < blocks.size(); b++) {
      List<int[]> places = blocks.get(b).places();
      double[][] found = sums.get(b);
      for (int v = 0; v < found.length; v++) {
        int from = places.get(v / inputs)[0] * side;
        double weight = unit * step * StrictMath.pow(base, v % inputs);
        addDigits(found[v], weight, y, from);
      }
      double digitSums = (double) found.length * found[0].length;
      machine.digital(VectorOperation.MULTIPLY_ADD, digitSums, BITS);
    }
    return y;
  }

  /** Digits of the inputs of each place of a block, place after place. */
  private double[][] inputs(MatrixBlock block, double[][] digits) {
    List<int[]> places = block.places();
    double[][] vectors = new double[places.size() * digits.length][];
    for (int v = 0; v < vectors.length; v++) {
      int from = places.get(v / digits.length)[1] * side;
      double[] digit = digits[v % digits.length];
      vectors[v] = Arrays.copyOfRange(digit, from, from + block.cells().length);
    }
    return vectors;
  }

  private void addDigits(double[] sums, double weight, double[] y, int from) {
    int outputs = sums.length / slices;
    for (int k = 0; k < slices; k++) {
      double factor = weight * StrictMath.pow(base, k);
      for (int i = 0; i < outputs; i++) {
        double sum = sums[k * outputs + i];
        y[from + i] += factor * (vectorBits == 0 ? sum : Math.rint(sum));
      }
    }
  }

  private double[][] digits(double[] x, double step, int inputs) {
    double[][] digits = new double[inputs][size];
    double most = StrictMath.pow(2, vectorBits) - 1;
    for (int i = 0; i < size; i++) {
      double rest = Math.min(most, Math.rint(Math.abs(x[i]) / step));
      for (int l = 0; l < inputs; l++) {
        double digit = rest % base;
        digits[l][i] = Math.copySign(digit, x[i]);
        rest = (rest - digit) / base;
      }
    }
    return digits;
  }
}
