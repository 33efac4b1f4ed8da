package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Linker of circuit files: resolves names, checks units, and lays the lines of a circuit and of all
 * that it uses one after the other.
 *
 * <p>A name means, in this order: a quantity above its line or a constant of the same file; a
 * constant of the shared file; a name of the vocabulary; the word of a kind of term, which is the
 * sum of the terms of that kind above the line. Names stand above their use, so that no circle
 * exists but that of a circuit which uses itself.
 *
 * @param <T> what the circuit is sized for
 */
public final class SheetLinker<T> {
  /** Lines, inputs and constants of a circuit with all that it uses. */
  private static final int MOST_ENTRIES = 2000;

  /** Circuits that use each other. */
  private static final int DEEPEST_USE = 20;

  /** Names, numbers and operators of a formula: its code fits one method. */
  private static final int MOST_VALUES = 1200;

  private static final String SHARED_NAME =
      "is the name of a constant that all circuits share; a spec changes it under circuits."
          + CircuitFile.SHARED;

  private final CircuitSource source;
  private final Vocabulary<T> vocabulary;
  private final Problems problems;

  private final Map<String, Vocabulary.Entry<T>> read = new LinkedHashMap<>();
  private final List<SheetConstant> constants = new ArrayList<>();
  private final List<SheetRow> rows = new ArrayList<>();

  /** Units of all names so far, by key. */
  private final Map<String, Exponents> units = new HashMap<>();

  /**
   * Steps of the code that names count, by key, of those whose unit tells. A quotient of voltages
   * is a number of steps too, but its unit does not tell.
   */
  private final Map<String, Exponents> steps = new HashMap<>();

  /** Files by circuit, each read once however often it is used. */
  private final Map<String, Optional<CircuitFile>> files = new HashMap<>();

  /** Quantities of circles that are told. */
  private final Set<String> inCircles = new HashSet<>();

  /** Line that is linked. */
  private Line linked;

  private int entries;

  /** Prefixes of circuits in use. */
  private final Set<String> used = new HashSet<>();

  /** Prefixes of circuits whose use has a problem: what they lack is told already. */
  private final List<String> broken = new ArrayList<>();

  private SheetLinker(CircuitSource source, Vocabulary<T> vocabulary, Problems problems) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.problems = problems;
  }

  /**
   * Sheet of a circuit.
   *
   * @param file its file
   * @param source files of the circuits that it uses
   * @param vocabulary names that its equations may read
   * @param problems where mistakes of the file are recorded
   * @return the sheet; empty if there is a mistake, in its keys too
   */
  public static <T> Optional<Sheet<T>> link(
      CircuitFile file, CircuitSource source, Vocabulary<T> vocabulary, Problems problems) {
    SheetLinker<T> linker = linked(file, source, vocabulary, problems);
    return problems.isEmpty() ? Optional.of(linker.sheet(file)) : Optional.empty();
  }

  /** Lines of a circuit and of those that it uses as far as they have no mistake. */
  public static <T> List<SheetRow> rows(
      CircuitFile file, CircuitSource source, Vocabulary<T> vocabulary) {
    return List.copyOf(linked(file, source, vocabulary, new Problems()).rows);
  }

  private static <T> SheetLinker<T> linked(
      CircuitFile file, CircuitSource source, Vocabulary<T> vocabulary, Problems problems) {
    SheetLinker<T> linker = new SheetLinker<>(source, vocabulary, problems);
    linker.shared();
    linker.circuit(file, new Scope(file, "", List.of(file.name()), Set.of()));
    return linker;
  }

  /**
   * Circuit in its use.
   *
   * @param file its file
   * @param prefix prefix of its names: {@code comparator.pair.}
   * @param chain circuits that use each other, the innermost last
   * @param given inputs that its user states
   */
  private record Scope(CircuitFile file, String prefix, List<String> chain, Set<String> given) {
    String circuit() {
      return file.name();
    }

    /** Name for a reader: {@code comparator latch}. */
    String shown(String name) {
      return (prefix.replace('.', ' ') + name).replace('_', ' ');
    }
  }

  private void shared() {
    source
        .shared()
        .ifPresent(
            file -> {
              for (CircuitFile.Constant constant : file.constants()) {
                constant(constant, file, constant.name());
              }
            });
  }

  private void circuit(CircuitFile file, Scope scope) {
    entries += file.inputs().size() + file.constants().size();
    for (CircuitFile.Input input : file.inputs()) {
      if (!scope.given().contains(input.name()) && !isSized(input, scope)) {
        String message =
            scope.prefix().isEmpty()
                ? "a circuit with inputs of its own can only be used by another"
                : "the use of " + scope.circuit() + " lacks its input " + input.name();
        problems.add(input.place(), input.name(), message);
        units.put(scope.prefix() + input.name(), input.exponents());
      }
    }
    for (CircuitFile.Constant constant : file.constants()) {
      if (scope.prefix().isEmpty() && vocabulary.has(constant.name())) {
        problems.add(constant.place(), constant.name(), "is a name of the vocabulary");
      } else if (scope.prefix().isEmpty() && isShared(constant.name())) {
        problems.add(constant.place(), constant.name(), SHARED_NAME);
      } else {
        constant(constant, scope.file(), scope.prefix() + constant.name());
      }
    }
    for (Line line : file.lines()) {
      linked = line;
      String name = line instanceof Line.Equation equation ? equation.name() : "use";
      entries++;
      try {
        if (entries <= MOST_ENTRIES && line instanceof Line.Use use) {
          use(use, scope);
        } else if (entries <= MOST_ENTRIES) {
          equation((Line.Equation) line, scope);
        }
      } catch (Formula.FormulaException e) {
        problems.add(atOffset(line.place(), e.offset()), scope.prefix() + name, e.getMessage());
      }
      if (entries > MOST_ENTRIES) {
        if (scope.prefix().isEmpty()) {
          problems.add(
              line.place(),
              name,
              "makes the circuit too long: at most "
                  + MOST_ENTRIES
                  + " lines, inputs and constants with those of the circuits that it uses");
        }
        return;
      }
    }
  }

  /** An input that the circuit is sized for where it stands by itself. */
  private boolean isSized(CircuitFile.Input input, Scope scope) {
    return scope.prefix().isEmpty()
        && vocabulary.has(input.name())
        && vocabulary.entry(input.name()).exponents().equals(input.exponents());
  }

  /** Offsets of formulas count from the beginning of their line. */
  private static Place atOffset(Place place, int offset) {
    return new Place(place.file(), place.line().orElse(1), offset + 1);
  }

  private void constant(CircuitFile.Constant constant, CircuitFile file, String key) {
    if (units.containsKey(key)) {
      problems.add(constant.place(), constant.name(), "stands twice");
      return;
    }
    // A name that reads a constant of an unknown unit is not checked: the unit is refused already.
    units.put(key, CircuitFile.isUnit(constant.unit()) ? constant.exponents() : null);
    counts(key, constant.unit(), constant.exponents());
    constants.add(SheetConstant.of(file, constant, key, constants.size()));
  }

  /** Records the steps that a number of a stated unit counts. */
  private void counts(String key, String unit, Exponents exponents) {
    if (exponents.isNumber()) {
      steps.put(key, Units.steps(unit));
    }
  }

  private void use(Line.Use use, Scope scope) throws Formula.FormulaException {
    int before = problems.sorted().size();
    used(use, scope);
    if (problems.sorted().size() > before) {
      broken.add(scope.prefix() + use.alias() + ".");
    }
  }

  private void used(Line.Use use, Scope scope) throws Formula.FormulaException {
    if (scope.chain().contains(use.circuit())) {
      problems.add(
          use.place(),
          use.circuit(),
          "uses itself: " + String.join(" > ", scope.chain()) + " > " + use.circuit());
      return;
    }
    if (scope.chain().size() > DEEPEST_USE) {
      problems.add(
          use.place(),
          use.circuit(),
          "is used too deeply by "
              + scope.chain().get(0)
              + ": at most "
              + DEEPEST_USE
              + " circuits use each other");
      return;
    }
    Optional<CircuitFile> file = files.computeIfAbsent(use.circuit(), source::circuit);
    if (file.isEmpty() && source.names().contains(use.circuit())) {
      // Its file is wrong, which is told there.
      broken.add(scope.prefix() + use.alias() + ".");
      return;
    }
    if (file.isEmpty()) {
      problems.add(
          use.place(),
          use.circuit(),
          "no circuit is called '"
              + use.circuit()
              + "'"
              + NearNames.hint(use.circuit(), source.names()));
      return;
    }
    String prefix = scope.prefix() + use.alias() + ".";
    if (!used.add(prefix)) {
      problems.add(
          use.place(), use.alias(), "stands twice; name it: use " + use.circuit() + " as NAME");
      return;
    }
    Map<String, CircuitFile.Input> inputs = new LinkedHashMap<>();
    file.get().inputs().forEach(input -> inputs.put(input.name(), input));
    Set<String> given = new LinkedHashSet<>();
    for (Line.Argument argument : use.arguments()) {
      CircuitFile.Input input = inputs.get(argument.name());
      if (input == null) {
        problems.add(
            argument.place(),
            use.alias() + "." + argument.name(),
            use.circuit()
                + " has no such input"
                + NearNames.hint(argument.name(), inputs.keySet()));
        continue;
      }
      if (!given.add(argument.name())) {
        problems.add(argument.place(), use.alias() + "." + argument.name(), "stands twice");
        continue;
      }
      argument(argument, input, prefix, scope);
    }
    for (String name : inputs.keySet()) {
      if (!given.contains(name)) {
        problems.add(use.place(), use.circuit(), "lacks its input " + name);
        given.add(name);
        units.put(prefix + name, inputs.get(name).exponents());
      }
    }
    List<String> chain = new ArrayList<>(scope.chain());
    chain.add(use.circuit());
    circuit(file.get(), new Scope(file.get(), prefix, List.copyOf(chain), given));
  }

  private void argument(
      Line.Argument argument, CircuitFile.Input input, String prefix, Scope scope) {
    String key = prefix + argument.name();
    try {
      Formula.Expression expression = resolved(argument.value(), scope);
      Exponents exponents = exponents(expression);
      if (!exponents.equals(input.exponents())) {
        problems.add(
            argument.place(),
            key,
            "is "
                + Dimension.articleOf(exponents)
                + ", must be "
                + Dimension.articleOf(input.exponents()));
      }
      add(
          Optional.empty(),
          "",
          scope,
          argument.name(),
          key,
          expression,
          input.exponents(),
          argument.place());
    } catch (Formula.FormulaException e) {
      if (!e.getMessage().isEmpty()) {
        problems.add(atOffset(argument.place(), e.offset()), key, e.getMessage());
      }
      units.put(key, input.exponents());
    }
  }

  private void add(
      Optional<Term> term,
      String action,
      Scope scope,
      String name,
      String key,
      Formula.Expression expression,
      Exponents exponents,
      Place place) {
    rows.add(
        new SheetRow(
            term,
            action,
            scope.shown(name),
            key,
            rows.size(),
            expression,
            exponents,
            Optional.empty(),
            scope.circuit(),
            "",
            place));
    units.put(key, exponents);
    steps(expression).ifPresent(counted -> steps.put(key, counted));
  }

  private void equation(Line.Equation equation, Scope scope) throws Formula.FormulaException {
    String key = key(equation, scope);
    boolean isQuantity = equation.term().isEmpty();
    if (isQuantity && scope.prefix().isEmpty() && vocabulary.has(equation.name())) {
      problems.add(equation.place(), equation.name(), "is a name of the vocabulary");
      return;
    }
    if (isQuantity && scope.prefix().isEmpty() && isShared(equation.name())) {
      problems.add(equation.place(), equation.name(), SHARED_NAME);
      return;
    }
    if (units.containsKey(key) || (isQuantity && isInput(equation.name(), scope))) {
      problems.add(equation.place(), equation.name(), "stands twice");
      return;
    }
    try {
      Formula.Expression expression = resolved(equation.formula(), scope);
      Exponents exponents = exponents(expression);
      if (equation.term().isPresent() && !exponents.equals(equation.term().get().exponents())) {
        problems.add(
            equation.place(),
            equation.name(),
            "is "
                + Dimension.articleOf(exponents)
                + ", must be "
                + Dimension.articleOf(equation.term().get().exponents())
                + " as "
                + equation.term().get().word());
      } else if (equation.term().filter(Term::isError).isPresent()) {
        counts(equation, expression);
      }
      Optional<String> unit = equation.term().filter(Term::isError).map(Term::unit);
      unit.map(Units::steps)
          .or(() -> steps(expression))
          .ifPresent(counted -> steps.put(key, counted));
      Optional<SheetRow.Flow> flow = Optional.empty();
      if (equation.flow().isPresent()) {
        flow = Optional.of(flow(equation, key, scope));
      }
      rows.add(
          new SheetRow(
              equation.term(),
              equation.action(),
              scope.shown(equation.name()),
              key,
              rows.size(),
              expression,
              exponents,
              flow,
              scope.circuit(),
              equation.note(),
              equation.place()));
      // Sums of a term whose unit is wrong are checked as if it were right: that is told already.
      units.put(key, equation.term().map(Term::exponents).orElse(exponents));
    } catch (Formula.FormulaException e) {
      // The name is known from here on, so that one mistake makes one message.
      units.put(key, equation.term().map(Term::exponents).orElse(null));
      if (!e.getMessage().isEmpty()) {
        throw e;
      }
    }
  }

  /** Refuses an error of another power of steps than its kind; a bare number is of any. */
  private void counts(Line.Equation equation, Formula.Expression expression) {
    Term term = equation.term().orElseThrow();
    Exponents counted = steps(expression).orElse(Exponents.ONE);
    Exponents right = Units.steps(term.unit());
    if (!counted.isNumber() && !counted.equals(right)) {
      problems.add(
          equation.place(),
          equation.name(),
          "is in "
              + counted.product()
              + ", must be "
              + (right.isNumber() ? "a number" : "in " + term.unit())
              + " as "
              + term.word());
    }
  }

  private static String key(Line.Equation equation, Scope scope) {
    String name = scope.prefix() + equation.name();
    String action = equation.action().isEmpty() ? "" : "." + equation.action();
    return equation.term().map(term -> term.word() + action + " " + name).orElse(name);
  }

  private static boolean isInput(String name, Scope scope) {
    return scope.file().inputs().stream().anyMatch(input -> input.name().equals(name));
  }

  private SheetRow.Flow flow(Line.Equation equation, String key, Scope scope)
      throws Formula.FormulaException {
    int on = time("over " + key, equation, equation.flow().orElseThrow().on(), scope);
    Optional<Formula> wakes = equation.flow().orElseThrow().wakes();
    return new SheetRow.Flow(
        on,
        wakes.isPresent()
            ? Optional.of(time("wakes " + key, equation, wakes.get(), scope))
            : Optional.empty());
  }

  private int time(String key, Line.Equation equation, Formula formula, Scope scope)
      throws Formula.FormulaException {
    Formula.Expression expression = resolved(formula, scope);
    Exponents exponents = exponents(expression);
    if (!exponents.equals(Term.TIME.exponents())) {
      problems.add(
          equation.place(),
          equation.name(),
          "flows over "
              + Dimension.articleOf(exponents)
              + ", must be "
              + Dimension.articleOf(Term.TIME.exponents()));
    }
    int row = rows.size();
    add(Optional.empty(), "", scope, equation.name(), key, expression, exponents, equation.place());
    return row;
  }

  private Exponents exponents(Formula.Expression expression) throws Formula.FormulaException {
    return exponents(expression, units);
  }

  /** Steps that an expression counts; empty where the units of its names do not tell. */
  private Optional<Exponents> steps(Formula.Expression expression) {
    try {
      return Optional.of(exponents(expression, steps));
    } catch (Formula.FormulaException e) {
      return Optional.empty();
    }
  }

  private Exponents exponents(Formula.Expression expression, Map<String, Exponents> by)
      throws Formula.FormulaException {
    return Formula.exponents(
        expression,
        new Formula.Quantities() {
          @Override
          public Exponents exponents(Formula.Name name) throws Formula.FormulaException {
            Exponents known = by.get(name.name());
            if (known == null) {
              // A name whose own line has a problem: that problem is told already.
              throw new Formula.FormulaException("", name.offset());
            }
            return known;
          }

          @Override
          public boolean isFlag(Formula.Name name) {
            Vocabulary.Entry<T> entry = read.get(name.name());
            return entry != null && entry.sort() == Vocabulary.Sort.FLAG;
          }
        });
  }

  /** A formula whose names are keys; sums of terms may make it too long. */
  private Formula.Expression resolved(Formula formula, Scope scope)
      throws Formula.FormulaException {
    Formula.Expression expression = resolved(formula.root(), scope);
    if (Formula.size(expression) > MOST_VALUES) {
      throw new Formula.FormulaException(
          "is too long: more than "
              + MOST_VALUES
              + " names, numbers and operators with those of its sums",
          formula.names().get(0).offset());
    }
    return expression;
  }

  /** An expression whose names are keys. */
  private Formula.Expression resolved(Formula.Expression e, Scope scope)
      throws Formula.FormulaException {
    if (e instanceof Formula.Reference reference) {
      return reference(reference.name(), scope);
    }
    if (e instanceof Formula.Negated negated) {
      return new Formula.Negated(resolved(negated.operand(), scope));
    }
    if (e instanceof Formula.Binary b) {
      return new Formula.Binary(
          b.operator(), resolved(b.left(), scope), resolved(b.right(), scope), b.offset());
    }
    if (e instanceof Formula.Piece p) {
      Formula.Expression left = resolved(p.left(), scope);
      Formula.Expression right = p.right() == p.left() ? left : resolved(p.right(), scope);
      return new Formula.Piece(
          p.comparison(),
          left,
          right,
          resolved(p.yes(), scope),
          resolved(p.no(), scope),
          p.offset());
    }
    if (e instanceof Formula.Call call) {
      List<Formula.Expression> arguments = new ArrayList<>();
      for (Formula.Expression argument : call.arguments()) {
        arguments.add(resolved(argument, scope));
      }
      return new Formula.Call(call.function(), List.copyOf(arguments), call.offset());
    }
    return e;
  }

  private Formula.Expression reference(Formula.Name name, Scope scope)
      throws Formula.FormulaException {
    String own = scope.prefix() + name.name();
    if (units.containsKey(own)) {
      return new Formula.Reference(new Formula.Name(own, "", name.offset()));
    }
    if (isShared(name.name())) {
      return new Formula.Reference(name);
    }
    Vocabulary.Entry<T> entry = vocabulary.entry(name.name());
    if (entry != null) {
      read.put(entry.name(), entry);
      units.put(entry.name(), entry.exponents());
      counts(entry.name(), entry.unit(), entry.exponents());
      return new Formula.Reference(name);
    }
    Optional<Term> term = Term.of(name.name());
    if (term.isPresent()) {
      return total(term.get(), name, scope);
    }
    if (broken.stream().anyMatch(own::startsWith)) {
      throw new Formula.FormulaException("", name.offset());
    }
    String unknown = "no name '" + name.name() + "' above this line" + near(name.name(), scope);
    throw new Formula.FormulaException(below(name.name(), scope).orElse(unknown), name.offset());
  }

  /** Words on a name that the file defines, but not above the line that reads it. */
  private Optional<String> below(String name, Scope scope) {
    Map<String, Line> lines = new LinkedHashMap<>();
    for (Line candidate : scope.file().lines()) {
      defined(candidate).ifPresent(defined -> lines.putIfAbsent(defined, candidate));
    }
    Line line = lines.get(definition(name));
    List<Line> order = scope.file().lines();
    if (line == null || order.indexOf(line) < order.indexOf(linked)) {
      return Optional.empty();
    }
    String above = "; a line reads what stands above it";
    List<String> circle = new ArrayList<>();
    Optional<String> reader = defined(linked).filter(defined -> lines.get(defined) == linked);
    if (reader.isPresent() && reads(name, reader.get(), lines, circle)) {
      Set<String> among = new HashSet<>();
      circle.forEach(read -> among.add(scope.prefix() + definition(read)));
      if (!Collections.disjoint(inCircles, among)) {
        // Told at another of its lines.
        return Optional.of("");
      }
      inCircles.addAll(among);
      String last = circle.get(circle.size() - 1);
      circle.add(0, last);
      return Optional.of(
          circle.size() == 2
              ? "reads itself" + above
              : "stands in a circle: " + String.join(" > ", circle) + above);
    }
    int number = line.place().line().orElse(1);
    return Optional.of("'" + name + "' stands below, on line " + number + above);
  }

  /** Name that a line defines for others: of a use the beginning of its names; none of a term. */
  private static Optional<String> defined(Line line) {
    if (line instanceof Line.Use use) {
      return Optional.of(use.alias() + ".");
    }
    Line.Equation equation = (Line.Equation) line;
    return equation.term().isEmpty() ? Optional.of(equation.name()) : Optional.empty();
  }

  /** The defined name that a name read is one of. */
  private static String definition(String name) {
    return name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.') + 1);
  }

  /** Names that a line reads. */
  private static List<Formula.Name> names(Line line) {
    return line instanceof Line.Use use
        ? use.arguments().stream().flatMap(given -> given.value().names().stream()).toList()
        : ((Line.Equation) line).formula().names();
  }

  /** True if a name is computed from a line, by others too; adds the names between. */
  private static boolean reads(
      String name, String reader, Map<String, Line> lines, List<String> path) {
    path.add(name);
    if (definition(name).equals(reader)) {
      return true;
    }
    for (Formula.Name read : names(lines.get(definition(name)))) {
      String next = definition(read.name());
      boolean isNew =
          lines.containsKey(next) && path.stream().noneMatch(on -> definition(on).equals(next));
      if (isNew && reads(read.name(), reader, lines, path)) {
        return true;
      }
    }
    path.remove(path.size() - 1);
    return false;
  }

  private boolean isShared(String name) {
    return units.containsKey(name)
        && source.shared().stream()
            .flatMap(file -> file.constants().stream())
            .anyMatch(constant -> constant.name().equals(name));
  }

  private String near(String name, Scope scope) {
    Set<String> known = new LinkedHashSet<>();
    for (String key : units.keySet()) {
      if (key.startsWith(scope.prefix()) && key.indexOf(' ') < 0) {
        known.add(key.substring(scope.prefix().length()));
      }
    }
    vocabulary.entries().forEach(entry -> known.add(entry.name()));
    return NearNames.nearest(name, known).map(n -> "; did you mean " + n + "?").orElse("");
  }

  /** Sum of the terms of a kind above the line, of circuits used by this one too. */
  private Formula.Expression total(Term term, Formula.Name name, Scope scope)
      throws Formula.FormulaException {
    Formula.Expression sum = null;
    for (SheetRow row : rows) {
      if (row.term().filter(term::equals).isPresent()
          && row.key().startsWith(scope.prefix(), row.key().indexOf(' ') + 1)) {
        Formula.Expression next =
            new Formula.Reference(new Formula.Name(row.key(), "", name.offset()));
        sum = sum == null ? next : new Formula.Binary('+', sum, next, name.offset());
      }
    }
    if (sum == null) {
      throw new Formula.FormulaException(
          "there is no " + term.word() + " above this line", name.offset());
    }
    return sum;
  }

  /** Slots: names of the vocabulary, constants, rows. */
  private Sheet<T> sheet(CircuitFile file) {
    List<SheetInput<T>> inputs = new ArrayList<>();
    read.values().forEach(entry -> inputs.add(new SheetInput<>(entry, inputs.size())));
    Set<String> needed = new LinkedHashSet<>();
    rows.forEach(row -> names(row.formula(), needed));
    List<SheetConstant> kept = new ArrayList<>();
    for (SheetConstant constant : constants) {
      if (needed.contains(constant.key())) {
        kept.add(constant.inSlot(inputs.size() + kept.size()));
      } else if (constant.circuit().equals(file.name())) {
        problems.warn(constant.place(), constant.name(), "no equation reads it");
      }
    }
    int first = inputs.size() + kept.size();
    List<SheetRow> placed = new ArrayList<>();
    for (SheetRow row : rows) {
      placed.add(
          new SheetRow(
              row.term(),
              row.action(),
              row.name(),
              row.key(),
              first + row.slot(),
              row.formula(),
              row.exponents(),
              row.flow()
                  .map(
                      flow ->
                          new SheetRow.Flow(first + flow.on(), flow.wakes().map(w -> first + w))),
              row.circuit(),
              row.note(),
              row.place()));
    }
    return new Sheet<>(file, inputs, kept, placed);
  }

  private static void names(Formula.Expression expression, Set<String> into) {
    if (expression instanceof Formula.Reference reference) {
      into.add(reference.name().name());
    } else if (expression instanceof Formula.Binary b) {
      names(b.left(), into);
      names(b.right(), into);
    } else if (expression instanceof Formula.Negated n) {
      names(n.operand(), into);
    } else if (expression instanceof Formula.Call c) {
      c.arguments().forEach(argument -> names(argument, into));
    } else if (expression instanceof Formula.Piece p) {
      names(p.left(), into);
      names(p.right(), into);
      names(p.yes(), into);
      names(p.no(), into);
    }
  }
}
