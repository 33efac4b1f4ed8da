package dev.kirchhoff.mapper.execute;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Operators that look at many values at once: pools, normalisations, softmax, reductions, products
 * of two computed matrices. Sums run in double precision in one order. Source:
 * github.com/onnx/onnx, docs/Operators.md, release 1.17.
 */
final class ReducingOperators {
  private ReducingOperators() {}

  static void addTo(Map<String, ItemOperator> operators) {
    operators.put("MaxPool", (node, in) -> pool(node, in, true));
    operators.put("AveragePool", (node, in) -> pool(node, in, false));
    operators.put("GlobalMaxPool", (node, in) -> global(in, true));
    operators.put("GlobalAveragePool", (node, in) -> global(in, false));
    operators.put("BatchNormalization", ReducingOperators::batchNormalisation);
    operators.put("LayerNormalization", ReducingOperators::layerNormalisation);
    operators.put("Softmax", (node, in) -> softmax(node, in, false));
    operators.put("LogSoftmax", (node, in) -> softmax(node, in, true));
    operators.put("ReduceMean", (node, in) -> reduce(node, in, Reduction.MEAN));
    operators.put("ReduceSum", (node, in) -> reduce(node, in, Reduction.SUM));
    operators.put("ReduceMax", (node, in) -> reduce(node, in, Reduction.MAX));
    operators.put("ArgMax", ReducingOperators::argMax);
    operators.put("MatMul", (node, in) -> List.of(product(in.get(0), in.get(1))));
  }

  private static List<Values> pool(GraphNode node, List<Values> in, boolean isMaximum) {
    Values x = ItemOperator.required(in, 0);
    Sliding sliding = Sliding.of(node, x.dims(), node.attributes().wholes("kernel_shape"));
    boolean counts = node.attributes().whole("count_include_pad", 0) == 1;
    int[] taps = sliding.taps();
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
    return List.of(Values.of(sliding.dims(x.dim(0), x.dim(1)), out));
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

  private static List<Values> batchNormalisation(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    if (node.attributes().whole("training_mode", 0) == 1) {
      throw new ExecutionException("is in training mode, which is not executed");
    }
    double epsilon = node.attributes().real("epsilon", 1e-5);
    int channels = x.rank() > 1 ? x.dim(1) : 1;
    int plane = x.size() / (x.dim(0) * channels);
    float[] out = new float[x.size()];
    for (int i = 0; i < out.length; i++) {
      int c = i / plane % channels;
      double scale = in.get(1).at(c) / Math.sqrt(in.get(4).at(c) + epsilon);
      out[i] = (float) ((x.at(i) - in.get(3).at(c)) * scale + in.get(2).at(c));
    }
    return List.of(Values.of(x.dims(), out));
  }

  private static List<Values> layerNormalisation(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int axis = ItemOperator.axis(node.attributes().whole("axis", -1), x.rank());
    double epsilon = node.attributes().real("epsilon", 1e-5);
    int length = Values.count(Arrays.copyOfRange(x.dims(), axis, x.rank()));
    float[] out = new float[x.size()];
    for (int from = 0; from < out.length; from += length) {
      double mean = 0;
      for (int i = 0; i < length; i++) {
        mean += x.at(from + i);
      }
      mean /= length;
      double variance = 0;
      for (int i = 0; i < length; i++) {
        double distance = x.at(from + i) - mean;
        variance += distance * distance;
      }
      double scale = 1 / Math.sqrt(variance / length + epsilon);
      for (int i = 0; i < length; i++) {
        double value = (x.at(from + i) - mean) * scale * in.get(1).at(i);
        out[from + i] = (float) (value + (ItemOperator.given(in, 2) ? in.get(2).at(i) : 0));
      }
    }
    return List.of(Values.of(x.dims(), out));
  }

  private static List<Values> softmax(GraphNode node, List<Values> in, boolean isLogarithm) {
    Values x = ItemOperator.required(in, 0);
    boolean isOld = node.opset() < 13;
    int axis = ItemOperator.axis(node.attributes().whole("axis", isOld ? 1 : -1), x.rank());
    int length = isOld ? Values.count(Arrays.copyOfRange(x.dims(), axis, x.rank())) : x.dim(axis);
    int step = isOld ? 1 : Values.strides(x.dims())[axis];
    float[] out = new float[x.size()];
    for (int start = 0; start < out.length; start++) {
      if (start / step % length != 0) {
        continue;
      }
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < length; i++) {
        most = Math.max(most, x.at(start + i * step));
      }
      double sum = 0;
      for (int i = 0; i < length; i++) {
        sum += StrictMath.exp(x.at(start + i * step) - most);
      }
      for (int i = 0; i < length; i++) {
        double shifted = x.at(start + i * step) - most;
        out[start + i * step] =
            (float) (isLogarithm ? shifted - StrictMath.log(sum) : StrictMath.exp(shifted) / sum);
      }
    }
    return List.of(Values.of(x.dims(), out));
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
    int[] places = ElementOperators.places(kept, x.dims());
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

  /** The product of two computed tensors by the rule of numpy. */
  static Values product(Values a, Values b) {
    if (a.rank() < 2 || b.rank() < 2 || a.dim(-1) != b.dim(-2)) {
      throw new ExecutionException(
          "multiplies " + Arrays.toString(a.dims()) + " with " + Arrays.toString(b.dims()));
    }
    int m = a.dim(-2);
    int k = a.dim(-1);
    int n = b.dim(-1);
    int[] batchA = Arrays.copyOf(a.dims(), a.rank() - 2);
    int[] batchB = Arrays.copyOf(b.dims(), b.rank() - 2);
    int[] batch = ElementOperators.broadcast(batchA, batchB);
    int[] ia = ElementOperators.places(batchA, batch);
    int[] ib = ElementOperators.places(batchB, batch);
    int[] dims = Arrays.copyOf(batch, batch.length + 2);
    dims[batch.length] = m;
    dims[batch.length + 1] = n;
    float[] out = new float[Values.count(dims)];
    for (int g = 0; g < ia.length; g++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int t = 0; t < k; t++) {
            sum += (double) a.at((ia[g] * m + i) * k + t) * b.at((ib[g] * k + t) * n + j);
          }
          out[(g * m + i) * n + j] = (float) sum;
        }
      }
    }
    return Values.of(dims, out);
  }
}
