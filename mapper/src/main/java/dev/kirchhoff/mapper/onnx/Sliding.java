package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.Window;
import java.util.Arrays;

/**
 * A window that slides over the spatial dimensions of a map: kernel, strides, dilations, padding
 * and the size of the output, of convolutions and pools alike.
 *
 * @param input input map
 * @param output output map
 * @param kernel kernel
 * @param strides strides
 * @param dilations distances of the kernel's taps
 * @param front padding in front
 */
record Sliding(
    long[] input, long[] output, long[] kernel, long[] strides, long[] dilations, long[] front) {

  /**
   * Reads the attributes of a node that slides a kernel over a map.
   *
   * @param map batch, channels and dimensions of the map
   * @throws ModelException if the kernel does not fit the padded map
   */
  static Sliding of(NodeView node, long[] map, long[] kernel) {
    int rank = map.length - 2;
    if (rank < 1) {
      throw new ModelException(
          "reads a tensor of " + Dims.text(map) + ", must have batch, channels and a map");
    }
    if (kernel.length != rank) {
      throw new ModelException(
          "has a kernel of " + kernel.length + " dimensions on a map of " + rank);
    }
    long[] input = Arrays.copyOfRange(map, 2, map.length);
    long[] strides = node.wholes("strides", rank, 1);
    long[] dilations = node.wholes("dilations", rank, 1);
    long[] pads = node.wholes("pads", 2 * rank, 0);
    requireSizes(kernel, "kernel");
    requireSizes(strides, "stride");
    requireSizes(dilations, "dilation");
    for (long pad : pads) {
      if (pad < 0 || pad > 1_000_000) {
        throw new ModelException("has the padding " + pad + ", must be 0..1,000,000");
      }
    }
    String padding = node.padding();
    boolean isCeiling = node.whole("ceil_mode", 0) == 1;
    long[] output = new long[rank];
    long[] front = Arrays.copyOf(pads, rank);
    for (int i = 0; i < rank; i++) {
      long reach = (kernel[i] - 1) * dilations[i] + 1;
      if (padding.startsWith("SAME")) {
        output[i] = (input[i] + strides[i] - 1) / strides[i];
        long total = Math.max(0, (output[i] - 1) * strides[i] + reach - input[i]);
        front[i] = padding.equals("SAME_UPPER") ? total / 2 : (total + 1) / 2;
        continue;
      }
      boolean valid = padding.equals("VALID");
      front[i] = valid ? 0 : pads[i];
      long free = input[i] + front[i] + (valid ? 0 : pads[rank + i]) - reach;
      if (free < 0) {
        throw new ModelException(
            "has a kernel that reaches over " + reach + " of a padded map of " + (free + reach));
      }
      output[i] = free / strides[i] + 1;
      if (isCeiling && free % strides[i] != 0) {
        boolean startsInside = output[i] * strides[i] < input[i] + front[i];
        output[i] += startsInside ? 1 : 0;
      }
    }
    return new Sliding(input, output, kernel, strides, dilations, front);
  }

  private static void requireSizes(long[] sizes, String what) {
    for (long size : sizes) {
      if (size < 1 || size > 1_000_000) {
        throw new ModelException("has the " + what + " " + size + ", must be 1..1,000,000");
      }
    }
  }

  /** Taps of the kernel. */
  long taps() {
    return Dims.elements(Dims.checked(kernel));
  }

  /** Dimensions of the output with {@code channels}. */
  long[] dims(long batch, long channels) {
    long[] dims = new long[output.length + 2];
    dims[0] = batch;
    dims[1] = channels;
    System.arraycopy(output, 0, dims, 2, output.length);
    return Dims.checked(dims);
  }

  /** Window of a layer on the maps of a batch that lie one behind the other. */
  Window window(long batch) {
    long[] strides = Dims.strides(input);
    long positions = Dims.elements(input);
    long first = 1;
    long line = 1;
    for (int i = 0; i < input.length; i++) {
      long reach = (kernel[i] - 1) * dilations[i];
      first += Math.max(0, Math.min(input[i] - 1, reach - front[i])) * strides[i];
      line += reach * strides[i];
    }
    return new Window(batch * positions, first, Math.min(positions, line), 1);
  }

  /** Positions of the output map. */
  int positions() {
    return Values.count(ints(output));
  }

  /** Positions of the kernel. */
  int kernelSize() {
    return Values.count(ints(kernel));
  }

  /** Dimensions of the output's values. */
  int[] itemDims(int batch, int channels) {
    int[] dims = new int[output.length + 2];
    dims[0] = batch;
    dims[1] = channels;
    System.arraycopy(ints(output), 0, dims, 2, output.length);
    return dims;
  }

  /**
   * Places in the input's plane that the kernel touches, by position of the kernel, then of the
   * output; −1 in the padding.
   */
  int[] places() {
    int positions = positions();
    int[] taps = new int[kernelSize() * positions];
    int[] inner = ints(Dims.strides(input));
    int[] ofKernel = new int[kernel.length];
    for (int k = 0; k < kernelSize(); k++) {
      int[] corner = new int[output.length];
      for (int p = 0; p < positions; p++) {
        int place = 0;
        for (int d = 0; d < corner.length; d++) {
          int coordinate = (int) (corner[d] * strides[d] + ofKernel[d] * dilations[d] - front[d]);
          boolean isInside = place >= 0 && coordinate >= 0 && coordinate < input[d];
          place = isInside ? place + coordinate * inner[d] : -1;
        }
        taps[k * positions + p] = place;
        advance(corner, ints(output));
      }
      advance(ofKernel, ints(kernel));
    }
    return taps;
  }

  private static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private static void advance(int[] counter, int[] dims) {
    for (int d = dims.length - 1; d >= 0 && ++counter[d] == dims[d]; d--) {
      counter[d] = 0;
    }
  }
}
