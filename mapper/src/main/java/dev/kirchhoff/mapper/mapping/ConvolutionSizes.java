package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.workload.Layer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kernel sizes of a program's convolutions as the floorplan with PEs for kernel positions sees
 * them: the most frequent size of more than one position, and the widest layers with and without
 * it.
 *
 * @param positions positions of the most frequent kernel; 0 without one
 * @param widestFrequent outputs of a group of the widest layer with that kernel
 * @param widestOther outputs of a group of the widest of the other layers
 */
record ConvolutionSizes(int positions, int widestFrequent, int widestOther) {

  /** Statistics of layers. */
  static ConvolutionSizes of(List<Layer> layers) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Layer layer : layers) {
      int positions = positions(layer);
      if (positions > 1 && layer.shape().groups() == 1) {
        counts.merge(positions, 1, Integer::sum);
      }
    }
    int frequent = 0;
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      if (count.getValue() > counts.getOrDefault(frequent, 0)) {
        frequent = count.getKey();
      }
    }
    int widestFrequent = 1;
    int widestOther = 1;
    for (Layer layer : layers) {
      if (layer.dynamic()) {
        continue;
      }
      int outputs = layer.shape().outputsPerGroup();
      if (isFrequent(layer, frequent)) {
        widestFrequent = Math.max(widestFrequent, outputs);
      } else {
        widestOther = Math.max(widestOther, outputs);
      }
    }
    return new ConvolutionSizes(frequent, widestFrequent, widestOther);
  }

  /**
   * True if a layer has the most frequent kernel and stands behind the first: positions of such
   * kernels may have PEs of their own.
   */
  boolean isFrequent(Layer layer) {
    return isFrequent(layer, positions);
  }

  private static boolean isFrequent(Layer layer, int frequent) {
    return layer.producer() >= 0 && layer.shape().groups() == 1 && positions(layer) == frequent;
  }

  private static int positions(Layer layer) {
    return layer.shape().kernelHeight() * layer.shape().kernelWidth();
  }

  /** Outputs of a group of the widest layer with the frequent kernel, or of the others. */
  int widest(boolean frequent) {
    return frequent ? widestFrequent : widestOther;
  }
}
