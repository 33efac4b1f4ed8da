package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.mapper.onnx.Models.real;
import static dev.kirchhoff.mapper.onnx.Models.text;
import static dev.kirchhoff.mapper.onnx.Models.whole;
import static dev.kirchhoff.mapper.onnx.Models.wholes;

import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models of the kinds that architects bring, small enough to count by hand. */
final class SampleModels {
  private SampleModels() {}

  /** All of them by name. */
  static Map<String, ModelProto> all() {
    Map<String, ModelProto> all = new LinkedHashMap<>();
    all.put("residual", residual());
    all.put("dense", dense());
    all.put("grouped", grouped());
    all.put("signal", signal());
    all.put("volume", volume());
    all.put("transposed", transposed());
    all.put("transformer", transformer(true));
    all.put("lstm", recurrent("LSTM", 4, "bidirectional"));
    all.put("gru", recurrent("GRU", 3, "forward"));
    all.put("rnn", recurrent("RNN", 1, "reverse"));
    all.put("quantised", quantised());
    all.put("einsum", einsum());
    all.put("squeeze", squeeze());
    return all;
  }

  /**
   * Image 3 x 32 x 32; conv 16 with normalisation; two blocks of two convolutions, the second with
   * stride 2 and a shortcut; mean; 10 classes.
   */
  static ModelProto residual() {
    Models m = new Models().input("image", "N", 3, 32, 32);
    String x = conv(m, "image", 3, 16, 3, 1);
    String a = conv(m, x, 16, 16, 3, 1);
    String b = bare(m, a, 16, 16, 3, 1);
    x = m.node("Relu", List.of(m.node("Add", List.of(b, x))));
    a = conv(m, x, 16, 32, 3, 2);
    b = bare(m, a, 32, 32, 3, 1);
    String shortcut = bare(m, x, 16, 32, 1, 2);
    x = m.node("Relu", List.of(m.node("Add", List.of(b, shortcut))));
    x = m.node("Flatten", List.of(m.node("GlobalAveragePool", List.of(x))));
    x = m.node("Gemm", List.of(x, m.weights(10, 32), m.weights(10)), whole("transB", 1));
    return m.model(x);
  }

  private static String bare(Models m, String x, int in, int out, int kernel, int stride) {
    String y =
        m.node(
            "Conv",
            List.of(x, m.weights(out, in, kernel, kernel)),
            wholes("pads", kernel / 2, kernel / 2, kernel / 2, kernel / 2),
            wholes("strides", stride, stride));
    return m.node(
        "BatchNormalization",
        List.of(y, m.weights(out), m.weights(out), m.weights(out), m.weights(out)));
  }

  private static String conv(Models m, String x, int in, int out, int kernel, int stride) {
    return m.node("Relu", List.of(bare(m, x, in, out, kernel, stride)));
  }

  /** Three layers whose outputs are concatenated, normalisation in front of each. */
  static ModelProto dense() {
    Models m = new Models().input("image", 1, 3, 16, 16);
    String x = conv(m, "image", 3, 8, 3, 1);
    for (int i = 0; i < 3; i++) {
      int channels = 8 + 4 * i;
      String n =
          m.node(
              "BatchNormalization",
              List.of(
                  x,
                  m.weights(channels),
                  m.weights(channels),
                  m.weights(channels),
                  m.weights(channels)));
      String y =
          m.node(
              "Conv",
              List.of(m.node("Relu", List.of(n)), m.weights(4, channels, 3, 3)),
              text("auto_pad", "SAME_UPPER"));
      x = m.node("Concat", List.of(x, y), whole("axis", 1));
    }
    return m.model(
        m.node("Conv", List.of(x, m.weights(6, 20, 1, 1)), wholes("kernel_shape", 1, 1)));
  }

  /** Depthwise with dilation 2, then grouped by 4. */
  static ModelProto grouped() {
    Models m = new Models().input("image", 1, 16, 20, 20);
    String x =
        m.node(
            "Conv",
            List.of("image", m.weights(16, 1, 3, 3), m.weights(16)),
            whole("group", 16),
            wholes("dilations", 2, 2),
            wholes("pads", 2, 2, 2, 2));
    x = m.node("Clip", List.of(x, m.scalar(0), m.scalar(6)));
    return m.model(
        m.node(
            "Conv",
            List.of(x, m.weights(32, 4, 3, 3)),
            whole("group", 4),
            wholes("strides", 2, 2)));
  }

  /** One-dimensional convolutions on 2 channels of 100 samples, as with speech. */
  static ModelProto signal() {
    Models m = new Models().input("signal", 1, 2, 100);
    String x =
        m.node(
            "Conv",
            List.of("signal", m.weights(8, 2, 10)),
            wholes("strides", 5),
            wholes("pads", 0, 5));
    x = m.node("Gelu", List.of(x));
    return m.model(m.node("Conv", List.of(x, m.weights(4, 8, 3)), wholes("dilations", 2)));
  }

  /** Three-dimensional convolution of 8 x 16 x 16 voxels. */
  static ModelProto volume() {
    Models m = new Models().input("volume", 2, 1, 8, 16, 16);
    String x =
        m.node(
            "Conv",
            List.of("volume", m.weights(4, 1, 3, 3, 3), m.weights(4)),
            wholes("pads", 1, 1, 1, 1, 1, 1));
    x = m.node("MaxPool", List.of(x), wholes("kernel_shape", 2, 2, 2), wholes("strides", 2, 2, 2));
    return m.model(m.node("Conv", List.of(x, m.weights(6, 4, 2, 2, 2))));
  }

  /** Up-sampling by a transposed convolution. */
  static ModelProto transposed() {
    Models m = new Models().input("map", 1, 8, 7, 7);
    return m.model(
        m.node(
            "ConvTranspose",
            List.of("map", m.weights(8, 4, 4, 4), m.weights(4)),
            wholes("strides", 2, 2),
            wholes("pads", 1, 1, 1, 1)));
  }

  /**
   * A block of a transformer on tokens of width 32: 4 heads, feed-forward 64, shapes computed as
   * exporters write them.
   *
   * @param isOpen whether the number of tokens is left open
   */
  static ModelProto transformer(boolean isOpen) {
    Models m =
        new Models()
            .typed("tokens", Tensor.INT64, "batch", isOpen ? "sequence" : Integer.valueOf(12));
    String x = m.node("Gather", List.of(m.weights(50, 32), "tokens"));
    x = norm(m, x);
    String q = heads(m, linear(m, x, 32, 32), 0, 2, 1, 3);
    String k = heads(m, linear(m, x, 32, 32), 0, 2, 3, 1);
    String v = heads(m, linear(m, x, 32, 32), 0, 2, 1, 3);
    String scores =
        m.node("Div", List.of(m.node("MatMul", List.of(q, k)), m.scalar((float) Math.sqrt(8))));
    String weights = m.node("Softmax", List.of(scores), whole("axis", -1));
    String sum =
        m.node(
            "Transpose",
            List.of(m.node("MatMul", List.of(weights, v))),
            wholes("perm", 0, 2, 1, 3));
    sum = m.node("Reshape", List.of(sum, m.wholes(0, 0, 32)));
    x = norm(m, m.node("Add", List.of(linear(m, sum, 32, 32), x)));
    String hidden = linear(m, x, 32, 64);
    String erf =
        m.node("Erf", List.of(m.node("Div", List.of(hidden, m.scalar((float) Math.sqrt(2))))));
    String gelu = m.node("Mul", List.of(hidden, m.node("Add", List.of(erf, m.scalar(1)))));
    gelu = m.node("Mul", List.of(gelu, m.scalar(0.5f)));
    x = norm(m, m.node("Add", List.of(linear(m, gelu, 64, 32), x)));
    return m.model(x);
  }

  private static String linear(Models m, String x, int in, int out) {
    return m.node("Add", List.of(m.weights(out), m.node("MatMul", List.of(x, m.weights(in, out)))));
  }

  private static String norm(Models m, String x) {
    return m.node(
        "LayerNormalization", List.of(x, m.weights(32), m.weights(32)), real("epsilon", 1e-5f));
  }

  /** Reshapes by a shape that is computed from the tensor's own, and transposes. */
  private static String heads(Models m, String x, long... order) {
    String shape = m.node("Shape", List.of(x));
    String tokens = m.node("Gather", List.of(shape, m.wholes(1)));
    String batch = m.node("Slice", List.of(shape, m.wholes(0), m.wholes(1)));
    String target =
        m.node("Concat", List.of(batch, tokens, m.wholes(4), m.wholes(8)), whole("axis", 0));
    return m.node(
        "Transpose", List.of(m.node("Reshape", List.of(x, target))), wholes("perm", order));
  }

  /** A recurrent layer of 6 units on 10 steps of 5 values, two sequences. */
  static ModelProto recurrent(String type, int gates, String direction) {
    int d = direction.equals("bidirectional") ? 2 : 1;
    Models m = new Models().input("sequence", 10, 2, 5);
    String y =
        m.node(
            type,
            List.of("sequence", m.weights(d, gates * 6, 5), m.weights(d, gates * 6, 6)),
            whole("hidden_size", 6),
            text("direction", direction));
    y = m.node("Transpose", List.of(y), wholes("perm", 0, 2, 1, 3));
    y = m.node("Reshape", List.of(y, m.wholes(10, 2, 6 * d)));
    return m.model(m.node("MatMul", List.of(y, m.weights(6 * d, 3))));
  }

  /** Weights of 8 bits with zero point 3, integer convolution and product. */
  static ModelProto quantised() {
    Models m = new Models().input("image", 1, 2, 8, 8);
    String zero = m.bytes(2, new byte[] {(byte) 128});
    String weightZero = m.bytes(3, new byte[] {3});
    byte[] values = new byte[4 * 2 * 9];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i % 7);
    }
    String q = m.node("QuantizeLinear", List.of("image", m.scalar(0.1f), zero));
    String y =
        m.node(
            "QLinearConv",
            List.of(
                q,
                m.scalar(0.1f),
                zero,
                m.bytes(3, values, 4, 2, 3, 3),
                m.scalar(0.2f),
                weightZero,
                m.scalar(0.3f),
                zero));
    y = m.node("DequantizeLinear", List.of(y, m.scalar(0.3f), zero));
    y = m.node("Flatten", List.of(m.node("Relu", List.of(y))));
    byte[] last = new byte[144 * 5];
    last[0] = 1;
    return m.model(
        m.node(
            "MatMul",
            List.of(
                y, m.node("DequantizeLinear", List.of(m.bytes(3, last, 144, 5), m.scalar(0.1f))))));
  }

  /** Attention written in Einstein's notation, and a stored matrix on the left. */
  static ModelProto einsum() {
    Models m = new Models().input("q", 2, 7, 3, 4).input("k", 2, 9, 3, 4);
    String s = m.node("Einsum", List.of("q", "k"), text("equation", "bihd,bjhd->bhij"));
    s = m.node("Softmax", List.of(s), whole("axis", -1));
    String y = m.node("Einsum", List.of(s, "k"), text("equation", "bhij,bjhd->bihd"));
    y = m.node("Reshape", List.of(y, m.wholes(14, 12)));
    return m.model(m.node("MatMul", List.of(m.weights(5, 14), y)));
  }

  /** A gate: mean, two linear maps, sigmoid, product with the map. */
  static ModelProto squeeze() {
    Models m = new Models().input("image", 1, 3, 8, 8);
    String x = conv(m, "image", 3, 8, 3, 1);
    String g = m.node("ReduceMean", List.of(x), wholes("axes", 2, 3));
    g = m.node("Relu", List.of(m.node("Conv", List.of(g, m.weights(2, 8, 1, 1), m.weights(2)))));
    g = m.node("Sigmoid", List.of(m.node("Conv", List.of(g, m.weights(8, 2, 1, 1), m.weights(8)))));
    x = m.node("Mul", List.of(x, g));
    return m.model(m.node("Conv", List.of(x, m.weights(4, 8, 1, 1))));
  }
}
