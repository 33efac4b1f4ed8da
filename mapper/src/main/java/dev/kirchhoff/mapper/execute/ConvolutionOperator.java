package dev.kirchhoff.mapper.execute;

import java.util.Arrays;
import java.util.List;

/** Conv, grouped and depthwise ones included: a matrix of C k_h k_w inputs a group. */
final class ConvolutionOperator implements MatrixOperator {
  private final GraphNode node;
  private final int[] kernel;
  private final int channels;
  private final int groups;
  private final MatrixLayer layer;

  ConvolutionOperator(GraphNode node, Values weights) {
    this.node = node;
    groups = node.attributes().whole("group", 1);
    int[] dims = weights.dims();
    kernel = Arrays.copyOfRange(dims, 2, dims.length);
    channels = dims[1];
    int outputs = dims[0] / groups;
    int inputs = weights.size() / dims[0];
    float[][][] matrices = new float[groups][inputs][outputs];
    for (int g = 0; g < groups; g++) {
      for (int m = 0; m < outputs; m++) {
        for (int k = 0; k < inputs; k++) {
          matrices[g][k][m] = weights.at((g * outputs + m) * inputs + k);
        }
      }
    }
    layer =
        new MatrixLayer(
            MatrixLayer.name(node.name(), ""),
            matrices,
            inputs / channels,
            List.of("convolution", weights, groups));
  }

  @Override
  public List<MatrixLayer> layers() {
    return List.of(layer);
  }

  @Override
  public List<BatchValues> apply(List<BatchValues> inputs, LayerUse use, BatchRun run) {
    BatchValues x = inputs.get(0);
    int[] dims = x.dims();
    if (dims[0] != 1 || dims[1] != channels * groups) {
      throw new ExecutionException(
          "reads "
              + Arrays.toString(dims)
              + ", must have 1 item of "
              + channels * groups
              + " channels");
    }
    Sliding sliding = Sliding.of(node, dims, kernel);
    int[] taps = sliding.taps();
    int positions = sliding.positions();
    int plane = Values.count(Arrays.copyOfRange(dims, 2, dims.length));
    int outputs = layer.outputs();
    float[][] out = new float[run.items()][groups * outputs * positions];
    float[][] from = x.arrays(run.items());
    for (int g = 0; g < groups; g++) {
      int[] places = new int[channels * taps.length];
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < taps.length; i++) {
          int tap = taps[i];
          places[c * taps.length + i] = tap < 0 ? -1 : (g * channels + c) * plane + tap;
        }
      }
      Gather.Target target = new Gather.Target(g * outputs * positions, positions, 1);
      run.multiply(
          new Gather(use.layer(0), g, use.step(0), positions, places, target), from, outputs, out);
    }
    if (ItemInputs.given(inputs, 2)) {
      addBias(out, inputs.get(2).item(0), positions);
    }
    return List.of(BatchValues.of(sliding.dims(1, groups * outputs), out));
  }

  private static void addBias(float[][] out, Values bias, int positions) {
    for (float[] item : out) {
      for (int i = 0; i < item.length; i++) {
        item[i] += bias.at(i / positions);
      }
    }
  }
}
