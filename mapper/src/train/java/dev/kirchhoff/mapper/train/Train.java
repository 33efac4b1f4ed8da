package dev.kirchhoff.mapper.train;

import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.data.DataException;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.data.TemporalOrder;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.simulate.Decisions;
import dev.kirchhoff.mapper.simulate.NoiseSensitivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Makes the shipped networks and data again; docs/networks.md has the command.
 *
 * <p>Arguments: the folder of the whole Fashion-MNIST, the folder that resources are written to,
 * and names of networks, {@code data} for the shipped images, {@code describe} to write the
 * metadata of the networks of {@link Recipe} that are there again, {@code accuracy} to measure the
 * sensitivity of all networks, or {@code robustness} for the accuracy of those of {@link Recipe}
 * with noise on their weights.
 */
final class Train {
  private static final int TEST_SEQUENCES = 10_000;
  private static final long TEST_SEED = 20_263;
  private static final int DRAWS = 20;
  private static final int ACCURACY_SAMPLES = 1_000;
  private static final long ACCURACY_SEED = 20_264;

  /** Samples whose scores by PyTorch and by ONNX Runtime are compared. */
  private static final int COMPARED = 100;

  /** Largest difference of these scores over the largest score: that of rounding. */
  private static final double ROUNDING = 1e-3;

  private final Path images;
  private final Path resources;

  private Train(Path images, Path resources) {
    this.images = images;
    this.resources = resources;
  }

  /** See {@link Train}. */
  public static void main(String[] arguments) throws IOException, DataException, FormatException {
    if (arguments.length < 3) {
      throw new IllegalArgumentException("needs the folder of images, that of resources, names");
    }
    Train train = new Train(Path.of(arguments[0]), Path.of(arguments[1]));
    for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
      if (name.equals("data")) {
        FashionFiles.writeShipped(train.images, train.folder("data/fashion-mnist"));
      } else if (name.equals("describe")) {
        for (Recipe recipe : Recipe.values()) {
          train.write(recipe, train.trained(recipe));
        }
      } else if (name.equals("accuracy")) {
        for (String network : TrainedNetworks.names()) {
          train.accuracy(network);
        }
      } else if (name.equals("robustness")) {
        train.robustness();
      } else {
        train.network(name);
      }
    }
  }

  private void network(String name) throws IOException, DataException, FormatException {
    for (TorchRecipe recipe : TorchRecipe.values()) {
      if (recipe.word().equals(name)) {
        network(recipe);
        return;
      }
    }
    network(
        Arrays.stream(Recipe.values())
            .filter(each -> each.word().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no network " + name)));
  }

  private void network(TorchRecipe recipe) throws IOException, DataException, FormatException {
    TorchNetwork network = recipe.network();
    DataSet shipped = ShippedData.fashionTest();
    try (TorchTrainer trainer =
        new TorchTrainer(network, FashionFiles.training(images), recipe.settings())) {
      trainer.train(talk(recipe.word()));
      byte[] plain = model(recipe, network, Map.of()).toByteArray();
      requireSame(trainer.scores(shipped.first(COMPARED)), new OnnxScores(plain), shipped);
      Map<String, String> metadata =
          metadata(recipe.title(), recipe.settings(), Optional.empty(), true, plain);
      System.out.println(recipe.word() + " " + metadata);
      write(recipe.word(), model(recipe, network, metadata));
    }
    accuracy(recipe.word());
  }

  private static ModelProto model(
      TorchRecipe recipe, TorchNetwork network, Map<String, String> metadata) {
    DataSet shipped = ShippedData.fashionTest();
    return OnnxGraph.model(
        recipe.word(), network::export, shipped.shape(), shipped.classes(), metadata);
  }

  private static void requireSame(List<float[]> torch, OnnxScores onnx, DataSet data) {
    List<float[]> scores = onnx.of(data, 0, torch.size());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < torch.size(); i++) {
      for (int c = 0; c < data.classes(); c++) {
        largest = Math.max(largest, Math.abs(torch.get(i)[c]));
        difference = Math.max(difference, Math.abs(torch.get(i)[c] - scores.get(i)[c]));
      }
    }
    if (!(difference <= ROUNDING * largest)) {
      throw new IllegalStateException(
          "The scores of the exported network must be those of the trained one, but differ by "
              + difference
              + ".\nMaybe a part is exported in another order than it computes.");
    }
  }

  /** Measures on training samples the sensitivity of a network and writes it beside its model. */
  private void accuracy(String word) throws IOException, DataException, FormatException {
    DataSet all =
        word.startsWith("fashion-")
            ? FashionFiles.training(images)
            : TemporalOrder.generate(ACCURACY_SAMPLES, ACCURACY_SEED);
    List<float[]> items = new ArrayList<>();
    int stride = all.size() / ACCURACY_SAMPLES;
    for (int i = 0; i < ACCURACY_SAMPLES; i++) {
      float[] item = new float[all.valuesPerSample()];
      all.copy(i * stride, item, 0);
      items.add(item);
    }
    byte[] bytes = Files.readAllBytes(file(word));
    AccuracyModel model =
        NoiseSensitivity.measure(
            SplitNetwork.of(bytes, Map.of()),
            items,
            Decisions.CLASS,
            Optional.of(i -> all.label(i * stride)),
            ACCURACY_SEED,
            1);
    System.out.println(word + " " + model.weights());
    Files.writeString(
        folder("onnx/trained").resolve(word + ".accuracy"), AccuracyText.print(model, bytes));
  }

  private Path folder(String name) {
    return resources.resolve("dev/kirchhoff/mapper").resolve(name);
  }

  private Path file(String word) {
    return folder("onnx/trained").resolve(word + ".onnx");
  }

  private void write(String word, ModelProto model) throws IOException {
    Files.createDirectories(file(word).getParent());
    Files.write(file(word), model.toByteArray());
  }

  private static Consumer<String> talk(String word) {
    long start = System.nanoTime();
    return line ->
        System.out.printf(
            Locale.ROOT, "%s %s, %.0f s%n", word, line, 1e-9 * (System.nanoTime() - start));
  }

  private void network(Recipe recipe) throws IOException, DataException, FormatException {
    DataSet training =
        recipe.isFashion() ? FashionFiles.training(images) : Recipe.trainingSequences();
    Classifier classifier = recipe.classifier();
    if (recipe.start().isPresent()) {
      OnnxGraph.load(model(recipe.start().get()), classifier);
    }
    new Trainer(classifier, training, recipe.settings()).train(talk(recipe.word()));
    write(recipe, classifier);
  }

  private ModelProto model(Recipe recipe) throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(file(recipe.word())));
  }

  private Classifier trained(Recipe recipe) throws IOException {
    Classifier classifier = recipe.classifier();
    OnnxGraph.load(model(recipe), classifier);
    return classifier;
  }

  private void write(Recipe recipe, Classifier classifier)
      throws IOException, DataException, FormatException {
    byte[] plain = recipe.model(classifier, Map.of()).toByteArray();
    Map<String, String> metadata =
        metadata(recipe.title(), recipe.settings(), recipe.start(), recipe.isFashion(), plain);
    classifier
        .statistics(recipe.shippedCalibration())
        .forEach((value, statistics) -> metadata.put("values/" + value, text(statistics)));
    System.out.println(recipe.word() + " " + metadata);
    write(recipe.word(), recipe.model(classifier, metadata));
  }

  /**
   * Metadata of a network in its file.
   *
   * @param model its file without them
   */
  private Map<String, String> metadata(
      String title, Settings settings, Optional<Recipe> start, boolean isFashion, byte[] model)
      throws IOException, DataException, FormatException {
    DataSet test =
        isFashion ? FashionFiles.test(images) : TemporalOrder.generate(TEST_SEQUENCES, TEST_SEED);
    DataSet shipped = isFashion ? ShippedData.fashionTest() : ShippedData.sequenceTest();
    OnnxScores scores = new OnnxScores(model);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("title", title);
    metadata.put("data", test.name());
    metadata.put("classes", Integer.toString(test.classes()));
    metadata.put("input", isFashion ? "pixels / 255" : "symbols, one-hot");
    metadata.put("testSamples", Integer.toString(test.size()));
    metadata.put("testRight", Integer.toString(scores.right(test)));
    metadata.put("shippedSamples", Integer.toString(shipped.size()));
    metadata.put("shippedRight", Integer.toString(scores.right(shipped)));
    metadata.put("training", settings.toString());
    metadata.put("seed", Long.toString(settings.seed()));
    metadata.put("startedFrom", start.map(Recipe::word).orElse("random weights"));
    metadata.put(
        "source",
        isFashion
            ? "trained on Fashion-MNIST, arXiv:1708.07747"
            : "trained on sequences after Hochreiter and Schmidhuber 1997, experiment 6b");
    return metadata;
  }

  private static String text(ValueStatistics s) {
    return String.format(
        Locale.ROOT, "%.4f %.4f %.4f %.4f", s.zeroShare(), s.meanAbs(), s.rms(), s.negativeShare());
  }

  /** Prints the accuracy of the networks on shipped samples with noise on their weights. */
  private void robustness() throws IOException {
    for (Recipe recipe : Recipe.values()) {
      Classifier classifier = trained(recipe);
      DataSet test = recipe.shippedTest();
      for (double noise : List.of(0.0, 0.02, 0.05, 0.1, 0.15, 0.2)) {
        double sum = 0;
        int draws = noise == 0 ? 1 : DRAWS;
        for (int draw = 0; draw < draws; draw++) {
          Random random = new Random(1000 + draw);
          classifier.parameters().forEach(parameter -> parameter.disturb(noise, random));
          sum += classifier.right(test);
        }
        System.out.printf(
            Locale.ROOT,
            "%s, noise %.2f of the largest weight: %.2f %%%n",
            recipe.word(),
            noise,
            100 * sum / draws / test.size());
      }
    }
  }
}
