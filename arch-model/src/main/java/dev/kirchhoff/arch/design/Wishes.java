package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Over;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.workload.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads objectives, constraints and column names. */
final class Wishes {
  private static final List<String> METRIC_WORDS =
      Arrays.stream(Metric.values()).map(Metric::word).toList();

  private static final String NO_ACCURACY =
      "accuracyLoss needs a network whose loss by noise was measured (for an .onnx of yours: simulate"
          + " --fit NAME.accuracy); without, snr stands in for it: snr >= 18 dB";

  private final SpecTree tree;
  private final Problems problems;
  private final Function<String, Optional<Network>> networks;

  /**
   * Reads the wishes of a spec.
   *
   * @param networks networks by the names that the spec gives them
   */
  Wishes(SpecTree tree, Problems problems, Function<String, Optional<Network>> networks) {
    this.tree = tree;
    this.problems = problems;
    this.networks = networks;
  }

  List<Objective> objectives() {
    List<Objective> objectives = new ArrayList<>();
    if (tree.root().get("objectives") instanceof Value.Section section) {
      Over over = over();
      add(section, "maximise", over, objectives);
      add(section, "minimise", over, objectives);
    }
    return objectives;
  }

  /** The end of the band that designs are judged by. */
  BandEnd band() {
    if (tree.root().get("objectives") instanceof Value.Section section) {
      Value value = section.get("band");
      if (value instanceof Value.Word word) {
        return BandEnd.ofWord(word.text()).orElse(BandEnd.NOMINAL);
      }
      if (value instanceof Value.Choice choice) {
        problems.add(
            choice.place(),
            "objectives.band",
            "is a choice, must be one of nominal, low, high: designs that are judged differently"
                + " have no common front");
      }
    }
    return BandEnd.NOMINAL;
  }

  /** Aggregation of a metric over several networks. */
  private Over over() {
    if (tree.root().get("objectives") instanceof Value.Section section) {
      Value value = section.get("over");
      if (value instanceof Value.Word word) {
        return Over.ofWord(word.text()).orElse(Over.WEIGHTED);
      }
      if (value instanceof Value.Choice choice) {
        problems.add(
            choice.place(),
            "objectives.over",
            "is a choice, must be one of weighted, worst, mean: designs that are judged differently"
                + " have no common front");
      }
    }
    return Over.WEIGHTED;
  }

  private void add(Value.Section section, String key, Over over, List<Objective> objectives) {
    if (!(section.get(key) instanceof Value.Items items)) {
      return;
    }
    for (Value item : items.items()) {
      if (!(item instanceof Value.Word word)) {
        continue;
      }
      Optional<Metric> metric = metric(word, "objectives." + key);
      if (metric.isPresent()) {
        if (objectives.stream().anyMatch(o -> o.metric() == metric.get())) {
          problems.add(word.place(), "objectives." + key, word.text() + " is given twice");
        } else {
          objectives.add(new Objective(metric.get(), key.equals("maximise"), over));
        }
      }
    }
    if (objectives.size() > 4) {
      problems.add(section.place(), "objectives", "are " + objectives.size() + ", at most 4");
    }
  }

  /** The metric that a word names; a problem if there is none. */
  Optional<Metric> metric(Value.Word word, String path) {
    Optional<Metric> metric = Metric.ofWord(word.text());
    if (metric.isEmpty()) {
      problems.add(word.place(), path, unknown(word.text()));
    } else if (isAccuracy(metric.get()) && !hasAccuracy()) {
      problems.add(word.place(), path, NO_ACCURACY);
      return Optional.empty();
    }
    return metric;
  }

  private String unknown(String name) {
    return "'"
        + name
        + "' is no metric"
        + NearNames.nearest(name, METRIC_WORDS).map(n -> "; did you mean " + n + "?").orElse("")
        + " all: ./kirchhoff catalog metrics";
  }

  /** The spec's constraints, then those of the command line. */
  List<Condition> conditions(List<String> further) {
    List<Condition> conditions = new ArrayList<>();
    if (tree.root().get("constraints") instanceof Value.Items items) {
      for (int i = 0; i < items.items().size(); i++) {
        if (items.items().get(i) instanceof Value.Word word) {
          condition(word.text(), word.place(), "constraints[" + i + "]").ifPresent(conditions::add);
        }
      }
    }
    for (String text : further) {
      condition(text, new Place("--limit " + text, 0, 0), "").ifPresent(conditions::add);
    }
    return conditions;
  }

  private Optional<Condition> condition(String text, Place place, String path) {
    int at = Math.max(text.indexOf("<="), text.indexOf(">="));
    if (at < 0) {
      problems.add(
          place, path, "is '" + text + "', must compare with <= or >=, for example area <= 50 mm2");
      return Optional.empty();
    }
    int rightAt = at + 2;
    while (rightAt < text.length() && text.charAt(rightAt) == ' ') {
      rightAt++;
    }
    Formula left;
    Formula right;
    try {
      left = Formula.parse(text.substring(0, at), METRIC_WORDS);
    } catch (Formula.FormulaException e) {
      problems.add(place.plus(e.offset()), path, "the left side " + e.getMessage());
      return Optional.empty();
    }
    try {
      right = Formula.parse(text.substring(rightAt), METRIC_WORDS);
    } catch (Formula.FormulaException e) {
      problems.add(place.plus(rightAt + e.offset()), path, "the right side " + e.getMessage());
      return Optional.empty();
    }
    Optional<Dimension> leftDimension = dimension(left, place, path);
    Optional<Dimension> rightDimension = dimension(right, place.plus(rightAt), path);
    if (leftDimension.isEmpty() || rightDimension.isEmpty()) {
      return Optional.empty();
    }
    Dimension a = leftDimension.get();
    Dimension b = rightDimension.get();
    if (!sameKind(a, b)) {
      problems.add(
          place.plus(rightAt),
          path,
          left.text()
              + " cannot be compared with "
              + b.article()
              + "; write for example "
              + left.text()
              + " "
              + text.substring(at, at + 2)
              + " "
              + example(a));
      return Optional.empty();
    }
    boolean onKnobs =
        left.names().stream().noneMatch(n -> Metric.ofWord(n.name()).isPresent())
            && right.names().stream().noneMatch(n -> Metric.ofWord(n.name()).isPresent());
    return Optional.of(
        new Condition(
            text.trim(),
            left,
            text.startsWith("<=", at),
            right,
            a,
            onKnobs,
            ownNames(left, right)));
  }

  /** Networks that a constraint names, by their own names. */
  private Map<String, String> ownNames(Formula left, Formula right) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Formula side : List.of(left, right)) {
      for (Formula.Name name : side.names()) {
        if (!name.subscript().isEmpty()) {
          List<String> inWorkload = new ArrayList<>();
          networkNames(tree.root().get("workload"), inWorkload);
          inWorkload.stream()
              .filter(word -> isCalled(word, name.subscript()))
              .findFirst()
              .ifPresent(
                  word ->
                      names.put(
                          name.subscript(), networks.apply(word).map(Network::name).orElse(word)));
        }
      }
    }
    return names;
  }

  /**
   * True if a word names a network: by the name in the workload, or by that without folder and
   * ending.
   */
  private static boolean isCalled(String word, String name) {
    return word.equals(name) || DesignBinder.layerPrefix(word).equals(name + "/");
  }

  private static boolean sameKind(Dimension a, Dimension b) {
    return a.article().equals(b.article())
        || (isNumber(a) && isNumber(b))
        || (isRate(a) && isRate(b));
  }

  private static boolean isNumber(Dimension d) {
    return d == Dimension.NUMBER || d == Dimension.RATIO;
  }

  private static boolean isRate(Dimension d) {
    return d == Dimension.RATE || d == Dimension.FREQUENCY;
  }

  private static String example(Dimension dimension) {
    return switch (dimension) {
      case AREA -> "50 mm2";
      case TIME -> "5 ms";
      case ENERGY -> "100 uJ";
      case POWER -> "2 W";
      case LEVEL -> "18 dB";
      case RATE, FREQUENCY -> "1000 1/s";
      case VOLTAGE -> "0.2 V";
      case RATIO -> "5 %";
      case NUMBER -> "5";
      default -> "1 " + dimension.units().get(0).text();
    };
  }

  private Optional<Dimension> dimension(Formula formula, Place place, String path) {
    try {
      return Optional.of(formula.dimension(this::dimensionOfName));
    } catch (Formula.FormulaException e) {
      problems.add(place.plus(e.offset()), path, e.getMessage());
      return Optional.empty();
    }
  }

  private Dimension dimensionOfName(Formula.Name name) throws Formula.FormulaException {
    Optional<Metric> metric = Metric.ofWord(name.name());
    if (metric.isPresent()) {
      if (isAccuracy(metric.get()) && !hasAccuracy()) {
        throw new Formula.FormulaException(NO_ACCURACY, name.offset());
      }
      checkSubscript(name, metric.get());
      return MetricScale.dimension(metric.get());
    }
    Optional<Dimension> dimension = tree.dimensionAt(name.name());
    if (dimension.isEmpty()) {
      throw new Formula.FormulaException(
          unknown(name.name()).replace("is no metric", "is no metric, path or let name"),
          name.offset());
    }
    return dimension.get();
  }

  private static boolean isAccuracy(Metric metric) {
    return metric == Metric.ACCURACY_LOSS || metric == Metric.ACCURACY_LOSS_HIGH;
  }

  /** True if some network has a model of the accuracy lost to noise. */
  boolean hasAccuracy() {
    List<String> inWorkload = new ArrayList<>();
    networkNames(tree.root().get("workload"), inWorkload);
    return inWorkload.stream()
        .anyMatch(word -> networks.apply(word).flatMap(Network::accuracy).isPresent());
  }

  /** {@code latency[resnet18]}: one of the workload's networks, a figure that networks have. */
  private void checkSubscript(Formula.Name name, Metric metric) throws Formula.FormulaException {
    if (name.subscript().isEmpty()) {
      return;
    }
    List<String> inWorkload = new ArrayList<>();
    networkNames(tree.root().get("workload"), inWorkload);
    if (inWorkload.stream().noneMatch(word -> isCalled(word, name.subscript()))) {
      throw new Formula.FormulaException(
          "no network '"
              + name.subscript()
              + "' in the workload"
              + NearNames.hint(name.subscript(), inWorkload),
          name.offset());
    }
    if (!metric.isOfNetwork()) {
      throw new Formula.FormulaException(
          metric.word()
              + " is the chip's, not a network's; write "
              + metric.word()
              + " without ["
              + name.subscript()
              + "]",
          name.offset());
    }
  }

  private static void networkNames(Value value, List<String> into) {
    if (value instanceof Value.Word word) {
      into.add(word.text());
    } else if (value instanceof Value.Section section
        && section.fields().get(0) instanceof Value.Word word) {
      into.add(word.text());
    } else if (value instanceof Value.Items items) {
      items.items().forEach(item -> networkNames(item, into));
    } else if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> networkNames(item, into));
    }
  }

  /** Prints a value of a metric. */
  static String print(Metric metric, double value) {
    if (MetricScale.dimension(metric) == Dimension.NUMBER) {
      return Units.significant(value) + (metric.unit().isEmpty() ? "" : " " + metric.unit());
    }
    double coherent =
        value
            * (MetricScale.dimension(metric) == Dimension.RATIO
                ? 1
                : 1 / MetricScale.inUnit(metric, 1));
    return Units.print(coherent, MetricScale.dimension(metric));
  }
}
