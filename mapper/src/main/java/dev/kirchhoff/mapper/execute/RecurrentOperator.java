package dev.kirchhoff.mapper.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * LSTM, GRU and RNN: in each direction one matrix for the inputs of all steps and one for the
 * state, step after step; what a unit does of them is its {@link RecurrentCell}'s. A state that is
 * multiplied a second time, gated, reads the whole matrix again.
 */
final class RecurrentOperator implements MatrixOperator {
  private final GraphNode node;
  private final RecurrentCell cell;
  private final int directions;
  private final int hidden;
  private final List<MatrixLayer> layers = new ArrayList<>();

  RecurrentOperator(GraphNode node, Values weights, Values recurrence) {
    this.node = node;
    cell = RecurrentCell.of(node);
    directions = weights.dim(0);
    hidden = recurrence.dim(2);
    for (int d = 0; d < directions; d++) {
      String prefix = directions == 1 ? "" : d == 0 ? "/forward" : "/backward";
      layers.add(layer(prefix + "/input", weights, d));
      layers.add(layer(prefix + "/recurrent", recurrence, d));
    }
  }

  private MatrixLayer layer(String suffix, Values weights, int direction) {
    int outputs = weights.dim(1);
    int inputs = weights.dim(2);
    float[][] matrix = new float[inputs][outputs];
    for (int k = 0; k < inputs; k++) {
      for (int m = 0; m < outputs; m++) {
        matrix[k][m] = weights.at((direction * outputs + m) * inputs + k);
      }
    }
    return new MatrixLayer(MatrixLayer.name(node.name(), suffix), new float[][][] {matrix});
  }

  @Override
  public List<MatrixLayer> layers() {
    return List.copyOf(layers);
  }

  @Override
  public List<BatchValues> apply(List<BatchValues> inputs, int firstLayer, BatchRun run) {
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
      direction(inputs, firstLayer + 2 * d, d, new Out(all, last, cells), run);
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
    for (int item = 0; ItemInputs.given(inputs, 4) && item < run.items(); item++) {
      for (float length : inputs.get(4).item(item).data()) {
        if (length != steps) {
          throw new ExecutionException("reads sequences of fewer steps, which are not executed");
        }
      }
    }
  }

  private record Out(float[][] all, float[][] last, float[][] cells) {}

  private void direction(List<BatchValues> inputs, int layer, int d, Out out, BatchRun run) {
    int steps = inputs.get(0).dims()[0];
    int width = inputs.get(0).dims()[2];
    int gates = cell.gates() * hidden;
    int[] places = new int[width * steps];
    for (int k = 0; k < width; k++) {
      for (int s = 0; s < steps; s++) {
        places[k * steps + s] = s * width + k;
      }
    }
    float[][] driven = new float[run.items()][steps * gates];
    run.multiply(
        new Gather(layer, 0, 0, steps, places, new Gather.Target(0, 1, gates)),
        inputs.get(0).arrays(run.items()),
        gates,
        driven);
    float[][] h = start(inputs, 5, d, run);
    float[][] c = start(inputs, 6, d, run);
    float[][] bias = bias(inputs, d, run);
    float[][] fed = new float[run.items()][gates];
    float[][] again = new float[run.items()][gates];
    float[][] gated = new float[run.items()][hidden];
    int[] own = new int[hidden];
    Arrays.setAll(own, i -> i);
    boolean isBackward = d == 1 || node.attributes().text("direction", "forward").equals("reverse");
    for (int t = 0; t < steps; t++) {
      int at = (isBackward ? steps - 1 - t : t) * gates;
      Gather.Target target = new Gather.Target(0, 1, gates);
      run.multiply(new Gather(layer + 1, 0, t, 1, own, target), h, gates, fed);
      RecurrentCell.Products[] products = new RecurrentCell.Products[run.items()];
      Arrays.setAll(
          products,
          i -> new RecurrentCell.Products(hidden, driven[i], at, fed[i], again[i], bias[i]));
      if (cell.isReadTwice()) {
        for (int item = 0; item < run.items(); item++) {
          cell.gate(products[item], h[item], gated[item]);
        }
        run.multiply(new Gather(layer + 1, 0, steps + t, 1, own, target), gated, gates, again);
      }
      for (int item = 0; item < run.items(); item++) {
        cell.advance(products[item], h[item], c[item]);
        int place = (at / gates * directions + d) * hidden;
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
    if (ItemInputs.given(inputs, index)) {
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
    if (ItemInputs.given(inputs, 3)) {
      for (int item = 0; item < run.items(); item++) {
        bias[item] = Arrays.copyOfRange(inputs.get(3).item(item).data(), d * each, (d + 1) * each);
      }
    }
    return bias;
  }
}
