package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.FormulaParser;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reader of constraints: comparisons of formulas over metrics, knobs and {@code let}. */
final class ConstraintParser {
  private final SpecTree tree;
  private final Problems problems;
  private final MetricNames names;

  ConstraintParser(SpecTree tree, Problems problems, MetricNames names) {
    this.tree = tree;
    this.problems = problems;
    this.names = names;
  }

  /** The constraints of the spec. */
  List<Condition> ofSpec() {
    List<Condition> conditions = new ArrayList<>();
    if (tree.root().get("constraints") instanceof Value.Items items) {
      for (int i = 0; i < items.items().size(); i++) {
        if (items.items().get(i) instanceof Value.Word word) {
          condition(word.text(), word.place(), "constraints[" + i + "]").ifPresent(conditions::add);
        }
      }
    }
    return conditions;
  }

  /** Further constraints, of the command line. */
  List<Condition> ofLimits(List<String> limits) {
    return limits.stream()
        .flatMap(text -> condition(text, Place.ofFile("--limit " + text), "").stream())
        .toList();
  }

  /** One constraint, which nothing but its text names. */
  Optional<Condition> condition(String text) {
    return condition(text, new Place(text, 0, 0), "");
  }

  private Optional<Condition> condition(String text, Place place, String path) {
    int position = PlainLimit.comparison(text);
    if (position < 0) {
      problems.add(
          place, path, "is '" + text + "', must compare with <= or >=, for example area <= 50 mm2");
      return Optional.empty();
    }
    int rightAt = position + 2;
    while (rightAt < text.length() && text.charAt(rightAt) == ' ') {
      rightAt++;
    }
    Formula left;
    Formula right;
    try {
      left = FormulaParser.parse(text.substring(0, position), MetricNames.WORDS);
    } catch (Formula.FormulaException e) {
      problems.add(place.plus(e.offset()), path, "the left side " + e.getMessage());
      return Optional.empty();
    }
    try {
      right = FormulaParser.parse(text.substring(rightAt), MetricNames.WORDS);
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
              + text.substring(position, position + 2)
              + " "
              + example(a));
      return Optional.empty();
    }
    if (isMisdirected(left, text.startsWith(">=", position), right, place, path)) {
      return Optional.empty();
    }
    boolean onKnobs =
        left.names().stream().noneMatch(n -> Metric.ofWord(n.name()).isPresent())
            && right.names().stream().noneMatch(n -> Metric.ofWord(n.name()).isPresent());
    return Optional.of(
        new Condition(
            text.trim(),
            left,
            text.startsWith("<=", position),
            right,
            a,
            onKnobs,
            ownNames(left, right),
            names.areOwn(subscripts(left, right))));
  }

  /** A limit on the quality of a kernel bounds it on the side where it is worse. */
  private boolean isMisdirected(
      Formula left, boolean isAtLeast, Formula right, Place place, String path) {
    Optional<Formula.Name> name = left.singleReference();
    Optional<Metric> metric = name.map(Formula.Name::name).flatMap(Metric::ofWord);
    if (metric.isEmpty()) {
      return false;
    }
    String remedy = left.text() + (isAtLeast ? " <= " : " >= ") + right.text();
    Optional<String> problem =
        names.qualities().problem(metric.get(), name.get().subscript(), isAtLeast, remedy);
    problem.ifPresent(message -> problems.add(place, path, message));
    return problem.isPresent();
  }

  private static List<String> subscripts(Formula left, Formula right) {
    return Stream.of(left, right)
        .flatMap(side -> side.names().stream())
        .map(Formula.Name::subscript)
        .filter(network -> !network.isEmpty())
        .toList();
  }

  /** Networks that a constraint names, by their own names. */
  private Map<String, String> ownNames(Formula left, Formula right) {
    Map<String, String> subscripts = new LinkedHashMap<>();
    for (Formula side : List.of(left, right)) {
      for (Formula.Name name : side.names()) {
        if (!name.subscript().isEmpty()) {
          names.inWorkload().stream()
              .filter(word -> MetricNames.isCalled(word, name.subscript()))
              .findFirst()
              .ifPresent(word -> subscripts.put(name.subscript(), names.ownName(word)));
        }
      }
    }
    return subscripts;
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
      case LENGTH,
          CURRENT,
          RESISTANCE,
          CONDUCTANCE,
          CAPACITANCE,
          CHARGE,
          INFORMATION,
          BANDWIDTH,
          TEMPERATURE,
          FEATURE_AREA ->
          "1 " + dimension.units().get(0).text();
    };
  }

  private Optional<Dimension> dimension(Formula formula, Place place, String path) {
    try {
      return Optional.of(formula.dimension(name -> dimensionOfName(name).exponents()));
    } catch (Formula.FormulaException e) {
      problems.add(place.plus(e.offset()), path, e.getMessage());
      return Optional.empty();
    }
  }

  private Dimension dimensionOfName(Formula.Name name) throws Formula.FormulaException {
    Optional<Metric> metric = Metric.ofWord(name.name());
    if (metric.isPresent()) {
      checkSubscript(name, metric.get());
      Optional<String> lack = names.lack(metric.get(), name.subscript());
      if (lack.isPresent()) {
        throw new Formula.FormulaException(lack.get(), name.offset());
      }
      return metric.get().dimension();
    }
    Optional<Dimension> dimension = tree.dimensionAt(name.name());
    if (dimension.isEmpty()) {
      throw new Formula.FormulaException(
          MetricNames.unknown(name.name())
              .replace("is no metric", "is no metric, path or let name"),
          name.offset());
    }
    return dimension.get();
  }

  /** {@code latency[resnet18]}: one of the workload's networks, a figure that networks have. */
  private void checkSubscript(Formula.Name name, Metric metric) throws Formula.FormulaException {
    if (name.subscript().isEmpty()) {
      return;
    }
    List<String> inWorkload = names.inWorkload();
    if (inWorkload.stream().noneMatch(word -> MetricNames.isCalled(word, name.subscript()))) {
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
}
