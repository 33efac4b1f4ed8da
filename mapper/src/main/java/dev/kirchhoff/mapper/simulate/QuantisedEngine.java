package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.mapper.onnx.MatrixEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Engine in integers, exact or on simulated crossbars. */
final class QuantisedEngine implements MatrixEngine {
  private final List<QuantisedLayer> layers;
  private final List<? extends List<? extends ChipMatrix>> matrices;

  /**
   * An engine.
   *
   * @param layers the layers in integers
   * @param matrices their crossbars by layer and group; empty for exact products
   */
  QuantisedEngine(
      List<QuantisedLayer> layers, List<? extends List<? extends ChipMatrix>> matrices) {
    this.layers = List.copyOf(layers);
    this.matrices = matrices;
  }

  @Override
  public Session newSession() {
    return new QuantisedSession();
  }

  private final class QuantisedSession implements Session {
    private final ExactProduct exact = new ExactProduct();
    private final Map<Integer, MatrixWorkspace> spaces = new HashMap<>();
    private MatrixWorkspace space = new MatrixWorkspace(2);
    private int[][] wholes = new int[0][0];
    private double[][] sums = new double[0][0];

    @Override
    public void multiply(Call call, float[][] vectors, float[][] products) {
      QuantisedLayer layer = layers.get(call.layer());
      int[][] weights = layer.weights(call.group());
      int batch = vectors[0].length;
      reserve(weights.length, weights[0].length, batch);
      for (int k = 0; k < weights.length; k++) {
        layer.quantise(vectors[k], wholes[k]);
      }
      if (matrices.isEmpty()) {
        exact.multiply(weights, wholes, sums);
      } else {
        matrices
            .get(call.layer())
            .get(call.group())
            .multiply(wholes, sums, call.step(), call.first(), space);
      }
      double scale = layer.productScale();
      for (int m = 0; m < weights[0].length; m++) {
        scale(sums[m], scale, layer.constant(call.group(), m), products[m]);
      }
    }

    private void reserve(int inputs, int outputs, int batch) {
      if (space.batch() != batch) {
        space = spaces.computeIfAbsent(batch, MatrixWorkspace::new);
      }
      if (wholes.length != inputs || wholes[0].length != batch) {
        wholes = new int[inputs][batch];
      }
      if (sums.length != outputs || sums[0].length != batch) {
        sums = new double[outputs][batch];
      }
    }
  }

  private static void scale(double[] sums, double scale, double constant, float[] products) {
    for (int v = 0; v < products.length; v++) {
      products[v] = (float) (scale * sums[v] + constant);
    }
  }
}
