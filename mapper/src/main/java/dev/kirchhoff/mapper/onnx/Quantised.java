package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Quantised operators. Quantising a computed tensor is one product an element; going back to real
 * numbers costs nothing, since its scale is part of the next one. The weights' zero point is
 * subtracted before their statistics are taken.
 */
final class Quantised {
  private static final int UINT8 = 2;
  private static final int INT32 = 6;

  private Quantised() {}

  static List<Tensor> quantise(NodeView node, LayerBook book) {
    Tensor x = node.in(0);
    int type = node.has(2) ? node.in(2).type() : UINT8;
    if (x.isConstant()) {
      return List.of(Tensor.constant(type, x.dims(), x.constant().moved(null)));
    }
    book.charge(x.flow(), MULTIPLY_ACCUMULATE, x.elements());
    return List.of(x.withType(type));
  }

  /** Range and scale found on the fly: two comparisons and a product an element. */
  static List<Tensor> quantiseByRange(NodeView node, LayerBook book) {
    Tensor x = node.in(0);
    if (!x.isConstant()) {
      book.charge(x.flow(), ADD, 2 * x.elements());
    }
    List<Tensor> outputs = new ArrayList<>(quantise(node, book));
    outputs.add(Tensor.constant(Tensor.FLOAT, new long[0], Constant.UNKNOWN));
    outputs.add(Tensor.constant(UINT8, new long[0], Constant.UNKNOWN));
    return outputs;
  }

  static List<Tensor> restore(NodeView node, LayerBook book) {
    Tensor x = node.in(0);
    return List.of(shifted(x, node.has(2) ? node.in(2) : null).withType(Tensor.FLOAT));
  }

  /** Constant weights less their zero point. */
  private static Tensor shifted(Tensor x, Tensor zeroPoint) {
    if (!x.isConstant()) {
      return x;
    }
    Constant known = x.constant();
    if (zeroPoint == null) {
      return Tensor.constant(x.type(), x.dims(), known.moved(null));
    }
    double zero = zeroPoint.numbers() == null ? Double.NaN : zeroPoint.numbers().uniform();
    boolean isKnown = known.stored() != null && !Double.isNaN(zero);
    return Tensor.constant(
        x.type(),
        x.dims(),
        isKnown
            ? new Constant(null, known.stored(), zero, false)
            : new Constant(null, null, 0, known.isFilled()));
  }

  /** Inputs at these positions, absent ones as null. */
  private static NodeView with(NodeView node, int... positions) {
    List<Tensor> inputs = new ArrayList<>();
    for (int position : positions) {
      inputs.add(node.has(position) ? node.in(position) : null);
    }
    return new NodeView(
        node.proto(), node.name(), inputs, node.declared(), node.opset(), node.usedOnce());
  }

  static List<Tensor> linearConvolution(NodeView node, LayerBook book) {
    NodeView plain = with(node, 0, 3, 8);
    Tensor kernel = shifted(node.in(3), node.has(5) ? node.in(5) : null);
    Tensor y = Convolutions.convolve(plain, book, kernel, node.has(8));
    return List.of(requantised(book, y, node.has(7) ? node.in(7).type() : UINT8));
  }

  private static Tensor requantised(LayerBook book, Tensor y, int type) {
    if (!y.isConstant()) {
      book.charge(y.flow(), MULTIPLY_ACCUMULATE, y.elements());
    }
    return y.withType(type);
  }

  static List<Tensor> wholeConvolution(NodeView node, LayerBook book) {
    Tensor kernel = shifted(node.in(1), node.has(3) ? node.in(3) : null);
    return List.of(Convolutions.convolve(with(node, 0, 1), book, kernel, false).withType(INT32));
  }

  static List<Tensor> linearProduct(NodeView node, LayerBook book) {
    Tensor a = shifted(node.in(0), node.has(2) ? node.in(2) : null);
    Tensor b = shifted(node.in(3), node.has(5) ? node.in(5) : null);
    Tensor y = MatrixProducts.product(node, book, a, b);
    return List.of(requantised(book, y, node.has(7) ? node.in(7).type() : UINT8));
  }

  static List<Tensor> wholeProduct(NodeView node, LayerBook book) {
    Tensor a = shifted(node.in(0), node.has(2) ? node.in(2) : null);
    Tensor b = shifted(node.in(1), node.has(3) ? node.in(3) : null);
    return List.of(MatrixProducts.product(node, book, a, b).withType(INT32));
  }

  /** Sum or product of two quantised tensors (operators of ONNX Runtime). */
  static List<Tensor> pair(NodeView node, LayerBook book) {
    Tensor a = node.in(0);
    Tensor b = node.in(3);
    long[] dims = Dims.broadcast(a.dims(), b.dims());
    if (a.isConstant() && b.isConstant()) {
      return List.of(Tensor.constant(a.type(), dims, Constant.UNKNOWN));
    }
    long elements = Dims.elements(dims);
    boolean isSum = node.operator().equals("QLinearAdd");
    List<Flow> flows =
        List.of(a, b).stream().filter(t -> !t.isConstant()).map(Tensor::flow).toList();
    Flow flow =
        isSum
            ? book.join(flows, Flow.union(flows).kind())
            : ElementWise.product(book, List.of(a, b));
    book.charge(flow, isSum ? ADD : MULTIPLY_ACCUMULATE, elements);
    return List.of(requantised(book, Tensor.computed(a.type(), dims, flow), a.type()));
  }

  static List<Tensor> pool(NodeView node, LayerBook book) {
    Tensor x = node.in(0);
    long[] dims = x.dims().clone();
    if (x.rank() < 3 || node.whole("channels_last", 0) != 0) {
      throw new ModelException("pools " + Dims.text(x.dims()) + " with channels last");
    }
    Arrays.fill(dims, 2, dims.length, 1);
    if (x.isConstant()) {
      return List.of(Tensor.constant(x.type(), dims, Constant.UNKNOWN));
    }
    book.charge(x.flow(), ADD, x.elements() - Dims.elements(dims));
    book.charge(x.flow(), MULTIPLY_ACCUMULATE, Dims.elements(dims));
    return List.of(Tensor.computed(x.type(), dims, x.flow()));
  }
}
