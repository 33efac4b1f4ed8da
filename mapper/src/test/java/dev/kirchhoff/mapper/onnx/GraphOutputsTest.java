package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.FunctionProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tests of the outputs of a graph: each is defined, and nodes that none depends on are left out.
 */
class GraphOutputsTest {
  private static final String LEFT_OUT =
      "no output of the graph depends on these nodes, they are left out: ";

  private static NetworkFormat.Reading read(byte[] model) throws Exception {
    return new OnnxFormat().read("m.onnx", Settings.NONE, new MapFiles().with("m.onnx", model));
  }

  private static List<String> names(NetworkFormat.Reading reading) {
    return reading.network().layers().stream().map(Layer::name).toList();
  }

  private static void assertProblem(String expected, byte[] model) {
    FormatException e = assertThrows(FormatException.class, () -> read(model));
    assertEquals(List.of(expected), e.problems());
  }

  /** y = x w0 with a rectifier, beside a branch of two products that ends nowhere. */
  private static Models branched() {
    Models m = new Models().input("x", 1, 8);
    m.node("MatMul", List.of("x", m.weights(8, 4)), List.of("h"));
    m.node("Relu", List.of("h"), List.of("y"));
    m.node("MatMul", List.of("h", m.weights(4, 4)), List.of("a"));
    m.node("Add", List.of("a", m.weights(4)), List.of("b"));
    m.node("Gemm", List.of("b", m.weights(4, 2)), List.of("c"));
    m.node("Strange", List.of("c"), List.of("d"));
    return m;
  }

  @Test
  void anOutputThatNothingDefinesIsRefused() {
    Models m = new Models().input("x", 1, 8);
    m.node("MatMul", List.of("x", m.weights(8, 4)), List.of("y"));
    assertProblem("states the output 'z', which nothing defines", m.bytes("z"));
    assertProblem("states the output '', which nothing defines", m.bytes(""));
  }

  @Test
  void problemsOfNodesAreReportedBesideAnOutputThatNothingDefines() {
    Models m = new Models().input("x", 1, 8);
    m.node("MatMul", List.of("x", m.weights(7, 4)), List.of("y"));
    FormatException e = assertThrows(FormatException.class, () -> read(m.bytes("z")));
    assertEquals(
        List.of(
            "states the output 'z', which nothing defines",
            "node 'MatMul_0' (MatMul): multiplies 1x8 with 7x4"),
        e.problems());
  }

  @Test
  void aCircleIsReportedOnceThoughItsOutputIsUnknown() {
    Models m = new Models().input("x", 1, 8);
    m.node("Add", List.of("x", "b"), List.of("a"));
    m.node("Relu", List.of("a"), List.of("b"));
    assertProblem("nodes read each other in a circle: 'Add_0', 'Relu_1'", m.bytes("b"));
  }

  @Test
  void inputsAndConstantsMayBeOutputs() throws Exception {
    Models m = new Models().input("x", 1, 8);
    String w = m.weights(8, 4);
    m.node("MatMul", List.of("x", w), List.of("y"));
    ModelProto.Builder model = m.model("y").toBuilder();
    model.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName("x"));
    model.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(w));
    assertEquals(32, read(model.build().toByteArray()).network().macs());
  }

  @Test
  void matricesThatNoOutputDependsOnAreLeftOutAndNamed() throws Exception {
    NetworkFormat.Reading reading = read(branched().bytes("y"));
    assertEquals(List.of("MatMul_0"), names(reading));
    assertEquals(
        List.of(LEFT_OUT + "'MatMul_2' (MatMul), 'Gemm_4' (Gemm), 'Strange_5' (Strange)"),
        reading.warnings());
    // The branch's addition is no work of the layer before.
    assertEquals(
        List.of(new DigitalWork(DigitalOperation.RELU, 4)),
        reading.network().layers().get(0).after());
  }

  @Test
  void withoutOutputsAllNodesAreRead() throws Exception {
    Models m = branched();
    m.graph().removeNode(5);
    ModelProto model = m.model("y");
    GraphProto graph = model.getGraph().toBuilder().clearOutput().build();
    NetworkFormat.Reading reading = read(model.toBuilder().setGraph(graph).build().toByteArray());
    assertEquals(List.of("MatMul_0", "MatMul_2", "Gemm_4"), names(reading));
    assertEquals(List.of(), reading.warnings());
  }

  @Test
  void aModelOfDeadMatricesAloneStatesSo() {
    Models m = new Models().input("x", 1, 8);
    m.node("Relu", List.of("x"), List.of("y"));
    m.node("MatMul", List.of("x", m.weights(8, 4)), List.of("z"));
    assertProblem(
        "multiplies with no matrix (Conv, Gemm, MatMul, LSTM, ...), so that there is nothing to put"
            + " on a crossbar; no output of the graph depends on 'MatMul_1' (MatMul)",
        m.bytes("y"));
  }

  /** The branch reads 'h' of the graph around it, without being given it. */
  @Test
  void whatOnlyAGraphInsideOfANodeReadsIsNotDead() throws Exception {
    Models inner = new Models();
    inner.node("MatMul", List.of("h", inner.weights(4, 2)), List.of("z"));
    GraphProto branch =
        inner.graph().clone().addOutput(ValueInfoProto.newBuilder().setName("z")).build();
    Models m = new Models().input("x", 1, 8);
    m.node("MatMul", List.of("x", m.weights(8, 4)), List.of("h"));
    String y = m.node("If", List.of(m.bytes(Tensor.BOOL, new byte[] {1})), then(branch));
    NetworkFormat.Reading reading = read(m.bytes(y));
    assertEquals(List.of("MatMul_0", "If_1/MatMul_0"), names(reading));
    assertEquals(List.of(), reading.warnings());
  }

  private static AttributeProto then(GraphProto branch) {
    return AttributeProto.newBuilder().setName("then_branch").setType(5).setG(branch).build();
  }

  @Test
  void innerGraphsAndFunctionsDefineTheirOutputs() {
    Models inner = new Models();
    inner.node("MatMul", List.of("x", inner.weights(8, 2)), List.of("z"));
    GraphProto branch =
        inner.graph().clone().addOutput(ValueInfoProto.newBuilder().setName("zz")).build();
    Models m = new Models().input("x", 1, 8);
    String h = m.node("MatMul", List.of("x", m.weights(8, 8)));
    String y = m.node("If", List.of(m.bytes(Tensor.BOOL, new byte[] {1})), then(branch));
    assertProblem(
        "node 'If_1' (If): gives 'zz', which nothing in it defines",
        m.bytes(m.node("Add", List.of(y, h))));
    Models caller = new Models().input("x", 1, 8);
    ModelProto model =
        caller.model(caller.nodeOf("own", "F", List.of("x"))).toBuilder()
            .addFunctions(
                FunctionProto.newBuilder()
                    .setName("F")
                    .setDomain("own")
                    .addInput("a")
                    .addOutput("c")
                    .addNode(NodeProto.newBuilder().setOpType("Relu").addInput("a").addOutput("b")))
            .build();
    assertProblem("node 'F_0' (F): gives 'c', which nothing in it defines", model.toByteArray());
  }

  @Test
  void whatIsExecutedHasTheSameLayers() throws Exception {
    SplitNetwork network = SplitNetwork.of(branched().bytes("y"), Map.of());
    assertEquals(List.of("MatMul_0"), network.layers().stream().map(MatrixLayer::name).toList());
    ModelProto model = branched().model("y");
    GraphProto graph = model.getGraph().toBuilder().clearOutput().build();
    byte[] none = model.toBuilder().setGraph(graph).build().toByteArray();
    FormatException e = assertThrows(FormatException.class, () -> SplitNetwork.of(none, Map.of()));
    assertEquals(List.of("states no output, must state one to be executed"), e.problems());
  }
}
