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
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Functions of several tensors, element by element and broadcast: sums, products, comparisons.
 * Constants of whole channels are folded into the matrix in front where that is possible ({@link
 * Flow.Affine}).
 */
final class ElementWise {
  private ElementWise() {}

  /**
   * A function of two numbers.
   *
   * @param work work of an element
   * @param isTruth whether the result is true or false
   * @param whole its value of whole numbers
   * @param real its value of real numbers
   * @param isExecuted whether it is executed, by its value of real numbers
   */
  private record Pairing(
      DigitalOperation work,
      boolean isTruth,
      LongBinaryOperator whole,
      DoubleBinaryOperator real,
      boolean isExecuted) {
    Pairing executed() {
      return new Pairing(work, isTruth, whole, real, true);
    }

    Operator operator(String name) {
      Operator operator = Operator.of(name, ElementWise::apply);
      return isExecuted ? operator.executed((node, in) -> List.of(combine(in, real))) : operator;
    }
  }

  private static Pairing pairing(
      DigitalOperation work, LongBinaryOperator whole, DoubleBinaryOperator real) {
    return new Pairing(work, false, whole, real, false);
  }

  private static Pairing truth(DoubleBinaryOperator real) {
    return new Pairing(MAX_COMPARE, true, (a, b) -> (long) real.applyAsDouble(a, b), real, false);
  }

  private static final Map<String, Pairing> PAIRINGS =
      Map.ofEntries(
          Map.entry("Add", pairing(ADD, Long::sum, Double::sum).executed()),
          Map.entry("Sum", pairing(ADD, Long::sum, Double::sum)),
          Map.entry("Mean", pairing(ADD, Long::sum, Double::sum)),
          Map.entry("Sub", pairing(ADD, (a, b) -> a - b, (a, b) -> a - b).executed()),
          Map.entry(
              "Mul", pairing(MULTIPLY_ACCUMULATE, (a, b) -> a * b, (a, b) -> a * b).executed()),
          Map.entry(
              "Div", pairing(MULTIPLY_ACCUMULATE, (a, b) -> b == 0 ? 0 : a / b, (a, b) -> a / b)),
          Map.entry(
              "Mod",
              pairing(
                  MULTIPLY_ACCUMULATE,
                  (a, b) -> b == 0 ? 0 : Math.floorMod(a, b),
                  (a, b) -> a % b)),
          Map.entry(
              "Pow",
              pairing(LOOKUP, (a, b) -> (long) StrictMath.pow(a, b), StrictMath::pow).executed()),
          Map.entry("Min", pairing(MAX_COMPARE, Math::min, Math::min).executed()),
          Map.entry("Max", pairing(MAX_COMPARE, Math::max, Math::max).executed()),
          Map.entry("Equal", truth((a, b) -> a == b ? 1 : 0)),
          Map.entry("Greater", truth((a, b) -> a > b ? 1 : 0)),
          Map.entry("GreaterOrEqual", truth((a, b) -> a >= b ? 1 : 0)),
          Map.entry("Less", truth((a, b) -> a < b ? 1 : 0)),
          Map.entry("LessOrEqual", truth((a, b) -> a <= b ? 1 : 0)),
          Map.entry("And", truth((a, b) -> a != 0 && b != 0 ? 1 : 0)),
          Map.entry("Or", truth((a, b) -> a != 0 || b != 0 ? 1 : 0)),
          Map.entry("Xor", truth((a, b) -> (a != 0) != (b != 0) ? 1 : 0)),
          Map.entry("BitwiseAnd", pairing(ADD, (a, b) -> a & b, (a, b) -> Double.NaN)),
          Map.entry("BitwiseOr", pairing(ADD, (a, b) -> a | b, (a, b) -> Double.NaN)),
          Map.entry("BitwiseXor", pairing(ADD, (a, b) -> a ^ b, (a, b) -> Double.NaN)),
          Map.entry("BitShift", pairing(ADD, (a, b) -> a, (a, b) -> a)));

  /** Operators of this family. */
  static List<Operator> operators() {
    List<Operator> operators = new ArrayList<>();
    PAIRINGS.forEach(
        (name, pairing) ->
            operators.add(
                name.equals("Div")
                    ? Operator.of(name, ElementWise::apply).executed(ElementWise::divide)
                    : pairing.operator(name)));
    operators.add(Operator.of("Where", ElementWise::where));
    return operators;
  }

  static List<Tensor> apply(NodeView node, LayerCollector book) {
    List<Tensor> inputs = aligned(node);
    if (inputs.isEmpty()) {
      throw new ModelException("has no inputs");
    }
    Tensor result = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      result = pair(node, book, result, inputs.get(i));
    }
    if (node.operator().equals("Mean") && !result.isConstant()) {
      book.charge(result.flow(), MULTIPLY_ACCUMULATE, result.elements());
    }
    return List.of(result);
  }

  /** Before version 7 of the operator set the second operand is aligned at an axis. */
  private static List<Tensor> aligned(NodeView node) {
    List<Tensor> inputs = new ArrayList<>(node.given());
    if (inputs.size() == 2 && node.opset() < 7 && node.hasAttribute("axis")) {
      Tensor a = inputs.get(0);
      Tensor b = inputs.get(1);
      int behind = a.rank() - Dims.axis(node.whole("axis", 0), Math.max(1, a.rank())) - b.rank();
      if (behind > 0) {
        long[] dims = Arrays.copyOf(b.dims(), b.rank() + behind);
        Arrays.fill(dims, b.rank(), dims.length, 1);
        inputs.set(1, b.reshaped(dims));
      }
    }
    return inputs;
  }

  private static Tensor pair(NodeView node, LayerCollector book, Tensor a, Tensor b) {
    Pairing pairing = PAIRINGS.get(node.operator());
    long[] dims = Dims.broadcast(a.dims(), b.dims());
    int type = pairing.isTruth() ? Tensor.BOOL : a.type();
    if (a.isConstant() && b.isConstant()) {
      return Tensor.constant(type, dims, folded(pairing, a, b, dims));
    }
    if (a.isConstant() || b.isConstant()) {
      Flow flow = withConstant(node, book, a, b, Dims.elements(dims));
      return Tensor.computed(type, dims, flow);
    }
    long elements = Dims.elements(dims);
    Flow flow =
        node.operator().equals("Mul")
            ? product(book, List.of(a, b))
            : book.join(List.of(a.flow(), b.flow()), kind(node.operator(), a.flow(), b.flow()));
    if (node.operator().equals("Div") || node.operator().equals("Mod")) {
      book.charge(flow, LOOKUP, b.elements());
    }
    book.charge(flow, pairing.work(), elements);
    return Tensor.computed(type, dims, flow);
  }

  /** Kind of a function of two computed tensors that is no product. */
  private static ValueKind kind(String operator, Flow a, Flow b) {
    if (PAIRINGS.get(operator).isTruth()) {
      return ValueKind.RECTIFIED;
    }
    return switch (operator) {
      case "Sub" -> ValueKind.SIGNED;
      case "Max" -> a.kind().larger(b.kind());
      default -> a.kind().with(b.kind());
    };
  }

  /** Producers of a product of computed tensors. */
  static Flow product(LayerCollector book, List<Tensor> operands) {
    List<Flow> flows = operands.stream().filter(t -> !t.isConstant()).map(Tensor::flow).toList();
    ValueKind kind = flows.get(0).kind();
    for (int i = 1; i < flows.size(); i++) {
      kind = kind.times(flows.get(i).kind());
    }
    return book.join(flows, kind);
  }

  private static boolean is(OptionalDouble uniform, double value) {
    return uniform.isPresent() && uniform.getAsDouble() == value;
  }

  private static Flow withConstant(
      NodeView node, LayerCollector book, Tensor a, Tensor b, long elements) {
    Tensor constant = a.isConstant() ? a : b;
    Flow flow = (a.isConstant() ? b : a).flow();
    Pairing pairing = PAIRINGS.get(node.operator());
    OptionalDouble uniform =
        constant.numbers() == null ? OptionalDouble.empty() : constant.numbers().uniform();
    ValueKind kind = flow.kind();
    switch (node.operator()) {
      case "Add", "Sum", "Sub" -> {
        return is(uniform, 0) && !a.isConstant()
            ? flow
            : affine(node, book, flow, constant, ADD, elements);
      }
      case "Mul", "Div" -> {
        if (node.operator().equals("Div") && a.isConstant()) {
          book.charge(flow, LOOKUP, elements);
          book.charge(flow, MULTIPLY_ACCUMULATE, is(uniform, 1) ? 0 : elements);
          return flow.as(ValueKind.SIGNED);
        }
        return is(uniform, 1)
            ? flow
            : affine(node, book, flow, constant, MULTIPLY_ACCUMULATE, elements);
      }
      case "Pow" -> {
        boolean isProduct = !a.isConstant() && (is(uniform, 2) || is(uniform, 3));
        book.charge(
            flow,
            isProduct ? MULTIPLY_ACCUMULATE : LOOKUP,
            isProduct ? (long) (uniform.getAsDouble() - 1) * elements : elements);
        boolean isEven = !a.isConstant() && uniform.isPresent() && uniform.getAsDouble() % 2 == 0;
        boolean isPositive = a.isConstant() ? !a.mayBeNegative() : isEven && kind.isSigned();
        return flow.as(isPositive ? ValueKind.POSITIVE : kind);
      }
      default -> {
        book.charge(flow, pairing.work(), elements);
        return flow.as(bounded(node.operator(), kind, constant));
      }
    }
  }

  /** Kind of a comparison with constants, or of the larger or smaller one of both. */
  private static ValueKind bounded(String operator, ValueKind kind, Tensor constant) {
    if (PAIRINGS.get(operator).isTruth()) {
      return ValueKind.RECTIFIED;
    }
    return switch (operator) {
      case "Max" -> constant.mayBeNegative() ? kind : kind.rectified();
      case "Min" -> kind.scaled(constant.mayBeNegative());
      default -> kind;
    };
  }

  /**
   * Kind of values with constant scales or offsets. One less the values of a gate is a gate as
   * well.
   */
  private static ValueKind affine(NodeView node, Flow flow, Tensor constant, boolean isSum) {
    ValueKind kind = flow.kind();
    if (!isSum) {
      return kind == ValueKind.GATE && constant.mayBeNegative()
          ? ValueKind.SQUASHED
          : kind.scaled(constant.mayBeNegative());
    }
    if (!node.operator().equals("Sub")) {
      return kind.shifted(constant.mayBeNegative());
    }
    boolean isFirst = node.in(0).isConstant();
    Numbers numbers = constant.numbers();
    if (isFirst && kind == ValueKind.GATE) {
      return numbers == null || numbers.isAny(value -> !(value >= 1)) ? ValueKind.SQUASHED : kind;
    }
    return kind.shifted(isFirst || numbers == null || numbers.isAny(value -> !(value <= 0)));
  }

  /** A constant scale or offset, folded where it can be. */
  static Flow affine(
      NodeView node,
      LayerCollector book,
      Flow flow,
      Tensor constant,
      DigitalOperation work,
      long elements) {
    ValueKind kind = affine(node, flow, constant, work == ADD);
    if (constant.isPerChannel() && flow.affine() == Flow.Affine.FOLDS && node.usedOnce()) {
      if (work == ADD) {
        book.bias(flow, elements);
      }
      return flow.of(kind);
    }
    if (constant.isPerChannel() && flow.affine() == Flow.Affine.MERGES && node.usedOnce()) {
      return flow.of(kind);
    }
    book.charge(flow, work, elements);
    Flow result = flow.as(kind);
    return work == MULTIPLY_ACCUMULATE && constant.isPerChannel()
        ? result.with(Flow.Affine.MERGES)
        : result;
  }

  private static Constant folded(Pairing pairing, Tensor a, Tensor b, long[] dims) {
    long elements = Dims.elements(dims);
    if (a.numbers() == null || b.numbers() == null || elements > Numbers.MOST) {
      return Constant.UNKNOWN;
    }
    IntUnaryOperator[] positions = {position(dims, a.dims()), position(dims, b.dims())};
    return Constant.of(
        Numbers.combine(
            a.numbers(), b.numbers(), (int) elements, positions, pairing.whole(), pairing.real()));
  }

  /** Position in a broadcast operand of an element of the result. */
  static IntUnaryOperator position(long[] dims, long[] operand) {
    long[] outer = Dims.strides(dims);
    long[] inner = Dims.strides(operand);
    int shift = dims.length - operand.length;
    return i -> {
      long at = 0;
      for (int d = shift; d < dims.length; d++) {
        if (operand[d - shift] > 1) {
          at += i / outer[d] % dims[d] * inner[d - shift];
        }
      }
      return (int) at;
    };
  }

  /** One of two values by a third. */
  static List<Tensor> where(NodeView node, LayerCollector book) {
    Tensor condition = node.in(0);
    Tensor a = node.in(1);
    Tensor b = node.in(2);
    long[] dims = Dims.broadcast(condition.dims(), Dims.broadcast(a.dims(), b.dims()));
    long elements = Dims.elements(dims);
    if (node.isAllConstant()) {
      if (condition.numbers() == null
          || a.numbers() == null
          || b.numbers() == null
          || elements > Numbers.MOST) {
        return List.of(Tensor.constant(a.type(), dims, Constant.UNKNOWN));
      }
      Numbers chosen = condition.numbers().pick((int) elements, position(dims, condition.dims()));
      IntUnaryOperator fromA = position(dims, a.dims());
      IntUnaryOperator fromB = position(dims, b.dims());
      long[] wholes = new long[(int) elements];
      double[] reals = new double[(int) elements];
      for (int i = 0; i < elements; i++) {
        Tensor from = chosen.at(i) != 0 ? a : b;
        int at = (chosen.at(i) != 0 ? fromA : fromB).applyAsInt(i);
        wholes[i] = from.numbers().at(at);
        reals[i] = from.numbers().real(at);
      }
      boolean whole = a.numbers().isWhole() && b.numbers().isWhole();
      return List.of(
          Tensor.constant(a.type(), dims, whole ? Numbers.of(wholes) : Numbers.ofReals(reals)));
    }
    List<Flow> flows =
        node.given().stream().filter(t -> !t.isConstant()).map(Tensor::flow).toList();
    List<Flow> values =
        List.of(a, b).stream().filter(t -> !t.isConstant()).map(Tensor::flow).toList();
    boolean mayBeNegative = List.of(a, b).stream().anyMatch(Tensor::mayBeNegative);
    ValueKind kind =
        values.isEmpty()
            ? (mayBeNegative ? ValueKind.SIGNED : ValueKind.RECTIFIED)
            : Flow.union(values).kind().scaled(mayBeNegative);
    Flow flow = book.join(flows, kind);
    book.charge(flow, MAX_COMPARE, elements);
    return List.of(Tensor.computed(a.type(), dims, flow));
  }

  private static List<Values> divide(GraphNode node, List<Values> in) {
    boolean isWhole =
        ItemOperator.required(in, 0).isWhole() && ItemOperator.required(in, 1).isWhole();
    return List.of(combine(in, isWhole ? (a, b) -> cut(a / b) : (a, b) -> a / b));
  }

  static Values combine(List<Values> in, DoubleBinaryOperator f) {
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

  /** A value without its fraction. */
  static double cut(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }
}
