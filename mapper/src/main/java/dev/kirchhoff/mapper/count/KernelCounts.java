package dev.kirchhoff.mapper.count;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.workload.KernelWork;
import dev.kirchhoff.arch.workload.KernelWork.Scheme;
import dev.kirchhoff.arch.workload.KernelWork.Update;
import dev.kirchhoff.arch.workload.KernelWork.VectorWork;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.peripherals.Action;

/**
 * Actions of a kernel besides its reads: digital work of any width on units of the chip's width,
 * writes, random numbers.
 *
 * <p>A wide operation is done on a narrow unit in parts. With a significand of m bits (all bits of
 * an integer; 24 and 53 of floating point with 32 and 64), units of W × X bits for products, U bits
 * for sums and X bits for comparisons and tables:
 *
 * <pre>
 * multiply-add  (m/W)(m/X)        addition  b/U, of floating point 9 b/U
 * comparison     b/X              table     b/X, of floating point and 2 ⌈log2(m/X)⌉ multiply-adds
 * </pre>
 *
 * <p>Nine: a 32-bit addition takes 0.9 pJ in floating point and 0.1 pJ as an integer in 45 nm, as
 * significands are aligned and normalised (Horowitz, ISSCC 2014, doi 10.1109/ISSCC.2014.6757323,
 * figure 1.1.9, read); a multiplication takes 3.7 and 3.1 pJ, so that exponents are neglected
 * there. A function of floating point is a table's seed and Newton steps of two multiply-adds, each
 * of which doubles its bits. Operands come from the tile's buffer and results go there: two reads
 * and a write of b bits of an addition and a multiply-add, one of each of the others; an element of
 * a dot product stays in the accumulator and is not written, an index is read alone.
 */
public final class KernelCounts {
  private static final double FLOATING_ADDITION = 9;
  private static final int FLOATING = 32;
  private static final int DOUBLE = 64;
  private static final double SIGNIFICAND_32 = 24;
  private static final double SIGNIFICAND_64 = 53;

  private KernelCounts() {}

  /**
   * Adds work to the counts of its row.
   *
   * @param units widths of the chip's digital units: weight bits W and input bits X
   * @param inputs K, by which the width of sums is known
   * @param cellsPerWeight cells of an element
   * @param encoding encoding of an element
   */
  public static void count(
      ActionCounts.Builder counts,
      int row,
      KernelWork work,
      Precision units,
      long inputs,
      double cellsPerWeight,
      WeightEncoding encoding) {
    for (VectorWork vector : work.vectors()) {
      count(counts, row, vector, units, inputs);
    }
    counts.add(row, Action.RANDOM_DRAW, work.draws());
    for (Update update : work.updates()) {
      Action action = update.scheme() == Scheme.VERIFIED ? Action.CELL_WRITE : Action.CELL_PULSE;
      counts.add(row, action, cells(update, cellsPerWeight, encoding));
    }
  }

  /**
   * Cells that an update writes: all cells of an element with verification; those of its most
   * significant digit, both of a pair, by pulses; one of each digit by a stateful gate.
   *
   * @param cellsPerWeight cells of an element
   * @param encoding encoding of an element
   */
  public static double cells(Update update, double cellsPerWeight, WeightEncoding encoding) {
    double ofDigit = encoding.columnsPerDigit() * (double) encoding.rowsPerWeight();
    return update.weights()
        * switch (update.scheme()) {
          case VERIFIED -> cellsPerWeight;
          case BLIND, PARALLEL -> Math.min(cellsPerWeight, ofDigit);
          case GATE -> Math.max(1, cellsPerWeight / ofDigit);
        };
  }

  private static void count(
      ActionCounts.Builder counts, int row, VectorWork vector, Precision units, long inputs) {
    double elements = vector.elements();
    int bits = vector.bits();
    boolean isFloating = bits >= FLOATING;
    double w = units.weights();
    double x = units.inputs();
    double m = significand(bits);
    double u = CrossbarMapping.sumBits(units.weights(), units.inputs(), inputs);
    double product = atLeastOne(m / w) * atLeastOne(m / x);
    switch (vector.operation()) {
      case ADD -> {
        double parts = atLeastOne(bits / u);
        counts.add(row, Action.ADD, elements * (isFloating ? FLOATING_ADDITION * parts : parts));
      }
      case MULTIPLY_ADD, DOT -> counts.add(row, Action.MULTIPLY_ACCUMULATE, elements * product);
      case COMPARE -> counts.add(row, Action.MAX_COMPARE, elements * atLeastOne(bits / x));
      case LOOKUP -> {
        counts.add(row, Action.LOOKUP, elements * atLeastOne(bits / x));
        if (isFloating) {
          double steps = Math.ceil(StrictMath.log(m / x) / StrictMath.log(2));
          counts.add(row, Action.MULTIPLY_ACCUMULATE, elements * 2 * Math.max(0, steps) * product);
        }
      }
      case TRANSPOSE, INDEX -> {}
    }
    counts.add(row, Action.TILE_BUFFER_READ_BIT, read_bits(vector));
    counts.add(row, Action.TILE_BUFFER_WRITE_BIT, written_bits(vector));
  }

  private static double read_bits(VectorWork vector) {
    int operands =
        switch (vector.operation()) {
          case ADD, MULTIPLY_ADD, DOT -> 2;
          case COMPARE, LOOKUP, TRANSPOSE, INDEX -> 1;
        };
    return vector.elements() * operands * vector.bits();
  }

  private static double written_bits(VectorWork vector) {
    return switch (vector.operation()) {
      case DOT, INDEX -> 0;
      case ADD, MULTIPLY_ADD, COMPARE, LOOKUP, TRANSPOSE -> vector.elements() * vector.bits();
    };
  }

  /** Bits that digital work reads from memory. */
  public static double read_bits(KernelWork work) {
    return work.vectors().stream().mapToDouble(KernelCounts::read_bits).sum();
  }

  /** Bits that digital work writes to memory. */
  public static double written_bits(KernelWork work) {
    return work.vectors().stream().mapToDouble(KernelCounts::written_bits).sum();
  }

  private static double significand(int bits) {
    return bits >= DOUBLE ? SIGNIFICAND_64 : bits >= FLOATING ? SIGNIFICAND_32 : bits;
  }

  private static double atLeastOne(double parts) {
    return Math.max(1, parts);
  }
}
