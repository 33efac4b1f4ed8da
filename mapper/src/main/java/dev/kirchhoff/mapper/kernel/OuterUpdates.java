package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Machine.Stored;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;

/**
 * Outer-product updates of a matrix, w_ij += r_i c, on cells whose pulses are of one size.
 *
 * <ul>
 *   <li>{@code direct}: rows and column are pulsed at once; of an update below half of a pulse
 *       nothing is left.
 *   <li>{@code accumulated}: updates are added up in digital memory of 16 bits; an element that
 *       reaches a pulse is pulsed, which is taken off its sum (S. R. Nandakumar et al., Frontiers
 *       in Neuroscience 14, 406 (2020), doi 10.3389/fnins.2020.00406). A multiply-add and a
 *       comparison an element.
 *   <li>{@code stochastic}: an element is pulsed with the probability update over pulse, so that
 *       its mean is right (T. Gokmen, Y. Vlasov, Frontiers in Neuroscience 10, 333 (2016), doi
 *       10.3389/fnins.2016.00333, with one comparison an element in place of coinciding pulse
 *       trains). A word of the random source, a multiplication and a comparison an element.
 * </ul>
 *
 * <p>On a machine of pulses of any size all are the same.
 */
final class OuterUpdates {
  private static final int BITS = 16;

  private final Machine machine;
  private final Stored matrix;
  private final Mode mode;
  private final double pulse;
  private final double[][] sums;

  /** Kind of updates. */
  enum Mode {
    DIRECT,
    ACCUMULATED,
    STOCHASTIC;

    static Key key() {
      return Key.of(
          "update",
          Type.word("direct", "accumulated", "stochastic"),
          "direct",
          "updates below a pulse: left out, added up digitally, or pulsed by chance");
    }

    static Mode of(String word) {
      return switch (word) {
        case "accumulated" -> ACCUMULATED;
        case "stochastic" -> STOCHASTIC;
        default -> DIRECT;
      };
    }
  }

  /** Updates of a matrix. */
  OuterUpdates(Machine machine, Stored matrix, Mode mode) {
    this.machine = machine;
    this.matrix = matrix;
    this.mode = mode;
    pulse = machine.pulseSize(matrix);
    sums = new double[matrix.rows()][matrix.columns()];
    if (mode == Mode.ACCUMULATED) {
      machine.keep((double) matrix.rows() * matrix.columns(), BITS);
    }
  }

  /**
   * Updates a column.
   *
   * @param rows change of each row, times the factor
   */
  void update(int column, double factor, double[] rows) {
    if (mode == Mode.DIRECT || pulse == 0) {
      double[] columns = new double[matrix.columns()];
      columns[column] = factor;
      machine.outerProduct(matrix, rows, columns);
      return;
    }
    double[][] change = new double[matrix.rows()][matrix.columns()];
    boolean any = false;
    for (int i = 0; i < rows.length; i++) {
      double pulses =
          mode == Mode.ACCUMULATED
              ? accumulated(i, column, factor * rows[i])
              : drawn(factor * rows[i] / pulse);
      change[i][column] = pulses * pulse;
      any |= pulses != 0;
    }
    machine.digital(VectorOperation.MULTIPLY_ADD, rows.length, BITS);
    machine.digital(VectorOperation.COMPARE, rows.length, BITS);
    if (any) {
      machine.pulse(matrix, change);
    }
  }

  private double accumulated(int row, int column, double update) {
    sums[row][column] += update;
    double pulses = Math.rint(sums[row][column] / pulse);
    sums[row][column] -= pulses * pulse;
    return pulses;
  }

  private double drawn(double pulses) {
    double least = Math.floor(pulses);
    return least + (machine.uniform() < pulses - least ? 1 : 0);
  }
}
