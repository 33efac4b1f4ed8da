package dev.kirchhoff.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Shape operators: they rearrange elements (reshape, transpose, slice, concatenate, pad) and
 * compute none. They cost nothing here; traffic is counted where a layer reads. Contents of small
 * constants are rearranged too.
 */
final class ShapeOperators {
  private ShapeOperators() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          Operator.of("Reshape", ShapeOperators::reshape),
          Operator.of("Flatten", ShapeOperators::flatten),
          Operator.of("Squeeze", ShapeOperators::squeeze),
          Operator.of("Unsqueeze", ShapeOperators::unsqueeze),
          Operator.of("Transpose", ShapeOperators::transpose),
          Operator.of("Slice", ShapeOperators::slice),
          Operator.of("Gather", ShapeOperators::gather),
          Operator.of("Concat", ShapeOperators::concat),
          Operator.of("Split", ShapeOperators::split),
          Operator.of("Expand", ShapeOperators::expand),
          Operator.of("Pad", ShapeOperators::pad),
          Operator.of("Tile", ShapeOperators::tile),
          Operator.of("DepthToSpace", ShapeOperators::depthToSpace),
          Operator.of("SpaceToDepth", ShapeOperators::depthToSpace));

  /** Values of a tensor in other dimensions. */
  private static Tensor reshaped(Tensor x, long... dims) {
    Dims.checked(dims);
    if (Dims.elements(dims) != x.elements()) {
      throw new ModelException(
          "makes " + Dims.text(dims) + " of " + Dims.text(x.dims()) + ", which has other elements");
    }
    return x.reshaped(dims);
  }

  /** Values picked from a tensor; {@code from} gives the position of each. */
  private static Tensor picked(Tensor x, long[] dims, IntUnaryOperator from) {
    long elements = Dims.elements(Dims.checked(dims));
    boolean folds = x.numbers() != null && elements <= Numbers.MOST;
    return moved(x, dims, folds ? x.numbers().pick((int) elements, from) : null);
  }

  /** Values of a tensor in another order, or some of them; null where they are not known. */
  private static Tensor moved(Tensor x, long[] dims, Numbers numbers) {
    return x.isConstant()
        ? Tensor.constant(x.type(), dims, x.constant().moved(numbers))
        : Tensor.computed(x.type(), dims, x.flow());
  }

  static List<Tensor> reshape(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] stated = node.wholes("shape").orElse(null);
    if (stated == null && node.in(1).numbers() == null) {
      return List.of(reshaped(x, node.declared(0).orElseGet(() -> node.constantIn(1).longs())));
    }
    long[] dims = stated == null ? node.constantIn(1).longs() : stated.clone();
    boolean allowsZero = node.whole("allowzero", 0) != 0;
    int inferred = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 0 && !allowsZero) {
        if (i >= x.rank()) {
          throw new ModelException("keeps dimension " + i + " of " + Dims.text(x.dims()));
        }
        dims[i] = x.dim(i);
      }
      if (dims[i] == -1 && inferred < 0) {
        inferred = i;
      } else if (dims[i] < 0) {
        throw new ModelException("has the shape " + ModelText.shown(Arrays.toString(dims)));
      } else {
        known = Dims.elements(Dims.checked(known, dims[i]));
      }
    }
    if (inferred >= 0) {
      if (known == 0 || x.elements() % known != 0) {
        throw new ModelException(
            "cannot make " + ModelText.shown(Arrays.toString(dims)) + " of " + Dims.text(x.dims()));
      }
      dims[inferred] = x.elements() / known;
    }
    return List.of(reshaped(x, dims));
  }

  static List<Tensor> flatten(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long axis = node.whole("axis", 1);
    int split = axis == x.rank() ? x.rank() : Dims.axis(axis, Math.max(1, x.rank()));
    long front = Dims.product(x.dims(), 0, Math.min(split, x.rank()));
    return List.of(reshaped(x, front, Dims.product(x.dims(), Math.min(split, x.rank()), x.rank())));
  }

  static List<Tensor> squeeze(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] axes = node.wholes("axes", 1).orElse(null);
    boolean[] drops = new boolean[x.rank()];
    for (int i = 0; axes == null && i < drops.length; i++) {
      drops[i] = x.dim(i) == 1;
    }
    for (int i = 0; axes != null && i < axes.length; i++) {
      drops[Dims.axis(axes[i], x.rank())] = true;
    }
    return List.of(reshaped(x, Dims.without(x.dims(), drops)));
  }

  static List<Tensor> unsqueeze(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] axes = node.wholes("axes", 1).orElseThrow(() -> new ModelException("misses its axes"));
    if (axes.length > 32) {
      throw new ModelException("adds " + axes.length + " dimensions");
    }
    long[] dims = new long[x.rank() + axes.length];
    for (long axis : axes) {
      dims[Dims.axis(axis, dims.length)] = -1;
    }
    int from = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1) {
        dims[i] = 1;
      } else if (from < x.rank()) {
        dims[i] = x.dim(from++);
      } else {
        throw new ModelException("adds a dimension twice");
      }
    }
    return List.of(reshaped(x, dims));
  }

  static List<Tensor> transpose(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] order = node.wholes("perm").orElse(null);
    int rank = x.rank();
    long[] dims = new long[rank];
    long[] strides = Dims.strides(x.dims());
    long[] taken = new long[rank];
    boolean[] used = new boolean[rank];
    if (order != null && order.length != rank) {
      throw new ModelException("permutes " + order.length + " of " + rank + " dimensions");
    }
    for (int i = 0; i < rank; i++) {
      int from = order == null ? rank - 1 - i : Dims.axis(order[i], rank);
      if (used[from]) {
        throw new ModelException("permutes dimension " + from + " twice");
      }
      used[from] = true;
      dims[i] = x.dim(from);
      taken[i] = strides[from];
    }
    return List.of(picked(x, dims, gather(dims, taken, 0)));
  }

  /** Positions in a tensor with these strides. */
  private static IntUnaryOperator gather(long[] dims, long[] taken, long start) {
    long[] outer = Dims.strides(dims);
    return i -> {
      long place = start;
      for (int d = 0; d < dims.length; d++) {
        place += i / outer[d] % dims[d] * taken[d];
      }
      return (int) place;
    };
  }

  static List<Tensor> slice(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] starts =
        node.wholes("starts", 1).orElseThrow(() -> new ModelException("misses its starts"));
    long[] ends = node.wholes("ends", 2).orElseThrow(() -> new ModelException("misses its ends"));
    long[] axes = node.wholes("axes", 3).orElse(null);
    long[] steps = node.has(4) ? node.constantIn(4).longs() : null;
    if (ends.length != starts.length
        || axes != null && axes.length != starts.length
        || steps != null && steps.length != starts.length
        || axes == null && starts.length > x.rank()) {
      throw new ModelException("has starts, ends, axes and steps of different number");
    }
    long[] dims = x.dims().clone();
    long[] taken = Dims.strides(x.dims());
    long[] strides = taken.clone();
    long start = 0;
    for (int i = 0; i < starts.length; i++) {
      int axis = axes == null ? i : Dims.axis(axes[i], x.rank());
      long step = steps == null ? 1 : steps[i];
      if (step == 0 || step == Long.MIN_VALUE) {
        throw new ModelException("has the step " + step);
      }
      long size = x.dim(axis);
      long low = step > 0 ? 0 : -1;
      long high = step > 0 ? size : size - 1;
      long from = Math.max(0, Math.min(high, starts[i] < 0 ? starts[i] + size : starts[i]));
      long to = Math.max(low, Math.min(high, ends[i] < 0 ? Math.max(-1, ends[i] + size) : ends[i]));
      long span = step > 0 ? to - from : from - to;
      long width = Math.abs(step);
      dims[axis] = span <= 0 ? 0 : (span - 1) / width + 1;
      start += from * strides[axis];
      taken[axis] = dims[axis] <= 1 ? 0 : strides[axis] * step;
    }
    return List.of(picked(x, dims, gather(dims, taken, start)));
  }

  static List<Tensor> gather(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    Tensor indices = node.in(1);
    int axis = Dims.axis(node.whole("axis", 0), x.rank());
    long[] dims = new long[x.rank() - 1 + indices.rank()];
    System.arraycopy(x.dims(), 0, dims, 0, axis);
    System.arraycopy(indices.dims(), 0, dims, axis, indices.rank());
    System.arraycopy(x.dims(), axis + 1, dims, axis + indices.rank(), x.rank() - axis - 1);
    Dims.checked(dims);
    if (!indices.isConstant()) {
      Flow flow =
          x.isConstant()
              ? indices.flow().as(ValueKind.SIGNED)
              : Flow.union(List.of(x.flow(), indices.flow())).as(x.flow().kind());
      return List.of(Tensor.computed(x.type(), dims, flow));
    }
    boolean folds = x.numbers() != null && indices.numbers() != null;
    if (!folds || Dims.elements(dims) > Numbers.MOST) {
      return List.of(moved(x, dims, null));
    }
    int inner = (int) Dims.product(x.dims(), axis + 1, x.rank());
    int count = indices.numbers().size();
    long size = x.dim(axis);
    for (int i = 0; i < count; i++) {
      Dims.axis(indices.numbers().at(i), (int) Math.min(Integer.MAX_VALUE, size));
    }
    return List.of(
        picked(
            x,
            dims,
            i -> {
              long index = indices.numbers().at(i / inner % count);
              long slot = index < 0 ? index + size : index;
              return (int) (((long) (i / inner / count) * size + slot) * inner + i % inner);
            }));
  }

  static List<Tensor> concat(NodeView node, LayerCollector book) {
    List<Tensor> inputs = node.given();
    if (inputs.isEmpty() || inputs.get(0).rank() == 0) {
      throw new ModelException("joins nothing");
    }
    Tensor first = inputs.get(0);
    int axis = Dims.axis(node.whole("axis", 1), first.rank());
    long sum = 0;
    boolean areKnown = true;
    boolean areFilled = true;
    for (Tensor each : inputs) {
      boolean isFlatEmpty = each.rank() == 1 && each.dim(0) == 0;
      if (each.rank() != first.rank()
          || !isFlatEmpty
              && !Arrays.equals(
                  Dims.with(each.dims(), axis, 1), Dims.with(first.dims(), axis, 1))) {
        throw new ModelException(
            "joins " + Dims.text(first.dims()) + " and " + Dims.text(each.dims()));
      }
      sum += each.dim(axis);
      areKnown &= each.numbers() != null;
      areFilled &= each.isConstant() && each.constant().isFilled();
    }
    long[] dims = Dims.with(first.dims(), axis, sum);
    if (!node.isAllConstant()) {
      boolean mayBeNegative =
          inputs.stream().anyMatch(each -> each.isConstant() && each.mayBeNegative());
      Flow flow = node.flow();
      return List.of(
          Tensor.computed(first.type(), dims, flow.of(flow.kind().scaled(mayBeNegative))));
    }
    if (!areKnown || Dims.elements(dims) > Numbers.MOST) {
      return List.of(Tensor.constant(first.type(), dims, new Constant(null, null, 0, areFilled)));
    }
    return List.of(Tensor.constant(first.type(), dims, joined(inputs, axis, dims)));
  }

  private static Numbers joined(List<Tensor> inputs, int axis, long[] dims) {
    int inner = (int) Dims.product(dims, axis + 1, dims.length);
    int[] from = new int[(int) Dims.elements(dims)];
    int offset = 0;
    int first = 0;
    for (Tensor each : inputs) {
      int row = (int) each.dim(axis) * inner;
      int size = each.numbers().size();
      for (int i = 0; i < size; i++) {
        from[(int) (i / row * dims[axis] * inner + offset + i % row)] = first + i;
      }
      offset += row;
      first += size;
    }
    return Numbers.concatenated(inputs.stream().map(Tensor::numbers).toList())
        .pick(from.length, i -> from[i]);
  }

  static List<Tensor> split(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    int axis = Dims.axis(node.whole("axis", 0), x.rank());
    int outputs = node.outputs();
    long[] sizes = node.wholes("split", 1).orElse(null);
    if (sizes == null) {
      long count = node.whole("num_outputs", outputs);
      long each = (x.dim(axis) + count - 1) / Math.max(1, count);
      sizes = new long[outputs];
      long left = x.dim(axis);
      for (int i = 0; i < outputs; i++) {
        sizes[i] = Math.min(left, each);
        left -= sizes[i];
      }
    }
    if (sizes.length != outputs || Arrays.stream(sizes).sum() != x.dim(axis)) {
      throw new ModelException(
          "splits " + x.dim(axis) + " into " + ModelText.shown(Arrays.toString(sizes)));
    }
    List<Tensor> parts = new ArrayList<>();
    long[] strides = Dims.strides(x.dims());
    long start = 0;
    for (long size : sizes) {
      long[] dims = Dims.with(x.dims(), axis, size);
      parts.add(picked(x, dims, gather(dims, strides, start * strides[axis])));
      start += size;
    }
    return parts;
  }

  static List<Tensor> expand(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] dims = Dims.broadcast(x.dims(), Dims.checked(node.constantIn(1).longs()));
    return List.of(picked(x, dims, ElementWise.position(dims, x.dims())));
  }

  static List<Tensor> tile(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] repeats = node.constantIn(1).longs();
    if (repeats.length != x.rank()) {
      throw new ModelException("repeats " + repeats.length + " of " + x.rank() + " dimensions");
    }
    long[] dims = x.dims().clone();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.multiplyExact(dims[i], repeats[i]);
    }
    Dims.checked(dims);
    long[] outer = Dims.strides(dims);
    long[] inner = Dims.strides(x.dims());
    return List.of(
        picked(
            x,
            dims,
            i -> {
              long place = 0;
              for (int d = 0; d < dims.length; d++) {
                place += i / outer[d] % dims[d] % x.dim(d) * inner[d];
              }
              return (int) place;
            }));
  }

  static List<Tensor> pad(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long[] pads =
        node.hasAttribute("paddings")
            ? node.wholes("paddings").get()
            : node.wholes("pads", 1).orElseThrow(() -> new ModelException("misses its pads"));
    int[] axes = new int[x.rank()];
    Arrays.setAll(axes, i -> i);
    if (node.has(3)) {
      Numbers stated = node.constantIn(3);
      axes = new int[stated.size()];
      Arrays.setAll(axes, i -> Dims.axis(stated.at(i), x.rank()));
    }
    if (pads.length != 2 * axes.length) {
      throw new ModelException("has " + pads.length + " pads for " + axes.length + " dimensions");
    }
    long[] dims = x.dims().clone();
    for (int i = 0; i < axes.length; i++) {
      dims[axes[i]] = Math.addExact(dims[axes[i]], Math.addExact(pads[i], pads[axes.length + i]));
    }
    Dims.checked(dims);
    boolean isNegative =
        node.has(2) && node.in(2).elements() > 0
            ? node.in(2).mayBeNegative()
            : node.real("value", 0) < 0;
    Flow flow = x.flow().of(x.flow().kind().scaled(isNegative));
    return List.of(x.withFlow(flow).made(x.type(), dims));
  }

  static List<Tensor> depthToSpace(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    long b = node.whole("blocksize", 1);
    boolean deeper = node.operator().equals("SpaceToDepth");
    boolean fits =
        x.rank() == 4
            && b >= 1
            && b <= 65_536
            && (deeper ? x.dim(2) % b == 0 && x.dim(3) % b == 0 : x.dim(1) % (b * b) == 0);
    if (!fits) {
      throw new ModelException("moves blocks of " + b + " of " + Dims.text(x.dims()));
    }
    long[] dims =
        deeper
            ? new long[] {x.dim(0), x.dim(1) * b * b, x.dim(2) / b, x.dim(3) / b}
            : new long[] {x.dim(0), x.dim(1) / (b * b), x.dim(2) * b, x.dim(3) * b};
    return List.of(moved(x, dims, null));
  }
}
