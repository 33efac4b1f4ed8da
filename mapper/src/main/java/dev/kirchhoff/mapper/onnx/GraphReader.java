package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.onnx.proto.FunctionProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.OperatorSetIdProto;
import dev.kirchhoff.mapper.onnx.proto.SparseTensorProto;
import dev.kirchhoff.mapper.onnx.proto.StringStringEntryProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Walks the graph of a model node by node and collects its layers, all problems, and the operators
 * that are not read.
 */
final class GraphReader {
  private static final int MOST_NODES = 100_000;
  private static final int DEEPEST = 16;
  private static final int MOST_PROBLEMS = 20;

  private final OpenDimensions dimensions;
  private final LayerCollector book;
  private final Map<String, ValueStatistics> activations;
  private final ValueKind images;
  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> uncounted = new ArrayList<>();
  private final List<String> dead = new ArrayList<>();
  private final List<String> disagreements = new ArrayList<>();
  private final Map<ConstantNode, List<Tensor>> constants = new HashMap<>();
  private final TreeSet<String> unmatched;
  private int nodes;

  /**
   * A reader of one model.
   *
   * @param model the model
   * @param dimensions sizes of its open dimensions
   * @param book receives the layers
   * @param activations statistics of inner tensors by name
   */
  GraphReader(
      ModelProto model,
      OpenDimensions dimensions,
      LayerCollector book,
      Map<String, ValueStatistics> activations) {
    this.dimensions = dimensions;
    this.book = book;
    this.activations = activations;
    this.images = images(model);
    this.unmatched = new TreeSet<>(activations.keySet());
    for (OperatorSetIdProto version : model.getOpsetImportList()) {
      versions.put(version.getDomain(), version.getVersion());
    }
    for (FunctionProto function : model.getFunctionsList()) {
      functions.put(function.getDomain() + ":" + function.getName(), function);
    }
  }

  /**
   * Kind of the images that a model gets: pixels if its metadata state a range of them that is not
   * negative. Source: github.com/onnx/onnx, docs/MetadataProps.md, {@code Image.NominalPixelRange}.
   */
  private static ValueKind images(ModelProto model) {
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (entry.getKey().equals("Image.NominalPixelRange")) {
        return switch (entry.getValue()) {
          case "NominalRange_0_255", "Normalized_0_1", "NominalRange_16_235" -> ValueKind.PIXELS;
          case "Normalized_1_1" -> ValueKind.CENTRED;
          default -> ValueKind.IMAGE;
        };
      }
    }
    return ValueKind.IMAGE;
  }

  /** Reads the model's graph. */
  void read(GraphProto graph, Optional<ValueStatistics> samples) {
    GraphScope scope = new GraphScope(null, "", 0);
    initialisers(graph, scope);
    Optional<ValueStatistics> left = samples;
    for (ValueInfoProto input : graph.getInputList()) {
      if (scope.holds(input.getName())) {
        continue;
      }
      Tensor tensor = input(input);
      if (tensor == null) {
        scope.forget(input.getName());
        continue;
      }
      if (tensor.isReal() && left.isPresent()) {
        tensor = tensor.withFlow(tensor.flow().measured(left.get()));
        left = Optional.empty();
      }
      scope.put(input.getName(), measured(input.getName(), tensor));
    }
    scope.declare(graph.getValueInfoList());
    scope.declare(graph.getOutputList());
    List<String> outputs = names(graph.getOutputList());
    List<String> undefined = undefined(outputs, graph.getNodeList(), scope);
    undefined.forEach(
        output ->
            problems.add(
                "states the output '" + ModelText.shown(output) + "', which nothing defines"));
    run(graph.getNodeList(), undefined.isEmpty() ? outputs : List.of(), scope);
  }

  private static List<String> names(List<ValueInfoProto> values) {
    return values.stream().map(ValueInfoProto::getName).toList();
  }

  /** Outputs that neither a graph's nodes make nor its inputs and constants are. */
  private static List<String> undefined(
      List<String> outputs, List<NodeProto> nodes, GraphScope scope) {
    Set<String> made = new HashSet<>();
    nodes.forEach(node -> made.addAll(node.getOutputList()));
    made.remove("");
    return outputs.stream()
        .filter(name -> !made.contains(name) && scope.find(name) == null && !scope.isLost(name))
        .toList();
  }

  private void initialisers(GraphProto graph, GraphScope scope) {
    for (TensorProto tensor : graph.getInitializerList()) {
      initialiser(tensor.getName(), () -> TensorGenerators.stored(tensor), scope);
    }
    for (SparseTensorProto sparse : graph.getSparseInitializerList()) {
      long[] dims = sparse.getDimsList().stream().mapToLong(d -> d).toArray();
      int type = sparse.getValues().getDataType();
      String name = sparse.getValues().getName();
      initialiser(name, () -> Tensor.constant(type, dims, Constant.UNKNOWN), scope);
    }
  }

  private void initialiser(String name, Supplier<Tensor> tensor, GraphScope scope) {
    try {
      scope.put(name, tensor.get());
    } catch (ModelException e) {
      problems.add("initializer '" + ModelText.shown(name) + "' " + e.getMessage());
      scope.forget(name);
    }
  }

  private Tensor input(ValueInfoProto input) {
    String name = "input '" + ModelText.shown(input.getName()) + "' ";
    if (!input.getType().hasTensorType()) {
      return null;
    }
    int type = input.getType().getTensorType().getElemType();
    if (!input.getType().getTensorType().hasShape()) {
      problems.add(name + "has no shape");
      return null;
    }
    List<String> wrong = dimensions.wrong(input);
    wrong.forEach(problems::add);
    try {
      long[] dims = dimensions.ofInput(input);
      if (!wrong.isEmpty()) {
        return null;
      }
      boolean isImage = dims.length == 2 || dims.length >= 4;
      Tensor tensor = Tensor.computed(type, dims, Flow.input(ValueKind.UNKNOWN));
      if (tensor.isUnsigned()) {
        return tensor.withFlow(Flow.input(ValueKind.CODES));
      }
      return tensor.isReal() && isImage ? tensor.withFlow(Flow.input(images)) : tensor;
    } catch (ModelException e) {
      problems.add(name + e.getMessage());
      return null;
    }
  }

  private Tensor measured(String name, Tensor tensor) {
    ValueStatistics statistics = activations.get(name);
    if (statistics == null || tensor.isConstant()) {
      return tensor;
    }
    unmatched.remove(name);
    return tensor.withFlow(tensor.flow().measured(statistics));
  }

  /** Reads nodes as far as outputs depend on them; all of them if no outputs are stated. */
  private void run(List<NodeProto> list, List<String> outputs, GraphScope scope) {
    nodes += list.size();
    if (nodes > MOST_NODES) {
      throw new ModelException("has more than " + MOST_NODES + " nodes");
    }
    boolean[] live = LiveNodes.of(list, outputs);
    scope.count(IntStream.range(0, live.length).filter(i -> live[i]).mapToObj(list::get).toList());
    outputs.forEach(scope::countUse);
    NodeOrder.Sorted sorted = NodeOrder.of(list);
    for (int position : sorted.order()) {
      NodeProto node = scope.resolved(list.get(position));
      String name = scope.prefix() + name(node, position);
      if (live[position]) {
        run(node, name, scope);
      } else if (mayHoldMatrix(node)) {
        dead.add(shown(name, node.getOpType()));
      }
    }
    if (!sorted.inCircle().isEmpty()) {
      List<String> names =
          sorted.inCircle().stream()
              .map(position -> "'" + ModelText.shown(name(list.get(position), position)) + "'")
              .toList();
      problems.add(
          "nodes read each other in a circle: "
              + String.join(", ", names.subList(0, Math.min(5, names.size())))
              + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : ""));
    }
  }

  /** Name of a node; its operator and position where it has none. */
  static String name(NodeProto node, int position) {
    return node.getName().isEmpty() ? node.getOpType() + "_" + position : node.getName();
  }

  private void run(NodeProto node, String name, GraphScope scope) {
    String shown = "node " + shown(name, node.getOpType());
    List<Tensor> inputs = new ArrayList<>();
    boolean isLost = false;
    for (String input : node.getInputList()) {
      Tensor tensor = input.isEmpty() ? null : scope.find(input);
      if (tensor == null && !input.isEmpty()) {
        isLost = true;
        if (!scope.isLost(input)) {
          problems.add(shown + " reads '" + ModelText.shown(input) + "', which nothing defines");
          scope.forget(input);
        }
      }
      inputs.add(tensor);
    }
    List<Tensor> outputs = null;
    try {
      if (!isLost) {
        outputs = outputs(node, name, inputs, scope);
      } else if (!isKnown(node)) {
        throw new ModelException(UNREAD);
      }
    } catch (ModelException e) {
      problems.add(shown + (e.getMessage().startsWith(":") ? "" : ": ") + e.getMessage());
    } catch (ArithmeticException e) {
      problems.add(shown + ": its sizes overflow");
    } catch (IllegalArgumentException e) {
      problems.add(shown + ": " + e.getMessage());
    }
    keep(node, shown, outputs, scope);
  }

  private static final String UNREAD =
      "is an operator that is not read, and the shape of its output is unknown, so that the layers"
          + " behind it cannot be sized";

  private void keep(NodeProto node, String shown, List<Tensor> outputs, GraphScope scope) {
    for (int i = 0; i < node.getOutputCount(); i++) {
      String output = node.getOutput(i);
      if (output.isEmpty()) {
        continue;
      }
      if (scope.holds(output)) {
        problems.add(shown + " defines '" + ModelText.shown(output) + "' a second time");
      } else if (outputs != null && i < outputs.size()) {
        compare(shown, outputs.get(i), scope.declared(output));
        scope.put(output, measured(output, outputs.get(i)));
      } else {
        scope.forget(output);
      }
    }
  }

  /** The shape that the model states is a second opinion. */
  private void compare(String shown, Tensor tensor, ValueInfoProto stated) {
    long[] dims = stated == null ? null : dimensions.declared(stated.getType());
    if (dims != null && !Arrays.equals(dims, tensor.dims())) {
      disagreements.add(
          shown + " makes " + Dims.text(tensor.dims()) + ", the model states " + Dims.text(dims));
    }
  }

  private static String shown(String node, String operator) {
    return "'" + ModelText.shown(node) + "' (" + ModelText.shown(operator) + ")";
  }

  private boolean isKnown(NodeProto node) {
    return Operators.find(node.getDomain(), node.getOpType()).isPresent()
        || functions.containsKey(node.getDomain() + ":" + node.getOpType())
        || node.getOpType().equals("If");
  }

  /** True if a node is a matrix product, or may have one in it. */
  private boolean mayHoldMatrix(NodeProto node) {
    return Operators.isMatrix(node.getDomain(), node.getOpType())
        || Operators.find(node.getDomain(), node.getOpType()).isEmpty();
  }

  private List<Tensor> outputs(NodeProto node, String name, List<Tensor> inputs, GraphScope scope) {
    List<long[]> declared = new ArrayList<>();
    for (String output : node.getOutputList()) {
      ValueInfoProto info = scope.declared(output);
      declared.add(info == null ? null : dimensions.declared(info.getType()));
    }
    boolean usedOnce =
        node.getInputList().stream()
            .filter(input -> scope.find(input) != null && !scope.find(input).isConstant())
            .allMatch(scope::isUsedOnce);
    long version = versions.getOrDefault(node.getDomain(), versions.getOrDefault("", 1L));
    NodeView view = new NodeView(node, name, inputs, declared, version, usedOnce);
    FunctionProto function = functions.get(node.getDomain() + ":" + node.getOpType());
    if (function != null) {
      return call(function, view, scope);
    }
    Optional<Operator> operator = Operators.find(node.getDomain(), node.getOpType());
    if (operator.isPresent()) {
      try {
        return applied(operator.get(), view);
      } catch (ModelException.DataDependent e) {
        return stated(view, e.getMessage(), view.flow());
      }
    }
    return node.getOpType().equals("If") ? branch(view, scope) : unread(view);
  }

  /**
   * Outputs of an operator; of constants moved in the same way by several nodes, as of a matrix
   * that each of them transposes, the same ones. Tensors made of sizes alone are placeholders, each
   * a matrix of its own.
   */
  private List<Tensor> applied(Operator operator, NodeView view) {
    boolean movesMatrix = view.given().stream().anyMatch(input -> !ConstantNode.isSmall(input));
    if (!movesMatrix || !view.isAllConstant()) {
      return operator.inference().apply(view, book);
    }
    ConstantNode key = ConstantNode.of(view);
    List<Tensor> outputs = constants.get(key);
    if (outputs == null) {
      outputs = operator.inference().apply(view, book);
      constants.put(key, outputs);
    }
    return outputs;
  }

  /**
   * A node of constant inputs without its name.
   *
   * @param inputs the values of small tensors, the sources of others
   */
  private record ConstantNode(NodeProto node, List<Object> inputs, long opset) {
    private static final int FEW = 64;

    static ConstantNode of(NodeView view) {
      NodeProto.Builder node = view.proto().toBuilder().clearName().clearInput();
      for (int i = 0; i < view.outputs(); i++) {
        node.setOutput(i, "");
      }
      List<Object> inputs = new ArrayList<>();
      for (Tensor input : view.inputs()) {
        inputs.add(
            input == null
                ? ""
                : isSmall(input)
                    ? List.of(input.type(), Dims.text(input.dims()), text(input.numbers()))
                    : List.of(input.type(), Dims.text(input.dims()), input.source()));
      }
      return new ConstantNode(node.build(), inputs, view.opset());
    }

    static boolean isSmall(Tensor input) {
      return input.numbers() != null && input.numbers().size() <= FEW;
    }

    private static String text(Numbers numbers) {
      return IntStream.range(0, numbers.size()).mapToObj(i -> numbers.real(i) + " ").toList()
          + (numbers.isWhole() ? "whole" : "real");
    }
  }

  /** An operator that is not read: its work is not counted if nothing else depends on it. */
  private List<Tensor> unread(NodeView node) {
    boolean holdsMatrix =
        node.given().stream().anyMatch(t -> t.isConstant() && t.isReal() && !t.isPerChannel());
    boolean holdsGraph = node.proto().getAttributeList().stream().anyMatch(a -> a.hasG());
    if (holdsMatrix || holdsGraph) {
      throw new ModelException(
          "is an operator that is not read, and it holds "
              + (holdsGraph ? "a graph of its own" : "a matrix")
              + ", so that layers would be missing");
    }
    return stated(node, UNREAD, node.flow().as(ValueKind.UNKNOWN));
  }

  /** Outputs of the shapes that the model states; without them there is no help. */
  private List<Tensor> stated(NodeView node, String problem, Flow flow) {
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < node.outputs(); i++) {
      long[] dims = node.declared(i).orElseThrow(() -> new ModelException(problem));
      int type = node.has(0) ? node.in(0).type() : Tensor.FLOAT;
      outputs.add(Tensor.computed(type, dims, flow));
    }
    uncounted.add(shown(node.name(), node.operator()));
    return outputs;
  }

  private List<Tensor> call(FunctionProto function, NodeView node, GraphScope outer) {
    requireDepth(outer);
    GraphScope scope = new GraphScope(null, node.name() + "/", outer.depth() + 1);
    scope.setAttributes(function.getAttributeProtoList(), node.proto().getAttributeList());
    for (int i = 0; i < function.getInputCount(); i++) {
      if (node.has(i)) {
        scope.put(function.getInput(i), node.in(i));
      }
    }
    return results(function.getNodeList(), function.getOutputList(), scope);
  }

  /** The branch that a constant condition chooses. */
  private List<Tensor> branch(NodeView node, GraphScope outer) {
    requireDepth(outer);
    Numbers condition = node.in(0).numbers();
    if (condition == null || condition.size() != 1) {
      throw new ModelException("chooses one of two graphs by data, so that its layers are unknown");
    }
    GraphProto graph = node.graph(condition.at(0) != 0 ? "then_branch" : "else_branch");
    GraphScope scope = new GraphScope(outer, node.name() + "/", outer.depth() + 1);
    initialisers(graph, scope);
    scope.declare(graph.getValueInfoList());
    return results(graph.getNodeList(), names(graph.getOutputList()), scope);
  }

  private static void requireDepth(GraphScope scope) {
    if (scope.depth() >= DEEPEST) {
      throw new ModelException("is nested deeper than " + DEEPEST + " graphs");
    }
  }

  /** Outputs of a graph inside of a node; null if a reported problem leaves one of them unknown. */
  private List<Tensor> results(List<NodeProto> list, List<String> outputs, GraphScope scope) {
    List<String> undefined = undefined(outputs, list, scope);
    if (!undefined.isEmpty()) {
      throw new ModelException(
          "gives '" + ModelText.shown(undefined.get(0)) + "', which nothing in it defines");
    }
    run(list, outputs, scope);
    List<Tensor> results = new ArrayList<>();
    for (String name : outputs) {
      Tensor tensor = scope.find(name);
      if (tensor == null) {
        return null;
      }
      results.add(tensor);
    }
    return results;
  }

  /** All problems, so many as one can read. */
  List<String> problems() {
    if (problems.size() <= MOST_PROBLEMS) {
      return problems;
    }
    List<String> head = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
    head.add("has " + (problems.size() - MOST_PROBLEMS) + " more problems");
    return head;
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(10, names.size())))
        + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : "");
  }

  /** Matrices that are left out since no output depends on them; empty if there are none. */
  String dead() {
    return some(dead);
  }

  /** Nodes whose outputs have other shapes than the model states. */
  List<String> disagreements() {
    return disagreements;
  }

  /** Warnings for the user. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(dimensions.warnings());
    if (!uncounted.isEmpty()) {
      warnings.add(
          "the work of nodes that are not read, or not without data, is not counted: "
              + some(uncounted));
    }
    if (!dead.isEmpty()) {
      warnings.add("no output of the graph depends on these nodes, they are left out: " + dead());
    }
    if (!disagreements.isEmpty()) {
      warnings.add(
          disagreements.size()
              + " shapes differ from those that the model states; the first: "
              + disagreements.get(0));
    }
    if (!unmatched.isEmpty()) {
      warnings.add(
          "the activations or metadata name tensors that are not in the graph: "
              + ModelText.shown(String.join(", ", unmatched)));
    }
    return warnings;
  }

  /** The version of the standard's operators, if the model says. */
  OptionalLong version() {
    Long version = versions.getOrDefault("", versions.get("ai.onnx"));
    return version == null ? OptionalLong.empty() : OptionalLong.of(version);
  }
}
