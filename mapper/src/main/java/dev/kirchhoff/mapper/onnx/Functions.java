package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.LOOKUP;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;
import static dev.kirchhoff.arch.workload.DigitalOperation.RELU;
import static dev.kirchhoff.mapper.onnx.ValueKind.GATE;
import static dev.kirchhoff.mapper.onnx.ValueKind.GELU;
import static dev.kirchhoff.mapper.onnx.ValueKind.POSITIVE;
import static dev.kirchhoff.mapper.onnx.ValueKind.SIGNED;
import static dev.kirchhoff.mapper.onnx.ValueKind.SQUASHED;

import dev.kirchhoff.arch.workload.DigitalOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Functions of one tensor, element by element: rectifiers, look-ups for every other curve, one
 * addition for sign and rounding, nothing for what only renames. Constants are computed in double
 * precision with {@link StrictMath}.
 */
final class Functions {
  private static final UnaryOperator<ValueKind> SAME = c -> c;

  private Functions() {}

  /**
   * A function.
   *
   * @param name name of its operator
   * @param work work of an element
   * @param kind kind of its values
   * @param isTruth whether they are true or false
   * @param value its value, for constants; null if they are not computed
   */
  private record Function(
      String name,
      List<DigitalOperation> work,
      UnaryOperator<ValueKind> kind,
      boolean isTruth,
      DoubleUnaryOperator value) {

    /** This function, computed of constants. */
    Function with(DoubleUnaryOperator value) {
      return new Function(name, work, kind, isTruth, value);
    }

    /** This function, true or false. */
    Function truth() {
      return new Function(name, work, kind, true, value);
    }

    Operator operator() {
      return Operator.of(name, this::apply);
    }

    List<Tensor> apply(NodeView node, LayerCollector book) {
      Tensor x = node.in(0);
      int type = isTruth ? Tensor.BOOL : x.type();
      if (x.numbers() != null && value != null) {
        return List.of(Tensor.constant(type, x.dims(), x.numbers().map(value)));
      }
      if (!x.isConstant()) {
        work.forEach(operation -> book.charge(x.flow(), operation, x.elements()));
      }
      return List.of(x.withFlow(x.flow().as(kind.apply(x.flow().kind()))).made(type, x.dims()));
    }
  }

  private static Function lookup(String name, ValueKind result) {
    return new Function(name, List.of(LOOKUP), c -> result, false, null);
  }

  private static Function arithmetic(String name, UnaryOperator<ValueKind> result) {
    return new Function(name, List.of(ADD), result, false, null);
  }

  private static Function rectifier(String name) {
    return new Function(name, List.of(RELU), ValueKind::rectified, false, null);
  }

  private static Function slopes(String name) {
    return new Function(
        name, List.of(RELU, MULTIPLY_ACCUMULATE), c -> ValueKind.SIGNED, false, null);
  }

  private static final List<Function> FUNCTIONS =
      List.of(
          rectifier("Relu"),
          rectifier("ThresholdedRelu"),
          slopes("LeakyRelu"),
          slopes("Shrink"),
          lookup("Sigmoid", GATE),
          lookup("HardSigmoid", GATE),
          lookup("HardSwish", GELU),
          lookup("Swish", GELU),
          lookup("Mish", GELU),
          lookup("Gelu", GELU),
          lookup("FastGelu", GELU),
          lookup("QuickGelu", GELU),
          lookup("Elu", SIGNED),
          lookup("Selu", SIGNED),
          lookup("Celu", SIGNED),
          lookup("Softplus", POSITIVE),
          lookup("Softsign", SIGNED),
          lookup("Tanh", SQUASHED),
          lookup("Erf", SQUASHED),
          lookup("Exp", POSITIVE).with(StrictMath::exp),
          lookup("Log", SIGNED).with(StrictMath::log),
          lookup("Sqrt", POSITIVE).with(Math::sqrt),
          lookup("Reciprocal", SIGNED).with(x -> 1 / x),
          lookup("Sin", SIGNED).with(StrictMath::sin),
          lookup("Cos", SIGNED).with(StrictMath::cos),
          lookup("Tan", SIGNED),
          lookup("Asin", SIGNED),
          lookup("Acos", POSITIVE),
          lookup("Atan", SIGNED),
          lookup("Sinh", SIGNED),
          lookup("Cosh", POSITIVE),
          lookup("Asinh", SIGNED),
          lookup("Acosh", POSITIVE),
          lookup("Atanh", SIGNED),
          arithmetic("Neg", c -> SIGNED).with(x -> -x),
          arithmetic("Abs", c -> c.isSigned() ? POSITIVE : c).with(Math::abs),
          arithmetic("Sign", c -> c.isSigned() ? SIGNED : c).with(Math::signum),
          arithmetic("Floor", SAME).with(Math::floor),
          arithmetic("Ceil", SAME).with(Math::ceil),
          arithmetic("Round", SAME).with(Math::rint),
          arithmetic("Not", SAME).truth().with(x -> x == 0 ? 1 : 0),
          arithmetic("BitwiseNot", SAME),
          arithmetic("IsNaN", SAME).truth(),
          arithmetic("IsInf", SAME).truth(),
          arithmetic("Bernoulli", SAME),
          lookup(Operators.RUNTIME + "Gelu", GELU),
          lookup(Operators.RUNTIME + "QuickGelu", GELU));

  /** Operators of this family. */
  static List<Operator> operators() {
    List<Operator> operators = new ArrayList<>(FUNCTIONS.stream().map(Function::operator).toList());
    operators.add(Operator.of("Identity", (node, book) -> List.of(node.in(0))));
    operators.add(Operator.of("Clip", Functions::clip));
    operators.add(Operator.of("PRelu", Functions::parametricRelu));
    operators.add(
        Operator.of(
            "Cast", (node, book) -> cast(node.in(0), (int) node.whole("to", node.in(0).type()))));
    operators.add(Operator.of("CastLike", (node, book) -> cast(node.in(0), node.in(1).type())));
    return operators;
  }

  /** Values between two bounds: a rectifier if the lower one is not negative. */
  static List<Tensor> clip(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    double low = node.real("min", Double.NEGATIVE_INFINITY);
    if (node.has(1) && node.in(1).numbers() != null && node.in(1).elements() > 0) {
      low = node.in(1).numbers().real(0);
    }
    ValueKind kind = low >= 0 ? x.flow().kind().rectified() : x.flow().kind();
    return List.of(book.worked(x, x.dims(), kind, Map.of(RELU, x.elements())));
  }

  /** A rectifier whose slope below zero is a parameter. */
  static List<Tensor> parametricRelu(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    Tensor slope = node.in(1);
    boolean isPerChannel = slope.rank() == 1 && x.rank() > 1 && slope.dim(0) == x.dim(1);
    if (!isPerChannel) {
      Dims.broadcast(x.dims(), slope.dims());
    }
    Map<DigitalOperation, Long> work =
        Map.of(RELU, x.elements(), MULTIPLY_ACCUMULATE, x.elements());
    return List.of(book.worked(x, x.dims(), SIGNED, work));
  }

  private static List<Tensor> cast(Tensor x, int type) {
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
