package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.WeightDigits;

/**
 * Expected number of cells at each level, by slice of the weights that they hold.
 *
 * <p>Slice 0 is the least significant; a level of a cell of slice s counts 2^(width·s) in a weight.
 * A cell of one bit among cells of several is at the first or the last level, and a level counts
 * 1/(2^width − 1) of its bit. Exact sums over the probabilities of codes; a pair of cells holds a
 * digit in one and level 0 in the other. Immutable.
 */
public final class CellLevels {
  /** Of inputs, which no cells hold. */
  static final CellLevels NONE = new CellLevels(WeightDigits.alike(0, 1), 1, CodeSequence.EMPTY, 0);

  private final WeightDigits digits;
  private final int width;
  private final int slices;
  private final double cellsPerDigit;
  private final double[] cells;
  private final double[] mean;
  private final double[] weights;
  private final double level;

  /**
   * The cells of codes.
   *
   * @param digits cells, or pairs of cells, of a weight
   * @param cellsPerDigit 2 for a pair, else 1
   * @param codes the codes
   * @param empty further cells of each slice, at level 0
   */
  CellLevels(WeightDigits digits, double cellsPerDigit, CodeSequence codes, double empty) {
    this.digits = digits;
    width = digits.cellBits();
    slices = digits.count();
    this.cellsPerDigit = cellsPerDigit;
    cells = new double[slices << width];
    mean = new double[slices];
    weights = new double[1 << width];
    for (int i = 0; i < codes.length(); i++) {
      for (int slice = 0; slice < slices; slice++) {
        int level = digits.step(slice) * digits.of(codes.magnitude(i), slice);
        cells[(slice << width) + level] += codes.probability(i);
      }
    }
    for (int slice = 0; slice < slices && empty > 0; slice++) {
      cells[slice << width] += empty;
    }
    double all = 0;
    for (int slice = 0; slice < slices; slice++) {
      double sum = 0;
      double square = square(slice);
      for (int l = 0; l < weights.length; l++) {
        double probability = atLevel(slice, l);
        sum += l * probability;
        weights[l] += square * probability;
      }
      mean[slice] = sum / (cellsPerDigit * (weights.length - 1));
      all += mean[slice] / slices;
    }
    level = all;
  }

  /** Bits of a cell. */
  public int width() {
    return width;
  }

  /** Cells, or pairs of cells, of a weight. */
  public int slices() {
    return slices;
  }

  /** Cells that hold one digit: 2 for a pair, else 1. */
  public double perDigit() {
    return cellsPerDigit;
  }

  /** Significance of a level of a slice's cells in a weight. */
  public double significance(int slice) {
    return StrictMath.scalb(1.0, digits.first(slice)) / digits.step(slice);
  }

  private double square(int slice) {
    double significance = significance(slice);
    return significance * significance;
  }

  /**
   * Square of the significance of a level of a slice's cells in a digit.
   *
   * @param first first slice of the digit
   */
  public double squareIn(int first, int slice) {
    return StrictMath.scalb(square(slice), -2 * digits.first(first));
  }

  /** Expected number of cells of a slice at a level; of all levels {@link #perDigit}. */
  public double atLevel(int slice, int level) {
    return cells[(slice << width) + level];
  }

  /** Cells of a weight at a level, each weighted by the square of its slice's significance. */
  public double weight(int level) {
    return weights[level];
  }

  /**
   * Mean level of one cell of a slice as a share of the largest level, both cells of a pair
   * counted.
   */
  public double level(int slice) {
    return mean[slice];
  }

  /** Mean level of one cell as a share of the largest level, mean over the slices. */
  public double level() {
    return level;
  }

  /**
   * ḡ, mean conductance of a used cell as a share of the largest.
   *
   * @param windowFloor smallest conductance / largest conductance
   */
  public double conductanceShare(double windowFloor) {
    return windowFloor + (1 - windowFloor) * level;
  }
}
