package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * Typical inputs of a layer: some of its vectors, drawn from all places and items alike, and the
 * ends of all values. A vector is kept if the low bits of its number's hash are zero, of as many
 * bits as leave {@value #MOST_VECTORS} to twice as many.
 */
final class InputSamples {
  private static final int MOST_VECTORS = 256;

  private static final RandomKey HASH = RandomKey.of(0);

  private final List<List<float[]>> vectors = new ArrayList<>();
  private final List<List<Long>> hashes = new ArrayList<>();
  private final int[] seen;
  private final long[] mask;
  private boolean isRecurrent;
  private float least;
  private float most;

  InputSamples(int groups) {
    seen = new int[groups];
    mask = new long[groups];
    for (int g = 0; g < groups; g++) {
      vectors.add(new ArrayList<>());
      hashes.add(new ArrayList<>());
    }
  }

  /** Looks at the vectors of a batch, by input, then vector. */
  void add(MatrixEngine.Call call, float[][] batch) {
    int group = call.group();
    int count = call.count();
    isRecurrent |= call.step() > 0;
    for (float[] ofInput : batch) {
      for (int v = 0; v < count; v++) {
        least = Math.min(least, ofInput[v]);
        most = Math.max(most, ofInput[v]);
      }
    }
    for (int v = 0; v < count; v++) {
      long hash = HASH.bits(seen[group]++);
      if ((hash & mask[group]) == 0) {
        float[] vector = new float[batch.length];
        for (int k = 0; k < vector.length; k++) {
          vector[k] = batch[k][v];
        }
        vectors.get(group).add(vector);
        hashes.get(group).add(hash);
      }
      while (vectors.get(group).size() == 2 * MOST_VECTORS) {
        halve(group);
      }
    }
  }

  private void halve(int group) {
    mask[group] = 2 * mask[group] + 1;
    List<float[]> kept = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    for (int i = 0; i < vectors.get(group).size(); i++) {
      if ((hashes.get(group).get(i) & mask[group]) == 0) {
        kept.add(vectors.get(group).get(i));
        theirs.add(hashes.get(group).get(i));
      }
    }
    vectors.set(group, kept);
    hashes.set(group, theirs);
  }

  /** True if vectors depend on products of the same matrix. */
  boolean isRecurrent() {
    return isRecurrent;
  }

  /** Vectors of a group. */
  List<float[]> vectors(int group) {
    return vectors.get(group);
  }

  /** Values of the vectors. */
  float[] values() {
    int size = vectors.stream().flatMap(List::stream).mapToInt(v -> v.length).sum();
    float[] values = new float[size];
    int end = 0;
    for (List<float[]> ofGroup : vectors) {
      for (float[] vector : ofGroup) {
        System.arraycopy(vector, 0, values, end, vector.length);
        end += vector.length;
      }
    }
    return values;
  }

  /** Least value of all, at most 0. */
  float least() {
    return least;
  }

  /** Largest value of all, at least 0. */
  float most() {
    return most;
  }
}
