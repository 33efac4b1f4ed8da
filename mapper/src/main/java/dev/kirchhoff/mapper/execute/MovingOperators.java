package dev.kirchhoff.mapper.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Operators that move values and make constants. Source: github.com/onnx/onnx, docs/Operators.md,
 * release 1.17.
 */
final class MovingOperators {
  private MovingOperators() {}

  static void addTo(Map<String, ItemOperator> operators) {
    operators.put("Reshape", MovingOperators::reshape);
    operators.put("Flatten", MovingOperators::flatten);
    operators.put("Squeeze", MovingOperators::squeeze);
    operators.put("Unsqueeze", MovingOperators::unsqueeze);
    operators.put("Transpose", MovingOperators::transpose);
    operators.put("Concat", MovingOperators::concat);
    operators.put("Split", MovingOperators::split);
    operators.put("Slice", MovingOperators::slice);
    operators.put("Gather", MovingOperators::gather);
    operators.put("Expand", MovingOperators::expand);
    operators.put("Pad", MovingOperators::pad);
    operators.put("Constant", MovingOperators::constant);
    operators.put("ConstantOfShape", MovingOperators::constantOfShape);
    operators.put("Shape", MovingOperators::shape);
  }

  private static List<Values> shape(GraphNode node, List<Values> in) {
    int[] dims = ItemOperator.required(in, 0).dims();
    int from = bound(node.attributes().whole("start", 0), dims.length);
    int to = bound(node.attributes().whole("end", dims.length), dims.length);
    return List.of(ofWholes(Arrays.copyOfRange(dims, from, Math.max(from, to))));
  }

  private static int bound(int place, int length) {
    return Math.max(0, Math.min(length, place < 0 ? place + length : place));
  }

  private static Values ofWholes(int[] values) {
    float[] data = new float[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = values[i];
    }
    return Values.of(new int[] {values.length}, data).asWhole();
  }

  private static List<Values> reshape(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int[] dims = ItemOperator.wholes(node, in, "shape", 1);
    boolean zeroCopies = node.attributes().whole("allowzero", 0) == 0;
    int open = -1;
    int known = 1;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] == 0 && zeroCopies ? x.dim(i) : dims[i];
      open = dims[i] < 0 ? i : open;
      known *= dims[i] < 0 ? 1 : dims[i];
    }
    if (open >= 0) {
      dims[open] = x.size() / Math.max(1, known);
    }
    if (Values.count(dims) != x.size()) {
      throw new ExecutionException(
          "reshapes "
              + Arrays.toString(x.dims())
              + " to "
              + Arrays.toString(dims)
              + "; networks are executed item by item, so a batch must not be fixed");
    }
    return List.of(x.reshaped(dims));
  }

  private static List<Values> flatten(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int axis = node.attributes().whole("axis", 1);
    int front = axis < 0 ? axis + x.rank() : axis;
    int rows = Values.count(Arrays.copyOf(x.dims(), front));
    return List.of(x.reshaped(rows, x.size() / Math.max(1, rows)));
  }

  private static List<Values> squeeze(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int[] axes = ItemOperator.wholes(node, in, "axes", 1);
    boolean[] gone = new boolean[x.rank()];
    for (int d = 0; d < gone.length; d++) {
      gone[d] = axes.length == 0 && x.dim(d) == 1;
    }
    for (int axis : axes) {
      gone[ItemOperator.axis(axis, x.rank())] = true;
    }
    List<Integer> dims = new ArrayList<>();
    for (int d = 0; d < gone.length; d++) {
      if (!gone[d]) {
        dims.add(x.dim(d));
      }
    }
    return List.of(x.reshaped(dims.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static List<Values> unsqueeze(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int[] axes = ItemOperator.wholes(node, in, "axes", 1);
    int[] dims = new int[x.rank() + axes.length];
    for (int axis : axes) {
      dims[ItemOperator.axis(axis, dims.length)] = 1;
    }
    int next = 0;
    for (int d = 0; d < dims.length; d++) {
      dims[d] = dims[d] == 1 ? 1 : x.dim(next++);
    }
    return List.of(x.reshaped(dims));
  }

  private static List<Values> transpose(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int rank = x.rank();
    int[] order = node.attributes().wholes("perm");
    if (order.length == 0) {
      order = new int[rank];
      for (int d = 0; d < rank; d++) {
        order[d] = rank - 1 - d;
      }
    }
    int[] from = Values.strides(x.dims());
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    for (int d = 0; d < rank; d++) {
      dims[d] = x.dim(order[d]);
      strides[d] = from[order[d]];
    }
    return List.of(picked(x, dims, strides, 0));
  }

  /** Values at a start and distances along each dimension. */
  private static Values picked(Values x, int[] dims, int[] strides, int start) {
    float[] out = new float[Values.count(dims)];
    int[] at = new int[dims.length];
    int place = start;
    for (int i = 0; i < out.length; i++) {
      out[i] = x.at(place);
      for (int d = dims.length - 1; d >= 0; d--) {
        place += strides[d];
        if (++at[d] < dims[d]) {
          break;
        }
        place -= at[d] * strides[d];
        at[d] = 0;
      }
    }
    return Values.of(dims, out);
  }

  private static List<Values> concat(GraphNode node, List<Values> in) {
    int axis = ItemOperator.axis(node.attributes().whole("axis", 0), in.get(0).rank());
    int[] dims = in.get(0).dims();
    dims[axis] = in.stream().mapToInt(x -> x.dim(axis)).sum();
    float[] out = new float[Values.count(dims)];
    int outer = Values.count(Arrays.copyOf(dims, axis));
    int to = 0;
    for (int o = 0; o < outer; o++) {
      for (Values x : in) {
        int length = x.size() / outer;
        System.arraycopy(x.data(), o * length, out, to, length);
        to += length;
      }
    }
    return List.of(Values.of(dims, out));
  }

  private static List<Values> split(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int axis = ItemOperator.axis(node.attributes().whole("axis", 0), x.rank());
    int[] sizes = ItemOperator.wholes(node, in, "split", 1);
    int parts = node.outputs().size();
    if (sizes.length == 0) {
      int each = (x.dim(axis) + parts - 1) / parts;
      sizes = new int[parts];
      for (int i = 0; i < parts; i++) {
        sizes[i] = Math.min(each, x.dim(axis) - i * each);
      }
    }
    int[] strides = Values.strides(x.dims());
    List<Values> out = new ArrayList<>();
    int first = 0;
    for (int size : sizes) {
      int[] dims = x.dims();
      dims[axis] = size;
      out.add(picked(x, dims, strides, first * strides[axis]));
      first += size;
    }
    return out;
  }

  private static List<Values> slice(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int[] starts = ItemOperator.wholes(node, in, "starts", 1);
    int[] ends = ItemOperator.wholes(node, in, "ends", 2);
    int[] axes = ItemOperator.wholes(node, in, "axes", 3);
    int[] steps = ItemOperator.wholes(node, in, "steps", 4);
    int[] dims = x.dims();
    int[] strides = Values.strides(dims);
    int start = 0;
    for (int i = 0; i < starts.length; i++) {
      int axis = ItemOperator.axis(axes.length == 0 ? i : axes[i], x.rank());
      int step = steps.length == 0 ? 1 : steps[i];
      int size = x.dim(axis);
      int from = starts[i] < 0 ? starts[i] + size : starts[i];
      int to = ends[i] < 0 ? Math.max(-1, ends[i] + size) : ends[i];
      from = step > 0 ? Math.max(0, Math.min(size, from)) : Math.max(0, Math.min(size - 1, from));
      to = Math.min(size, to);
      dims[axis] = Math.max(0, (to - from + step - Integer.signum(step)) / step);
      start += from * strides[axis];
      strides[axis] *= step;
    }
    return List.of(picked(x, dims, strides, start));
  }

  private static List<Values> gather(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    Values indices = ItemOperator.required(in, 1);
    int axis = ItemOperator.axis(node.attributes().whole("axis", 0), x.rank());
    int outer = Values.count(Arrays.copyOf(x.dims(), axis));
    int inner = Values.strides(x.dims())[axis];
    int size = x.dim(axis);
    float[] out = new float[outer * indices.size() * inner];
    int to = 0;
    for (int o = 0; o < outer; o++) {
      for (int index : indices.wholes()) {
        int place = index < 0 ? index + size : index;
        System.arraycopy(x.data(), (o * size + place) * inner, out, to, inner);
        to += inner;
      }
    }
    int[] dims = new int[x.rank() - 1 + indices.rank()];
    System.arraycopy(x.dims(), 0, dims, 0, axis);
    System.arraycopy(indices.dims(), 0, dims, axis, indices.rank());
    System.arraycopy(x.dims(), axis + 1, dims, axis + indices.rank(), x.rank() - axis - 1);
    return List.of(Values.of(dims, out));
  }

  private static List<Values> expand(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    int[] dims = ElementOperators.broadcast(x.dims(), in.get(1).wholes());
    int[] places = ElementOperators.places(x.dims(), dims);
    float[] out = new float[places.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = x.at(places[i]);
    }
    return List.of(Values.of(dims, out));
  }

  private static List<Values> pad(GraphNode node, List<Values> in) {
    Values x = ItemOperator.required(in, 0);
    if (!node.attributes().text("mode", "constant").equals("constant")) {
      throw new ExecutionException("pads with values of the map; only constants are executed");
    }
    int[] pads = ItemOperator.wholes(node, in, "pads", 1);
    float value =
        ItemOperator.given(in, 2) ? in.get(2).at(0) : (float) node.attributes().real("value", 0);
    int rank = x.rank();
    if (ItemOperator.given(in, 3)) {
      pads = ofAxes(pads, in.get(3).wholes(), rank);
    }
    int[] dims = x.dims();
    for (int d = 0; d < rank; d++) {
      dims[d] += pads[d] + pads[rank + d];
    }
    float[] out = new float[Values.count(dims)];
    Arrays.fill(out, value);
    int[] strides = Values.strides(dims);
    int[] at = new int[rank];
    for (int i = 0; i < x.size(); i++) {
      int place = 0;
      boolean isInside = true;
      for (int d = 0; d < rank; d++) {
        int coordinate = at[d] + pads[d];
        isInside &= coordinate >= 0 && coordinate < dims[d];
        place += coordinate * strides[d];
      }
      if (isInside) {
        out[place] = x.at(i);
      }
      for (int d = rank - 1; d >= 0 && ++at[d] == x.dim(d); d--) {
        at[d] = 0;
      }
    }
    return List.of(Values.of(dims, out));
  }

  /** Pads of all axes, of which only some are given. */
  private static int[] ofAxes(int[] pads, int[] axes, int rank) {
    int[] all = new int[2 * rank];
    for (int i = 0; i < axes.length; i++) {
      int axis = ItemOperator.axis(axes[i], rank);
      all[axis] = pads[i];
      all[rank + axis] = pads[axes.length + i];
    }
    return all;
  }

  private static List<Values> constant(GraphNode node, List<Values> in) {
    GraphNode.Attributes attributes = node.attributes();
    if (attributes.has("value_float") || attributes.has("value_int")) {
      double value = attributes.real("value_float", attributes.real("value_int", 0));
      return List.of(Values.of(new int[0], new float[] {(float) value}));
    }
    if (attributes.has("value_ints")) {
      return List.of(ofWholes(attributes.wholes("value_ints")));
    }
    return List.of(attributes.tensor("value"));
  }

  private static List<Values> constantOfShape(GraphNode node, List<Values> in) {
    float[] out = new float[Values.count(ItemOperator.required(in, 0).wholes())];
    Arrays.fill(out, node.attributes().has("value") ? node.attributes().tensor("value").at(0) : 0);
    return List.of(Values.of(in.get(0).wholes(), out));
  }
}
