package dev.kirchhoff.arch.program;

import dev.kirchhoff.arch.program.Step.Digital;
import dev.kirchhoff.arch.program.Step.Multiply;
import dev.kirchhoff.arch.program.Step.Repeat;
import dev.kirchhoff.arch.program.Step.Write;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Program of one inference of a network: a layer is a product, a product of two matrices of
 * activations is digital work or a write and a product, recurrent layers repeat.
 */
public final class NetworkProgram {
  private NetworkProgram() {}

  /**
   * The program of a network.
   *
   * @param precision precision of each layer
   * @param dynamic unit that multiplies two matrices of activations
   */
  public static Program of(Network network, List<Precision> precision, Dynamic dynamic) {
    List<Step> steps = new ArrayList<>();
    List<Layer> layers = network.layers();
    for (int l = 0; l < layers.size(); l++) {
      List<Step> stepsOfLayer = steps(layers.get(l), precision.get(l), dynamic);
      int times = layers.get(l).window().steps();
      if (times > 1) {
        steps.add(new Repeat(times, stepsOfLayer));
      } else {
        steps.addAll(stepsOfLayer);
      }
    }
    return new Program(network.name(), steps);
  }

  private static List<Step> steps(Layer layer, Precision precision, Dynamic dynamic) {
    if (!layer.dynamic()) {
      return List.of(new Multiply(layer, precision));
    }
    return dynamic == Dynamic.DIGITAL
        ? List.of(new Digital(layer, precision))
        : List.of(new Write(layer, precision), new Multiply(layer, precision));
  }
}
