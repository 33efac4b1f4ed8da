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
 * addition for sign and rounding, nothing for what only renames. Executed in double precision with
 * {@link StrictMath}, kept in single.
 */
final class Functions {
  private static final double SELU_ALPHA = 1.67326319217681884765625;
  private static final double SELU_GAMMA = 1.05070102214813232421875;
  private static final UnaryOperator<ValueKind> SAME = c -> c;

  private Functions() {}

  /**
   * A function.
   *
   * @param name name of its operator
   * @param work work of an element
   * @param kind kind of its values
   * @param isTruth whether they are true or false
   * @param folded its value, for constants; null if they are not computed
   * @param executed its value by the attributes of a node; null if it is not executed
   */
  private record Function(
      String name,
      List<DigitalOperation> work,
      UnaryOperator<ValueKind> kind,
      boolean isTruth,
      DoubleUnaryOperator folded,
      java.util.function.Function<GraphNode.Attributes, DoubleUnaryOperator> executed) {

    /** This function, executed and not folded. */
    Function executed(DoubleUnaryOperator value) {
      return by(attributes -> value);
    }

    /** This function, executed by the attributes of a node and not folded. */
    Function by(java.util.function.Function<GraphNode.Attributes, DoubleUnaryOperator> value) {
      return new Function(name, work, kind, isTruth, null, value);
    }

    /** This function, folded and not executed. */
    Function folded(DoubleUnaryOperator value) {
      return new Function(name, work, kind, isTruth, value, null);
    }

    /** This function, folded and executed. */
    Function with(DoubleUnaryOperator value) {
      return new Function(name, work, kind, isTruth, value, attributes -> value);
    }

    /** This function, true or false. */
    Function truth() {
      return new Function(name, work, kind, true, folded, executed);
    }

    Operator operator() {
      Operator operator = Operator.of(name, this::apply);
      return executed == null
          ? operator
          : operator.executed((node, in) -> map(in, executed.apply(node.attributes())));
    }

    List<Tensor> apply(NodeView node, LayerCollector book) {
      Tensor x = node.in(0);
      int type = isTruth ? Tensor.BOOL : x.type();
      if (x.numbers() != null && folded != null) {
        return List.of(Tensor.constant(type, x.dims(), x.numbers().map(folded)));
      }
      if (!x.isConstant()) {
        work.forEach(operation -> book.charge(x.flow(), operation, x.elements()));
      }
      return List.of(x.withFlow(x.flow().as(kind.apply(x.flow().kind()))).made(type, x.dims()));
    }
  }

  private static Function lookup(String name, ValueKind result) {
    return new Function(name, List.of(LOOKUP), c -> result, false, null, null);
  }

  private static Function arithmetic(String name, UnaryOperator<ValueKind> result) {
    return new Function(name, List.of(ADD), result, false, null, null);
  }

  private static Function rectifier(String name) {
    return new Function(name, List.of(RELU), ValueKind::rectified, false, null, null);
  }

  private static Function slopes(String name) {
    return new Function(
        name, List.of(RELU, MULTIPLY_ACCUMULATE), c -> ValueKind.SIGNED, false, null, null);
  }

  private static final List<Function> FUNCTIONS =
      List.of(
          rectifier("Relu").executed(x -> Math.max(0, x)),
          rectifier("ThresholdedRelu"),
          slopes("LeakyRelu").by(Functions::leaky),
          slopes("Shrink"),
          lookup("Sigmoid", GATE).executed(Functions::sigmoid),
          lookup("HardSigmoid", GATE).by(Functions::hardSigmoid),
          lookup("HardSwish", GELU).executed(x -> x * Math.max(0, Math.min(1, x / 6 + 0.5))),
          lookup("Swish", GELU),
          lookup("Mish", GELU)
              .executed(x -> x * StrictMath.tanh(StrictMath.log1p(StrictMath.exp(x)))),
          lookup("Gelu", GELU).by(Functions::gelu),
          lookup("FastGelu", GELU),
          lookup("QuickGelu", GELU),
          lookup("Elu", SIGNED).by(Functions::elu),
          lookup("Selu", SIGNED).by(Functions::selu),
          lookup("Celu", SIGNED),
          lookup("Softplus", POSITIVE).executed(x -> StrictMath.log1p(StrictMath.exp(x))),
          lookup("Softsign", SIGNED).executed(x -> x / (1 + Math.abs(x))),
          lookup("Tanh", SQUASHED).executed(StrictMath::tanh),
          lookup("Erf", SQUASHED).executed(Functions::erf),
          lookup("Exp", POSITIVE).with(StrictMath::exp),
          lookup("Log", SIGNED).with(StrictMath::log),
          lookup("Sqrt", POSITIVE).with(Math::sqrt),
          lookup("Reciprocal", SIGNED).with(x -> 1 / x),
          lookup("Sin", SIGNED).folded(StrictMath::sin),
          lookup("Cos", SIGNED).folded(StrictMath::cos),
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
          arithmetic("Sign", c -> c.isSigned() ? SIGNED : c).folded(Math::signum),
          arithmetic("Floor", SAME).with(Math::floor),
          arithmetic("Ceil", SAME).with(Math::ceil),
          arithmetic("Round", SAME).with(Math::rint),
          arithmetic("Not", SAME).truth().folded(x -> x == 0 ? 1 : 0),
          arithmetic("BitwiseNot", SAME),
          arithmetic("IsNaN", SAME).truth(),
          arithmetic("IsInf", SAME).truth(),
          arithmetic("Bernoulli", SAME),
          lookup(Operators.RUNTIME + "Gelu", GELU),
          lookup(Operators.RUNTIME + "QuickGelu", GELU));

  /** Operators of this family. */
  static List<Operator> operators() {
    List<Operator> operators = new ArrayList<>(FUNCTIONS.stream().map(Function::operator).toList());
    operators.add(
        Operator.of("Identity", (node, book) -> List.of(node.in(0)))
            .executed((node, in) -> map(in, x -> x)));
    operators.add(Operator.of("Clip", Functions::clip).executed(Functions::clip));
    operators.add(
        Operator.of("PRelu", Functions::parametricRelu)
            .executed((node, in) -> List.of(ElementWise.combine(in, (x, a) -> x < 0 ? a * x : x))));
    operators.add(
        Operator.of(
                "Cast", (node, book) -> cast(node.in(0), (int) node.whole("to", node.in(0).type())))
            .executed(Functions::cast));
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

  private static DoubleUnaryOperator gelu(GraphNode.Attributes attributes) {
    return attributes.text("approximate", "none").equals("tanh")
        ? x -> 0.5 * x * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
        : x -> 0.5 * x * (1 + erf(x / Math.sqrt(2)));
  }

  private static DoubleUnaryOperator leaky(GraphNode.Attributes attributes) {
    double alpha = attributes.real("alpha", 0.01);
    return x -> x < 0 ? alpha * x : x;
  }

  private static DoubleUnaryOperator elu(GraphNode.Attributes attributes) {
    double alpha = attributes.real("alpha", 1);
    return x -> x < 0 ? alpha * StrictMath.expm1(x) : x;
  }

  private static DoubleUnaryOperator selu(GraphNode.Attributes attributes) {
    double alpha = attributes.real("alpha", SELU_ALPHA);
    double gamma = attributes.real("gamma", SELU_GAMMA);
    return x -> gamma * (x < 0 ? alpha * StrictMath.expm1(x) : x);
  }

  private static DoubleUnaryOperator hardSigmoid(GraphNode.Attributes attributes) {
    double alpha = attributes.real("alpha", 0.2);
    double beta = attributes.real("beta", 0.5);
    return x -> Math.max(0, Math.min(1, alpha * x + beta));
  }

  private static List<Values> clip(GraphNode node, List<Values> in) {
    double least =
        ItemOperator.given(in, 1)
            ? in.get(1).at(0)
            : node.attributes().real("min", Double.NEGATIVE_INFINITY);
    double most =
        ItemOperator.given(in, 2)
            ? in.get(2).at(0)
            : node.attributes().real("max", Double.POSITIVE_INFINITY);
    return map(in, x -> Math.min(most, Math.max(least, x)));
  }

  /** Whole types cut fractions off; everything else stays single precision. */
  private static List<Values> cast(GraphNode node, List<Values> in) {
    int to = node.attributes().whole("to", 1);
    boolean isReal = to == 1 || to == 10 || to == 11 || to == 16;
    Values x = ItemOperator.required(in, 0);
    return List.of(isReal ? x.reshaped(x.dims()) : map(in, ElementWise::cut).get(0).asWhole());
  }

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /**
   * Error function; Abramowitz and Stegun, Handbook of Mathematical Functions (1964), formula
   * 7.1.26, error below 1.5e-7, about what single precision keeps.
   */
  static double erf(double x) {
    double t = 1 / (1 + 0.3275911 * Math.abs(x));
    double sum =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.copySign(1 - sum * StrictMath.exp(-x * x), x);
  }

  private static List<Values> map(List<Values> in, DoubleUnaryOperator f) {
    Values x = ItemOperator.required(in, 0);
    float[] data = x.data();
    float[] out = new float[data.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) f.applyAsDouble(data[i]);
    }
    return List.of(Values.of(x.dims(), out));
  }
}
