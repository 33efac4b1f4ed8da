package dev.kirchhoff.mapper.slice;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.WeightDigits;

/**
 * Slicing of integer weights to cell levels, and exact reassembly.
 *
 * <p>Offset binary stores w + 2^(W−1) in digits of base 2^b, or of base 2 in cells of one bit,
 * whose level is the least or the largest ({@link WeightDigits}). A differential pair stores |w| in
 * the cells of one sign and zero in those of the other; its range is symmetric, −(2^(W−1) − 1) to
 * 2^(W−1) − 1. XNOR stores the planes of an odd number Σ ± 2^s, level 1 in the first cell for + and
 * in the second for −. {@link #flip} inverts a column as Shafiee et al. do (ISCA 2016, section V.C)
 * and is undone from the sum of inputs. Levels are ideal; what devices make of them is the noise
 * model's subject.
 *
 * @param weights encoding
 * @param cellBits bits of one cell
 * @param weightBits bits of a weight, sign included
 */
public record WeightSlicer(WeightEncoding weights, int cellBits, int weightBits) {

  public WeightSlicer {
    if (cellBits < 1 || weightBits < 1 || weightBits > 31) {
      throw new IllegalArgumentException(
          "A weight of " + weightBits + " bits cannot be cut into cells of " + cellBits + " bits.");
    }
  }

  /** Smallest weight that can be stored. */
  public int smallest() {
    return switch (weights.encoding()) {
      case OFFSET -> -(1 << (weightBits - 1));
      case DIFFERENTIAL -> -largest();
      case XNOR -> -(int) ((1L << weightBits) - 1);
    };
  }

  /** Largest weight that can be stored. */
  public int largest() {
    return switch (weights.encoding()) {
      case OFFSET -> (1 << (weightBits - 1)) - 1;
      case DIFFERENTIAL -> Math.max(1, (1 << (weightBits - 1)) - 1);
      case XNOR -> (int) ((1L << weightBits) - 1);
    };
  }

  /** Digits of a weight. */
  public WeightDigits digits() {
    return weights.digits(weightBits, cellBits);
  }

  /** S, digits of a weight. */
  public int slices() {
    return digits().count();
  }

  /** Cells of a weight: digits, times two for a pair. */
  public int cells() {
    int slices = slices();
    return Slicing.columnsPerWeight(weights, slices) * weights.rowsPerWeight();
  }

  /**
   * Cell levels of a weight: digit s at index s, least significant first; for a pair the positive
   * cell of digit s at index 2 s and the negative one behind it.
   */
  public int[] levels(int weight) {
    if (weight < smallest() || weight > largest()) {
      throw new IllegalArgumentException(
          "Weight " + weight + " is outside " + smallest() + " .. " + largest() + ".");
    }
    WeightDigits digits = digits();
    int slices = digits.count();
    int[] levels = new int[cells()];
    switch (weights.encoding()) {
      case OFFSET -> {
        long unsigned = (long) weight + (1L << (weightBits - 1));
        for (int s = 0; s < slices; s++) {
          levels[s] = digits.step(s) * digits.of(unsigned, s);
        }
      }
      case DIFFERENTIAL -> {
        int magnitude = Math.abs(weight);
        for (int s = 0; s < slices; s++) {
          levels[2 * s + (weight < 0 ? 1 : 0)] = digits.step(s) * digits.of(magnitude, s);
        }
      }
      case XNOR -> {
        if ((weight & 1) == 0) {
          throw new IllegalArgumentException("Weight " + weight + " of XNOR planes must be odd.");
        }
        long planes = ((long) weight + largest()) / 2;
        for (int s = 0; s < slices; s++) {
          levels[2 * s + (((planes >> s) & 1) == 1 ? 0 : 1)] = 1;
        }
      }
    }
    return levels;
  }

  /** Row, of a weight's rows of cells, that holds a level of {@link #levels}. */
  public int row(int level) {
    return level % weights.rowsPerWeight();
  }

  /** Column, of a weight's columns of cells, that holds a level of {@link #levels}. */
  public int column(int level) {
    return level / weights.rowsPerWeight();
  }

  /** The level at a row and column of a weight's cells. */
  public int level(int row, int column) {
    return column * weights.rowsPerWeight() + row;
  }

  /** The weight of cell levels: inverse of {@link #levels}. */
  public int weight(int[] levels) {
    WeightDigits digits = digits();
    long sum = 0;
    for (int s = 0; s < digits.count(); s++) {
      long level =
          weights.encoding() == Encoding.OFFSET ? levels[s] : levels[2 * s] - levels[2 * s + 1];
      sum += level / digits.step(s) * (1L << digits.first(s));
    }
    return switch (weights.encoding()) {
      case OFFSET -> (int) (sum - (1L << (weightBits - 1)));
      case DIFFERENTIAL, XNOR -> (int) sum;
    };
  }

  /** The level that an inverted column stores instead; its own inverse. */
  public int flip(int level) {
    return (1 << cellBits) - 1 - level;
  }
}
