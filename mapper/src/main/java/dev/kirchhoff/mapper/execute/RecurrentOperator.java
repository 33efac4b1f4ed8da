package dev.kirchhoff.mapper.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * LSTM: in each direction one matrix for the inputs of all steps and one for the state, step after
 * step. Gates in the order of ONNX, i o f c; sigmoid and tanh; no peepholes, no clipping, steps in
 * front. i, o, f = σ(Wx + Rh + b), c' = f c + i tanh(Wx + Rh + b), h' = o tanh(c').
 */
final class RecurrentOperator implements MatrixOperator {
  private static final int GATES = 4;

  private final GraphNode node;
  private final int directions;
  private final int hidden;
  private final List<MatrixLayer> layers = new ArrayList<>();

  RecurrentOperator(GraphNode node, Values weights, Values recurrence) {
    this.node = node;
    if (node.attributes().whole("layout", 0) != 0
        || node.attributes().has("activations")
        || node.attributes().has("clip")
        || node.inputs().size() > 7 && !node.inputs().get(7).isEmpty()) {
      throw new ExecutionException(
          "has a layout, activations, a clip or peepholes of its own, which are not executed");
    }
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
    float[][] all = new float[run.items()][steps * directions * hidden];
    float[][] last = new float[run.items()][directions * hidden];
    float[][] cells = new float[run.items()][directions * hidden];
    for (int d = 0; d < directions; d++) {
      direction(inputs, firstLayer + 2 * d, d, new Out(all, last, cells), run);
    }
    int[] states = {directions, 1, hidden};
    return List.of(
        BatchValues.of(new int[] {steps, directions, 1, hidden}, all),
        BatchValues.of(states, last),
        BatchValues.of(states, cells));
  }

  private record Out(float[][] all, float[][] last, float[][] cells) {}

  private void direction(List<BatchValues> inputs, int layer, int d, Out out, BatchRun run) {
    int steps = inputs.get(0).dims()[0];
    int width = inputs.get(0).dims()[2];
    int gates = GATES * hidden;
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
    float[][] fed = new float[run.items()][gates];
    int[] own = new int[hidden];
    Arrays.setAll(own, i -> i);
    boolean isBackward = d == 1 || node.attributes().text("direction", "forward").equals("reverse");
    for (int t = 0; t < steps; t++) {
      int step = isBackward ? steps - 1 - t : t;
      run.multiply(
          new Gather(layer + 1, 0, t, 1, own, new Gather.Target(0, 1, gates)), h, gates, fed);
      for (int item = 0; item < run.items(); item++) {
        Values bias = ItemInputs.given(inputs, 3) ? inputs.get(3).item(item) : null;
        advance(driven[item], step * gates, fed[item], bias, d, h[item], c[item]);
        System.arraycopy(h[item], 0, out.all()[item], (step * directions + d) * hidden, hidden);
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

  private void advance(
      float[] driven, int at, float[] fed, Values bias, int d, float[] h, float[] c) {
    double[] gate = new double[GATES];
    for (int u = 0; u < hidden; u++) {
      for (int g = 0; g < GATES; g++) {
        int i = g * hidden + u;
        int b = d * 2 * GATES * hidden + i;
        gate[g] =
            driven[at + i] + fed[i] + (bias == null ? 0 : bias.at(b) + bias.at(b + GATES * hidden));
      }
      double cell =
          ElementOperators.sigmoid(gate[2]) * c[u]
              + ElementOperators.sigmoid(gate[0]) * StrictMath.tanh(gate[3]);
      c[u] = (float) cell;
      h[u] = (float) (ElementOperators.sigmoid(gate[1]) * StrictMath.tanh(cell));
    }
  }
}
