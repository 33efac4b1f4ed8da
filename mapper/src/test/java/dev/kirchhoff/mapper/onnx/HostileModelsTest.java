package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.mapper.onnx.Models.whole;
import static dev.kirchhoff.mapper.onnx.Models.wholes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.FunctionProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.OperatorSetIdProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Wrong and hostile models are refused in sentences that name the node. */
class HostileModelsTest {

  private static List<String> problems(byte[] model) {
    return assertThrows(
            NetworkFormat.FormatException.class,
            () ->
                new OnnxFormat()
                    .read("m.onnx", Settings.NONE, new MapFiles().with("m.onnx", model)))
        .problems();
  }

  private static NetworkFormat.Reading read(byte[] model) throws Exception {
    return new OnnxFormat().read("m.onnx", Settings.NONE, new MapFiles().with("m.onnx", model));
  }

  private static void assertProblem(String expected, byte[] model) {
    String all = String.join("\n", problems(model));
    assertTrue(all.contains(expected), all);
  }

  @Test
  void filesThatAreNoModelsAreReported() {
    assertProblem("is not an ONNX model", new byte[0]);
    assertProblem("is not an ONNX model", "version https://git-lfs.github.com/spec/v1".getBytes());
    assertProblem("is not an ONNX model", new byte[] {8, 7});
  }

  @Test
  void circlesMissingAndDoubleTensorsAreNamed() {
    Models circle = new Models().input("x", 1, 8);
    circle.node("Add", List.of("x", "b"), List.of("a"));
    circle.node("Relu", List.of("a"), List.of("b"));
    assertProblem("nodes read each other in a circle: 'Add_0', 'Relu_1'", circle.bytes("b"));
    Models missing = new Models().input("x", 1, 8);
    assertProblem(
        "node 'MatMul_0' (MatMul) reads 'gone', which nothing defines",
        missing.bytes(missing.node("MatMul", List.of("x", "gone"))));
    Models twice = new Models().input("x", 1, 8);
    twice.node("Relu", List.of("x"), List.of("y"));
    twice.node("Relu", List.of("x"), List.of("y"));
    assertProblem("node 'Relu_1' (Relu) defines 'y' a second time", twice.bytes("y"));
  }

  @Test
  void allOperatorsThatAreNotReadAreNamedAtOnce() {
    Models m = new Models().input("x", 1, 8);
    String a = m.node("Strange", List.of("x"));
    String b = m.node("Odd", List.of(a));
    String c = m.node("Fused", List.of("x", m.weights(8, 8)));
    List<String> problems = problems(m.bytes(m.node("MatMul", List.of(c, b))));
    assertEquals(3, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).startsWith("node 'Strange_0' (Strange): is an operator that is not"));
    assertTrue(problems.get(1).startsWith("node 'Odd_1' (Odd): is an operator that is not read"));
    assertTrue(problems.get(2).contains("it holds a matrix, so that layers would be missing"));
  }

  @Test
  void anOperatorThatHidesNothingOnlyCostsItsWork() throws Exception {
    Models m = new Models().input("x", 1, 8);
    String a = m.node("Strange", List.of("x"), List.of("a"));
    m.graph()
        .addValueInfo(
            ValueInfoProto.newBuilder().setName("a").setType(m.graph().getInput(0).getType()));
    byte[] model = m.bytes(m.node("MatMul", List.of(a, m.weights(8, 4))));
    NetworkFormat.Reading reading = read(model);
    assertEquals(32, reading.network().macs());
    assertTrue(reading.warnings().get(0).contains("is not counted: 'Strange_0' (Strange)"));
  }

  @Test
  void shapesOfBombsAreRefusedByTheirSize() {
    Models tile = new Models().input("x", 1, 8);
    assertProblem(
        "node 'Tile_0' (Tile): is a tensor of 1000000x8000000",
        tile.bytes(tile.node("Tile", List.of("x", tile.wholes(1_000_000, 1_000_000)))));
    Models fill = new Models().input("x", 1, 8);
    String shape = fill.wholes(1_000_000, 1_000_000);
    assertProblem(
        "more than 100,000,000,000 elements",
        fill.bytes(
            fill.node("MatMul", List.of("x", fill.node("ConstantOfShape", List.of(shape))))));
    Models expand = new Models().input("x", 1, 8);
    assertProblem(
        "node 'Expand_0' (Expand): is a tensor of",
        expand.bytes(expand.node("Expand", List.of("x", expand.wholes(1L << 40, 8)))));
    Models overflow = new Models().input("x", 1, 8);
    assertProblem(
        "node 'Tile_0' (Tile): its sizes overflow",
        overflow.bytes(overflow.node("Tile", List.of("x", overflow.wholes(1, Long.MAX_VALUE)))));
  }

  @Test
  void sizesThatDoNotFitAreReportedWithTheNode() {
    Models m = new Models().input("x", 1, 3, 8, 8);
    assertProblem(
        "node 'Conv_0' (Conv): has a kernel for 4 channels, but its map of 1x3x8x8 has 3",
        m.bytes(m.node("Conv", List.of("x", m.weights(2, 4, 3, 3)))));
    Models wide = new Models().input("x", 1, 3, 2, 2);
    assertProblem(
        "node 'Conv_0' (Conv): has a kernel that reaches over 3 of a padded map of 2",
        wide.bytes(wide.node("Conv", List.of("x", wide.weights(2, 3, 3, 3)))));
    Models stride = new Models().input("x", 1, 3, 8, 8);
    assertProblem(
        "has the stride 0",
        stride.bytes(
            stride.node(
                "Conv", List.of("x", stride.weights(2, 3, 3, 3)), wholes("strides", 0, 1))));
    Models product = new Models().input("x", 4, 8);
    assertProblem(
        "multiplies 4x8 with 7x2",
        product.bytes(product.node("MatMul", List.of("x", product.weights(7, 2)))));
  }

  @Test
  void sizesOfInputsThatAreNotPositiveAreReportedAsTheyStand() {
    Models m = new Models().input("x", 0, -3, 8, 8).input("y", "N", 8);
    String h = m.node("Conv", List.of("x", m.weights(2, 3, 3, 3)));
    String flat = m.node("Flatten", List.of(m.node("Relu", List.of(h))));
    byte[] model = m.bytes(m.node("MatMul", List.of(flat, m.weights(72, 4))));
    List<String> expected =
        List.of(
            "dimension 0 of input 'x' is 0, must be positive",
            "dimension 1 of input 'x' is -3, must be positive");
    assertEquals(expected, problems(model));
    Settings sizes = new Settings(Map.of("N", 2L, "x/0", 8L), Optional.empty(), Optional.empty());
    MapFiles files = new MapFiles().with("m.onnx", model);
    assertEquals(
        expected,
        assertThrows(
                NetworkFormat.FormatException.class,
                () -> new OnnxFormat().read("m.onnx", sizes, files))
            .problems());
  }

  @Test
  void anOperatorSetNewerThanTheNewestKnownIsWarnedOfOnce() throws Exception {
    for (int version : new int[] {24, 25, 99}) {
      Models m = new Models().opset(version).input("x", 1, 8);
      String h = m.node("Relu", List.of(m.node("MatMul", List.of("x", m.weights(8, 4)))));
      List<String> warnings =
          read(m.bytes(m.node("MatMul", List.of(h, m.weights(4, 2))))).warnings();
      assertEquals(
          version == 24
              ? List.of()
              : List.of(
                  "is of operator set "
                      + version
                      + ", newer than any that is known: its operators are read as those of 24"),
          warnings);
    }
  }

  @Test
  void deepAndSelfCallingFunctionsEnd() {
    NodeProto call =
        NodeProto.newBuilder().setOpType("F").setDomain("own").addInput("a").addOutput("b").build();
    NodeProto again = call.toBuilder().setInput(0, "b").setOutput(0, "c").build();
    Models m = new Models().input("x", 1, 8);
    m.nodeOf("own", "F", List.of("x"));
    ModelProto model =
        m.model("y").toBuilder()
            .addFunctions(
                FunctionProto.newBuilder()
                    .setName("F")
                    .setDomain("own")
                    .addInput("a")
                    .addOutput("c")
                    .addNode(call)
                    .addNode(again))
            .build();
    long start = System.nanoTime();
    String all = String.join("\n", problems(model.toByteArray()));
    assertTrue(
        all.contains("nested deeper than 16") || all.contains("more than 100000 nodes"), all);
    assertTrue(System.nanoTime() - start < 2_000_000_000L);
  }

  @Test
  void aConstantConditionChoosesItsGraphAndAFunctionIsReadInPlace() throws Exception {
    Models inner = new Models();
    String y = inner.node("MatMul", List.of("x", inner.weights(8, 4)));
    GraphProto branch =
        inner.graph().clone().addOutput(ValueInfoProto.newBuilder().setName(y)).build();
    Models m = new Models().input("x", 1, 8);
    String condition = m.bytes(Tensor.BOOL, new byte[] {1});
    String z =
        m.node(
            "If",
            List.of(condition),
            AttributeProto.newBuilder().setName("then_branch").setType(5).setG(branch).build(),
            AttributeProto.newBuilder().setName("else_branch").setType(5).setG(branch).build());
    byte[] model = m.bytes(m.node("Relu", List.of(z)));
    assertEquals("If_0/MatMul_0", read(model).network().layers().get(0).name());

    Models caller = new Models().input("x", 1, 8);
    String w = caller.weights(8, 4);
    caller.nodeOf("own", "Linear", List.of("x", w), whole("turned", 0));
    ModelProto withFunction =
        caller.model("t1").toBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1))
            .addFunctions(
                FunctionProto.newBuilder()
                    .setName("Linear")
                    .setDomain("own")
                    .addInput("a")
                    .addInput("b")
                    .addOutput("c")
                    .addNode(
                        NodeProto.newBuilder()
                            .setOpType("Gemm")
                            .setName("product")
                            .addInput("a")
                            .addInput("b")
                            .addOutput("c")
                            .addAttribute(
                                AttributeProto.newBuilder()
                                    .setName("transB")
                                    .setRefAttrName("turned"))))
            .build();
    assertEquals(
        "Linear_0/product", read(withFunction.toByteArray()).network().layers().get(0).name());
  }

  @Test
  void namesAreMadeUniqueAndPlain() throws Exception {
    Models m = new Models().input("x", 1, 8);
    String a = m.node("MatMul", List.of("x", m.weights(8, 8)));
    String b = m.node("MatMul", List.of(a, m.weights(8, 8)));
    String c = m.node("MatMul", List.of(b, m.weights(8, 8)));
    m.graph().getNodeBuilder(0).setName("/layer 1/*dense*");
    m.graph().getNodeBuilder(1).setName("layer_1/?dense?");
    m.graph().getNodeBuilder(2).setName("n".repeat(100_000));
    List<String> names =
        read(m.bytes(c)).network().layers().stream().map(layer -> layer.name()).toList();
    assertEquals(List.of("layer_1/_dense_", "layer_1/_dense__2", "n".repeat(120)), names);
  }
}
