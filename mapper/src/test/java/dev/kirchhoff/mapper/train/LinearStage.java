package dev.kirchhoff.mapper.train;

import java.util.List;
import java.util.Random;

/** y = W x + b, W being outputs x inputs. */
final class LinearStage implements Stage {
  private final String name;
  private final int inputs;
  private final int outputs;
  private final Parameter weights;
  private final Parameter bias;
  private final float[] transposed;
  private float[] x;
  private float[] y;
  private float[] dx;
  private float[] dyTransposed;

  LinearStage(String name, int inputs, int outputs, Random random) {
    this.name = name;
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights =
        Parameter.matrix(
            name + ".weight", List.of(outputs, inputs), Math.sqrt(2.0 / inputs), random);
    this.bias = Parameter.bias(name + ".bias", outputs);
    this.transposed = new float[inputs * outputs];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights, bias);
  }

  @Override
  public String export(OnnxGraph graph, String input) {
    return graph.node(
        name,
        "Gemm",
        List.of(input, graph.constant(weights), graph.constant(bias)),
        OnnxGraph.whole("transB", 1));
  }

  @Override
  public float[] forward(float[] input, int batch) {
    x = input;
    y = Stage.zeros(y, batch * outputs);
    for (int i = 0; i < batch; i++) {
      System.arraycopy(bias.values(), 0, y, i * outputs, outputs);
    }
    Products.transpose(
        Block.of(weights.used(), inputs), Block.of(transposed, outputs), outputs, inputs);
    Products.add(
        Block.of(x, inputs),
        Block.of(transposed, outputs),
        Block.of(y, outputs),
        batch,
        inputs,
        outputs);
    return y;
  }

  @Override
  public float[] backward(float[] dy, int batch, boolean isFirst) {
    dyTransposed = Stage.zeros(dyTransposed, batch * outputs);
    Products.transpose(Block.of(dy, outputs), Block.of(dyTransposed, batch), batch, outputs);
    Products.add(
        Block.of(dyTransposed, batch),
        Block.of(x, inputs),
        Block.of(weights.gradient(), inputs),
        outputs,
        batch,
        inputs);
    for (int i = 0; i < batch; i++) {
      for (int j = 0; j < outputs; j++) {
        bias.gradient()[j] += dy[i * outputs + j];
      }
    }
    dx = Stage.zeros(dx, batch * inputs);
    if (!isFirst) {
      Products.add(
          Block.of(dy, outputs),
          Block.of(weights.used(), inputs),
          Block.of(dx, inputs),
          batch,
          outputs,
          inputs);
    }
    return dx;
  }
}
