package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.spec.ResolvedSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.arch.workload.StatisticsOrigin;
import dev.kirchhoff.arch.workload.ValueOrigins;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Layers that are written are read back as they were. */
class NetworkTextTest {
  private static final long SEED = 11;

  private static Network readBack(Network network) throws SpecException {
    String json =
        "{\"kirchhoff\": 1, \"network\": \""
            + network.name()
            + "\", \"source\": \""
            + network.source().replace("\"", "")
            + "\", \"layers\": "
            + ResolvedSpec.asJson(NetworkText.layers(network))
            + "}";
    return NetworkReader.read("a.yaml", json.getBytes(StandardCharsets.UTF_8)).network();
  }

  @Test
  void builtInNetworksSurviveBeingWritten() throws SpecException {
    NetworkCatalogue catalogue = new NetworkCatalogue();
    for (String name : catalogue.names()) {
      Network network = catalogue.find(name).orElseThrow();
      assertEquals(network.layers(), readBack(network).layers(), name);
    }
  }

  @Test
  void randomNetworksSurviveBeingWritten() throws SpecException {
    for (int i = 0; i < 200; i++) {
      Network network = network(new Random(SEED + i));
      assertEquals(network.layers(), readBack(network).layers(), "seed " + (SEED + i));
    }
  }

  private static Network network(Random random) {
    List<Layer> layers = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      MatrixShape shape =
          new MatrixShape(
              1 + random.nextInt(64),
              1 + random.nextInt(64),
              1 + random.nextInt(3),
              1 + random.nextInt(3),
              4 * (1 + random.nextInt(9)),
              1 + random.nextInt(9),
              1 + random.nextInt(3),
              1 + random.nextInt(4));
      List<Integer> reads = links(random, i, 1 + random.nextInt(3));
      List<DigitalWork> after = new ArrayList<>();
      for (DigitalOperation operation : DigitalOperation.values()) {
        if (random.nextBoolean()) {
          after.add(new DigitalWork(operation, random.nextInt(1_000_000)));
        }
      }
      Window window =
          random.nextBoolean()
              ? Window.padded(shape)
              : new Window(1000, 1 + random.nextInt(1000), 1 + random.nextInt(1000), 1);
      layers.add(
          new Layer(
              random.nextInt(4) == 0 ? Integer.toString(100 + i) : "block/" + i + ".conv:0",
              shape,
              random.nextInt(3) == 0 ? window.inSteps(4) : window,
              random.nextInt(4) == 0,
              values(random),
              values(random),
              new ValueOrigins(origin(random), origin(random), origin(random)),
              after,
              new Links(reads, links(random, i, random.nextInt(3)))));
    }
    return new Network("random", layers, "made for a test");
  }

  private static List<Integer> links(Random random, int before, int count) {
    List<Integer> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      links.add(random.nextInt(before + 1) - 1);
    }
    return links;
  }

  private static StatisticsOrigin origin(Random random) {
    return StatisticsOrigin.values()[random.nextInt(4)];
  }

  private static ValueStatistics values(Random random) {
    double scale = random.nextInt(5) == 0 ? 1e-6 : 1;
    double zero = random.nextDouble() * scale;
    double meanAbs = random.nextDouble() * scale * (1 - zero);
    // Of values within -1..1: meanAbs <= rms <= root of meanAbs.
    double rms = meanAbs + random.nextDouble() * (Math.sqrt(meanAbs) - meanAbs);
    return new ValueStatistics(
        zero, meanAbs, rms, random.nextBoolean() ? 0 : random.nextDouble() * (1 - zero));
  }

  private static Network layers(String layers) throws SpecException {
    String yaml = "kirchhoff: 1\nnetwork: n\nlayers:\n" + layers;
    return NetworkReader.read("n.yaml", yaml.getBytes(StandardCharsets.UTF_8)).network();
  }

  @Test
  void layersAreReadByNameByNumberAndAsTheInput() throws SpecException {
    Network network =
        layers(
            """
              - {name: a, inputs: 3, outputs: 8, kernel: 3, output: 8}
              - {name: b, inputs: 8, outputs: 8, output: 8}
              - {name: c, inputs: 19, outputs: 8, output: 8, reads: [input, a, 1], joins: [a]}
              - {name: d, inputs: 8, outputs: 8, output: 8, outputWidth: 1, steps: 8, joins: [-1]}
              - {name: e, inputs: 8, outputs: 8, window: {positions: 8, first: 8, line: 4}}
            """);
    assertEquals(new Links(List.of(-1, 0, 1), List.of(0)), network.layers().get(2).links());
    assertEquals(new Links(List.of(2), List.of(-1)), network.layers().get(3).links());
    assertEquals(8, network.layers().get(3).window().steps());
    assertEquals(new Window(8, 8, 4, 1), network.layers().get(4).window());
  }

  @Test
  void matricesOfOtherLayersAreReadAndWritten() throws SpecException {
    String list =
        """
          - {name: w, inputs: 3, outputs: 8, output: 4, outputWidth: 1}
          - {name: r, inputs: 2, outputs: 8, output: 4, outputWidth: 1, steps: 4, recurrentOf: w, recurrentScale: 0.5}
          - {name: a, inputs: 8, outputs: 8, kernel: 3, output: 4}
          - {name: b, inputs: 8, outputs: 8, kernel: 3, output: 2, weightsOf: a}
          - {name: c, inputs: 8, outputs: 8, kernel: 3, output: 4, weightsOf: 2}
        """;
    Network network = layers(list);
    List<MatrixStorage> matrices = network.layers().stream().map(Layer::matrix).toList();
    MatrixStorage reused = new MatrixStorage.Reused(2);
    assertEquals(
        List.of(
            MatrixStorage.OWN,
            new MatrixStorage.Recurrent(0, 0.5),
            MatrixStorage.OWN,
            reused,
            reused),
        matrices);
    assertEquals(3 * 8 + 2 * 8 + 8 * 9 * 8, network.weights());
    assertEquals(network.layers(), readBack(network).layers());
    assertMistake("weightsOf: conv2", "(conv2) of a layer must name an earlier layer");
    assertMistake("weightsOf: -1", "must be an earlier one");
    assertMistake("weightsOf: conv1", "must have the shape of the stored one");
    assertMistake("dynamic: true, weightsOf: conv1", "must have the shape of the stored one");
    assertMistake("recurrentOf: conv1, weightsOf: conv1", "must have one of them");
    assertMistake("recurrentOf: conv1", "must have outputs and vectors of that of layer (conv1)");
  }

  @Test
  void problemsAreNamed() {
    assertMistake("reads: [conv2]", "(conv2) of a layer must name an earlier layer");
    assertMistake("reads: [conf1]", "Maybe conv1 is meant");
    assertMistake("reads: [conv1], producer: 0", "has a producer and reads");
    assertMistake("joins: [7]", "must be an earlier layer");
    assertMistake("steps: 3", "must divide its vectors");
    assertMistake("window: {positions: 8, first: 9, line: 1}", "must be in 1..8");
    assertMistake("after: \"mul=3\"", "can count bias, relu, lookup, compare, add, mac");
  }

  private static void assertMistake(String key, String expected) {
    SpecException e =
        assertThrows(
            SpecException.class,
            () ->
                layers(
                    "  - {name: conv1, inputs: 3, outputs: 8}\n"
                        + "  - {inputs: 8, outputs: 8, output: 2, "
                        + key
                        + "}\n"));
    assertTrue(e.problems().toString().contains(expected), e.problems().toString());
  }
}
