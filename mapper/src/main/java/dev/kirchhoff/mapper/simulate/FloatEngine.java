package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.mapper.onnx.MatrixEngine;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.List;

/** Engine in single precision: the network as it was trained. */
final class FloatEngine implements MatrixEngine {
  private final List<List<AnalogProduct>> products = new ArrayList<>();

  FloatEngine(SplitNetwork network) {
    for (MatrixLayer layer : network.layers()) {
      List<AnalogProduct> groups = new ArrayList<>();
      for (int g = 0; g < layer.groups(); g++) {
        float[][] weights = new float[layer.inputs()][layer.outputs()];
        for (int k = 0; k < layer.inputs(); k++) {
          for (int m = 0; m < layer.outputs(); m++) {
            weights[k][m] = layer.weight(g, k, m);
          }
        }
        groups.add(
            new AnalogProduct(weights, new float[0][], new float[layer.outputs()], new float[0]));
      }
      products.add(groups);
    }
  }

  @Override
  public Session newSession() {
    AnalogProduct.Workspace[] space = {new AnalogProduct.Workspace(2)};
    return (call, vectors, out) -> {
      if (space[0].batch() != vectors[0].length) {
        space[0] = new AnalogProduct.Workspace(vectors[0].length);
      }
      products.get(call.layer()).get(call.group()).multiply(vectors, out, space[0]);
    };
  }
}
