package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.random.RandomKey;

/**
 * Levels that the drivers of a row group present for the digits of its inputs ({@link
 * InputErrors}): offset, gain and levels of each row drawn once, noise in each read. A negative
 * digit has the errors of its magnitude with its sign. Immutable.
 */
final class RowLevels {
  private static final int OFFSET = 0;
  private static final int GAIN = 1;

  /** Number of the draw of digit 0; levels follow. */
  private static final int LEVELS = 1;

  private final float[][] errors;
  private final float noise;

  private RowLevels(float[][] errors, float noise) {
    this.errors = errors;
    this.noise = noise;
  }

  /** Drivers that present the digits themselves. */
  static RowLevels exact() {
    return new RowLevels(new float[0][], 0);
  }

  /**
   * Draws the drivers of a group.
   *
   * @param key key of the drivers of its block
   * @param first first row of the group in the block
   * @param count rows of the group
   * @param largestDigit largest digit of an input
   */
  static RowLevels draw(
      InputErrors sources, RandomKey key, int first, int count, int largestDigit) {
    float[][] errors = new float[count][largestDigit + 1];
    for (int i = 0; i < count; i++) {
      RandomKey row = key.child(first + i);
      double offset = sources.offset_steps() * row.gaussian(OFFSET);
      double gain = sources.gain() * row.gaussian(GAIN);
      for (int u = 1; u <= largestDigit; u++) {
        double level = sources.level_steps() * row.gaussian(LEVELS + u);
        errors[i][u] = (float) (u * gain + offset + level);
      }
    }
    return new RowLevels(errors, (float) sources.noise_steps());
  }

  /** True if rows present the digits themselves. */
  boolean isExact() {
    return errors.length == 0;
  }

  /** Gain of a row: the line through zero that fits its levels best. */
  double gain(int row) {
    double errorOf = 0;
    double square = 0;
    for (int u = 1; !isExact() && u < errors[row].length; u++) {
      errorOf += u * errors[row][u];
      square += u * u;
    }
    return square > 0 ? 1 + errorOf / square : 1;
  }

  /**
   * A read with the errors of its levels, without noise.
   *
   * @param read digits
   * @param meant levels without errors
   * @param space by row, then vector; as many rows as the read has at least
   */
  AnalogProduct.Driven of(AnalogProduct.Driven read, AnalogProduct.Driven meant, float[][] space) {
    int count = read.inputs().length;
    float[][] presented = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] digits = read.inputs()[i];
      float[] level = meant.inputs()[i];
      float[] ofRow = errors[read.first() + i];
      for (int v = 0; v < digits.length; v++) {
        float digit = digits[v];
        space[i][v] = level[v] + (digit < 0 ? -ofRow[(int) -digit] : ofRow[(int) digit]);
      }
      presented[i] = space[i];
    }
    return new AnalogProduct.Driven(read.first(), presented, read.share());
  }

  /**
   * A read with the errors of its levels and their noise.
   *
   * @param key key of the draws of its rows
   * @param vector number of the first vector, even
   * @param draws as many as vectors
   */
  AnalogProduct.Driven of(
      AnalogProduct.Driven read,
      AnalogProduct.Driven meant,
      RandomKey key,
      long vector,
      float[][] space,
      float[] draws) {
    AnalogProduct.Driven presented = of(read, meant, space);
    for (int i = 0; noise > 0 && i < read.inputs().length; i++) {
      key.child(read.first() + i).gaussians(vector, draws, 0, draws.length);
      for (int v = 0; v < draws.length; v++) {
        space[i][v] += read.inputs()[i][v] != 0 ? noise * draws[v] : 0;
      }
    }
    return presented;
  }
}
