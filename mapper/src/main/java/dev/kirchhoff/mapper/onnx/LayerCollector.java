package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.ValueOrigins;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * The layers found so far, and the digital work charged to them. Work is charged to the layer that
 * completed what it works on; work in front of every layer to the first one.
 */
final class LayerCollector {
  private static final int MOST_LAYERS = 20_000;
  private static final long MOST_READS = 2_000_000;

  private final Measurements measurements;
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<Stored, Integer> stored = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<DigitalOperation, Long> early = new EnumMap<>(DigitalOperation.class);
  private long reads;

  LayerCollector(Measurements measurements) {
    this.measurements = measurements;
  }

  private static final class Draft {
    private final String name;
    private final LayerMatrix matrix;
    private final Measurements.Figures inputs;
    private final Measurements.Figures weights;
    private final Map<DigitalOperation, Long> work = new EnumMap<>(DigitalOperation.class);
    private final Set<Integer> joins = new TreeSet<>();
    private MatrixStorage stored = MatrixStorage.OWN;
    private boolean isBiased;

    Draft(
        String name,
        LayerMatrix matrix,
        Measurements.Figures inputs,
        Measurements.Figures weights) {
      this.name = name;
      this.matrix = matrix;
      this.inputs = inputs;
      this.weights = weights;
    }
  }

  /** Adds a layer; returns its index. */
  int add(String node, LayerMatrix matrix) {
    if (drafts.size() >= MOST_LAYERS) {
      throw new ModelException("has more than " + MOST_LAYERS + " matrix layers");
    }
    reads += matrix.vectors().flow().from().size();
    if (reads > MOST_READS) {
      throw new ModelException("reads too many layers through concatenations");
    }
    Measurements.Figures weights =
        matrix.matrix().isConstant()
            ? measurements.weights(matrix)
            : measurements.operand(matrix.matrix().flow());
    Draft draft =
        new Draft(
            unique(node + matrix.suffix()),
            matrix,
            measurements.inputs(matrix.vectors().flow()),
            weights);
    if (matrix.matrix().isConstant()) {
      Integer first = stored.putIfAbsent(Stored.of(matrix), drafts.size());
      draft.stored = first == null ? MatrixStorage.OWN : new MatrixStorage.Reused(first);
    }
    drafts.add(draft);
    return drafts.size() - 1;
  }

  /**
   * A stored matrix: values of one constant in one arrangement; products with it by different nodes
   * use it again.
   */
  private record Stored(
      Object values, String use, int inputs, int positions, int outputs, int groups) {
    static Stored of(LayerMatrix matrix) {
      MatrixShape shape = matrix.shape();
      return new Stored(
          matrix.matrix().source(),
          matrix.use(),
          shape.inputsPerOutput(),
          shape.kernelHeight() * shape.kernelWidth(),
          shape.outputsPerGroup(),
          shape.groups());
    }
  }

  /**
   * Marks a layer as the recurrent matrix of a cell that takes the sum of its products and those of
   * the input matrix, unless either is used again.
   */
  void recur(int input, int recurrent) {
    Draft w = drafts.get(input);
    Draft r = drafts.get(recurrent);
    boolean areOwn =
        w.stored.equals(MatrixStorage.OWN)
            && r.stored.equals(MatrixStorage.OWN)
            && w.matrix.matrix().isConstant()
            && r.matrix.matrix().isConstant();
    if (areOwn) {
      r.stored = new MatrixStorage.Recurrent(input, scale(r, w));
    }
  }

  /** Largest magnitude of a matrix over that of another; 1 where one is zero or not known. */
  private double scale(Draft draft, Draft other) {
    OptionalDouble largest = measurements.scale(draft.matrix);
    OptionalDouble others = measurements.scale(other.matrix);
    if (largest.isEmpty() || others.isEmpty()) {
      return 1;
    }
    double scale = largest.getAsDouble() / others.getAsDouble();
    return scale > 0 && scale < Double.POSITIVE_INFINITY ? scale : 1;
  }

  private String unique(String wanted) {
    String plain = wanted.replaceAll("[^A-Za-z0-9_./:-]", "_").replaceAll("^/+", "");
    String base = plain.length() > 120 ? plain.substring(0, 120) : plain.isEmpty() ? "_" : plain;
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** Number of layers so far. */
  int size() {
    return drafts.size();
  }

  /** Charges work on values that come from {@code flow}. */
  void charge(Flow flow, DigitalOperation operation, long elements) {
    if (elements > 0) {
      int latest = flow.latest();
      (latest < 0 ? early : drafts.get(latest).work)
          .merge(operation, elements, LayerCollector::sum);
    }
  }

  /** Charges several amounts of work. */
  void charge(Flow flow, Map<DigitalOperation, Long> work) {
    work.forEach((operation, elements) -> charge(flow, operation, elements));
  }

  /** Result of work on a tensor; on constants none is done in an inference. */
  Tensor worked(Tensor x, long[] dims, ValueKind kind, Map<DigitalOperation, Long> work) {
    if (!x.isConstant()) {
      charge(x.flow(), work);
    }
    return x.withFlow(x.flow().as(kind)).made(x.type(), dims);
  }

  private static long sum(long a, long b) {
    if (a + b > 1_000_000_000_000_000L) {
      throw new ModelException("is followed by more than 10^15 digital operations");
    }
    return a + b;
  }

  /** A constant addition folded into a layer's weights: one bias an output, once a layer. */
  void bias(Flow flow, long elements) {
    int latest = flow.latest();
    if (latest < 0) {
      charge(flow, DigitalOperation.ADD, elements);
    } else if (!drafts.get(latest).isBiased) {
      drafts.get(latest).isBiased = true;
      charge(flow, DigitalOperation.BIAS, elements);
    }
  }

  /**
   * Work that takes the values of several tensors element by element: the layer that comes last
   * bears it and joins the others.
   *
   * @return origin of the result
   */
  Flow join(List<Flow> operands, ValueKind kind) {
    if (operands.size() == 1) {
      return operands.get(0).as(kind);
    }
    Flow all = Flow.union(operands);
    int latest = all.latest();
    for (int from : all.from()) {
      if (from != latest) {
        drafts.get(latest).joins.add(from);
      }
    }
    return Flow.of(latest, kind);
  }

  /** The layers, with all that was charged to them. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      if (i == 0) {
        early.forEach(
            (operation, elements) -> draft.work.merge(operation, elements, LayerCollector::sum));
      }
      Set<Integer> from = new java.util.LinkedHashSet<>(draft.matrix.vectors().flow().from());
      if (!draft.matrix.matrix().isConstant()) {
        from.addAll(draft.matrix.matrix().flow().from());
      }
      List<DigitalWork> after = new ArrayList<>();
      draft.work.forEach((operation, n) -> after.add(new DigitalWork(operation, n)));
      layers.add(
          new Layer(
              draft.name,
              draft.matrix.shape(),
              draft.matrix.window(),
              !draft.matrix.matrix().isConstant(),
              draft.inputs.statistics(),
              draft.weights.statistics(),
              new ValueOrigins(draft.inputs.signs(), draft.inputs.origin(), draft.weights.origin()),
              after,
              new Links(new ArrayList<>(from), new ArrayList<>(draft.joins)),
              draft.stored));
    }
    return layers;
  }
}
