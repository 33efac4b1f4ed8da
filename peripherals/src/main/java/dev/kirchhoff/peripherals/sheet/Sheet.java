package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Exponents;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/**
 * Equations of a circuit and of all circuits that it uses, checked and in the order in which they
 * are computed: a list of rows over numbered slots. Slots hold the names of the vocabulary that the
 * rows read, then the constants, then the rows themselves.
 *
 * <p>Constants are slots and not literals of the code, so that a constant that a spec changes, or
 * that a search chooses, compiles nothing. {@link SheetCompiler} makes straight-line code of the
 * rows; {@link Solution} holds the values of one circuit.
 *
 * @param <T> what the circuit is sized for
 */
public final class Sheet<T> {
  private final String circuit;
  private final String source;
  private final String citation;
  private final List<SheetInput<T>> inputs;
  private final List<SheetConstant> constants;
  private final List<SheetRow> rows;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<Term, Map<String, Integer>> named = new EnumMap<>(Term.class);
  private final List<SheetRow> terms;
  private final List<SheetRow> biases;
  private final SheetProgram program;

  /** By term its slot, the bit of its kind and its action, for sums that a search takes often. */
  private final int[] termSlots;

  private final int[] termKinds;
  private final String[] termActions;
  private final boolean[] arePeriods;

  /** Values of the inputs, in the order of their slots, which are the first. */
  private final ToDoubleFunction<T>[] entries;

  /** Constants at the node that was asked for last. */
  private volatile Constants latest = new Constants(Double.NaN, new double[0]);

  private record Constants(double node_nm, double[] slots) {}

  Sheet(
      CircuitFile file,
      List<SheetInput<T>> inputs,
      List<SheetConstant> constants,
      List<SheetRow> rows) {
    circuit = file.name();
    source = file.source();
    citation = file.citation();
    this.inputs = List.copyOf(inputs);
    this.constants = List.copyOf(constants);
    this.rows = List.copyOf(rows);
    // Interned, as the names that code asks for are: equal ones are then found by identity.
    inputs.forEach(input -> slots.put(input.entry().name().intern(), input.slot()));
    constants.forEach(constant -> slots.put(constant.key().intern(), constant.slot()));
    rows.forEach(row -> slots.put(row.key().intern(), row.slot()));
    rows.forEach(row -> row.term().ifPresent(term -> name(term, row)));
    terms = rows.stream().filter(row -> row.term().isPresent()).toList();
    biases = rows.stream().filter(row -> row.flow().isPresent()).toList();
    termSlots = terms.stream().mapToInt(SheetRow::slot).toArray();
    termKinds = terms.stream().mapToInt(row -> 1 << row.term().orElseThrow().ordinal()).toArray();
    termActions = terms.stream().map(row -> row.action().intern()).toArray(String[]::new);
    arePeriods = new boolean[terms.size()];
    for (int i = 0; i < arePeriods.length; i++) {
      arePeriods[i] = terms.get(i).isPeriod();
    }
    entries = newEntries(inputs);
    program = SheetCompiler.compile(circuit, this.rows, slots);
  }

  @SuppressWarnings("unchecked")
  private static <T> ToDoubleFunction<T>[] newEntries(List<SheetInput<T>> inputs) {
    ToDoubleFunction<T>[] entries = (ToDoubleFunction<T>[]) new ToDoubleFunction<?>[inputs.size()];
    inputs.forEach(input -> entries[input.slot()] = input.entry().value());
    return entries;
  }

  /** Keys of terms begin with the word of their kind. */
  private void name(Term term, SheetRow row) {
    String name = row.key().substring(term.word().length() + 1).intern();
    named.computeIfAbsent(term, kind -> new HashMap<>()).put(name, row.slot());
  }

  int size() {
    return inputs.size() + constants.size() + rows.size();
  }

  /** New slots, with the constants at a node in theirs. */
  double[] newSlots(double node_nm) {
    Constants at = latest;
    if (at.node_nm != node_nm) {
      double[] slots = new double[size()];
      for (SheetConstant constant : constants) {
        slots[constant.slot()] = constant.at(node_nm);
      }
      at = new Constants(node_nm, slots);
      latest = at;
    }
    return at.slots.clone();
  }

  /** Reads the inputs of what the circuit is sized for into their slots. */
  void read(T subject, double[] values) {
    for (int i = 0; i < entries.length; i++) {
      values[i] = entries[i].applyAsDouble(subject);
    }
  }

  /**
   * Checks the terms.
   *
   * @param least least value of a term; the time of a conversion is above zero
   * @param most largest value of a term
   * @return the first that is not so, empty if all are
   */
  Optional<SheetRow> firstOutside(double[] values, double least, double most) {
    for (int i = 0; i < termSlots.length; i++) {
      double value = values[termSlots[i]];
      boolean holds = arePeriods[i] ? value > 0 : value >= least;
      if (!holds || value > most) {
        return Optional.of(terms.get(i));
      }
    }
    return Optional.empty();
  }

  /** A sum and on top of it a selection of terms, each times a factor, in the order of the file. */
  double add(double before, double[] values, Terms selection, double factor) {
    double sum = before;
    for (int i = 0; i < termSlots.length; i++) {
      if ((termKinds[i] & selection.kinds()) != 0 && termActions[i].equals(selection.action())) {
        sum += values[termSlots[i]] * factor;
      }
    }
    return sum;
  }

  /** Name of the circuit. */
  public String circuit() {
    return circuit;
  }

  /** Its constants and those of circuits that it uses. */
  public List<SheetConstant> constants() {
    return constants;
  }

  /** Its rows, in the order in which they are computed. */
  public List<SheetRow> rows() {
    return rows;
  }

  List<SheetInput<T>> inputs() {
    return inputs;
  }

  /** Unit of a name. */
  Exponents unit(String key) {
    return exponents(slots.get(key));
  }

  /** Unit of a slot. */
  Exponents exponents(int slot) {
    if (slot < inputs.size()) {
      return inputs.get(slot).entry().exponents();
    }
    int afterInputs = slot - inputs.size();
    return afterInputs < constants.size()
        ? constants.get(afterInputs).exponents()
        : rows.get(afterInputs - constants.size()).exponents();
  }

  /** Rows of biases. */
  List<SheetRow> biases() {
    return biases;
  }

  /** Slot of a name; empty if there is none. */
  Optional<Integer> slot(String key) {
    return Optional.ofNullable(slots.get(key));
  }

  /** Slot of a term of a name; empty if there is none. */
  Optional<Integer> slot(Term term, String name) {
    return Optional.ofNullable(named.getOrDefault(term, Map.of()).get(name));
  }

  /** Its terms, in the order of the file. */
  List<SheetRow> terms() {
    return terms;
  }

  /** Source of figures of its rows, behind the lines that a user's files state them on. */
  String source(List<SheetRow> stated) {
    String places = places(stated);
    return places.isEmpty() ? citation : places + ": " + source;
  }

  /** Lines of a user's files that state rows: {@code my-adc.circuit:17,19}; empty without. */
  String places(List<SheetRow> stated) {
    Map<String, Set<String>> lines = new LinkedHashMap<>();
    for (SheetRow row : stated) {
      if (!CircuitFile.isOfCatalogue(row.circuit(), row.place().file())) {
        lines
            .computeIfAbsent(row.place().file(), file -> new LinkedHashSet<>())
            .add(String.valueOf(row.place().line().orElse(1)));
      }
    }
    StringJoiner places = new StringJoiner(", ");
    lines.forEach((file, numbers) -> places.add(file + ":" + String.join(",", numbers)));
    return places.toString();
  }

  SheetProgram program() {
    return program;
  }
}
