package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.LOOKUP;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;
import static dev.kirchhoff.arch.workload.DigitalOperation.RELU;

import dev.kirchhoff.arch.workload.DigitalOperation;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Functions of one tensor, element by element: rectifiers, look-ups for every other curve, one
 * addition for sign and rounding, nothing for what only renames.
 */
final class Functions {
  private static final UnaryOperator<ValueKind> SAME = c -> c;

  private Functions() {}

  /**
   * A function.
   *
   * @param work work of an element
   * @param kind kind of its values
   * @param value its value, for constants; null if it is not computed
   */
  private record Function(
      List<DigitalOperation> work, UnaryOperator<ValueKind> kind, DoubleUnaryOperator value) {}

  private static Function lookup(ValueKind result, DoubleUnaryOperator value) {
    return new Function(List.of(LOOKUP), c -> result, value);
  }

  private static Function arithmetic(UnaryOperator<ValueKind> result, DoubleUnaryOperator value) {
    return new Function(List.of(ADD), result, value);
  }

  private static Function rectifier() {
    return new Function(List.of(RELU), ValueKind::rectified, null);
  }

  private static Function slopes() {
    return new Function(List.of(RELU, MULTIPLY_ACCUMULATE), c -> ValueKind.SIGNED, null);
  }

  private static Function free(DoubleUnaryOperator value) {
    return new Function(List.of(), SAME, value);
  }

  private static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          Map.entry("Relu", rectifier()),
          Map.entry("ThresholdedRelu", rectifier()),
          Map.entry("LeakyRelu", slopes()),
          Map.entry("Shrink", slopes()),
          Map.entry("Sigmoid", lookup(ValueKind.GATE, null)),
          Map.entry("HardSigmoid", lookup(ValueKind.GATE, null)),
          Map.entry("HardSwish", lookup(ValueKind.GELU, null)),
          Map.entry("Swish", lookup(ValueKind.GELU, null)),
          Map.entry("Mish", lookup(ValueKind.GELU, null)),
          Map.entry("Gelu", lookup(ValueKind.GELU, null)),
          Map.entry("FastGelu", lookup(ValueKind.GELU, null)),
          Map.entry("QuickGelu", lookup(ValueKind.GELU, null)),
          Map.entry("Elu", lookup(ValueKind.SIGNED, null)),
          Map.entry("Selu", lookup(ValueKind.SIGNED, null)),
          Map.entry("Celu", lookup(ValueKind.SIGNED, null)),
          Map.entry("Softplus", lookup(ValueKind.POSITIVE, null)),
          Map.entry("Softsign", lookup(ValueKind.SIGNED, null)),
          Map.entry("Tanh", lookup(ValueKind.SQUASHED, null)),
          Map.entry("Erf", lookup(ValueKind.SQUASHED, null)),
          Map.entry("Exp", lookup(ValueKind.POSITIVE, StrictMath::exp)),
          Map.entry("Log", lookup(ValueKind.SIGNED, StrictMath::log)),
          Map.entry("Sqrt", lookup(ValueKind.POSITIVE, StrictMath::sqrt)),
          Map.entry("Reciprocal", lookup(ValueKind.SIGNED, x -> 1 / x)),
          Map.entry("Sin", lookup(ValueKind.SIGNED, StrictMath::sin)),
          Map.entry("Cos", lookup(ValueKind.SIGNED, StrictMath::cos)),
          Map.entry("Tan", lookup(ValueKind.SIGNED, null)),
          Map.entry("Asin", lookup(ValueKind.SIGNED, null)),
          Map.entry("Acos", lookup(ValueKind.POSITIVE, null)),
          Map.entry("Atan", lookup(ValueKind.SIGNED, null)),
          Map.entry("Sinh", lookup(ValueKind.SIGNED, null)),
          Map.entry("Cosh", lookup(ValueKind.POSITIVE, null)),
          Map.entry("Asinh", lookup(ValueKind.SIGNED, null)),
          Map.entry("Acosh", lookup(ValueKind.POSITIVE, null)),
          Map.entry("Atanh", lookup(ValueKind.SIGNED, null)),
          Map.entry("Neg", arithmetic(c -> ValueKind.SIGNED, x -> -x)),
          Map.entry("Abs", arithmetic(c -> c.isSigned() ? ValueKind.POSITIVE : c, Math::abs)),
          Map.entry("Sign", arithmetic(c -> c.isSigned() ? ValueKind.SIGNED : c, Math::signum)),
          Map.entry("Floor", arithmetic(SAME, Math::floor)),
          Map.entry("Ceil", arithmetic(SAME, Math::ceil)),
          Map.entry("Round", arithmetic(SAME, Math::rint)),
          Map.entry("Not", arithmetic(SAME, x -> x == 0 ? 1 : 0)),
          Map.entry("BitwiseNot", arithmetic(SAME, null)),
          Map.entry("IsNaN", arithmetic(SAME, null)),
          Map.entry("IsInf", arithmetic(SAME, null)),
          Map.entry("Bernoulli", arithmetic(SAME, null)),
          Map.entry("Identity", free(x -> x)));

  static java.util.Set<String> names() {
    return FUNCTIONS.keySet();
  }

  static List<Tensor> apply(NodeView node, LayerCollector book) {
    Function function = FUNCTIONS.get(node.operator());
    Tensor x = node.in(0);
    boolean isTruth = List.of("Not", "IsNaN", "IsInf").contains(node.operator());
    int type = isTruth ? Tensor.BOOL : x.type();
    if (x.isConstant()) {
      if (node.operator().equals("Identity")) {
        return List.of(x);
      }
      boolean folds = x.numbers() != null && function.value() != null;
      Constant folded = folds ? Constant.of(x.numbers().map(function.value())) : Constant.UNKNOWN;
      return List.of(Tensor.constant(type, x.dims(), folded));
    }
    if (function.work().isEmpty()) {
      return List.of(x);
    }
    for (DigitalOperation operation : function.work()) {
      book.charge(x.flow(), operation, x.elements());
    }
    ValueKind kind = function.kind().apply(x.flow().kind());
    return List.of(Tensor.computed(type, x.dims(), x.flow().as(kind)));
  }

  /** Values between two bounds: a rectifier if the lower one is not negative. */
  static List<Tensor> clip(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    if (x.isConstant()) {
      return List.of(Tensor.constant(x.type(), x.dims(), Constant.UNKNOWN));
    }
    double low = node.real("min", Double.NEGATIVE_INFINITY);
    if (node.has(1) && node.in(1).numbers() != null && node.in(1).elements() > 0) {
      low = node.in(1).numbers().real(0);
    }
    book.charge(x.flow(), RELU, x.elements());
    ValueKind kind = x.flow().kind();
    return List.of(
        Tensor.computed(x.type(), x.dims(), x.flow().as(low >= 0 ? kind.rectified() : kind)));
  }

  /** A rectifier whose slope below zero is a parameter. */
  static List<Tensor> parametricRelu(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    Tensor slope = node.in(1);
    boolean isPerChannel = slope.rank() == 1 && x.rank() > 1 && slope.dim(0) == x.dim(1);
    if (!isPerChannel) {
      Dims.broadcast(x.dims(), slope.dims());
    }
    if (x.isConstant()) {
      return List.of(Tensor.constant(x.type(), x.dims(), Constant.UNKNOWN));
    }
    book.charge(x.flow(), RELU, x.elements());
    book.charge(x.flow(), MULTIPLY_ACCUMULATE, x.elements());
    return List.of(Tensor.computed(x.type(), x.dims(), x.flow().as(ValueKind.SIGNED)));
  }

  static List<Tensor> cast(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    int type =
        node.operator().equals("CastLike") ? node.in(1).type() : (int) node.whole("to", x.type());
    Numbers numbers = x.numbers();
    if (numbers == null) {
      Flow flow = x.flow();
      return List.of(
          x.withType(type)
              .withFlow(flow.kind() == ValueKind.CODES ? flow.of(ValueKind.PIXELS) : flow));
    }
    TensorValues.Encoding to = TensorValues.Encoding.of(type);
    Numbers converted =
        to == null
            ? numbers
            : type == Tensor.BOOL
                ? numbers.toReals().map(v -> v == 0 ? 0 : 1).toWhole()
                : to.isReal() ? numbers.toReals() : numbers.toWhole();
    return List.of(Tensor.constant(type, x.dims(), x.constant().moved(converted)));
  }
}
