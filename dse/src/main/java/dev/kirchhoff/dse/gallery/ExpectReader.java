package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reader of the rows of {@code expect}; all mistakes of all rows are recorded. */
final class ExpectReader {
  /** Deviation that is allowed where a value states none, of ratios and of shares (assumed). */
  private static final double TOLERANCE = 0.1;

  private static final Expectation.Bounds STANDARD = new Expectation.Bounds(TOLERANCE, TOLERANCE);
  private static final List<String> WORDS =
      List.of("id", "of", "when", "within", "role", "differsIn", "areaScope", "note", "source");

  private static final Pattern MULTIPLE = Pattern.compile("([0-9.]+) ?x");

  private final Problems problems;
  private final Set<String> ids = new HashSet<>();

  private ExpectReader(Problems problems) {
    this.problems = problems;
  }

  /** The rows of a spec, as its tree was written; empty if it expects nothing. */
  static List<Expectation> read(Node.Mapping spec, Problems problems) {
    List<Expectation> rows = new ArrayList<>();
    if (spec.get("expect").orElse(null) instanceof Node.Sequence items) {
      ExpectReader reader = new ExpectReader(problems);
      for (int i = 0; i < items.items().size(); i++) {
        String path = "expect[" + i + "]";
        if (items.items().get(i) instanceof Node.Mapping row) {
          rows.add(reader.row(row, path, Integer.toString(i + 1)));
        } else {
          problems.add(items.items().get(i).place(), path, "must be a mapping of published values");
        }
      }
    }
    return rows;
  }

  private Expectation row(Node.Mapping row, String path, String number) {
    String id = text(row, "id").orElse(number);
    if (!ids.add(id)) {
      problems.add(row.place(), path + ".id", "is '" + id + "', which another row has already");
    }
    List<Expectation.Value> values = new ArrayList<>();
    List<Node.Entry> figures =
        row.entries().stream().filter(entry -> !WORDS.contains(entry.key())).toList();
    List<Omission> omissions = new ArrayList<>();
    for (Node.Entry entry : figures) {
      if (entry.value() instanceof Node.Scalar scalar && scalar.text().equals("none")) {
        omission(row, entry, path, omissions);
      } else {
        values(entry, path + "." + entry.key(), values);
      }
    }
    if (figures.isEmpty()) {
      problems.add(row.place(), path, "has no published value; for example area: 1.2 mm2");
    }
    List<Node.Entry> when = List.of();
    if (row.has("when")) {
      if (row.get("when").orElseThrow() instanceof Node.Mapping settings) {
        when = settings.entries();
      } else {
        problems.add(
            row.get("when").orElseThrow().place(),
            path + ".when",
            "must be a mapping of paths to values, {pe.readout.bits: 6}");
      }
    }
    Role role =
        oneOf(row, "role", path, Arrays.asList(Role.values()), Role::word).orElse(Role.PREDICTED);
    Expectation.Remarks remarks =
        new Expectation.Remarks(
            differsIn(row, path, role),
            areaScope(row, path, figures),
            text(row, "note").orElse(""));
    return new Expectation(
        id,
        new Expectation.Of(
            text(row, "of").orElse("chip"),
            row.get("of").map(Node::place).orElse(row.place()),
            path + ".of"),
        when,
        values,
        omissions,
        within(row, path, values),
        role,
        remarks,
        row.place());
  }

  /** {@code area: none}: a published figure that is not compared, for the reason in the note. */
  private void omission(Node.Mapping row, Node.Entry entry, String path, List<Omission> into) {
    if (figure(entry.key()).isEmpty()) {
      unknown(entry, path + "." + entry.key());
      return;
    }
    Optional<String> note = text(row, "note");
    if (note.isEmpty()) {
      problems.add(
          entry.value().place(),
          path + "." + entry.key(),
          "is none without a reason; say in note why it is not compared");
    }
    into.add(new Omission(entry.key(), note.orElse("")));
  }

  private Optional<AreaScope> areaScope(Node.Mapping row, String path, List<Node.Entry> figures) {
    if (row.has("areaScope") && figures.stream().noneMatch(ExpectReader::isOfArea)) {
      problems.add(
          row.get("areaScope").orElseThrow().place(),
          path + ".areaScope",
          "says what an area includes, but the row has none (area, TOPS/mm2, areaShares)");
    }
    return oneOf(row, "areaScope", path, Arrays.asList(AreaScope.values()), AreaScope::word);
  }

  private static boolean isOfArea(Node.Entry figure) {
    return figure.key().equals(Metric.AREA.word())
        || figure.key().equals(Figure.Tree.AREA.word())
        || figure.key().endsWith("/mm2");
  }

  private Set<Difference> differsIn(Node.Mapping row, String path, Role role) {
    Set<Difference> found = EnumSet.noneOf(Difference.class);
    if (!row.has("differsIn")) {
      if (role == Role.PREDICTED) {
        found.add(Difference.CHIP);
      }
      return found;
    }
    Node node = row.get("differsIn").orElseThrow();
    List<Node> words = node instanceof Node.Sequence list ? list.items() : List.of(node);
    for (Node word : words) {
      choose(word, path + ".differsIn", Arrays.asList(Difference.values()), Difference::word)
          .ifPresent(found::add);
    }
    return found;
  }

  private <T> Optional<T> oneOf(
      Node.Mapping row, String key, String path, List<T> values, Function<T, String> word) {
    return row.get(key).flatMap(node -> choose(node, path + "." + key, values, word));
  }

  private <T> Optional<T> choose(Node node, String path, List<T> values, Function<T, String> word) {
    for (T value : values) {
      if (word.apply(value).equals(node.toString())) {
        return Optional.of(value);
      }
    }
    List<String> words = values.stream().map(word).toList();
    problems.add(
        node.place(),
        path,
        "is '"
            + shown(node)
            + "', must be one of "
            + String.join(", ", words)
            + NearNames.nearest(shown(node), words)
                .map(near -> "; did you mean " + near + "?")
                .orElse(""));
    return Optional.empty();
  }

  private static String shown(Node node) {
    return node instanceof Node.Scalar scalar ? scalar.text() : "a mapping or list";
  }

  /** One value for both, or one each of shares and of the rest. */
  private Expectation.Bounds within(Node.Mapping row, String path, List<Expectation.Value> values) {
    if (!row.has("within")) {
      return STANDARD;
    }
    Node node = row.get("within").orElseThrow();
    List<Node> bounds = node instanceof Node.Sequence list ? list.items() : List.of(node);
    OptionalDouble relative = OptionalDouble.empty();
    OptionalDouble points = OptionalDouble.empty();
    for (Node bound : bounds) {
      String text = shown(bound);
      Matcher multiple = MULTIPLE.matcher(text);
      boolean isPoints = text.matches(".* points?");
      String ratio = isPoints ? text.replaceAll(" points?$", " %") : text;
      try {
        double value =
            multiple.matches()
                ? Units.quantity(multiple.group(1), Dimension.RATIO) - 1
                : Units.quantity(ratio, Dimension.RATIO);
        if (value < 0) {
          problems.add(
              bound.place(),
              path + ".within",
              "is '"
                  + text
                  + "', must be "
                  + (multiple.matches()
                      ? "1x at least; 2x is a factor of 2 either way"
                      : "0 % at least"));
        } else if (value > 1 && !multiple.matches() && !ratio.contains("%")) {
          problems.add(
              bound.place(),
              path + ".within",
              String.format(
                  Locale.ROOT, "is '%s', which is %.0f %%; write %s %%", text, 100 * value, text));
        } else if (isPoints) {
          points = OptionalDouble.of(value);
        } else {
          relative = OptionalDouble.of(value);
        }
      } catch (Units.UnitException e) {
        problems.add(
            bound.place(),
            path + ".within",
            "is '" + text + "'; write 10 %, 2x or 10 points, or a list of a ratio and points");
      }
    }
    if (relative.isEmpty() && points.isPresent()) {
      values.stream()
          .filter(value -> !value.figure().isShare())
          .findFirst()
          .ifPresent(value -> pointsOfNoShare(node, path, value));
    }
    return new Expectation.Bounds(
        relative.orElse(points.orElse(TOLERANCE)), points.orElse(relative.orElse(TOLERANCE)));
  }

  private void pointsOfNoShare(Node within, String path, Expectation.Value value) {
    problems.add(
        within.place(),
        path + ".within",
        "is in points, which are of shares; " + value.name() + " needs a ratio, 10 % or 2x");
  }

  private void values(Node.Entry entry, String path, List<Expectation.Value> into) {
    for (Figure.Tree tree : Figure.Tree.values()) {
      if (tree.word().equals(entry.key())) {
        shares(tree, entry, path, into);
        return;
      }
    }
    Optional<Figure> figure = figure(entry.key());
    if (figure.isEmpty()) {
      unknown(entry, path);
      return;
    }
    published(entry, figure.get(), entry.key(), path, into);
  }

  private void unknown(Node.Entry entry, String path) {
    List<String> known =
        Stream.of(
                Arrays.stream(Metric.values()).map(Metric::word),
                Arrays.stream(Figure.Peak.values()).map(Figure.Peak::word),
                Arrays.stream(Figure.Tree.values()).map(Figure.Tree::word),
                WORDS.stream())
            .flatMap(Function.identity())
            .toList();
    problems.add(
        entry.keyPlace(),
        path,
        "is no metric"
            + NearNames.nearest(entry.key(), known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; all: ./kirchhoff catalog metrics"));
  }

  private static Optional<Figure> figure(String word) {
    for (Figure.Peak peak : Figure.Peak.values()) {
      if (peak.word().equals(word)) {
        return Optional.of(new Figure.OfPeak(peak));
      }
    }
    return Metric.ofWord(word).map(Figure.OfMetric::new);
  }

  private void shares(
      Figure.Tree tree, Node.Entry entry, String path, List<Expectation.Value> into) {
    if (!(entry.value() instanceof Node.Mapping shares)) {
      problems.add(
          entry.value().place(), path, "must be a mapping of parts to shares, {readout: 28 %}");
      return;
    }
    for (Node.Entry share : shares.entries()) {
      List<String> parts = List.of(share.key().trim().split("\\s*\\+\\s*"));
      published(
          share,
          new Figure.Share(tree, parts),
          entry.key() + "." + share.key(),
          path + "." + share.key(),
          into);
    }
  }

  private void published(
      Node.Entry entry, Figure figure, String name, String path, List<Expectation.Value> into) {
    if (!(entry.value() instanceof Node.Scalar scalar)) {
      problems.add(entry.value().place(), path, "must be one value");
      return;
    }
    try {
      double value = Units.quantity(scalar.text(), figure.dimension());
      if (!(value > 0) && !figure.isShare() && figure.dimension() != Dimension.LEVEL) {
        problems.add(
            scalar.place(),
            path,
            String.format(Locale.ROOT, "is %s, must be above 0", scalar.text()));
        return;
      }
      if (figure.isShare() && value > 1) {
        problems.add(
            scalar.place(), path, "is " + scalar.text() + ", must be at most 1, which is 100 %");
        return;
      }
      into.add(new Expectation.Value(name, figure, value, scalar.place(), path));
    } catch (Units.UnitException e) {
      problems.add(scalar.place(), path, e.getMessage());
    }
  }

  private static Optional<String> text(Node.Mapping row, String key) {
    return row.get(key).map(Node::toString);
  }
}
