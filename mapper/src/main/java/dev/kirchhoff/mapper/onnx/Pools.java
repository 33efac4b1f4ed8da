package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.LOOKUP;
import static dev.kirchhoff.arch.workload.DigitalOperation.MAX_COMPARE;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;

import dev.kirchhoff.arch.workload.DigitalOperation;
import java.util.Arrays;
import java.util.List;

/**
 * Pools and reductions. Of k values, a maximum takes k − 1 comparisons, a sum k − 1 additions, a
 * mean one product more, a norm k products and a look-up; padding is not subtracted.
 */
final class Pools {
  private Pools() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          Operator.of("MaxPool", Pools::pool).executed((node, in) -> pool(node, in, true)),
          Operator.of("AveragePool", Pools::pool).executed((node, in) -> pool(node, in, false)),
          Operator.of("LpPool", Pools::pool),
          Operator.of("GlobalMaxPool", Pools::global).executed((node, in) -> global(in, true)),
          Operator.of("GlobalAveragePool", Pools::global).executed((node, in) -> global(in, false)),
          Operator.of("GlobalLpPool", Pools::global),
          Operator.of("ReduceSum", Pools::reduce)
              .executed((node, in) -> reduce(node, in, Reduction.SUM)),
          Operator.of("ReduceMean", Pools::reduce)
              .executed((node, in) -> reduce(node, in, Reduction.MEAN)),
          Operator.of("ReduceMax", Pools::reduce)
              .executed((node, in) -> reduce(node, in, Reduction.MAX)),
          Operator.of("ReduceMin", Pools::reduce),
          Operator.of("ReduceProd", Pools::reduce),
          Operator.of("ReduceL1", Pools::reduce),
          Operator.of("ReduceL2", Pools::reduce),
          Operator.of("ReduceSumSquare", Pools::reduce),
          Operator.of("ReduceLogSum", Pools::reduce),
          Operator.of("ReduceLogSumExp", Pools::reduce),
          Operator.of("ArgMax", Pools::position).executed(Pools::argMax),
          Operator.of("ArgMin", Pools::position),
          Operator.of("TopK", Pools::largest));

  static List<Tensor> pool(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    Sliding sliding =
        Sliding.of(
            node,
            node.wholes("kernel_shape")
                .orElseThrow(() -> new ModelException("misses the attribute kernel_shape")));
    long[] dims = sliding.dims(x.dim(0), x.dim(1));
    String kind = node.operator().replaceAll("Pool$", "");
    Tensor y = reduced(book, x, dims, sliding.taps(), kind);
    if (node.outputs() < 2) {
      return List.of(y);
    }
    return List.of(
        y,
        y.isConstant()
            ? Tensor.constant(Tensor.INT64, dims, Constant.UNKNOWN)
            : Tensor.computed(Tensor.INT64, dims, y.flow()));
  }

  static List<Tensor> global(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    if (x.rank() < 3) {
      throw new ModelException("pools " + Dims.text(x.dims()) + ", which has no map");
    }
    long[] dims = x.dims().clone();
    Arrays.fill(dims, 2, dims.length, 1);
    String kind = node.operator().replaceAll("^Global|Pool$", "");
    return List.of(reduced(book, x, dims, Dims.product(x.dims(), 2, x.rank()), kind));
  }

  /** A reduction over axes, all of them if none is given. */
  static List<Tensor> reduce(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    boolean keeps = node.whole("keepdims", 1) != 0;
    long[] axes = node.wholes("axes", 1).orElse(new long[0]);
    if (axes.length == 0 && node.whole("noop_with_empty_axes", 0) != 0) {
      return List.of(x);
    }
    boolean[] isReduced = new boolean[x.rank()];
    Arrays.fill(isReduced, axes.length == 0);
    for (long axis : axes) {
      isReduced[Dims.axis(axis, x.rank())] = true;
    }
    long[] kept = x.dims().clone();
    int rank = 0;
    long[] left = new long[x.rank()];
    for (int i = 0; i < kept.length; i++) {
      if (isReduced[i]) {
        kept[i] = 1;
      } else {
        left[rank++] = kept[i];
      }
    }
    long[] dims = keeps ? kept : Arrays.copyOf(left, rank);
    String kind = node.operator().replaceAll("^Reduce", "");
    if (x.isConstant() && x.numbers() != null && x.elements() <= Numbers.MOST) {
      Numbers folded = folded(x, kept, kind);
      if (folded != null) {
        return List.of(Tensor.constant(x.type(), dims, folded));
      }
    }
    long each = x.elements() == 0 ? 0 : x.elements() / Math.max(1, Dims.elements(kept));
    return List.of(reduced(book, x, dims, each, kind));
  }

  private static Numbers folded(Tensor x, long[] kept, String kind) {
    if (!List.of("Sum", "Prod", "Max", "Min").contains(kind) || Dims.elements(kept) == 0) {
      return null;
    }
    double[] results = new double[(int) Dims.elements(kept)];
    boolean[] isBegun = new boolean[results.length];
    var position = ElementWise.position(x.dims(), kept);
    for (int i = 0; i < x.numbers().size(); i++) {
      int at = position.applyAsInt(i);
      double value = x.numbers().real(i);
      results[at] =
          !isBegun[at]
              ? value
              : switch (kind) {
                case "Sum" -> results[at] + value;
                case "Prod" -> results[at] * value;
                case "Max" -> Math.max(results[at], value);
                default -> Math.min(results[at], value);
              };
      isBegun[at] = true;
    }
    Numbers reals = Numbers.ofReals(results);
    return x.numbers().isWhole() ? reals.toWhole() : reals;
  }

  private static Tensor reduced(
      LayerCollector book, Tensor x, long[] dims, long taps, String kind) {
    if (x.isConstant()) {
      return Tensor.constant(x.type(), dims, Constant.UNKNOWN);
    }
    long outputs = Dims.elements(dims);
    long others = Math.multiplyExact(Math.max(0, taps - 1), outputs);
    long all = Math.multiplyExact(taps, outputs);
    boolean isMaximum = kind.equals("Max") || kind.equals("Min");
    DigitalOperation repeated =
        isMaximum ? MAX_COMPARE : kind.equals("Prod") ? MULTIPLY_ACCUMULATE : ADD;
    switch (kind) {
      case "Max", "Min", "Sum", "Prod" -> book.charge(x.flow(), repeated, others);
      case "Average", "Mean" -> {
        book.charge(x.flow(), ADD, others);
        book.charge(x.flow(), MULTIPLY_ACCUMULATE, outputs);
      }
      case "L1" -> book.charge(x.flow(), ADD, all);
      case "SumSquare" -> book.charge(x.flow(), MULTIPLY_ACCUMULATE, all);
      case "L2", "Lp" -> {
        book.charge(x.flow(), MULTIPLY_ACCUMULATE, all);
        book.charge(x.flow(), LOOKUP, outputs);
      }
      default -> {
        book.charge(x.flow(), ADD, others);
        book.charge(x.flow(), LOOKUP, kind.equals("LogSum") ? outputs : all + outputs);
      }
    }
    ValueKind values =
        switch (kind) {
          case "L1", "L2", "Lp", "SumSquare" -> ValueKind.POSITIVE;
          case "LogSum", "LogSumExp" -> ValueKind.SIGNED;
          default -> x.flow().kind();
        };
    return Tensor.computed(x.type(), dims, x.flow().as(values));
  }

  /** Position of the largest or smallest along an axis. */
  static List<Tensor> position(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    int axis = Dims.axis(node.whole("axis", 0), x.rank());
    long[] kept = Dims.with(x.dims(), axis, 1);
    long[] dims = kept;
    if (node.whole("keepdims", 1) == 0) {
      dims = new long[kept.length - 1];
      System.arraycopy(kept, 0, dims, 0, axis);
      System.arraycopy(kept, axis + 1, dims, axis, dims.length - axis);
    }
    if (x.isConstant()) {
      return List.of(Tensor.constant(Tensor.INT64, dims, Constant.UNKNOWN));
    }
    book.charge(x.flow(), MAX_COMPARE, x.elements() - Dims.elements(dims));
    return List.of(Tensor.computed(Tensor.INT64, dims, x.flow()));
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
    if (x.isConstant()) {
      return List.of(
          Tensor.constant(x.type(), dims, Constant.UNKNOWN),
          Tensor.constant(Tensor.INT64, dims, Constant.UNKNOWN));
    }
    book.charge(x.flow(), MAX_COMPARE, x.elements() * (64 - Long.numberOfLeadingZeros(k)));
    return List.of(
        Tensor.computed(x.type(), dims, x.flow()), Tensor.computed(Tensor.INT64, dims, x.flow()));
  }

  private static List<Values> pool(GraphNode node, List<Values> in, boolean isMaximum) {
    Values x = ItemOperator.required(in, 0);
    Sliding sliding = Sliding.of(node, x.dims(), node.attributes().wholes("kernel_shape"));
    boolean counts = node.attributes().whole("count_include_pad", 0) == 1;
    int[] taps = sliding.places();
    int positions = sliding.positions();
    int kernel = sliding.kernelSize();
    int channels = x.dim(0) * x.dim(1);
    int plane = x.size() / channels;
    float[] out = new float[channels * positions];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < positions; p++) {
        double sum = isMaximum ? Double.NEGATIVE_INFINITY : 0;
        int inside = 0;
        for (int k = 0; k < kernel; k++) {
          int tap = taps[k * positions + p];
          if (tap >= 0) {
            float value = x.at(c * plane + tap);
            sum = isMaximum ? Math.max(sum, value) : sum + value;
            inside++;
          }
        }
        out[c * positions + p] = (float) (isMaximum ? sum : sum / (counts ? kernel : inside));
      }
    }
    return List.of(Values.of(sliding.itemDims(x.dim(0), x.dim(1)), out));
  }

  private static List<Values> global(List<Values> in, boolean isMaximum) {
    Values x = ItemOperator.required(in, 0);
    int channels = x.dim(0) * x.dim(1);
    int plane = x.size() / channels;
    float[] out = new float[channels];
    for (int c = 0; c < channels; c++) {
      double sum = isMaximum ? Double.NEGATIVE_INFINITY : 0;
      for (int i = 0; i < plane; i++) {
        float value = x.at(c * plane + i);
        sum = isMaximum ? Math.max(sum, value) : sum + value;
      }
      out[c] = (float) (isMaximum ? sum : sum / plane);
    }
    int[] dims = x.dims();
    Arrays.fill(dims, 2, dims.length, 1);
    return List.of(Values.of(dims, out));
  }

  private enum Reduction {
    SUM,
    MEAN,
    MAX
  }

  private static List<Values> reduce(GraphNode node, List<Values> in, Reduction reduction) {
    Values x = ItemOperator.required(in, 0);
    int[] axes = ItemOperator.wholes(node, in, "axes", 1);
    boolean[] reduced = new boolean[x.rank()];
    Arrays.fill(reduced, axes.length == 0);
    for (int axis : axes) {
      reduced[ItemOperator.axis(axis, x.rank())] = true;
    }
    int[] kept = x.dims();
    int terms = 1;
    for (int d = 0; d < kept.length; d++) {
      terms *= reduced[d] ? kept[d] : 1;
      kept[d] = reduced[d] ? 1 : kept[d];
    }
    int[] places = ElementWise.places(kept, x.dims());
    double[] sums = new double[Values.count(kept)];
    Arrays.fill(sums, reduction == Reduction.MAX ? Double.NEGATIVE_INFINITY : 0);
    for (int i = 0; i < places.length; i++) {
      sums[places[i]] =
          reduction == Reduction.MAX
              ? Math.max(sums[places[i]], x.at(i))
              : sums[places[i]] + x.at(i);
    }
    float[] out = new float[sums.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (reduction == Reduction.MEAN ? sums[i] / terms : sums[i]);
    }
    boolean keeps = node.attributes().whole("keepdims", 1) == 1;
    return List.of(Values.of(keeps ? kept : without(kept, reduced), out));
  }

  private static int[] without(int[] dims, boolean[] removed) {
    return java.util.stream.IntStream.range(0, dims.length)
        .filter(d -> !removed[d])
        .map(d -> dims[d])
        .toArray();
  }

  private static List<Values> argMax(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int axis = ItemOperator.axis(node.attributes().whole("axis", 0), x.rank());
    int step = Values.strides(x.dims())[axis];
    int length = x.dim(axis);
    boolean takesLast = node.attributes().whole("select_last_index", 0) == 1;
    float[] out = new float[x.size() / length];
    for (int i = 0; i < out.length; i++) {
      int start = i / step * step * length + i % step;
      int best = 0;
      for (int k = 1; k < length; k++) {
        float distance = x.at(start + k * step) - x.at(start + best * step);
        best = distance > 0 || distance == 0 && takesLast ? k : best;
      }
      out[i] = best;
    }
    boolean[] removed = new boolean[x.rank()];
    removed[axis] = true;
    int[] dims = x.dims();
    dims[axis] = 1;
    boolean keeps = node.attributes().whole("keepdims", 1) == 1;
    return List.of(Values.of(keeps ? dims : without(dims, removed), out));
  }
}
