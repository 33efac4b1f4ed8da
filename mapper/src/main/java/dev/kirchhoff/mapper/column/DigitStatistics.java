package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.WeightDigits;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * Expected statistics of the digits that a layer's inputs or weights are cut into, and of the whole
 * values.
 *
 * <p>A value becomes an integer code and the code's base-2^width digits d become pulses or cell
 * levels ({@link DigitKey.Encoding}); slice 0 is the least significant, slice s counts 2^(width·s).
 * All moments are exact sums over the codes' probabilities ({@link ValueDistribution}); digits of
 * one value are not assumed independent of each other, only the sums that use them do so. Valid for
 * 1 to 16 bits and a width of 1 to 16. Immutable; equal where the keys are.
 */
public final class DigitStatistics {
  /** Largest width of a digit; a wider amplitude is taken as this wide. */
  public static final int WIDEST = 16;

  private final DigitKey key;
  private final int hash;
  private final WeightDigits cut;
  private final int slices;
  private final double[] mean;
  private final double[] square;
  private final double[] squareVariation;
  private final double[] magnitude;
  private final double[] nonzero;
  private final double[] signalShare;
  private final double squareSignificance;
  private final Structure structure;
  private final double codeMean;
  private final double codeSquare;
  private final double valueMean;
  private final double valueSquare;
  private final double valueError;
  private final double coherentGain;
  private final double inputGain;
  private final double passes;
  private final double positiveShare;
  private final double pulses;
  private final double meanShare;
  private final CellLevels cells;
  private final CellLevels inputWeighted;
  private final DigitCubes cubes;

  /**
   * Codes of a tensor.
   *
   * @param ofDigits codes whose digits are cut, with the signs of the digits
   * @param ofValues values that they stand for
   * @param codeBits bits of a code that is cut
   * @param passes passes over the rows that inputs take
   * @param error mean-square rounding error, where the quantiser chose the full scale
   */
  private record Codes(
      CodeSequence ofDigits,
      CodeSequence ofValues,
      int codeBits,
      double passes,
      OptionalDouble error) {}

  private DigitStatistics(
      DigitKey key, Codes codes, Structure structure, CellLevels cells, CellLevels inputWeighted) {
    this.key = key;
    this.structure = structure;
    this.cells = cells;
    this.inputWeighted = inputWeighted;
    hash = key.hashCode();
    int width = key.width();
    cut = cut(key, codes.codeBits());
    slices = cut.count();
    passes = codes.passes();
    CodeSequence digits = codes.ofDigits();
    CodeSequence values = codes.ofValues();
    mean = bySlice(s -> digits.meanDigit(cut, s, (d, code) -> code < 0 ? -d : d));
    magnitude = bySlice(s -> digits.meanDigit(cut, s, (d, code) -> d));
    square = bySlice(s -> digits.meanDigit(cut, s, (d, code) -> d * d));
    nonzero = bySlice(s -> digits.meanDigit(cut, s, (d, code) -> d == 0 ? 0 : 1));
    squareVariation =
        bySlice(
            s -> {
              double fourth = digits.meanDigit(cut, s, (d, code) -> d * d * d * d);
              double fourthOfGaussian = square[s] * square[s];
              return fourthOfGaussian > 0 ? fourth / fourthOfGaussian - 1 : 0;
            });
    codeMean = digits.mean(Math::abs);
    codeSquare = digits.mean(code -> (double) code * code);
    signalShare = signalShares(digits);
    squareSignificance = squareSignificance();
    valueMean = values.mean(value -> value);
    valueSquare = values.mean(value -> (double) value * value);
    double valueNonzero = values.mean(value -> value == 0 ? 0 : 1);
    double positive = values.mean(value -> value > 0 ? 1 : 0);
    positiveShare = valueNonzero > 0 ? positive / valueNonzero : 0.5;
    valueError = codes.error().orElse(valueNonzero / 12);
    boolean arePlanes = key.encoding() == DigitKey.Encoding.SIGN_PLANES;
    coherentGain = arePlanes ? gainOfAlikeSigns() : gainOfAlikeErrors();
    inputGain = gainOfAlikeDeviations(arePlanes);
    boolean isInput =
        key.encoding() == DigitKey.Encoding.INPUTS
            || key.encoding() == DigitKey.Encoding.BIPOLAR_INPUTS;
    cubes =
        isInput ? DigitCubes.of(digits, values, width, slices, key.cellBits()) : DigitCubes.NONE;
    // A plane drives one of two rows.
    pulses = arePlanes ? 0.5 : meanOverSlices(nonzero, slice -> 1);
    meanShare = arePlanes ? 0.5 : meanOverSlices(magnitude, this::largestDigit);
  }

  /** The digits of a tensor's values. */
  public static DigitStatistics of(DigitKey key) {
    if (key.width() < 1 || key.width() > WIDEST) {
      throw new IllegalArgumentException(
          "The digit width ("
              + key.width()
              + ") must be 1..16 bits.\nMaybe the cell or pulse has too many bits?");
    }
    return switch (key.encoding()) {
      case INPUTS -> secondPassInputs(key);
      case BIPOLAR_INPUTS -> signedInputs(key);
      case OFFSET_WEIGHTS -> offset(key);
      case DIFFERENTIAL_WEIGHTS -> differential(key);
      case SIGN_PLANES -> key.bits() == 1 ? twoValues(key) : planes(key);
    };
  }

  /** Inputs of {@code bits} magnitude bits in pulses of {@code width} bits. */
  public static DigitStatistics inputs(ValueDistribution values, int bits, int width) {
    return of(new DigitKey(values, DigitKey.Encoding.INPUTS, bits, width, width));
  }

  /**
   * Inputs of {@code bits} magnitude bits whose sign the lines carry themselves: one pass, digits
   * with the sign of the value.
   */
  public static DigitStatistics bipolarInputs(ValueDistribution values, int bits, int width) {
    return of(new DigitKey(values, DigitKey.Encoding.BIPOLAR_INPUTS, bits, width, width));
  }

  /**
   * Weights of {@code bits} bits, sign included, as offset codes in cells of {@code width} bits.
   */
  public static DigitStatistics offsetWeights(ValueDistribution values, int bits, int width) {
    return offsetWeights(values, bits, width, width);
  }

  /**
   * Weights as offset codes whose digits of {@code width} bits take several cells each.
   *
   * @param cellBits bits of a cell
   */
  public static DigitStatistics offsetWeights(
      ValueDistribution values, int bits, int width, int cellBits) {
    return of(new DigitKey(values, DigitKey.Encoding.OFFSET_WEIGHTS, bits, width, cellBits));
  }

  /**
   * Weights of {@code bits} bits, sign included, as a pair of magnitudes in cells of {@code width}
   * bits; one bit means −1, 0 and +1.
   */
  public static DigitStatistics differentialWeights(ValueDistribution values, int bits, int width) {
    return differentialWeights(values, bits, width, width);
  }

  /**
   * Weights as pairs of magnitudes whose digits of {@code width} bits take several pairs of cells.
   *
   * @param cellBits bits of a cell
   */
  public static DigitStatistics differentialWeights(
      ValueDistribution values, int bits, int width, int cellBits) {
    return of(new DigitKey(values, DigitKey.Encoding.DIFFERENTIAL_WEIGHTS, bits, width, cellBits));
  }

  /** Binary weights or inputs, −1 or +1. */
  public static DigitStatistics binary(ValueDistribution values) {
    return planes(values, 1);
  }

  /** Weights or inputs as planes of signs, odd values Σ ± 2^s. */
  public static DigitStatistics planes(ValueDistribution values, int bits) {
    return of(new DigitKey(values, DigitKey.Encoding.SIGN_PLANES, bits, 1, 1));
  }

  private static DigitStatistics secondPassInputs(DigitKey key) {
    ValueDistribution values = key.values();
    double[] codes = values.codes(key.bits());
    double positive = values.positiveShare();
    double negative = values.negativeShare();
    double passes = negative > 0 ? 2 : 1;
    double share = (positive + negative) / passes;
    CodeSequence digits =
        CodeSequence.of(
            1 + codes.length,
            i -> Math.max(0, i - 1),
            i -> i == 0 ? 1 - share : share * codes[i - 1]);
    CodeSequence ofValues = CodeSequence.signed(0, 0, codes, positive, negative, 0);
    return ofInputs(
        key, new Codes(digits, ofValues, key.bits(), passes, values.missed(key.bits())));
  }

  private static DigitStatistics signedInputs(DigitKey key) {
    ValueDistribution values = key.values();
    double positive = values.positiveShare();
    double negative = values.negativeShare();
    CodeSequence codes =
        CodeSequence.signed(
            0, 1 - positive - negative, values.codes(key.bits()), positive, negative, 0);
    return ofInputs(key, new Codes(codes, codes, key.bits(), 1, values.missed(key.bits())));
  }

  private static DigitStatistics ofInputs(DigitKey key, Codes codes) {
    return new DigitStatistics(
        key, codes, key.values().structure(), CellLevels.NONE, CellLevels.NONE);
  }

  private static DigitStatistics offset(DigitKey key) {
    int bits = key.bits();
    if (bits < 2) {
      throw new IllegalArgumentException(
          "The bits (" + bits + ") of an offset weight must be at least 2.\nMaybe XNOR is meant?");
    }
    ValueDistribution values = key.values();
    double[] codes = values.codes(bits - 1);
    double positive = values.positiveShare();
    double negative = values.negativeShare();
    CodeSequence digits =
        CodeSequence.signed(
            1 << (bits - 1), values.zeroShare(), codes, positive, negative, 1 << (bits - 1));
    CodeSequence ofValues = CodeSequence.signed(0, 0, codes, positive, negative, 0);
    CodeSequence driven = digits.times(i -> values.drive(i == 0 ? 0 : (i - 1) / 2, codes.length));
    WeightDigits ofCells = cells(key, bits);
    return new DigitStatistics(
        key,
        new Codes(digits, ofValues, bits, 1, values.missed(bits - 1)),
        Structure.NONE,
        new CellLevels(ofCells, 1, digits, 0),
        new CellLevels(ofCells, 1, driven, 0));
  }

  private static DigitStatistics differential(DigitKey key) {
    int magnitudeBits = Math.max(1, key.bits() - 1);
    ValueDistribution values = key.values();
    double[] codes = values.codes(magnitudeBits);
    double positive = values.positiveShare();
    double negative = values.negativeShare();
    CodeSequence signed = CodeSequence.signed(0, values.zeroShare(), codes, positive, negative, 0);
    double nonzero = positive + negative;
    CodeSequence ofCells =
        CodeSequence.of(
            1 + codes.length,
            i -> Math.max(0, i - 1),
            i -> i == 0 ? values.zeroShare() : nonzero * codes[i - 1]);
    CodeSequence driven = ofCells.times(i -> values.drive(Math.max(0, i - 1), codes.length));
    WeightDigits inCells = cells(key, magnitudeBits);
    // The other cell of each pair holds level 0.
    return new DigitStatistics(
        key,
        new Codes(signed, signed, magnitudeBits, 1, values.missed(magnitudeBits)),
        Structure.NONE,
        new CellLevels(inCells, 2, ofCells, 1),
        new CellLevels(inCells, 2, driven, 1));
  }

  private static DigitStatistics twoValues(DigitKey key) {
    ValueDistribution values = key.values();
    double positive =
        values.negativeShare() > 0 ? values.positiveShare() + values.zeroShare() / 2 : 0.5;
    CodeSequence digits = CodeSequence.of(2, i -> 1 - i, i -> i == 0 ? positive : 1 - positive);
    CodeSequence signs = CodeSequence.of(2, i -> 1 - 2 * i, i -> i == 0 ? positive : 1 - positive);
    return ofPlanes(key, new Codes(digits, signs, 1, 1, OptionalDouble.of(values.missedByTwo())));
  }

  private static DigitStatistics planes(DigitKey key) {
    return ofPlanes(key, key.values().negativeShare() > 0 ? oddCodes(key) : codesWithOffset(key));
  }

  /** Odd values of both signs; zero lies half way between two of them. */
  private static Codes oddCodes(DigitKey key) {
    int bits = key.bits();
    ValueDistribution values = key.values();
    double[] magnitudes = values.oddCodes(bits);
    double positive = values.positiveShare();
    double negative = values.negativeShare();
    int half = 1 << bits - 1;
    CodeSequence digits =
        CodeSequence.of(
            2 * half,
            i -> i,
            i -> {
              int magnitude = i < half ? half - 1 - i : i - half;
              double signed = (i < half ? negative : positive) * magnitudes[magnitude];
              return magnitude == 0 ? signed + values.zeroShare() / 2 : signed;
            });
    CodeSequence odd =
        CodeSequence.of(2 * half, i -> 2 * i + 1 - 2 * half, i -> digits.probability(i));
    return new Codes(digits, odd, bits, 1, OptionalDouble.of(values.missedByOdd(bits)));
  }

  /** Values without a sign, the first of which is zero; a step is two. */
  private static Codes codesWithOffset(DigitKey key) {
    int bits = key.bits();
    ValueDistribution values = key.values();
    double nonzero = values.positiveShare();
    double[] codes = values.codes(bits);
    CodeSequence digits =
        CodeSequence.of(
            codes.length,
            i -> i,
            i -> i == 0 ? 1 - nonzero + nonzero * codes[0] : nonzero * codes[i]);
    CodeSequence even = CodeSequence.of(codes.length, i -> 2 * i, digits::probability);
    double error = values.missed(bits).orElse((1 - digits.probability(0)) / 12);
    return new Codes(digits, even, bits, 1, OptionalDouble.of(4 * error));
  }

  /** Of two cells of a plane one is at its upper level, whatever the sign. */
  private static DigitStatistics ofPlanes(DigitKey key, Codes codes) {
    int all = (1 << key.bits()) - 1;
    CellLevels cells =
        new CellLevels(
            WeightDigits.alike(key.bits(), 1), 2, CodeSequence.of(2, i -> i * all, i -> 1), 0);
    return new DigitStatistics(key, codes, key.values().structure(), cells, cells);
  }

  private double[] bySlice(IntToDoubleFunction ofSlice) {
    double[] all = new double[slices];
    Arrays.setAll(all, ofSlice);
    return all;
  }

  private double meanOverSlices(double[] bySlice, IntUnaryOperator largest) {
    double sum = 0;
    for (int slice = 0; slice < slices; slice++) {
      sum += bySlice[slice] / largest.applyAsInt(slice) / slices;
    }
    return sum;
  }

  /** Digits of cells or pulses, or of as many as are converted together. */
  private static WeightDigits cut(DigitKey key, int codeBits) {
    return key.oneBitCells() > 0 && key.width() < WIDEST
        ? cells(key, codeBits)
        : WeightDigits.alike(codeBits, key.width());
  }

  /** Digits in single cells. */
  private static WeightDigits cells(DigitKey key, int codeBits) {
    return new WeightDigits(codeBits, key.cellBits(), Math.min(key.oneBitCells(), codeBits));
  }

  private double squareSignificance() {
    double sum = 0;
    for (int t = 0; t < slices; t++) {
      sum += significance(t) * significance(t);
    }
    return sum;
  }

  /** Shares of the products of digits and codes; of offset codes of what lies above the mean. */
  private double[] signalShares(CodeSequence digits) {
    double centre = key.encoding() == DigitKey.Encoding.OFFSET_WEIGHTS ? codeMean : 0;
    double all = codeSquare - centre * codeMean;
    double[] shares = new double[slices];
    for (int slice = 0; slice < slices; slice++) {
      double product = digits.meanDigit(cut, slice, (d, code) -> d * Math.abs(code));
      double covariance = product - centre * magnitude[slice];
      shares[slice] = all > 0 ? significance(slice) * covariance / all : 0;
    }
    return shares;
  }

  private double gainOfAlikeErrors() {
    double sum = 0;
    for (int slice = 0; slice < slices; slice++) {
      sum += significance(slice) * significance(slice) * square[slice];
    }
    return sum > 0 ? valueSquare / (passes * sum) : 1;
  }

  /** Of signs ±1, whose squares are 1: E[q²]/Σ 4^t of the odd value q = 2 c − (2^bits − 1). */
  private double gainOfAlikeSigns() {
    double most = significances();
    return (4 * codeSquare - 4 * most * codeMean + most * most) / squareSignificance;
  }

  private double gainOfAlikeDeviations(boolean ofCodes) {
    double sum = 0;
    for (int slice = 0; slice < slices; slice++) {
      double variance = square[slice] - mean[slice] * mean[slice];
      sum += significance(slice) * significance(slice) * variance;
    }
    double all = ofCodes ? codeSquare - codeMean * codeMean : valueSquare - valueMean * valueMean;
    return sum > 0 ? all / (passes * sum) : 1;
  }

  /** Correlation of neighbouring values. */
  public Structure structure() {
    return structure;
  }

  /**
   * Share of the signal that a slice carries: the part of a product with a value that goes with its
   * digit in the mean, significance × E[d x]/E[x²]; all slices together carry 1.
   */
  public double signalShare(int slice) {
    return signalShare[slice];
  }

  /** E[c] of the codes that are cut into digits: of offset weights w + 2^(bits−1), else |x|. */
  public double codeMean() {
    return codeMean;
  }

  /** E[c²] of the same codes. */
  public double codeSquare() {
    return codeSquare;
  }

  /** Significance of a digit, 2^(width s) of equal ones. */
  public double significance(int slice) {
    return StrictMath.scalb(1.0, cut.first(slice));
  }

  /** Sum of the significances of all digits, Σ 2^(width s). */
  public double significances() {
    double sum = 0;
    for (int slice = 0; slice < slices; slice++) {
      sum += significance(slice);
    }
    return sum;
  }

  /**
   * Gain of an error that all digits of a value meet alike over errors of their own, E[x²] over the
   * sum of squared digits, each times that of its significance.
   */
  public double coherentGain() {
    return coherentGain;
  }

  /**
   * The weight of deviations of the digits from their means, var(x) over the sum of their
   * variances.
   */
  public double inputGain() {
    return inputGain;
  }

  /**
   * Gain of an offset that does not depend on the digits, (Σ 2^(w t))² / Σ 4^(w t); 0 where a
   * second pass takes it off again.
   */
  public double offsetGain() {
    double sum = significances();
    return passes > 1 ? 0 : sum * sum / squareSignificance;
  }

  /** Moments of the cubes of input digits. */
  public DigitCubes cubes() {
    return cubes;
  }

  /** Bits that the statistics were made for. */
  public int bits() {
    return key.bits();
  }

  /** Bits of one digit. */
  public int width() {
    return key.width();
  }

  /** Digits of one value. */
  public int slices() {
    return slices;
  }

  /** Largest digit of equal ones, 2^width − 1. */
  public int largestDigit() {
    return (1 << key.width()) - 1;
  }

  /** Largest digit that the cells or pulses of a slice can have. */
  public int largestDigit(int slice) {
    return key.oneBitCells() > 0 && key.width() == WIDEST
        ? (int) cells(key, cut.bits()).largestSum(0, cells.slices())
        : cut.largest(slice);
  }

  /** E[d] of a slice, with the sign of the value in differential encoding. */
  public double meanDigit(int slice) {
    return mean[slice];
  }

  /** E[d²] of a slice. */
  public double squareDigit(int slice) {
    return square[slice];
  }

  /** Squared coefficient of variation of a slice's d²: E[d⁴]/E[d²]² − 1. */
  public double squareVariation(int slice) {
    return squareVariation[slice];
  }

  /** E[|d|] of a slice. */
  public double magnitudeDigit(int slice) {
    return magnitude[slice];
  }

  /** E[u] of a slice, u = |d| / (2^width − 1). */
  public double meanShare(int slice) {
    return magnitude[slice] / largestDigit(slice);
  }

  /** P(d ≠ 0) of a slice. */
  public double nonzeroDigit(int slice) {
    return nonzero[slice];
  }

  /**
   * P(d ≠ 0) of inputs by slice and pass: of those that take a second pass the positive values in
   * one, the negative ones in the other.
   */
  public List<Double> drivenShares() {
    List<Double> shares = new ArrayList<>();
    for (double ofSlice : nonzero) {
      if (passes > 1) {
        shares.add(passes * ofSlice * positiveShare);
        shares.add(passes * ofSlice * (1 - positiveShare));
      } else {
        shares.add(ofSlice);
      }
    }
    return shares;
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
  public int cellsOfDigit() {
    if (key.oneBitCells() > 0) {
      return key.width() == WIDEST ? cells.slices() : 1;
    }
    return Math.max(1, key.width() / key.cellBits());
  }

  /** Cells of the layer, each weighted by the mean square of its inputs over that of all. */
  public CellLevels inputWeightedCells() {
    return inputWeighted;
  }

  /** Passes over the rows that inputs take: 2 where positive and negative values go apart. */
  public double passes() {
    return passes;
  }

  /** Polarities that a line can drive in one pass: 2 where lines carry the sign of inputs. */
  public int linePolarities() {
    return key.encoding() == DigitKey.Encoding.BIPOLAR_INPUTS ? 2 : 1;
  }

  /** Polarities that digits have in one pass: 1 of values without signs on any line. */
  public int polarities() {
    return key.values().negativeShare() > 0 ? linePolarities() : 1;
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

  /** Mean-square rounding error of values, in squares of their last step. */
  public double valueError() {
    return valueError;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof DigitStatistics digits && hash == digits.hash && key.equals(digits.key);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
