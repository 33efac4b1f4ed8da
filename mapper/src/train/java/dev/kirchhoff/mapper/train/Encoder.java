package dev.kirchhoff.mapper.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.util.List;

/**
 * Encoder of a transformer with normalisation in front of its halves: x + attention(norm(x)), then
 * x + fc2(gelu(fc1(norm(x)))).
 *
 * <p>Source: Vaswani et al., NeurIPS 2017, eq. 1 and section 3.2.2; order of normalisation: Xiong
 * et al., ICML 2020, arXiv:2002.04745.
 */
final class Encoder extends TorchNetwork {
  private final String name;
  private final int vectors;
  private final int heads;
  private final int width;
  private final NormUnit norm1;
  private final LinearUnit query;
  private final LinearUnit key;
  private final LinearUnit value;
  private final LinearUnit projection;
  private final NormUnit norm2;
  private final LinearUnit fc1;
  private final LinearUnit fc2;

  Encoder(String name, int vectors, int heads, int width, int inner) {
    this.name = name;
    this.vectors = vectors;
    this.heads = heads;
    this.width = width;
    norm1 = addChildBlock("norm1", new NormUnit(name + ".norm1"));
    query = linear("query", width);
    key = linear("key", width);
    value = linear("value", width);
    projection = linear("projection", width);
    norm2 = addChildBlock("norm2", new NormUnit(name + ".norm2"));
    fc1 = linear("fc1", inner);
    fc2 = linear("fc2", width);
  }

  private LinearUnit linear(String word, int outputs) {
    return addChildBlock(word, new LinearUnit(name + "." + word, outputs));
  }

  @Override
  NDArray forward(ParameterStore store, NDArray x, boolean isTraining) {
    NDArray read = apply(norm1, store, x, isTraining);
    // DJL frees a plain number as a factor before the backward pass reads it; an array of the
    // batch's manager lives as long as the batch.
    NDArray scale = x.getManager().create(scale());
    NDArray q = byHead(apply(query, store, read, isTraining)).mul(scale);
    NDArray k = byHead(apply(key, store, read, isTraining));
    NDArray v = byHead(apply(value, store, read, isTraining));
    NDArray weights = q.matMul(k.transpose(0, 1, 3, 2)).softmax(-1);
    NDArray joined = weights.matMul(v).transpose(0, 2, 1, 3).reshape(-1, vectors, width);
    NDArray attended = x.add(apply(projection, store, joined, isTraining));
    NDArray inner = apply(fc1, store, apply(norm2, store, attended, isTraining), isTraining);
    return attended.add(apply(fc2, store, Activation.gelu(inner), isTraining));
  }

  private NDArray byHead(NDArray x) {
    return x.reshape(-1, vectors, heads, width / heads).transpose(0, 2, 1, 3);
  }

  /** One over the root of the length of a head's vectors. */
  private float scale() {
    return (float) (1 / Math.sqrt((double) width / heads));
  }

  @Override
  Shape shape(Shape input, Initialisation initialisation) {
    initialisation.of(norm1, input);
    for (LinearUnit unit : List.of(query, key, value, projection)) {
      initialisation.of(unit, input);
    }
    initialisation.of(norm2, input);
    return initialisation.of(fc2, initialisation.of(fc1, input));
  }

  @Override
  String export(OnnxGraph graph, String input) {
    String read = norm1.export(graph, input);
    String q = byHead(graph, "query", query.exportOfSequence(graph, read), 0, 2, 1, 3);
    String k = byHead(graph, "key", key.exportOfSequence(graph, read), 0, 2, 3, 1);
    String v = byHead(graph, "value", value.exportOfSequence(graph, read), 0, 2, 1, 3);
    String scaled = binary(graph, "scaled", "Mul", q, number(graph, "scale", scale()));
    String scores = binary(graph, "scores", "MatMul", scaled, k);
    String weights =
        graph.node(name + ".weights", "Softmax", List.of(scores), OnnxGraph.whole("axis", -1));
    String context = binary(graph, "context", "MatMul", weights, v);
    String turned =
        graph.node(
            name + ".context.turned",
            "Transpose",
            List.of(context),
            OnnxGraph.wholes("perm", 0, 2, 1, 3));
    String joined = reshape(graph, "joined", turned, 0, vectors, width);
    String attended =
        binary(graph, "attended", "Add", input, projection.exportOfSequence(graph, joined));
    String inner = fc1.exportOfSequence(graph, norm2.export(graph, attended));
    String made = fc2.exportOfSequence(graph, gelu(graph, inner));
    return binary(graph, "out", "Add", attended, made);
  }

  private String byHead(OnnxGraph graph, String word, String input, long... order) {
    String split = reshape(graph, word + ".split", input, 0, vectors, heads, width / heads);
    return graph.node(
        name + "." + word + ".heads", "Transpose", List.of(split), OnnxGraph.wholes("perm", order));
  }

  private String reshape(OnnxGraph graph, String word, String input, long... shape) {
    String named = name + "." + word;
    return graph.node(
        named, "Reshape", List.of(input, graph.wholesConstant(named + ".shape", shape)));
  }

  /** x (1 + erf(x / √2)) / 2; Hendrycks and Gimpel, arXiv:1606.08415. */
  private String gelu(OnnxGraph graph, String input) {
    String scaled =
        binary(graph, "gelu.scaled", "Div", input, number(graph, "root", (float) Math.sqrt(2)));
    String erf = graph.node(name + ".gelu.erf", "Erf", List.of(scaled));
    String raised = binary(graph, "gelu.raised", "Add", erf, number(graph, "one", 1));
    String product = binary(graph, "gelu.product", "Mul", input, raised);
    return binary(graph, "gelu", "Mul", product, number(graph, "half", 0.5f));
  }

  private String number(OnnxGraph graph, String word, float value) {
    return graph.constant(name + "." + word, List.of(), new float[] {value});
  }

  private String binary(OnnxGraph graph, String word, String type, String a, String b) {
    return graph.node(name + "." + word, type, List.of(a, b));
  }
}
