package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;

import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Generators of tensors: constants, shapes, ranges, and operators whose result has the shape of
 * their first input.
 */
final class TensorGenerators {
  private TensorGenerators() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          Operator.of("Constant", TensorGenerators::constant),
          Operator.of("ConstantOfShape", TensorGenerators::constantOfShape),
          Operator.of("Shape", TensorGenerators::shape),
          Operator.of("Size", TensorGenerators::size),
          Operator.of("Range", TensorGenerators::range),
          Operator.of("NonZero", TensorGenerators::nonZero),
          Operator.of("OneHot", TensorGenerators::oneHot),
          Operator.of("Dropout", TensorGenerators::dropout),
          Operator.of("GatherElements", TensorGenerators::gatherElements),
          Operator.of("GatherND", TensorGenerators::gatherND),
          Operator.of("Trilu", TensorGenerators::likeFirst),
          Operator.of("ScatterND", TensorGenerators::likeFirst),
          Operator.of("ScatterElements", TensorGenerators::likeFirst),
          Operator.of("Scatter", TensorGenerators::likeFirst),
          Operator.of("ReverseSequence", TensorGenerators::likeFirst),
          Operator.of("EyeLike", TensorGenerators::likeFirst),
          Operator.of("RandomNormalLike", TensorGenerators::likeFirst),
          Operator.of("RandomUniformLike", TensorGenerators::likeFirst),
          Operator.of("CumSum", TensorGenerators::likeFirst));

  static List<Tensor> constant(NodeView node, LayerCollector book) {
    if (node.hasAttribute("value")) {
      return List.of(stored(node.tensor("value")));
    }
    if (node.hasAttribute("value_int")) {
      return List.of(
          Tensor.constant(Tensor.INT64, new long[0], Numbers.of(node.whole("value_int", 0))));
    }
    if (node.hasAttribute("value_float")) {
      return List.of(
          Tensor.constant(Tensor.FLOAT, new long[0], Numbers.ofReals(node.real("value_float", 0))));
    }
    if (node.hasAttribute("value_ints")) {
      Numbers values = Numbers.of(node.wholes("value_ints").orElseThrow());
      return List.of(Tensor.constant(Tensor.INT64, new long[] {values.size()}, small(values)));
    }
    if (node.hasAttribute("value_floats")) {
      Numbers values = Numbers.ofReals(node.reals("value_floats").orElseThrow());
      return List.of(Tensor.constant(Tensor.FLOAT, new long[] {values.size()}, small(values)));
    }
    throw new ModelException("is a constant of text or of a sparse tensor, which is not read");
  }

  private static Constant small(Numbers values) {
    return values.size() <= Numbers.MOST ? Constant.of(values) : Constant.UNKNOWN;
  }

  /** A stored tensor; its values are read where they are few. */
  static Tensor stored(TensorProto proto) {
    long[] dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    Dims.checked(dims);
    long elements = Dims.elements(dims);
    boolean isInside = !TensorValues.isExternal(proto);
    long count = TensorValues.count(proto);
    if (isInside && count >= 0 && count != elements) {
      throw new ModelException(
          "holds " + count + " values, must have " + elements + " for " + Dims.text(dims));
    }
    Numbers numbers = TensorValues.numbers(proto, elements);
    return Tensor.constant(proto.getDataType(), dims, new Constant(numbers, proto, 0, false));
  }

  static List<Tensor> constantOfShape(NodeView node, LayerCollector book) {
    long[] dims = Dims.checked(node.constantIn(0).longs());
    int type = Tensor.FLOAT;
    Numbers value = Numbers.ofReals(0);
    if (node.hasAttribute("value")) {
      Tensor filling = stored(node.tensor("value"));
      if (filling.elements() != 1 || filling.numbers() == null) {
        throw new ModelException(
            "is filled with " + Dims.text(filling.dims()) + ", must be one value");
      }
      type = filling.type();
      value = filling.numbers();
    }
    long elements = Dims.elements(dims);
    Numbers numbers = elements <= Numbers.MOST ? value.pick((int) elements, i -> 0) : null;
    return List.of(Tensor.constant(type, dims, new Constant(numbers, null, 0, true)));
  }

  static List<Tensor> shape(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    int rank = x.rank();
    int start = (int) bound(node.whole("start", 0), rank);
    int end = (int) bound(node.whole("end", rank), rank);
    long[] dims = start < end ? Arrays.copyOfRange(x.dims(), start, end) : new long[0];
    return List.of(Tensor.constant(Tensor.INT64, new long[] {dims.length}, Numbers.of(dims)));
  }

  private static long bound(long index, int rank) {
    return Math.max(0, Math.min(rank, index < 0 ? index + rank : index));
  }

  static List<Tensor> size(NodeView node, LayerCollector book) {
    return List.of(Tensor.constant(Tensor.INT64, new long[0], Numbers.of(node.in(0).elements())));
  }

  static List<Tensor> range(NodeView node, LayerCollector book) {
    Numbers start = node.constantIn(0);
    Numbers limit = node.constantIn(1);
    Numbers delta = node.constantIn(2);
    double step = delta.real(0);
    double count = Math.max(0, Math.ceil((limit.real(0) - start.real(0)) / step));
    if (!(count <= Dims.MOST_ELEMENTS)) {
      throw new ModelException("counts to " + count + " values");
    }
    long[] dims = {(long) count};
    if (count > Numbers.MOST) {
      return List.of(Tensor.constant(node.in(0).type(), dims, Constant.UNKNOWN));
    }
    double[] values = new double[(int) count];
    Arrays.setAll(values, i -> start.real(0) + i * step);
    Numbers numbers = Numbers.ofReals(values);
    return List.of(
        Tensor.constant(node.in(0).type(), dims, start.isWhole() ? numbers.toWhole() : numbers));
  }

  /** Positions of values that are not zero: known where the values are. */
  static List<Tensor> nonZero(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    Numbers numbers = node.constantIn(0);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.real(i) != 0) {
        found.add(i);
      }
    }
    long[] strides = Dims.strides(x.dims());
    long[] positions = new long[x.rank() * found.size()];
    for (int d = 0; d < x.rank(); d++) {
      for (int i = 0; i < found.size(); i++) {
        positions[d * found.size() + i] = found.get(i) / strides[d] % x.dim(d);
      }
    }
    return List.of(
        Tensor.constant(
            Tensor.INT64, new long[] {x.rank(), found.size()}, small(Numbers.of(positions))));
  }

  static List<Tensor> oneHot(NodeView node, LayerCollector book) {
    Tensor indices = node.in(0);
    long depth = node.constantIn(1).at(0);
    int axis = Dims.axis(node.whole("axis", -1), indices.rank() + 1);
    long[] dims = new long[indices.rank() + 1];
    System.arraycopy(indices.dims(), 0, dims, 0, axis);
    dims[axis] = depth;
    System.arraycopy(indices.dims(), axis, dims, axis + 1, indices.rank() - axis);
    return List.of(indices.made(node.in(2).type(), dims));
  }

  /** The size of the first input with computed values: masks, sums along an axis, noise. */
  static List<Tensor> likeFirst(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    if (!x.isConstant() && node.operator().equals("CumSum")) {
      book.charge(x.flow(), ADD, x.elements());
    }
    return List.of(x.withFlow(node.flow()).made(x.type(), x.dims()));
  }

  /** The size of the second input, values of the first. */
  static List<Tensor> gatherElements(NodeView node, LayerCollector book) {
    return List.of(node.made(node.in(0).type(), node.in(1).dims()));
  }

  static List<Tensor> gatherND(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    Tensor indices = node.in(1);
    int batch = (int) node.whole("batch_dims", 0);
    if (indices.rank() == 0 || batch < 0) {
      throw new ModelException("picks by a scalar");
    }
    long picked = indices.dim(indices.rank() - 1) + batch;
    if (picked > x.rank()) {
      throw new ModelException("picks " + picked + " of " + x.rank() + " dimensions");
    }
    int left = x.rank() - (int) picked;
    long[] dims = Arrays.copyOf(indices.dims(), indices.rank() - 1 + left);
    System.arraycopy(x.dims(), (int) picked, dims, indices.rank() - 1, left);
    return List.of(node.made(x.type(), dims));
  }

  static List<Tensor> dropout(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    boolean trains = x.isConstant() && node.has(2) && node.constantIn(2).isAny(value -> value != 0);
    Tensor y = trains ? x.made(x.type(), x.dims()) : x;
    return List.of(y, x.made(Tensor.BOOL, x.dims()));
  }
}
