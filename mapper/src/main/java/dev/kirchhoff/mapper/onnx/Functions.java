package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.LOOKUP;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;
import static dev.kirchhoff.arch.workload.DigitalOperation.RELU;

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
   * @param work work of an element
   * @param kind kind of its values
   * @param folded its value, for constants; null if they are not computed
   * @param executed its value by the attributes of a node; null if it is not executed
   */
  private record Function(
      List<DigitalOperation> work,
      UnaryOperator<ValueKind> kind,
      DoubleUnaryOperator folded,
      java.util.function.Function<GraphNode.Attributes, DoubleUnaryOperator> executed) {

    /** This function, executed and not folded. */
    Function executed(DoubleUnaryOperator value) {
      return new Function(work, kind, null, attributes -> value);
    }

    /** This function, executed by the attributes of a node and not folded. */
    Function by(java.util.function.Function<GraphNode.Attributes, DoubleUnaryOperator> value) {
      return new Function(work, kind, null, value);
    }

    /** This function, folded and not executed. */
    Function folded(DoubleUnaryOperator value) {
      return new Function(work, kind, value, null);
    }

    /** This function, folded and executed. */
    Function with(DoubleUnaryOperator value) {
      return new Function(work, kind, value, attributes -> value);
    }

    Operator operator(String name) {
      Operator operator = Operator.of(name, Functions::apply);
      return executed == null
          ? operator
          : operator.executed((node, in) -> map(in, executed.apply(node.attributes())));
    }
  }

  private static Function lookup(ValueKind result) {
    return new Function(List.of(LOOKUP), c -> result, null, null);
  }

  private static Function arithmetic(UnaryOperator<ValueKind> result) {
    return new Function(List.of(ADD), result, null, null);
  }

  private static Function rectifier() {
    return new Function(List.of(RELU), ValueKind::rectified, null, null);
  }

  private static Function slopes() {
    return new Function(List.of(RELU, MULTIPLY_ACCUMULATE), c -> ValueKind.SIGNED, null, null);
  }

  private static Function free() {
    return new Function(List.of(), SAME, null, null);
  }

  private static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          Map.entry("Relu", rectifier().executed(x -> Math.max(0, x))),
          Map.entry("ThresholdedRelu", rectifier()),
          Map.entry("LeakyRelu", slopes().by(Functions::leaky)),
          Map.entry("Shrink", slopes()),
          Map.entry("Sigmoid", lookup(ValueKind.GATE).executed(Functions::sigmoid)),
          Map.entry("HardSigmoid", lookup(ValueKind.GATE).by(Functions::hardSigmoid)),
          Map.entry(
              "HardSwish",
              lookup(ValueKind.GELU).executed(x -> x * Math.max(0, Math.min(1, x / 6 + 0.5)))),
          Map.entry("Swish", lookup(ValueKind.GELU)),
          Map.entry(
              "Mish",
              lookup(ValueKind.GELU)
                  .executed(x -> x * StrictMath.tanh(StrictMath.log1p(StrictMath.exp(x))))),
          Map.entry("Gelu", lookup(ValueKind.GELU).by(Functions::gelu)),
          Map.entry("FastGelu", lookup(ValueKind.GELU)),
          Map.entry("QuickGelu", lookup(ValueKind.GELU)),
          Map.entry("Elu", lookup(ValueKind.SIGNED).by(Functions::elu)),
          Map.entry("Selu", lookup(ValueKind.SIGNED).by(Functions::selu)),
          Map.entry("Celu", lookup(ValueKind.SIGNED)),
          Map.entry(
              "Softplus",
              lookup(ValueKind.POSITIVE).executed(x -> StrictMath.log1p(StrictMath.exp(x)))),
          Map.entry("Softsign", lookup(ValueKind.SIGNED).executed(x -> x / (1 + Math.abs(x)))),
          Map.entry("Tanh", lookup(ValueKind.SQUASHED).executed(StrictMath::tanh)),
          Map.entry("Erf", lookup(ValueKind.SQUASHED).executed(Functions::erf)),
          Map.entry("Exp", lookup(ValueKind.POSITIVE).with(StrictMath::exp)),
          Map.entry("Log", lookup(ValueKind.SIGNED).with(StrictMath::log)),
          Map.entry("Sqrt", lookup(ValueKind.POSITIVE).with(Math::sqrt)),
          Map.entry("Reciprocal", lookup(ValueKind.SIGNED).with(x -> 1 / x)),
          Map.entry("Sin", lookup(ValueKind.SIGNED).folded(StrictMath::sin)),
          Map.entry("Cos", lookup(ValueKind.SIGNED).folded(StrictMath::cos)),
          Map.entry("Tan", lookup(ValueKind.SIGNED)),
          Map.entry("Asin", lookup(ValueKind.SIGNED)),
          Map.entry("Acos", lookup(ValueKind.POSITIVE)),
          Map.entry("Atan", lookup(ValueKind.SIGNED)),
          Map.entry("Sinh", lookup(ValueKind.SIGNED)),
          Map.entry("Cosh", lookup(ValueKind.POSITIVE)),
          Map.entry("Asinh", lookup(ValueKind.SIGNED)),
          Map.entry("Acosh", lookup(ValueKind.POSITIVE)),
          Map.entry("Atanh", lookup(ValueKind.SIGNED)),
          Map.entry("Neg", arithmetic(c -> ValueKind.SIGNED).with(x -> -x)),
          Map.entry("Abs", arithmetic(c -> c.isSigned() ? ValueKind.POSITIVE : c).with(Math::abs)),
          Map.entry(
              "Sign", arithmetic(c -> c.isSigned() ? ValueKind.SIGNED : c).folded(Math::signum)),
          Map.entry("Floor", arithmetic(SAME).with(Math::floor)),
          Map.entry("Ceil", arithmetic(SAME).with(Math::ceil)),
          Map.entry("Round", arithmetic(SAME).with(Math::rint)),
          Map.entry("Not", arithmetic(SAME).folded(x -> x == 0 ? 1 : 0)),
          Map.entry("BitwiseNot", arithmetic(SAME)),
          Map.entry("IsNaN", arithmetic(SAME)),
          Map.entry("IsInf", arithmetic(SAME)),
          Map.entry("Bernoulli", arithmetic(SAME)),
          Map.entry("Identity", free().with(x -> x)));

  /** Operators of this family. */
  static List<Operator> operators() {
    List<Operator> operators = new ArrayList<>();
    FUNCTIONS.forEach((name, function) -> operators.add(function.operator(name)));
    operators.add(Operator.of("Clip", Functions::clip).executed(Functions::clip));
    operators.add(
        Operator.of("PRelu", Functions::parametricRelu)
            .executed((node, in) -> List.of(ElementWise.combine(in, (x, a) -> x < 0 ? a * x : x))));
    operators.add(Operator.of("Cast", Functions::cast).executed(Functions::cast));
    operators.add(Operator.of("CastLike", Functions::cast));
    operators.add(Operator.of(Operators.RUNTIME + "Gelu", Functions::apply));
    operators.add(Operator.of(Operators.RUNTIME + "QuickGelu", Functions::apply));
    return operators;
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
      boolean folds = x.numbers() != null && function.folded() != null;
      Constant folded = folds ? Constant.of(x.numbers().map(function.folded())) : Constant.UNKNOWN;
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
