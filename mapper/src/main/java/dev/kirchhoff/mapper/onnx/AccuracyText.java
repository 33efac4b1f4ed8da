package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Point;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The accuracy model of a trained network as text, a line each: {@code origin}, {@code reference}
 * accuracy, {@code weight} layer, κ of quantisation, clipping, readouts, cells, wires, {@code
 * structure} layer, ranges of inputs and weights, products of all inputs, of blocks, {@code sums}
 * layer, inputs alone of all, of blocks, {@code tails} layer, fourth moments of products of all, of
 * blocks, {@code drives} layer, squares of inputs by the size of weights, {@code point} dB loss low
 * high.
 */
public final class AccuracyText {
  private static final String FORMS =
      "origin TEXT, reference ACCURACY, weight LAYER and 5 numbers, structure LAYER and 3 or more"
          + " numbers, sums, tails or drives LAYER and 1 or more numbers, or point and 4 numbers";

  private AccuracyText() {}

  /** A model as text. */
  public static String print(AccuracyModel model) {
    StringBuilder text = new StringBuilder();
    text.append("origin ").append(model.origin()).append('\n');
    text.append(String.format(Locale.ROOT, "reference %.6f%n", model.reference()));
    for (Weight weight : model.weights()) {
      text.append(
          String.format(
              Locale.ROOT,
              "weight %s %.6g %.6g %.6g %.6g %.6g%n",
              weight.layer(),
              weight.ofQuantisation(),
              weight.ofClipping(),
              weight.ofReadout(),
              weight.ofCells(),
              weight.ofWires()));
    }
    for (Weight weight : model.weights()) {
      Structure structure = weight.structure();
      text.append("structure ").append(weight.layer());
      text.append(
          String.format(
              Locale.ROOT, " %.5g %.5g", structure.inputRange(), structure.weightRange()));
      text.append(numbers(structure.products())).append('\n');
      text.append("sums ").append(weight.layer()).append(numbers(structure.inputs())).append('\n');
      text.append("tails ").append(weight.layer()).append(numbers(structure.tails())).append('\n');
      if (!structure.drives().isEmpty()) {
        text.append("drives ").append(weight.layer());
        structure
            .drives()
            .forEach(drive -> text.append(String.format(Locale.ROOT, " %.5g", drive)));
        text.append('\n');
      }
    }
    for (Point point : model.points()) {
      text.append(
          String.format(
              Locale.ROOT,
              "point %.3f %.6f %.6f %.6f%n",
              point.snr_dB(),
              point.loss(),
              point.low(),
              point.high()));
    }
    return text.toString().replace("\r\n", "\n");
  }

  private static String numbers(Blocks statistics) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, " %.5g", statistics.whole()));
    statistics.blocks().forEach(block -> text.append(String.format(Locale.ROOT, " %.5g", block)));
    return text.toString();
  }

  /**
   * A model from text.
   *
   * @throws IllegalArgumentException if a line is none of the above or none is the reference; the
   *     message says which
   */
  static AccuracyModel read(String text) {
    Lines found = new Lines();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        found.add(line);
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "line " + number + " is '" + line + "', must be " + FORMS, e);
      }
    }
    double reference =
        found.reference.orElseThrow(
            () -> new IllegalArgumentException("has no reference; measure it again"));
    return new AccuracyModel(reference, found.weights, found.points, found.origin);
  }

  /** Contents of the lines read so far. */
  private static final class Lines {
    private String origin = "";
    private OptionalDouble reference = OptionalDouble.empty();
    private final List<Weight> weights = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();

    void add(String line) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "origin" -> origin = line.substring("origin ".length());
        case "reference" -> reference = OptionalDouble.of(Double.parseDouble(words[1]));
        case "weight" -> weights.add(weight(words));
        case "structure", "sums", "tails", "drives" ->
            weights.replaceAll(w -> w.layer().equals(words[1]) ? structured(w, words) : w);
        case "point" ->
            points.add(
                new Point(
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4])));
        default -> throw new IllegalArgumentException("The line must begin with a known word.");
      }
    }
  }

  private static Weight weight(String[] words) {
    double[] kappa = Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray();
    return new Weight(words[1], kappa[0], kappa[1], kappa[2], kappa[3], kappa[4], Structure.NONE);
  }

  private static Weight structured(Weight weight, String[] words) {
    Structure structure = weight.structure();
    Blocks products = structure.products();
    Blocks sums = structure.inputs();
    Blocks tails = structure.tails();
    List<Double> drives = structure.drives();
    double inputRange = structure.inputRange();
    double weightRange = structure.weightRange();
    switch (words[0]) {
      case "sums" -> sums = blocks(words, 2);
      case "tails" -> tails = blocks(words, 2);
      case "drives" -> drives = Arrays.stream(words).skip(2).map(Double::valueOf).toList();
      default -> {
        products = blocks(words, 4);
        inputRange = Double.parseDouble(words[2]);
        weightRange = Double.parseDouble(words[3]);
      }
    }
    return with(weight, new Structure(products, sums, tails, drives, inputRange, weightRange));
  }

  private static Blocks blocks(String[] words, int from) {
    List<Double> values = Arrays.stream(words).skip(from).map(Double::valueOf).toList();
    return new Blocks(values.get(0), values.subList(1, values.size()));
  }

  private static Weight with(Weight weight, Structure structure) {
    return new Weight(
        weight.layer(),
        weight.ofQuantisation(),
        weight.ofClipping(),
        weight.ofReadout(),
        weight.ofCells(),
        weight.ofWires(),
        structure);
  }
}
