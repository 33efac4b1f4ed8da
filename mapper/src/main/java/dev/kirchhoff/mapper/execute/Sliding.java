package dev.kirchhoff.mapper.execute;

import java.util.Arrays;

/**
 * A window that slides over the spatial dimensions of a map, as convolutions and pools of ONNX
 * state it.
 */
final class Sliding {
  private final int[] input;
  private final int[] output;
  private final int[] kernel;
  private final int[] strides;
  private final int[] dilations;
  private final int[] front;

  private Sliding(GraphNode node, int[] dims, int[] kernel) {
    int rank = dims.length - 2;
    if (rank < 1 || kernel.length != rank) {
      throw new ExecutionException(
          "slides a kernel of " + kernel.length + " dimensions over " + Arrays.toString(dims));
    }
    this.kernel = kernel;
    input = Arrays.copyOfRange(dims, 2, dims.length);
    strides = node.attributes().wholes("strides", rank, 1);
    dilations = node.attributes().wholes("dilations", rank, 1);
    int[] pads = node.attributes().wholes("pads", 2 * rank, 0);
    String auto = node.attributes().text("auto_pad", "NOTSET");
    boolean isCeiling = node.attributes().whole("ceil_mode", 0) == 1;
    front = Arrays.copyOf(pads, rank);
    output = new int[rank];
    for (int i = 0; i < rank; i++) {
      int reach = (kernel[i] - 1) * dilations[i] + 1;
      if (auto.startsWith("SAME")) {
        output[i] = (input[i] + strides[i] - 1) / strides[i];
        int total = Math.max(0, (output[i] - 1) * strides[i] + reach - input[i]);
        front[i] = auto.equals("SAME_UPPER") ? total / 2 : (total + 1) / 2;
        continue;
      }
      boolean isValid = auto.equals("VALID");
      front[i] = isValid ? 0 : pads[i];
      int free = input[i] + front[i] + (isValid ? 0 : pads[rank + i]) - reach;
      if (free < 0) {
        throw new ExecutionException("has a kernel that is larger than its padded map");
      }
      output[i] = free / strides[i] + 1;
      if (isCeiling && free % strides[i] != 0 && output[i] * strides[i] < input[i] + front[i]) {
        output[i]++;
      }
    }
  }

  static Sliding of(GraphNode node, int[] dims, int[] kernel) {
    return new Sliding(node, dims, kernel);
  }

  /** Positions of the output map. */
  int positions() {
    return Values.count(output);
  }

  /** Positions of the kernel. */
  int kernelSize() {
    return Values.count(kernel);
  }

  /** Dimensions of the output. */
  int[] dims(int batch, int channels) {
    int[] dims = new int[output.length + 2];
    dims[0] = batch;
    dims[1] = channels;
    System.arraycopy(output, 0, dims, 2, output.length);
    return dims;
  }

  /**
   * Places in the input's plane that the kernel touches, by position of the kernel, then of the
   * output; −1 in the padding.
   */
  int[] taps() {
    int positions = positions();
    int[] taps = new int[kernelSize() * positions];
    int[] inner = Values.strides(input);
    int[] ofKernel = new int[kernel.length];
    for (int k = 0; k < kernelSize(); k++) {
      int[] at = new int[output.length];
      for (int p = 0; p < positions; p++) {
        int place = 0;
        for (int d = 0; d < at.length; d++) {
          int coordinate = at[d] * strides[d] + ofKernel[d] * dilations[d] - front[d];
          boolean isInside = place >= 0 && coordinate >= 0 && coordinate < input[d];
          place = isInside ? place + coordinate * inner[d] : -1;
        }
        taps[k * positions + p] = place;
        advance(at, output);
      }
      advance(ofKernel, kernel);
    }
    return taps;
  }

  private static void advance(int[] at, int[] dims) {
    for (int d = dims.length - 1; d >= 0 && ++at[d] == dims[d]; d--) {
      at[d] = 0;
    }
  }
}
