package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The conformance models of the ONNX project, as Debian's libonnx-testdata has them. The same
 * operators are generated in {@link GeneratedModelsTest}, so that nothing rests on the package.
 */
@Tag("testdata")
class OperatorCorpusTest {
  private static List<Path> models() throws IOException {
    try (var walk = Files.walk(TestData.require(TestData.DATA))) {
      return walk.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  @Test
  void everyConformanceModelIsReadOrRefusedInASentence() throws IOException {
    int read = 0;
    TreeMap<String, Integer> refused = new TreeMap<>();
    List<Path> models = models();
    for (Path file : models) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        NetworkFormat.Reading reading =
            new OnnxFormat()
                .read("m.onnx", NetworkFormat.Settings.NONE, new MapFiles().with("m.onnx", bytes));
        assertTrue(reading.network().macs() > 0, file.toString());
        read++;
      } catch (NetworkFormat.FormatException e) {
        assertFalse(e.problems().isEmpty(), file.toString());
        e.problems().forEach(problem -> refused.merge(plain(problem), 1, Integer::sum));
      } catch (Sources.SourceException | RuntimeException e) {
        throw new AssertionError(file.toString(), e);
      }
    }
    if (System.getProperty("corpus.print") != null) {
      System.out.println(models.size() + " files, read " + read);
      refused.forEach((problem, count) -> System.out.println(count + "  " + problem));
    }
    assertTrue(read >= 100, read + " of " + models.size());
  }

  private static String plain(String problem) {
    return problem.replaceAll("'[^']*'", "'_'").replaceAll("[0-9]+", "9");
  }

  /** Each model states the shapes of its outputs, computed by the reference implementation. */
  @Test
  void inferredShapesAreThoseThatTheModelsState() throws IOException {
    List<String> wrong = new ArrayList<>();
    int clean = 0;
    for (Path file : models()) {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
      OpenDimensions dimensions = new OpenDimensions(Map.of());
      LayerCollector book = new LayerCollector(new Measurements("m.onnx", new MapFiles(), 0, 0));
      GraphReader reader = new GraphReader(model, dimensions, book, Map.of());
      reader.read(model.getGraph(), Optional.empty());
      clean += reader.problems().isEmpty() && dimensions.problems("").isEmpty() ? 1 : 0;
      if (dimensions.problems("").isEmpty() && !isEmpty(model)) {
        reader.disagreements().forEach(d -> wrong.add(file.getParent().getFileName() + ": " + d));
      }
    }
    if (System.getProperty("corpus.print") != null) {
      System.out.println(clean + " without a problem");
    }
    assertEquals(List.of(), wrong);
  }

  /** True if an input has no elements: a size of zero is refused, later nodes are not examined. */
  private static boolean isEmpty(ModelProto model) {
    return model.getGraph().getInputList().stream()
        .flatMap(input -> input.getType().getTensorType().getShape().getDimList().stream())
        .anyMatch(dim -> dim.hasDimValue() && dim.getDimValue() == 0);
  }

  /** A model of the standard whose inputs are constants, with what it makes of them. */
  private record Example(ModelProto model, List<TensorProto> inputs, TensorProto output) {
    /** The example of a file; nothing if it is not one of a single node with tensors. */
    static Optional<Example> of(Path file) throws IOException {
      Path data = file.resolveSibling("test_data_set_0");
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
      if (model.getGraph().getNodeCount() != 1 || !Files.exists(data.resolve("output_0.pb"))) {
        return Optional.empty();
      }
      List<TensorProto> inputs = new ArrayList<>();
      for (ValueInfoProto input : model.getGraph().getInputList()) {
        Path path = data.resolve("input_" + inputs.size() + ".pb");
        if (!input.getType().hasTensorType() || !Files.exists(path)) {
          return Optional.empty();
        }
        TensorProto tensor = TensorProto.parseFrom(Files.readAllBytes(path));
        if (tensor.getDataType() != type(input)) {
          return Optional.empty();
        }
        inputs.add(tensor.toBuilder().setName(input.getName()).build());
      }
      TensorProto output = TensorProto.parseFrom(Files.readAllBytes(data.resolve("output_0.pb")));
      boolean isOfItsType = output.getDataType() == type(model.getGraph().getOutput(0));
      return isOfItsType ? Optional.of(new Example(model, inputs, output)) : Optional.empty();
    }

    /** The package has tensors of some types as those of others. */
    private static int type(ValueInfoProto value) {
      return value.getType().getTensorType().getElemType();
    }

    NodeProto node() {
      return model.getGraph().getNode(0);
    }

    /** The model with all inputs but the first stored in it. */
    byte[] stored() {
      GraphProto.Builder graph = model.getGraph().toBuilder();
      while (graph.getInputCount() > 1) {
        graph.removeInput(1);
      }
      graph.addAllInitializer(inputs.subList(1, inputs.size()));
      return model.toBuilder().setGraph(graph).build().toByteArray();
    }

    /** Constant tensors by input of the node. */
    List<Tensor> constants() {
      Map<String, Tensor> constants = new TreeMap<>();
      inputs.forEach(of -> constants.put(of.getName(), TensorGenerators.stored(of)));
      List<Tensor> read = new ArrayList<>();
      node().getInputList().forEach(name -> read.add(constants.get(name)));
      return read;
    }
  }

  private static Numbers numbers(TensorProto tensor) {
    long[] dims = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    return TensorValues.numbers(tensor, Dims.elements(dims));
  }

  private static String difference(Numbers expected, int size, IntToDoubleFunction actual) {
    if (size != expected.size()) {
      return size + " values instead of " + expected.size();
    }
    for (int i = 0; i < size; i++) {
      double value = expected.real(i);
      double tolerance = 1e-5 + 1e-3 * Math.abs(value);
      if (!(Math.abs(actual.applyAsDouble(i) - value) <= tolerance)
          && Double.compare(actual.applyAsDouble(i), value) != 0) {
        return "at " + i + ": " + actual.applyAsDouble(i) + " instead of " + value;
      }
    }
    return "";
  }

  /** Values of constants that the importer computes are those of the reference. */
  @Test
  void computedConstantsAgreeWithTheReference() throws IOException {
    List<String> wrong = new ArrayList<>();
    TreeMap<String, Integer> right = new TreeMap<>();
    for (Path file : models()) {
      Optional<Example> example = Example.of(file);
      if (example.isEmpty() || numbers(example.get().output()) == null) {
        continue;
      }
      NodeProto node = example.get().node();
      Optional<Operator> operator = Operators.find(node.getDomain(), node.getOpType());
      if (operator.isEmpty()) {
        continue;
      }
      Numbers actual;
      try {
        LayerCollector book = new LayerCollector(new Measurements("m.onnx", new MapFiles(), 0, 0));
        long opset = example.get().model().getOpsetImport(0).getVersion();
        NodeView view =
            new NodeView(node, "node", example.get().constants(), List.of(), opset, true);
        actual = operator.get().inference().apply(view, book).get(0).numbers();
      } catch (ModelException | IllegalArgumentException e) {
        continue;
      }
      if (actual == null) {
        continue;
      }
      String difference = difference(numbers(example.get().output()), actual.size(), actual::real);
      if (difference.isEmpty()) {
        right.merge(node.getOpType(), 1, Integer::sum);
      } else {
        wrong.add(file.getParent().getFileName() + " " + difference);
      }
    }
    if (System.getProperty("corpus.print") != null) {
      System.out.println("computed constants, right " + right);
    }
    assertEquals(List.of(), wrong);
    assertTrue(sum(right) >= 320, right.toString());
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Nodes with a stored matrix, multiplied by an engine: the first input is an item. */
  @Test
  void matricesOnAnEngineAgreeWithTheReference() throws Exception {
    List<String> wrong = new ArrayList<>();
    TreeMap<String, Integer> right = new TreeMap<>();
    int refused = 0;
    for (Path file : models()) {
      Optional<Example> example = Example.of(file);
      if (example.isEmpty()
          || example.get().inputs().isEmpty()
          || !Operators.isMatrix(
              example.get().node().getDomain(), example.get().node().getOpType())) {
        continue;
      }
      String name = file.getParent().getFileName().toString();
      Numbers item = numbers(example.get().inputs().get(0));
      float[] values = new float[item.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) item.real(i);
      }
      try {
        SplitNetwork network = SplitNetwork.of(example.get().stored(), Map.of());
        if (network.layers().isEmpty()) {
          continue;
        }
        float[] actual =
            network.run(new float[][] {values}, 0, SplitNetworkTest.plain(network)).get(0);
        String difference =
            difference(numbers(example.get().output()), actual.length, i -> actual[i]);
        if (difference.isEmpty()) {
          right.merge(example.get().node().getOpType(), 1, Integer::sum);
        } else {
          wrong.add(name + " " + difference);
        }
      } catch (NetworkFormat.FormatException | ExecutionException e) {
        refused++;
      }
    }
    if (System.getProperty("corpus.print") != null) {
      System.out.println(refused + " matrices refused, right " + right);
    }
    assertEquals(List.of(), wrong);
    assertTrue(sum(right) >= 16, right.toString());
  }
}
