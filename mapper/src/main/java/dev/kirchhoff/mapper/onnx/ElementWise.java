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
   * A function of two numbers. Its values are null if constants are not computed.
   *
   * @param name name of its operator
   * @param work work of an element
   * @param isTruth whether the result is true or false
   * @param whole its value of whole numbers
   * @param real its value of real numbers
   */
  private record Pairing(
      String name,
      DigitalOperation work,
      boolean isTruth,
      LongBinaryOperator whole,
      DoubleBinaryOperator real) {

    Operator operator() {
      return Operator.of(name, this::apply);
    }

    List<Tensor> apply(NodeView node, LayerCollector book) {
      List<Tensor> inputs = aligned(node);
      if (inputs.isEmpty()) {
        throw new ModelException("has no inputs");
      }
      Tensor result = inputs.get(0);
      for (Tensor each : inputs.subList(1, inputs.size())) {
        result = pair(node, book, result, each);
      }
      if (name.equals("Mean") && !result.isConstant()) {
        book.charge(result.flow(), MULTIPLY_ACCUMULATE, result.elements());
      }
      return List.of(result);
    }

    private Tensor pair(NodeView node, LayerCollector book, Tensor a, Tensor b) {
      long[] dims = Dims.broadcast(a.dims(), b.dims());
      int type = isTruth ? Tensor.BOOL : a.type();
      if (a.isConstant() && b.isConstant()) {
        return Tensor.constant(type, dims, folded(this, a, b, dims));
      }
      long elements = Dims.elements(dims);
      if (a.isConstant() || b.isConstant()) {
        return Tensor.computed(type, dims, withConstant(node, book, a, b, elements));
      }
      Flow flow =
          name.equals("Mul")
              ? product(book, List.of(a, b))
              : book.join(List.of(a.flow(), b.flow()), kind(a.flow().kind(), b.flow().kind()));
      if (name.equals("Div") || name.equals("Mod")) {
        book.charge(flow, LOOKUP, b.elements());
      }
      book.charge(flow, work, elements);
      return Tensor.computed(type, dims, flow);
    }

    /** Kind of the results on two computed tensors, if it is no product. */
    private ValueKind kind(ValueKind a, ValueKind b) {
      return switch (name) {
        case "Sub" -> ValueKind.SIGNED;
        case "Max" -> a.larger(b);
        default -> isTruth ? ValueKind.RECTIFIED : a.with(b);
      };
    }

    private Flow withConstant(
        NodeView node, LayerCollector book, Tensor a, Tensor b, long elements) {
      Tensor constant = a.isConstant() ? a : b;
      Flow flow = (a.isConstant() ? b : a).flow();
      OptionalDouble uniform =
          constant.numbers() == null ? OptionalDouble.empty() : constant.numbers().uniform();
      ValueKind kind = flow.kind();
      switch (name) {
        case "Add", "Sum", "Sub" -> {
          return is(uniform, 0) && !a.isConstant()
              ? flow
              : affine(node, book, flow, constant, elements);
        }
        case "Mul", "Div" -> {
          if (name.equals("Div") && a.isConstant()) {
            long products = is(uniform, 1) ? 0 : elements;
            book.charge(flow, Map.of(LOOKUP, elements, MULTIPLY_ACCUMULATE, products));
            return flow.as(ValueKind.SIGNED);
          }
          return is(uniform, 1) ? flow : affine(node, book, flow, constant, elements);
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
          book.charge(flow, work, elements);
          return flow.as(bounded(kind, constant));
        }
      }
    }

    /** Kind of a comparison with constants, or of the larger or smaller one of both. */
    private ValueKind bounded(ValueKind kind, Tensor constant) {
      return switch (name) {
        case "Max" -> constant.mayBeNegative() ? kind : kind.rectified();
        case "Min" -> kind.scaled(constant.mayBeNegative());
        default -> isTruth ? ValueKind.RECTIFIED : kind;
      };
    }

    /**
     * Kind of values with constant scales or offsets. One less the values of a gate is a gate as
     * well.
     */
    private ValueKind affine(NodeView node, ValueKind kind, Tensor constant) {
      if (work != ADD) {
        return kind == ValueKind.GATE && constant.mayBeNegative()
            ? ValueKind.SQUASHED
            : kind.scaled(constant.mayBeNegative());
      }
      if (!name.equals("Sub")) {
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
    private Flow affine(
        NodeView node, LayerCollector book, Flow flow, Tensor constant, long elements) {
      ValueKind kind = affine(node, flow.kind(), constant);
      boolean isFree = constant.isPerChannel() && node.usedOnce();
      if (isFree && flow.affine() == Flow.Affine.FOLDS && work == ADD) {
        book.bias(flow, elements);
      }
      if (isFree && flow.affine() != Flow.Affine.COSTS) {
        return flow.of(kind);
      }
      book.charge(flow, work, elements);
      Flow result = flow.as(kind);
      return work == MULTIPLY_ACCUMULATE && constant.isPerChannel()
          ? result.with(Flow.Affine.MERGES)
          : result;
    }
  }

  private static Operator pairing(
      String name, DigitalOperation work, LongBinaryOperator whole, DoubleBinaryOperator real) {
    return new Pairing(name, work, false, whole, real).operator();
  }

  private static Operator truth(String name, DoubleBinaryOperator real) {
    return new Pairing(name, MAX_COMPARE, true, (a, b) -> (long) real.applyAsDouble(a, b), real)
        .operator();
  }

  private static Operator ofBits(String name, LongBinaryOperator whole) {
    return pairing(name, ADD, whole, (a, b) -> Double.NaN);
  }

  /** Of the divisor's sign. */
  private static final Pairing MODULO = mod((a, b) -> b == 0 ? 0 : Math.floorMod(a, b));

  /** Of the dividend's sign. */
  private static final Pairing REMAINDER = mod((a, b) -> b == 0 ? 0 : a % b);

  private static Pairing mod(LongBinaryOperator whole) {
    return new Pairing("Mod", MULTIPLY_ACCUMULATE, false, whole, (a, b) -> a % b);
  }

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          pairing("Add", ADD, Long::sum, Double::sum),
          pairing("Sum", ADD, Long::sum, Double::sum),
          pairing("Mean", ADD, null, null),
          pairing("Sub", ADD, (a, b) -> a - b, (a, b) -> a - b),
          pairing("Mul", MULTIPLY_ACCUMULATE, (a, b) -> a * b, (a, b) -> a * b),
          pairing("Div", MULTIPLY_ACCUMULATE, (a, b) -> b == 0 ? 0 : a / b, (a, b) -> a / b),
          Operator.of(
              "Mod",
              (node, book) -> (node.whole("fmod", 0) == 0 ? MODULO : REMAINDER).apply(node, book)),
          pairing("Pow", LOOKUP, (a, b) -> (long) StrictMath.pow(a, b), StrictMath::pow),
          pairing("Min", MAX_COMPARE, Math::min, Math::min),
          pairing("Max", MAX_COMPARE, Math::max, Math::max),
          truth("Equal", (a, b) -> a == b ? 1 : 0),
          truth("Greater", (a, b) -> a > b ? 1 : 0),
          truth("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0),
          truth("Less", (a, b) -> a < b ? 1 : 0),
          truth("LessOrEqual", (a, b) -> a <= b ? 1 : 0),
          truth("And", (a, b) -> a != 0 && b != 0 ? 1 : 0),
          truth("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0),
          truth("Xor", (a, b) -> (a != 0) != (b != 0) ? 1 : 0),
          ofBits("BitwiseAnd", (a, b) -> a & b),
          ofBits("BitwiseOr", (a, b) -> a | b),
          ofBits("BitwiseXor", (a, b) -> a ^ b),
          pairing("BitShift", ADD, null, null),
          Operator.of("Where", ElementWise::where));

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

  /** Producers of a product of computed tensors. */
  static Flow product(LayerCollector book, List<Tensor> operands) {
    List<Flow> flows = NodeView.flows(operands);
    ValueKind kind = flows.get(0).kind();
    for (int i = 1; i < flows.size(); i++) {
      kind = kind.times(flows.get(i).kind());
    }
    return book.join(flows, kind);
  }

  private static boolean is(OptionalDouble uniform, double value) {
    return uniform.isPresent() && uniform.getAsDouble() == value;
  }

  private static Constant folded(Pairing pairing, Tensor a, Tensor b, long[] dims) {
    long elements = Dims.elements(dims);
    boolean folds = pairing.whole() != null && a.numbers() != null && b.numbers() != null;
    if (!folds || elements > Numbers.MOST) {
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
      long place = 0;
      for (int d = shift; d < dims.length; d++) {
        if (operand[d - shift] > 1) {
          place += i / outer[d] % dims[d] * inner[d - shift];
        }
      }
      return (int) place;
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
      Numbers both = Numbers.concatenated(List.of(a.numbers(), b.numbers()));
      int second = a.numbers().size();
      IntUnaryOperator from =
          i -> chosen.at(i) != 0 ? fromA.applyAsInt(i) : second + fromB.applyAsInt(i);
      return List.of(Tensor.constant(a.type(), dims, both.pick((int) elements, from)));
    }
    List<Flow> flows = NodeView.flows(node.given());
    List<Flow> values = NodeView.flows(List.of(a, b));
    boolean mayBeNegative = List.of(a, b).stream().anyMatch(Tensor::mayBeNegative);
    ValueKind kind =
        values.isEmpty()
            ? (mayBeNegative ? ValueKind.SIGNED : ValueKind.RECTIFIED)
            : Flow.union(values).kind().scaled(mayBeNegative);
    Flow flow = book.join(flows, kind);
    book.charge(flow, MAX_COMPARE, elements);
    return List.of(Tensor.computed(a.type(), dims, flow));
  }
}
