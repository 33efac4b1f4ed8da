package dev.kirchhoff.mapper.train;

import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.data.DataException;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.TemporalOrder;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
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

/**
 * Makes the shipped networks and data again; docs/networks.md has the command.
 *
 * <p>Arguments: the folder of the whole Fashion-MNIST, the folder that resources are written to,
 * and names of networks, {@code data} for the shipped images, {@code describe} to write the
 * metadata of the networks that are there again, {@code accuracy} to measure what noise costs them,
 * or {@code robustness} for their accuracy with noise on their weights.
 */
final class Train {
  private static final int TEST_SEQUENCES = 10_000;
  private static final long TEST_SEED = 20_263;
  private static final int DRAWS = 20;
  private static final int ACCURACY_SAMPLES = 1_000;
  private static final long ACCURACY_SEED = 20_264;

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
        for (Recipe recipe : Recipe.values()) {
          train.accuracy(recipe);
        }
      } else if (name.equals("robustness")) {
        train.robustness();
      } else {
        train.network(
            Arrays.stream(Recipe.values())
                .filter(each -> each.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no network " + name)));
      }
    }
  }

  /** Measures on training samples what noise in the products costs a network. */
  private void accuracy(Recipe recipe) throws IOException, DataException, FormatException {
    DataSet all =
        recipe.isFashion()
            ? FashionFiles.training(images)
            : TemporalOrder.generate(ACCURACY_SAMPLES, ACCURACY_SEED);
    List<float[]> items = new ArrayList<>();
    int stride = all.size() / ACCURACY_SAMPLES;
    for (int i = 0; i < ACCURACY_SAMPLES; i++) {
      float[] item = new float[all.valuesPerSample()];
      all.copy(i * stride, item, 0);
      items.add(item);
    }
    AccuracyModel model =
        NoiseSensitivity.measure(
            SplitNetwork.of(Files.readAllBytes(file(recipe)), Map.of()),
            items,
            Decisions.CLASS,
            Optional.of(i -> all.label(i * stride)),
            ACCURACY_SEED,
            1);
    Files.writeString(
        folder("onnx/trained").resolve(recipe.word() + ".accuracy"), AccuracyText.print(model));
    System.out.println(recipe.word() + " " + model.weights());
  }

  private Path folder(String name) {
    return resources.resolve("dev/kirchhoff/mapper").resolve(name);
  }

  private Path file(Recipe recipe) {
    return folder("onnx/trained").resolve(recipe.word() + ".onnx");
  }

  private void network(Recipe recipe) throws IOException, DataException {
    long start = System.nanoTime();
    DataSet training =
        recipe.isFashion() ? FashionFiles.training(images) : Recipe.trainingSequences();
    Classifier classifier = recipe.classifier();
    if (recipe.start().isPresent()) {
      OnnxGraph.load(model(recipe.start().get()), classifier);
    }
    new Trainer(classifier, training, recipe.settings())
        .train(
            line ->
                System.out.printf(
                    Locale.ROOT,
                    "%s %s, %.0f s%n",
                    recipe.word(),
                    line,
                    1e-9 * (System.nanoTime() - start)));
    write(recipe, classifier);
  }

  private ModelProto model(Recipe recipe) throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(file(recipe)));
  }

  private Classifier trained(Recipe recipe) throws IOException {
    Classifier classifier = recipe.classifier();
    OnnxGraph.load(model(recipe), classifier);
    return classifier;
  }

  private void write(Recipe recipe, Classifier classifier) throws IOException, DataException {
    Map<String, String> metadata = metadata(recipe, classifier);
    System.out.println(recipe.word() + " " + metadata);
    Files.createDirectories(file(recipe).getParent());
    Files.write(
        file(recipe),
        OnnxGraph.model(recipe.word(), classifier, recipe.shippedTest().shape(), metadata)
            .toByteArray());
  }

  private DataSet test(Recipe recipe) throws IOException, DataException {
    return recipe.isFashion()
        ? FashionFiles.test(images)
        : TemporalOrder.generate(TEST_SEQUENCES, TEST_SEED);
  }

  /** Metadata of the network in its file. */
  private Map<String, String> metadata(Recipe recipe, Classifier classifier)
      throws IOException, DataException {
    DataSet test = test(recipe);
    DataSet shipped = recipe.shippedTest();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("title", recipe.title());
    metadata.put("data", test.name());
    metadata.put("classes", Integer.toString(test.classes()));
    metadata.put("input", recipe.isFashion() ? "pixels / 255" : "symbols, one-hot");
    metadata.put("testSamples", Integer.toString(test.size()));
    metadata.put("testRight", Integer.toString(classifier.right(test)));
    metadata.put("shippedSamples", Integer.toString(shipped.size()));
    metadata.put("shippedRight", Integer.toString(classifier.right(shipped)));
    metadata.put("training", recipe.settings().toString());
    metadata.put("seed", Long.toString(recipe.settings().seed()));
    metadata.put("startedFrom", recipe.start().map(Recipe::word).orElse("random weights"));
    metadata.put(
        "source",
        recipe.isFashion()
            ? "trained on Fashion-MNIST, arXiv:1708.07747"
            : "trained on sequences after Hochreiter and Schmidhuber 1997, experiment 6b");
    classifier
        .statistics(recipe.shippedCalibration())
        .forEach((value, statistics) -> metadata.put("values/" + value, text(statistics)));
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
