package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Operators by hand, layers by a second opinion. */
class GraphExecutorTest {
  private static final long SEED = 20261125;

  private final Map<String, Values> constants = new TreeMap<>();
  private final List<GraphNode> nodes = new ArrayList<>();

  private static Values values(int[] dims, double... data) {
    float[] floats = new float[data.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) data[i];
    }
    return Values.of(dims, floats);
  }

  private static Values random(Random random, int... dims) {
    float[] data = new float[Values.count(dims)];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat() - 0.5f;
    }
    return Values.of(dims, data);
  }

  private static GraphNode.Attributes attributes() {
    return new GraphNode.Attributes();
  }

  private static GraphNode.Attributes wholes(String name, Integer... values) {
    return attributes().with(name, Arrays.stream(values).map(Integer::doubleValue).toList());
  }

  private void add(String operator, GraphNode.Attributes attributes, String... inputs) {
    nodes.add(new GraphNode(operator, operator, List.of(inputs), List.of("y"), attributes, 17));
  }

  /** Multiplies in double precision, plainly. */
  private static MatrixEngine.Session plain(GraphExecutor network) {
    return (call, vectors, products) -> {
      MatrixLayer layer = network.layers().get(call.layer());
      for (int m = 0; m < layer.outputs(); m++) {
        for (int v = 0; v < vectors[0].length; v++) {
          double sum = 0;
          for (int k = 0; k < layer.inputs(); k++) {
            sum += (double) layer.weight(call.group(), k, m) * vectors[k][v];
          }
          products[m][v] = (float) sum;
        }
      }
    };
  }

  private List<float[]> run(List<Integer> dims, float[]... items) {
    GraphExecutor network = GraphExecutor.of(new ComputeGraph("x", dims, "y", constants, nodes));
    return network.run(items, 0, plain(network));
  }

  private float[] run(Values x) {
    List<Integer> dims = Arrays.stream(x.dims()).boxed().toList();
    return run(dims, x.data()).get(0);
  }

  private void gives(double[] expected, float[] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, "place " + i);
    }
  }

  @Test
  void convolutionsAreSumsOverTheirWindows() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 40; trial++) {
      constants.clear();
      nodes.clear();
      int groups = 1 + random.nextInt(3);
      int channels = groups * (1 + random.nextInt(2));
      int outputs = groups * (1 + random.nextInt(3));
      int k = 1 + random.nextInt(3);
      int stride = 1 + random.nextInt(2);
      int pad = random.nextInt(k);
      int side = 5 + random.nextInt(4);
      Values w = random(random, outputs, channels / groups, k, k);
      Values b = random(random, outputs);
      Values x = random(random, 1, channels, side, side);
      constants.put("w", w);
      constants.put("b", b);
      GraphNode.Attributes attributes =
          wholes("strides", stride, stride)
              .with("group", List.of((double) groups))
              .with("pads", List.of((double) pad, (double) pad, (double) pad, (double) pad));
      add("Conv", attributes, "x", "w", "b");
      float[] y = run(x);
      int out = (side + 2 * pad - k) / stride + 1;
      assertEquals(outputs * out * out, y.length);
      for (int o = 0; o < outputs; o++) {
        for (int r = 0; r < out; r++) {
          for (int c = 0; c < out; c++) {
            double sum = b.at(o);
            for (int i = 0; i < channels / groups; i++) {
              int channel = o / (outputs / groups) * (channels / groups) + i;
              for (int a = 0; a < k; a++) {
                for (int d = 0; d < k; d++) {
                  int row = r * stride + a - pad;
                  int column = c * stride + d - pad;
                  if (row >= 0 && row < side && column >= 0 && column < side) {
                    sum +=
                        w.at(((o * (channels / groups) + i) * k + a) * k + d)
                            * x.at((channel * side + row) * side + column);
                  }
                }
              }
            }
            assertEquals(sum, y[(o * out + r) * out + c], 1e-5, "seed " + SEED + " " + trial);
          }
        }
      }
    }
  }

  @Test
  void linearLayersOfAllItemsAreMultipliedTogether() {
    constants.put("w", values(new int[] {2, 2}, 1, 2, 3, 4));
    constants.put("b", values(new int[] {2}, 10, 20));
    add("Gemm", wholes("transB", 1), "x", "w", "b");
    List<float[]> y = run(List.of(1, 2), new float[] {1, 0}, new float[] {1, 1}, new float[2]);
    assertArrayEquals(new float[] {11, 23}, y.get(0));
    assertArrayEquals(new float[] {13, 27}, y.get(1));
    assertArrayEquals(new float[] {10, 20}, y.get(2));
  }

  @Test
  void aMemoryCellFollowsItsEquations() {
    // One unit, one input, two steps; gates i o f c.
    constants.put("w", values(new int[] {1, 4, 1}, 0.5, -0.3, 0.2, 0.9));
    constants.put("r", values(new int[] {1, 4, 1}, 0.1, 0.4, -0.2, 0.3));
    constants.put("b", values(new int[] {1, 8}, 0.1, 0, 0.2, 0, 0, 0.3, 0, -0.1));
    add("LSTM", wholes("hidden_size", 1), "x", "w", "r", "b");
    float[] y = run(values(new int[] {2, 1, 1}, 1, -2));
    double h = 0;
    double c = 0;
    for (int t = 0; t < 2; t++) {
      double x = t == 0 ? 1 : -2;
      double i = sigmoid(0.5 * x + 0.1 * h + 0.1);
      double o = sigmoid(-0.3 * x + 0.4 * h + 0.3);
      double f = sigmoid(0.2 * x - 0.2 * h + 0.2);
      c = f * c + i * Math.tanh(0.9 * x + 0.3 * h - 0.1);
      h = o * Math.tanh(c);
      assertEquals(h, y[t], 1e-6);
    }
  }

  @Test
  void aGatedUnitFollowsItsEquations() {
    // One unit, one input, three steps; gates z r h; the reset before or behind the product.
    for (int linear = 0; linear < 2; linear++) {
      nodes.clear();
      constants.put("w", values(new int[] {1, 3, 1}, 0.5, -0.3, 0.9));
      constants.put("r", values(new int[] {1, 3, 1}, 0.1, 0.4, -0.7));
      constants.put("b", values(new int[] {1, 6}, 0.1, 0, 0.2, 0, 0.3, -0.6));
      add(
          "GRU",
          wholes("hidden_size", 1)
              .with("linear_before_reset", List.of((double) linear))
              .with("activations", "Sigmoid Tanh"),
          "x",
          "w",
          "r",
          "b");
      float[] y = run(values(new int[] {3, 1, 1}, 1, -2, 0.5));
      double h = 0;
      double[] x = {1, -2, 0.5};
      for (int t = 0; t < 3; t++) {
        double z = sigmoid(0.5 * x[t] + 0.1 * h + 0.1);
        double r = sigmoid(-0.3 * x[t] + 0.4 * h + 0.3);
        double state = linear == 0 ? -0.7 * (r * h) - 0.6 : r * (-0.7 * h - 0.6);
        double n = Math.tanh(0.9 * x[t] + 0.2 + state);
        h = (1 - z) * n + z * h;
        assertEquals(h, y[t], 1e-6, "linear_before_reset " + linear + ", step " + t);
      }
    }
  }

  @Test
  void aPlainRecurrentUnitFollowsItsEquationsBothWays() {
    for (String function : List.of("Tanh", "Relu")) {
      nodes.clear();
      constants.put("w", values(new int[] {2, 1, 1}, 0.5, -0.8));
      constants.put("r", values(new int[] {2, 1, 1}, 0.3, 0.6));
      constants.put("b", values(new int[] {2, 2}, 0.1, 0.2, -0.1, 0.4));
      add(
          "RNN",
          wholes("hidden_size", 1)
              .with("direction", "bidirectional")
              .with("activations", function + " " + function),
          "x",
          "w",
          "r",
          "b");
      float[] y = run(values(new int[] {3, 1, 1}, 1, -2, 0.5));
      double[] x = {1, -2, 0.5};
      double forth = 0;
      double back = 0;
      for (int t = 0; t < 3; t++) {
        forth = applied(function, 0.5 * x[t] + 0.3 * forth + 0.3);
        back = applied(function, -0.8 * x[2 - t] + 0.6 * back + 0.3);
        assertEquals(forth, y[2 * t], 1e-6, function + " forth, step " + t);
        assertEquals(back, y[2 * (2 - t) + 1], 1e-6, function + " back, step " + t);
      }
    }
  }

  private static double applied(String function, double x) {
    return function.equals("Relu") ? Math.max(0, x) : Math.tanh(x);
  }

  @Test
  void recurrentCellsWithOtherSettingsAreRefused() {
    constants.put("w", values(new int[] {1, 3, 1}, 1, 1, 1));
    constants.put("r", values(new int[] {1, 3, 1}, 1, 1, 1));
    add("GRU", wholes("hidden_size", 1).with("activations", "HardSigmoid Tanh"), "x", "w", "r");
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> run(values(new int[] {1, 1, 1}, 1)));
    assertTrue(e.getMessage().contains("HardSigmoid, Tanh"), e.getMessage());
    nodes.clear();
    add("GRU", wholes("clip", 1), "x", "w", "r");
    assertThrows(ExecutionException.class, () -> run(values(new int[] {1, 1, 1}, 1)));
    nodes.clear();
    constants.put("short", values(new int[] {1}, 1));
    add("GRU", wholes("hidden_size", 1), "x", "w", "r", "", "short");
    e = assertThrows(ExecutionException.class, () -> run(values(new int[] {2, 1, 1}, 1, 1)));
    assertTrue(e.getMessage().contains("fewer steps"), e.getMessage());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void poolsLookAtTheirWindows() {
    Values x = values(new int[] {1, 1, 3, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    add("MaxPool", wholes("kernel_shape", 2, 2), "x");
    gives(new double[] {5, 6, 8, 9}, run(x), 0);
    nodes.clear();
    add("AveragePool", wholes("kernel_shape", 2, 2), "x");
    gives(new double[] {3, 4, 6, 7}, run(x), 0);
    nodes.clear();
    // Padding counts only where it is asked to.
    add("AveragePool", wholes("kernel_shape", 2, 2).with("pads", List.of(1.0, 1.0, 0.0, 0.0)), "x");
    assertEquals(1, run(x)[0]);
    nodes.clear();
    add("GlobalAveragePool", attributes(), "x");
    gives(new double[] {5}, run(x), 0);
  }

  @Test
  void normalisationsAndSoftmax() {
    Values x = values(new int[] {1, 2, 2}, 1, 3, -2, 2);
    constants.put("g", values(new int[] {2}, 2, 1));
    constants.put("b", values(new int[] {2}, 0, 5));
    add("LayerNormalization", attributes().with("epsilon", List.of(0.0)), "x", "g", "b");
    gives(new double[] {-2, 6, -2, 6}, run(x), 1e-6);
    nodes.clear();
    add("Softmax", attributes(), "x");
    double share = 1 / (1 + Math.exp(-2));
    double other = 1 / (1 + Math.exp(-4));
    gives(new double[] {1 - share, share, 1 - other, other}, run(x), 1e-6);
    nodes.clear();
    constants.put("m", values(new int[] {2}, 1, 0));
    constants.put("v", values(new int[] {2}, 4, 1));
    add("BatchNormalization", attributes().with("epsilon", List.of(0.0)), "x", "g", "b", "m", "v");
    gives(new double[] {0, 2, 3, 7}, run(x), 1e-6);
  }

  @Test
  void elementsAreBroadcast() {
    Values x = values(new int[] {1, 2, 3}, 1, 2, 3, 4, 5, 6);
    constants.put("row", values(new int[] {3}, 10, 20, 30));
    add("Add", attributes(), "x", "row");
    gives(new double[] {11, 22, 33, 14, 25, 36}, run(x), 0);
    nodes.clear();
    constants.put("column", values(new int[] {2, 1}, 1, -1));
    add("Mul", attributes(), "x", "column");
    gives(new double[] {1, 2, 3, -4, -5, -6}, run(x), 0);
    nodes.clear();
    add("Clip", attributes().with("min", List.of(2.0)).with("max", List.of(5.0)), "x");
    gives(new double[] {2, 2, 3, 4, 5, 5}, run(x), 0);
    // erf(0.5), erf(-2) of the tables.
    assertEquals(0.5204998778, Functions.erf(0.5), 2e-7);
    assertEquals(-0.9953222650, Functions.erf(-2), 2e-7);
  }

  @Test
  void valuesAreMoved() {
    Values x = values(new int[] {1, 2, 3}, 1, 2, 3, 4, 5, 6);
    add("Transpose", wholes("perm", 0, 2, 1), "x");
    gives(new double[] {1, 4, 2, 5, 3, 6}, run(x), 0);
    nodes.clear();
    constants.put("starts", values(new int[] {1}, -1));
    constants.put("ends", values(new int[] {1}, -4));
    constants.put("axes", values(new int[] {1}, 2));
    constants.put("steps", values(new int[] {1}, -2));
    add("Slice", attributes(), "x", "starts", "ends", "axes", "steps");
    gives(new double[] {3, 1, 6, 4}, run(x), 0);
    nodes.clear();
    constants.put("index", values(new int[] {1}, 1));
    add("Gather", wholes("axis", 1), "x", "index");
    gives(new double[] {4, 5, 6}, run(x), 0);
    nodes.clear();
    add("Concat", wholes("axis", 2), "x", "x");
    gives(new double[] {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}, run(x), 0);
    nodes.clear();
    constants.put("pads", values(new int[] {6}, 0, 0, 1, 0, 0, 0));
    add("Pad", attributes(), "x", "pads");
    gives(new double[] {0, 1, 2, 3, 0, 4, 5, 6}, run(x), 0);
    nodes.clear();
    add("ReduceMean", wholes("axes", 2), "x");
    gives(new double[] {2, 5}, run(x), 0);
    nodes.clear();
    add("ArgMax", wholes("axis", 2), "x");
    gives(new double[] {2, 2}, run(x), 0);
  }

  @Test
  void computedMatricesAreMultipliedDigitally() {
    // Attention in small: x x^T, then times x.
    Values x = values(new int[] {1, 2, 2}, 1, 2, 3, 4);
    nodes.add(
        new GraphNode("Transpose", "t", List.of("x"), List.of("xt"), wholes("perm", 0, 2, 1), 17));
    nodes.add(new GraphNode("MatMul", "s", List.of("x", "xt"), List.of("s"), attributes(), 17));
    nodes.add(new GraphNode("MatMul", "o", List.of("s", "x"), List.of("y"), attributes(), 17));
    gives(new double[] {38, 54, 86, 122}, run(x), 1e-5);
  }

  @Test
  void whatCannotBeExecutedIsNamedTogether() {
    add("NonMaxSuppression", attributes(), "x");
    add("Einsum", attributes(), "x");
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> run(values(new int[] {1, 2}, 1, 2)));
    assertTrue(e.getMessage().contains("node 'NonMaxSuppression'"), e.getMessage());
    assertTrue(e.getMessage().contains("node 'Einsum'"), e.getMessage());
    nodes.clear();
    constants.put("shape", values(new int[] {2}, 64, 2));
    add("Reshape", attributes(), "x", "shape");
    assertThrows(ExecutionException.class, () -> run(values(new int[] {1, 2}, 1, 2)));
  }

  @Test
  void vectorsAreNumberedThroughAllItemsForAnyBatch() {
    Random random = new Random(SEED);
    constants.put("w", random(random, 1, 1, 2, 2));
    add("Conv", attributes(), "x", "w");
    GraphExecutor network =
        GraphExecutor.of(new ComputeGraph("x", List.of(1, 1, 20, 20), "y", constants, nodes));
    float[][] items = new float[6][];
    Arrays.setAll(items, i -> random(random, 400).data());
    boolean[] seen = new boolean[6 * 361];
    for (int first = 0; first < 6; first += 2) {
      network.run(
          Arrays.copyOfRange(items, first, first + 2),
          first,
          (call, vectors, products) -> {
            assertEquals(0, call.first() % 2);
            for (int v = 0; v < call.count(); v++) {
              int number = (int) call.first() + v;
              assertTrue(!seen[number]);
              seen[number] = true;
              int position = number % 361;
              float corner = items[number / 361][position / 19 * 20 + position % 19];
              assertEquals(corner, vectors[0][v]);
            }
          });
    }
    for (boolean each : seen) {
      assertTrue(each);
    }
  }
}
