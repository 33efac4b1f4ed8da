package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.WeightDigits;
import dev.kirchhoff.mapper.slice.Slicing;
import dev.kirchhoff.mapper.slice.WeightSlicer;

/**
 * Plan by which the columns of one weight become analogue sums, and the sums one integer.
 *
 * <p>A sum (unit) is what one conversion converts: a column; the difference of a pair's columns; or
 * several columns weighted by their significance where the chip combines them. A unit's value
 * counts {@code sign · 2^(b s)} in the weight; a level of a cell of one bit, among cells of
 * several, counts a share of its digit. A pair on rows is one column whose two rows are driven with
 * opposite signs: its two cells of a weight have signs of their own. XNOR drives one of a weight's
 * two rows, chosen by the sign of the input: the column adds half the difference of the two cells
 * times that sign, and half of their sum. The count of matches m of two planes stands for 2 m − K.
 *
 * @param slicer slicing of the weights
 * @param slices digits of a weight, S
 */
record UnitPlan(WeightSlicer slicer, int slices) {

  static UnitPlan of(WeightSlicer slicer) {
    return new UnitPlan(slicer, slicer.slices());
  }

  private WeightEncoding weights() {
    return slicer.weights();
  }

  /** True if a sum counts the products of two signs that are positive. */
  boolean countsMatches() {
    return weights().countsMatches();
  }

  /** Columns that are added before a conversion. */
  int combined() {
    return weights().digitsPerSum(slicer.weightBits(), slicer.cellBits());
  }

  /** Groups of slices that are converted together. */
  int groups() {
    return (slices + combined() - 1) / combined();
  }

  /** Sums of one weight. */
  int units() {
    return groups() * (weights().subtractsCodes() ? 2 : 1);
  }

  /** Sums that a converter of so many columns converts, at least 1. */
  int sumsOf(int columns) {
    return Math.max(1, columns * units() / columnsPerWeight());
  }

  /** Group of slices of a unit of a weight: units of one group share a converter's range. */
  int group(int unit) {
    return weights().subtractsCodes() ? unit / 2 : unit;
  }

  /** Signed significance of a unit's value in the weight. */
  double significance(int unit) {
    double size = Math.scalb(1.0, digits().first(group(unit) * combined()));
    if (countsMatches()) {
      return 2 * size;
    }
    return weights().subtractsCodes() && unit % 2 == 1 ? -size : size;
  }

  /** True if a column of a weight's cells holds a digit; the last ones may be spare. */
  boolean holdsDigit(int column) {
    return column / weights().columnsPerDigit() < slices;
  }

  /** Unit of a column of a weight's cells that holds a digit. */
  int unit(int column) {
    int group = column / weights().columnsPerDigit() / combined();
    return weights().subtractsCodes() ? 2 * group + column % 2 : group;
  }

  /**
   * Signed significance of a cell's level in its unit.
   *
   * @param row row of the cell in its weight
   * @param column column of the cell in its weight
   */
  double share(int row, int column) {
    int digit = column / weights().columnsPerDigit();
    double size = digitShare(digit);
    if (countsMatches()) {
      return row == 0 ? size / 2 : -size / 2;
    }
    boolean isNegative =
        weights().isPair() && weights().pairOnRows()
            ? row == 1
            : weights().subtractsColumns() && column % 2 == 1;
    return isNegative ? -size : size;
  }

  private WeightDigits digits() {
    return slicer.digits();
  }

  /** Significance of a level of a digit's cells in its unit. */
  private double digitShare(int digit) {
    int first = digit - digit % combined();
    double size = Math.scalb(1.0, digits().first(digit) - digits().first(first));
    return size / digits().step(digit);
  }

  /** Signed significance of the current of a whole column of a weight in its unit. */
  double columnShare(int column) {
    return countsMatches()
        ? 2 * share(0, column)
        : weights().pairOnRows() ? Math.abs(share(0, column)) : share(0, column);
  }

  /** Rows of a weight. */
  int rowsPerWeight() {
    return weights().rowsPerWeight();
  }

  /** Columns of a weight. */
  int columnsPerWeight() {
    return Slicing.columnsPerWeight(weights(), slices);
  }

  /** True if the level of an empty cell cancels, or has to be taken off. */
  boolean hasBaseline() {
    return !weights().isPair() || weights().subtractsCodes();
  }

  /** Sum of the shares of a unit's columns: the levels that a baseline of one level counts. */
  double shares(int unit) {
    double sum = 0;
    int first = group(unit) * combined();
    for (int digit = first; digit < Math.min(slices, first + combined()); digit++) {
      sum += digitShare(digit);
    }
    return sum;
  }

  /** Offset of offset binary, subtracted from the integer for each unit of input. */
  double offset() {
    return weights().encoding() == Encoding.OFFSET ? Math.scalb(1.0, slicer.weightBits() - 1) : 0;
  }

  /** Largest level of a cell. */
  int largestLevel() {
    return (1 << slicer.cellBits()) - 1;
  }

  /** Largest digit of a group of as many columns as are combined. */
  double largestDigit(int group) {
    return digits().largestSum(group * combined(), combined());
  }

  /** Largest sum of the levels of a unit's cells of one weight. */
  double largestSum(int unit) {
    return shares(unit) * largestLevel();
  }
}
