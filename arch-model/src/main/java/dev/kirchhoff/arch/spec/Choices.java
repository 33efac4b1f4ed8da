package dev.kirchhoff.arch.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands choices, {@code any} and {@code from .. to}, into their values and finds where they
 * start.
 */
final class Choices {
  private static final int LIMIT = 10_000;
  private static final Set<String> ANY_KEYS = new TreeSet<>(List.of("any", "per", "start"));
  private static final Set<String> RANGE_KEYS =
      new TreeSet<>(List.of("from", "per", "start", "step", "times", "to"));
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("([^\\s%A-Za-zµμΩ]+(?:[eE][+-]?[0-9]+)?)\\s*(.*)");

  /** Compiles one value of a choice. */
  @FunctionalInterface
  interface ItemCompiler {
    Value compile(Node node, Type type, String path);
  }

  /** A choice's values. */
  record Expanded(List<Value> items, int start, boolean perLayer) {}

  private final Problems problems;
  private final ItemCompiler compiler;
  private final Function<Problems, ItemCompiler> startCompiler;

  /**
   * Choices of a spec.
   *
   * @param compiler compiles one value
   * @param startCompiler compiles a start by itself, without names of let, with problems of its own
   */
  Choices(
      Problems problems, ItemCompiler compiler, Function<Problems, ItemCompiler> startCompiler) {
    this.problems = problems;
    this.compiler = compiler;
    this.startCompiler = startCompiler;
  }

  Expanded expand(Node.Mapping mapping, Type type, String path) {
    boolean isAny = mapping.has("any");
    Set<String> allowed = isAny ? ANY_KEYS : RANGE_KEYS;
    for (Node.Entry entry : mapping.entries()) {
      if (!allowed.contains(entry.key()) && !entry.key().equals(Overlay.INHERITED_START)) {
        problems.add(
            entry.keyPlace(),
            Paths.shown(Paths.join(path, entry.key())),
            "unknown key of a choice" + NearNames.hint(entry.key(), allowed));
      }
    }
    List<Node> nodes = isAny ? anyItems(mapping, path) : range(mapping, type, path);
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Optional<Value> compiled =
          item(nodes.get(i), type, path, i == nodes.size() - 1 && items.isEmpty());
      if (compiled.isEmpty()) {
        continue;
      }
      Value item = compiled.get();
      if (item instanceof Value.Choice) {
        problems.add(
            nodes.get(i).place(),
            Paths.shown(path),
            "a choice within a choice; write all values in one any");
      }
      for (Value earlier : items) {
        if (same(earlier, item)) {
          problems.add(
              nodes.get(i).place(),
              Paths.shown(path),
              "the value " + text(item) + " is given twice");
        }
      }
      items.add(item);
    }
    boolean complete = items.stream().noneMatch(Value.Absent.class::isInstance);
    return new Expanded(
        items, complete ? start(mapping, items, type, path) : 0, perLayer(mapping, type, path));
  }

  /**
   * One value; nothing if it is an alternative that cannot take what the command line set in it.
   */
  private Optional<Value> item(Node node, Type type, String path, boolean isLastHope) {
    if (!(node instanceof Node.Mapping mapping)
        || !(mapping.get(Overlay.TRIED).orElse(null) instanceof Node.Sequence tried)) {
      return Optional.of(compiler.compile(node, type, path));
    }
    int mark = problems.mark();
    Value value = compiler.compile(mapping.without(Overlay.TRIED), type, path);
    List<String> options = tried.items().stream().map(n -> n.place().file()).toList();
    boolean cannot = !isLastHope && problems.takeBackIfAllOf(options, mark);
    return cannot ? Optional.empty() : Optional.of(value);
  }

  private List<Node> anyItems(Node.Mapping mapping, String path) {
    Node any = mapping.get("any").orElseThrow();
    if (!(any instanceof Node.Sequence sequence) || sequence.items().isEmpty()) {
      problems.add(any.place(), Paths.shown(path), "any must be a list of at least one value");
      return List.of();
    }
    if (sequence.items().size() > LIMIT) {
      problems.add(any.place(), Paths.shown(path), "has more than " + LIMIT + " values");
      return List.of();
    }
    return sequence.items();
  }

  private boolean perLayer(Node.Mapping mapping, Type type, String path) {
    Optional<Node> per = mapping.get("per");
    if (per.isEmpty()) {
      return false;
    }
    if (!(per.get() instanceof Node.Scalar word && word.text().equals("layer"))) {
      problems.add(per.get().place(), Paths.shown(path) + ".per", "must be layer");
      return false;
    }
    if (!path.startsWith("precision.") || !(type instanceof Type.WholeNumber)) {
      problems.add(
          per.get().place(), Paths.shown(path) + ".per", "only precision can differ per layer");
      return false;
    }
    return true;
  }

  private int start(Node.Mapping mapping, List<Value> items, Type type, String path) {
    Optional<Node> written = mapping.get("start");
    Optional<Node> wanted = written.or(() -> mapping.get(Overlay.INHERITED_START));
    if (wanted.isEmpty()) {
      return 0;
    }
    Problems quiet = new Problems();
    Node node = wanted.get();
    if (node instanceof Node.Scalar scalar) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Value.Section section
            && section.label().equals(scalar.text())) {
          return i;
        }
        if (text(items.get(i)).equals(scalar.text())) {
          return i;
        }
      }
    }
    Value value =
        node.isChoice()
            ? new Value.Absent(node.place())
            : startCompiler.apply(quiet).compile(node, type, path);
    for (int i = 0; i < items.size(); i++) {
      if (quiet.isEmpty() && same(items.get(i), value)) {
        return i;
      }
    }
    if (written.isPresent()) {
      problems.add(
          node.place(),
          Paths.shown(path),
          "start "
              + (node instanceof Node.Scalar s ? s.text() : "value")
              + " is not one of "
              + String.join(", ", items.stream().map(Choices::text).toList()));
    }
    return 0;
  }

  /** A value as it is shown in lists. */
  static String text(Value value) {
    if (value instanceof Value.Number number) {
      return number.text();
    }
    if (value instanceof Value.Word word) {
      return word.text();
    }
    if (value instanceof Value.Section section) {
      return section.label().isEmpty() ? section.shape().name() : section.label();
    }
    if (value instanceof Value.Computed computed) {
      return "= " + computed.formula().text();
    }
    if (value instanceof Value.Raw raw && raw.node() instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    return "value";
  }

  private static boolean same(Value a, Value b) {
    if (a instanceof Value.Number x && b instanceof Value.Number y) {
      return Math.abs(x.number() - y.number())
          <= 1e-12 * Math.max(Math.abs(x.number()), Math.abs(y.number()));
    }
    if (a instanceof Value.Word x && b instanceof Value.Word y) {
      return x.text().equals(y.text());
    }
    return a instanceof Value.Raw x
        && b instanceof Value.Raw y
        && x.node() instanceof Node.Scalar s
        && y.node() instanceof Node.Scalar t
        && s.text().equals(t.text());
  }

  /**
   * The values of {@code from .. to} by {@code step} or {@code times}, in the unit of {@code from}.
   */
  private List<Node> range(Node.Mapping mapping, Type type, String path) {
    Part from = part(mapping, "from", path);
    Part to = part(mapping, "to", path);
    Part step = mapping.has("step") ? part(mapping, "step", path) : null;
    Part times = mapping.has("times") ? part(mapping, "times", path) : null;
    if (from == null
        || to == null
        || (step == null && mapping.has("step"))
        || (times == null && mapping.has("times"))) {
      return List.of();
    }
    Place place = mapping.place();
    if (step != null && times != null) {
      problems.add(
          place, Paths.shown(path), "has step and times; one of them says how the range goes on");
      return List.of();
    }
    if (step == null && times == null && !from.unit().isEmpty()) {
      problems.add(
          place, Paths.shown(path), "needs step: a range of quantities has no natural step");
      return List.of();
    }
    BigDecimal end = in(to, from, place, path);
    BigDecimal by = step == null ? BigDecimal.ONE : in(step, from, place, path);
    if (end == null || by == null) {
      return List.of();
    }
    if (times == null
        ? by.signum() <= 0
        : times.number().compareTo(BigDecimal.ONE) <= 0 || from.number().signum() <= 0) {
      problems.add(
          place,
          Paths.shown(path),
          times == null ? "step must be above 0" : "times must be above 1, from above 0");
      return List.of();
    }
    if (end.compareTo(from.number()) < 0) {
      problems.add(place, Paths.shown(path), "from " + from.text() + " is above to " + to.text());
      return List.of();
    }
    List<Node> nodes = new ArrayList<>();
    BigDecimal slack = end.add(by.multiply(new BigDecimal("1e-9")));
    for (BigDecimal x = from.number();
        x.compareTo(times == null ? slack : end) <= 0;
        x = times == null ? x.add(by) : x.multiply(times.number())) {
      if (nodes.size() >= LIMIT) {
        problems.add(place, Paths.shown(path), "has more than " + LIMIT + " values");
        return List.of();
      }
      String text =
          x.stripTrailingZeros().toPlainString() + (from.unit().isEmpty() ? "" : " " + from.unit());
      nodes.add(new Node.Scalar(place, text));
    }
    return nodes;
  }

  private record Part(String text, BigDecimal number, String unit) {}

  private Part part(Node.Mapping mapping, String key, String path) {
    Node node = mapping.get(key).orElseThrow();
    if (node instanceof Node.Scalar scalar && Units.isQuantity(scalar.text())) {
      Matcher matcher = NUMBER_AND_UNIT.matcher(scalar.text());
      if (matcher.matches()) {
        return new Part(scalar.text(), new BigDecimal(matcher.group(1)), matcher.group(2));
      }
    }
    problems.add(
        node.place(),
        Paths.shown(Paths.join(path, key)),
        "must be a number" + (node instanceof Node.Scalar s ? ", is '" + s.text() + "'" : ""));
    return null;
  }

  private BigDecimal in(Part part, Part reference, Place place, String path) {
    if (part.unit().equals(reference.unit())) {
      return part.number();
    }
    try {
      Dimension dimension = Units.dimensionOf(reference.text());
      double unit = Units.quantity("1 " + reference.unit(), dimension);
      return BigDecimal.valueOf(Units.quantity(part.text(), dimension))
          .divide(BigDecimal.valueOf(unit), java.math.MathContext.DECIMAL64);
    } catch (Units.UnitException e) {
      problems.add(
          place,
          Paths.shown(path),
          "the range's parts differ in kind: " + reference.text() + ", " + part.text());
      return null;
    }
  }
}
