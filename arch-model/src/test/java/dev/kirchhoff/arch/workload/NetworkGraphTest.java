package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of the channel count between layers: a layer reads the outputs of its producer after the
 * pools between them.
 */
class NetworkGraphTest {
  private final NetworkCatalogue catalogue = new NetworkCatalogue();

  /** Side of the map behind the pool that follows a layer, from the papers' architecture tables. */
  private static final Map<String, Map<Integer, Integer>> POOLED =
      Map.ofEntries(
          Map.entry("resnet18", Map.of(0, 56, 19, 1)),
          Map.entry("resnet50", Map.of(0, 56, 52, 1)),
          Map.entry("vgg16", Map.of(1, 112, 3, 56, 6, 28, 9, 14, 12, 7)),
          Map.entry("alexnet", Map.of(0, 27, 1, 13, 4, 6)),
          Map.entry("densenet201", Map.of(0, 56, 13, 28, 38, 14, 135, 7, 199, 1)),
          Map.entry("mobilenet_v1", Map.of(26, 1)),
          Map.entry("mobilenet_v2", Map.of(51, 1)),
          Map.entry("mobilenet_v3", Map.of(61, 1)),
          Map.entry("lenet5", Map.of(0, 14, 1, 5)),
          Map.entry("vgg8_cifar10", Map.of(1, 16, 3, 8, 5, 4)),
          Map.entry("resnet20_cifar10", Map.of(18, 1)),
          Map.entry("densenet40_cifar10", Map.of(13, 16, 26, 8, 38, 1)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "resnet50",
        "vgg16",
        "alexnet",
        "densenet201",
        "mobilenet_v1",
        "mobilenet_v2",
        "mobilenet_v3",
        "lenet5",
        "vgg8_cifar10",
        "resnet20_cifar10",
        "densenet40_cifar10"
      })
  void mapsOfConvolutionalNetworksFitTogether(String name) {
    List<Layer> layers = catalogue.find(name).orElseThrow().layers();
    for (int i = 1; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      MatrixShape shape = layer.shape();
      String where = name + "/" + layer.name();
      int channels = 0;
      for (int read : layer.links().reads()) {
        channels += channels(layers.get(read));
      }
      int side = side(name, layers, layer.links().reads().get(layer.links().reads().size() - 1));
      boolean gate = name.equals("mobilenet_v3") && shape.outputHeight() == 1 && side > 1;
      int inputs = shape.inputsPerGroup() * shape.groups();
      if (inputs == channels) {
        assertTrue(gate || convolves(side, shape), where + " from a map of " + side);
      } else {
        assertEquals(side * side * channels, inputs, where + " flattens its input");
        assertEquals(1, shape.vectors(), where);
      }
    }
  }

  private static int channels(Layer layer) {
    return layer.shape().outputsPerGroup() * layer.shape().groups();
  }

  /** Side of the map that a layer hands on: pooled, or of the map that it gates. */
  private static int side(String name, List<Layer> layers, int index) {
    Layer from = layers.get(index);
    boolean gates = name.equals("mobilenet_v3") && from.shape().outputHeight() == 1;
    int own =
        gates && !from.links().joins().isEmpty()
            ? layers.get(from.links().joins().get(0)).shape().outputHeight()
            : from.shape().outputHeight();
    return POOLED.get(name).getOrDefault(index, own);
  }

  private static boolean convolves(int side, MatrixShape shape) {
    for (int padding = 0; padding <= shape.kernelHeight() / 2; padding++) {
      int out = (side + 2 * padding - shape.kernelHeight()) / shape.stride() + 1;
      if (out == shape.outputHeight() && out == shape.outputWidth()) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert_base_seq128",
        "mobilebert",
        "vision_transformer",
        "gpt2_medium",
        "msft_phi_1_5",
        "dpt_large"
      })
  void widthsOfTransformersFitTogether(String name) {
    List<Layer> layers = catalogue.find(name).orElseThrow().layers();
    for (int i = 1; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.producer() < 0) {
        continue;
      }
      MatrixShape shape = layer.shape();
      MatrixShape from = layers.get(layer.producer()).shape();
      int inputs = shape.inputsPerGroup() * shape.groups();
      int width = from.outputsPerGroup() * from.groups();
      String where = name + "/" + layer.name();
      boolean jointProjection =
          layer.dynamic() && (name.equals("gpt2_medium") || name.equals("msft_phi_1_5"));
      boolean readOut = name.equals("dpt_large") && inputs == 2048;
      if (jointProjection && width != inputs) {
        assertEquals(3 * inputs, width, where + " reads the queries of a joint projection");
      } else if (readOut) {
        assertEquals(2 * width, inputs, where + " reads token and class");
      } else {
        assertEquals(width, inputs, where);
      }
    }
  }

  @Test
  void shortcutsOfResNet18StartWhereTheBlockStarts() {
    List<Layer> layers = catalogue.find("resnet18").orElseThrow().layers();
    for (int shortcut : new int[] {7, 12, 17}) {
      assertEquals(1, layers.get(shortcut).shape().kernelHeight());
      assertEquals(layers.get(shortcut - 2).producer(), layers.get(shortcut).producer());
      assertEquals(layers.get(shortcut - 2).inputs(), layers.get(shortcut).inputs());
    }
    // The shortcut comes last and bears the sum with the main path.
    assertEquals(new Links(List.of(4), List.of(6)), layers.get(7).links());
    assertEquals(7, layers.get(8).producer());
    assertEquals(List.of(7), layers.get(9).links().joins());
  }

  /** The second operands of sums and gates have the size of what they are combined with. */
  @Test
  void joinedMapsHaveTheSizeOfTheOutputs() {
    for (String name : catalogue.names()) {
      List<Layer> layers = catalogue.find(name).orElseThrow().layers();
      for (Layer layer : layers) {
        for (int join : layer.links().joins()) {
          if (join == Links.INPUT) {
            continue;
          }
          String where = name + "/" + layer.name() + " joins " + layers.get(join).name();
          boolean gates = name.equals("mobilenet_v3") && layer.shape().outputHeight() == 1;
          boolean widened = name.equals("resnet20_cifar10") && layer.shape().outputHeight() < 32;
          assertTrue(
              widened || channels(layer) == channels(layers.get(join)), where + ": channels");
          long positions = layers.get(join).shape().vectors();
          // A class token stands beside the 196 or 576 patches of an image.
          boolean token = positions + 1 == layer.shape().vectors();
          boolean pooled = name.equals("resnet18") || name.equals("resnet50") || widened;
          boolean upsampled = name.equals("dpt_large");
          assertTrue(
              gates || token || pooled || upsampled || positions == layer.shape().vectors(),
              where + ": positions");
        }
      }
    }
  }

  @Test
  void residualSumsAreJoined() {
    assertEquals(8, joining("resnet18"));
    assertEquals(16, joining("resnet50"));
    assertEquals(9, joining("resnet20_cifar10"));
    assertEquals(10, joining("mobilenet_v2"));
    // Ten sums and eight gates.
    assertEquals(18, joining("mobilenet_v3"));
    // Two a block.
    assertEquals(24, joining("bert_base_seq128"));
    assertEquals(24, joining("vision_transformer"));
    assertEquals(48, joining("gpt2_medium"));
    // One sum of both branches a block.
    assertEquals(24, joining("msft_phi_1_5"));
    // Attention, three feed-forward layers and the last one, and the block's own.
    assertEquals(24 * 6, joining("mobilebert"));
    // Two a block and seven in the fusion steps.
    assertEquals(48 + 7, joining("dpt_large"));
  }

  private long joining(String name) {
    return catalogue.find(name).orElseThrow().layers().stream()
        .filter(layer -> !layer.links().joins().isEmpty())
        .count();
  }

  @Test
  void attentionReadsBothOperands() {
    for (String name :
        List.of("bert_base_seq128", "mobilebert", "vision_transformer", "dpt_large")) {
      List<Layer> layers = catalogue.find(name).orElseThrow().layers();
      for (Layer layer : layers) {
        if (layer.dynamic()) {
          MatrixShape second = layers.get(layer.links().reads().get(1)).shape();
          boolean scores = !layers.get(layer.producer()).dynamic();
          int width = scores ? layer.shape().inputsPerGroup() : layer.shape().outputsPerGroup();
          assertEquals(2, layer.links().reads().size(), name + "/" + layer.name());
          assertEquals(
              width * layer.shape().groups(), second.outputsPerGroup(), name + "/" + layer.name());
        }
      }
    }
  }

  /** A layer that reads the same values has the same measured statistics, and the reverse. */
  @Test
  void measuredStatisticsAgreeWithTheGraph() {
    for (String name : List.of("mobilebert", "vision_transformer", "dpt_large", "resnet18")) {
      List<Layer> layers = catalogue.find(name).orElseThrow().layers();
      for (int i = 2; i < layers.size(); i++) {
        Layer layer = layers.get(i);
        Layer before = layers.get(i - 1);
        if (layer.inputs().equals(before.inputs())) {
          assertEquals(before.producer(), layer.producer(), name + "/" + layer.name());
        }
      }
    }
  }

  @Test
  void residualAdditionsOfResNetsAreOnePerBlockAndElement() {
    // Eight blocks of two: the maps of the four stages, 64 x 56² to 512 x 7², each twice; average
    // pool of 7 x 7 x 512 adds 48 x 512.
    long stages = 64L * 56 * 56 + 128L * 28 * 28 + 256L * 14 * 14 + 512L * 7 * 7;
    assertEquals(2 * stages + 48 * 512, total("resnet18", DigitalOperation.ADD));
    // 3, 4, 6, 3 blocks with four times the channels; 48 x 2048 for the pool.
    long wide =
        4 * (3 * 64L * 56 * 56 + 4 * 128L * 28 * 28 + 6 * 256L * 14 * 14 + 3 * 512L * 7 * 7);
    assertEquals(wide + 48 * 2048, total("resnet50", DigitalOperation.ADD));
    // MobileNet V2: 10 blocks keep shape: 1 x 24 at 56, 2 x 32 at 28, 3 x 64 and 2 x 96 at 14,
    // 2 x 160 at 7; 48 x 1280 for the pool.
    long narrow =
        24L * 56 * 56 + 2 * 32L * 28 * 28 + (3 * 64L + 2 * 96L) * 14 * 14 + 2 * 160L * 7 * 7;
    assertEquals(narrow + 48 * 1280, total("mobilenet_v2", DigitalOperation.ADD));
    // ResNet-20: three blocks a stage; where the map is halved the shortcut has half the channels,
    // 16 at 16² and 32 at 8²; 63 x 64 for the pool.
    long small = 3 * 16L * 32 * 32 + (2 * 32L + 16) * 16 * 16 + (2 * 64L + 32) * 8 * 8 + 63 * 64;
    assertEquals(small, total("resnet20_cifar10", DigitalOperation.ADD));
  }

  @Test
  void maximumPoolsAreCountedPerWindow() {
    assertEquals(8L * 64 * 56 * 56, total("resnet18", DigitalOperation.MAX_COMPARE));
    // AlexNet: three 3 x 3 pools to 27, 13 and 6.
    long alexnet = 8L * (64 * 27 * 27 + 192 * 13 * 13 + 256 * 6 * 6);
    assertEquals(alexnet, total("alexnet", DigitalOperation.MAX_COMPARE));
    long vgg8 = 3L * (128 * 16 * 16 + 256 * 8 * 8 + 512 * 4 * 4);
    assertEquals(vgg8, total("vgg8_cifar10", DigitalOperation.MAX_COMPARE));
    long vgg16 =
        3L * (64 * 112 * 112 + 128 * 56 * 56 + 256 * 28 * 28 + 512 * 14 * 14 + 512 * 7 * 7);
    assertEquals(vgg16, total("vgg16", DigitalOperation.MAX_COMPARE));
  }

  @Test
  void bertCountsGeluSoftmaxAndNormalisation() {
    // A block: GELU 128 x 3072, exponents 12 x 128 x 128 and their reciprocals 12 x 128, two
    // inverse roots for each of 128 tokens. Before the first block one more normalisation.
    long block = 128L * 3072 + 12L * 128 * 128 + 12L * 128 + 2 * 128;
    assertEquals(12 * block + 128, total("bert_base_seq128", DigitalOperation.LOOKUP));
    assertEquals(0, total("bert_base_seq128", DigitalOperation.RELU));
    assertEquals(12L * 12 * 128 * 128, total("bert_base_seq128", DigitalOperation.MAX_COMPARE));
  }

  @Test
  void everyStoredLayerOfAConvolutionalNetworkHasItsBias() {
    for (String name : List.of("resnet18", "vgg16", "alexnet", "mobilenet_v1", "mobilenet_v2")) {
      for (Layer layer : catalogue.find(name).orElseThrow().layers()) {
        long bias =
            layer.after().stream()
                .filter(work -> work.operation() == DigitalOperation.BIAS)
                .mapToLong(DigitalWork::elements)
                .sum();
        assertEquals(layer.shape().outputs(), bias, name + "/" + layer.name());
      }
    }
  }

  private long total(String name, DigitalOperation operation) {
    return catalogue.find(name).orElseThrow().layers().stream()
        .flatMap(layer -> layer.after().stream())
        .filter(work -> work.operation() == operation)
        .mapToLong(DigitalWork::elements)
        .sum();
  }
}
