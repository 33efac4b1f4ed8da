package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.ADD;
import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;

import java.util.ArrayList;
import java.util.List;

/**
 * Attention as one node: the scores of queries and keys and the weighted sum of values are dynamic
 * layers with one group a head and sequence; between them scale and softmax. Counted in full, not
 * halved by a causal mask.
 */
final class Attentions {
  private Attentions() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          Operator.matrix("Attention", Attentions::attention),
          Operator.matrix(Operators.RUNTIME + "Attention", Attentions::projected),
          Operator.matrix(Operators.RUNTIME + "MultiHeadAttention", Attentions::multiHead));

  /** Sizes of an attention. */
  private record Heads(long groups, long queries, long keys, long width, long valueWidth) {}

  /** The operator of the standard, since version 23. */
  static List<Tensor> attention(NodeView node, LayerCollector book) {
    Tensor q = node.in(0);
    Tensor k = node.in(1);
    Tensor v = node.in(2);
    boolean flat = q.rank() == 3;
    if (q.rank() != k.rank() || q.rank() != v.rank() || q.rank() < 3 || q.rank() > 4) {
      throw new ModelException(
          "attends to " + Dims.text(k.dims()) + " with " + Dims.text(q.dims()));
    }
    long heads = flat ? node.whole("q_num_heads", 0) : q.dim(1);
    long keyHeads = flat ? node.whole("kv_num_heads", heads) : k.dim(1);
    if (heads < 1 || keyHeads < 1 || flat && (q.dim(2) % heads != 0 || v.dim(2) % keyHeads != 0)) {
      throw new ModelException("has " + heads + " heads for " + Dims.text(q.dims()));
    }
    long width = flat ? q.dim(2) / heads : q.dim(3);
    long valueWidth = flat ? v.dim(2) / keyHeads : v.dim(3);
    long past = node.has(4) ? node.in(4).dim(Dims.axis(2, node.in(4).rank())) : 0;
    long keys = k.dim(flat ? 1 : 2) + past;
    Heads sizes = new Heads(q.dim(0) * heads, q.dim(flat ? 1 : 2), keys, width, valueWidth);
    Flow flow = attend(node, book, List.of(computed(q), k, v), sizes);
    long[] dims =
        flat
            ? new long[] {q.dim(0), q.dim(1), heads * valueWidth}
            : new long[] {q.dim(0), heads, q.dim(2), valueWidth};
    long[] present = {q.dim(0), keyHeads, keys, width};
    long[] presentValues = {q.dim(0), keyHeads, keys, valueWidth};
    long[] scores = {q.dim(0), heads, sizes.queries(), keys};
    return List.of(
        Tensor.computed(q.type(), dims, flow),
        Tensor.computed(q.type(), present, k.flow()),
        Tensor.computed(q.type(), presentValues, v.flow()),
        Tensor.computed(q.type(), scores, flow));
  }

  /** Of projected queries, keys and values (an operator of ONNX Runtime). */
  static List<Tensor> multiHead(NodeView node, LayerCollector book) {
    Tensor q = node.in(0);
    long heads = node.whole("num_heads", 0);
    if (q.rank() != 3
        || !node.has(1)
        || !node.has(2)
        || node.in(1).rank() != 3
        || node.in(2).rank() != 3) {
      throw new ModelException("has packed queries, keys and values, which are not read");
    }
    Tensor k = node.in(1);
    Tensor v = node.in(2);
    if (heads < 1 || q.dim(2) % heads != 0 || v.dim(2) % heads != 0) {
      throw new ModelException("has " + heads + " heads for " + Dims.text(q.dims()));
    }
    Heads sizes =
        new Heads(q.dim(0) * heads, q.dim(1), k.dim(1), q.dim(2) / heads, v.dim(2) / heads);
    Flow flow = attend(node, book, List.of(computed(q), k, v), sizes);
    return List.of(Tensor.computed(q.type(), new long[] {q.dim(0), q.dim(1), v.dim(2)}, flow));
  }

  /** With the joint projection of queries, keys and values in it (ONNX Runtime). */
  static List<Tensor> projected(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    Tensor w = node.in(1);
    long heads = node.whole("num_heads", 0);
    if (x.rank() != 3
        || w.rank() != 2
        || w.dim(0) != x.dim(2)
        || w.dim(1) % 3 != 0
        || heads < 1
        || w.dim(1) / 3 % heads != 0
        || node.hasAttribute("qkv_hidden_sizes")) {
      throw new ModelException(
          "projects "
              + Dims.text(x.dims())
              + " with "
              + Dims.text(w.dims())
              + " on "
              + heads
              + " heads");
    }
    long hidden = w.dim(1) / 3;
    MatrixProducts.Product product =
        new MatrixProducts.Product(x, w, x.dim(0) * x.dim(1), x.dim(2), w.dim(1), 1);
    Flow projection = MatrixProducts.layer(node, book, "/projection", product);
    if (node.has(2)) {
      book.bias(projection, x.dim(0) * x.dim(1) * w.dim(1));
    }
    long[] dims = {x.dim(0), x.dim(1), hidden};
    Tensor part = Tensor.computed(x.type(), dims, projection);
    Heads sizes = new Heads(x.dim(0) * heads, x.dim(1), x.dim(1), hidden / heads, hidden / heads);
    Flow flow = attend(node, book, List.of(part, part, part), sizes);
    return List.of(Tensor.computed(x.type(), dims, flow));
  }

  private static Flow attend(NodeView node, LayerCollector book, List<Tensor> qkv, Heads h) {
    MatrixProducts.Product products =
        new MatrixProducts.Product(
            qkv.get(0), computed(qkv.get(1)), h.queries(), h.width(), h.keys(), h.groups());
    Flow scores = MatrixProducts.layer(node, book, "/scores", products);
    long elements = Dims.elements(Dims.checked(h.groups(), h.queries(), h.keys()));
    book.charge(scores, MULTIPLY_ACCUMULATE, elements);
    List<Flow> operands = new ArrayList<>(List.of(scores));
    if (node.has(3)) {
      book.charge(scores, ADD, elements);
      if (!node.in(3).isConstant()) {
        operands.add(node.in(3).flow());
      }
    }
    Normalisations.softmax(book, scores, elements, h.groups() * h.queries());
    Tensor weights =
        Tensor.computed(
            qkv.get(0).type(),
            new long[] {h.groups(), h.queries(), h.keys()},
            scores.as(ValueKind.PROBABILITY));
    MatrixProducts.Product sums =
        new MatrixProducts.Product(
            weights, computed(qkv.get(2)), h.queries(), h.keys(), h.valueWidth(), h.groups());
    return MatrixProducts.layer(node, book, "/values", sums);
  }

  /** Stored keys or values are counted like computed ones: a cache changes with each token. */
  private static Tensor computed(Tensor operand) {
    return operand.isConstant()
        ? Tensor.computed(operand.type(), operand.dims(), Flow.input(ValueKind.SIGNED))
        : operand;
  }
}
