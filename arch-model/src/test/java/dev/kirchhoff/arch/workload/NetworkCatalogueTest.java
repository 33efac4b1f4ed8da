package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkCatalogueTest {
  private final NetworkCatalogue catalogue = new NetworkCatalogue();

  private Network network(String name) {
    return catalogue.find(name).orElseThrow();
  }

  /**
   * GMAC and millions of weights to their last digit, summed independently over the shapes that the
   * sources list. By hand: BERT base has 12 blocks of 4 · 768² + 2 · 768 · 3072 = 84,934,656
   * weights.
   */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 8, 0.7142, 4, 61.09, 2, 0",
    "vgg16, 16, 15.4703, 4, 138.34, 2, 0",
    "resnet18, 21, 1.8141, 4, 11.68, 2, 0",
    "resnet50, 54, 4.0892, 4, 25.50, 2, 0",
    "densenet201, 201, 4.2914, 4, 19.78, 2, 0",
    "mobilenet_v3, 64, 0.2166, 4, 5.45, 2, 0",
    "vision_transformer, 98, 17.564, 3, 86.29, 2, 0.715",
    "dpt_large, 227, 256.998, 3, 338.83, 2, 16.364",
    "gpt2_medium, 145, 93.705, 3, 353.45, 2, 3.221",
    "mobilebert, 409, 2.934, 3, 20.25, 2, 0.119",
    "msft_phi_1_5, 145, 1447.40, 2, 1312.82, 2, 103.08",
    "vgg8_cifar10, 8, 0.6159, 4, 12.97, 2, 0",
    "densenet40_cifar10, 40, 0.2824, 4, 0.746, 3, 0",
    "lenet5, 5, 0.00042, 5, 0.061, 3, 0",
    "resnet20_cifar10, 20, 0.0406, 4, 0.268, 3, 0",
    "mobilenet_v1, 28, 0.5687, 4, 4.21, 2, 0",
    "mobilenet_v2, 53, 0.3008, 4, 3.47, 2, 0",
    "bert_base_seq128, 96, 11.174, 3, 84.93, 2, 0.302",
  })
  void totalsAreThoseOfThePublishedNetworks(
      String name,
      int layers,
      double gigaMacs,
      int macDigits,
      double megaWeights,
      int weightDigits,
      double dynamicGigaMacs) {
    NetworkSummary summary = catalogue.summary(name).orElseThrow();

    assertEquals(layers, summary.layers());
    assertEquals(gigaMacs, summary.macs() / 1e9, 0.5001 * Math.pow(10, -macDigits));
    assertEquals(megaWeights, summary.weights() / 1e6, 0.5001 * Math.pow(10, -weightDigits));
    assertEquals(dynamicGigaMacs, summary.dynamicMacs() / 1e9, 0.0050);
    assertEquals(network(name).macs(), summary.macs());
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 1814073344",
    "vgg16, 15470264320",
    "alexnet, 714188480",
    "resnet50, 4089184256",
  })
  void knownMacCountsAreExact(String name, long macs) {
    assertEquals(macs, network(name).macs());
  }

  @Test
  void eighteenNetworksAreThereAndEachStatesItsSources() {
    assertEquals(18, catalogue.names().size());
    for (String name : catalogue.names()) {
      String source = network(name).source();
      for (String part : List.of("architecture: ", "shapes: ", "statistics: ", "producers: ")) {
        assertTrue(source.contains(part), name + " does not say its " + part);
      }
      NetworkSummary summary = catalogue.summary(name).orElseThrow();
      assertFalse(summary.title().isBlank() || summary.shapes().isBlank());
    }
  }

  @Test
  void layersAreNumberedFromNoughtWithAsManyDigitsAsTheLastNeeds() {
    assertEquals("00", network("resnet18").layers().get(0).name());
    assertEquals("20", network("resnet18").layers().get(20).name());
    assertEquals("000", network("bert_base_seq128").layers().get(0).name());
    for (String name : catalogue.names()) {
      List<String> sorted =
          network(name).layers().stream().map(Layer::name).sorted().collect(Collectors.toList());
      for (int i = 0; i < sorted.size(); i++) {
        assertEquals(i, Integer.parseInt(sorted.get(i)), name);
      }
    }
  }

  @Test
  void onlyGpt2IsNotExecutedInTheOrderOfItsNames() {
    for (String name : catalogue.names()) {
      List<String> names = network(name).layers().stream().map(Layer::name).toList();
      assertEquals(!name.equals("gpt2_medium"), names.equals(names.stream().sorted().toList()));
    }
  }

  @Test
  void anUnknownNameOrAPathFindsNothing() {
    assertTrue(catalogue.find("resnet81").isEmpty());
    assertTrue(catalogue.find("index").isEmpty());
    assertTrue(catalogue.find("../networks/resnet18").isEmpty());
    assertTrue(catalogue.summary("").isEmpty());
  }

  @Test
  void attentionProductsAreDynamicAndReadSignedQueriesThenProbabilities() {
    for (String name :
        List.of(
            "vision_transformer",
            "dpt_large",
            "gpt2_medium",
            "mobilebert",
            "msft_phi_1_5",
            "bert_base_seq128")) {
      List<Layer> dynamic = network(name).layers().stream().filter(Layer::dynamic).toList();
      for (int i = 0; i < dynamic.size(); i += 2) {
        MatrixShape scores = dynamic.get(i).shape();
        MatrixShape weighted = dynamic.get(i + 1).shape();
        assertTrue(dynamic.get(i).inputs().signed(), name);
        assertFalse(dynamic.get(i + 1).inputs().signed(), name);
        assertEquals(scores.outputsPerGroup(), weighted.inputsPerGroup());
        assertEquals(scores.inputsPerGroup(), weighted.outputsPerGroup());
        assertEquals(
            scores.vectors(), scores.outputsPerGroup(), name + ": every token every token");
      }
    }
  }

  @Test
  void statisticsAreConsistentMoments() {
    for (String name : catalogue.names()) {
      for (Layer layer : network(name).layers()) {
        for (ValueStatistics values : List.of(layer.inputs(), layer.weights())) {
          assertTrue(values.meanAbs() <= values.rms(), name + "/" + layer.name());
          // Cauchy and Schwarz over the values that are not zero: mean² <= (1 - zero) rms². Zero is
          // the central bin of a histogram, so that small values count as zero: hence the slack.
          assertTrue(
              values.meanAbs() * values.meanAbs()
                  <= (1 - values.zeroShare()) * values.rms() * values.rms() + 0.005,
              name + "/" + layer.name() + " " + values);
        }
      }
    }
  }
}
