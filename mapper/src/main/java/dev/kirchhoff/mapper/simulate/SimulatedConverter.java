package dev.kirchhoff.mapper.simulate;

/**
 * A converter: the nearest of equally spaced codes, those beyond its range the last ones.
 *
 * <p>code = clip(round((v − lowest)/step), 0, codes − 1), halves to the even code; a code stands
 * for lowest + code · step. The range is a property of the circuit, fixed by calibration: it never
 * follows the values that are converted. Mid-rise converters are those whose lowest code is half a
 * step above the range's end; offset, gain and bow of a column's own converter belong to {@link
 * dev.kirchhoff.arch.chip.ConverterMismatch}.
 *
 * @param lowest value of code 0
 * @param step distance between codes
 * @param codes number of codes
 */
record SimulatedConverter(float lowest, float step, int codes) {
  /** 1.5 · 2^23: adding and subtracting it rounds to an integer, halves to even. */
  private static final float ROUNDER = 12_582_912f;

  private static final int MOST_CODES = 1 << 21;

  SimulatedConverter {
    if (!(step > 0) || codes < 2 || codes > MOST_CODES) {
      throw new IllegalArgumentException(
          "A converter must have a positive step ("
              + step
              + ") and 2 to 2^21 codes ("
              + codes
              + ").");
    }
  }

  /** A converter whose first and last code are the ends of a range. */
  static SimulatedConverter between(double lowest, double highest, int bits) {
    int codes = 1 << bits;
    return new SimulatedConverter(
        (float) lowest, (float) ((highest - lowest) / (codes - 1)), codes);
  }

  /** A converter that says the same whatever it is given. */
  static SimulatedConverter constant(double value) {
    return new SimulatedConverter((float) value, 1e30f, 2);
  }

  /** A converter of sign and magnitude: zero is a code, the number of codes odd. */
  static SimulatedConverter signMagnitude(double highest, int bits) {
    int magnitudes = (1 << (bits - 1)) - 1;
    float step = (float) (highest / magnitudes);
    return new SimulatedConverter(-magnitudes * step, step, 2 * magnitudes + 1);
  }

  /** A mid-rise converter of a range ±highest: codes half a step inside its ends. */
  static SimulatedConverter midRise(double highest, int bits) {
    int codes = 1 << bits;
    double step = 2 * highest / codes;
    return new SimulatedConverter((float) (-highest + step / 2), (float) step, codes);
  }

  /** The value that a value is converted to. */
  float converted(float value) {
    float place = (value - lowest) / step;
    float clipped = Math.min(codes - 1, Math.max(0, place));
    return lowest + step * (clipped + ROUNDER - ROUNDER);
  }

  /** Converts values in place. */
  void convert(float[] values) {
    float top = codes - 1;
    for (int i = 0; i < values.length; i++) {
      float place = (values[i] - lowest) / step;
      float clipped = Math.min(top, Math.max(0, place));
      values[i] = lowest + step * (clipped + ROUNDER - ROUNDER);
    }
  }
}
