package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The constants against the networks that they are means of. */
class TypicalValuesTest {
  private static final List<String> CNN = List.of("resnet18", "vgg16", "alexnet", "densenet201");
  private static final List<String> TRANSFORMERS = List.of("vision_transformer", "gpt2_medium");

  private final NetworkCatalogue catalogue = new NetworkCatalogue();

  @Test
  void imagesAndRectifiedValuesAreMeansOfFourNetworks() {
    Predicate<Layer> first = layer -> layer.producer() < 0;
    check(TypicalValues.IMAGE, CNN, first, Layer::inputs);
    check(TypicalValues.RELU, CNN, first.negate(), Layer::inputs);
    check(TypicalValues.CNN_WEIGHTS, CNN, layer -> true, Layer::weights);
  }

  @Test
  void valuesWithoutActivationAreThoseOfExpansions() {
    List<Layer> layers = catalogue.find("mobilenet_v3").orElseThrow().layers();
    // An expansion is the 1 x 1 layer before a depthwise one, but for the first; and the last
    // convolution before the pool.
    Predicate<Layer> expansion =
        layer -> {
          int i = layers.indexOf(layer);
          return i == 61 || i > 0 && i < 61 && layers.get(i + 1).shape().groups() > 1;
        };
    check(TypicalValues.LINEAR_BOTTLENECK, List.of("mobilenet_v3"), expansion, Layer::inputs);
    check(
        TypicalValues.DEPTHWISE_WEIGHTS,
        List.of("mobilenet_v3"),
        layer -> layer.shape().groups() > 1,
        Layer::weights);
  }

  @Test
  void transformersHaveSignedValuesGeluAndProbabilities() {
    Predicate<Layer> dynamic = Layer::dynamic;
    // The first layer of ViT is a convolution of image patches.
    Predicate<Layer> linear = dynamic.negate().and(layer -> layer.shape().kernelHeight() == 1);
    Predicate<Layer> gelu = linear.and(layer -> layer.shape().inputsPerGroup() >= 3072);
    check(TypicalValues.SIGNED, TRANSFORMERS, linear.and(gelu.negate()), Layer::inputs);
    check(TypicalValues.GELU, TRANSFORMERS, gelu, Layer::inputs);
    check(
        TypicalValues.PROBABILITY,
        TRANSFORMERS,
        dynamic.and(layer -> layer.shape().outputsPerGroup() == 64),
        Layer::inputs);
    check(TypicalValues.TRANSFORMER_WEIGHTS, TRANSFORMERS, linear, Layer::weights);
  }

  @Test
  void everyWordIsFoundAndNoOther() {
    for (TypicalValues each : TypicalValues.values()) {
      assertEquals(Optional.of(each), TypicalValues.of(each.word()));
    }
    assertEquals(Optional.empty(), TypicalValues.of("RELU"));
  }

  private void check(
      TypicalValues constant,
      List<String> networks,
      Predicate<Layer> which,
      Function<Layer, ValueStatistics> what) {
    double[] mean = new double[4];
    for (String name : networks) {
      double macs = 0;
      double[] sum = new double[4];
      for (Layer layer : catalogue.find(name).orElseThrow().layers()) {
        if (which.test(layer)) {
          double weight = layer.shape().macs();
          ValueStatistics values = what.apply(layer);
          macs += weight;
          sum[0] += weight * values.zeroShare();
          sum[1] += weight * values.meanAbs();
          sum[2] += weight * values.rms();
          sum[3] += weight * values.negativeShare();
        }
      }
      for (int i = 0; i < 4; i++) {
        mean[i] += sum[i] / macs / networks.size();
      }
    }
    ValueStatistics values = constant.statistics();
    assertClose(mean[0], values.zeroShare());
    assertClose(mean[1], values.meanAbs());
    assertClose(mean[2], values.rms());
    assertClose(mean[3], values.negativeShare());
  }

  /** Three digits. */
  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, 0.005 * expected);
  }
}
