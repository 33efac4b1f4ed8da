package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.DigitalOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums in Einstein's notation of one or two operands, each label at most once in an operand. Labels
 * of both that the result lacks are summed over, labels of all three are a batch, the rest are rows
 * and columns.
 */
final class EinsteinSums {
  private EinsteinSums() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS = List.of(Operator.matrix("Einsum", EinsteinSums::einsum));

  static List<Tensor> einsum(NodeView node, LayerCollector book) {
    String equation = node.text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    String[] operands = sides[0].split(",", -1);
    if (operands.length != node.inputs().size() || operands.length > 2 || sides.length > 2) {
      throw new ModelException(
          "has the equation '"
              + ModelText.shown(equation)
              + "'; sums of one or two operands are read");
    }
    Map<Character, Long> sizes = new TreeMap<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      labels.add(labels(operands[i], node.in(i), sizes));
    }
    String result = sides.length == 2 ? spread(sides[1], labels) : implied(String.join("", labels));
    long[] dims = new long[result.length()];
    for (int i = 0; i < dims.length; i++) {
      if (!sizes.containsKey(result.charAt(i)) || result.indexOf(result.charAt(i)) != i) {
        throw new ModelException(
            "has the equation '"
                + ModelText.shown(equation)
                + "', whose result is not of its operands");
      }
      dims[i] = sizes.get(result.charAt(i));
    }
    Dims.checked(dims);
    if (node.isAllConstant()) {
      return List.of(Tensor.constant(node.in(0).type(), dims, Constant.UNKNOWN));
    }
    if (operands.length == 1) {
      Tensor only = node.in(0);
      book.charge(only.flow(), DigitalOperation.ADD, only.elements() - Dims.elements(dims));
      return List.of(Tensor.computed(only.type(), dims, only.flow()));
    }
    return List.of(product(node, book, labels, result, sizes, dims));
  }

  private static Tensor product(
      NodeView node,
      LayerCollector book,
      List<String> labels,
      String result,
      Map<Character, Long> sizes,
      long[] dims) {
    long m = 1;
    long k = 1;
    long n = 1;
    long batch = 1;
    for (Map.Entry<Character, Long> each : sizes.entrySet()) {
      boolean inA = labels.get(0).indexOf(each.getKey()) >= 0;
      boolean inB = labels.get(1).indexOf(each.getKey()) >= 0;
      boolean inResult = result.indexOf(each.getKey()) >= 0;
      long size = each.getValue();
      if (inA && inB && inResult) {
        batch = checked(batch, size);
      } else if (inA && inB || !inResult) {
        k = checked(k, size);
      } else if (inA) {
        m = checked(m, size);
      } else {
        n = checked(n, size);
      }
    }
    Tensor a = node.in(0);
    Tensor b = node.in(1);
    if (k == 1) {
      Flow flow = ElementWise.product(book, List.of(a, b));
      book.charge(flow, DigitalOperation.MULTIPLY_ACCUMULATE, Dims.elements(dims));
      return Tensor.computed(a.type(), dims, flow);
    }
    return Tensor.computed(
        a.type(),
        dims,
        MatrixProducts.layer(
            node,
            book,
            "",
            new MatrixProducts.Product(a, b, m, k, n, batch, " " + labels + result)));
  }

  private static long checked(long a, long b) {
    return Dims.elements(Dims.checked(a, b));
  }

  /** Labels of an operand; dimensions of an ellipsis get upper labels of their own. */
  private static String labels(String text, Tensor tensor, Map<Character, Long> sizes) {
    String labels = text;
    int named = text.replace("...", "").length();
    if (text.contains("...")) {
      int spread = tensor.rank() - named;
      if (spread < 0 || spread > 9) {
        throw new ModelException(
            "has labels '" + ModelText.shown(text) + "' for " + Dims.text(tensor.dims()));
      }
      labels = text.replace("...", "012345678".substring(9 - spread));
    }
    if (labels.length() != tensor.rank()) {
      throw new ModelException(
          "has labels '" + ModelText.shown(text) + "' for " + Dims.text(tensor.dims()));
    }
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      if (!Character.isLetterOrDigit(label) || labels.indexOf(label) != i) {
        throw new ModelException(
            "has labels '" + ModelText.shown(text) + "', each must stand once");
      }
      Long before = sizes.put(label, tensor.dim(i));
      if (before != null && before != tensor.dim(i)) {
        if (before != 1 && tensor.dim(i) != 1) {
          throw new ModelException(
              "has sizes " + before + " and " + tensor.dim(i) + " of label '" + label + "'");
        }
        sizes.put(label, Math.max(before, tensor.dim(i)));
      }
    }
    return labels;
  }

  private static String spread(String result, List<String> labels) {
    if (!result.contains("...")) {
      return result;
    }
    StringBuilder digits = new StringBuilder();
    for (char c = '0'; c <= '9'; c++) {
      char label = c;
      if (labels.stream().anyMatch(l -> l.indexOf(label) >= 0)) {
        digits.append(c);
      }
    }
    return result.replace("...", digits);
  }

  /** Without a result: the labels that stand once, in order. */
  private static String implied(String all) {
    StringBuilder once = new StringBuilder();
    all.chars()
        .sorted()
        .filter(c -> all.indexOf(c) == all.lastIndexOf(c))
        .forEach(c -> once.append((char) c));
    return once.toString();
  }
}
