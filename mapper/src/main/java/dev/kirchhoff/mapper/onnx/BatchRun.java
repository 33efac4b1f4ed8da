package dev.kirchhoff.mapper.onnx;

import java.util.Arrays;

/** Run of the vectors of a batch of items through a matrix, a block of vectors at a time. */
final class BatchRun {
  private static final int MOST_VECTORS = 256;

  private final MatrixEngine.Session session;
  private final int items;
  private final long firstItem;
  private float[][] vectors = new float[0][0];
  private float[][] products = new float[0][0];

  /**
   * A run of a batch.
   *
   * @param session engine that multiplies
   * @param items items of the batch
   * @param firstItem number of the first one among all, even
   */
  BatchRun(MatrixEngine.Session session, int items, long firstItem) {
    if ((firstItem & 1) != 0) {
      throw new IllegalArgumentException("The first item (" + firstItem + ") must be even.");
    }
    this.session = session;
    this.items = items;
    this.firstItem = firstItem;
  }

  /** Items of the batch. */
  int items() {
    return items;
  }

  /**
   * Multiplies.
   *
   * @param gather the matrix, places of its inputs and outputs
   * @param from values of each item
   * @param outputs outputs of the matrix
   * @param to receives the products of each item
   */
  void multiply(Gather gather, float[][] from, int outputs, float[][] to) {
    int all = items * gather.positions();
    int block = Math.min(MOST_VECTORS, all + 1 & ~1);
    int inputs = gather.inputs();
    vectors = sized(vectors, inputs, block);
    products = sized(products, outputs, block);
    boolean looksFirst = session.observesFirst(gather.layer(), gather.group());
    for (int start = 0; looksFirst && start < all; start += block) {
      session.observe(collect(gather, from, start, Math.min(block, all - start)), vectors);
    }
    for (int start = 0; start < all; start += block) {
      int count = Math.min(block, all - start);
      session.multiply(collect(gather, from, start, count), vectors, products);
      spread(gather, outputs, to, start, count);
    }
  }

  private static float[][] sized(float[][] arrays, int count, int length) {
    return arrays.length == count && arrays[0].length == length ? arrays : new float[count][length];
  }

  private MatrixEngine.Call collect(Gather gather, float[][] from, int start, int count) {
    int positions = gather.positions();
    int[] places = gather.places();
    for (int k = 0; k < vectors.length; k++) {
      float[] vector = vectors[k];
      int item = start / positions;
      int position = start % positions;
      int row = k * positions;
      for (int v = 0; v < count; v++) {
        int place = places[row + position];
        vector[v] = place < 0 ? 0 : from[item][place];
        if (++position == positions) {
          position = 0;
          item++;
        }
      }
      Arrays.fill(vector, count, vector.length, 0);
    }
    long first = firstItem * gather.positions() + start;
    return new MatrixEngine.Call(gather.layer(), gather.group(), gather.step(), first, count);
  }

  private void spread(Gather gather, int outputs, float[][] to, int start, int count) {
    int positions = gather.positions();
    Gather.Target target = gather.target();
    for (int m = 0; m < outputs; m++) {
      int item = start / positions;
      int position = start % positions;
      int base = target.first() + m * target.perOutput();
      for (int v = 0; v < count; v++) {
        to[item][base + position * target.perPosition()] = products[m][v];
        if (++position == positions) {
          position = 0;
          item++;
        }
      }
    }
  }
}
