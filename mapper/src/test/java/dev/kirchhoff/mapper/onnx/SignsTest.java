package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.StatisticsOrigin.ASSUMED;
import static dev.kirchhoff.arch.workload.StatisticsOrigin.INFERRED;
import static dev.kirchhoff.arch.workload.StatisticsOrigin.MEASURED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.TypicalValues;
import dev.kirchhoff.arch.workload.ValueOrigins;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.StringStringEntryProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signs of a layer's inputs follow from the operators in front of it. */
class SignsTest {
  private static final int LEAST_CHECKED = 40;

  private static List<Layer> layers(ModelProto model) throws Exception {
    return new OnnxFormat()
        .read(
            "m.onnx",
            NetworkFormat.Settings.NONE,
            new MapFiles().with("m.onnx", model.toByteArray()))
        .network()
        .layers();
  }

  /** The second of two linear layers, with something between. */
  private static Layer behind(BiFunction<Models, String, String> between) throws Exception {
    Models model = new Models().input("x", 1, 8);
    String h = model.node("MatMul", List.of("x", model.weights(8, 8)));
    String between8 = between.apply(model, h);
    return layers(model.model(model.node("MatMul", List.of(between8, model.weights(8, 4))))).get(1);
  }

  private static void assertSigned(boolean expected, BiFunction<Models, String, String> between)
      throws Exception {
    Layer layer = behind(between);
    assertEquals(expected, layer.inputs().signed());
    assertEquals(new ValueOrigins(INFERRED, ASSUMED, MEASURED), layer.origins());
  }

  @ParameterizedTest(name = "behind {0} inputs are signed: {1}")
  @CsvSource({
    "Relu, false",
    "Sigmoid, false",
    "HardSigmoid, false",
    "Softmax, false",
    "Abs, false",
    "Exp, false",
    "Softplus, false",
    "Sqrt, false",
    "Tanh, true",
    "Gelu, true",
    "Elu, true",
    "LeakyRelu, true",
    "HardSwish, true",
    "LogSoftmax, true",
    "Neg, true",
    "Identity, true"
  })
  void functionsDecideOnTheSign(String operator, boolean signed) throws Exception {
    assertSigned(signed, (model, h) -> model.node(operator, List.of(h)));
  }

  @ParameterizedTest(name = "a rectified value behind {0} {1} is signed: {2}")
  @CsvSource({
    "Add, 1, false", "Add, -1, true", "Sub, 1, true", "Sub, -1, false", "Mul, 2, false",
    "Mul, -2, true", "Div, -2, true", "Min, 3, false", "Min, -1, true", "Max, -1, false"
  })
  void constantsKeepOrBreakIt(String operator, float constant, boolean signed) throws Exception {
    assertSigned(
        signed,
        (model, h) ->
            model.node(operator, List.of(model.node("Relu", List.of(h)), model.scalar(constant))));
  }

  @ParameterizedTest(name = "{0} of {1} and {2} is signed: {3}")
  @CsvSource({
    "Add, Relu, Sigmoid, false", "Add, Relu, Tanh, true", "Mul, Relu, Sigmoid, false",
    "Max, Relu, Tanh, false", "Min, Relu, Tanh, true", "Sub, Relu, Relu, true",
    "Concat, Relu, Abs, false", "Concat, Relu, Tanh, true"
  })
  void ofTwoTensorsBothDecide(String operator, String a, String b, boolean signed)
      throws Exception {
    assertSigned(
        signed,
        (model, h) -> {
          List<String> both = List.of(model.node(a, List.of(h)), model.node(b, List.of(h)));
          return operator.equals("Concat")
              ? model.node(operator, both, Models.whole("axis", 0))
              : model.node(operator, both);
        });
  }

  @Test
  void poolsReshapesAndTransposesKeepIt() throws Exception {
    for (String first : List.of("Relu", "Identity")) {
      Models model = new Models().input("x", 1, 3, 8, 8);
      String h = model.node("Conv", List.of("x", model.weights(4, 3, 3, 3)));
      String y = model.node(first, List.of(h));
      for (String pool : List.of("MaxPool", "AveragePool")) {
        y = model.node(pool, List.of(y), Models.wholes("kernel_shape", 2, 2));
      }
      y = model.node("Transpose", List.of(y), Models.wholes("perm", 0, 2, 3, 1));
      y = model.node("Flatten", List.of(y));
      Layer last =
          layers(model.model(model.node("MatMul", List.of(y, model.weights(64, 2))))).get(1);
      assertEquals(first.equals("Identity"), last.inputs().signed());
      assertEquals(INFERRED, last.origins().signs());
    }
  }

  @Test
  void aNormalisationBehindARectifierIsSigned() throws Exception {
    Models model = new Models().input("x", 1, 3, 8, 8);
    String h = model.node("Conv", List.of("x", model.weights(4, 3, 3, 3)));
    String r = model.node("Relu", List.of(h));
    String s = model.weights(4);
    String n = model.node("BatchNormalization", List.of(r, s, s, s, s));
    Layer last =
        layers(model.model(model.node("Conv", List.of(n, model.weights(4, 4, 3, 3))))).get(1);
    assertTrue(last.inputs().signed());
  }

  @Test
  void operandsOfDynamicMatricesFollowFromTheirProducers() throws Exception {
    Models model = new Models().input("x", 8, 8);
    String h = model.node("MatMul", List.of("x", model.weights(8, 8)));
    String a = model.node("Relu", List.of(h));
    String b = model.node("Sigmoid", List.of(h));
    String both = model.node("MatMul", List.of(a, b));
    String one = model.node("MatMul", List.of(both, h));
    List<Layer> layers =
        layers(model.model(model.node("MatMul", List.of(one, model.weights(8, 2)))));
    assertFalse(layers.get(1).inputs().signed());
    assertEquals(TypicalValues.GATE.statistics(), layers.get(1).weights());
    assertFalse(layers.get(2).inputs().signed());
    assertTrue(layers.get(2).weights().signed());
    assertTrue(layers.get(3).inputs().signed());
  }

  /** Values of 8 bits in front of a linear layer, by zero point of a quantiser. */
  @ParameterizedTest(name = "zero point {1} of type {0}: signed {2}")
  @CsvSource({"2, 0, false", "2, 128, true", "3, -128, false", "3, 0, true"})
  void aQuantiserWithoutNegativeCodesIsARectifier(int type, int zeroPoint, boolean signed)
      throws Exception {
    assertSigned(
        signed,
        (model, h) -> {
          String scale = model.scalar(0.1f);
          String zero = model.bytes(type, new byte[] {(byte) zeroPoint});
          String q = model.node("QuantizeLinear", List.of(h, scale, zero));
          return model.node("DequantizeLinear", List.of(q, scale, zero));
        });
  }

  @ParameterizedTest(name = "zero point {0}: signed {1}")
  @CsvSource({"0, false", "128, true"})
  void wholeOperatorsRectifyByTheirOutputsZeroPoint(int zeroPoint, boolean signed)
      throws Exception {
    Models model = new Models().typed("x", Tensor.UINT8, 1, 1, 4, 4);
    String s = model.scalar(0.1f);
    String none = model.bytes(Tensor.UINT8, new byte[1]);
    String zero = model.bytes(Tensor.UINT8, new byte[] {(byte) zeroPoint});
    String w = model.bytes(Tensor.INT8, new byte[] {1, -2, 3, -4}, 1, 1, 2, 2);
    String wz = model.bytes(Tensor.INT8, new byte[1]);
    String y = model.node("QLinearConv", List.of("x", s, none, w, s, wz, s, zero));
    List<Layer> layers =
        layers(model.model(model.node("QLinearConv", List.of(y, s, zero, w, s, wz, s, zero))));
    assertFalse(layers.get(0).inputs().signed());
    assertEquals(signed, layers.get(1).inputs().signed());
  }

  private static ValueOrigins ofInput(ModelProto model, boolean signed) throws Exception {
    Layer first = layers(model).get(0);
    assertEquals(signed, first.inputs().signed());
    return first.origins();
  }

  private static Models image(int type) {
    return new Models().typed("x", type, 1, 3, 8, 8);
  }

  private static ModelProto convolved(Models model, String x) {
    return model.model(model.node("Conv", List.of(x, model.weights(4, 3, 3, 3))));
  }

  private static ModelProto with(ModelProto model, String key, String value) {
    return model.toBuilder()
        .addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value))
        .build();
  }

  @Test
  void theSignOfAnImageIsThatOfItsTypeOfItsMetadataOrAssumed() throws Exception {
    ModelProto plain = convolved(image(Tensor.FLOAT), "x");
    assertEquals(ASSUMED, ofInput(plain, true).signs());
    String range = "Image.NominalPixelRange";
    assertEquals(INFERRED, ofInput(with(plain, range, "NominalRange_0_255"), false).signs());
    assertEquals(INFERRED, ofInput(with(plain, range, "Normalized_0_1"), false).signs());
    assertEquals(INFERRED, ofInput(with(plain, range, "Normalized_1_1"), true).signs());
    assertEquals(ASSUMED, ofInput(with(plain, range, "dark"), true).signs());
    Models whole = image(Tensor.UINT8);
    String cast = whole.node("Cast", List.of("x"), Models.whole("to", 1));
    assertEquals(INFERRED, ofInput(convolved(whole, cast), false).signs());
    String centred = whole.node("Sub", List.of(cast, whole.scalar(128)));
    assertEquals(INFERRED, ofInput(convolved(whole, centred), true).signs());
  }

  @Test
  void metadataOfAFileStateMeasuredValues() throws Exception {
    ModelProto plain = convolved(image(Tensor.FLOAT), "x");
    Layer layer = layers(with(plain, "values/x", "0.5 0.2 0.4 0")).get(0);
    assertEquals(new ValueStatistics(0.5, 0.2, 0.4, 0), layer.inputs());
    assertEquals(new ValueOrigins(MEASURED, MEASURED, MEASURED), layer.origins());
    for (String wrong : List.of("", "0.5 0.2 0.4", "0.5 0.6 0.7 0", "0 0.2 0.1 0", "NaN 0 0 0")) {
      MapFiles files = new MapFiles().with("m.onnx", with(plain, "values/x", wrong).toByteArray());
      NetworkFormat.Reading reading =
          new OnnxFormat().read("m.onnx", NetworkFormat.Settings.NONE, files);
      assertEquals(ASSUMED, reading.network().layers().get(0).origins().inputs(), wrong);
      assertTrue(reading.warnings().get(0).startsWith("metadata 'values/x' must be"), wrong);
    }
  }

  /** Of an operator that is not read nothing is known. */
  @Test
  void anUnknownOperatorLeavesTheSignAssumed() throws Exception {
    Models model = new Models().input("x", 1, 8);
    String h = model.node("Relu", List.of(model.node("MatMul", List.of("x", model.weights(8, 8)))));
    String u = model.nodeOf("mine", "Unheard", List.of(h));
    model.graph().addValueInfo(ValueInfoProto.newBuilder(model.graph().getInput(0)).setName(u));
    Layer layer = layers(model.model(model.node("MatMul", List.of(u, model.weights(8, 4))))).get(1);
    assertTrue(layer.inputs().signed());
    assertEquals(ASSUMED, layer.origins().signs());
  }

  /**
   * Second opinion: reference outputs of the ONNX project. An output that is called not negative,
   * of inputs of unknown sign, has no negative value in the conformance data.
   */
  @Test
  @Tag("testdata")
  void noConformanceOutputThatIsCalledNotNegativeHasANegativeValue() throws IOException {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    try (var folders = Files.list(TestData.require(TestData.DATA.resolve("node")))) {
      for (Path folder : folders.sorted().toList()) {
        checked += check(folder, wrong);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(checked >= LEAST_CHECKED, checked + " outputs");
  }

  private static int check(Path folder, List<String> wrong) throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")));
    Path data = folder.resolve("test_data_set_0");
    if (model.getGraph().getNodeCount() != 1) {
      return 0;
    }
    NodeProto node = model.getGraph().getNode(0);
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> outputs;
    try {
      int given = 0;
      for (String name : node.getInputList()) {
        inputs.add(name.isEmpty() ? null : input(data.resolve("input_" + given++ + ".pb")));
      }
      List<long[]> declared = new ArrayList<>();
      node.getOutputList().forEach(output -> declared.add(null));
      Operator operator = Operators.find(node.getDomain(), node.getOpType()).orElseThrow();
      long version = model.getOpsetImport(0).getVersion();
      outputs =
          operator
              .inference()
              .apply(
                  new NodeView(node, "n", inputs, declared, version, true),
                  new LayerCollector(new Measurements("m.onnx", new MapFiles(), 0, 0)));
    } catch (RuntimeException | IOException notThisWay) {
      return 0;
    }
    int checked = 0;
    for (int i = 0; i < Math.min(outputs.size(), node.getOutputCount()); i++) {
      Path file = data.resolve("output_" + i + ".pb");
      Tensor output = outputs.get(i);
      if (output.isConstant() || output.flow().kind().isSigned() || !Files.exists(file)) {
        continue;
      }
      assertEquals(INFERRED, output.flow().kind().signs(), folder.toString());
      Tensor real = TensorGenerators.stored(TensorProto.parseFrom(Files.readAllBytes(file)));
      if (real.isReal() && real.numbers() != null) {
        checked++;
        if (real.numbers().isAny(value -> value < 0)) {
          wrong.add(folder.getFileName() + ", output " + i);
        }
      }
    }
    return checked;
  }

  /** Real inputs are computed, of unknown sign; others are what shapes depend on. */
  private static Tensor input(Path file) throws IOException {
    Tensor stored = TensorGenerators.stored(TensorProto.parseFrom(Files.readAllBytes(file)));
    return stored.isReal()
        ? Tensor.computed(stored.type(), stored.dims(), Flow.input(ValueKind.UNKNOWN))
        : stored;
  }
}
