package dev.kirchhoff.arch.spec;

import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiler of a tree to {@link Value}s, checked against its grammar: units read, defaults filled
 * in, catalogue names expanded, choices joined to slots, formulas parsed. All problems are
 * recorded; a bad value becomes {@link Value.Absent}, so that the check continues.
 */
final class SpecCompiler {
  /** A formula to be checked once everything is known. */
  record Pending(Value.Computed computed, String path) {}

  private final Map<String, Node> lets;
  private final Catalogues catalogues;
  private final Problems problems;
  private final IdentityHashMap<Node, Slot> slots = new IdentityHashMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private final Set<String> usedLets = new HashSet<>();
  private final Scalars scalars;
  private final GivenFigureRules givenFigures;
  private List<String> letChain = List.of();

  /**
   * A compiler of one tree.
   *
   * @param mainFile the spec's own file, which overrides all that it extends
   */
  SpecCompiler(Map<String, Node> lets, Catalogues catalogues, String mainFile, Problems problems) {
    this.lets = lets;
    this.catalogues = catalogues;
    this.problems = problems;
    this.scalars = new Scalars(problems);
    this.givenFigures = new GivenFigureRules(problems, catalogues, mainFile);
  }

  List<Pending> pending() {
    return pending;
  }

  Set<String> usedLets() {
    return usedLets;
  }

  /** The values of {@code let}, untyped, for use in formulas. */
  Map<String, Value> compileLets() {
    Map<String, Value> values = new LinkedHashMap<>();
    lets.forEach((name, node) -> values.put(name, compile(node, new Type.AnyValue(), name, name)));
    return values;
  }

  /** Catalogue of the models of a part. */
  private static final String MODEL_OF = "model of ";

  Value compile(Node node, Type type, String path) {
    return compile(node, type, path, null);
  }

  /** Compiles a node; {@code letName} is set while the node is the value of a let. */
  private Value compile(Node node, Type type, String path, String letName) {
    if (node instanceof Node.Scalar scalar && scalar.text().startsWith("=")) {
      return formula(scalar, type, path);
    }
    if (node.isChoice()) {
      return choice((Node.Mapping) node, type, path, letName);
    }
    if (type instanceof Type.Section section) {
      return section(withoutParts(node, section), section, path);
    }
    if (node instanceof Node.Mapping mapping && mapping.has(Overlay.WAS_NONE)) {
      return compile(mapping.without(Overlay.WAS_NONE), type, path, letName);
    }
    if (type instanceof Type.Kinds kinds) {
      return kinds(node, kinds, path);
    }
    if (type instanceof Type.Catalogued catalogued) {
      return catalogued(node, catalogued, path);
    }
    if (type instanceof Type.Model model) {
      return model(node, model, path);
    }
    if (type instanceof Type.Named named) {
      return named(node, named, path);
    }
    if (type instanceof Type.ListOf list) {
      return list(node, list, path);
    }
    if (type instanceof Type.AnyValue) {
      return free(node);
    }
    if (type instanceof Type.PerAction perAction) {
      return perAction(node, perAction, path);
    }
    return scalars.compile(node, type, path);
  }

  private Value free(Node node) {
    if (node instanceof Node.Scalar scalar && Units.isQuantity(scalar.text())) {
      try {
        Dimension dimension = Units.dimensionOf(scalar.text());
        return new Value.Number(
            scalar.place(), Units.quantity(scalar.text(), dimension), dimension, scalar.text());
      } catch (Units.UnitException e) {
        return new Value.Raw(node);
      }
    }
    return new Value.Raw(node);
  }

  private Value formula(Node.Scalar scalar, Type type, String path) {
    String text = scalar.text().substring(1);
    Formula formula;
    try {
      formula = FormulaParser.parse(text, List.of());
    } catch (Formula.FormulaException e) {
      problems.add(scalar.place(), Paths.shown(path), "the formula " + e.getMessage());
      return new Value.Absent(scalar.place());
    }
    Optional<String> single = formula.singleName();
    if (single.isPresent() && lets.containsKey(single.get())) {
      return inline(scalar, single.get(), type, path);
    }
    if (!(type instanceof Type.Quantity
        || type instanceof Type.WholeNumber
        || type instanceof Type.AnyValue)) {
      problems.add(
          scalar.place(),
          Paths.shown(path),
          single.isPresent()
              ? "no value named '" + single.get() + "' in let" + letHint(single.get())
              : "a formula gives a number, but here stands none");
      return new Value.Absent(scalar.place());
    }
    Value.Computed computed = new Value.Computed(scalar.place(), formula, type);
    pending.add(new Pending(computed, path));
    return computed;
  }

  private String letHint(String name) {
    return lets.isEmpty() ? "; let is empty" : NearNames.hint(name, lets.keySet());
  }

  /** {@code = name}: the value of a let stands here, read by the type that is expected here. */
  private Value inline(Node.Scalar scalar, String name, Type type, String path) {
    if (letChain.contains(name)) {
      String through =
          letChain.size() > 1 ? " through let." + letChain.get(letChain.size() - 1) : "";
      problems.add(scalar.place(), "let." + name, "refers to itself" + through);
      return new Value.Absent(scalar.place());
    }
    usedLets.add(name);
    List<String> outer = letChain;
    letChain = new ArrayList<>(outer);
    letChain.add(name);
    Value value = compile(lets.get(name), type, path, name);
    letChain = outer;
    return value;
  }

  /** Compiler of values that stand alone. */
  private static Choices.ItemCompiler alone(Problems problems) {
    return new SpecCompiler(Map.of(), Catalogues.none(), "", problems)::compile;
  }

  private Value choice(Node.Mapping mapping, Type type, String path, String letName) {
    Choices choices = new Choices(problems, this::compile, SpecCompiler::alone);
    Choices.Expanded expanded = choices.expand(mapping, type, path);
    if (expanded.items().isEmpty()) {
      return new Value.Absent(mapping.place());
    }
    if (expanded.items().size() == 1 && !expanded.perLayer()) {
      return expanded.items().get(0);
    }
    String slotPath = letName == null ? Paths.shown(path) : letName;
    Slot slot =
        slots.computeIfAbsent(
            mapping,
            m -> new Slot(slotPath, mapping.place(), expanded.start(), expanded.perLayer()));
    return new Value.Choice(mapping.place(), slot, expanded.items());
  }

  /** The mapping that {@code none} stands for, with the changes made to it. */
  private static Node withoutParts(Node node, Type.Section type) {
    boolean allowed = !type.none().isEmpty();
    if (allowed && node.isNone()) {
      return Defaults.node(type.none(), node.place());
    }
    if (!(node instanceof Node.Mapping mapping)) {
      return node;
    }
    boolean wasNone =
        mapping.has(Overlay.WAS_NONE) || mapping.get("kind").filter(Node::isNone).isPresent();
    Node.Mapping changes = mapping.without(Overlay.WAS_NONE);
    return allowed && wasNone
        ? Overlay.merge(Defaults.node(type.none(), mapping.place()), changes.without("kind"))
        : changes;
  }

  private Value section(Node node, Type.Section type, String path) {
    if (node instanceof Node.Scalar && !type.none().isEmpty()) {
      problems.add(
          node.place(),
          Paths.shown(path),
          "must be a mapping (" + type.shape().article() + "), or none");
      return new Value.Absent(node.place());
    }
    return section(node, type.shape(), path, "");
  }

  private Value section(Node node, Shape shape, String path, String label) {
    if (!(node instanceof Node.Mapping mapping)) {
      problems.add(node.place(), Paths.shown(path), "must be a mapping (" + shape.article() + ")");
      return new Value.Absent(node.place());
    }
    Set<String> known = new HashSet<>();
    List<Value> fields = new ArrayList<>();
    for (Key key : shape.keys()) {
      known.add(key.name());
      fields.add(field(mapping, key, Paths.join(path, key.name()), shape));
    }
    for (Node.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        problems.add(
            entry.keyPlace(),
            Paths.shown(Paths.join(path, entry.key())),
            "unknown key of "
                + shape.article()
                + named(mapping, Paths.join(path, entry.key()))
                + keyHint(entry.key(), shape));
      }
    }
    Value.Section section = new Value.Section(mapping.place(), shape, fields, label);
    givenFigures.check(section, path);
    return section;
  }

  private static String keyHint(String key, Shape shape) {
    return shape.keys().stream()
        .filter(meant -> meant.synonym().filter(key::equals).isPresent())
        .findFirst()
        .map(meant -> "; did you mean " + meant.name() + "?")
        .orElseGet(() -> NearNames.hint(key, shape.keys().stream().map(Key::name).toList()));
  }

  private Value field(Node.Mapping mapping, Key key, String path, Shape shape) {
    Optional<Node.Entry> entry = mapping.entry(key.name());
    if (entry.isPresent()) {
      Node value = entry.get().value();
      boolean removable = key.defaultText().isEmpty() && !hasKindNone(key.type());
      if (value.isNone() && removable) {
        return new Value.Absent(value.place());
      }
      return compile(value, key.type(), path);
    }
    if (key.isRequired()) {
      problems.add(
          mapping.place(),
          Paths.shown(path),
          "is missing in " + shape.article() + named(mapping, path) + ": " + key.doc());
      return new Value.Absent(mapping.place());
    }
    if (key.defaultText().isEmpty()) {
      return new Value.Absent(Place.DEFAULT);
    }
    return compile(Defaults.node(key.defaultText()), key.type(), path);
  }

  /** {@code 'turn'} of an entry of a list that states its name. */
  private static String named(Node.Mapping mapping, String path) {
    return mapping.get("name").stream()
        .filter(name -> path.matches(".*\\]\\.[^.]*"))
        .filter(Node.Scalar.class::isInstance)
        .map(name -> " '" + ((Node.Scalar) name).text() + "'")
        .findFirst()
        .orElse("");
  }

  private static boolean hasKindNone(Type type) {
    return (type instanceof Type.Kinds kinds && Type.kind(kinds, "none").isPresent())
        || (type instanceof Type.Word words && words.words().contains("none"));
  }

  private Value kinds(Node node, Type.Kinds kinds, String path) {
    if (node instanceof Node.Scalar scalar) {
      Optional<Shape> shape = Type.kind(kinds, scalar.text());
      if (shape.isEmpty()) {
        unknownKind(scalar.place(), path, scalar.text(), kinds);
        return new Value.Absent(scalar.place());
      }
      Node.Mapping empty = new Node.Mapping(scalar.place(), List.of());
      return section(empty, shape.get(), path, scalar.text());
    }
    if (!(node instanceof Node.Mapping mapping)) {
      problems.add(node.place(), Paths.shown(path), "must be a mapping with a kind");
      return new Value.Absent(node.place());
    }
    Shape shape = kinds.shapes().get(0);
    Optional<Node> kind = mapping.get("kind");
    if (kind.isPresent()) {
      if (!(kind.get() instanceof Node.Scalar word)) {
        problems.add(
            kind.get().place(),
            Paths.shown(Paths.join(path, "kind")),
            "must be one word; write kinds to choose from as items of any");
        return new Value.Absent(mapping.place());
      }
      Optional<Shape> named = Type.kind(kinds, word.text());
      if (named.isEmpty()) {
        unknownKind(word.place(), Paths.join(path, "kind"), word.text(), kinds);
        return new Value.Absent(mapping.place());
      }
      shape = named.get();
    }
    String label =
        mapping
            .get("name")
            .map(n -> n instanceof Node.Scalar s ? s.text() : "")
            .orElse(shape.name());
    return section(mapping.without("kind").without("name"), shape, path, label);
  }

  private void unknownKind(Place place, String path, String word, Type.Kinds kinds) {
    problems.add(
        place,
        Paths.shown(path),
        "unknown kind '"
            + word
            + "' of "
            + kinds.what()
            + NearNames.hint(word, kinds.shapes().stream().map(Shape::name).toList()));
  }

  private Value catalogued(Node node, Type.Catalogued type, String path) {
    if (node instanceof Node.Scalar scalar) {
      Optional<Node.Mapping> entry = entry(scalar, type, path);
      return entry.isEmpty()
          ? new Value.Absent(scalar.place())
          : section(entry.get(), type.shape(), path, scalar.text());
    }
    if (node instanceof Node.Mapping mapping
        && mapping.get("extends").orElse(null) instanceof Node.Scalar base) {
      Optional<Node.Mapping> entry = entry(base, type, path);
      if (entry.isEmpty()) {
        return new Value.Absent(node.place());
      }
      return section(
          Overlay.merge(entry.get(), mapping.without("extends")),
          type.shape(),
          path,
          base.text() + "*");
    }
    return section(node, type.shape(), path, "own");
  }

  private Optional<Node.Mapping> entry(Node.Scalar name, Type.Catalogued type, String path) {
    Optional<Node.Mapping> entry = catalogues.mapping(type.what(), name.text());
    if (entry.isEmpty()) {
      problems.add(
          name.place(),
          Paths.shown(path),
          "unknown "
              + type.what()
              + " '"
              + name.text()
              + "'"
              + NearNames.nearest(name.text(), catalogues.names(type.what()))
                  .map(n -> "; did you mean " + n + "?")
                  .orElse(";")
              + " all: ./kirchhoff catalog "
              + type.what()
              + "s");
    }
    return entry;
  }

  private Value model(Node node, Type.Model type, String path) {
    if (node instanceof Node.Scalar scalar && !type.isNamed()) {
      problems.add(
          scalar.place(),
          Paths.shown(path),
          "is "
              + scalar.text()
              + ", but this circuit has one model; leave model out, or give figures such as {energy:"
              + " 1 pJ, area: 100 um2}");
      return new Value.Absent(scalar.place());
    }
    if (node instanceof Node.Scalar scalar) {
      List<String> names = catalogues.names(MODEL_OF + type.part());
      String name = FileEndings.without(scalar.text(), ".circuit");
      if (!names.isEmpty() && !names.contains(name)) {
        problems.add(
            scalar.place(),
            Paths.shown(path),
            "unknown model '"
                + scalar.text()
                + "' of "
                + type.part()
                + NearNames.hint(scalar.text(), names)
                + (NearNames.nearest(scalar.text(), names).isPresent() ? "" : ";")
                + " a circuit of yours is a file NAME.circuit beside the spec");
        return new Value.Absent(scalar.place());
      }
      for (SpecProblem problem :
          catalogues.problemsOfFile(MODEL_OF + type.part(), name, scalar.place())) {
        problems.add(problem.place(), problem.path(), problem.message());
      }
      return new Value.Word(scalar.place(), name);
    }
    return section(node, type.figures(), path, "given");
  }

  private Value named(Node node, Type.Named type, String path) {
    if (node instanceof Node.Sequence sequence) {
      List<Value> items = new ArrayList<>();
      for (int i = 0; i < sequence.items().size(); i++) {
        items.add(compile(sequence.items().get(i), type, path + "[" + i + "]"));
      }
      return new Value.Items(sequence.place(), items);
    }
    if (node instanceof Node.Mapping mapping && mapping.has(Type.Named.OTHER)) {
      return other(mapping, type, path);
    }
    if (node instanceof Node.Mapping mapping) {
      String settingsKey = type.settings().keys().get(1).name();
      if (!mapping.has(settingsKey)
          && mapping.get(type.settings().keys().get(0).name()).orElse(null)
              instanceof Node.Scalar name) {
        named(name, type, path);
      }
      return section(mapping, type.settings(), path, label(mapping, type));
    }
    return named((Node.Scalar) node, type, path);
  }

  /** One of the mappings that may stand for a name: told by the word at its first key. */
  private Value other(Node.Mapping mapping, Type.Named type, String path) {
    String wordPath = Paths.shown(Paths.join(path, Type.Named.OTHER));
    if (!(mapping.get(Type.Named.OTHER).orElseThrow() instanceof Node.Scalar word)) {
      problems.add(
          mapping.entry(Type.Named.OTHER).orElseThrow().keyPlace(),
          wordPath,
          "must be one word; write kernels to choose from as items of any");
      return new Value.Absent(mapping.place());
    }
    Optional<Shape> shape =
        type.others().stream().filter(each -> each.name().equals(word.text())).findFirst();
    if (shape.isEmpty()) {
      problems.add(
          word.place(),
          wordPath,
          "unknown kernel '"
              + word.text()
              + "'"
              + NearNames.hint(word.text(), type.others().stream().map(Shape::name).toList()));
      return new Value.Absent(mapping.place());
    }
    return section(mapping, shape.get(), path, word.text());
  }

  private Value named(Node.Scalar name, Type.Named type, String path) {
    if (type.fileEndings().stream().anyMatch(ending -> FileEndings.matches(name.text(), ending))) {
      for (SpecProblem problem :
          catalogues.problemsOfFile(type.what(), name.text(), name.place())) {
        problems.add(problem.place(), problem.path(), problem.message());
      }
      return new Value.Word(name.place(), name.text());
    }
    List<String> names = catalogues.names(type.what());
    if (!names.isEmpty() && !names.contains(name.text())) {
      problems.add(
          name.place(),
          Paths.shown(path),
          "unknown "
              + type.what()
              + " '"
              + name.text()
              + "'"
              + kernelHint(name.text(), type)
              + NearNames.hint(name.text(), names)
              + (NearNames.nearest(name.text(), names).isPresent() ? "" : ";")
              + " a file of yours must end in "
              + String.join(" or ", type.fileEndings()));
      return new Value.Absent(name.place());
    }
    return new Value.Word(name.place(), name.text());
  }

  /** Remedy where a mapping of that word may stand for a name. */
  private static String kernelHint(String word, Type.Named type) {
    return type.others().stream().anyMatch(each -> each.name().equals(word))
        ? ", but there is a kernel of this name: {" + Type.Named.OTHER + ": " + word + "}"
        : "";
  }

  private static String label(Node.Mapping mapping, Type.Named type) {
    return mapping
        .get(type.settings().keys().get(0).name())
        .map(n -> n instanceof Node.Scalar s ? s.text() : "")
        .orElse("");
  }

  private Value perAction(Node node, Type.PerAction type, String path) {
    Type quantity = Type.quantity(type.dimension(), 0, type.max());
    Map<String, Value.Number> numbers = new LinkedHashMap<>();
    if (!(node instanceof Node.Mapping mapping)) {
      if (scalars.compile(node, quantity, path) instanceof Value.Number number) {
        numbers.put(type.natural(), number);
      }
      return new Value.PerAction(node.place(), numbers);
    }
    if (mapping.entries().isEmpty()) {
      problems.add(
          mapping.place(),
          Paths.shown(path),
          "names no action of " + type.part() + NearNames.hint("", type.actions()));
    }
    for (Node.Entry entry : mapping.entries()) {
      boolean single = entry.key().equals(Overlay.SINGLE);
      String action = single ? type.natural() : entry.key();
      if (single && mapping.has(action)) {
        continue;
      }
      String actionPath = Paths.join(path, action);
      if (!type.actions().contains(action)) {
        problems.add(
            entry.keyPlace(),
            Paths.shown(actionPath),
            "unknown action of " + type.part() + NearNames.hint(action, type.actions()));
      } else if (scalars.compile(entry.value(), quantity, actionPath)
          instanceof Value.Number number) {
        numbers.put(action, number);
      }
    }
    return new Value.PerAction(mapping.place(), numbers);
  }

  private Value list(Node node, Type.ListOf type, String path) {
    if (!(node instanceof Node.Sequence sequence)) {
      problems.add(node.place(), Paths.shown(path), "must be a list");
      return new Value.Absent(node.place());
    }
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      items.add(compile(sequence.items().get(i), type.item(), path + "[" + i + "]"));
    }
    return new Value.Items(sequence.place(), items);
  }
}
