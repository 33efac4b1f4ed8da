package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A second, independent count of a convolutional model: it walks the graph with shape rules of its
 * own, brute force: the positions of a convolution are counted one by one. It knows what the image
 * networks of the test data are made of and nothing else, and shares no code with the importer.
 */
final class GraphCounter {
  private final Map<String, List<Long>> shapes = new HashMap<>();
  private final Map<String, List<Long>> contents = new HashMap<>();

  /** One matrix layer: inputs and outputs of a group, kernel positions, vectors, groups. */
  record Matrix(long inputs, long outputs, long taps, long vectors, long groups) {
    long macs() {
      return inputs * outputs * taps * vectors * groups;
    }

    /** Crossbars of {@code side} rows and columns with {@code cells} cells a weight. */
    long crossbars(long side, long cells) {
      long rows = (inputs * taps + side - 1) / side;
      long columns = (outputs * cells + side - 1) / side;
      return rows * columns * groups;
    }
  }

  private final List<Matrix> matrices = new ArrayList<>();

  static List<Matrix> count(GraphProto graph) {
    GraphCounter counter = new GraphCounter();
    graph
        .getInputList()
        .forEach(
            input -> {
              List<Long> dims = new ArrayList<>();
              input
                  .getType()
                  .getTensorType()
                  .getShape()
                  .getDimList()
                  .forEach(d -> dims.add(d.getDimValue() == 0 ? 1 : d.getDimValue()));
              counter.shapes.put(input.getName(), dims);
            });
    graph.getInitializerList().forEach(t -> counter.store(t.getName(), t));
    for (NodeProto node : graph.getNodeList()) {
      counter.visit(node);
    }
    return counter.matrices;
  }

  private void store(String name, TensorProto tensor) {
    shapes.put(name, tensor.getDimsList());
    if (tensor.getDataType() == 7) {
      List<Long> values = new ArrayList<>(tensor.getInt64DataList());
      byte[] raw = tensor.getRawData().toByteArray();
      for (int i = 0; i + 7 < raw.length; i += 8) {
        long value = 0;
        for (int b = 7; b >= 0; b--) {
          value = value << 8 | raw[i + b] & 0xff;
        }
        values.add(value);
      }
      contents.put(name, values);
    }
  }

  private static List<Long> ints(NodeProto node, String name) {
    for (AttributeProto a : node.getAttributeList()) {
      if (a.getName().equals(name)) {
        return a.getIntsList();
      }
    }
    return List.of();
  }

  private static long whole(NodeProto node, String name, long otherwise) {
    for (AttributeProto a : node.getAttributeList()) {
      if (a.getName().equals(name)) {
        return a.getI();
      }
    }
    return otherwise;
  }

  /** Positions at which a kernel fits, found by moving it. */
  private static long positions(NodeProto node, long size, long kernel, int axis) {
    List<Long> pads = ints(node, "pads");
    List<Long> strides = ints(node, "strides");
    List<Long> dilations = ints(node, "dilations");
    long front = pads.isEmpty() ? 0 : pads.get(axis);
    long back = pads.isEmpty() ? 0 : pads.get(pads.size() / 2 + axis);
    long stride = strides.isEmpty() ? 1 : strides.get(axis);
    long dilation = dilations.isEmpty() ? 1 : dilations.get(axis);
    boolean ceil = whole(node, "ceil_mode", 0) == 1;
    long found = 0;
    for (long start = -front; ; start += stride) {
      long last = start + (kernel - 1) * dilation;
      boolean fits = last < size + back;
      boolean begins =
          ceil && start < size && start - stride + (kernel - 1) * dilation < size + back - 1;
      if (!fits && !begins) {
        return found;
      }
      found++;
    }
  }

  private void visit(NodeProto node) {
    List<Long> x = node.getInputCount() == 0 ? List.of() : shapes.get(node.getInput(0));
    List<Long> out;
    switch (node.getOpType()) {
      case "ConstantOfShape" -> out = contents.get(node.getInput(0));
      case "Constant" -> {
        TensorProto tensor = node.getAttribute(0).getT();
        store(node.getOutput(0), tensor);
        out = tensor.getDimsList();
      }
      case "Conv" -> out = convolution(node, x, shapes.get(node.getInput(1)));
      case "Gemm" -> {
        List<Long> w = shapes.get(node.getInput(1));
        boolean turned = whole(node, "transB", 0) == 1;
        long n = turned ? w.get(0) : w.get(1);
        matrices.add(new Matrix(turned ? w.get(1) : w.get(0), n, 1, x.get(0), 1));
        out = List.of(x.get(0), n);
      }
      case "MaxPool", "AveragePool" -> {
        List<Long> k = ints(node, "kernel_shape");
        out =
            List.of(
                x.get(0),
                x.get(1),
                positions(node, x.get(2), k.get(0), 0),
                positions(node, x.get(3), k.get(1), 1));
      }
      case "GlobalAveragePool" -> out = List.of(x.get(0), x.get(1), 1L, 1L);
      case "Concat" -> {
        List<Long> sum = new ArrayList<>(x);
        int axis = (int) whole(node, "axis", 1);
        for (int i = 1; i < node.getInputCount(); i++) {
          sum.set(axis, sum.get(axis) + shapes.get(node.getInput(i)).get(axis));
        }
        out = sum;
      }
      case "Reshape" -> out = reshape(x, contents.get(node.getInput(1)));
      case "Flatten" -> out = List.of(x.get(0), product(x) / x.get(0));
      case "Transpose" -> {
        List<Long> turned = new ArrayList<>();
        ints(node, "perm").forEach(p -> turned.add(x.get((int) (long) p)));
        out = turned;
      }
      case "Unsqueeze" -> {
        List<Long> more = new ArrayList<>(x);
        ints(node, "axes").forEach(a -> more.add((int) (long) a, 1L));
        out = more;
      }
      case "Add", "Mul", "Sum" -> {
        List<Long> y = shapes.get(node.getInput(1));
        out = product(x) >= product(y) ? x : y;
      }
      case "Relu", "LRN", "Dropout", "Softmax", "BatchNormalization" -> out = x;
      default -> throw new AssertionError("the counter does not know " + node.getOpType());
    }
    shapes.put(node.getOutput(0), out);
  }

  private List<Long> convolution(NodeProto node, List<Long> x, List<Long> w) {
    long groups = whole(node, "group", 1);
    long height = positions(node, x.get(2), w.get(2), 0);
    long width = positions(node, x.get(3), w.get(3), 1);
    matrices.add(
        new Matrix(
            w.get(1), w.get(0) / groups, w.get(2) * w.get(3), x.get(0) * height * width, groups));
    return List.of(x.get(0), w.get(0), height, width);
  }

  private static List<Long> reshape(List<Long> x, List<Long> target) {
    List<Long> out = new ArrayList<>();
    long known = 1;
    for (int i = 0; i < target.size(); i++) {
      long dim = target.get(i) == 0 ? x.get(i) : target.get(i);
      out.add(dim);
      known *= dim == -1 ? 1 : dim;
    }
    int open = out.indexOf(-1L);
    if (open >= 0) {
      out.set(open, product(x) / known);
    }
    return out;
  }

  private static long product(List<Long> dims) {
    return dims.stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
  }
}
