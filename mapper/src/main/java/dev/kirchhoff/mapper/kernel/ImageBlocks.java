package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.mapper.data.GreyImage;
import java.util.Map;
import java.util.TreeMap;

/**
 * Blocks of n x n samples of an image as a list of lines, n lines a block, and scores of coded
 * ones.
 */
final class ImageBlocks {
  private static final int MIDDLE = 128;
  private static final double WHITE = 255;
  private static final double DECIBELS = 10;

  /** Mean square error that counts as none, relative to white: 240 dB. */
  private static final double NONE = 1e-24;

  private ImageBlocks() {}

  /** Samples less 128, block after block from the top left; only whole blocks are taken. */
  static double[][] of(GreyImage image, int n) {
    int across = image.columns() / n;
    double[][] lines = new double[image.rows() / n * across * n][n];
    for (int line = 0; line < lines.length; line++) {
      int block = line / n;
      for (int j = 0; j < n; j++) {
        int row = block / across * n + line % n;
        lines[line][j] = image.sample(row, block % across * n + j) - MIDDLE;
      }
    }
    return lines;
  }

  /** Transposes every block. */
  static double[][] transposed(double[][] lines) {
    int n = lines[0].length;
    double[][] transposed = new double[lines.length][n];
    for (int line = 0; line < lines.length; line++) {
      for (int j = 0; j < n; j++) {
        transposed[line][j] = lines[line - line % n + j][line % n];
      }
    }
    return transposed;
  }

  /**
   * Peak signal-to-noise ratio, 10 log₁₀(255² / MSE), of samples clipped to 0 to 255; 240 dB at
   * most.
   */
  static double psnr_dB(double[][] lines, double[][] decoded) {
    double squares = 0;
    int n = lines[0].length;
    for (int line = 0; line < lines.length; line++) {
      for (int j = 0; j < n; j++) {
        double value = Math.max(-MIDDLE, Math.min(WHITE - MIDDLE, decoded[line][j]));
        squares += (value - lines[line][j]) * (value - lines[line][j]);
      }
    }
    double error = squares / (WHITE * WHITE * lines.length * n);
    return -DECIBELS * StrictMath.log10(Math.max(NONE, error));
  }

  /**
   * Rate of coded blocks: zeroth-order entropy, −Σ p log₂ p, of the levels at each frequency.
   *
   * @return bits a sample
   */
  static double rate_bits(double[][] levels) {
    int n = levels[0].length;
    int blocks = levels.length / n;
    double sum = 0;
    for (int i = 0; i < n * n; i++) {
      Map<Long, Integer> counts = new TreeMap<>();
      for (int b = 0; b < blocks; b++) {
        counts.merge(Math.round(levels[b * n + i / n][i % n]), 1, Integer::sum);
      }
      for (int count : counts.values()) {
        double share = (double) count / blocks;
        sum -= share * StrictMath.log(share) / StrictMath.log(2);
      }
    }
    return sum / (n * n);
  }
}
