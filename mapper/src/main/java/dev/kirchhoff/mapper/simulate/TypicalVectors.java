package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;

/**
 * Vectors that the converters of a kernel's matrix are calibrated with. A kernel's vectors are not
 * known before it runs: the first ones are taken, and as many others again that are drawn like
 * them, each scaled to the drivers' full range.
 */
final class TypicalVectors {
  private static final int MOST_FIRST = 64;
  private static final int DRAWN = 64;
  private static final int SHAPES = 4;

  private TypicalVectors() {}

  /**
   * Typical vectors.
   *
   * @param first vectors of the first read
   * @param passes pulses of an input
   * @param key key of the draws
   * @return integers by input, then vector
   */
  static int[][] of(double[][] first, InputPasses passes, RandomKey key) {
    int inputs = first[0].length;
    int taken = Math.min(MOST_FIRST, first.length);
    int[][] wholes = new int[inputs][taken + DRAWN];
    boolean isSigned = false;
    for (int v = 0; v < taken; v++) {
      double[] vector = first[(int) ((long) v * first.length / taken)];
      KernelReads.quantise(vector, passes, wholes, v);
      for (double value : vector) {
        isSigned |= value < 0;
      }
    }
    for (int v = 0; v < DRAWN; v++) {
      RandomKey draws = key.child(v);
      double[] vector = new double[inputs];
      for (int i = 0; i < inputs; i++) {
        double value = v % SHAPES < SHAPES / 2 ? draws.gaussian(i) : 2 * draws.uniform(i) - 1;
        vector[i] = isSigned ? value : Math.abs(value);
      }
      KernelReads.quantise(vector, passes, wholes, taken + v);
    }
    return wholes;
  }
}
