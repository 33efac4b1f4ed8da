package dev.kirchhoff.mapper.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.data.TemporalOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final int BATCH = 3;

  private static Classifier convolutional(Random random) {
    return new Classifier(
        List.of(
            new ConvolutionStage("conv1", List.of(1, 4, 6), 3, random),
            new MaximumStage("pool1", 3, 4, 6),
            new RectifierStage("relu1", 18),
            new ConvolutionStage("conv2", List.of(3, 2, 3), 4, random),
            new FlatStage(24),
            new LinearStage("fc", 24, 5, random)));
  }

  private static Classifier recurrent(Random random) {
    return new Classifier(
        List.of(new LstmStage("lstm", 5, 3, 4, random), new LinearStage("fc", 4, 5, random)));
  }

  /** Central differences of the loss, with a step that rounding and curvature allow. */
  private static void checkGradients(Classifier classifier, int inputs, int seed) {
    Random random = new Random(seed);
    float[] x = new float[BATCH * inputs];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    int[] labels = {4, 0, 2};
    classifier.learn(x, labels, BATCH);
    List<float[]> gradients =
        classifier.parameters().stream().map(parameter -> parameter.gradient().clone()).toList();
    for (int p = 0; p < gradients.size(); p++) {
      Parameter parameter = classifier.parameters().get(p);
      float[] gradient = gradients.get(p);
      float largest = 0;
      for (float value : gradient) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest > 0, parameter.name());
      for (int i = 0; i < gradient.length; i++) {
        float kept = parameter.values()[i];
        float step = 2e-3f;
        parameter.values()[i] = kept + step;
        double above = classifier.learn(x, labels, BATCH);
        parameter.values()[i] = kept - step;
        double below = classifier.learn(x, labels, BATCH);
        parameter.values()[i] = kept;
        assertEquals(
            (above - below) / (2 * step),
            gradient[i],
            0.01 * largest,
            parameter.name() + " " + i + ", seed " + seed);
      }
    }
  }

  @Test
  void gradientsOfConvolutionsAreThoseOfTheLoss() {
    checkGradients(convolutional(new Random(1)), 24, 2);
  }

  @Test
  void gradientsOfMemoriesAreThoseOfTheLoss() {
    checkGradients(recurrent(new Random(3)), 15, 4);
  }

  @Test
  void productsAreThoseOfThreeLoops() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int m = 1 + random.nextInt(9);
      int k = 1 + random.nextInt(150);
      int n = 1 + random.nextInt(40);
      float[] a = numbers(m * k, random);
      float[] b = numbers(k * n, random);
      float[] c = new float[m * n];
      Products.add(Block.of(a, k), Block.of(b, n), Block.of(c, n), m, k, n);
      float[] turned = new float[k * m];
      Products.transpose(Block.of(a, k), Block.of(turned, m), m, k);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            sum += (double) a[i * k + p] * b[p * n + j];
            assertEquals(a[i * k + p], turned[p * m + i]);
          }
          assertEquals(sum, c[i * n + j], 1e-4, "seed " + seed);
        }
      }
    }
  }

  /** A third of them zero, since zeros are left out. */
  private static float[] numbers(int count, Random random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
    }
    return numbers;
  }

  private static byte[] trained(Settings settings) {
    DataSet data = ShippedData.fashionCalibration();
    Classifier classifier = Recipe.FASHION_CNN.classifier();
    new Trainer(classifier, data, settings).train(line -> {});
    return OnnxGraph.model("x", classifier::export, data.shape(), data.classes(), Map.of())
        .toByteArray();
  }

  @Test
  void trainingTwiceGivesTheSameBytes() {
    Settings settings = new Settings(5, 2, 20, 1e-3, 0.01, 2, 0.05, 2.5);
    byte[] once = trained(settings);
    assertArrayEquals(once, trained(settings));
    assertNotEquals(
        new String(once, StandardCharsets.ISO_8859_1),
        new String(
            trained(new Settings(6, 2, 20, 1e-3, 0.01, 2, 0.05, 2.5)),
            StandardCharsets.ISO_8859_1));
  }

  @Test
  void twoHundredImagesAreLearntByHeart() {
    DataSet data = ShippedData.fashionCalibration();
    Classifier classifier = Recipe.FASHION_MLP.classifier();
    new Trainer(classifier, data, new Settings(1, 60, 20, 1e-3, 0, 0, 0, 0)).train(line -> {});
    assertEquals(200, classifier.right(data));
  }

  @Test
  @Tag("slow")
  void orderInSequencesIsLearnt() {
    DataSet data = TemporalOrder.generate(1000, 1);
    Classifier classifier = Recipe.SEQUENCE_LSTM.classifier();
    assertTrue(classifier.right(data) < 250);
    new Trainer(classifier, data, new Settings(1, 6, 20, 5e-3, 0, 0, 0, 0)).train(line -> {});
    assertTrue(classifier.right(data) > 500, "right: " + classifier.right(data));
  }

  /** Deviation 0.1 of the largest weight, and back to the weights when noise ends. */
  @Test
  void noiseIsRelativeToTheLargestWeightAndLeavesTheWeights() {
    Parameter weights = Parameter.matrix("w", List.of(100, 100), 1, new Random(1));
    weights.values()[0] = -8;
    weights.disturb(0.1, new Random(2));
    double squares = 0;
    for (int i = 0; i < 10_000; i++) {
      squares += Math.pow(weights.used()[i] - weights.values()[i], 2);
    }
    assertEquals(0.8, Math.sqrt(squares / 10_000), 0.03);
    weights.settle();
    assertArrayEquals(weights.values(), weights.used());
    weights.clip(2);
    float largest = 0;
    for (float value : weights.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertEquals(2, largest, 0.05);
  }
}
