package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Window;
import java.util.ArrayList;
import java.util.List;

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

  static List<Tensor> lstm(NodeView node, LayerCollector book) {
    return recurrent(node, book, Cell.LSTM);
  }

  static List<Tensor> gru(NodeView node, LayerCollector book) {
    return recurrent(node, book, Cell.GRU);
  }

  static List<Tensor> rnn(NodeView node, LayerCollector book) {
    return recurrent(node, book, Cell.RNN);
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
    MatrixShape input =
        new MatrixShape(
            Dims.whole(x.dim(2), "inputs"), gates, 1, 1, Dims.whole(vectors, "vectors"), 1, 1, 1);
    int first =
        book.add(
            node.name(),
            new LayerMatrix(
                prefix + "/input", input, Window.padded(input), x, node.in(1), false, prefix));
    if (node.has(3)) {
      book.bias(Flow.of(first, ValueKind.LINEAR), input.outputs());
    }
    MatrixShape recurrent =
        new MatrixShape(
            Dims.whole(r.dim(2), "units"), gates, 1, 1, Dims.whole(vectors, "vectors"), 1, 1, 1);
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
    book.charge(flow, DigitalOperation.LOOKUP, cell.lookups * units);
    book.charge(flow, DigitalOperation.MULTIPLY_ACCUMULATE, (cell.products + peepholes) * units);
    book.charge(flow, DigitalOperation.ADD, cell.additions * units);
    return flow;
  }
}
