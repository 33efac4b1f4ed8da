package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Operators whose matrices an engine multiplies, against their equations. */
class MatrixOperatorTest {
  private static final long SEED = 20261125;

  private static float[] random(Random random, int size) {
    float[] data = new float[size];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat() - 0.5f;
    }
    return data;
  }

  private static List<float[]> run(byte[] model, float[]... items) throws Exception {
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    return network.run(items, 0, SplitNetworkTest.plain(network));
  }

  @Test
  void convolutionsAreSumsOverTheirWindows() throws Exception {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 40; trial++) {
      int groups = 1 + random.nextInt(3);
      int channels = groups * (1 + random.nextInt(2));
      int outputs = groups * (1 + random.nextInt(3));
      int k = 1 + random.nextInt(3);
      int stride = 1 + random.nextInt(2);
      int pad = random.nextInt(k);
      int side = 5 + random.nextInt(4);
      float[] w = random(random, outputs * (channels / groups) * k * k);
      float[] b = random(random, outputs);
      float[] x = random(random, channels * side * side);
      Models m = new Models().input("x", "N", channels, side, side);
      String kernel = m.values(new long[] {outputs, channels / groups, k, k}, w);
      String bias = m.values(new long[] {outputs}, b);
      String sum =
          m.node(
              "Conv",
              List.of("x", kernel, bias),
              Models.wholes("strides", stride, stride),
              Models.whole("group", groups),
              Models.wholes("pads", pad, pad, pad, pad));
      float[] y = run(m.bytes(sum), x).get(0);
      int out = (side + 2 * pad - k) / stride + 1;
      assertEquals(outputs * out * out, y.length);
      for (int o = 0; o < outputs; o++) {
        for (int r = 0; r < out; r++) {
          for (int c = 0; c < out; c++) {
            double expected = b[o];
            for (int i = 0; i < channels / groups; i++) {
              int channel = o / (outputs / groups) * (channels / groups) + i;
              for (int a = 0; a < k; a++) {
                for (int d = 0; d < k; d++) {
                  int row = r * stride + a - pad;
                  int column = c * stride + d - pad;
                  if (row >= 0 && row < side && column >= 0 && column < side) {
                    expected +=
                        w[((o * (channels / groups) + i) * k + a) * k + d]
                            * x[(channel * side + row) * side + column];
                  }
                }
              }
            }
            assertEquals(expected, y[(o * out + r) * out + c], 1e-5, "seed " + SEED + " " + trial);
          }
        }
      }
    }
  }

  @Test
  void linearLayersOfAllItemsAreMultipliedTogether() throws Exception {
    Models m = new Models().input("x", "N", 2);
    String w = m.values(new long[] {2, 2}, 1, 2, 3, 4);
    String b = m.values(new long[] {2}, 10, 20);
    byte[] model = m.bytes(m.node("Gemm", List.of("x", w, b), Models.whole("transB", 1)));
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    int[] vectors = new int[1];
    MatrixEngine.Session plain = SplitNetworkTest.plain(network);
    List<float[]> y =
        network.run(
            new float[][] {{1, 0}, {1, 1}, {0, 0}},
            0,
            (call, x, products) -> {
              vectors[0] += call.count();
              assertEquals(3, call.count());
              plain.multiply(call, x, products);
            });
    assertEquals(3, vectors[0]);
    assertArrayEquals(new float[] {11, 23}, y.get(0));
    assertArrayEquals(new float[] {13, 27}, y.get(1));
    assertArrayEquals(new float[] {10, 20}, y.get(2));
  }

  @Test
  void theAddendOfALinearLayerMayBeScaledBroadcastOrComputed() throws Exception {
    for (long[] dims : List.of(new long[] {1}, new long[] {3}, new long[] {1, 3})) {
      Models m = new Models().input("x", "N", 2);
      float[] addend = Arrays.copyOf(new float[] {4, 8, 16}, (int) dims[dims.length - 1]);
      List<String> inputs = List.of("x", m.weights(2, 3), m.values(dims, addend));
      isWhole(m.bytes(m.node("Gemm", inputs, Models.real("beta", 0.25f))));
    }
    Models m = new Models().input("x", "N", 2);
    String computed = m.node("MatMul", List.of("x", m.weights(2, 3)));
    List<String> inputs = List.of("x", m.weights(2, 3), computed);
    isWhole(m.bytes(m.node("Gemm", inputs, Models.real("beta", -2))));
  }

  /** The engine's products and the library's agree. */
  private static void isWhole(byte[] model) throws Exception {
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    float[][] items = {{1, -2}, {0.5f, 3}};
    List<float[]> whole = network.runExactly(items);
    List<float[]> made = network.run(items, 0, SplitNetworkTest.plain(network));
    for (int i = 0; i < items.length; i++) {
      assertArrayEquals(whole.get(i), made.get(i), 1e-5f);
    }
  }

  @Test
  void aMemoryCellFollowsItsEquations() throws Exception {
    // One unit, one input, two steps; gates i o f c.
    Models m = new Models().input("x", 2, 1, 1);
    String w = m.values(new long[] {1, 4, 1}, 0.5f, -0.3f, 0.2f, 0.9f);
    String r = m.values(new long[] {1, 4, 1}, 0.1f, 0.4f, -0.2f, 0.3f);
    String b = m.values(new long[] {1, 8}, 0.1f, 0, 0.2f, 0, 0, 0.3f, 0, -0.1f);
    String cell = m.node("LSTM", List.of("x", w, r, b), Models.whole("hidden_size", 1));
    float[] y = run(m.bytes(cell), new float[] {1, -2}).get(0);
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

  /** A gated unit of one input over some steps; gates z r h. */
  private static byte[] gated(int steps, String lengths, AttributeProto... attributes) {
    Models m = new Models().input("x", steps, 1, 1);
    String w = m.values(new long[] {1, 3, 1}, 0.5f, -0.3f, 0.9f);
    String r = m.values(new long[] {1, 3, 1}, 0.1f, 0.4f, -0.7f);
    String b = m.values(new long[] {1, 6}, 0.1f, 0, 0.2f, 0, 0.3f, -0.6f);
    if (!lengths.isEmpty()) {
      m.typed(lengths, INT32, 1);
    }
    return m.bytes(m.node("GRU", List.of("x", w, r, b, lengths), attributes));
  }

  /** Type of lengths of sequences. */
  private static final int INT32 = 6;

  private static final AttributeProto ONE_UNIT = Models.whole("hidden_size", 1);

  @Test
  void aGatedUnitFollowsItsEquations() throws Exception {
    // The reset comes before or behind the product.
    for (int linear = 0; linear < 2; linear++) {
      byte[] model =
          gated(
              3,
              "",
              ONE_UNIT,
              Models.whole("linear_before_reset", linear),
              Models.texts("activations", "Sigmoid", "Tanh"));
      float[] y = run(model, new float[] {1, -2, 0.5f}).get(0);
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
  void aPlainRecurrentUnitFollowsItsEquationsBothWays() throws Exception {
    for (String function : List.of("Tanh", "Relu")) {
      Models m = new Models().input("x", 3, 1, 1);
      String w = m.values(new long[] {2, 1, 1}, 0.5f, -0.8f);
      String r = m.values(new long[] {2, 1, 1}, 0.3f, 0.6f);
      String b = m.values(new long[] {2, 2}, 0.1f, 0.2f, -0.1f, 0.4f);
      String cell =
          m.node(
              "RNN",
              List.of("x", w, r, b),
              ONE_UNIT,
              Models.text("direction", "bidirectional"),
              Models.texts("activations", function, function));
      float[] y = run(m.bytes(cell), new float[] {1, -2, 0.5f}).get(0);
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

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void recurrentCellsWithOtherSettingsAreRefused() throws Exception {
    assertRefused(
        gated(1, "", ONE_UNIT, Models.texts("activations", "HardSigmoid", "Tanh")),
        "node 'GRU_0' (GRU) has activations HardSigmoid, Tanh, which are not executed; there are"
            + " Sigmoid, Tanh");
    String settings = "has a layout, a clip, peepholes or joined gates, which are not executed";
    assertRefused(gated(1, "", ONE_UNIT, Models.real("clip", 1)), "node 'GRU_0' (GRU) " + settings);
    byte[] model = gated(2, "lengths", ONE_UNIT);
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    MatrixEngine.Session plain = SplitNetworkTest.plain(network);
    assertEquals(2, network.run(new float[][] {{1, 1, 2}}, 0, plain).get(0).length);
    float[][] shorter = {{1, 1, 1}};
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> network.run(shorter, 0, plain));
    assertTrue(e.getMessage().contains("fewer steps"), e.getMessage());
  }

  private static void assertRefused(byte[] model, String... problems) {
    FormatException e = assertThrows(FormatException.class, () -> SplitNetwork.of(model, Map.of()));
    assertEquals(List.of(problems), e.problems());
  }

  @Test
  void nodesThatAreNotRunAreNamedTogether() {
    Models m = new Models().input("x", 1, 2);
    String left = m.node("MatMul", List.of(m.weights(2, 1), "x"));
    List<String> both = List.of(left, m.weights(2, 2));
    assertRefused(
        m.bytes(m.node("Gemm", both, Models.whole("transA", 1))),
        "node 'MatMul_0' (MatMul) has a stored matrix that is not a single one on the right, which"
            + " is not executed",
        "node 'Gemm_1' (Gemm) is transposed on the left, which is not executed");
  }

  @Test
  void settingsAndWeightsOfOtherTypesAreNamed() {
    Models m = new Models().input("x", 1, 2);
    List<String> inputs = List.of("x", m.weights(2, 2));
    assertRefused(
        m.bytes(m.node("Gemm", inputs, Models.real("transB", 1))),
        "node 'Gemm_0' (Gemm) transB is a real number, must be a whole number");
    Models small = new Models().input("x", 1, 2);
    String floatsOfEightBits = small.bytes(17, new byte[4], 2, 2);
    assertRefused(
        small.bytes(small.node("MatMul", List.of("x", floatsOfEightBits))),
        "initializer 'q0' must hold its 4 values in the model's file");
  }

  @Test
  void vectorsAreNumberedThroughAllItemsForAnyBatch() throws Exception {
    Random random = new Random(SEED);
    Models m = new Models().input("x", "N", 1, 20, 20);
    byte[] model = m.bytes(m.node("Conv", List.of("x", m.weights(1, 1, 2, 2))));
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    float[][] items = new float[6][];
    Arrays.setAll(items, i -> random(random, 400));
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
