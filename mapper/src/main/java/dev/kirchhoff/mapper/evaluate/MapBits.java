package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;

/** Bits of the maps that layers read and make, and what of them buffers cannot hold. */
final class MapBits {
  private MapBits() {}

  /**
   * Bits of a layer's input map, each value once; convolutions are taken as padded to the size of
   * their output.
   */
  static double inputBits(Layer layer, Precision precision) {
    MatrixShape shape = layer.shape();
    double positions = (double) shape.vectors() * shape.stride() * shape.stride();
    return positions * shape.inputsPerGroup() * shape.groups() * precision.inputs();
  }

  /** Bits of what a layer makes. */
  static double outputBits(Layer layer, Precision precision) {
    return (double) layer.shape().outputs() * precision.outputs();
  }

  /**
   * What the tiles' buffers cannot hold leaves them and comes back once: of the lines that a
   * convolution still needs when pipelined, of the input map otherwise.
   */
  static double spilledBits(
      Layer layer, Precision precision, double mapBits, double capacity, boolean pipelined) {
    MatrixShape shape = layer.shape();
    double need = mapBits;
    if (pipelined) {
      double width = (double) shape.outputWidth() * shape.stride();
      double positions = (shape.kernelHeight() - 1) * width + shape.kernelWidth();
      double lines = positions * shape.inputsPerGroup() * shape.groups() * precision.inputs();
      need = Math.min(mapBits, lines);
    }
    return need <= capacity ? 0 : mapBits * (1 - capacity / need);
  }
}
