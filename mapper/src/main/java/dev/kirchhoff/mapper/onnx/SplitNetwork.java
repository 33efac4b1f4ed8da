package dev.kirchhoff.mapper.onnx;

import ai.onnxruntime.OnnxTensor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.TensorShapeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Network split at its stored matrices: the parts between them are run by ONNX Runtime, the
 * matrices by an engine or, exactly or with other weights, by the library too ({@link SplitRun}).
 * Immutable; safe for several threads.
 *
 * <p>Node by node in the order of the graph, a node belongs to the part behind the last matrix that
 * it depends on. Weights that are computed of constants are computed once. Recurrent cells are run
 * step by step on an engine. Items of a batch are stacked where the model leaves the first
 * dimension of all its inputs open and makes of two items what it makes of each; else they run one
 * after the other.
 *
 * <pre>{@code
 * SplitNetwork network = SplitNetwork.of(bytes, Map.of());
 * float[] scores = network.run(new float[][] {image}, 0, engine.newSession()).get(0);
 * }</pre>
 */
public final class SplitNetwork implements SplitGraph {
  /** Operators whose results differ from run to run. */
  private static final Set<String> RANDOM =
      Set.of(
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike",
          "Multinomial",
          "Bernoulli");

  /** Values of the largest tensor that is no matrix but a shape (chosen, as the importer's). */
  private static final int FEW = 64;

  /** Difference of results that is rounding, over the largest of them. */
  private static final double SAME = 1e-3;

  private final ModelProto model;
  private final Predicate<String> joint;
  private final List<Port> inputs;
  private final String output;
  private final Map<String, TensorProto> stored = new HashMap<>();
  private final Map<String, Values> constants = new HashMap<>();
  private final StoredLayers layers = new StoredLayers();
  private final List<MatrixNode> matrices = new ArrayList<>();
  private final List<Optional<GraphPart>> parts = new ArrayList<>();
  private final Map<String, Integer> lastUse = new HashMap<>();
  private final GraphPart whole;
  private final boolean isStacked;

  /**
   * Input of a network.
   *
   * @param type code of its type in the format
   * @param dims dimensions of one item, the batch's included as 1
   * @param isOpen whether the model leaves its first dimension open
   */
  record Port(String name, int type, int[] dims, boolean isOpen) {
    int size() {
      return Values.count(dims);
    }
  }

  private SplitNetwork(ModelProto model, List<Port> inputs, Predicate<String> joint) {
    this.model = model;
    this.inputs = List.copyOf(inputs);
    this.joint = joint;
    GraphProto graph = model.getGraph();
    graph.getInitializerList().forEach(tensor -> stored.put(tensor.getName(), tensor));
    output = graph.getOutput(0).getName();
    Cut cut = new Cut(graph);
    cut.make();
    whole =
        new GraphPart(
            model,
            "the network",
            cut.nodes,
            graph.getInitializerList(),
            inputs.stream().map(Port::name).toList(),
            List.of(output));
    isStacked = stacks();
  }

  /**
   * A network of a model's bytes.
   *
   * @param shapes dimensions of one item by input, the batch's included, where the model leaves
   *     others than the first open
   * @throws FormatException with all reasons why it cannot be run
   * @throws MissingRuntimeException if the library has no native code for this machine
   */
  public static SplitNetwork of(byte[] bytes, Map<String, int[]> shapes) throws FormatException {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new FormatException(List.of("is not an ONNX model or is damaged"));
    }
    GraphProto graph = model.getGraph();
    List<String> problems = new ArrayList<>();
    if (graph.getNodeCount() == 0) {
      problems.add("is not an ONNX model: it holds no graph with nodes");
    } else if (graph.getOutputCount() == 0) {
      problems.add("states no output, must state one to be executed");
    }
    Set<String> held = new HashSet<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      held.add(tensor.getName());
      if (TensorValues.isExternal(tensor)) {
        problems.add(
            "initializer '"
                + ModelText.shown(tensor.getName())
                + "' must hold its values in the model's file");
      }
    }
    if (!NodeOrder.of(graph.getNodeList()).inCircle().isEmpty()) {
      problems.add("has nodes that read each other in a circle");
    }
    List<Port> inputs = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!held.contains(input.getName())) {
        inputs.add(port(input, shapes.get(input.getName()), problems));
      }
    }
    if (inputs.isEmpty()) {
      problems.add("has no input, must have one to be executed");
    }
    if (!problems.isEmpty()) {
      throw new FormatException(problems);
    }
    try {
      return new SplitNetwork(model, inputs, name -> false);
    } catch (ExecutionException e) {
      throw new FormatException(Arrays.asList(e.getMessage().split("\n")));
    }
  }

  /**
   * Names of the inputs of a model, in order.
   *
   * @throws FormatException if it is none
   */
  public static List<String> inputs(byte[] bytes) throws FormatException {
    try {
      GraphProto graph = ModelProto.parseFrom(bytes).getGraph();
      Set<String> held = new HashSet<>();
      graph.getInitializerList().forEach(tensor -> held.add(tensor.getName()));
      return graph.getInputList().stream()
          .map(ValueInfoProto::getName)
          .filter(name -> !held.contains(name))
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new FormatException(List.of("is not an ONNX model or is damaged"));
    }
  }

  private static Port port(ValueInfoProto input, int[] shape, List<String> problems) {
    List<TensorShapeProto.Dimension> dims = input.getType().getTensorType().getShape().getDimList();
    int[] whole = new int[dims.size()];
    for (int i = 0; i < whole.length; i++) {
      long stated = dims.get(i).getDimValue();
      boolean isOpen = stated < 1;
      whole[i] = isOpen ? 1 : (int) stated;
      if (isOpen && i > 0 && shape != null && i < shape.length) {
        whole[i] = shape[i];
      } else if (isOpen && i > 0) {
        problems.add(
            "input '"
                + ModelText.shown(input.getName())
                + "' leaves a dimension behind the first open, so that it cannot be executed");
      }
    }
    boolean isOpen = !dims.isEmpty() && dims.get(0).getDimValue() < 1;
    return new Port(input.getName(), input.getType().getTensorType().getElemType(), whole, isOpen);
  }

  /** Cut of a graph at its stored matrices, while it is made. */
  private final class Cut {
    private final GraphProto graph;
    private final List<NodeProto> nodes;
    private final List<String> names = new ArrayList<>();

    /** Constant nodes by what they make. */
    private final Map<String, Integer> constant = new HashMap<>();

    private final Map<String, Integer> partOf = new HashMap<>();
    private final List<List<Integer>> members = new ArrayList<>();

    Cut(GraphProto graph) {
      this.graph = graph;
      List<String> wanted = List.of(graph.getOutput(0).getName());
      boolean[] live = LiveNodes.of(graph.getNodeList(), wanted);
      nodes = new ArrayList<>();
      for (int position : NodeOrder.of(graph.getNodeList()).order()) {
        if (live[position]) {
          nodes.add(graph.getNode(position));
          names.add(GraphReader.name(graph.getNode(position), position));
        }
      }
    }

    void make() {
      for (int i = 0; i < nodes.size(); i++) {
        NodeProto node = nodes.get(i);
        boolean isConstant =
            !RANDOM.contains(node.getOpType())
                && LiveNodes.reads(node).stream().allMatch(this::isConstant);
        if (isConstant) {
          for (String made : node.getOutputList()) {
            constant.put(made, i);
          }
        }
      }
      fold();
      List<String> problems = new ArrayList<>();
      members.add(new ArrayList<>());
      inputs.forEach(input -> partOf.put(input.name(), 0));
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i).getOutputList().stream().noneMatch(constant::containsKey)) {
          try {
            place(i);
          } catch (ExecutionException | ModelException e) {
            problems.add(
                "node '"
                    + ModelText.shown(names.get(i))
                    + "' ("
                    + nodes.get(i).getOpType()
                    + ") "
                    + e.getMessage());
          }
        }
      }
      if (!problems.isEmpty()) {
        throw new ExecutionException(String.join("\n", problems));
      }
      for (int part = 0; part < members.size(); part++) {
        parts.add(part(part));
      }
      uses();
    }

    private boolean isConstant(String name) {
      return name.isEmpty() || stored.containsKey(name) || constant.containsKey(name);
    }

    /** Values of constants that matrix nodes read: of the file, or computed of such. */
    private void fold() {
      Set<String> computed = new LinkedHashSet<>();
      for (NodeProto node : nodes) {
        if (operator(node).flatMap(Operator::matrix).isEmpty()) {
          continue;
        }
        for (String input : node.getInputList()) {
          if (constant.containsKey(input)) {
            computed.add(input);
          } else if (stored.containsKey(input) && !constants.containsKey(input)) {
            constants.put(input, values(input));
          }
        }
      }
      if (computed.isEmpty()) {
        return;
      }
      Map<String, OnnxTensor> made = graphPart("constants", computed, List.of()).run(Map.of());
      Map<List<Object>, Values> moved = new HashMap<>();
      Map<String, TensorProto> folded = new HashMap<>();
      for (String name : computed) {
        OnnxTensor tensor = made.get(name);
        Values values = Values.of(OnnxRuntime.dims(tensor), OnnxRuntime.floats(tensor));
        tensor.close();
        Set<String> of = sources(name);
        List<Object> key = List.of(of, Arrays.toString(values.dims()), values.contents());
        constants.put(name, of.isEmpty() ? values : moved.computeIfAbsent(key, k -> values));
        folded.put(name, OnnxRuntime.proto(name, values));
      }
      stored.putAll(folded);
    }

    private Values values(String name) {
      try {
        return TensorValues.all(stored.get(name));
      } catch (ModelException e) {
        throw new ExecutionException(
            "initializer '" + ModelText.shown(name) + "' " + e.getMessage());
      }
    }

    /**
     * Stored matrices that a constant is computed of: equal values of the same ones are one matrix.
     * Constants made of sizes alone have none, each is a matrix of its own.
     */
    private Set<String> sources(String name) {
      Set<String> sources = new HashSet<>();
      Set<String> seen = new HashSet<>();
      List<String> open = new ArrayList<>(List.of(name));
      while (!open.isEmpty()) {
        String read = open.remove(open.size() - 1);
        if (!read.isEmpty() && seen.add(read)) {
          NodeProto node = stored.containsKey(read) ? null : nodes.get(constant.get(read));
          if (node != null) {
            open.addAll(LiveNodes.reads(node));
          }
          boolean isMatrix =
              node == null
                  ? isLarge(stored.get(read))
                  : node.getAttributeList().stream().anyMatch(a -> isLarge(a.getT()));
          if (isMatrix) {
            sources.add(read);
          }
        }
      }
      return sources;
    }

    private static boolean isLarge(TensorProto tensor) {
      return tensor.getDimsList().stream().reduce(1L, Math::multiplyExact) > FEW;
    }

    private void place(int i) {
      NodeProto node = nodes.get(i);
      int behind = 0;
      for (String read : LiveNodes.reads(node)) {
        behind = Math.max(behind, partOf.getOrDefault(read, 0));
      }
      Optional<Operator> operator = operator(node);
      Optional<MatrixOperator> matrix = Optional.empty();
      if (operator.flatMap(Operator::matrix).isPresent()) {
        matrix =
            operator.get().matrix().get().of(NodeView.settings(node, names.get(i)), known(), joint);
      } else if (operator.isPresent() && operator.get().isMatrix() && hasStoredMatrix(node)) {
        throw new ExecutionException("multiplies with a stored matrix, which is not executed");
      }
      if (matrix.isPresent()) {
        matrices.add(
            MatrixNode.of(
                model,
                node,
                names.get(i),
                matrix.get(),
                layers.use(matrix.get().layers()),
                stored));
        members.add(new ArrayList<>());
        behind = matrices.size();
      } else {
        members.get(behind).add(i);
      }
      for (String made : node.getOutputList()) {
        partOf.put(made, behind);
      }
    }

    private Operator.Constants known() {
      return new Operator.Constants(constants);
    }

    private boolean hasStoredMatrix(NodeProto node) {
      return node.getInputList().stream()
          .filter(stored::containsKey)
          .anyMatch(name -> stored.get(name).getDimsCount() > 1);
    }

    private Optional<GraphPart> part(int part) {
      Set<String> wanted = new LinkedHashSet<>();
      for (int i : members.get(part)) {
        for (String made : nodes.get(i).getOutputList()) {
          if (!made.isEmpty() && isReadOutside(made, part)) {
            wanted.add(made);
          }
        }
      }
      return wanted.isEmpty()
          ? Optional.empty()
          : Optional.of(graphPart("part " + part, wanted, members.get(part)));
    }

    private boolean isReadOutside(String name, int part) {
      if (name.equals(output)) {
        return true;
      }
      Set<Integer> inside = new HashSet<>(members.get(part));
      for (int i = 0; i < nodes.size(); i++) {
        if (!inside.contains(i) && LiveNodes.reads(nodes.get(i)).contains(name)) {
          return true;
        }
      }
      return false;
    }

    /** A part of nodes and of all constant nodes that they need. */
    private GraphPart graphPart(String name, Set<String> wanted, List<Integer> own) {
      Set<Integer> all = new java.util.TreeSet<>(own);
      List<String> open = new ArrayList<>();
      own.forEach(i -> open.addAll(LiveNodes.reads(nodes.get(i))));
      open.addAll(wanted);
      Map<String, TensorProto> held = new LinkedHashMap<>();
      while (!open.isEmpty()) {
        String read = open.remove(open.size() - 1);
        if (stored.containsKey(read)) {
          held.put(read, stored.get(read));
        } else if (constant.containsKey(read) && all.add(constant.get(read))) {
          open.addAll(LiveNodes.reads(nodes.get(constant.get(read))));
        }
      }
      Set<String> made = new HashSet<>();
      all.forEach(i -> made.addAll(nodes.get(i).getOutputList()));
      Set<String> given = new LinkedHashSet<>();
      for (int i : own) {
        for (String read : LiveNodes.reads(nodes.get(i))) {
          if (partOf.containsKey(read) && !made.contains(read)) {
            given.add(read);
          }
        }
      }
      return new GraphPart(
          model,
          name,
          all.stream().map(nodes::get).toList(),
          List.copyOf(held.values()),
          List.copyOf(given),
          List.copyOf(wanted));
    }

    /** The last stage that reads a value: part k is stage 2 k, matrix k stage 2 k − 1. */
    private void uses() {
      for (int part = 0; part < parts.size(); part++) {
        int stage = 2 * part;
        parts.get(part).ifPresent(p -> p.inputs().forEach(name -> lastUse.put(name, stage)));
        if (part < matrices.size()) {
          matrices.get(part).node().getInputList().forEach(name -> lastUse.put(name, stage + 1));
        }
      }
      lastUse.put(output, Integer.MAX_VALUE);
    }
  }

  private static Optional<Operator> operator(NodeProto node) {
    return Operators.find(node.getDomain(), node.getOpType());
  }

  /**
   * True if two items side by side give what they give alone, on values of a simple pattern.
   *
   * @throws ExecutionException if the library does not run them
   */
  private boolean stacks() {
    float[][] items = new float[2][inputSize()];
    for (int i = 0; i < items[0].length; i++) {
      items[0][i] = i % 7 < 3 ? 1 : 0;
      items[1][i] = i % 5 < 2 ? 1 : 0;
    }
    float[][] alone = runWhole(items, false).toArray(float[][]::new);
    boolean isOpen = inputs.stream().allMatch(Port::isOpen);
    if (!isOpen || matrices.stream().anyMatch(MatrixNode::isRecurrent)) {
      return false;
    }
    try {
      float[][] together = runWhole(items, true).toArray(float[][]::new);
      return isNear(alone[0], together[0]) && isNear(alone[1], together[1]);
    } catch (ExecutionException e) {
      // Its graph states the number of items: they run one after the other.
      return false;
    }
  }

  private static boolean isNear(float[] expected, float[] actual) {
    double largest = 0;
    double off = 0;
    for (int k = 0; k < expected.length && actual.length == expected.length; k++) {
      largest = Math.max(largest, Math.abs(expected[k]));
      off = Math.max(off, Math.abs(expected[k] - actual[k]));
    }
    return actual.length == expected.length && off <= SAME * largest;
  }

  private List<float[]> runWhole(float[][] items, boolean together) {
    List<float[]> outputs = new ArrayList<>();
    for (Lane lane : lanes(items, together)) {
      OnnxTensor made = whole.run(lane.values()).get(output);
      lane.close();
      outputs.addAll(Arrays.asList(Lane.items(made, lane.items())));
      made.close();
    }
    return outputs;
  }

  /** The network without changes, all of it run by the library. */
  public List<float[]> runExactly(float[][] items) {
    return runWhole(items, isStacked);
  }

  /** The layers with stored matrices, in order of execution. */
  public List<MatrixLayer> layers() {
    return layers.layers();
  }

  /** Dimensions of one item, the batch's left out; of several inputs their values in a row. */
  public List<Integer> itemShape() {
    if (inputs.size() == 1) {
      int[] dims = inputs.get(0).dims();
      List<Integer> shape = Arrays.stream(dims).boxed().collect(Collectors.toList());
      return List.copyOf(dims.length > 1 ? shape.subList(1, dims.length) : shape);
    }
    return List.of(inputSize());
  }

  /** The model with the open dimensions of its inputs set, except the first of each. */
  public byte[] bytes() {
    ModelProto.Builder stated = model.toBuilder();
    Map<String, int[]> dims = new HashMap<>();
    inputs.forEach(input -> dims.put(input.name(), input.dims()));
    for (ValueInfoProto.Builder input : stated.getGraphBuilder().getInputBuilderList()) {
      int[] own = dims.getOrDefault(input.getName(), new int[0]);
      for (int i = 1; i < own.length; i++) {
        input
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder()
            .getDimBuilder(i)
            .setDimValue(own[i]);
      }
    }
    return stated.build().toByteArray();
  }

  /** Values of all inputs of an item. */
  public int inputSize() {
    return inputs.stream().mapToInt(Port::size).sum();
  }

  /** Values of an output of one item. */
  public int outputSize() {
    return outputShape().stream().reduce(1, Math::multiplyExact);
  }

  /** Dimensions of the output of one item, a batch of one left out. */
  public List<Integer> outputShape() {
    try (Lane lane = lanes(new float[1][inputSize()], false).get(0)) {
      OnnxTensor made = whole.run(lane.values()).get(output);
      int[] dims = OnnxRuntime.dims(made);
      made.close();
      List<Integer> shape = Arrays.stream(dims).boxed().toList();
      return dims.length > 1 && dims[0] == 1 ? shape.subList(1, dims.length) : shape;
    }
  }

  /** True if only an engine multiplies some of its matrices: those of recurrent cells. */
  public boolean isRecurrent() {
    return matrices.stream().anyMatch(MatrixNode::isRecurrent);
  }

  /**
   * Copy of this network with both matrices of some recurrent cells stored as one.
   *
   * @param layer accepts the names of the layers of such matrices, {@code lstm/joint}
   */
  public SplitNetwork joined(Predicate<String> layer) {
    return new SplitNetwork(model, inputs, layer);
  }

  /**
   * Runs a batch of items.
   *
   * @param items inputs, one array an item; the values of several inputs one after the other
   * @param first number of the first item among all, even
   * @param session engine that multiplies
   * @return the first output of each item
   * @throws ExecutionException if a node's inputs do not fit it
   */
  public List<float[]> run(float[][] items, long first, MatrixEngine.Session session) {
    try (SplitRun run = start(items)) {
      BatchRun batch = new BatchRun(session, items.length, first);
      while (run.isAtMatrix()) {
        run.multiply(batch);
      }
      return run.outputs();
    }
  }

  /** A run of a batch that stands before the first matrix. */
  public SplitRun start(float[][] items) {
    return new SplitRun(this, lanes(items, isStacked));
  }

  private List<Lane> lanes(float[][] items, boolean together) {
    List<Lane> lanes = new ArrayList<>();
    int each = together ? items.length : 1;
    for (int from = 0; from < items.length; from += each) {
      Map<String, OnnxTensor> values = new HashMap<>();
      int place = 0;
      for (Port input : inputs) {
        float[] all = new float[each * input.size()];
        for (int i = 0; i < each; i++) {
          System.arraycopy(items[from + i], place, all, i * input.size(), input.size());
        }
        int[] dims = input.dims().clone();
        if (dims.length > 0 && each > 1) {
          dims[0] *= each;
        }
        values.put(input.name(), OnnxRuntime.tensor(input.type(), dims, all));
        place += input.size();
      }
      lanes.add(new Lane(each, values));
    }
    return lanes;
  }

  @Override
  public MatrixNode matrix(int i) {
    return matrices.get(i);
  }

  @Override
  public int matrixCount() {
    return matrices.size();
  }

  @Override
  public Optional<GraphPart> part(int i) {
    return parts.get(i);
  }

  @Override
  public Optional<Values> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  @Override
  public String output() {
    return output;
  }

  @Override
  public boolean isDone(String name, int stage) {
    return lastUse.getOrDefault(name, -1) <= stage;
  }
}
