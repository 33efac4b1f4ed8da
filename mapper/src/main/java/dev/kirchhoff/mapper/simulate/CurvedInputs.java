package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.CurvedPulses;

/**
 * Digits of inputs as cells with a curved current pass them on ({@link CurvedPulses}), times the
 * gain that fits typical inputs of a matrix best. Immutable.
 */
final class CurvedInputs {
  /** Inputs of cells whose current is proportional to the voltage. */
  static final CurvedInputs STRAIGHT = new CurvedInputs(new float[0]);

  private final float[] shown;

  private CurvedInputs(float[] shown) {
    this.shown = shown;
  }

  /**
   * Inputs of a matrix on a chip.
   *
   * @param pulseBits bits of a pulse
   * @param typical typical inputs, by input, then vector
   */
  static CurvedInputs of(ColumnModel column, InputPasses passes, int pulseBits, int[][] typical) {
    double c = column.summation().curvature();
    if (c == 0 || pulseBits == 1) {
      return STRAIGHT;
    }
    CurvedPulses pulses = new CurvedPulses(pulseBits);
    double[] cubes = new double[passes.largestDigit() + 1];
    for (int digit = 0; digit < cubes.length; digit++) {
      cubes[digit] = pulses.cube(digit);
    }
    double gain = gain(c, passes, cubes, typical);
    float[] shown = new float[cubes.length];
    for (int digit = 0; digit < shown.length; digit++) {
      shown[digit] = (float) (gain * (digit + c * cubes[digit]));
    }
    return new CurvedInputs(shown);
  }

  private static double gain(double c, InputPasses passes, double[] cubes, int[][] typical) {
    double[] sums = new double[5];
    long count = 0;
    for (int[] ofInput : typical) {
      for (int value : ofInput) {
        double h = 0;
        for (int t = 0; t < passes.digits(); t++) {
          int digit = Math.abs(value) >> t * passes.bitsPerPulse() & passes.largestDigit();
          h += Math.scalb(cubes[digit], t * passes.bitsPerPulse());
        }
        h *= Integer.signum(value);
        sums[0] += value;
        sums[1] += (double) value * value;
        sums[2] += value * h;
        sums[3] += h;
        sums[4] += h * h;
      }
      count += ofInput.length;
    }
    double x = sums[0] / count;
    double h = sums[3] / count;
    return CurvedPulses.gain(
        c, sums[1] / count - x * x, sums[2] / count - x * h, sums[4] / count - h * h);
  }

  /** True if cells pass digits on as they are. */
  boolean isStraight() {
    return shown.length == 0;
  }

  /** Digits as cells pass them on, of all rows of a read. */
  float[][] of(float[][] digits) {
    if (isStraight()) {
      return digits;
    }
    float[][] curved = new float[digits.length][];
    for (int i = 0; i < digits.length; i++) {
      curved[i] = new float[digits[i].length];
      for (int v = 0; v < digits[i].length; v++) {
        float digit = digits[i][v];
        curved[i][v] = digit < 0 ? -shown[(int) -digit] : shown[(int) digit];
      }
    }
    return curved;
  }
}
