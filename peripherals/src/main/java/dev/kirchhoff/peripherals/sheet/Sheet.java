package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  /** A difference of rounded numbers may lie this far below zero. */
  private static final double LEAST = -1e-9;

  private final String circuit;
  private final String source;
  private final List<Input<T>> inputs;
  private final List<Constant> constants;
  private final List<Row> rows;
  private final Map<String, Integer> slots = new HashMap<>();
  private final List<Row> terms;
  private final List<Row> biases;
  private final SheetProgram program;

  /**
   * Name of the vocabulary that rows read.
   *
   * @param slot its slot
   */
  record Input<T>(Vocabulary.Entry<T> entry, int slot) {}

  /**
   * Constant of the circuit or of one that it uses.
   *
   * @param circuit circuit whose file states it
   * @param name name in that file
   * @param key name among the slots
   * @param value value in the coherent unit; of a table the value at any node
   * @param table table over the node, if it is one
   * @param unit unit as stated
   * @param exponents the unit's exponents
   */
  public record Constant(
      String circuit,
      String name,
      String key,
      int slot,
      double value,
      Optional<Table> table,
      String unit,
      Exponents exponents,
      double factor,
      Origin origin,
      String source,
      Place place) {}

  /** Constant over the node. */
  @FunctionalInterface
  public interface Table {
    /** Value at a node, in the coherent unit. */
    double at(double node_nm);
  }

  /**
   * Line that is computed.
   *
   * @param term kind of the figure; empty of a quantity that other lines read
   * @param action action that a term belongs to, or empty
   * @param name name for a reader: {@code comparator latch}
   * @param key name among the slots
   * @param formula right side; its names are those of slots
   * @param flow of a bias, the slots of its times
   * @param circuit circuit whose file states it
   */
  public record Row(
      Optional<Term> term,
      String action,
      String name,
      String key,
      int slot,
      Formula.Expression formula,
      Exponents exponents,
      Optional<Flow> flow,
      String circuit,
      String note,
      Place place) {
    /** True of the time of a conversion, which rates are the inverse of. */
    boolean isPeriod() {
      return key.equals("time conversion");
    }

    /** True if it is a term of a selection. */
    boolean isOf(Terms terms) {
      return term.isPresent() && terms.holds(term.get(), action);
    }
  }

  /**
   * Slots of a bias' times.
   *
   * @param on time for which it takes the energy of its term
   * @param wakes time to settle; empty of a copy that flows while the column conducts
   */
  public record Flow(int on, Optional<Integer> wakes) {}

  Sheet(CircuitFile file, List<Input<T>> inputs, List<Constant> constants, List<Row> rows) {
    circuit = file.name();
    source = file.source();
    this.inputs = List.copyOf(inputs);
    this.constants = List.copyOf(constants);
    this.rows = List.copyOf(rows);
    inputs.forEach(input -> slots.put(input.entry().name(), input.slot()));
    constants.forEach(constant -> slots.put(constant.key(), constant.slot()));
    rows.forEach(row -> slots.put(row.key(), row.slot()));
    terms = rows.stream().filter(row -> row.term().isPresent()).toList();
    biases = rows.stream().filter(row -> row.flow().isPresent()).toList();
    program = SheetCompiler.compile(this);
  }

  /** Name of the circuit. */
  public String circuit() {
    return circuit;
  }

  /** Its constants and those of circuits that it uses. */
  public List<Constant> constants() {
    return constants;
  }

  /** Its rows, in the order in which they are computed. */
  public List<Row> rows() {
    return rows;
  }

  List<Input<T>> inputs() {
    return inputs;
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
  List<Row> biases() {
    return biases;
  }

  int size() {
    return inputs.size() + constants.size() + rows.size();
  }

  /** Slot of a name; empty if there is none. */
  Optional<Integer> slot(String key) {
    return Optional.ofNullable(slots.get(key));
  }

  /** Its terms, in the order of the file. */
  List<Row> terms() {
    return terms;
  }

  /** Source of its figures, as its file states it. */
  public String source() {
    return source;
  }

  SheetProgram program() {
    return program;
  }

  /**
   * Sheet of a circuit.
   *
   * @param file its file
   * @param source files of the circuits that it uses
   * @param vocabulary names that its equations may read
   * @param problems where mistakes of the file are recorded
   * @return the sheet; empty if there is a mistake
   */
  public static <T> Optional<Sheet<T>> of(
      CircuitFile file, CircuitSource source, Vocabulary<T> vocabulary, Problems problems) {
    return SheetLinker.link(file, source, vocabulary, problems);
  }

  /**
   * Values of the circuit for what it is sized for.
   *
   * @param subject what it is sized for
   * @param node_nm node at which tables are read
   * @param changes constants that a design changes
   * @throws UndefinedFigureException if a term is no number or below zero
   */
  public Solution solve(T subject, double node_nm, ConstantChanges changes) {
    double[] values = new double[size()];
    for (Input<T> input : inputs) {
      values[input.slot()] = input.entry().value().applyAsDouble(subject);
    }
    for (Constant constant : constants) {
      values[constant.slot()] =
          constant.table().isPresent() ? constant.table().get().at(node_nm) : constant.value();
    }
    if (!changes.isEmpty()) {
      for (Constant constant : constants) {
        values[constant.slot()] = changes.value(constant, values[constant.slot()]);
      }
    }
    program.run(values);
    for (Row row : terms) {
      double value = values[row.slot()];
      boolean holds = row.isPeriod() ? value > 0 : value >= LEAST;
      if (!holds || value == Double.POSITIVE_INFINITY) {
        throw UndefinedFigureException.of(this, row, values);
      }
    }
    return new Solution(this, values);
  }
}
