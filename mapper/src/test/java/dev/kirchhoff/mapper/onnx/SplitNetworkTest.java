package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.OperatorSetIdProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks cut at their matrices give what they give whole. */
class SplitNetworkTest {
  private static final long SEED = 38;
  private static final int ITEMS = 5;

  /** The operator set that has Gelu. */
  private static final int OPSET = 20;

  private static final double ROUNDING = 1e-5;

  /** A model with a name for messages. */
  record Named(String name, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> models() {
    List<Named> models = new ArrayList<>();
    for (String name : TrainedNetworks.names()) {
      models.add(new Named(name, TrainedNetworks.bytes(name)));
    }
    Map.of(
            "residual", SampleModels.residual(),
            "dense", SampleModels.dense(),
            "grouped", SampleModels.grouped(),
            "signal", SampleModels.signal(),
            "transformer", SampleModels.transformer(false),
            "convolutional LSTM", StoredMatricesTest.convLstm(3))
        .forEach((name, model) -> models.add(new Named(name, tame(model).toByteArray())));
    models.add(cell("LSTM", 4, "bidirectional"));
    models.add(cell("GRU", 3, "reverse"));
    models.add(cell("GRU", 3, "forward", Models.whole("linear_before_reset", 1)));
    models.add(cell("RNN", 1, "reverse"));
    return models.stream();
  }

  /** A recurrent cell over seven steps. */
  private static Named cell(String operator, int gates, String direction, AttributeProto... other) {
    int hidden = 4;
    int directions = direction.equals("bidirectional") ? 2 : 1;
    Models m = new Models().input("x", 7, 1, 5);
    List<String> inputs =
        List.of(
            "x",
            m.weights(directions, gates * hidden, 5),
            m.weights(directions, gates * hidden, hidden),
            m.weights(directions, 2 * gates * hidden));
    List<AttributeProto> attributes = new ArrayList<>(List.of(other));
    attributes.add(Models.whole("hidden_size", hidden));
    attributes.add(Models.text("direction", direction));
    byte[] bytes = m.bytes(m.node(operator, inputs, attributes.toArray(AttributeProto[]::new)));
    return new Named(direction + " " + operator + " " + other.length, bytes);
  }

  /** The model with weights between 0.01 and about 1, so that no sum is infinite or no number. */
  private static ModelProto tame(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto.Builder tensor = graph.getInitializerBuilder(i);
      for (int k = 0; k < tensor.getFloatDataCount(); k++) {
        tensor.setFloatData(k, 0.01f + 0.2f * Math.abs(tensor.getFloatData(k)));
      }
    }
    return model.toBuilder()
        .setGraph(graph)
        .clearOpsetImport()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .build();
  }

  private static float[][] items(int count, int size) {
    Random random = new Random(SEED);
    float[][] items = new float[count][size];
    for (float[] item : items) {
      for (int i = 0; i < size; i++) {
        item[i] = random.nextFloat();
      }
    }
    return items;
  }

  /** Multiplies in double precision, plainly. */
  static MatrixEngine.Session plain(SplitNetwork network) {
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

  private static void assertNear(List<float[]> expected, List<float[]> actual, String what) {
    assertEquals(expected.size(), actual.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      float[] item = expected.get(i);
      double largest = 0;
      for (float value : item) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest > 0 && largest < 1e30, what + " " + largest);
      assertEquals(item.length, actual.get(i).length, what);
      for (int k = 0; k < item.length; k++) {
        assertEquals(item[k], actual.get(i)[k], ROUNDING * largest, what + " " + i + " " + k);
      }
    }
  }

  private static List<float[]> exactly(SplitNetwork network, float[][] items) {
    try (SplitRun run = network.start(items)) {
      while (run.isAtMatrix()) {
        if (run.isRecurrent()) {
          run.multiply(new BatchRun(plain(network), items.length, 0));
        } else {
          run.multiplyExactly();
        }
      }
      return run.outputs();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theyGiveWhatTheyGiveWhole(Named model) throws Exception {
    SplitNetwork network = SplitNetwork.of(model.bytes(), Map.of());
    float[][] items = items(ITEMS, network.inputSize());
    List<float[]> whole = network.runExactly(items);
    assertNear(whole, exactly(network, items), "by the library");
    assertNear(whole, network.run(items, 0, plain(network)), "by an engine");
    assertEquals(whole.get(0).length, network.outputSize());
  }

  @Test
  void layersHaveTheNamesThatTheImporterGivesThem() throws Exception {
    int compared = 0;
    for (Map.Entry<String, ModelProto> entry : SampleModels.all().entrySet()) {
      byte[] bytes = entry.getValue().toByteArray();
      SplitNetwork network;
      try {
        network = SplitNetwork.of(bytes, Map.of());
      } catch (FormatException e) {
        continue;
      }
      List<Layer> layers =
          new OnnxFormat()
                  .read("m.onnx", NetworkFormat.Settings.NONE, new MapFiles().with("m.onnx", bytes))
                  .network()
                  .layers()
                  .stream()
                  .filter(layer -> !layer.dynamic())
                  .toList();
      assertEquals(
          layers.stream().map(Layer::name).toList(),
          network.layers().stream().map(MatrixLayer::name).toList(),
          entry.getKey());
      for (int l = 0; l < layers.size(); l++) {
        MatrixLayer layer = network.layers().get(l);
        assertEquals(layers.get(l).shape().inputsPerOutput(), layer.inputs(), entry.getKey());
        assertEquals(layers.get(l).shape().outputsPerGroup(), layer.outputs(), entry.getKey());
        assertEquals(layers.get(l).shape().groups(), layer.groups(), entry.getKey());
      }
      compared++;
    }
    assertTrue(compared >= 8, compared + " models can be executed");
  }

  @Test
  void matricesOfACellMayBeOne() throws Exception {
    byte[] model = TrainedNetworks.bytes("sequence-lstm");
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    SplitNetwork joined = network.joined(name -> true);
    assertEquals(network.layers().size() - 1, joined.layers().size());
    float[][] items = items(ITEMS, network.inputSize());
    assertNear(network.runExactly(items), joined.run(items, 0, plain(joined)), "joined");
  }

  @Test
  void aBatchThatTheGraphStatesAsOneRunsItemByItem() throws Exception {
    Models m = new Models().input("x", "N", 4);
    String rows = m.node("Reshape", List.of("x", m.wholes(1, 2, 2)));
    String sums = m.node("ReduceSum", List.of(rows, m.wholes(0)), Models.whole("keepdims", 0));
    String flat = m.node("Reshape", List.of(sums, m.wholes(1, 4)));
    byte[] model = m.bytes(m.node("MatMul", List.of(flat, m.weights(4, 3))));
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    float[][] items = items(ITEMS, 4);
    List<float[]> alone = new ArrayList<>();
    for (float[] item : items) {
      alone.addAll(network.runExactly(new float[][] {item}));
    }
    assertNear(alone, network.runExactly(items), "whole");
    assertNear(alone, exactly(network, items), "split");
  }

  @Test
  void severalInputsFollowEachOther() throws Exception {
    Models m = new Models().typed("tokens", Tensor.INT64, "N", "T").input("scale", "N", 3);
    String embedded = m.node("Gather", List.of(m.weights(9, 3), "tokens"));
    String sum = m.node("ReduceSum", List.of(embedded, m.wholes(1)), Models.whole("keepdims", 0));
    String scaled = m.node("Mul", List.of(sum, "scale"));
    byte[] model = m.bytes(m.node("MatMul", List.of(scaled, m.weights(3, 2))));
    FormatException open =
        assertThrows(FormatException.class, () -> SplitNetwork.of(model, Map.of()));
    assertTrue(open.problems().get(0).startsWith("input 'tokens' leaves a dimension"));
    SplitNetwork network = SplitNetwork.of(model, Map.of("tokens", new int[] {1, 4}));
    assertEquals(7, network.inputSize());
    assertEquals(List.of(7), network.itemShape());
    float[][] items = {{1, 2, 3, 8, 0.5f, 1, 2}, {0, 0, 7, 5, 1, -1, 0.25f}};
    assertNear(network.runExactly(items), network.run(items, 0, plain(network)), "split");
  }

  @Test
  void weightsThatAreComputedOfConstantsAreComputedOnce() throws Exception {
    Models m = new Models().input("x", 1, 4);
    String turned = m.node("Transpose", List.of(m.weights(3, 4)), Models.wholes("perm", 1, 0));
    byte[] model = m.bytes(m.node("MatMul", List.of("x", turned)));
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    assertEquals(4, network.layers().get(0).inputs());
    assertEquals(List.of(4), network.itemShape());
    float[][] items = items(ITEMS, 4);
    assertNear(network.runExactly(items), network.run(items, 0, plain(network)), "computed");
  }

  /** Adds one to each product of the first layer and doubles the weights of the second. */
  private static final class Bent implements SplitRun.Change {
    @Override
    public Optional<float[]> weights(int layer, float[] own) {
      float[] twice = own.clone();
      for (int i = 0; i < twice.length; i++) {
        twice[i] *= 2;
      }
      return layer == 1 ? Optional.of(twice) : Optional.empty();
    }

    @Override
    public void products(SplitRun.Place place, float[] products) {
      for (int i = 0; i < products.length && place.layer() == 0; i++) {
        products[i] += 1 + place.item();
      }
    }
  }

  @Test
  void productsAndWeightsMayBeChanged() throws Exception {
    Models m = new Models().input("x", "N", 4);
    String first = m.weights(4, 3);
    String second = m.weights(3, 2);
    String hidden = m.node("MatMul", List.of("x", first));
    byte[] model = m.bytes(m.node("MatMul", List.of(hidden, second)));
    SplitNetwork network = SplitNetwork.of(model, Map.of());
    float[][] items = items(2, 4);
    try (SplitRun run = network.start(items)) {
      run.multiply(new Bent());
      run.multiply(new Bent());
      for (int i = 0; i < 2; i++) {
        float[] expected = new float[2];
        for (int k = 0; k < 3; k++) {
          double h = 1 + i;
          for (int j = 0; j < 4; j++) {
            h += items[i][j] * network.layers().get(0).weight(0, j, k);
          }
          for (int o = 0; o < 2; o++) {
            expected[o] += (float) (h * 2 * network.layers().get(1).weight(0, k, o));
          }
        }
        assertArrayEquals(expected, run.outputs().get(i), 1e-5f);
      }
    }
  }

  @Test
  void aForkLeavesTheRunThatItComesFromAsItWas() throws Exception {
    SplitNetwork network = SplitNetwork.of(tame(SampleModels.residual()).toByteArray(), Map.of());
    float[][] items = items(3, network.inputSize());
    List<float[]> whole = network.runExactly(items);
    try (SplitRun run = network.start(items)) {
      while (run.isAtMatrix()) {
        try (SplitRun fork = run.fork()) {
          fork.multiply(new Bent());
          while (fork.isAtMatrix()) {
            fork.multiplyExactly();
          }
          float[] bent = fork.outputs().get(0);
          if (run.layers().get(0) < 2) {
            assertNotEquals(whole.get(0)[0], bent[0]);
          } else {
            assertArrayEquals(whole.get(0), bent, 1e-5f * Math.abs(whole.get(0)[0]));
          }
        }
        run.multiplyExactly();
      }
      assertNear(whole, run.outputs(), "after forks");
    }
  }

  @Test
  void whatIsNotRunIsNamed() throws Exception {
    FormatException stored =
        assertThrows(
            FormatException.class,
            () -> SplitNetwork.of(SampleModels.transposed().toByteArray(), Map.of()));
    assertEquals(
        List.of(
            "node 'ConvTranspose_0' (ConvTranspose) multiplies with a stored matrix, which is not executed"),
        stored.problems());
    Models m = new Models().input("x", 1, 4);
    String y = m.node("MatMul", List.of("x", m.external("w.bin", 0, 48, 4, 3)));
    FormatException external =
        assertThrows(FormatException.class, () -> SplitNetwork.of(m.bytes(y), Map.of()));
    assertTrue(external.problems().get(0).contains("must hold its values in the model's file"));
    byte[] strange = new Models().input("x", 1, 4).bytes("x");
    assertThrows(FormatException.class, () -> SplitNetwork.of(strange, Map.of()));
    Models odd = new Models().input("x", 1, 4);
    byte[] unknown = odd.bytes(odd.node("Strange", List.of("x")));
    FormatException refused =
        assertThrows(FormatException.class, () -> SplitNetwork.of(unknown, Map.of()));
    assertTrue(refused.problems().get(0).contains("Strange"), refused.problems().toString());
    assertThrows(FormatException.class, () -> SplitNetwork.of(Arrays.copyOf(strange, 5), Map.of()));
  }
}
