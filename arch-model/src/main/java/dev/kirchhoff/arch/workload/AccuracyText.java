package dev.kirchhoff.arch.workload;

import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.LossCurve.Point;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The accuracy model of a trained network as text, a line each: {@code model}, the SHA-256 of its
 * file, {@code #} remark, {@code origin}, {@code reference} accuracy, {@code weight} layer, κ of
 * quantisation, clipping, readouts, cells, wires, {@code structure} layer, ranges of inputs and
 * weights, products of all inputs, of blocks, {@code sums} layer, inputs alone of all, of blocks,
 * {@code tails} layer, fourth moments of products of all, of blocks, {@code drives} layer, squares
 * of inputs by the size of weights, {@code inputs} layer, share of zeros, mean magnitude, root mean
 * square and share below zero of inputs over the largest, {@code point} dB loss of accuracy low
 * high, {@code differ} dB share of decisions that differ low high.
 */
public final class AccuracyText {
  private static final String FORMS =
      "origin TEXT, reference ACCURACY, weight LAYER and 5 numbers, structure LAYER and 3 or more"
          + " numbers, sums, tails or drives LAYER and 1 or more numbers, inputs LAYER and 4 numbers, or point or differ and 4"
          + " numbers";

  private static final String MEASURED_ON = "model ";

  private AccuracyText() {}

  /** A model as text, with the digest of the file of the network that it was measured on. */
  public static String print(AccuracyModel model, byte[] network) {
    return MEASURED_ON + digest(network) + '\n' + print(model);
  }

  /** True unless a text says that it was measured on another file than this. */
  public static boolean isOf(String text, byte[] network) {
    return !text.startsWith(MEASURED_ON)
        || text.lines().findFirst().equals(Optional.of(MEASURED_ON + digest(network)));
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A model as text. */
  public static String print(AccuracyModel model) {
    StringBuilder text = new StringBuilder();
    text.append("origin ").append(model.origin()).append('\n');
    if (model.accuracy().isKnown()) {
      text.append(String.format(Locale.ROOT, "reference %.6f%n", model.reference()));
    }
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
    for (Weight weight : model.weights()) {
      weight
          .inputs()
          .ifPresent(
              inputs ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "inputs %s %.6f %.6f %.6f %.6f%n",
                          weight.layer(),
                          inputs.zeroShare(),
                          inputs.meanAbs(),
                          inputs.rms(),
                          inputs.negativeShare())));
    }
    points("point", model.accuracy(), text);
    points("differ", model.decisions(), text);
    return text.toString().replace("\r\n", "\n");
  }

  private static void points(String word, LossCurve curve, StringBuilder text) {
    for (Point point : curve.points()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %.3f %.6f %.6f %.6f%n",
              word,
              point.snr_dB(),
              point.loss(),
              point.low(),
              point.high()));
    }
  }

  private static String numbers(Blocks statistics) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, " %.5g", statistics.whole()));
    statistics.blocks().forEach(block -> text.append(String.format(Locale.ROOT, " %.5g", block)));
    return text.toString();
  }

  /**
   * A model from text.
   *
   * @throws IllegalArgumentException if a line is none of the above, none is the reference of
   *     accuracies, or none a point of a curve; the message says which
   */
  public static AccuracyModel read(String text) {
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
    boolean isOfAgreementAlone = found.points.isEmpty() && !found.differ.isEmpty();
    if (found.reference.isEmpty() && !isOfAgreementAlone) {
      throw new IllegalArgumentException("has no reference; measure it again");
    }
    if (found.points.isEmpty() && found.differ.isEmpty()) {
      throw new IllegalArgumentException("has no line with point or differ; measure it again");
    }
    return new AccuracyModel(
        found.reference.orElse(0),
        found.weights,
        new LossCurve(found.points),
        new LossCurve(found.differ),
        found.origin);
  }

  /** Contents of the lines read so far. */
  private static final class Lines {
    private String origin = "";
    private OptionalDouble reference = OptionalDouble.empty();
    private final List<Weight> weights = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final List<Point> differ = new ArrayList<>();

    void add(String line) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "model", "#" -> {
          // The digest was compared before; a remark says where numbers are from.
        }
        case "origin" -> origin = line.substring("origin ".length());
        case "reference" -> reference = OptionalDouble.of(Double.parseDouble(words[1]));
        case "weight" -> weights.add(weight(words));
        case "structure", "sums", "tails", "drives" ->
            weights.replaceAll(w -> w.layer().equals(words[1]) ? structured(w, words) : w);
        case "inputs" -> weights.replaceAll(w -> w.layer().equals(words[1]) ? driven(w, words) : w);
        case "point" -> points.add(point(words));
        case "differ" -> differ.add(point(words));
        default -> throw new IllegalArgumentException("The line must begin with a known word.");
      }
    }
  }

  private static Point point(String[] words) {
    return new Point(
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]));
  }

  private static Weight weight(String[] words) {
    double[] kappa = Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray();
    return new Weight(words[1], kappa[0], kappa[1], kappa[2], kappa[3], kappa[4], Structure.NONE);
  }

  private static Weight driven(Weight weight, String[] words) {
    double[] share = Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray();
    return weight.with(new ValueStatistics(share[0], share[1], share[2], share[3]));
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
    return weight.with(new Structure(products, sums, tails, drives, inputRange, weightRange));
  }

  private static Blocks blocks(String[] words, int from) {
    List<Double> values = Arrays.stream(words).skip(from).map(Double::valueOf).toList();
    return new Blocks(values.get(0), values.subList(1, values.size()));
  }
}
