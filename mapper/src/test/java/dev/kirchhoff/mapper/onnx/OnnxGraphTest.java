package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models read to be executed. */
class OnnxGraphTest {
  private static final int FEWEST = 450;

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

  @Test
  void layersHaveTheNamesThatTheImporterGivesThem() throws Exception {
    int compared = 0;
    for (Map.Entry<String, ModelProto> entry : SampleModels.all().entrySet()) {
      byte[] bytes = entry.getValue().toByteArray();
      GraphExecutor network;
      try {
        network = GraphExecutor.of(OnnxGraph.read(bytes));
      } catch (ExecutionException | FormatException e) {
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
    assertTrue(compared >= 4, compared + " models can be executed");
  }

  @Test
  void networksThatCannotBeExecutedAreReported() {
    assertThrows(FormatException.class, () -> OnnxGraph.read(new byte[] {1, 2, 3}));
    Models external = new Models().input("x", 1, 4);
    String w = external.external("weights.bin", 0, 64, 4, 4);
    FormatException e =
        assertThrows(
            FormatException.class,
            () -> OnnxGraph.read(external.bytes(external.node("MatMul", List.of("x", w)))));
    assertTrue(e.problems().get(0).contains("in the model's file"), e.problems().toString());
  }

  /**
   * The standard's own examples of operators, as far as they are executed: a single real input,
   * others constant, one item.
   */
  @Test
  @Tag("testdata")
  void operatorsAgreeWithTheReferenceOfTheStandard() throws IOException {
    int right = 0;
    TreeMap<String, Integer> refused = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    List<Path> models;
    try (var walk = Files.walk(TestData.require(TestData.DATA))) {
      models = walk.filter(f -> f.toString().endsWith("/model.onnx")).sorted().toList();
    }
    for (Path file : models) {
      Path data = file.resolveSibling("test_data_set_0");
      if (!Files.exists(data.resolve("input_0.pb")) || !Files.exists(data.resolve("output_0.pb"))) {
        continue;
      }
      try {
        String difference = difference(file, data);
        if (difference.isEmpty()) {
          right++;
        } else {
          wrong.add(file.getParent().getFileName() + " " + difference);
        }
      } catch (ExecutionException | FormatException | ModelException e) {
        refused.merge(e.getMessage().replaceAll("[0-9]+", "9"), 1, Integer::sum);
      }
    }
    if (System.getProperty("corpus.print") != null) {
      System.out.println(models.size() + " models, right " + right);
      refused.forEach((problem, count) -> System.out.println(count + "  " + problem));
    }
    assertEquals(List.of(), wrong);
    assertTrue(right >= FEWEST, right + " of " + models.size());
  }

  private static String difference(Path file, Path data) throws IOException, FormatException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    GraphProto.Builder graph = model.getGraph().toBuilder();
    List<String> stored = graph.getInitializerList().stream().map(TensorProto::getName).toList();
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !stored.contains(i.getName())).toList();
    graph.clearInput();
    float[] item = null;
    for (int i = 0; i < inputs.size(); i++) {
      TensorProto tensor =
          TensorProto.parseFrom(Files.readAllBytes(data.resolve("input_" + i + ".pb")));
      if (i == 0) {
        item = values(tensor);
        graph.addInput(inputs.get(0));
      } else {
        graph.addInitializer(tensor.toBuilder().setName(inputs.get(i).getName()));
      }
    }
    float[] expected =
        values(TensorProto.parseFrom(Files.readAllBytes(data.resolve("output_0.pb"))));
    GraphExecutor network =
        GraphExecutor.of(OnnxGraph.read(model.toBuilder().setGraph(graph).build().toByteArray()));
    if (item.length != network.inputSize()) {
      throw new ExecutionException("has an input of another size");
    }
    float[] actual = network.run(new float[][] {item}, 0, plain(network)).get(0);
    if (actual.length != expected.length) {
      return actual.length + " values instead of " + expected.length;
    }
    for (int i = 0; i < actual.length; i++) {
      double tolerance = 1e-5 + 1e-3 * Math.abs(expected[i]);
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance)
          && !(Float.isNaN(actual[i]) && Float.isNaN(expected[i]))
          && actual[i] != expected[i]) {
        return "at " + i + ": " + actual[i] + " instead of " + expected[i];
      }
    }
    return "";
  }

  private static float[] values(TensorProto tensor) {
    TensorValues.Encoding encoding = TensorValues.Encoding.of(tensor.getDataType());
    if (encoding == null || !encoding.isReal() && tensor.getDataType() != 7) {
      throw new ExecutionException("is of another type");
    }
    int size = (int) TensorValues.count(tensor);
    float[] values = new float[size];
    var bytes = tensor.hasRawData() ? TensorValues.bytes(tensor.getRawData()) : null;
    for (int i = 0; i < size; i++) {
      values[i] =
          (float) (bytes != null ? encoding.real(bytes) : TensorValues.field(tensor, encoding, i));
    }
    return values;
  }
}
