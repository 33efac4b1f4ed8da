package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;

/** Bits of the maps that layers read and make. */
final class MapBits {
  private MapBits() {}

  /** Bits of a layer's input map, each value once. */
  static double inputBits(Layer layer, Precision precision) {
    MatrixShape shape = layer.shape();
    double positions = layer.window().inputPositions();
    return positions * shape.inputsPerGroup() * shape.groups() * precision.inputs();
  }

  /** Bits of what a layer makes. */
  static double outputBits(Layer layer, Precision precision) {
    return (double) layer.shape().outputs() * precision.outputs();
  }
}
