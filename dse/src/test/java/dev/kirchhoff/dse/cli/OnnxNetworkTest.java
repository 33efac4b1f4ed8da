package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.OperatorSetIdProto;
import dev.kirchhoff.mapper.onnx.proto.StringStringEntryProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.TensorShapeProto;
import dev.kirchhoff.mapper.onnx.proto.TypeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are ONNX files, from the command line to the run log. */
class OnnxNetworkTest {
  private static final Path LIGHT = Path.of("/usr/share/libonnx-testdata/data/light");
  private static final int FLOAT = 1;

  @TempDir private Path folder;

  private static final String SPEC =
      """
      kirchhoff: 1
      workload: fashion-cnn
      chip:
        technology: {node: 28 nm}
        pe: {perTile: 8, readout: {kind: sar, bits: 7, columnsPerAdc: 32}}
        crossbar: {perPe: 8, rows: 128, columns: 128}
        cell: {bits: 2, device: redox-hfox-wan2022}
      """;

  /** The files of a shipped network, or its graph without what its trainer wrote beside it. */
  private Path shippedFile(boolean isPlain) throws IOException {
    ModelProto model = ModelProto.parseFrom(TrainedNetworks.bytes("fashion-cnn"));
    Path own = Files.createDirectories(folder.resolve(isPlain ? "plain" : "own"));
    if (!isPlain) {
      Files.writeString(
          own.resolve("fashion-cnn.accuracy"),
          AccuracyText.print(TrainedNetworks.accuracy("fashion-cnn").orElseThrow()));
    }
    return Files.write(
        own.resolve("fashion-cnn.onnx"),
        (isPlain ? model.toBuilder().clearMetadataProps().build() : model).toByteArray());
  }

  private static JsonNode evaluated(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "evaluate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 1] = "--json";
    return CommandRun.of(all).exits(0).json();
  }

  @Test
  void aNetworkCostsTheSameByNameAndByItsOwnFile() throws IOException {
    String spec = Files.writeString(folder.resolve("s.yaml"), SPEC).toString();
    JsonNode name = evaluated(spec);
    JsonNode file = evaluated(spec, "--network", shippedFile(false).toString());
    assertTrue(name.at("/totals/energy_uJ").asDouble() > 0);
    assertEquals(name.get("totals"), file.get("totals"));
    assertEquals(name.at("/statistics/0/layers"), file.at("/statistics/0/layers"));
  }

  /** 28 x 28 pixels as numpy saves them, none of them negative. */
  private Path samples() throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 784), }";
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(10 + text.length + 784).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    bytes.put((byte) 0).putShort((short) text.length).put(text);
    for (int i = 0; i < 784; i++) {
      bytes.put((byte) (i % 3 == 0 ? 0 : i % 97));
    }
    return Files.write(folder.resolve("x.npy"), bytes.array());
  }

  @Test
  void checkAndEvaluateSayWhichStatisticsAreMeasuredInferredOrAssumed() throws IOException {
    String spec = Files.writeString(folder.resolve("s.yaml"), SPEC).toString();
    String plain = shippedFile(true).toString();
    String line =
        "inputs: signs 3 inferred, 1 assumed (conv1), magnitudes and zero shares all 4 assumed;"
            + " weights: all 4 measured; --samples FILE.npy measures sign, magnitudes and zero share"
            + " of conv1, --activations FILE.npz those of conv2, fc1, fc2";
    CommandRun check = CommandRun.of("check", spec, "--network", plain).exits(0);
    assertTrue(check.out().contains("statistics  " + line), check.out());
    CommandRun evaluate = CommandRun.of("evaluate", spec, "--network", plain).exits(0);
    assertTrue(evaluate.out().contains("note: statistics of fashion-cnn, " + line), evaluate.out());
    JsonNode json = evaluated(spec, "--network", plain).at("/statistics/0");
    assertEquals("assumed", json.at("/layers/0/signs").asText());
    assertEquals("inferred", json.at("/layers/1/signs").asText());
    assertFalse(json.at("/layers/1/signed").asBoolean());
    assertEquals("conv1", json.at("/samplesMeasure/0").asText());
    assertEquals(3, json.at("/activationsMeasure").size());

    CommandRun byName = CommandRun.of("check", spec).exits(0);
    assertTrue(
        byName.out().contains("statistics  inputs: all 4 measured; weights: all 4 measured\n"),
        byName.out());
    CommandRun silent = CommandRun.of("evaluate", spec).exits(0);
    assertFalse(silent.out().contains("note: statistics"), silent.out());
  }

  /** Half the passes of the first layer, which is the slowest: pixels need none for the sign. */
  @Test
  void samplesMeasureTheSignOfTheInput() throws IOException {
    String spec = Files.writeString(folder.resolve("s.yaml"), SPEC).toString();
    String plain = shippedFile(true).toString();
    String samples = samples().toString();
    double assumed_ms = evaluated(spec, "--network", plain).at("/totals/latency_ms").asDouble();
    JsonNode measured = evaluated(spec, "--network", plain, "--samples", samples);
    assertEquals("measured", measured.at("/statistics/0/layers/0/signs").asText());
    double ratio = assumed_ms / measured.at("/totals/latency_ms").asDouble();
    assertEquals(2, ratio, 0.05);
    CommandRun.of("evaluate", spec, "--samples", samples).refuses("--network FILE.onnx");
    CommandRun.of("check", spec, "--network", "resnet18", "--samples", samples)
        .refuses("are of .onnx files only");
  }

  /**
   * Counted by {@code RealModelsTest}'s second count: groups x ceil(K / 128) x ceil(8 M / 128) of
   * every layer.
   */
  @Tag("testdata")
  @ParameterizedTest(name = "{0} fills {1} crossbars of 128 x 128 with 8 cells a weight")
  @CsvSource({
    "bvlc_alexnet, 29810",
    "densenet121, 4036",
    "inception_v1, 3614",
    "inception_v2, 5660",
    "resnet50, 12504",
    "shufflenet, 5645",
    "squeezenet, 707",
    "vgg19, 70168",
    "zfnet512, 42612"
  })
  void realModelsFillTheirCrossbars(String name, int crossbars) {
    Path file = LIGHT.resolve("light_" + name + ".onnx");
    assertTrue(
        Files.exists(file),
        file + " is missing: install the package libonnx-testdata of Debian or Ubuntu");
    assertEquals(crossbars, crossbars(file));
  }

  private static int crossbars(Path file) {
    JsonNode design =
        CommandRun.of(
                "evaluate",
                CommandRun.example("isaac"),
                "--network",
                file.toString(),
                "--set",
                "mapping.overflow=reload",
                "--json")
            .json();
    return design.get("totals").get("crossbars").asInt();
  }

  /** 784 x 300 takes 7 x 19 crossbars of 128 x 128 with 8 cells a weight, 300 x 10 takes 3 x 1. */
  @Test
  void aModelIsKeptInTheRun() throws IOException {
    Path model = write("tiny.onnx", perceptron("rows", null));
    String fromHere = Path.of("").toAbsolutePath().relativize(model.toAbsolutePath()).toString();
    CommandRun run =
        CommandRun.of("evaluate", chip("mine").toString(), "--network", fromHere, "--json")
            .exits(0);
    assertEquals(7 * 19 + 3, run.json().get("totals").get("crossbars").asInt());
    assertTrue(run.err().contains("the batch is 1: dimension 'rows' of input 'x'"), run.err());
    String data = folder.resolve("data").toString();
    CommandRun.of(
        "explore",
        CommandRun.example("bench/vgg8-pcm"),
        "--network",
        fromHere,
        "--no-kafka",
        "--budget",
        "50",
        "--run-id",
        "onnx",
        "--data",
        data);
    Files.delete(model);
    String text = CommandRun.of("evaluate", "--design", "onnx#0", "--data", data).out();
    assertTrue(text.contains("tiny, sustained"), text);
  }

  @Test
  void aSpecSetsOpenDimensionsAndSamples() throws IOException {
    write("tiny.onnx", perceptron("tokens", null));
    Files.write(folder.resolve("x.npy"), npy(0, 0.5f, -1, 2));
    String open = CommandRun.of("check", chip("workload: tiny.onnx").toString()).err();
    assertTrue(
        open.contains(
            "input 'x' leaves the dimension 'tokens' open; set it: {network: tiny.onnx, dimensions:"
                + " {tokens: 128}}"),
        open);
    String set = "workload: {network: tiny.onnx, dimensions: {tokens: 16}, samples: x.npy}";
    JsonNode design = CommandRun.of("evaluate", chip(set).toString(), "--json").exits(0).json();
    assertEquals(7 * 19 + 3, design.get("totals").get("crossbars").asInt());
    CommandRun.of(
            "evaluate",
            chip("workload: tiny.onnx").toString(),
            "--set",
            "workload.dimensions.tokens=16")
        .exits(0);
    CommandRun.of(
            "check", chip("workload: {network: tiny.onnx, dimensions: {tokens: many}}").toString())
        .refuses("workload.dimensions.tokens: must be a whole number");
    CommandRun.of("check", chip("workload: {network: resnet81}").toString())
        .refuses("unknown network 'resnet81'; did you mean resnet18?");
    CommandRun.of(
            "check",
            chip("workload: {network: tiny.onnx, dimensions: {tokens: 4}, samples: no.npy}")
                .toString())
        .refuses("no.npy does not exist");
  }

  @Test
  void aDamagedModelIsRefusedInALineOfItsOwn() throws IOException {
    byte[] good = perceptron("rows", null).toByteArray();
    Path cut = Files.write(folder.resolve("cut.onnx"), java.util.Arrays.copyOf(good, 500));
    String err =
        CommandRun.of("evaluate", chip("mine").toString(), "--network", cut.toString())
            .exits(2)
            .err();
    assertTrue(err.contains("cut.onnx: is not an ONNX model or is damaged"), err);
    assertFalse(err.contains("Exception"), err);
    CommandRun.of(
            "evaluate", chip("mine").toString(), "--network", folder.resolve("no.onnx").toString())
        .refuses("no.onnx does not exist");
  }

  @Test
  void aLargeFileThatIsNoModelIsRefusedByItsFront() throws IOException {
    Path zeros = folder.resolve("zeros.onnx");
    try (RandomAccessFile large = new RandomAccessFile(zeros.toFile(), "rw")) {
      large.setLength(500L << 20);
    }
    long start = System.nanoTime();
    CommandRun.of("evaluate", chip("mine").toString(), "--network", zeros.toString())
        .refuses("zeros.onnx: is not an ONNX model or is damaged: Protocol message contained an");
    assertTrue(System.nanoTime() - start < 2_000_000_000L, "took more than 2 s");
  }

  @Test
  void aPipeIsNoNetwork() throws Exception {
    for (String name : new String[] {"pipe.onnx", "pipe.yaml"}) {
      String pipe = folder.resolve(name).toString();
      assertEquals(0, new ProcessBuilder("mkfifo", pipe).start().waitFor());
      CommandRun.of("evaluate", chip("mine").toString(), "--network", pipe)
          .refuses(name + " is not a regular file");
    }
  }

  @Test
  void externalWeightsAreReadFromTheModelsFolderOnly() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(folder.resolve("w.bin").toFile(), "rw")) {
      large.setLength(2L << 30);
      large.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
    }
    Path large = write("large.onnx", perceptron("rows", "w.bin"));
    long start = System.nanoTime();
    CommandRun run =
        CommandRun.of("evaluate", chip("mine").toString(), "--network", large.toString()).exits(0);
    assertTrue(System.nanoTime() - start < 20_000_000_000L, "took more than 20 s");
    assertFalse(run.err().contains("external"), run.err());
    Path missing = write("missing.onnx", perceptron("rows", "none.bin"));
    assertWarns(missing, "external data 'none.bin' does not exist");
    Path outside = write("outside.onnx", perceptron("rows", "../w.bin"));
    assertWarns(outside, "external data '../w.bin' must be in the folder of");
    Files.createDirectory(folder.resolve("inner"));
    Files.createSymbolicLink(folder.resolve("inner/link.bin"), folder.resolve("w.bin"));
    Path linked = write("inner/linked.onnx", perceptron("rows", "link.bin"));
    assertWarns(linked, "external data 'link.bin' must be in the folder of");
  }

  private void assertWarns(Path model, String warning) throws IOException {
    String err =
        CommandRun.of("evaluate", chip("mine").toString(), "--network", model.toString())
            .exits(0)
            .err();
    assertTrue(err.contains(warning), err);
  }

  private Path write(String name, ModelProto model) throws IOException {
    return Files.write(folder.resolve(name), model.toByteArray());
  }

  /** Two linear layers on 784 inputs; weights of the first in a file of their own if named. */
  static ModelProto perceptron(String rows, String external) {
    TensorProto.Builder first =
        TensorProto.newBuilder().setName("w1").setDataType(FLOAT).addDims(784).addDims(300);
    if (external != null) {
      first
          .setDataLocation(1)
          .addExternalData(entry("location", external))
          .addExternalData(entry("offset", "0"))
          .addExternalData(entry("length", Long.toString(2L << 30)));
    } else {
      for (int i = 0; i < 784 * 300; i++) {
        first.addFloatData(i % 11 - 5);
      }
    }
    TensorProto.Builder second =
        TensorProto.newBuilder().setName("w2").setDataType(FLOAT).addDims(300).addDims(10);
    for (int i = 0; i < 3000; i++) {
      second.addFloatData(i % 7 - 3);
    }
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(rows))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(784));
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(
                ValueInfoProto.newBuilder()
                    .setName("x")
                    .setType(
                        TypeProto.newBuilder()
                            .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape))))
            .addInitializer(first)
            .addInitializer(second)
            .addNode(node("MatMul", "h", "x", "w1"))
            .addNode(node("Relu", "r", "h"))
            .addNode(node("MatMul", "y", "r", "w2"))
            .addOutput(ValueInfoProto.newBuilder().setName("y"));
    return ModelProto.newBuilder()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build();
  }

  private static NodeProto node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .addOutput(output)
        .addAllInput(java.util.List.of(inputs))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static byte[] npy(float... values) {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + values.length + ",), }";
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.allocate(10 + header.length() + 4 * values.length)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) header.length());
    bytes.put(header.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  /** 8-bit weights with an offset column on 128 x 128 crossbars: 8 cells a weight. */
  private Path chip(String workload) throws IOException {
    return Files.writeString(
        folder.resolve("chip.yaml"),
        """
        kirchhoff: 1
        %s
        precision: {weights: 8, inputs: 8}
        chip:
          technology: {node: 32 nm}
          pe: {perTile: 8, readout: {kind: sar, bits: 8, columnsPerAdc: 8}}
          crossbar: {perPe: 8, rows: 128, columns: 128, weights: {encoding: offset}}
          cell: {access: 1T1R, bits: 1, device: redox-hfox-wan2022}
        """
            .formatted(workload.startsWith("workload") ? workload : "name: " + workload));
  }
}
