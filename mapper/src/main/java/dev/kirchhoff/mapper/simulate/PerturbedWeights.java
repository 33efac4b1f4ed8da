package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Products of weights with independent normal errors, the same for all vectors:
 *
 * <pre>ŷ = Σ x (w + σ_l n)</pre>
 *
 * <p>Programming errors act this way: they are part of the chip, not of a read.
 */
final class PerturbedWeights implements MatrixEngine {
  private final MatrixEngine exact;
  private final List<List<AnalogProduct>> errors = new ArrayList<>();

  /**
   * An engine.
   *
   * @param exact makes the products of the weights as they should be
   * @param sigma deviation of a weight by layer, 0 = none
   * @param key key of the draws
   */
  PerturbedWeights(MatrixEngine exact, SplitNetwork network, List<Double> sigma, RandomKey key) {
    this.exact = exact;
    for (int l = 0; l < network.layers().size(); l++) {
      MatrixLayer layer = network.layers().get(l);
      List<AnalogProduct> groups = new ArrayList<>();
      for (int g = 0; g < layer.groups() && sigma.get(l) > 0; g++) {
        RandomKey draws = key.child(l).child(g);
        float[][] weights = new float[layer.inputs()][layer.outputs()];
        for (int k = 0; k < layer.inputs(); k++) {
          for (int m = 0; m < layer.outputs(); m++) {
            weights[k][m] = (float) (sigma.get(l) * draws.gaussian((long) k * layer.outputs() + m));
          }
        }
        groups.add(
            new AnalogProduct(weights, new float[0][], new float[layer.outputs()], new float[0]));
      }
      errors.add(List.copyOf(groups));
    }
  }

  @Override
  public Session newSession() {
    Session session = exact.newSession();
    AnalogProduct.Workspace[] space = {new AnalogProduct.Workspace(2)};
    float[][][] more = {new float[0][]};
    return (call, vectors, products) -> {
      session.multiply(call, vectors, products);
      if (errors.get(call.layer()).isEmpty()) {
        return;
      }
      int batch = vectors[0].length;
      if (space[0].batch() != batch) {
        space[0] = new AnalogProduct.Workspace(batch);
      }
      if (more[0].length != products.length || more[0][0].length != batch) {
        more[0] = new float[products.length][batch];
      }
      errors.get(call.layer()).get(call.group()).multiply(vectors, more[0], space[0]);
      for (int m = 0; m < products.length; m++) {
        for (int v = 0; v < call.count(); v++) {
          products[m][v] += more[0][m][v];
        }
      }
    };
  }
}
