package dev.kirchhoff.mapper.count;

import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.peripherals.Action;
import java.util.List;

/**
 * Digital work of a program by action; the same on every chip. An addition of another map reads its
 * other operand from the buffer.
 */
public final class DigitalCounts {
  private DigitalCounts() {}

  /**
   * Adds work that follows a layer to the counts of its row.
   *
   * @param outputBits bits of each value of its outputs
   */
  public static void count(
      ActionCounts.Builder counts, int row, List<DigitalWork> after, int outputBits) {
    for (DigitalWork work : after) {
      double elements = work.elements();
      switch (work.operation()) {
        case BIAS -> counts.add(row, Action.ADD, elements);
        case ADD -> {
          counts.add(row, Action.ADD, elements);
          counts.add(row, Action.TILE_BUFFER_READ_BIT, elements * outputBits);
        }
        case RELU -> counts.add(row, Action.RELU, elements);
        case LOOKUP -> counts.add(row, Action.LOOKUP, elements);
        case MAX_COMPARE -> counts.add(row, Action.MAX_COMPARE, elements);
        case MULTIPLY_ACCUMULATE -> counts.add(row, Action.MULTIPLY_ACCUMULATE, elements);
      }
    }
  }

  /**
   * Adds the product of two matrices of activations that digital vector units make. The matrix
   * operand is read once for every vector; neglected: its way to the units.
   */
  public static void countProduct(
      ActionCounts.Builder counts, int row, MatrixShape shape, Precision precision) {
    double vectorBits =
        (double) shape.vectors() * shape.groups() * shape.inputsPerOutput() * precision.inputs();
    counts.add(row, Action.MULTIPLY_ACCUMULATE, shape.macs());
    counts.add(
        row, Action.TILE_BUFFER_READ_BIT, vectorBits + (double) shape.macs() * precision.inputs());
    counts.add(row, Action.TILE_BUFFER_WRITE_BIT, (double) shape.outputs() * precision.outputs());
  }
}
