package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Units;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Failure of a circuit to give a figure for a design: a term is undefined, too large or negative.
 * The message begins with the place of its line.
 */
public final class UndefinedFigureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private UndefinedFigureException(String message) {
    super(message);
  }

  static UndefinedFigureException ofTime(SheetRow row, String word, String least, double value_ns) {
    return new UndefinedFigureException(
        row.place()
            + " "
            + row.name()
            + ": flows "
            + word
            + " "
            + Units.number(value_ns)
            + " ns, must be a time "
            + least);
  }

  static UndefinedFigureException of(Sheet<?> sheet, SheetRow row, double[] values) {
    Set<String> read = new LinkedHashSet<>();
    Formula.value(
        row.formula(),
        name -> {
          double value = values[sheet.slot(name.name()).orElseThrow()];
          read.add(name.name() + " = " + Units.number(value));
          return value;
        });
    return new UndefinedFigureException(
        row.place()
            + " "
            + row.name()
            + ": is "
            + Units.number(values[row.slot()])
            + " as "
            + row.term().orElseThrow().word()
            + ", must be a number "
            + (row.isPeriod() ? "above" : "of at least")
            + " 0 and at most 1e30"
            + (read.isEmpty() ? "" : ", with " + String.join(", ", read)));
  }
}
