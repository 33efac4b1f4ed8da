package dev.kirchhoff.mapper.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps along a running mean of the gradient over the root of a running mean of its square, with
 * decay of matrices apart from both.
 *
 * <p>Source: Kingma and Ba, ICLR 2015, with their constants; decay: Loshchilov and Hutter, ICLR
 * 2019.
 */
final class Adam {
  private static final double MEAN = 0.9;
  private static final double SQUARE = 0.999;
  private static final double SMALL = 1e-8;

  private final List<Parameter> parameters;
  private final double decay;
  private final List<float[]> means = new ArrayList<>();
  private final List<float[]> squares = new ArrayList<>();
  private double meanPower = 1;
  private double squarePower = 1;

  Adam(List<Parameter> parameters, double decay) {
    this.parameters = parameters;
    this.decay = decay;
    for (Parameter parameter : parameters) {
      means.add(new float[parameter.values().length]);
      squares.add(new float[parameter.values().length]);
    }
  }

  /** One step; sets the gradients to zero. */
  void step(double rate) {
    meanPower *= MEAN;
    squarePower *= SQUARE;
    double scale = rate * Math.sqrt(1 - squarePower) / (1 - meanPower);
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = parameters.get(p);
      float keep = (float) (1 - (parameter.isMatrix() ? rate * decay : 0));
      step(parameter, means.get(p), squares.get(p), (float) scale, keep);
    }
  }

  private static void step(
      Parameter parameter, float[] mean, float[] square, float scale, float keep) {
    float[] values = parameter.values();
    float[] gradient = parameter.gradient();
    float m = (float) MEAN;
    float s = (float) SQUARE;
    float small = (float) SMALL;
    for (int i = 0; i < values.length; i++) {
      float g = gradient[i];
      mean[i] = m * mean[i] + (1 - m) * g;
      square[i] = s * square[i] + (1 - s) * g * g;
      values[i] = keep * values[i] - scale * mean[i] / ((float) Math.sqrt(square[i]) + small);
      gradient[i] = 0;
    }
  }
}
