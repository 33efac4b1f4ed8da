package dev.kirchhoff.mapper.train;

import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.data.TemporalOrder;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The networks that are shipped, and how they are trained. */
enum Recipe {
  FASHION_MLP(
      "fashion-mlp",
      "perceptron 784-128-64-10, Fashion-MNIST",
      Optional.empty(),
      new Settings(11, 20, 64, 1e-3, 0.1, 0, 0, 0)),
  FASHION_CNN(
      "fashion-cnn",
      "2 convolutions of 16 and 32 filters, 64-10, Fashion-MNIST",
      Optional.empty(),
      new Settings(12, 16, 64, 2e-3, 0.01, 2, 0, 0)),
  SEQUENCE_LSTM(
      "sequence-lstm",
      "LSTM of 64 units, temporal order of 32 steps",
      Optional.empty(),
      new Settings(13, 8, 50, 3e-3, 0, 0, 0, 0)),
  FASHION_MLP_NOISE_AWARE(
      "fashion-mlp-noise-aware",
      "fashion-mlp retrained with weight noise",
      Optional.of(FASHION_MLP),
      new Settings(21, 15, 64, 5e-4, 0.01, 0, 0.1, 2.5)),
  FASHION_CNN_NOISE_AWARE(
      "fashion-cnn-noise-aware",
      "fashion-cnn retrained with weight noise",
      Optional.of(FASHION_CNN),
      new Settings(22, 10, 64, 5e-4, 0.01, 2, 0.1, 2.5));

  private static final int UNITS = 64;
  private static final int TRAINING_SEQUENCES = 20_000;
  private static final long TRAINING_SEED = 20_260;

  private final String word;
  private final String title;
  private final Optional<Recipe> start;
  private final Settings settings;

  Recipe(String word, String title, Optional<Recipe> start, Settings settings) {
    this.word = word;
    this.title = title;
    this.start = start;
    this.settings = settings;
  }

  /** Name in a spec. */
  String word() {
    return word;
  }

  /** Title, for people. */
  String title() {
    return title;
  }

  /** Recipe whose weights training starts from. */
  Optional<Recipe> start() {
    return start;
  }

  Settings settings() {
    return settings;
  }

  /** True if it is trained on images. */
  boolean isFashion() {
    return this != SEQUENCE_LSTM;
  }

  /** Samples that it learns from, if they are generated. */
  static DataSet trainingSequences() {
    return TemporalOrder.generate(TRAINING_SEQUENCES, TRAINING_SEED);
  }

  /** Shipped samples that its accuracy is judged on. */
  DataSet shippedTest() {
    return isFashion() ? ShippedData.fashionTest() : ShippedData.sequenceTest();
  }

  /** Shipped samples that statistics of its values are measured on. */
  DataSet shippedCalibration() {
    return isFashion() ? ShippedData.fashionCalibration() : ShippedData.sequenceCalibration();
  }

  /** Its stages with weights drawn from its seed. */
  Classifier classifier() {
    Random random = new Random(settings.seed());
    return switch (this) {
      case FASHION_MLP, FASHION_MLP_NOISE_AWARE -> perceptron(random);
      case FASHION_CNN, FASHION_CNN_NOISE_AWARE -> convolutional(random);
      case SEQUENCE_LSTM -> recurrent(random);
    };
  }

  /** The model of its file. */
  ModelProto model(Classifier classifier, Map<String, String> metadata) {
    return OnnxGraph.model(
        word, classifier::export, shippedTest().shape(), classifier.classes(), metadata);
  }

  private static Classifier perceptron(Random random) {
    return new Classifier(
        List.of(
            new FlatStage(784),
            new LinearStage("fc1", 784, 128, random),
            new RectifierStage("relu1", 128),
            new LinearStage("fc2", 128, 64, random),
            new RectifierStage("relu2", 64),
            new LinearStage("fc3", 64, 10, random)));
  }

  /**
   * The maximum is taken before the rectifier: the result is the same and a quarter of the work.
   */
  private static Classifier convolutional(Random random) {
    return new Classifier(
        List.of(
            new ConvolutionStage("conv1", List.of(1, 28, 28), 16, random),
            new MaximumStage("pool1", 16, 28, 28),
            new RectifierStage("relu1", 16 * 14 * 14),
            new ConvolutionStage("conv2", List.of(16, 14, 14), 32, random),
            new MaximumStage("pool2", 32, 14, 14),
            new RectifierStage("relu2", 32 * 7 * 7),
            new FlatStage(32 * 7 * 7),
            new LinearStage("fc1", 32 * 7 * 7, 64, random),
            new RectifierStage("relu3", 64),
            new LinearStage("fc2", 64, 10, random)));
  }

  private static Classifier recurrent(Random random) {
    return new Classifier(
        List.of(
            new LstmStage("lstm", TemporalOrder.STEPS, TemporalOrder.SYMBOLS, UNITS, random),
            new LinearStage("fc", UNITS, TemporalOrder.CLASSES, random)));
  }
}
