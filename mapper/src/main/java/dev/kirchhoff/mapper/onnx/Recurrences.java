package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * LSTM, GRU and RNN. Each direction has two layers: the input matrix, which multiplies the inputs
 * of all time steps, and the recurrent matrix, which multiplies the state step after step and reads
 * the results of the first. All gates are columns of one matrix; a GRU that multiplies the gated
 * state (linear_before_reset = 0) needs two passes of its recurrent matrix a step, counted as one.
 *
 * <p>Digital work of a step and unit, from the definitions: LSTM 5 look-ups (3 sigmoids, 2 tanh), 3
 * products (6 with peepholes), 5 additions (4 of the recurrent part, 1 of the cell); GRU 3
 * look-ups, 3 products, 5 additions; RNN 1 look-up, 1 addition. The bias of the input matrix is one
 * a gate.
 */
final class Recurrences {
  private Recurrences() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(operator("LSTM", Cell.LSTM), operator("GRU", Cell.GRU), operator("RNN", Cell.RNN));

  private static Operator operator(String name, Cell cell) {
    return Operator.matrix(name, (node, book) -> recurrent(node, book, cell))
        .onCrossbars(Recurrences::executed);
  }

  private enum Cell {
    LSTM(4, 5, 3, 5),
    GRU(3, 3, 3, 5),
    RNN(1, 1, 0, 1);

    private final int gates;
    private final int lookups;
    private final int products;
    private final int additions;

    Cell(int gates, int lookups, int products, int additions) {
      this.gates = gates;
      this.lookups = lookups;
      this.products = products;
      this.additions = additions;
    }
  }

  private static List<Tensor> recurrent(NodeView node, LayerCollector book, Cell cell) {
    Tensor x = node.in(0);
    Tensor w = node.in(1);
    Tensor r = node.in(2);
    boolean batchFirst = node.whole("layout", 0) == 1;
    if (x.rank() != 3 || w.rank() != 3 || r.rank() != 3) {
      throw new ModelException(
          "reads " + Dims.text(x.dims()) + ", must have steps, batch and inputs");
    }
    long steps = x.dim(batchFirst ? 1 : 0);
    long batch = x.dim(batchFirst ? 0 : 1);
    long hidden = r.dim(2);
    String direction = node.choice("direction", "forward", "reverse", "bidirectional");
    long directions = direction.equals("bidirectional") ? 2 : 1;
    boolean fits =
        w.dim(0) == directions
            && r.dim(0) == directions
            && w.dim(2) == x.dim(2)
            && w.dim(1) == cell.gates * hidden
            && r.dim(1) == cell.gates * hidden;
    if (!fits || node.whole("hidden_size", hidden) != hidden || steps * batch * hidden == 0) {
      throw new ModelException(
          "has matrices of "
              + Dims.text(w.dims())
              + " and "
              + Dims.text(r.dims())
              + " for inputs of "
              + Dims.text(x.dims()));
    }
    List<Flow> flows = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      String prefix = directions == 1 ? "" : d == 0 ? "/forward" : "/backward";
      flows.add(direction(node, book, cell, prefix));
    }
    Flow flow = Flow.union(flows).as(ValueKind.SIGNED);
    long[] all =
        batchFirst
            ? new long[] {batch, steps, directions, hidden}
            : new long[] {steps, directions, batch, hidden};
    long[] last =
        batchFirst
            ? new long[] {batch, directions, hidden}
            : new long[] {directions, batch, hidden};
    return List.of(
        Tensor.computed(x.type(), all, flow),
        Tensor.computed(x.type(), last, flow),
        Tensor.computed(x.type(), last, flow));
  }

  private static Flow direction(NodeView node, LayerCollector book, Cell cell, String prefix) {
    Tensor x = node.in(0);
    Tensor r = node.in(2);
    boolean batchFirst = node.whole("layout", 0) == 1;
    long steps = x.dim(batchFirst ? 1 : 0);
    long vectors = Dims.elements(Dims.checked(x.dim(0), x.dim(1)));
    int gates = Dims.whole(cell.gates * r.dim(2), "gates");
    int columns = Dims.whole(vectors, "vectors");
    MatrixShape input =
        new MatrixShape(Dims.whole(x.dim(2), "inputs"), gates, 1, 1, columns, 1, 1, 1);
    int first =
        book.add(
            node.name(),
            new LayerMatrix(
                prefix + "/input", input, Window.padded(input), x, node.in(1), false, prefix));
    if (node.has(3)) {
      book.bias(Flow.of(first, ValueKind.LINEAR), input.outputs());
    }
    MatrixShape recurrent =
        new MatrixShape(Dims.whole(r.dim(2), "units"), gates, 1, 1, columns, 1, 1, 1);
    Tensor state =
        Tensor.computed(x.type(), new long[] {vectors, r.dim(2)}, Flow.of(first, ValueKind.SIGNED));
    int second =
        book.add(
            node.name(),
            new LayerMatrix(
                prefix + "/recurrent",
                recurrent,
                Window.padded(recurrent).inSteps(Dims.whole(steps, "steps")),
                state,
                r,
                false,
                prefix));
    if (cell != Cell.GRU) {
      book.recur(first, second);
    }
    List<Flow> flows = new ArrayList<>(List.of(Flow.of(second, ValueKind.SIGNED)));
    for (int i = 5; i <= 6; i++) {
      if (node.has(i) && !node.in(i).isConstant()) {
        flows.add(node.in(i).flow());
      }
    }
    Flow flow = book.join(flows, ValueKind.SIGNED);
    long units = vectors * r.dim(2);
    long peepholes = cell == Cell.LSTM && node.has(7) ? 3 : 0;
    book.charge(
        flow,
        Map.of(
            DigitalOperation.LOOKUP, cell.lookups * units,
            DigitalOperation.MULTIPLY_ACCUMULATE, (cell.products + peepholes) * units,
            DigitalOperation.ADD, cell.additions * units));
    return flow;
  }

  private static Optional<MatrixOperator> executed(
      NodeView node, Operator.Constants constants, Predicate<String> joint) {
    return Optional.of(
        new Executed(node, constants.required(node, 1), constants.required(node, 2), joint));
  }

  /**
   * LSTM, GRU and RNN: in each direction one matrix for the inputs of all steps and one for the
   * state, step after step; what a unit does of them is its {@link RecurrentCell}'s. A state that
   * is multiplied a second time, gated, reads the whole matrix again. Where both are stored as one
   * matrix [W; R], each step multiplies inputs and state at once.
   */
  private static final class Executed implements MatrixOperator {
    private final NodeView node;
    private final RecurrentCell cell;
    private final int directions;
    private final int hidden;
    private final List<MatrixLayer> layers = new ArrayList<>();
    private final List<Integer> firstLayer = new ArrayList<>();
    private final List<Boolean> isJoint = new ArrayList<>();

    /**
     * A recurrent layer.
     *
     * @param joint accepts the name of a layer if both matrices of its cell are stored as one
     */
    Executed(NodeView node, Values weights, Values recurrence, Predicate<String> joint) {
      this.node = node;
      cell = RecurrentCell.of(node);
      directions = weights.dim(0);
      hidden = recurrence.dim(2);
      for (int d = 0; d < directions; d++) {
        String prefix = directions == 1 ? "" : d == 0 ? "/forward" : "/backward";
        String name = MatrixLayer.name(node.name(), prefix + "/joint");
        firstLayer.add(layers.size());
        isJoint.add(cell.isSummed() && joint.test(name));
        if (isJoint.get(d)) {
          layers.add(layer(name, d, weights, recurrence));
        } else {
          layers.add(layer(MatrixLayer.name(node.name(), prefix + "/input"), d, weights));
          layers.add(layer(MatrixLayer.name(node.name(), prefix + "/recurrent"), d, recurrence));
        }
      }
    }

    /** A layer of matrices below each other. */
    private static MatrixLayer layer(String name, int direction, Values... parts) {
      int outputs = parts[0].dim(1);
      float[][] matrix =
          new float[Arrays.stream(parts).mapToInt(part -> part.dim(2)).sum()][outputs];
      List<Object> source = new ArrayList<>(List.of("recurrent", direction));
      int first = 0;
      for (Values part : parts) {
        int inputs = part.dim(2);
        for (int k = 0; k < inputs; k++) {
          for (int m = 0; m < outputs; m++) {
            matrix[first + k][m] = part.at((direction * outputs + m) * inputs + k);
          }
        }
        first += inputs;
        source.add(part);
      }
      return new MatrixLayer(name, new float[][][] {matrix}, 1, source);
    }

    @Override
    public List<MatrixLayer> layers() {
      return List.copyOf(layers);
    }

    @Override
    public List<BatchValues> apply(List<BatchValues> inputs, LayerUse use, BatchRun run) {
      int[] dims = inputs.get(0).dims();
      int steps = dims[0];
      if (dims.length != 3 || dims[1] != 1) {
        throw new ExecutionException(
            "reads " + Arrays.toString(dims) + ", must have steps, 1 item and inputs");
      }
      requireWhole(inputs, steps, run);
      float[][] all = new float[run.items()][steps * directions * hidden];
      float[][] last = new float[run.items()][directions * hidden];
      float[][] cells = new float[run.items()][directions * hidden];
      for (int d = 0; d < directions; d++) {
        direction(inputs, use, d, new Outputs(all, last, cells), run);
      }
      int[] states = {directions, 1, hidden};
      BatchValues every = BatchValues.of(new int[] {steps, directions, 1, hidden}, all);
      BatchValues ends = BatchValues.of(states, last);
      return node.operator().equals("LSTM")
          ? List.of(every, ends, BatchValues.of(states, cells))
          : List.of(every, ends);
    }

    /** Lengths of sequences, where they are given, are those of all steps. */
    private static void requireWhole(List<BatchValues> inputs, int steps, BatchRun run) {
      for (int item = 0; MatrixOperator.given(inputs, 4) && item < run.items(); item++) {
        for (float length : inputs.get(4).item(item).data()) {
          if (length != steps) {
            throw new ExecutionException("reads sequences of fewer steps, which are not executed");
          }
        }
      }
    }

    private record Outputs(float[][] all, float[][] last, float[][] cells) {}

    /** Products W x of all steps. */
    private static float[][] driven(
        float[][] x, int steps, int width, int gates, int layer, int step, BatchRun run) {
      int[] places = new int[width * steps];
      for (int k = 0; k < width; k++) {
        for (int s = 0; s < steps; s++) {
          places[k * steps + s] = s * width + k;
        }
      }
      float[][] driven = new float[run.items()][steps * gates];
      run.multiply(
          new Gather(layer, 0, step, steps, places, new Gather.Target(0, 1, gates)),
          x,
          gates,
          driven);
      return driven;
    }

    private void direction(
        List<BatchValues> inputs, LayerUse use, int d, Outputs out, BatchRun run) {
      int steps = inputs.get(0).dims()[0];
      int width = inputs.get(0).dims()[2];
      int gates = cell.gates() * hidden;
      float[][] x = inputs.get(0).arrays(run.items());
      boolean joint = isJoint.get(d);
      int layer = use.layer(firstLayer.get(d) + (joint ? 0 : 1));
      float[][] driven =
          joint
              ? new float[run.items()][gates]
              : driven(x, steps, width, gates, use.layer(firstLayer.get(d)), use.step(0), run);
      int rows = joint ? width + hidden : hidden;
      float[][] vectors = new float[run.items()][rows];
      float[][] h = start(inputs, 5, d, run);
      float[][] c = start(inputs, 6, d, run);
      float[][] bias = bias(inputs, d, run);
      float[][] fed = new float[run.items()][gates];
      float[][] again = new float[run.items()][gates];
      float[][] gated = new float[run.items()][hidden];
      int[] identity = new int[rows];
      Arrays.setAll(identity, i -> i);
      boolean isBackward = d == 1 || node.text("direction", "forward").equals("reverse");
      for (int t = 0; t < steps; t++) {
        int s = isBackward ? steps - 1 - t : t;
        int first = joint ? 0 : s * gates;
        for (int item = 0; item < run.items(); item++) {
          if (joint) {
            System.arraycopy(x[item], s * width, vectors[item], 0, width);
          }
          System.arraycopy(h[item], 0, vectors[item], rows - hidden, hidden);
        }
        Gather.Target target = new Gather.Target(0, 1, gates);
        run.multiply(new Gather(layer, 0, use.step(t), 1, identity, target), vectors, gates, fed);
        RecurrentCell.Products[] products = new RecurrentCell.Products[run.items()];
        Arrays.setAll(
            products,
            i -> new RecurrentCell.Products(hidden, driven[i], first, fed[i], again[i], bias[i]));
        if (cell.isReadTwice()) {
          for (int item = 0; item < run.items(); item++) {
            cell.gate(products[item], h[item], gated[item]);
          }
          run.multiply(
              new Gather(layer, 0, use.step(steps + t), 1, identity, target), gated, gates, again);
        }
        for (int item = 0; item < run.items(); item++) {
          cell.advance(products[item], h[item], c[item]);
          int place = (s * directions + d) * hidden;
          System.arraycopy(h[item], 0, out.all()[item], place, hidden);
        }
      }
      for (int item = 0; item < run.items(); item++) {
        System.arraycopy(h[item], 0, out.last()[item], d * hidden, hidden);
        System.arraycopy(c[item], 0, out.cells()[item], d * hidden, hidden);
      }
    }

    private float[][] start(List<BatchValues> inputs, int index, int d, BatchRun run) {
      float[][] state = new float[run.items()][hidden];
      if (MatrixOperator.given(inputs, index)) {
        for (int item = 0; item < run.items(); item++) {
          System.arraycopy(inputs.get(index).item(item).data(), d * hidden, state[item], 0, hidden);
        }
      }
      return state;
    }

    /** Biases of a direction, by item. */
    private float[][] bias(List<BatchValues> inputs, int d, BatchRun run) {
      int each = 2 * cell.gates() * hidden;
      float[][] bias = new float[run.items()][0];
      if (MatrixOperator.given(inputs, 3)) {
        for (int item = 0; item < run.items(); item++) {
          bias[item] =
              Arrays.copyOfRange(inputs.get(3).item(item).data(), d * each, (d + 1) * each);
        }
      }
      return bias;
    }
  }
}
