package dev.kirchhoff.mapper.execute;

import java.util.Arrays;
import java.util.List;

/** Gemm and MatMul with a stored matrix on the right: every row of the left is a vector. */
final class LinearOperator implements MatrixOperator {
  private final GraphNode node;
  private final boolean isGemm;
  private final MatrixLayer layer;

  LinearOperator(GraphNode node, Values weights) {
    this.node = node;
    isGemm = node.operator().equals("Gemm");
    boolean isTransposed = isGemm && node.attributes().whole("transB", 0) != 0;
    if (isGemm && node.attributes().whole("transA", 0) != 0) {
      throw new ExecutionException("is transposed on the left, which is not executed");
    }
    float alpha = isGemm ? (float) node.attributes().real("alpha", 1) : 1;
    int inputs = weights.dim(isTransposed ? 1 : 0);
    int outputs = weights.dim(isTransposed ? 0 : 1);
    float[][] matrix = new float[inputs][outputs];
    for (int k = 0; k < inputs; k++) {
      for (int m = 0; m < outputs; m++) {
        matrix[k][m] = alpha * weights.at(isTransposed ? m * inputs + k : k * outputs + m);
      }
    }
    layer =
        new MatrixLayer(
            MatrixLayer.name(node.name(), ""),
            new float[][][] {matrix},
            1,
            List.of("linear", weights, isTransposed, alpha));
  }

  @Override
  public List<MatrixLayer> layers() {
    return List.of(layer);
  }

  @Override
  public List<BatchValues> apply(List<BatchValues> inputs, LayerUse use, BatchRun run) {
    int[] dims = inputs.get(0).dims();
    int k = layer.inputs();
    if (dims[dims.length - 1] != k) {
      throw new ExecutionException(
          "multiplies " + Arrays.toString(dims) + " with a matrix of " + k + " rows");
    }
    int positions = Values.count(dims) / k;
    int[] places = new int[k * positions];
    for (int i = 0; i < k; i++) {
      for (int p = 0; p < positions; p++) {
        places[i * positions + p] = p * k + i;
      }
    }
    int outputs = layer.outputs();
    float[][] out = new float[run.items()][positions * outputs];
    run.multiply(
        new Gather(
            use.layer(0), 0, use.step(0), positions, places, new Gather.Target(0, 1, outputs)),
        inputs.get(0).arrays(run.items()),
        outputs,
        out);
    dims[dims.length - 1] = outputs;
    BatchValues product = BatchValues.of(dims, out);
    return List.of(
        isGemm && ItemInputs.given(inputs, 2) ? plus(product, inputs.get(2), run) : product);
  }

  private BatchValues plus(BatchValues product, BatchValues bias, BatchRun run) {
    double beta = node.attributes().real("beta", 1);
    Values[] sums = new Values[run.items()];
    Arrays.setAll(
        sums, i -> ElementOperators.combine(product.item(i), bias.item(i), (a, b) -> a + beta * b));
    return BatchValues.of(sums);
  }
}
