package dev.kirchhoff.mapper.train;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A long short-term memory that returns its state after the last step. Gates stand in the order of
 * ONNX: input i, output o, forget f, cell g; c' = f c + i g, h = o tanh(c').
 */
final class LstmStage implements Stage {
  private static final int GATES = 4;

  private final String name;
  private final int steps;
  private final int inputs;
  private final int units;
  private final int gates;
  private final Parameter input;
  private final Parameter recurrent;
  private final Parameter bias;
  private final float[] inputTransposed;
  private final float[] recurrentTransposed;
  private float[] x;
  private float[] gate;
  private float[] state;
  private float[] cell;
  private float[] y;
  private float[] dx;

  /**
   * A memory.
   *
   * @param name of its weights
   * @param steps of a sequence
   * @param inputs values of a step
   * @param units values of its state
   * @param random what the weights begin with
   */
  LstmStage(String name, int steps, int inputs, int units, Random random) {
    this.name = name;
    this.steps = steps;
    this.inputs = inputs;
    this.units = units;
    this.gates = GATES * units;
    double deviation = 1 / Math.sqrt(units);
    this.input = Parameter.matrix(name + ".input", List.of(1, gates, inputs), deviation, random);
    this.recurrent =
        Parameter.matrix(name + ".recurrent", List.of(1, gates, units), deviation, random);
    this.bias = Parameter.bias(name + ".bias", gates);
    // A forget gate that is open at first lets gradients reach the early steps.
    Arrays.fill(bias.values(), 2 * units, 3 * units, 1);
    this.inputTransposed = new float[inputs * gates];
    this.recurrentTransposed = new float[units * gates];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int outputs() {
    return units;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(input, recurrent, bias);
  }

  @Override
  public String export(OnnxGraph graph, String input) {
    // ONNX wants steps first and a second bias, of the recurrent matrix.
    String first =
        graph.node(
            name + "/transpose", "Transpose", List.of(input), OnnxGraph.wholes("perm", 1, 0, 2));
    float[] biases = Arrays.copyOf(bias.values(), 2 * gates);
    String last = name + "/state";
    graph.node(
        name,
        "LSTM",
        List.of(
            first,
            graph.constant(this.input),
            graph.constant(recurrent),
            graph.constant(bias.name(), List.of(1, 2 * gates), biases)),
        List.of("", last),
        OnnxGraph.whole("hidden_size", units));
    List<String> inputs = List.of(last, graph.wholesConstant(name + "/axis", 0));
    graph.node(name + "/squeeze", "Squeeze", inputs, List.of(name));
    return name;
  }

  @Override
  public float[] forward(float[] sequences, int batch) {
    x = sequences;
    gate = Stage.zeros(gate, batch * steps * gates);
    state = Stage.zeros(state, batch * (steps + 1) * units);
    cell = Stage.zeros(cell, batch * (steps + 1) * units);
    y = Stage.zeros(y, batch * units);
    Block fromInput = Block.of(inputTransposed, gates);
    Block fromState = Block.of(recurrentTransposed, gates);
    Products.transpose(Block.of(input.used(), inputs), fromInput, gates, inputs);
    Products.transpose(Block.of(recurrent.used(), units), fromState, gates, units);
    for (int i = 0; i < batch * steps; i++) {
      System.arraycopy(bias.values(), 0, gate, i * gates, gates);
    }
    Products.add(
        Block.of(x, inputs), fromInput, Block.of(gate, gates), batch * steps, inputs, gates);
    for (int t = 0; t < steps; t++) {
      Block sums = new Block(gate, t * gates, steps * gates);
      Products.add(states(state, t), fromState, sums, batch, units, gates);
      for (int i = 0; i < batch; i++) {
        step((i * steps + t) * gates, (i * (steps + 1) + t) * units);
      }
    }
    for (int i = 0; i < batch; i++) {
      System.arraycopy(state, (i * (steps + 1) + steps) * units, y, i * units, units);
    }
    return y;
  }

  private Block states(float[] values, int t) {
    return new Block(values, t * units, (steps + 1) * units);
  }

  private void step(int g, int before) {
    int after = before + units;
    for (int u = 0; u < units; u++) {
      float i = sigmoid(gate[g + u]);
      float o = sigmoid(gate[g + units + u]);
      float f = sigmoid(gate[g + 2 * units + u]);
      float candidate = (float) StrictMath.tanh(gate[g + 3 * units + u]);
      gate[g + u] = i;
      gate[g + units + u] = o;
      gate[g + 2 * units + u] = f;
      gate[g + 3 * units + u] = candidate;
      cell[after + u] = f * cell[before + u] + i * candidate;
      state[after + u] = o * (float) StrictMath.tanh(cell[after + u]);
    }
  }

  private static float sigmoid(float value) {
    return (float) (1 / (1 + StrictMath.exp(-value)));
  }

  @Override
  public float[] backward(float[] dy, int batch, boolean isFirst) {
    float[] dState = Arrays.copyOf(dy, batch * units);
    float[] dCell = new float[batch * units];
    float[] dGate = new float[batch * gates];
    float[] transposed = new float[batch * gates];
    dx = Stage.zeros(dx, batch * steps * inputs);
    for (int t = steps - 1; t >= 0; t--) {
      for (int i = 0; i < batch; i++) {
        stepBack(i, t, dState, dCell, dGate);
      }
      Products.transpose(Block.of(dGate, gates), Block.of(transposed, batch), batch, gates);
      Block byGate = Block.of(transposed, batch);
      Products.add(
          byGate, states(state, t), Block.of(recurrent.gradient(), units), gates, batch, units);
      Products.add(
          byGate,
          new Block(x, t * inputs, steps * inputs),
          Block.of(input.gradient(), inputs),
          gates,
          batch,
          inputs);
      for (int i = 0; i < batch * gates; i++) {
        bias.gradient()[i % gates] += dGate[i];
      }
      Arrays.fill(dState, 0);
      Products.add(
          Block.of(dGate, gates),
          Block.of(recurrent.used(), units),
          Block.of(dState, units),
          batch,
          gates,
          units);
      if (!isFirst) {
        Products.add(
            Block.of(dGate, gates),
            Block.of(input.used(), inputs),
            new Block(dx, t * inputs, steps * inputs),
            batch,
            gates,
            inputs);
      }
    }
    return dx;
  }

  private void stepBack(int sample, int t, float[] dState, float[] dCell, float[] dGate) {
    int g = (sample * steps + t) * gates;
    int before = (sample * (steps + 1) + t) * units;
    int d = sample * gates;
    for (int u = 0; u < units; u++) {
      float i = gate[g + u];
      float o = gate[g + units + u];
      float f = gate[g + 2 * units + u];
      float candidate = gate[g + 3 * units + u];
      float squashed = (float) StrictMath.tanh(cell[before + units + u]);
      float dh = dState[sample * units + u];
      float dc = dCell[sample * units + u] + dh * o * (1 - squashed * squashed);
      dGate[d + u] = dc * candidate * i * (1 - i);
      dGate[d + units + u] = dh * squashed * o * (1 - o);
      dGate[d + 2 * units + u] = dc * cell[before + u] * f * (1 - f);
      dGate[d + 3 * units + u] = dc * i * (1 - candidate * candidate);
      dCell[sample * units + u] = dc * f;
    }
  }
}
