package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.LOOKUP;
import static dev.kirchhoff.arch.workload.DigitalOperation.MAX_COMPARE;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;

import dev.kirchhoff.arch.workload.DigitalOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Normalisations and softmax. Counts per element: batch normalisation one BIAS where the matrix in
 * front takes it in, else one product; layer, instance and group normalisation 1 addition and 3
 * products, 1 look-up a vector; root mean square 3 products, 1 look-up a vector; local response
 * over n channels 2 products, n − 1 additions, 1 look-up; softmax 1 comparison, 1 look-up, 1
 * addition, 1 product, 1 look-up a vector.
 */
final class Normalisations {
  private Normalisations() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          Operator.of("BatchNormalization", Normalisations::batch),
          Operator.of("LayerNormalization", Normalisations::layer),
          Operator.of("RMSNormalization", Normalisations::rootMeanSquare),
          Operator.of("InstanceNormalization", Normalisations::channels),
          Operator.of("GroupNormalization", Normalisations::channels),
          Operator.of("MeanVarianceNormalization", Normalisations::channels),
          Operator.of("LRN", Normalisations::localResponse),
          Operator.of("LpNormalization", Normalisations::lengths),
          Operator.of("Softmax", Normalisations::softmax),
          Operator.of("LogSoftmax", Normalisations::softmax),
          Operator.of("Hardmax", Normalisations::softmax),
          Operator.of(Operators.RUNTIME + "SkipLayerNormalization", Normalisations::skip),
          Operator.of(
              Operators.RUNTIME + "SkipSimplifiedLayerNormalization", Normalisations::skip));

  static List<Tensor> batch(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    if (x.rank() < 2 && x.rank() != 1) {
      throw new ModelException("normalises a scalar");
    }
    long channels = x.rank() == 1 ? 1 : x.dim(1);
    if (node.has(1) && node.in(1).elements() != channels) {
      throw new ModelException(
          "has " + node.in(1).elements() + " scales for " + Dims.text(x.dims()));
    }
    Flow flow = x.flow();
    if (flow.affine() == Flow.Affine.FOLDS && node.usedOnce()) {
      book.bias(flow, x.elements());
    } else if (flow.affine() == Flow.Affine.MERGES && node.usedOnce()) {
      flow = flow.of(ValueKind.LINEAR);
    } else if (!x.isConstant()) {
      book.charge(flow, MULTIPLY_ACCUMULATE, x.elements());
      flow = flow.as(ValueKind.LINEAR).with(Flow.Affine.MERGES);
    }
    List<Tensor> outputs = new ArrayList<>(List.of(x.withFlow(flow).made(x.type(), x.dims())));
    for (int i = 1; i < Math.min(5, node.outputs()); i++) {
      outputs.add(Tensor.constant(x.type(), new long[] {channels}, Constant.UNKNOWN));
    }
    return outputs;
  }

  /** Over the last dimensions from an axis on; further outputs are mean and deviation. */
  static List<Tensor> layer(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    int axis = Dims.axis(node.whole("axis", -1), x.rank());
    Tensor y = normalised(book, x, Dims.product(x.dims(), 0, axis), true);
    List<Tensor> outputs = new ArrayList<>(List.of(y));
    long[] dims = x.dims().clone();
    Arrays.fill(dims, axis, dims.length, 1);
    for (int i = 1; i < Math.min(3, node.outputs()); i++) {
      outputs.add(y.made(x.type(), dims));
    }
    return outputs;
  }

  static List<Tensor> rootMeanSquare(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    int axis = Dims.axis(node.whole("axis", -1), x.rank());
    return List.of(normalised(book, x, Dims.product(x.dims(), 0, axis), false));
  }

  /** Over each channel of each map, or over a group of channels. */
  static List<Tensor> channels(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    if (x.rank() < 2) {
      throw new ModelException("normalises " + Dims.text(x.dims()));
    }
    long groups =
        node.operator().equals("GroupNormalization") ? node.whole("num_groups", 1) : x.dim(1);
    return List.of(normalised(book, x, x.dim(0) * Math.max(1, groups), true));
  }

  /** Sum of two tensors, normalised (an operator of ONNX Runtime). */
  static List<Tensor> skip(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    Flow sum = book.join(List.of(x.flow(), node.in(1).flow()), ValueKind.SIGNED);
    book.charge(sum, ADD, x.elements());
    long vectors = Dims.product(x.dims(), 0, x.rank() - 1);
    boolean centred = node.operator().equals("SkipLayerNormalization");
    Tensor y = normalised(book, x.withFlow(sum), vectors, centred);
    return node.outputs() < 4 ? List.of(y) : List.of(y, y, y, x.withFlow(sum));
  }

  private static Tensor normalised(LayerCollector book, Tensor x, long vectors, boolean centred) {
    long additions = centred ? x.elements() : 0;
    return book.worked(
        x,
        x.dims(),
        ValueKind.SIGNED,
        Map.of(ADD, additions, MULTIPLY_ACCUMULATE, 3 * x.elements(), LOOKUP, vectors));
  }

  static List<Tensor> localResponse(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long size = node.whole("size", 1);
    if (size < 1 || size > 1_000_000) {
      throw new ModelException("has the size " + size + ", must be 1..1,000,000");
    }
    long n = x.elements();
    Map<DigitalOperation, Long> work =
        Map.of(MULTIPLY_ACCUMULATE, 2 * n, ADD, (size - 1) * n, LOOKUP, n);
    return List.of(book.worked(x, x.dims(), x.flow().kind(), work));
  }

  /** To length one, or less its mean. */
  static List<Tensor> lengths(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long vectors = x.rank() == 0 ? 1 : x.elements() / Math.max(1, x.dim(x.rank() - 1));
    Map<DigitalOperation, Long> work =
        Map.of(MULTIPLY_ACCUMULATE, 2 * x.elements(), LOOKUP, vectors);
    return List.of(book.worked(x, x.dims(), x.flow().kind(), work));
  }

  static List<Tensor> softmax(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    if (x.isConstant()) {
      return List.of(x.made(x.type(), x.dims()));
    }
    int axis = Dims.axis(node.whole("axis", node.opset() < 13 ? 1 : -1), Math.max(1, x.rank()));
    long vectors =
        node.opset() < 13
            ? Dims.product(x.dims(), 0, Math.min(axis, x.rank()))
            : x.rank() == 0 ? 1 : x.elements() / Math.max(1, x.dim(axis));
    softmax(book, x.flow(), x.elements(), vectors);
    boolean isLog = node.operator().equals("LogSoftmax");
    book.charge(x.flow(), LOOKUP, isLog ? vectors : 0);
    book.charge(x.flow(), MAX_COMPARE, node.operator().equals("Hardmax") ? x.elements() : 0);
    return List.of(x.withFlow(x.flow().as(isLog ? ValueKind.SIGNED : ValueKind.PROBABILITY)));
  }

  /** The work of a softmax. */
  static void softmax(LayerCollector book, Flow flow, long elements, long vectors) {
    book.charge(
        flow,
        Map.of(
            MAX_COMPARE, elements,
            LOOKUP, elements + vectors,
            ADD, elements,
            MULTIPLY_ACCUMULATE, elements));
  }
}
