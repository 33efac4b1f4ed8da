package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.LOOKUP;
import static dev.kirchhoff.arch.workload.DigitalOperation.MAX_COMPARE;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;

import dev.kirchhoff.arch.workload.DigitalOperation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Pools and reductions. Of k values, a maximum takes k − 1 comparisons, a sum k − 1 additions, a
 * mean one product more, a norm k products and a look-up; padding is not subtracted.
 */
final class Pools {
  private Pools() {}

  /** Function of several values, with the work that it takes. */
  private enum Reduction {
    SUM,
    MEAN,
    MAX,
    MIN,
    PRODUCT,
    ABSOLUTE_SUM,
    NORM,
    SQUARES,
    LOG_SUM,
    LOG_SUM_EXP;

    /**
     * Work.
     *
     * @param values number of values that are reduced
     * @param outputs number of results
     */
    Map<DigitalOperation, Long> work(long values, long outputs) {
      long others = Math.max(0, values - outputs);
      return switch (this) {
        case SUM -> Map.of(ADD, others);
        case MAX, MIN -> Map.of(MAX_COMPARE, others);
        case PRODUCT -> Map.of(MULTIPLY_ACCUMULATE, others);
        case MEAN -> Map.of(ADD, others, MULTIPLY_ACCUMULATE, outputs);
        case ABSOLUTE_SUM -> Map.of(ADD, values);
        case SQUARES -> Map.of(MULTIPLY_ACCUMULATE, values);
        case NORM -> Map.of(MULTIPLY_ACCUMULATE, values, LOOKUP, outputs);
        case LOG_SUM -> Map.of(ADD, others, LOOKUP, outputs);
        case LOG_SUM_EXP -> Map.of(ADD, others, LOOKUP, values + outputs);
      };
    }

    ValueKind kind(ValueKind reduced) {
      return switch (this) {
        case SUM, MEAN, MAX, MIN, PRODUCT -> reduced;
        case ABSOLUTE_SUM, NORM, SQUARES -> ValueKind.POSITIVE;
        case LOG_SUM, LOG_SUM_EXP -> ValueKind.SIGNED;
      };
    }

    /** Its value of two whole or real constants; empty if it is not computed. */
    Optional<DoubleBinaryOperator> folded() {
      return switch (this) {
        case SUM -> Optional.of(Double::sum);
        case PRODUCT -> Optional.of((a, b) -> a * b);
        case MAX -> Optional.of(Math::max);
        case MIN -> Optional.of(Math::min);
        case MEAN, ABSOLUTE_SUM, NORM, SQUARES, LOG_SUM, LOG_SUM_EXP -> Optional.empty();
      };
    }

    Tensor apply(LayerCollector book, Tensor x, long[] dims, long taps) {
      long outputs = Dims.elements(dims);
      return x.isConstant()
          ? x.made(x.type(), dims)
          : book.worked(
              x, dims, kind(x.flow().kind()), work(Math.multiplyExact(taps, outputs), outputs));
    }
  }

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          pool("MaxPool", Reduction.MAX),
          pool("AveragePool", Reduction.MEAN),
          pool("LpPool", Reduction.NORM),
          global("GlobalMaxPool", Reduction.MAX),
          global("GlobalAveragePool", Reduction.MEAN),
          global("GlobalLpPool", Reduction.NORM),
          reduce("ReduceSum", Reduction.SUM),
          reduce("ReduceMean", Reduction.MEAN),
          reduce("ReduceMax", Reduction.MAX),
          reduce("ReduceMin", Reduction.MIN),
          reduce("ReduceProd", Reduction.PRODUCT),
          reduce("ReduceL1", Reduction.ABSOLUTE_SUM),
          reduce("ReduceL2", Reduction.NORM),
          reduce("ReduceSumSquare", Reduction.SQUARES),
          reduce("ReduceLogSum", Reduction.LOG_SUM),
          reduce("ReduceLogSumExp", Reduction.LOG_SUM_EXP),
          Operator.of("ArgMax", Pools::position),
          Operator.of("ArgMin", Pools::position),
          Operator.of("TopK", Pools::largest));

  private static Operator pool(String name, Reduction reduction) {
    return Operator.of(
        name,
        (node, book) -> {
          Tensor x = node.in(0);
          Sliding sliding =
              Sliding.of(
                  node,
                  x.dims(),
                  node.wholes("kernel_shape")
                      .orElseThrow(() -> new ModelException("misses the attribute kernel_shape")));
          long[] dims = sliding.dims(x.dim(0), x.dim(1));
          Tensor y = reduction.apply(book, x, dims, sliding.taps());
          return node.outputs() < 2 ? List.of(y) : List.of(y, y.made(Tensor.INT64, dims));
        });
  }

  private static Operator global(String name, Reduction reduction) {
    return Operator.of(name, (node, book) -> List.of(global(node, book, reduction)));
  }

  /** The reduction of each channel of a map. */
  private static Tensor global(NodeView node, LayerCollector book, Reduction reduction) {
    Tensor x = node.in(0);
    if (x.rank() < 3) {
      throw new ModelException("pools " + Dims.text(x.dims()) + ", which has no map");
    }
    long[] dims = x.dims().clone();
    Arrays.fill(dims, 2, dims.length, 1);
    return reduction.apply(book, x, dims, Dims.product(x.dims(), 2, x.rank()));
  }

  private static Operator reduce(String name, Reduction reduction) {
    return Operator.of(name, (node, book) -> List.of(reduce(node, book, reduction)));
  }

  /** A reduction over axes, all of them if none is given. */
  private static Tensor reduce(NodeView node, LayerCollector book, Reduction reduction) {
    Tensor x = node.in(0);
    long[] axes = node.wholes("axes", 1).orElse(new long[0]);
    if (axes.length == 0 && node.whole("noop_with_empty_axes", 0) != 0) {
      return x;
    }
    boolean[] isReduced = new boolean[x.rank()];
    Arrays.fill(isReduced, axes.length == 0);
    for (long axis : axes) {
      isReduced[Dims.axis(axis, x.rank())] = true;
    }
    long[] kept =
        IntStream.range(0, x.rank()).mapToLong(i -> isReduced[i] ? 1 : x.dim(i)).toArray();
    long[] dims = node.whole("keepdims", 1) != 0 ? kept : Dims.without(x.dims(), isReduced);
    long results = Dims.elements(kept);
    boolean folds = x.numbers() != null && x.numbers().size() > 0;
    if (folds && reduction.folded().isPresent()) {
      return Tensor.constant(x.type(), dims, folded(x, kept, reduction.folded().get()));
    }
    return reduction.apply(book, x, dims, x.elements() / Math.max(1, results));
  }

  private static Numbers folded(Tensor x, long[] kept, DoubleBinaryOperator function) {
    double[] results = new double[(int) Dims.elements(kept)];
    boolean[] isBegun = new boolean[results.length];
    IntUnaryOperator position = ElementWise.position(x.dims(), kept);
    for (int i = 0; i < x.numbers().size(); i++) {
      int group = position.applyAsInt(i);
      double value = x.numbers().real(i);
      results[group] = isBegun[group] ? function.applyAsDouble(results[group], value) : value;
      isBegun[group] = true;
    }
    Numbers reals = Numbers.ofReals(results);
    return x.numbers().isWhole() ? reals.toWhole() : reals;
  }

  /** Position of the largest or smallest along an axis. */
  static List<Tensor> position(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    int axis = Dims.axis(node.whole("axis", 0), x.rank());
    boolean[] isReduced = new boolean[x.rank()];
    isReduced[axis] = true;
    long[] dims =
        node.whole("keepdims", 1) == 0
            ? Dims.without(x.dims(), isReduced)
            : Dims.with(x.dims(), axis, 1);
    if (!x.isConstant()) {
      book.charge(x.flow(), MAX_COMPARE, x.elements() - Dims.elements(dims));
    }
    return List.of(x.made(Tensor.INT64, dims));
  }

  /** The largest k along an axis; comparisons of a heap of k. */
  static List<Tensor> largest(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    int axis = Dims.axis(node.whole("axis", -1), x.rank());
    long k = node.has(1) ? node.constantIn(1).at(0) : node.whole("k", 1);
    if (k < 0 || k > x.dim(axis)) {
      throw new ModelException("takes the largest " + k + " of " + x.dim(axis));
    }
    long[] dims = Dims.with(x.dims(), axis, k);
    if (!x.isConstant()) {
      book.charge(x.flow(), MAX_COMPARE, x.elements() * (64 - Long.numberOfLeadingZeros(k)));
    }
    return List.of(x.made(x.type(), dims), x.made(Tensor.INT64, dims));
  }
}
