package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final MatrixShape CONV = new MatrixShape(3, 8, 3, 3, 10, 10, 1, 1);
  private static final MatrixShape DEPTHWISE = new MatrixShape(1, 1, 3, 3, 5, 5, 2, 8);
  private static final MatrixShape LINEAR = new MatrixShape(200, 10, 1, 1, 1, 1, 1, 1);

  private static Network network(Layers.Description... layers) {
    return Layers.network("mine", List.of(layers), "shapes.yaml");
  }

  @Test
  void plainShapesBecomeAChainWithBiasAndRectifier() {
    Network network =
        network(
            Layers.Description.of("conv", CONV),
            Layers.Description.of("dw", DEPTHWISE),
            Layers.Description.of("fc", LINEAR));

    assertEquals(List.of(-1, 0, 1), network.layers().stream().map(Layer::producer).toList());
    // Outputs 8 x 10 x 10, 8 x 5 x 5 and 10; no rectifier behind the last.
    assertEquals(
        List.of(
            List.of(
                new DigitalWork(DigitalOperation.BIAS, 800),
                new DigitalWork(DigitalOperation.RELU, 800)),
            List.of(
                new DigitalWork(DigitalOperation.BIAS, 200),
                new DigitalWork(DigitalOperation.RELU, 200)),
            List.of(new DigitalWork(DigitalOperation.BIAS, 10))),
        network.layers().stream().map(Layer::after).toList());
    // 8 x 27 x 100 + 8 x 9 x 25 + 2000 products.
    assertEquals(21_600 + 1_800 + 2_000, network.macs());
    assertEquals(216 + 72 + 2_000, network.weights());
    assertTrue(network.layers().get(0).inputs().signed());
    assertEquals(TypicalValues.RELU.statistics(), network.layers().get(2).inputs());
    assertEquals(TypicalValues.DEPTHWISE_WEIGHTS.statistics(), network.layers().get(1).weights());
    assertTrue(network.source().startsWith("shapes.yaml; statistics: assumed"));
  }

  @Test
  void statedValuesAreNotAssumed() {
    ValueStatistics values = new ValueStatistics(0.5, 0.1, 0.2, 0);
    List<DigitalWork> after = List.of(new DigitalWork(DigitalOperation.LOOKUP, 3));
    Network network =
        network(
            new Layers.Description(
                "a",
                LINEAR,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of("lookup=3"),
                Optional.of(values),
                Optional.of(values),
                Optional.empty()),
            new Layers.Description(
                "b",
                LINEAR,
                true,
                Optional.of(Links.of(-1)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(values),
                Optional.of(values),
                Optional.empty()));

    assertEquals(after, network.layers().get(0).after());
    assertEquals(values, network.layers().get(0).inputs());
    assertEquals(-1, network.layers().get(1).producer());
    assertEquals(List.of(), network.layers().get(1).after());
    assertEquals(2_000, network.weights());
    assertEquals("shapes.yaml", network.source());
  }

  private static Layers.Description after(String name, String after, List<Integer> joins) {
    return new Layers.Description(
        name,
        LINEAR,
        false,
        joins.isEmpty() ? Optional.empty() : Optional.of(new Links(List.of(0), joins)),
        Optional.empty(),
        Optional.of(after),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The values that the layer behind such work reads, and where their sign comes from. */
  private static void assertBehind(String work, TypicalValues expected, StatisticsOrigin signs) {
    Layer reader =
        network(after("a", work, List.of()), Layers.Description.of("b", LINEAR)).layers().get(1);
    assertEquals(expected.statistics(), reader.inputs(), work);
    assertEquals(
        new ValueOrigins(signs, StatisticsOrigin.ASSUMED, StatisticsOrigin.ASSUMED),
        reader.origins(),
        work);
  }

  @Test
  void signsFollowFromTheDigitalWorkOfTheProducers() {
    assertBehind("bias relu", TypicalValues.RELU, StatisticsOrigin.INFERRED);
    assertBehind("bias relu max2@5x5", TypicalValues.RELU, StatisticsOrigin.INFERRED);
    assertBehind("bias=10 relu=10", TypicalValues.RELU, StatisticsOrigin.INFERRED);
    assertBehind("bias softmax", TypicalValues.PROBABILITY, StatisticsOrigin.INFERRED);
    assertBehind("bias", TypicalValues.LINEAR_BOTTLENECK, StatisticsOrigin.INFERRED);
    assertBehind("", TypicalValues.LINEAR_BOTTLENECK, StatisticsOrigin.INFERRED);
    assertBehind("relu norm", TypicalValues.SIGNED, StatisticsOrigin.INFERRED);
    assertBehind("relu scale", TypicalValues.SIGNED, StatisticsOrigin.INFERRED);
    assertBehind("bias lookup", TypicalValues.SIGNED, StatisticsOrigin.ASSUMED);
    assertBehind("relu mac", TypicalValues.RELU, StatisticsOrigin.ASSUMED);
  }

  @Test
  void aSumIsNotNegativeIfNeitherOperandIs() {
    for (String first : List.of("relu", "bias")) {
      Network network =
          network(
              after("a", first, List.of()),
              after("b", "relu add", List.of(0)),
              Layers.Description.of("c", LINEAR));
      assertEquals(first.equals("bias"), network.layers().get(2).inputs().signed(), first);
      assertEquals(StatisticsOrigin.INFERRED, network.layers().get(2).origins().signs());
    }
  }

  @Test
  void aRectifierThatNobodyStatesIsAssumed() {
    Network network =
        network(Layers.Description.of("a", LINEAR), Layers.Description.of("b", LINEAR));
    assertEquals(StatisticsOrigin.ASSUMED, network.layers().get(0).origins().signs());
    assertEquals(StatisticsOrigin.ASSUMED, network.layers().get(1).origins().signs());
    assertEquals(TypicalValues.RELU.statistics(), network.layers().get(1).inputs());
  }

  @Test
  void operandsOfADynamicMatrixAreTheOutputsOfItsReads() {
    Layers.Description product =
        new Layers.Description(
            "qk",
            LINEAR,
            true,
            Optional.of(new Links(List.of(0, 1), List.of())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Network network =
        network(
            after("q", "relu", List.of()),
            after("k", "bias", List.of(0)),
            product,
            Layers.Description.of("next", LINEAR));
    assertEquals(TypicalValues.RELU.statistics(), network.layers().get(2).inputs());
    assertEquals(TypicalValues.SIGNED.statistics(), network.layers().get(2).weights());
    assertEquals(TypicalValues.SIGNED.statistics(), network.layers().get(3).inputs());
    assertEquals(StatisticsOrigin.INFERRED, network.layers().get(3).origins().signs());
  }

  @Test
  void aProducerMustComeEarlierAndANameOnce() {
    Layers.Description self =
        new Layers.Description(
            "a",
            LINEAR,
            false,
            Optional.of(Links.of(0)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThrows(IllegalArgumentException.class, () -> network(self));
    Layers.Description plain = Layers.Description.of("a", LINEAR);
    assertThrows(IllegalArgumentException.class, () -> network(plain, plain));
  }

  @Test
  void sizesAndSharesOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MatrixShape(3, 8, 3, 3, 10, 10, 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new ValueStatistics(0.5, Double.NaN, 0.2, 0));
    assertThrows(IllegalArgumentException.class, () -> new ValueStatistics(0.5, 0.1, 0.2, 1.1));
  }

  @Test
  void aWrongTableNamesNetworkAndLine() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new NetworkTable(
                    "mine",
                    List.of(
                        "# title: a",
                        "layer,...",
                        "00,conv,3,8,3x3,10x10,1,1,07,-,bias,relu,cnnWeights")));
    assertTrue(e.getMessage().startsWith("The table of network (mine) is wrong in line 3"));
    assertEquals("No earlier layer is named (07).", e.getCause().getMessage());
  }
}
