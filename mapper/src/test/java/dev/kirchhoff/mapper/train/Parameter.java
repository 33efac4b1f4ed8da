package dev.kirchhoff.mapper.train;

import java.util.List;
import java.util.Random;

/**
 * Numbers that training finds: a matrix of weights, or a bias.
 *
 * <p>Noise-aware training multiplies with {@link #used}, the values plus a draw of noise, and
 * applies the gradient that it finds there to the values themselves (straight through).
 */
final class Parameter {
  private final String name;
  private final List<Integer> dims;
  private final boolean isMatrix;
  private final float[] values;
  private final float[] gradient;
  private float[] used;

  private Parameter(String name, List<Integer> dims, boolean isMatrix) {
    this.name = name;
    this.dims = List.copyOf(dims);
    this.isMatrix = isMatrix;
    this.values = new float[dims.stream().reduce(1, (a, b) -> a * b)];
    this.gradient = new float[values.length];
    this.used = values;
  }

  /** Weights on crossbars, drawn from a normal distribution of the given deviation. */
  static Parameter matrix(String name, List<Integer> dims, double deviation, Random random) {
    Parameter parameter = new Parameter(name, dims, true);
    for (int i = 0; i < parameter.values.length; i++) {
      parameter.values[i] = (float) (deviation * random.nextGaussian());
    }
    return parameter;
  }

  /** Zeros that digital circuits add. */
  static Parameter bias(String name, int size) {
    return new Parameter(name, List.of(size), false);
  }

  String name() {
    return name;
  }

  List<Integer> dims() {
    return dims;
  }

  boolean isMatrix() {
    return isMatrix;
  }

  float[] values() {
    return values;
  }

  float[] gradient() {
    return gradient;
  }

  /** Weights of the next products. */
  float[] used() {
    return used;
  }

  /** Draws noise of a deviation relative to the largest magnitude; matrices only. */
  void disturb(double relative, Random random) {
    if (!isMatrix) {
      return;
    }
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (used == values) {
      used = new float[values.length];
    }
    for (int i = 0; i < used.length; i++) {
      used[i] = values[i] + (float) (relative * largest * random.nextGaussian());
    }
  }

  /** Ends the noise. */
  void settle() {
    used = values;
  }

  /** Cuts magnitudes at a multiple of the root mean square; matrices only. */
  void clip(double deviations) {
    if (!isMatrix) {
      return;
    }
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    float limit = (float) (deviations * Math.sqrt(sum / values.length));
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(-limit, Math.min(limit, values[i]));
    }
  }
}
