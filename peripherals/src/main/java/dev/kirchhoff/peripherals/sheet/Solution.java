package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Values of all names of a circuit that is sized: figures are sums over its terms of a kind.
 * Explanation and derivatives read the same rows that gave the values.
 */
public final class Solution {
  private static final String SOURCE_OF_BIAS =
      "flows in conversions and one settling before, copies while their column conducts (assumed);"
          + " ";

  private static final Terms REACH = Terms.of(Term.REACH);

  /** A difference of rounded numbers may lie this far below zero. */
  private static final double LEAST = -1e-9;

  /** Largest figure: none of a chip is near it, and sums of squares of it are numbers. */
  private static final double MOST = 1e30;

  private final Sheet<?> sheet;
  private final double[] values;

  Solution(Sheet<?> sheet, double[] values) {
    this.sheet = sheet;
    this.values = values;
  }

  /**
   * Values of the circuit for what it is sized for.
   *
   * @param sheet rows of the circuit
   * @param subject what it is sized for
   * @param node_nm node at which tables are read
   * @param changes constants that a design changes
   * @throws UndefinedFigureException if a term is undefined, too large or negative, or the time of
   *     a conversion or a bias is not above zero
   */
  public static <T> Solution of(
      Sheet<T> sheet, T subject, double node_nm, ConstantChanges changes) {
    double[] values = sheet.newSlots(node_nm);
    sheet.read(subject, values);
    if (!changes.isEmpty()) {
      for (SheetConstant constant : sheet.constants()) {
        values[constant.slot()] =
            changes.value(constant.circuit(), constant.name(), values[constant.slot()]);
      }
    }
    sheet.program().run(values);
    Optional<SheetRow> outside = sheet.firstOutside(values, LEAST, MOST);
    if (outside.isPresent()) {
      throw UndefinedFigureException.of(sheet, outside.get(), values);
    }
    for (SheetRow row : sheet.biases()) {
      SheetRow.Flow flow = row.flow().orElseThrow();
      boolean flows = values[flow.on()] > 0 && values[flow.on()] <= MOST;
      if (!flows && values[row.slot()] != 0) {
        throw UndefinedFigureException.ofTime(row, "over", "above 0", values[flow.on()]);
      }
      if (flow.wakes().isPresent() && !(values[flow.wakes().get()] >= 0)) {
        throw UndefinedFigureException.ofTime(
            row, "wakes", "of at least 0", values[flow.wakes().get()]);
      }
    }
    return new Solution(sheet, values);
  }

  /** Sum of a selection of terms, in the order of the file. */
  public double sum(Terms selection) {
    return sheet.add(0, values, selection, 1);
  }

  /** Sum of a selection of terms with its account. */
  public double sum(Terms selection, Account account) {
    if (account.isOpen()) {
      List<SheetRow> told = told(rows(selection));
      account.formula(formula(told, "")).source(sheet.source(told));
    }
    return sum(selection);
  }

  /**
   * Sum of a selection of terms on top of another circuit's figure, whose account it continues: its
   * terms and its source stand behind the name of their circuit.
   */
  public double plus(double own, Terms selection, Account account) {
    List<SheetRow> told = account.isOpen() ? told(rows(selection)) : List.of();
    if (!told.isEmpty()) {
      String name = circuit().replace('-', ' ');
      account
          .formula(account.formula() + " + " + formula(told, name + " "))
          .source(account.source() + "; " + name + ": " + sheet.source(told));
    }
    return sheet.add(own, values, selection, 1);
  }

  /** Formulas of rows that add up, each before a prefix and its name. */
  private String formula(List<SheetRow> told, String prefix) {
    StringJoiner text = new StringJoiner(" + ").setEmptyValue("0");
    told.forEach(row -> text.add("(" + formula(row) + ") " + prefix + row.name()));
    return text.toString();
  }

  /** Energy of its biases in a turn of the column, with its account. */
  public double bias_fJ(double conduct_ns, double turn_ns, Account account) {
    if (account.isOpen()) {
      StringJoiner text = new StringJoiner(" + ");
      List<SheetRow> told = told(sheet.biases());
      for (SheetRow row : told) {
        String flow = Units.allDigits(flow_ns(row, conduct_ns, turn_ns));
        String on = Units.allDigits(on_ns(row));
        text.add("((" + formula(row) + ") x " + flow + " ns / " + on + " ns) " + row.name());
      }
      account
          .formula(told.isEmpty() ? "0" : text.toString())
          .source(SOURCE_OF_BIAS + sheet.source(told));
    }
    return bias_fJ(conduct_ns, turn_ns);
  }

  /**
   * Terms that an action takes.
   *
   * @param factor time for which it draws a power, 1 of an energy
   * @param unit unit of the factor, or empty
   */
  public record Part(Terms terms, double factor, String unit) {
    /** Terms times a factor. */
    public static Part of(Terms terms, double factor, String unit) {
      return new Part(terms, factor, unit);
    }
  }

  /** Sum of what an action takes, with its account. */
  public double sum(Account account, Part... parts) {
    if (account.isOpen()) {
      StringJoiner text = new StringJoiner(" + ");
      List<SheetRow> told = new ArrayList<>();
      for (Part part : parts) {
        for (SheetRow row : rows(part.terms())) {
          if (values[row.slot()] * part.factor() != 0) {
            told.add(row);
            String formula = "(" + formula(row) + ")";
            String times = " x " + Units.allDigits(part.factor()) + " " + part.unit();
            text.add(
                (part.unit().isEmpty() ? formula : "(" + formula + times + ")") + " " + row.name());
          }
        }
      }
      account.formula(told.isEmpty() ? "0" : text.toString()).source(sheet.source(told));
    }
    double sum = 0;
    for (Part part : parts) {
      sum = sheet.add(sum, values, part.terms(), part.factor());
    }
    return sum;
  }

  /** Value of a quantity of its file, or another where the file has none of that name. */
  public double quantity(String name, double otherwise) {
    return at(sheet.slot(name), otherwise);
  }

  /** Largest of its sizes over those of published circuits; 0 if its file states none. */
  public double reach() {
    return rows(REACH).stream().mapToDouble(this::value).max().orElse(0);
  }

  /** Rows of a selection of terms. */
  public List<SheetRow> rows(Terms selection) {
    List<SheetRow> selected = new ArrayList<>();
    for (SheetRow row : sheet.terms()) {
      if (row.isOf(selection)) {
        selected.add(row);
      }
    }
    return selected;
  }

  /** Value of a row. */
  public double value(SheetRow row) {
    return values[row.slot()];
  }

  /** Rows that a figure is told by: those that are not zero. */
  private List<SheetRow> told(List<SheetRow> summed) {
    return summed.stream().filter(row -> values[row.slot()] != 0).toList();
  }

  /** Lines of a user's files that state a selection of terms, as an account names them. */
  public String places(Terms selection) {
    return sheet.places(told(rows(selection)));
  }

  /** Value of a row with its account. */
  public double value(SheetRow row, Account account) {
    if (account.isOpen()) {
      account.formula(formula(row)).source(sheet.source(List.of(row)));
    }
    return value(row);
  }

  /** Value of a term of a name, or another where the circuit states none. */
  public double value(Term term, String name, double otherwise) {
    return at(sheet.slot(term, name), otherwise);
  }

  private double at(Optional<Integer> slot, double otherwise) {
    return slot.isPresent() ? values[slot.get()] : otherwise;
  }

  /** True if the circuit states a term of a name. */
  public boolean has(Term term, String name) {
    return sheet.slot(term, name).isPresent();
  }

  /** True if the circuit states a term of a selection. */
  public boolean has(Terms selection) {
    for (SheetRow row : sheet.terms()) {
      if (row.isOf(selection)) {
        return true;
      }
    }
    return false;
  }

  /** Value of a slot. */
  double value(int slot) {
    return values[slot];
  }

  /**
   * Energy of its biases in a turn of the column.
   *
   * @param conduct_ns time that the column conducts
   * @param turn_ns time of the turn: an idle bias is switched off, and on again one settling before
   *     its use (assumed)
   */
  public double bias_fJ(double conduct_ns, double turn_ns) {
    double sum_fJ = 0;
    for (SheetRow row : sheet.biases()) {
      if (values[row.slot()] != 0) {
        sum_fJ += values[row.slot()] * flow_ns(row, conduct_ns, turn_ns) / on_ns(row);
      }
    }
    return sum_fJ;
  }

  /** Rows of biases. */
  public List<SheetRow> biases() {
    return sheet.biases();
  }

  /** Time for which a bias takes the energy of its term. */
  public double on_ns(SheetRow row) {
    return values[row.flow().orElseThrow().on()];
  }

  /** Time for which a bias flows in a turn of a column. */
  public double flow_ns(SheetRow row, double conduct_ns, double turn_ns) {
    SheetRow.Flow flow = row.flow().orElseThrow();
    return flow.wakes().isPresent()
        ? Math.min(turn_ns, values[flow.on()] + values[flow.wakes().get()])
        : conduct_ns;
  }

  /** Formula of a row with the numbers in place of its names. */
  public String formula(SheetRow row) {
    return FormulaText.of(row.formula(), this::named, sheet::unit);
  }

  private double named(String key) {
    return values[sheet.slot(key).orElseThrow()];
  }

  /** Its circuit. */
  public String circuit() {
    return sheet.circuit();
  }

  /** Constants of its circuit and of those that it uses. */
  public List<SheetConstant> constants() {
    return sheet.constants();
  }

  /** Value of a constant at its node, changes of the design included, in the coherent unit. */
  public double value(SheetConstant constant) {
    return values[constant.slot()];
  }

  /**
   * The circuit with other values of constants and inputs, all else of what it is sized for the
   * same.
   *
   * @param other values by name among the slots, in coherent units
   */
  public Solution with(Map<String, Double> other) {
    double[] changed = values.clone();
    other.forEach((key, value) -> changed[sheet.slot(key).orElseThrow()] = value);
    sheet.program().run(changed);
    return new Solution(sheet, changed);
  }

  Sheet<?> sheet() {
    return sheet;
  }

  double evaluate(Formula.Expression expression) {
    return Formula.value(expression, name -> values[sheet.slot(name.name()).orElseThrow()]);
  }
}
