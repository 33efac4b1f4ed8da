package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.mapper.onnx.MatrixEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * Typical inputs of a layer: some of its vectors, evenly thinned out, and the ends of all values.
 */
final class InputSamples {
  private static final int MOST_VECTORS = 256;

  private final List<List<float[]>> vectors = new ArrayList<>();
  private final int[] seen;
  private final int[] stride;
  private boolean isRecurrent;
  private float least;
  private float most;

  InputSamples(int groups) {
    seen = new int[groups];
    stride = new int[groups];
    for (int g = 0; g < groups; g++) {
      vectors.add(new ArrayList<>());
      stride[g] = 1;
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
    List<float[]> kept = vectors.get(group);
    for (int v = 0; v < count; v++) {
      if (seen[group]++ % stride[group] == 0) {
        float[] vector = new float[batch.length];
        for (int k = 0; k < vector.length; k++) {
          vector[k] = batch[k][v];
        }
        kept.add(vector);
      }
      if (kept.size() == 2 * MOST_VECTORS) {
        for (int i = 0; i < MOST_VECTORS; i++) {
          kept.set(i, kept.get(2 * i));
        }
        kept.subList(MOST_VECTORS, kept.size()).clear();
        stride[group] *= 2;
      }
    }
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
