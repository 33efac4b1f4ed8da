package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Check of formulas: their names exist, their dimensions fit, they do not run in circles, and their
 * results are allowed for every combination of the knobs they depend on.
 */
final class FormulaCheck {
  /** Combinations that are tried at most. */
  private static final int COMBINATIONS = 65_536;

  private final Value.Section root;
  private final Map<String, Value> lets;
  private final Problems problems;

  FormulaCheck(Value.Section root, Map<String, Value> lets, Problems problems) {
    this.root = root;
    this.lets = lets;
    this.problems = problems;
  }

  void checkNames(List<SpecCompiler.Pending> formulas) {
    for (SpecCompiler.Pending pending : formulas) {
      Value.Computed computed = pending.computed();
      try {
        Exponents exponents = computed.formula().exponents(name -> dimension(name).exponents());
        Dimension wanted = wanted(computed.type());
        if (wanted != null && !exponents.equals(wanted.exponents())) {
          String is = Dimension.of(exponents).map(Dimension::article).orElse("no named quantity");
          problems.add(
              computed.place(),
              Paths.shown(pending.path()),
              "the formula gives " + is + ", must be " + wanted.article());
        }
        circle(computed, pending.path());
      } catch (Formula.FormulaException e) {
        problems.add(computed.place(), Paths.shown(pending.path()), e.getMessage());
      }
    }
  }

  private static Dimension wanted(Type type) {
    if (type instanceof Type.Quantity quantity) {
      return quantity.dimension();
    }
    return type instanceof Type.WholeNumber ? Dimension.NUMBER : null;
  }

  private Dimension dimension(Formula.Name name) throws Formula.FormulaException {
    Value let = lets.get(name.name());
    if (let != null) {
      return dimensionOf(let, name);
    }
    List<Value> values = PathValues.at(root, name.name());
    if (values.isEmpty()) {
      throw new Formula.FormulaException(unknown(name.name()), name.offset());
    }
    for (Value value : values) {
      if (!(value instanceof Value.Absent)) {
        return dimensionOf(value, name);
      }
    }
    throw new Formula.FormulaException(name.name() + " has no value here", name.offset());
  }

  private String unknown(String name) {
    String near = lets.isEmpty() ? "; let is empty" : NearNames.hint(name, lets.keySet());
    return "no value named '" + name + "' in let or the chip" + near;
  }

  private static Dimension dimensionOf(Value value, Formula.Name name)
      throws Formula.FormulaException {
    if (value instanceof Value.Number number) {
      return number.dimension();
    }
    if (value instanceof Value.Choice choice) {
      return dimensionOf(choice.items().get(0), name);
    }
    if (value instanceof Value.Computed computed && !(computed.type() instanceof Type.AnyValue)) {
      return computed.type() instanceof Type.Quantity q ? q.dimension() : Dimension.NUMBER;
    }
    if (value instanceof Value.Computed) {
      return Dimension.NUMBER;
    }
    throw new Formula.FormulaException("'" + name.name() + "' is no number", name.offset());
  }

  private void circle(Value.Computed start, String path) {
    if (reaches(start, start, new ArrayList<>())) {
      problems.add(start.place(), Paths.shown(path), "refers to itself through its formula");
    }
  }

  private boolean reaches(Value.Computed from, Value.Computed target, List<Value> seen) {
    for (Value next : references(from)) {
      if (next == target) {
        return true;
      }
      if (next instanceof Value.Computed computed && !containsSame(seen, next)) {
        seen.add(next);
        if (reaches(computed, target, seen)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean containsSame(List<Value> values, Value value) {
    return values.stream().anyMatch(v -> v == value);
  }

  private List<Value> references(Value.Computed computed) {
    List<Value> values = new ArrayList<>();
    for (Formula.Name name : computed.formula().names()) {
      Value let = lets.get(name.name());
      if (let != null) {
        flatten(let, values);
      } else {
        PathValues.at(root, name.name()).forEach(v -> flatten(v, values));
      }
    }
    return values;
  }

  private static void flatten(Value value, List<Value> into) {
    if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> flatten(item, into));
    } else {
      into.add(value);
    }
  }

  /** Evaluates every formula over the knobs it depends on. */
  void checkValues(List<SpecCompiler.Pending> formulas, List<Knob> knobs) {
    for (SpecCompiler.Pending pending : formulas) {
      if (pending.computed().type() instanceof Type.AnyValue) {
        continue;
      }
      Set<Integer> reached = new TreeSet<>();
      gather(pending.computed(), reached, new LinkedHashSet<>());
      checkCombinations(pending, knobs, reached.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  private void gather(Value.Computed computed, Set<Integer> knobs, Set<String> seen) {
    for (Formula.Name name : computed.formula().names()) {
      if (!seen.add(name.name())) {
        continue;
      }
      Value let = lets.get(name.name());
      List<Value> values = let != null ? List.of(let) : choicesOnTheWay(name.name());
      for (Value value : values) {
        gatherValue(value, knobs, seen);
      }
    }
  }

  private void gatherValue(Value value, Set<Integer> knobs, Set<String> seen) {
    if (value instanceof Value.Choice choice) {
      choice.slot().knob().ifPresent(knobs::add);
      choice.items().forEach(item -> gatherValue(item, knobs, seen));
    } else if (value instanceof Value.Computed computed) {
      gather(computed, knobs, seen);
    }
  }

  private List<Value> choicesOnTheWay(String path) {
    List<Value> found = new ArrayList<>();
    onTheWay(root, List.of(path.split("\\.")), found);
    if (found.isEmpty()) {
      onTheWay(root, List.of(("chip." + path).split("\\.")), found);
    }
    return found;
  }

  private static void onTheWay(Value value, List<String> path, List<Value> found) {
    if (value instanceof Value.Choice choice && !path.isEmpty()) {
      found.add(new Value.Choice(choice.place(), choice.slot(), List.of()));
      choice.items().forEach(item -> onTheWay(item, path, found));
    } else if (path.isEmpty()) {
      found.add(value);
    } else if (value instanceof Value.Section section) {
      List<String> below = path.subList(1, path.size());
      section.field(path.get(0)).ifPresent(field -> onTheWay(field, below, found));
    }
  }

  private void checkCombinations(SpecCompiler.Pending pending, List<Knob> knobs, int[] reached) {
    int[] ordinals = Knob.start(knobs);
    for (int knob : reached) {
      ordinals[knob] = 0;
    }
    for (int tried = 0; tried < COMBINATIONS; tried++) {
      if (exist(knobs, ordinals, reached) && !checkOne(pending, knobs, ordinals, reached)) {
        return;
      }
      int i = 0;
      while (i < reached.length
          && ++ordinals[reached[i]] == knobs.get(reached[i]).values().size()) {
        ordinals[reached[i++]] = 0;
      }
      if (i == reached.length) {
        return;
      }
    }
  }

  private static boolean exist(List<Knob> knobs, int[] ordinals, int[] reached) {
    for (int i : reached) {
      if (!knobs.get(i).existsIn(ordinals)) {
        return false;
      }
    }
    return true;
  }

  private boolean checkOne(
      SpecCompiler.Pending pending, List<Knob> knobs, int[] ordinals, int[] reached) {
    Value.Computed computed = pending.computed();
    double result;
    try {
      result = new View(root, lets, ordinals).number(computed);
    } catch (View.NoValueException e) {
      return true;
    }
    String allowed = allowed(computed.type(), result);
    if (allowed.isEmpty()) {
      return true;
    }
    StringBuilder where = new StringBuilder();
    for (int i : reached) {
      Knob knob = knobs.get(i);
      where
          .append(where.length() == 0 ? " where " : " and ")
          .append(knob.path())
          .append(" is ")
          .append(knob.values().get(ordinals[i]));
    }
    problems.add(
        computed.place(),
        Paths.shown(pending.path()),
        "= "
            + computed.formula().text()
            + " gives "
            + Units.significant(result)
            + where
            + ", must be "
            + allowed);
    return false;
  }

  /** Empty if a result is allowed, else what is. */
  private static String allowed(Type type, double result) {
    if (type instanceof Type.WholeNumber whole) {
      boolean good =
          Math.abs(result - Math.rint(result)) < 1e-9
              && result >= whole.min()
              && result <= whole.max();
      return good ? "" : "a whole number " + Scalars.range(whole);
    }
    Type.Quantity quantity = (Type.Quantity) type;
    return quantity.range().holds(result) ? "" : Scalars.range(quantity);
  }
}
