package dev.kirchhoff.mapper.evaluate;

import java.util.Arrays;

/**
 * What the layers of a network send depends on, beside the fabric: crossbars that they stand on,
 * bits of their values, bits of their sums and how tiles share them. Two of these say how many
 * layers, from the first on, send the same. Reused; not safe for several threads.
 */
final class SentLayers {
  private int layers;
  private double[] crossbars = new double[32];
  private int[] inputBits = new int[32];
  private int[] outputBits = new int[32];
  private double[] sumBits = new double[32];
  private double[] tileFan = new double[32];
  private int[] tileRows = new int[32];

  /**
   * Takes the layers of a mapping, of which those that are not fresh are known; what they stand on
   * comes later.
   */
  void set(JobMapping mapping) {
    layers = mapping.layers();
    room();
    for (int l = 0; l < layers; l++) {
      if (!mapping.isFresh(l)) {
        continue;
      }
      inputBits[l] = mapping.job().precision().get(l).inputs();
      outputBits[l] = mapping.job().precision().get(l).outputs();
      sumBits[l] = mapping.sumBits(l);
      tileFan[l] = mapping.tileFan(l);
      tileRows[l] = mapping.tileRows(l);
    }
  }

  /** Takes what layers stand on. */
  void stand(JobMapping mapping) {
    for (int l = 0; l < layers; l++) {
      crossbars[l] = mapping.crossbars(l);
    }
  }

  /** Becomes the same as others. */
  void set(SentLayers other) {
    layers = other.layers;
    room();
    System.arraycopy(other.crossbars, 0, crossbars, 0, layers);
    System.arraycopy(other.inputBits, 0, inputBits, 0, layers);
    System.arraycopy(other.outputBits, 0, outputBits, 0, layers);
    System.arraycopy(other.sumBits, 0, sumBits, 0, layers);
    System.arraycopy(other.tileFan, 0, tileFan, 0, layers);
    System.arraycopy(other.tileRows, 0, tileRows, 0, layers);
  }

  /**
   * How many layers, from the first on, are the same in others of the same network.
   *
   * @param least fewer than these need not be told apart
   */
  int asIn(SentLayers other, int least) {
    int same = same(Arrays.mismatch(crossbars, 0, layers, other.crossbars, 0, layers), layers);
    if (same < least) {
      return same;
    }
    same = same(Arrays.mismatch(sumBits, 0, same, other.sumBits, 0, same), same);
    same = same(Arrays.mismatch(inputBits, 0, same, other.inputBits, 0, same), same);
    same = same(Arrays.mismatch(outputBits, 0, same, other.outputBits, 0, same), same);
    same = same(Arrays.mismatch(tileFan, 0, same, other.tileFan, 0, same), same);
    return same(Arrays.mismatch(tileRows, 0, same, other.tileRows, 0, same), same);
  }

  private static int same(int mismatch, int all) {
    return mismatch < 0 ? all : mismatch;
  }

  /** Number of layers. */
  int count() {
    return layers;
  }

  /** Crossbars that a layer stands on, copies included. */
  double crossbars(int layer) {
    return crossbars[layer];
  }

  private void room() {
    if (crossbars.length < layers) {
      crossbars = new double[layers];
      inputBits = new int[layers];
      outputBits = new int[layers];
      sumBits = new double[layers];
      tileFan = new double[layers];
      tileRows = new int[layers];
    }
  }
}
