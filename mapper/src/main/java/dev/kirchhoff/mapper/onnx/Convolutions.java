package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Convolutions of one to three dimensions, and transposed ones.
 *
 * <p>A layer has two dimensions: of a one-dimensional convolution the map is a column, of a
 * three-dimensional one the first two dimensions are its rows. A batch is that many maps, one below
 * the other. The stride of a layer is that of the first dimension.
 *
 * <p>A transposed convolution multiplies each input position with a matrix of all kernel taps and
 * adds what falls on one output: C inputs, M · taps outputs, one vector an input position, and an
 * addition for each product beyond one an output.
 */
final class Convolutions {
  private Convolutions() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          Operator.matrix("Conv", Convolutions::convolution)
              .onCrossbars(
                  (node, constants, joint) ->
                      Optional.of(new Executed(node, constants.required(node, 1)))),
          Operator.matrix("ConvTranspose", Convolutions::transposed));

  static List<Tensor> convolution(NodeView node, LayerCollector book) {
    return List.of(convolve(node, book, node.in(1), node.has(2)));
  }

  /** The convolution of a node's first input with a kernel. */
  static Tensor convolve(NodeView node, LayerCollector book, Tensor kernel, boolean hasBias) {
    Tensor map = node.in(0);
    if (kernel.rank() != map.rank() || map.rank() < 3) {
      throw new ModelException(
          "has a kernel of " + Dims.text(kernel.dims()) + " on a map of " + Dims.text(map.dims()));
    }
    long[] taps = Arrays.copyOfRange(kernel.dims(), 2, kernel.rank());
    node.wholes("kernel_shape").ifPresent(stated -> requireKernel(stated, taps));
    Sliding sliding = Sliding.of(node, map.dims(), taps);
    long groups = groups(node, map.dim(1), kernel.dim(0));
    if (kernel.dim(1) * groups != map.dim(1)) {
      throw new ModelException(
          "has a kernel for "
              + kernel.dim(1) * groups
              + " channels, but its map of "
              + Dims.text(map.dims())
              + " has "
              + map.dim(1));
    }
    long[] dims = sliding.dims(map.dim(0), kernel.dim(0));
    if (node.isAllConstant()) {
      return Tensor.constant(map.type(), dims, Constant.UNKNOWN);
    }
    requirePositions(dims);
    MatrixShape shape =
        new MatrixShape(
            Dims.whole(kernel.dim(1), "input channels"),
            Dims.whole(kernel.dim(0) / groups, "output channels"),
            Dims.whole(rows(taps), "kernel rows"),
            Dims.whole(taps.length == 1 ? 1 : taps[taps.length - 1], "kernel columns"),
            Dims.whole(map.dim(0) * rows(sliding.output()), "output rows"),
            Dims.whole(taps.length == 1 ? 1 : dims[dims.length - 1], "output columns"),
            (int) sliding.strides()[0],
            Dims.whole(groups, "groups"));
    Flow flow = layer(node, book, kernel, shape, sliding.window(map.dim(0)), "convolution");
    if (hasBias) {
      book.bias(flow, shape.outputs());
    }
    return Tensor.computed(map.type(), dims, flow);
  }

  private static void requireKernel(long[] stated, long[] taps) {
    if (!Arrays.equals(stated, taps)) {
      throw new ModelException(
          "states a kernel of " + Dims.text(stated) + ", but its weights have " + Dims.text(taps));
    }
  }

  private static void requirePositions(long[] dims) {
    if (Dims.elements(dims) == 0) {
      throw new ModelException("has an output without elements, " + Dims.text(dims));
    }
  }

  private static long groups(NodeView node, long inputs, long outputs) {
    long groups = (int) node.whole("group", 1);
    if (groups < 1 || groups > inputs || inputs % groups != 0 || outputs % groups != 0) {
      throw new ModelException(
          "has " + groups + " groups on " + inputs + " input and " + outputs + " output channels");
    }
    return groups;
  }

  /** Rows of a map: all dimensions but the last, of a single dimension itself. */
  private static long rows(long[] map) {
    return map.length == 1 ? map[0] : Dims.product(map, 0, map.length - 1);
  }

  private static Flow layer(
      NodeView node,
      LayerCollector book,
      Tensor kernel,
      MatrixShape shape,
      Window window,
      String use) {
    int index =
        book.add(node.name(), new LayerMatrix("", shape, window, node.in(0), kernel, false, use));
    return Flow.of(index, ValueKind.LINEAR).with(Flow.Affine.FOLDS);
  }

  static List<Tensor> transposed(NodeView node, LayerCollector book) {
    Tensor map = node.in(0);
    Tensor kernel = node.in(1);
    int rank = map.rank() - 2;
    if (rank < 1 || kernel.rank() != map.rank() || kernel.dim(0) != map.dim(1)) {
      throw new ModelException(
          "has a kernel of " + Dims.text(kernel.dims()) + " on a map of " + Dims.text(map.dims()));
    }
    long[] taps = Arrays.copyOfRange(kernel.dims(), 2, kernel.rank());
    long groups = groups(node, map.dim(1), kernel.dim(0));
    long channels = kernel.dim(1) * groups;
    long[] dims = new long[map.rank()];
    dims[0] = map.dim(0);
    dims[1] = channels;
    System.arraycopy(transposedMap(node, map, taps), 0, dims, 2, rank);
    Dims.checked(dims);
    if (node.isAllConstant()) {
      return List.of(Tensor.constant(map.type(), dims, Constant.UNKNOWN));
    }
    requirePositions(dims);
    requirePositions(map.dims());
    long[] input = Arrays.copyOfRange(map.dims(), 2, map.rank());
    MatrixShape shape =
        new MatrixShape(
            Dims.whole(map.dim(1) / groups, "input channels"),
            Dims.whole(
                Math.multiplyExact(kernel.dim(1), Dims.elements(Dims.checked(taps))), "outputs"),
            1,
            1,
            Dims.whole(map.dim(0) * rows(input), "input rows"),
            Dims.whole(rank == 1 ? 1 : input[rank - 1], "input columns"),
            1,
            Dims.whole(groups, "groups"));
    Flow flow = layer(node, book, kernel, shape, Window.padded(shape), "transposed");
    long outputs = Dims.elements(dims);
    book.charge(flow, DigitalOperation.ADD, Math.max(0, shape.outputs() - outputs));
    if (node.has(2)) {
      book.bias(flow, outputs);
    }
    return List.of(Tensor.computed(map.type(), dims, flow));
  }

  private static long[] transposedMap(NodeView node, Tensor map, long[] taps) {
    int rank = taps.length;
    long[] strides = node.wholes("strides", rank, 1);
    long[] dilations = node.wholes("dilations", rank, 1);
    long[] pads = node.wholes("pads", 2 * rank, 0);
    long[] extra = node.wholes("output_padding", rank, 0);
    String auto = node.padding();
    long[] stated = node.wholes("output_shape").orElse(null);
    long[] output = new long[rank];
    for (int i = 0; i < rank; i++) {
      long input = map.dim(i + 2);
      if (stated != null && stated.length >= rank) {
        output[i] = stated[stated.length - rank + i];
      } else if (auto.startsWith("SAME")) {
        output[i] = Math.multiplyExact(input, strides[i]);
      } else {
        long reach = Math.addExact(Math.multiplyExact(taps[i] - 1, dilations[i]), 1);
        output[i] =
            Math.addExact(
                Math.multiplyExact(strides[i], input - 1),
                extra[i] + reach - pads[i] - pads[rank + i]);
      }
    }
    return Dims.checked(output);
  }

  /** Conv, grouped and depthwise ones included: a matrix of C k_h k_w inputs a group. */
  private static final class Executed implements MatrixOperator {
    private final NodeView node;
    private final long[] kernel;
    private final int channels;
    private final int groups;
    private final MatrixLayer layer;

    Executed(NodeView node, Values weights) {
      this.node = node;
      groups = (int) node.whole("group", 1);
      int[] dims = weights.dims();
      kernel = Arrays.copyOfRange(Dims.longs(dims), 2, dims.length);
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
      Sliding sliding = Sliding.of(node, Dims.longs(dims), kernel);
      int[] taps = sliding.places();
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
            new Gather(use.layer(0), g, use.step(0), positions, places, target),
            from,
            outputs,
            out);
      }
      if (MatrixOperator.given(inputs, 2)) {
        addBias(out, inputs.get(2).item(0), positions);
      }
      return List.of(BatchValues.of(sliding.itemDims(1, groups * outputs), out));
    }

    private static void addBias(float[][] out, Values bias, int positions) {
      for (float[] item : out) {
        for (int i = 0; i < item.length; i++) {
          item[i] += bias.at(i / positions);
        }
      }
    }
  }
}
