package dev.kirchhoff.mapper.column;

/**
 * Expected number of cells at each level, by slice of the weights that they hold.
 *
 * <p>Slice 0 is the least significant; a cell of slice s counts 2^(width·s) in a weight. Exact sums
 * over the probabilities of codes; a pair of cells holds a digit in one and level 0 in the other.
 * Immutable.
 */
public final class CellLevels {
  /** Of inputs, which no cells hold. */
  static final CellLevels NONE = new CellLevels(1, 0, 1, CodeSequence.EMPTY, 0);

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
   * @param width bits of a cell
   * @param slices cells, or pairs of cells, of a weight
   * @param cellsPerDigit 2 for a pair, else 1
   * @param codes the codes
   * @param empty further cells of each slice, at level 0
   */
  CellLevels(int width, int slices, double cellsPerDigit, CodeSequence codes, double empty) {
    this.width = width;
    this.slices = slices;
    this.cellsPerDigit = cellsPerDigit;
    cells = new double[slices << width];
    mean = new double[slices];
    weights = new double[1 << width];
    for (int i = 0; i < codes.length(); i++) {
      for (int slice = 0; slice < slices; slice++) {
        int digit = (codes.magnitude(i) >> (width * slice)) & ((1 << width) - 1);
        cells[(slice << width) + digit] += codes.probability(i);
      }
    }
    for (int slice = 0; slice < slices && empty > 0; slice++) {
      cells[slice << width] += empty;
    }
    double significance = 1;
    double all = 0;
    for (int slice = 0; slice < slices; slice++) {
      double sum = 0;
      for (int l = 0; l < weights.length; l++) {
        double at = atLevel(slice, l);
        sum += l * at;
        weights[l] += significance * significance * at;
      }
      mean[slice] = sum / (cellsPerDigit * (weights.length - 1));
      all += mean[slice] / slices;
      significance *= weights.length;
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
