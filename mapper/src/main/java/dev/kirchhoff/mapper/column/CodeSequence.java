package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.WeightDigits;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * Signed integer codes with their probabilities, in the order in which moments add them up; a code
 * may come more than once. Immutable.
 */
final class CodeSequence {
  static final CodeSequence EMPTY = of(0, i -> 0, i -> 0);

  private final int[] codes;
  private final double[] probabilities;

  private CodeSequence(int[] codes, double[] probabilities) {
    this.codes = codes;
    this.probabilities = probabilities;
  }

  /** Codes by their place in the sequence. */
  static CodeSequence of(int length, IntUnaryOperator code, IntToDoubleFunction probability) {
    int[] codes = new int[length];
    double[] probabilities = new double[length];
    Arrays.setAll(codes, code);
    Arrays.setAll(probabilities, probability);
    return new CodeSequence(codes, probabilities);
  }

  /**
   * One code, then every magnitude with both signs.
   *
   * @param first the first code
   * @param firstProbability its probability
   * @param magnitudes probability of each magnitude
   * @param positive share of the positive ones
   * @param negative share of the negative ones
   * @param base code of magnitude 0
   */
  static CodeSequence signed(
      int first,
      double firstProbability,
      double[] magnitudes,
      double positive,
      double negative,
      int base) {
    int[] codes = new int[1 + 2 * magnitudes.length];
    double[] probabilities = new double[codes.length];
    codes[0] = first;
    probabilities[0] = firstProbability;
    for (int m = 0; m < magnitudes.length; m++) {
      codes[1 + 2 * m] = base + m;
      probabilities[1 + 2 * m] = positive * magnitudes[m];
      codes[2 + 2 * m] = base - m;
      probabilities[2 + 2 * m] = negative * magnitudes[m];
    }
    return new CodeSequence(codes, probabilities);
  }

  /** Sequence of these codes, each probability times a factor of its place. */
  CodeSequence times(IntToDoubleFunction factor) {
    double[] scaled = new double[probabilities.length];
    Arrays.setAll(scaled, i -> probabilities[i] * factor.applyAsDouble(i));
    return new CodeSequence(codes, scaled);
  }

  /** Number of codes. */
  int length() {
    return codes.length;
  }

  /** A code without its sign. */
  int magnitude(int i) {
    return Math.abs(codes[i]);
  }

  /** Sign of a code: −1 below zero, else 1. */
  double sign(int i) {
    return codes[i] < 0 ? -1 : 1;
  }

  /** Probability of a code. */
  double probability(int i) {
    return probabilities[i];
  }

  /** Expected value of a function of a code. */
  double mean(IntToDoubleFunction ofCode) {
    double sum = 0;
    for (int i = 0; i < codes.length; i++) {
      sum += ofCode.applyAsDouble(codes[i]) * probabilities[i];
    }
    return sum;
  }

  /** Probability of the codes that a function picks out by 1. */
  double share(IntToDoubleFunction picks) {
    return mean(picks);
  }

  /**
   * Expected value of a function of a digit of the code's magnitude and of the code.
   *
   * @param cut digits of a code
   * @param slice number of the digit
   */
  double meanDigit(WeightDigits cut, int slice, DoubleBinaryOperator ofDigitAndCode) {
    double sum = 0;
    for (int i = 0; i < codes.length; i++) {
      int digit = cut.of(Math.abs(codes[i]), slice);
      sum += ofDigitAndCode.applyAsDouble(digit, codes[i]) * probabilities[i];
    }
    return sum;
  }
}
