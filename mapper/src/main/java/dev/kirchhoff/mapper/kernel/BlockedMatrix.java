package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Square matrix on crossbars, whole or cut into blocks.
 *
 * <p>Blocks of zeros are not stored and equal ones once. Each has the whole window of its cells for
 * its own largest element, so that blocks far from a large diagonal err less. Products of blocks
 * are scaled and added up in 64 bits, a multiply-add each. Distinct blocks are read at once, all
 * places of one in a batch.
 */
final class BlockedMatrix {
  private static final int BITS = 64;

  private final double[][] matrix;
  private final int side;
  private final List<MatrixBlock> blocks;

  /**
   * Cuts a matrix.
   *
   * @param matrix elements by input, then output
   * @param side rows of a block; those of the matrix or more store it whole
   * @throws Unfit if the different blocks are more than {@value MatrixBlock#MOST}
   */
  BlockedMatrix(double[][] matrix, int side) throws Unfit {
    this.matrix = matrix;
    this.side = Math.min(side, matrix.length);
    blocks = MatrixBlock.distinct(matrix.length, this.side, this::cells);
  }

  private double[][] cells(int[] block) {
    double[][] cells = new double[width(block[0])][width(block[1])];
    for (int i = 0; i < cells.length; i++) {
      double[] row = matrix[block[0] * side + i];
      System.arraycopy(row, block[1] * side, cells[i], 0, cells[i].length);
    }
    return cells;
  }

  /** Rows or columns of a block; the last ones may have fewer. */
  private int width(int place) {
    return Math.min(side, matrix.length - place * side);
  }

  /**
   * Stores the matrix.
   *
   * @return the product with a vector by reads of the machine
   */
  UnaryOperator<double[]> store(Machine machine, String name) {
    if (side == matrix.length) {
      Machine.Stored whole = machine.store(name, matrix);
      return x -> machine.read(whole, x);
    }
    List<Machine.Stored> stored = new ArrayList<>();
    for (MatrixBlock block : blocks) {
      stored.add(machine.store(name + stored.size(), block.cells()));
    }
    return x -> product(machine, stored, x);
  }

  private double[] product(Machine machine, List<Machine.Stored> stored, double[] x) {
    List<double[][]> vectors = blocks.stream().map(block -> inputs(block, x)).toList();
    List<double[][]> sums = machine.readAtOnce(stored, vectors);
    double[] y = new double[x.length];
    for (int b = 0; b < blocks.size(); b++) {
      List<int[]> places = blocks.get(b).places();
      int width = blocks.get(b).cells()[0].length;
      for (int v = 0; v < places.size(); v++) {
        int to = places.get(v)[1] * side;
        for (int i = 0; i < width; i++) {
          y[to + i] += sums.get(b)[v][i];
        }
      }
      machine.digital(VectorOperation.MULTIPLY_ADD, (double) places.size() * width, BITS);
    }
    return y;
  }

  private double[][] inputs(MatrixBlock block, double[] x) {
    double[][] vectors = new double[block.places().size()][];
    for (int v = 0; v < vectors.length; v++) {
      int from = block.places().get(v)[0] * side;
      vectors[v] = Arrays.copyOfRange(x, from, from + block.cells().length);
    }
    return vectors;
  }
}
