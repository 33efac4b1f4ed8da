package dev.kirchhoff.arch.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Hardware that a {@link Kernel} computes on: matrices in crossbars that are read, written and
 * solved, volatile devices, digital vector units and a random source.
 *
 * <p>A kernel is written once against this interface. On the exact machine it gives the ideal
 * result, on the simulated crossbars of a design the result of that design; whoever counts its
 * calls has the actions of the task, those that depend on data included.
 *
 * <p>Calls depend on each other in their order: a read waits for the one before. Vectors of one
 * call do not depend on each other.
 *
 * <pre>{@code
 * Machine.Stored a = machine.store("A", matrix);
 * double[] y = machine.read(a, x);
 * machine.digital(VectorOperation.MULTIPLY_ADD, y.length, 64);
 * }</pre>
 */
public interface Machine {

  /**
   * A matrix in crossbars.
   *
   * @param id number of the matrix on its machine, from 0
   * @param name name within the kernel
   * @param rows inputs of a forward read, n
   * @param columns outputs of a forward read, m
   * @param fullScale largest magnitude that an element can have
   */
  record Stored(int id, String name, int rows, int columns, double fullScale) {}

  /**
   * A group of volatile devices.
   *
   * @param id number of the group on its machine, from 0
   * @param devices devices of the group
   */
  record Volatile(int id, int devices) {}

  /** Stateful gate of cells of one row, done in all rows of the array at once. */
  enum Gate {
    /** Output becomes 0; inputs are not read. */
    FALSE,
    /** Output becomes 1; inputs are not read. */
    TRUE,
    /** Material implication: output becomes (not input) or output, of one input. */
    IMPLY,
    /** Output becomes not (a or b or ...); it must be 1 before. */
    NOR;

    /**
     * Output of a gate.
     *
     * @param anyInput whether any input is 1
     * @param before output before the gate
     */
    public boolean output(boolean anyInput, boolean before) {
      return switch (this) {
        case FALSE -> false;
        case TRUE -> true;
        case IMPLY -> !anyInput || before;
        case NOR -> before && !anyInput;
      };
    }
  }

  /**
   * Programs a matrix with write and verify before the task starts.
   *
   * @param matrix elements by row, then column
   * @param fullScale largest magnitude that its cells can hold, at least that of the elements;
   *     where elements change in the task it bounds them
   */
  Stored store(String name, double[][] matrix, double fullScale);

  /** Programs a matrix whose largest element takes the whole window of its cells. */
  default Stored store(String name, double[][] matrix) {
    double most = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        most = Math.max(most, Math.abs(value));
      }
    }
    return store(name, matrix, most == 0 ? 1 : most);
  }

  /**
   * Forward read, y_j = Σ_i x_i w_ij, of vectors that do not depend on each other.
   *
   * @param vectors inputs by vector, then row; each is scaled to the range of the input drivers
   * @return outputs by vector, then column
   */
  double[][] read(Stored matrix, double[][] vectors);

  /** Forward read of one vector. */
  default double[] read(Stored matrix, double[] vector) {
    return read(matrix, new double[][] {vector})[0];
  }

  /**
   * Forward reads of several matrices that do not wait for each other, as of the blocks of a
   * matrix.
   *
   * @param matrices matrices, each once
   * @param vectors inputs of each by vector, then row
   * @return outputs of each by vector, then column
   */
  default List<double[][]> readAtOnce(List<Stored> matrices, List<double[][]> vectors) {
    List<double[][]> outputs = new ArrayList<>();
    for (int i = 0; i < matrices.size(); i++) {
      outputs.add(read(matrices.get(i), vectors.get(i)));
    }
    return outputs;
  }

  /**
   * Transpose read, y_i = Σ_j w_ij x_j, on the same cells.
   *
   * @param vectors inputs by vector, then column
   * @return outputs by vector, then row
   */
  double[][] readBack(Stored matrix, double[][] vectors);

  /** Transpose read of one vector. */
  default double[] readBack(Stored matrix, double[] vector) {
    return readBack(matrix, new double[][] {vector})[0];
  }

  /**
   * Reads of one column alone, y = Σ_i x_i w_ij: a conversion a vector, the other columns float.
   *
   * @param vectors inputs of independent reads by vector, then row
   * @return outputs by vector
   */
  double[] readLine(Stored matrix, int column, double[][] vectors);

  /** Read of one column alone with one vector. */
  default double readLine(Stored matrix, int column, double[] vector) {
    return readLine(matrix, column, new double[][] {vector})[0];
  }

  /**
   * Read of every cell, row after row: the stored elements as the converters give them.
   *
   * @return elements by row, then column
   */
  double[][] readCells(Stored matrix);

  /**
   * Read with floating lines: some rows at the read voltage, some columns grounded, all other lines
   * open, so that current reaches a column through sneak paths too.
   *
   * @param biased rows at the read voltage
   * @param grounded columns that are grounded and sensed
   * @return current of each column over read voltage, in units of the elements; 0 where it floats
   */
  double[] readFloating(Stored matrix, boolean[] biased, boolean[] grounded);

  /**
   * Writes elements with write and verify, during the task.
   *
   * @param target new elements by row, then column; NaN keeps an element
   */
  void write(Stored matrix, double[][] target);

  /**
   * Changes elements by pulses without verification, during the task.
   *
   * @param change change of each element by row, then column; 0 leaves a cell alone
   */
  void pulse(Stored matrix, double[][] change);

  /**
   * Change of an element by one pulse of its cell: pulses change elements by whole multiples of it,
   * rounded.
   *
   * @return the change; 0 if pulses are of any size
   */
  default double pulseSize(Stored matrix) {
    return 0;
  }

  /**
   * Outer-product update, w_ij += r_i c_j: rows and columns are pulsed once, all cells at once,
   * without verification.
   */
  void outerProduct(Stored matrix, double[] rows, double[] columns);

  /**
   * Solves A z = b in one step: amplifiers close the loop around the array of A.
   *
   * @param matrix A, square
   * @throws Unstable if the loop does not settle
   */
  double[] solve(Stored matrix, double[] b) throws Unstable;

  /**
   * Least-squares solution of A z = b by two arrays of A in one loop.
   *
   * @param matrix A, at least as many rows as columns
   * @throws Unstable if the loop does not settle
   */
  double[] leastSquares(Stored matrix, double[] b) throws Unstable;

  /**
   * Eigenvector of the largest eigenvalue, of unit length: a loop of amplifiers whose gain is set
   * to an eigenvalue slightly below the largest.
   *
   * @param eigenvalue largest eigenvalue of A that the feedback conductance is set by
   * @throws Unstable if the loop does not settle
   */
  double[] eigenvector(Stored matrix, double eigenvalue) throws Unstable;

  /**
   * A group of volatile devices at rest.
   *
   * @param devices number of devices
   * @param decay_ns time constant of their decay
   * @param gain share of the way to saturation that a pulse of unit size takes
   */
  Volatile volatileDevices(int devices, double decay_ns, double gain);

  /**
   * One step of volatile devices: s ← s e^(−t/τ), then s ← s + gain · p · (1 − s).
   *
   * @param pulses size of the pulse of each device, 0 to 1
   * @param wait_ns time since the step before, t
   * @return states, 0 to 1
   */
  double[] step(Volatile devices, double[] pulses, double wait_ns);

  /** Returns volatile devices to rest by a wait of several time constants. */
  void rest(Volatile devices);

  /**
   * One stateful gate in every row of an array of bits.
   *
   * @param bits array whose elements are 0 or 1
   * @param inputs columns of the inputs
   * @param output column of the output
   */
  void gate(Stored bits, Gate gate, int[] inputs, int output);

  /**
   * Digital vector work.
   *
   * @param count elements
   * @param bits width of an operand, 1 to 64; 32 and above is floating point
   */
  default void digital(VectorOperation operation, double count, int bits) {
    // Digital units are exact; a counting machine prices them.
  }

  /**
   * Digital data that stay in memory while the task runs: the vectors of an iteration, an exact
   * matrix, samples that are read again. Data that the buffers of the tiles do not hold are read
   * from the next level and written there.
   *
   * @param count elements
   * @param bits width of an element
   */
  default void keep(double count, int bits) {
    // Memory is exact; a counting machine prices it.
  }

  /** A number from 0 up to 1 of the random source. */
  double uniform();

  /** A standard normal number of the random source. */
  double gaussian();

  /** Marks the end of one iteration of the kernel's outermost loop. */
  default void endOfIteration() {
    // Iterations are counted, not computed.
  }

  /** Loop of amplifiers that does not settle at the matrix that was programmed. */
  final class Unstable extends Exception {
    private static final long serialVersionUID = 1;

    /** With its cause in a sentence. */
    public Unstable(String message) {
      super(message);
    }
  }
}
