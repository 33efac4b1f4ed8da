package dev.kirchhoff.mapper.fidelity;

import dev.kirchhoff.arch.workload.AccuracyModel.Structure;

/**
 * Expected statistics of the digits that a layer's inputs or weights are cut into, and of the whole
 * values.
 *
 * <p>A value becomes an integer code and the code's base-2^width digits d become pulses or cell
 * levels; slice 0 is the least significant, slice s counts 2^(width·s). All moments are exact sums
 * over the codes' probabilities ({@link ValueDistribution}); digits of one value are not assumed
 * independent of each other, only the sums that use them do so. Valid for 1 to 16 bits and a width
 * of 1 to 8.
 *
 * <ul>
 *   <li>{@link #inputs}: magnitude codes 0 .. 2^bits − 1. Signed inputs take a second pass: the
 *       positive values drive one and the negative values the other, and every digit moment is the
 *       mean over both passes.
 *   <li>{@link #bipolarInputs}: magnitude codes in one pass, digits with the sign of the value.
 *   <li>{@link #offsetWeights}: codes w + 2^(bits−1) with |w| ≤ 2^(bits−1) − 1.
 *   <li>{@link #differentialWeights}: the digits of |w| with the sign of w, in one of a pair of
 *       cells; the other is at level 0.
 *   <li>{@link #binary}: values −1 and +1, digit 1 for +1.
 * </ul>
 *
 * Immutable; made once per (layer, bits, width) and cached by the caller.
 */
public final class DigitStatistics {

  private final int bits;
  private final int width;
  private final int slices;
  private final double[] mean;
  private final double[] square;
  private final double[] fourth;
  private final double[] unlike;
  private final double[] magnitude;
  private final double[] nonzero;
  private final double[] carried;
  private final double squareSignificance;
  private Structure structure = Structure.NONE;
  private double codeMean;
  private double codeSquare;
  private boolean isOffset;
  private double valueMean;
  private double valueSquare;
  private double valueNonzero;
  private double missed = -1;
  private double together = 1;
  private double passes = 1;
  private int polarities = 1;
  private double positiveShare;
  private double pulses;
  private double meanShare;
  private CellLevels cells;
  private CellLevels driven;
  private int cellsOfDigit = 1;

  private DigitStatistics(int bits, int width, int codeBits) {
    if (width < 1 || width > 16) {
      throw new IllegalArgumentException(
          "The digit width ("
              + width
              + ") must be 1..16 bits.\nMaybe the cell or pulse has too many bits?");
    }
    this.bits = bits;
    this.width = width;
    slices = (codeBits + width - 1) / width;
    mean = new double[slices];
    square = new double[slices];
    fourth = new double[slices];
    unlike = new double[slices];
    magnitude = new double[slices];
    nonzero = new double[slices];
    carried = new double[slices];
    squareSignificance = squareSignificance(slices, width);
  }

  private static double squareSignificance(int slices, int width) {
    double next = 1 << width;
    double sum = 0;
    double significance = 1;
    for (int t = 0; t < slices; t++) {
      sum += significance;
      significance *= next * next;
    }
    return sum;
  }

  /** What neighbouring values have that independent ones have not. */
  Structure structure() {
    return structure;
  }

  /** Sum of the squared significances of all digits, Σ 4^(width t). */
  double squareSignificance() {
    return squareSignificance;
  }

  /** Inputs of {@code bits} magnitude bits in pulses of {@code width} bits. */
  public static DigitStatistics inputs(ValueDistribution values, int bits, int width) {
    DigitStatistics result = new DigitStatistics(bits, width, bits);
    result.structure = values.structure();
    double[] codes = result.codes(values, bits);
    double positive = values.positiveShare();
    double negative = values.negativeShare();
    double passes = negative > 0 ? 2 : 1;
    double share = (positive + negative) / passes;
    result.passes = passes;
    result.addDigits(0, 1 - share, 1);
    for (int code = 0; code < codes.length; code++) {
      result.addDigits(code, share * codes[code], 1);
      result.addValue(code, positive * codes[code]);
      result.addValue(-code, negative * codes[code]);
    }
    return result.average();
  }

  /**
   * Inputs of {@code bits} magnitude bits whose sign the lines carry themselves: one pass, digits
   * with the sign of the value.
   */
  public static DigitStatistics bipolarInputs(ValueDistribution values, int bits, int width) {
    DigitStatistics result = new DigitStatistics(bits, width, bits);
    result.structure = values.structure();
    double[] codes = result.codes(values, bits);
    double positive = values.positiveShare();
    double negative = values.negativeShare();
    result.polarities = 2;
    result.addDigits(0, 1 - positive - negative, 1);
    for (int code = 0; code < codes.length; code++) {
      result.addDigits(code, positive * codes[code], 1);
      result.addDigits(code, negative * codes[code], -1);
      result.addValue(code, positive * codes[code]);
      result.addValue(-code, negative * codes[code]);
    }
    return result.average();
  }

  /**
   * Weights of {@code bits} bits, sign included, as offset codes in cells of {@code width} bits.
   */
  public static DigitStatistics offsetWeights(ValueDistribution values, int bits, int width) {
    return offsetWeights(values, bits, width, width);
  }

  /**
   * The same of digits that several cells hold together.
   *
   * @param cellWidth bits of a cell
   */
  public static DigitStatistics offsetWeights(
      ValueDistribution values, int bits, int width, int cellWidth) {
    if (bits < 2) {
      throw new IllegalArgumentException(
          "The bits (" + bits + ") of an offset weight must be at least 2.\nMaybe XNOR is meant?");
    }
    DigitStatistics result = new DigitStatistics(bits, width, bits);
    result.isOffset = true;
    result.setCells(cellWidth, bits, 1);
    double[] codes = result.codes(values, bits - 1);
    int offset = 1 << (bits - 1);
    result.addDigits(offset, values.zeroShare(), 1);
    result.addCells(offset, values.zeroShare(), values.drive(0, codes.length));
    for (int code = 0; code < codes.length; code++) {
      double drive = values.drive(code, codes.length);
      result.addDigits(offset + code, values.positiveShare() * codes[code], 1);
      result.addDigits(offset - code, values.negativeShare() * codes[code], 1);
      result.addCells(offset + code, values.positiveShare() * codes[code], drive);
      result.addCells(offset - code, values.negativeShare() * codes[code], drive);
      result.addValue(code, values.positiveShare() * codes[code]);
      result.addValue(-code, values.negativeShare() * codes[code]);
    }
    return result.average();
  }

  /**
   * Weights of {@code bits} bits, sign included, as a pair of magnitudes in cells of {@code width}
   * bits; one bit means −1, 0 and +1.
   */
  public static DigitStatistics differentialWeights(ValueDistribution values, int bits, int width) {
    return differentialWeights(values, bits, width, width);
  }

  /**
   * The same of digits that several pairs of cells hold together.
   *
   * @param cellWidth bits of a cell
   */
  public static DigitStatistics differentialWeights(
      ValueDistribution values, int bits, int width, int cellWidth) {
    int magnitudeBits = Math.max(1, bits - 1);
    DigitStatistics result = new DigitStatistics(bits, width, magnitudeBits);
    result.setCells(cellWidth, magnitudeBits, 2);
    double[] codes = result.codes(values, magnitudeBits);
    result.addDigits(0, values.zeroShare(), 1);
    result.addCells(0, values.zeroShare(), values.drive(0, codes.length));
    double nonzero = values.positiveShare() + values.negativeShare();
    for (int code = 0; code < codes.length; code++) {
      result.addCells(code, nonzero * codes[code], values.drive(code, codes.length));
      result.addDigits(code, values.positiveShare() * codes[code], 1);
      result.addDigits(code, values.negativeShare() * codes[code], -1);
      result.addValue(code, values.positiveShare() * codes[code]);
      result.addValue(-code, values.negativeShare() * codes[code]);
    }
    // The other cell of each pair holds level 0.
    result.cells.addEmpty(1);
    result.driven.addEmpty(1);
    return result.average();
  }

  /**
   * Binary weights or inputs, −1 or +1, in two complementary cells or on two complementary rows.
   * Values without a sign are taken as balanced (assumed: a batch normalisation before the sign
   * function centres them).
   */
  public static DigitStatistics binary(ValueDistribution values) {
    DigitStatistics result = new DigitStatistics(1, 1, 1);
    result.missed = values.missedByTwo();
    result.structure = values.structure();
    double positive =
        values.negativeShare() > 0 ? values.positiveShare() + values.zeroShare() / 2 : 0.5;
    result.addDigits(1, positive, 1);
    result.addDigits(0, 1 - positive, 1);
    result.addValue(1, positive);
    result.addValue(-1, 1 - positive);
    result.setCells(1, 1, 2);
    result.addCells(0, 1, 1);
    result.addCells(1, 1, 1);
    result.average();
    // One row of each pair is driven.
    result.pulses = 0.5;
    result.meanShare = 0.5;
    return result;
  }

  private double[] codes(ValueDistribution values, int bits) {
    missed = values.missed(bits).orElse(missed);
    return values.codes(bits);
  }

  private void addDigits(int code, double probability, int sign) {
    for (int slice = 0; slice < slices; slice++) {
      int digit = (code >> (width * slice)) & ((1 << width) - 1);
      mean[slice] += sign * digit * probability;
      magnitude[slice] += digit * probability;
      square[slice] += (double) digit * digit * probability;
      fourth[slice] += (double) digit * digit * digit * digit * probability;
      nonzero[slice] += digit == 0 ? 0 : probability;
      carried[slice] += (double) digit * code * probability;
    }
    codeMean += code * probability;
    codeSquare += (double) code * code * probability;
  }

  private void setCells(int cellWidth, int codeBits, double perDigit) {
    int count = (codeBits + cellWidth - 1) / cellWidth;
    cells = new CellLevels(cellWidth, count, perDigit);
    driven = new CellLevels(cellWidth, count, perDigit);
    cellsOfDigit = Math.max(1, width / cellWidth);
  }

  private void addCells(int code, double probability, double drive) {
    cells.add(code, probability);
    driven.add(code, probability * drive);
  }

  private void addValue(int value, double probability) {
    if (value > 0) {
      positiveShare += probability;
    }
    valueMean += value * probability;
    valueSquare += (double) value * value * probability;
    valueNonzero += value == 0 ? 0 : probability;
  }

  private DigitStatistics average() {
    carry();
    for (int slice = 0; slice < slices; slice++) {
      pulses += nonzero[slice] / slices;
      meanShare += meanShare(slice) / slices;
      double of = square[slice] * square[slice];
      unlike[slice] = of > 0 ? fourth[slice] / of - 1 : 0;
    }
    positiveShare = valueNonzero > 0 ? positiveShare / valueNonzero : 0.5;
    together = coherence();
    if (cells != null) {
      cells.made();
      driven.made();
    }
    return this;
  }

  /** Makes shares of the products of digits and codes; of offset codes what lies above the mean. */
  private void carry() {
    double centre = isOffset ? codeMean : 0;
    double all = codeSquare - centre * codeMean;
    double significance = 1;
    for (int slice = 0; slice < slices; slice++) {
      double own = carried[slice] - centre * magnitude[slice];
      carried[slice] = all > 0 ? significance * own / all : 0;
      significance *= 1 << width;
    }
  }

  /**
   * What a slice carries of the whole values: the part of a product with a value that goes with its
   * digit in the mean, significance × E[d x]/E[x²]; all slices together carry 1.
   */
  double carried(int slice) {
    return carried[slice];
  }

  /** E[c] of the codes that are cut into digits: of offset weights w + 2^(bits−1), else |x|. */
  double codeMean() {
    return codeMean;
  }

  /** E[c²] of the same codes. */
  double codeSquare() {
    return codeSquare;
  }

  /** Sum of the significances of all digits, Σ 2^(width s). */
  double significances() {
    return (StrictMath.scalb(1.0, slices * width) - 1) / largestDigit();
  }

  private double coherence() {
    double sum = 0;
    double significance = 1;
    for (int slice = 0; slice < slices; slice++) {
      sum += significance * significance * square[slice];
      significance *= 1 << width;
    }
    return sum > 0 ? valueSquare / (passes * sum) : 1;
  }

  /**
   * E[x²] over the squares of its digits, each times that of its significance: what an error that
   * all digits of a value meet alike weighs more than errors of their own.
   */
  double together() {
    return together;
  }

  /**
   * The same of an error that does not depend on the digits, (Σ 2^(w t))² / Σ 4^(w t); nothing
   * where a second pass takes it off again.
   */
  double always() {
    double sum = significances();
    return passes > 1 ? 0 : sum * sum / squareSignificance;
  }

  /** Bits that the statistics were made for. */
  public int bits() {
    return bits;
  }

  /** Bits of one digit. */
  public int width() {
    return width;
  }

  /** Digits of one value. */
  public int slices() {
    return slices;
  }

  /** Largest digit, 2^width − 1. */
  public int largestDigit() {
    return (1 << width) - 1;
  }

  /** E[d] of a slice, with the sign of the value in differential encoding. */
  public double meanDigit(int slice) {
    return mean[slice];
  }

  /** E[d²] of a slice. */
  public double squareDigit(int slice) {
    return square[slice];
  }

  /** E[d⁴]/E[d²]² − 1 of a slice: how unlike the squares of its digits are. */
  double unlike(int slice) {
    return unlike[slice];
  }

  /** E[|d|] of a slice. */
  public double magnitudeDigit(int slice) {
    return magnitude[slice];
  }

  /** E[u] of a slice, u = |d| / (2^width − 1). */
  public double meanShare(int slice) {
    return magnitude[slice] / largestDigit();
  }

  /** P(d ≠ 0) of a slice. */
  public double nonzeroDigit(int slice) {
    return nonzero[slice];
  }

  /**
   * P(d ≠ 0), mean over the slices: pulses of a row per pass; of a pair of rows it is the mean of
   * both.
   */
  public double pulses() {
    return pulses;
  }

  /** E[u], mean over the slices; of a pair of rows it is the mean of both. */
  public double meanShare() {
    return meanShare;
  }

  /** The cells that hold weights; of combined digits those of a weight one by one. */
  public CellLevels cells() {
    return cells;
  }

  /** Cells, or pairs of cells, that hold one digit together. */
  int cellsOfDigit() {
    return cellsOfDigit;
  }

  /** Those cells, each counted by the mean square of the inputs that it meets over that of all. */
  CellLevels driven() {
    return driven;
  }

  /** Passes over the rows that inputs take: 2 where positive and negative values go apart. */
  public double passes() {
    return passes;
  }

  /** Polarities that a digit may have in one pass: 2 where lines carry the sign of inputs. */
  public int polarities() {
    return polarities;
  }

  /** Share of the nonzero values that are positive; 1/2 if there are none. */
  public double positiveShare() {
    return positiveShare;
  }

  /** E[x] of the signed integer value. */
  public double valueMean() {
    return valueMean;
  }

  /** E[x²] of the integer value. */
  public double valueSquare() {
    return valueSquare;
  }

  /** Mean square of what codes miss of values, in squares of their last step. */
  public double valueMissed() {
    return missed < 0 ? valueNonzero / 12 : missed;
  }
}
