package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Quantised operators. Quantising a computed tensor is one product an element; going back to real
 * numbers costs nothing, since its scale is part of the next one. The weights' zero point is
 * subtracted before their statistics are taken.
 *
 * <p>A quantiser whose zero point is the least code of its type has no code for a negative value:
 * it is a rectifier, into which exporters fuse the one in front. Whole numbers that the network
 * gets as its input are pixels; less a zero point inside their range they are signed.
 */
final class Quantised {
  private static final int INT32 = 6;

  private Quantised() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          Operator.matrix("QLinearConv", Quantised::linearConvolution),
          Operator.matrix("ConvInteger", Quantised::wholeConvolution),
          Operator.matrix("QLinearMatMul", Quantised::linearProduct),
          Operator.matrix("MatMulInteger", Quantised::wholeProduct),
          Operator.of("QuantizeLinear", Quantised::quantise),
          Operator.of("DequantizeLinear", Quantised::restore),
          Operator.of("DynamicQuantizeLinear", Quantised::quantiseByRange),
          Operator.of(Operators.RUNTIME + "QLinearAdd", Quantised::pair),
          Operator.of(Operators.RUNTIME + "QLinearMul", Quantised::pair),
          Operator.of(Operators.RUNTIME + "QLinearGlobalAveragePool", Quantised::pool));

  static List<Tensor> quantise(NodeView node, LayerCollector book) {
    long stated = node.whole("output_dtype", 0);
    int type = node.has(2) ? node.in(2).type() : stated > 0 ? (int) stated : Tensor.UINT8;
    Tensor y = quantised(node.in(0), book, type);
    return List.of(cut(y, node.optional(2)));
  }

  private static Tensor quantised(Tensor x, LayerCollector book, int type) {
    if (x.isConstant()) {
      return Tensor.constant(type, x.dims(), x.constant().moved(null));
    }
    book.charge(x.flow(), MULTIPLY_ACCUMULATE, x.elements());
    return x.withType(type);
  }

  /** A quantised tensor, without negative values if its zero point is the least code. */
  private static Tensor cut(Tensor y, Tensor zeroPoint) {
    return y.isConstant() || !y.flow().kind().isSigned() || !isLeast(y.type(), zeroPoint)
        ? y
        : y.withFlow(y.flow().as(ValueKind.RECTIFIED));
  }

  /** True if no code is below a zero point, which is 0 if it is left out. */
  private static boolean isLeast(int type, Tensor zeroPoint) {
    OptionalDouble zero =
        zeroPoint == null
            ? OptionalDouble.of(0)
            : zeroPoint.numbers() == null ? OptionalDouble.empty() : zeroPoint.numbers().uniform();
    return zero.isPresent()
        && switch (type) {
          case Tensor.UINT8, Tensor.UINT16 -> zero.getAsDouble() == 0;
          case Tensor.INT8 -> zero.getAsDouble() == -128;
          case Tensor.INT16 -> zero.getAsDouble() == -32_768;
          default -> false;
        };
  }

  /** Range and scale found on the fly: two comparisons and a product an element. */
  static List<Tensor> quantiseByRange(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    if (!x.isConstant()) {
      book.charge(x.flow(), ADD, 2 * x.elements());
    }
    List<Tensor> outputs = new ArrayList<>(List.of(quantised(x, book, Tensor.UINT8)));
    outputs.add(Tensor.constant(Tensor.FLOAT, new long[0], Constant.UNKNOWN));
    outputs.add(Tensor.constant(Tensor.UINT8, new long[0], Constant.UNKNOWN));
    return outputs;
  }

  static List<Tensor> restore(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    return List.of(shifted(x, node.optional(2)).withType(Tensor.FLOAT));
  }

  /** Constant weights, or whole numbers of the network's input, less their zero point. */
  private static Tensor shifted(Tensor x, Tensor zeroPoint) {
    if (!x.isConstant()) {
      Flow flow = x.flow();
      return flow.kind() == ValueKind.CODES
          ? x.withFlow(flow.of(isLeast(x.type(), zeroPoint) ? ValueKind.PIXELS : ValueKind.CENTRED))
          : x;
    }
    Constant known = x.constant();
    if (zeroPoint == null) {
      return x.shifted(known.moved(null));
    }
    OptionalDouble zero =
        zeroPoint.numbers() == null ? OptionalDouble.empty() : zeroPoint.numbers().uniform();
    boolean isKnown = known.stored() != null && zero.isPresent();
    return isKnown
        ? x.shifted(new Constant(null, known.stored(), zero.getAsDouble(), false))
        : Tensor.constant(x.type(), x.dims(), new Constant(null, null, 0, known.isFilled()));
  }

  /** A node that reads a map, and further inputs at these positions, absent ones as null. */
  private static NodeView with(NodeView node, Tensor map, int... positions) {
    List<Tensor> inputs = new ArrayList<>(List.of(map));
    Arrays.stream(positions).mapToObj(node::optional).forEach(inputs::add);
    return new NodeView(
        node.proto(), node.name(), inputs, node.declared(), node.opset(), node.usedOnce());
  }

  static List<Tensor> linearConvolution(NodeView node, LayerCollector book) {
    Tensor map = shifted(node.in(0), node.optional(2));
    NodeView plain = with(node, map, 3, 8);
    Tensor kernel = shifted(node.in(3), node.optional(5));
    Tensor y = Convolutions.convolve(plain, book, kernel, node.has(8));
    return List.of(requantised(node, book, y, Tensor.UINT8));
  }

  /** A result in the type of the output's zero point, which is the node's input 7. */
  private static Tensor requantised(NodeView node, LayerCollector book, Tensor y, int otherwise) {
    if (!y.isConstant()) {
      book.charge(y.flow(), MULTIPLY_ACCUMULATE, y.elements());
    }
    Tensor zeroPoint = node.optional(7);
    return cut(y.withType(zeroPoint == null ? otherwise : zeroPoint.type()), zeroPoint);
  }

  static List<Tensor> wholeConvolution(NodeView node, LayerCollector book) {
    Tensor kernel = shifted(node.in(1), node.optional(3));
    Tensor map = shifted(node.in(0), node.optional(2));
    return List.of(Convolutions.convolve(with(node, map, 1), book, kernel, false).withType(INT32));
  }

  static List<Tensor> linearProduct(NodeView node, LayerCollector book) {
    Tensor a = shifted(node.in(0), node.optional(2));
    Tensor b = shifted(node.in(3), node.optional(5));
    Tensor y = MatrixProducts.product(node, book, a, b);
    return List.of(requantised(node, book, y, Tensor.UINT8));
  }

  static List<Tensor> wholeProduct(NodeView node, LayerCollector book) {
    Tensor a = shifted(node.in(0), node.optional(2));
    Tensor b = shifted(node.in(1), node.optional(3));
    return List.of(MatrixProducts.product(node, book, a, b).withType(INT32));
  }

  /** Sum or product of two quantised tensors (operators of ONNX Runtime). */
  static List<Tensor> pair(NodeView node, LayerCollector book) {
    Tensor a = node.in(0);
    Tensor b = node.in(3);
    long[] dims = Dims.broadcast(a.dims(), b.dims());
    if (a.isConstant() && b.isConstant()) {
      return List.of(Tensor.constant(a.type(), dims, Constant.UNKNOWN));
    }
    long elements = Dims.elements(dims);
    boolean isSum = node.operator().equals("QLinearAdd");
    List<Flow> flows = NodeView.flows(List.of(a, b));
    Flow flow =
        isSum
            ? book.join(flows, Flow.union(flows).kind())
            : ElementWise.product(book, List.of(a, b));
    book.charge(flow, isSum ? ADD : MULTIPLY_ACCUMULATE, elements);
    return List.of(requantised(node, book, Tensor.computed(a.type(), dims, flow), a.type()));
  }

  static List<Tensor> pool(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] dims = x.dims().clone();
    if (x.rank() < 3 || node.whole("channels_last", 0) != 0) {
      throw new ModelException("pools " + Dims.text(x.dims()) + " with channels last");
    }
    Arrays.fill(dims, 2, dims.length, 1);
    if (!x.isConstant()) {
      long outputs = Dims.elements(dims);
      book.charge(x.flow(), Map.of(ADD, x.elements() - outputs, MULTIPLY_ACCUMULATE, outputs));
    }
    return List.of(x.made(x.type(), dims));
  }
}
