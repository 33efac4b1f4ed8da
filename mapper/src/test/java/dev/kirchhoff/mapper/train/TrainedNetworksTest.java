package dev.kirchhoff.mapper.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.mapper.onnx.TrainedNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainedNetworksTest {
  /** Size of ResNet-20 in single precision, with its names. */
  private static final int LARGEST_B = 1_200_000;

  private final OnnxFormat format = new OnnxFormat();

  private Network network(String name) {
    return format.shipped(name).orElseThrow();
  }

  /**
   * By hand: 784 · 128 + 128 · 64 + 64 · 10 = 109,184; 28² · 9 · 16 + 14² · 144 · 32 + 1568 · 64 +
   * 64 · 10 = 1,117,056 with 144 + 4,608 + 100,352 + 640 = 105,744 weights; 32 · 256 · (8 + 64) +
   * 64 · 8 = 590,336 with 256 · 72 + 512 = 18,944.
   *
   * <p>ResNet-20, maps of 784, 196 and 49 pixels: 784 · 144 + 6 · 784 · 2,304 + 196 · (4,608 + 5 ·
   * 9,216 + 512) + 49 · (18,432 + 5 · 36,864 + 2,048) + 640 = 31,021,952 with 270,608 weights. The
   * transformer, 16 vectors of 64: 16 · 49 · 64 + 4 · (16 · (4 · 64² + 2 · 64 · 128) + 2 · 16² ·
   * 64) + 640 = 2,279,040; 3,136 + 4 · 32,768 + 640 = 134,848 weights.
   */
  @ParameterizedTest
  @CsvSource({
    "fashion-mlp, 3, 109184, 109184",
    "fashion-mlp-noise-aware, 3, 109184, 109184",
    "fashion-cnn, 4, 1117056, 105744",
    "fashion-cnn-noise-aware, 4, 1117056, 105744",
    "sequence-lstm, 3, 590336, 18944",
    "fashion-resnet20, 22, 31021952, 270608",
    "fashion-vit, 34, 2279040, 134848",
  })
  void layersAndProductsAreThoseOfTheNetwork(String name, int layers, long macs, long weights) {
    Network network = network(name);
    assertEquals(layers, network.layers().size());
    assertEquals(macs, network.macs());
    assertEquals(weights, network.weights());
    assertEquals(name, network.name());
  }

  @Test
  void layersAreCalledLikeTheirNodes() {
    assertEquals(
        List.of("conv1", "conv2", "fc1", "fc2"),
        network("fashion-cnn").layers().stream().map(Layer::name).toList());
    assertEquals(
        List.of("lstm/input", "lstm/recurrent", "fc"),
        network("sequence-lstm").layers().stream().map(Layer::name).toList());
    List<String> residual = network("fashion-resnet20").layers().stream().map(Layer::name).toList();
    assertEquals(
        List.of("conv1", "stage1.block1.conv1", "stage1.block1.conv2"), residual.subList(0, 3));
    assertTrue(residual.contains("stage2.block1.projection"), residual.toString());
    assertEquals("fc", residual.get(residual.size() - 1));
    List<String> transformer = network("fashion-vit").layers().stream().map(Layer::name).toList();
    assertEquals(
        List.of(
            "encoder1.query",
            "encoder1.key",
            "encoder1.value",
            "encoder1.scores",
            "encoder1.context",
            "encoder1.projection",
            "encoder1.fc1",
            "encoder1.fc2"),
        transformer.subList(1, 9));
  }

  /** Pixels and rectified values are not negative; about half of the pixels are background. */
  @Test
  void statisticsAreMeasured() {
    Network network = network("fashion-cnn");
    assertEquals(0.5, network.layers().get(0).inputs().zeroShare(), 0.05);
    for (Layer layer : network.layers()) {
      assertEquals(0, layer.inputs().negativeShare(), layer.name());
    }
    assertTrue(network("sequence-lstm").layers().get(2).inputs().negativeShare() > 0.1);
    assertEquals(0.875, network("sequence-lstm").layers().get(0).inputs().zeroShare(), 1e-9);
  }

  private static Stream<String> names() {
    return TrainedNetworks.names().stream();
  }

  /** A user's copy of both shipped files is the same network, measured values included. */
  @ParameterizedTest
  @MethodSource("names")
  void filesAreModelsForEveryone(String name) throws Exception {
    byte[] bytes = TrainedNetworks.bytes(name);
    byte[] accuracy;
    try (InputStream stream =
        TrainedNetworks.class.getResourceAsStream("trained/" + name + ".accuracy")) {
      accuracy = stream.readAllBytes();
    }
    Sources sources =
        new Sources() {
          @Override
          public String resolve(String from, String named) {
            return named;
          }

          @Override
          public byte[] read(String file) throws SourceException {
            if (file.endsWith(".onnx")) {
              return bytes;
            }
            if (file.endsWith(".accuracy")) {
              return accuracy;
            }
            throw SourceException.absent("does not exist");
          }
        };
    Network read = format.read(name + ".onnx", NetworkFormat.Settings.NONE, sources).network();
    assertEquals(network(name).layers(), read.layers());
    assertEquals(network(name).accuracy(), read.accuracy());
    assertTrue(bytes.length < LARGEST_B, "bytes: " + bytes.length);
  }

  /** By ONNX Runtime, on the shipped samples; of the whole test set the file speaks. */
  @ParameterizedTest
  @MethodSource("names")
  void accuracyIsTheOneThatTheFileStates(String name) throws Exception {
    TrainedNetwork about = TrainedNetworks.about(name);
    DataSet shipped =
        about.data().equals("fashion-mnist")
            ? ShippedData.fashionTest()
            : ShippedData.sequenceTest();
    assertEquals(1000, about.shipped().samples());
    assertEquals(10_000, about.test().samples());
    assertEquals(
        about.shipped().right(), new OnnxScores(TrainedNetworks.bytes(name)).right(shipped));
    // Three standard errors of the shipped samples.
    double share = about.testAccuracy();
    double error = Math.sqrt(share * (1 - share) / 1000);
    assertEquals(share, about.shipped().share(), 3 * error);
  }

  @Test
  void shippedNetworksReachTheirStatedAccuracy() {
    assertTrue(TrainedNetworks.about("fashion-cnn").testAccuracy() >= 0.90);
    assertTrue(TrainedNetworks.about("fashion-mlp").testAccuracy() >= 0.88);
    assertTrue(TrainedNetworks.about("sequence-lstm").testAccuracy() >= 0.95);
    assertTrue(TrainedNetworks.about("fashion-resnet20").testAccuracy() >= 0.915);
    assertTrue(TrainedNetworks.about("fashion-vit").testAccuracy() >= 0.88);
  }

  @Test
  void theDocumentsTableIsThatOfTheFiles() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "networks.md")).stream()
            .filter(line -> line.startsWith("| `") && line.contains(" % | "))
            .limit(TrainedNetworks.names().size())
            .toList();
    for (int i = 0; i < rows.size(); i++) {
      String name = TrainedNetworks.names().get(i);
      TrainedNetwork about = TrainedNetworks.about(name);
      Network network = network(name);
      assertEquals(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %d | %,d | %,d | %.2f %% | %.1f %% |",
              name,
              about.title(),
              network.layers().size(),
              network.macs(),
              network.weights(),
              100 * about.test().share(),
              100 * about.shipped().share()),
          rows.get(i));
    }
  }

  @Test
  void everyRecipeIsShippedAndOtherNamesAreNot() {
    for (Recipe recipe : Recipe.values()) {
      assertTrue(TrainedNetworks.names().contains(recipe.word()), recipe.word());
    }
    assertTrue(format.shipped("resnet18").isEmpty());
    assertThrows(IllegalArgumentException.class, () -> TrainedNetworks.bytes("resnet18"));
  }

  /** Metadata and weights survive being written again: the file is what the command would write. */
  @ParameterizedTest
  @EnumSource(Recipe.class)
  void aFileIsWrittenAgainByteForByte(Recipe recipe) throws Exception {
    byte[] bytes = TrainedNetworks.bytes(recipe.word());
    ModelProto model = ModelProto.parseFrom(bytes);
    Classifier classifier = recipe.classifier();
    OnnxGraph.load(model, classifier);
    Map<String, String> metadata = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(e -> metadata.put(e.getKey(), e.getValue()));
    assertEquals(recipe.settings().toString(), metadata.get("training"));
    assertEquals(model, recipe.model(classifier, metadata));
  }
}
