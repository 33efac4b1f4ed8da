package dev.kirchhoff.mapper.execute;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Operators on single values: functions of one, and of two with broadcasting. Computed in double
 * precision with {@link StrictMath}, kept in single. Source: github.com/onnx/onnx,
 * docs/Operators.md, release 1.17.
 */
final class ElementOperators {
  private static final double SELU_ALPHA = 1.67326319217681884765625;
  private static final double SELU_GAMMA = 1.05070102214813232421875;

  private ElementOperators() {}

  static void addTo(Map<String, ItemOperator> operators) {
    binary(operators, "Add", Double::sum);
    binary(operators, "Sub", (a, b) -> a - b);
    binary(operators, "Mul", (a, b) -> a * b);
    operators.put("Div", ElementOperators::divide);
    binary(operators, "Pow", StrictMath::pow);
    binary(operators, "Max", Math::max);
    binary(operators, "Min", Math::min);
    unary(operators, "Relu", x -> Math.max(0, x));
    unary(operators, "Sigmoid", ElementOperators::sigmoid);
    unary(operators, "Tanh", StrictMath::tanh);
    unary(operators, "Exp", StrictMath::exp);
    unary(operators, "Log", StrictMath::log);
    unary(operators, "Sqrt", Math::sqrt);
    unary(operators, "Reciprocal", x -> 1 / x);
    unary(operators, "Neg", x -> -x);
    unary(operators, "Abs", Math::abs);
    unary(operators, "Floor", Math::floor);
    unary(operators, "Ceil", Math::ceil);
    unary(operators, "Round", Math::rint);
    unary(operators, "Erf", ElementOperators::erf);
    unary(operators, "Softplus", x -> StrictMath.log1p(StrictMath.exp(x)));
    unary(operators, "Softsign", x -> x / (1 + Math.abs(x)));
    unary(operators, "HardSwish", x -> x * Math.max(0, Math.min(1, x / 6 + 0.5)));
    unary(operators, "Mish", x -> x * StrictMath.tanh(StrictMath.log1p(StrictMath.exp(x))));
    unary(operators, "Identity", x -> x);
    parametric(operators);
  }

  private static void parametric(Map<String, ItemOperator> operators) {
    operators.put("Gelu", (node, in) -> map(in, gelu(node)));
    operators.put(
        "LeakyRelu",
        (node, in) -> {
          double alpha = node.attributes().real("alpha", 0.01);
          return map(in, x -> x < 0 ? alpha * x : x);
        });
    operators.put(
        "Elu",
        (node, in) -> {
          double alpha = node.attributes().real("alpha", 1);
          return map(in, x -> x < 0 ? alpha * StrictMath.expm1(x) : x);
        });
    operators.put(
        "Selu",
        (node, in) -> {
          double alpha = node.attributes().real("alpha", SELU_ALPHA);
          double gamma = node.attributes().real("gamma", SELU_GAMMA);
          return map(in, x -> gamma * (x < 0 ? alpha * StrictMath.expm1(x) : x));
        });
    operators.put(
        "HardSigmoid",
        (node, in) -> {
          double alpha = node.attributes().real("alpha", 0.2);
          double beta = node.attributes().real("beta", 0.5);
          return map(in, x -> Math.max(0, Math.min(1, alpha * x + beta)));
        });
    operators.put("Clip", ElementOperators::clip);
    operators.put("PRelu", (node, in) -> List.of(combine(in, (x, a) -> x < 0 ? a * x : x)));
    operators.put("Cast", ElementOperators::cast);
    operators.put("Dropout", ElementOperators::dropout);
  }

  private static DoubleUnaryOperator gelu(GraphNode node) {
    return node.attributes().text("approximate", "none").equals("tanh")
        ? x -> 0.5 * x * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
        : x -> 0.5 * x * (1 + erf(x / Math.sqrt(2)));
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

  private static List<Values> dropout(GraphNode node, List<Values> in) {
    if (ItemOperator.given(in, 2) && in.get(2).at(0) != 0) {
      throw new ExecutionException("is in training mode, which is not executed");
    }
    return List.of(in.get(0));
  }

  /** Whole types cut fractions off; everything else stays single precision. */
  private static List<Values> cast(GraphNode node, List<Values> in) {
    int to = node.attributes().whole("to", 1);
    boolean isReal = to == 1 || to == 10 || to == 11 || to == 16;
    Values x = ItemOperator.required(in, 0);
    return List.of(isReal ? x.reshaped(x.dims()) : map(in, ElementOperators::cut).get(0).asWhole());
  }

  private static double cut(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  private static List<Values> divide(GraphNode node, List<Values> in) {
    boolean isWhole =
        ItemOperator.required(in, 0).isWhole() && ItemOperator.required(in, 1).isWhole();
    return List.of(combine(in, isWhole ? (a, b) -> cut(a / b) : (a, b) -> a / b));
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

  private static void unary(
      Map<String, ItemOperator> operators, String name, DoubleUnaryOperator f) {
    operators.put(name, (node, in) -> map(in, f));
  }

  private static void binary(
      Map<String, ItemOperator> operators, String name, DoubleBinaryOperator f) {
    operators.put(name, (node, in) -> List.of(combine(in, f)));
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

  private static Values combine(List<Values> in, DoubleBinaryOperator f) {
    Values sum = ItemOperator.required(in, 0);
    for (int i = 1; i < in.size(); i++) {
      sum = combine(sum, in.get(i), f);
    }
    return sum;
  }

  /** A function of two tensors, broadcast by the rule of numpy. */
  static Values combine(Values a, Values b, DoubleBinaryOperator f) {
    int[] dims = broadcast(a.dims(), b.dims());
    float[] out = new float[Values.count(dims)];
    if (Arrays.equals(a.dims(), b.dims())) {
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) f.applyAsDouble(a.at(i), b.at(i));
      }
      return Values.of(dims, out);
    }
    int[] ia = places(a.dims(), dims);
    int[] ib = places(b.dims(), dims);
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) f.applyAsDouble(a.at(ia[i]), b.at(ib[i]));
    }
    return Values.of(dims, out);
  }

  static int[] broadcast(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int da = i < rank - a.length ? 1 : a[i - rank + a.length];
      int db = i < rank - b.length ? 1 : b[i - rank + b.length];
      if (da != db && da != 1 && db != 1) {
        throw new ExecutionException(
            "combines " + Arrays.toString(a) + " with " + Arrays.toString(b));
      }
      dims[i] = da == 1 ? db : da;
    }
    return dims;
  }

  /** For each value of a broadcast tensor, the place of the value that it is a copy of. */
  static int[] places(int[] from, int[] to) {
    int[] strides = Values.strides(from);
    int[] places = new int[Values.count(to)];
    int[] at = new int[to.length];
    int lead = to.length - from.length;
    for (int i = 0; i < places.length; i++) {
      int place = 0;
      for (int d = lead; d < to.length; d++) {
        place += from[d - lead] == 1 ? 0 : at[d] * strides[d - lead];
      }
      places[i] = place;
      for (int d = to.length - 1; d >= 0 && ++at[d] == to[d]; d--) {
        at[d] = 0;
      }
    }
    return places;
  }
}
