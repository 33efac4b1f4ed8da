package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Units;
import java.util.List;
import java.util.StringJoiner;

/**
 * Failure of a circuit to give a figure for a design: a term is no number, or below zero. The
 * message begins with the place of its line.
 */
public final class UndefinedFigureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private UndefinedFigureException(String message) {
    super(message);
  }

  static <T> UndefinedFigureException of(
      List<SheetInput<T>> inputs, SheetRow row, double[] values) {
    StringJoiner given = new StringJoiner(", ");
    for (SheetInput<T> input : inputs) {
      double value = values[input.slot()];
      if (!Double.isNaN(value)) {
        given.add(input.entry().name() + " = " + Units.number(value));
      }
    }
    Term term = row.term().orElseThrow();
    return new UndefinedFigureException(
        row.place()
            + " "
            + row.name()
            + ": is "
            + Units.number(values[row.slot()])
            + " as "
            + term.word()
            + ", must be a number "
            + (row.isPeriod() ? "above" : "of at least")
            + " 0, with "
            + given);
  }
}
