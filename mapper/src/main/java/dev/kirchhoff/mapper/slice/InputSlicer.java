package dev.kirchhoff.mapper.slice;

/**
 * Slicing of input values to pulses, and exact reassembly: |x| = Σ digit(t) 2^(p t), least
 * significant first. A signed value is presented in one of two passes, by its sign. Valid for 1 to
 * 31 input bits.
 *
 * @param inputBits bits of a magnitude
 * @param bitsPerPulse bits that one pulse carries
 */
public record InputSlicer(int inputBits, int bitsPerPulse) {

  public InputSlicer {
    if (bitsPerPulse < 1 || inputBits < 1 || inputBits > 31) {
      throw new IllegalArgumentException(
          "An input of "
              + inputBits
              + " bits cannot be cut into pulses of "
              + bitsPerPulse
              + " bits.");
    }
  }

  /** Pulses of one pass. */
  public int pulses() {
    return (inputBits + bitsPerPulse - 1) / bitsPerPulse;
  }

  /**
   * Digits of a value in the pass of positive values ({@code negative} false) or of negative ones.
   */
  public int[] digits(int value, boolean negative) {
    int magnitude = Math.abs(value);
    if (magnitude >> inputBits != 0) {
      throw new IllegalArgumentException(
          "Input " + value + " has more than " + inputBits + " bits.");
    }
    int[] digits = new int[pulses()];
    if (value < 0 == negative) {
      for (int t = 0; t < digits.length; t++) {
        digits[t] = (magnitude >> (t * bitsPerPulse)) & ((1 << bitsPerPulse) - 1);
      }
    }
    return digits;
  }

  /** The value of both passes' digits: inverse of {@link #digits}. */
  public int value(int[] positive, int[] negative) {
    int sum = 0;
    for (int t = 0; t < positive.length; t++) {
      sum += (positive[t] - negative[t]) << (t * bitsPerPulse);
    }
    return sum;
  }
}
