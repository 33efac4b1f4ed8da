package dev.kirchhoff.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Executor of a network: matrix layers on an engine, everything else in digital arithmetic of
 * single precision, item by item.
 *
 * <p>Matrix layers are Conv, Gemm and MatMul with a stored matrix, LSTM, GRU and RNN; the vectors
 * of all items of a batch are multiplied together. Products of two computed matrices are digital,
 * as the mapper has them. Nodes that depend on nothing but constants are executed once. Immutable;
 * safe for several threads.
 *
 * <pre>{@code
 * GraphExecutor network = GraphExecutor.of(OnnxGraph.read(bytes));
 * float[] scores = network.run(new float[][] {image}, 0, engine.newSession()).get(0);
 * }</pre>
 */
public final class GraphExecutor implements ExecutableNetwork {
  private static final String MISFIT = " reads values whose dimensions or number do not fit it";

  private final ComputeGraph graph;
  private final Map<String, Values> constants = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final StoredLayers layers = new StoredLayers();
  private final Map<List<Object>, List<Values>> folded = new HashMap<>();
  private final Predicate<String> joint;

  /** A node with its function; use is that of a node with layers. */
  private record Step(GraphNode node, ItemOperator digital, MatrixOperator matrix, LayerUse use) {}

  private GraphExecutor(ComputeGraph graph, Predicate<String> joint) {
    this.graph = graph;
    this.joint = joint;
    constants.putAll(graph.constants());
    List<String> problems = new ArrayList<>();
    for (GraphNode node : graph.nodes()) {
      try {
        plan(node);
      } catch (ExecutionException e) {
        problems.add(shown(node) + " " + e.getMessage());
      } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
        problems.add(shown(node) + MISFIT);
      }
    }
    if (!problems.isEmpty()) {
      throw new ExecutionException(String.join("\n", problems));
    }
  }

  /**
   * An executor of a network.
   *
   * @throws ExecutionException with all nodes that cannot be executed, a line each
   */
  public static GraphExecutor of(ComputeGraph graph) {
    return new GraphExecutor(graph, name -> false);
  }

  @Override
  public GraphExecutor joined(Predicate<String> layer) {
    return new GraphExecutor(graph, layer);
  }

  private static String shown(GraphNode node) {
    return "node '" + node.name() + "' (" + node.operator() + ")";
  }

  private void plan(GraphNode node) {
    Optional<Operator> operator = Operators.find("", node.operator());
    Optional<MatrixOperator> matrix =
        operator
            .flatMap(Operator::matrix)
            .flatMap(of -> of.of(node, new Operator.Constants(constants), joint));
    if (matrix.isPresent()) {
      steps.add(new Step(node, null, matrix.get(), layers.use(matrix.get().layers())));
      return;
    }
    ItemOperator digital =
        operator
            .flatMap(Operator::digital)
            .orElseThrow(
                () ->
                    new ExecutionException(
                        "is an operator that is not executed; there are "
                            + String.join(", ", Operators.executed())));
    boolean isConstant =
        node.inputs().stream().allMatch(name -> name.isEmpty() || constants.containsKey(name));
    if (!isConstant) {
      steps.add(new Step(node, digital, null, new LayerUse(List.of(), 0)));
      return;
    }
    List<Values> inputs = new ArrayList<>();
    node.inputs().forEach(name -> inputs.add(name.isEmpty() ? null : constants.get(name)));
    List<Object> key =
        List.of(
            node.operator(), node.attributes(), node.opset(), node.outputs().size(), names(inputs));
    boolean movesMatrix = inputs.stream().anyMatch(value -> value != null && !value.isSmall());
    List<Values> known = movesMatrix ? folded.get(key) : null;
    List<Values> outputs = known == null ? apply(digital, node, inputs) : known;
    folded.put(key, outputs);
    for (int i = 0; i < Math.min(outputs.size(), node.outputs().size()); i++) {
      constants.put(node.outputs().get(i), outputs.get(i));
    }
  }

  private static List<Object> names(List<Values> inputs) {
    return inputs.stream().map(value -> value == null ? (Object) "" : value.key()).toList();
  }

  @Override
  public List<MatrixLayer> layers() {
    return layers.layers();
  }

  @Override
  public List<Integer> itemShape() {
    List<Integer> dims = graph.inputDims();
    return dims.size() > 1 ? dims.subList(1, dims.size()) : dims;
  }

  /** It is run on zeros without multiplying. */
  @Override
  public int outputSize() {
    return run(new float[][] {new float[inputSize()]}, 0, (call, vectors, products) -> {})
        .get(0)
        .length;
  }

  /** Values of an input. */
  public int inputSize() {
    return graph.inputDims().stream().reduce(1, Math::multiplyExact);
  }

  @Override
  public List<float[]> run(float[][] items, long first, MatrixEngine.Session session) {
    BatchRun run = new BatchRun(session, items.length, first);
    int[] dims = graph.inputDims().stream().mapToInt(Integer::intValue).toArray();
    Map<String, BatchValues> values = new HashMap<>();
    constants.forEach((name, value) -> values.put(name, BatchValues.constant(value)));
    values.put(graph.input(), BatchValues.of(dims, items));
    for (Step step : steps) {
      List<BatchValues> inputs = new ArrayList<>();
      for (String name : step.node().inputs()) {
        inputs.add(name.isEmpty() ? null : values.get(name));
      }
      try {
        List<BatchValues> outputs =
            step.matrix() != null
                ? step.matrix().apply(inputs, step.use(), run)
                : digital(step, inputs, items.length);
        for (int i = 0; i < Math.min(outputs.size(), step.node().outputs().size()); i++) {
          values.put(step.node().outputs().get(i), outputs.get(i));
        }
      } catch (ExecutionException e) {
        throw new ExecutionException(shown(step.node()) + " " + e.getMessage());
      } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
        throw new ExecutionException(shown(step.node()) + MISFIT);
      }
    }
    return Arrays.asList(values.get(graph.output()).arrays(items.length));
  }

  /** Whole numbers make whole numbers, unless they are cast. */
  private static List<Values> apply(ItemOperator operator, GraphNode node, List<Values> inputs) {
    List<Values> outputs = operator.apply(node, inputs);
    boolean isWhole =
        !inputs.isEmpty()
            && !node.operator().equals("Cast")
            && inputs.stream().allMatch(value -> value == null || value.isWhole());
    return isWhole ? outputs.stream().map(Values::asWhole).toList() : outputs;
  }

  private static List<BatchValues> digital(Step step, List<BatchValues> inputs, int items) {
    List<Values[]> outputs = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      List<Values> values = new ArrayList<>();
      for (BatchValues input : inputs) {
        values.add(input == null ? null : input.item(item));
      }
      List<Values> made = apply(step.digital(), step.node(), values);
      for (int i = 0; i < made.size(); i++) {
        if (item == 0) {
          outputs.add(new Values[items]);
        }
        outputs.get(i)[item] = made.get(i);
      }
    }
    return outputs.stream().map(BatchValues::of).toList();
  }
}
