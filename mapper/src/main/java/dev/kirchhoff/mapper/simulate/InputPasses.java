package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.mapper.slice.Slicing;

/**
 * The pulses of an input value: x = Σ sign · 2^(p t) · digit.
 *
 * <p>Signs of XNOR planes are digits ±1 of odd values. Passes over positive values come first, then
 * those over negative ones where the sign takes a second pass; lines of two polarities drive signed
 * digits. Least significant digit first.
 *
 * @param bitsPerPulse p
 * @param digits pulses of a magnitude
 * @param magnitudeBits bits of a magnitude
 * @param signed whether there are negative values
 * @param secondPass whether these take a pass of their own
 * @param planes whether digits are signs, as XNOR cells count them
 */
record InputPasses(
    int bitsPerPulse,
    int digits,
    int magnitudeBits,
    boolean signed,
    boolean secondPass,
    boolean planes) {

  /** Pulses of magnitudes. */
  InputPasses(int bitsPerPulse, int digits, int magnitudeBits, boolean signed, boolean secondPass) {
    this(bitsPerPulse, digits, magnitudeBits, signed, secondPass, false);
  }

  static InputPasses of(WeightEncoding weights, Input input, int inputBits, boolean signed) {
    if (weights.countsMatches()) {
      // A sign says which row of a pair is driven.
      return new InputPasses(1, inputBits, inputBits, true, false, true);
    }
    boolean second = Slicing.secondPass(weights, input, signed);
    int magnitude = input.magnitudeBits(inputBits);
    int bits = Math.min(magnitude, input.bitsOfDigit(inputBits));
    return new InputPasses(bits, (magnitude + bits - 1) / bits, magnitude, signed, second);
  }

  /** Largest magnitude. */
  int largest() {
    return (int) ((1L << magnitudeBits) - 1);
  }

  /** Largest digit. */
  int largestDigit() {
    return (1 << bitsPerPulse) - 1;
  }

  /** All passes. */
  int passes() {
    return secondPass ? 2 * digits : digits;
  }

  /** Digit that a pass presents. */
  int digit(int pass) {
    return pass % digits;
  }

  /** Signed significance of the sums of a pass. */
  double significance(int pass) {
    double size = Math.scalb(1.0, digit(pass) * bitsPerPulse);
    return pass >= digits ? -size : size;
  }

  /** Sets the digits of one pass; says whether any is not zero. */
  boolean set(int pass, int[] values, float[] out) {
    int shift = digit(pass) * bitsPerPulse;
    int mask = largestDigit();
    int any = 0;
    if (planes) {
      for (int v = 0; v < out.length; v++) {
        out[v] = ((values[v] + largest()) / 2 >> shift & 1) == 1 ? 1 : -1;
      }
      return true;
    }
    if (!signed) {
      for (int v = 0; v < out.length; v++) {
        int d = (values[v] >> shift) & mask;
        out[v] = d;
        any |= d;
      }
      return any != 0;
    }
    boolean positive = pass < digits;
    for (int v = 0; v < out.length; v++) {
      int value = values[v];
      int d = (Math.abs(value) >> shift) & mask;
      int shown = secondPass ? (value > 0 == positive ? d : 0) : value < 0 ? -d : d;
      out[v] = shown;
      any |= shown;
    }
    return any != 0;
  }

  /**
   * Sets the integers of a vector.
   *
   * @return value of one unit; 0 for a vector of zeros
   */
  double quantise(double[] vector, int[][] wholes, int place) {
    double most = 0;
    for (double value : vector) {
      most = Math.max(most, Math.abs(value));
    }
    double scale = most / largest();
    if (scale > 0) {
      for (int i = 0; i < vector.length; i++) {
        wholes[i][place] = (int) Math.rint(vector[i] / scale);
      }
    }
    return scale;
  }
}
