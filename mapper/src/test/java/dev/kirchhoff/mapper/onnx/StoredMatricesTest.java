package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Matrices that several nodes use, and matrices of recurrent cells. */
class StoredMatricesTest {
  private static final int CHANNELS = 2;
  private static final int HIDDEN = 3;
  private static final int SIDE = 4;

  private static Network read(ModelProto model) throws Exception {
    return new OnnxFormat()
        .read("m.onnx", Settings.NONE, new MapFiles().with("m.onnx", model.toByteArray()))
        .network();
  }

  private static SplitNetwork split(ModelProto model) throws Exception {
    return SplitNetwork.of(model.toByteArray(), Map.of());
  }

  private static List<MatrixStorage> matrices(Network network) {
    return network.layers().stream().map(Layer::matrix).toList();
  }

  /**
   * A convolutional LSTM (Shi et al., NIPS 2015, without peepholes) unrolled over steps that are
   * slices of the input's channels, with one kernel for the inputs and one for the state.
   */
  static ModelProto convLstm(int steps) {
    Models models = new Models();
    models.input("x", 1, steps * CHANNELS, SIDE, SIDE);
    String ofInputs = models.weights(4 * HIDDEN, CHANNELS, 3, 3);
    String ofState = models.weights(4 * HIDDEN, HIDDEN, 3, 3);
    String axes = models.wholes(1);
    String split = models.wholes(HIDDEN, HIDDEN, HIDDEN, HIDDEN);
    String h = "";
    String c = "";
    for (int t = 0; t < steps; t++) {
      String x =
          models.node(
              "Slice",
              List.of("x", models.wholes(t * CHANNELS), models.wholes((t + 1) * CHANNELS), axes));
      String sum = models.node("Conv", List.of(x, ofInputs), Models.wholes("pads", 1, 1, 1, 1));
      if (!h.isEmpty()) {
        String fed = models.node("Conv", List.of(h, ofState), Models.wholes("pads", 1, 1, 1, 1));
        sum = models.node("Add", List.of(sum, fed));
      }
      List<String> gates = new ArrayList<>();
      for (String gate : List.of("i", "o", "f", "g")) {
        gates.add(gate + t);
      }
      models.node("Split", List.of(sum, split), gates, Models.whole("axis", 1));
      String input = models.node("Sigmoid", List.of(gates.get(0)));
      String output = models.node("Sigmoid", List.of(gates.get(1)));
      String next = models.node("Mul", List.of(input, models.node("Tanh", List.of(gates.get(3)))));
      if (!c.isEmpty()) {
        String forget = models.node("Sigmoid", List.of(gates.get(2)));
        next = models.node("Add", List.of(models.node("Mul", List.of(forget, c)), next));
      }
      c = next;
      h = models.node("Mul", List.of(output, models.node("Tanh", List.of(c))));
    }
    return models.model(h);
  }

  @Test
  void aConvolutionalLstmStoresEachKernelOnce() throws Exception {
    Network network = read(convLstm(3));
    // Layers: Wx, then Wx and Wh of each further step.
    MatrixStorage ofInputs = new MatrixStorage.Reused(0);
    MatrixStorage ofState = new MatrixStorage.Reused(2);
    assertEquals(
        List.of(MatrixStorage.OWN, ofInputs, MatrixStorage.OWN, ofInputs, ofState),
        matrices(network));
    long kernelOfInputs = CHANNELS * 9 * 4 * HIDDEN;
    long kernelOfState = HIDDEN * 9 * 4 * HIDDEN;
    assertEquals(kernelOfInputs + kernelOfState, network.weights());
    // Three steps of W x, two of W h: the first state is zero.
    long positions = SIDE * SIDE;
    assertEquals(positions * (3 * kernelOfInputs + 2 * kernelOfState), network.macs());
  }

  @Test
  void theExecutedConvolutionalLstmHasAsManyMatricesAndTheSameOutputs() throws Exception {
    SplitNetwork once = split(convLstm(3));
    assertEquals(2, once.layers().size());
    Network network = read(convLstm(3));
    assertEquals(
        List.of(network.layers().get(0).name(), network.layers().get(2).name()),
        once.layers().stream().map(MatrixLayer::name).toList());
    List<List<Object>> calls = new ArrayList<>();
    Map<List<Integer>, Integer> steps = new HashMap<>();
    once.run(
        new float[][] {new float[once.inputSize()]},
        0,
        (call, vectors, products) -> {
          calls.add(List.of(call.layer(), call.step()));
          steps.merge(List.of(call.layer(), call.step()), 1, Integer::sum);
        });
    assertEquals(5, calls.size());
    assertTrue(steps.values().stream().allMatch(n -> n == 1), steps::toString);
  }

  @Test
  void aMatrixThatEachNodeTransposesIsStoredOnce() throws Exception {
    Models models = new Models();
    models.input("x", 5, 9);
    String weights = models.weights(9, 9);
    String first = models.node("Transpose", List.of(weights), Models.wholes("perm", 1, 0));
    String second = models.node("Transpose", List.of(weights), Models.wholes("perm", 1, 0));
    String hidden = models.node("MatMul", List.of("x", first));
    String out = models.node("MatMul", List.of(hidden, second));
    ModelProto model = models.model(models.node("MatMul", List.of(out, weights)));
    // The last product is with the matrix itself, another one.
    assertEquals(
        List.of(MatrixStorage.OWN, new MatrixStorage.Reused(0), MatrixStorage.OWN),
        matrices(read(model)));
    assertEquals(2, split(model).layers().size());
  }

  @Test
  void arrangementsOfOneTensorAreDifferentMatrices() throws Exception {
    Models models = new Models();
    models.input("x", 5, 8);
    String weights = models.weights(8, 8);
    String plain = models.node("Gemm", List.of("x", weights));
    String turned = models.node("Gemm", List.of(plain, weights), Models.whole("transB", 1));
    String scaled = models.node("Gemm", List.of(turned, weights), Models.real("alpha", 2));
    String again = models.node("Gemm", List.of(scaled, weights), Models.whole("transB", 1));
    ModelProto model = models.model(models.node("MatMul", List.of(again, weights)));
    MatrixStorage own = MatrixStorage.OWN;
    assertEquals(
        List.of(own, own, own, new MatrixStorage.Reused(1), new MatrixStorage.Reused(0)),
        matrices(read(model)));
    assertEquals(3, split(model).layers().size());
  }

  @Test
  void placeholdersOfOneShapeAreDifferentMatrices() throws Exception {
    Models models = new Models();
    models.input("x", 5, 9);
    String size = models.wholes(9, 9);
    String first = models.node("ConstantOfShape", List.of(size));
    String second = models.node("ConstantOfShape", List.of(size));
    String hidden = models.node("MatMul", List.of("x", first));
    ModelProto model = models.model(models.node("MatMul", List.of(hidden, second)));
    assertEquals(List.of(MatrixStorage.OWN, MatrixStorage.OWN), matrices(read(model)));
  }

  private static Network recurrent(String operator, int gates) throws Exception {
    Models models = new Models();
    models.input("x", 7, 1, 5);
    String y =
        models.node(
            operator,
            List.of("x", models.weights(1, gates * 4, 5), models.weights(1, gates * 4, 4)),
            Models.whole("hidden_size", 4));
    return read(models.model(y));
  }

  @Test
  void cellsThatAddTheirProductsMayBeJointOthersNot() throws Exception {
    for (String operator : List.of("LSTM", "RNN")) {
      MatrixStorage matrix =
          recurrent(operator, operator.equals("RNN") ? 1 : 4).layers().get(1).matrix();
      assertEquals(0, matrix.inputLayer().orElseThrow(), operator);
    }
    assertEquals(List.of(MatrixStorage.OWN, MatrixStorage.OWN), matrices(recurrent("GRU", 3)));
  }
}
