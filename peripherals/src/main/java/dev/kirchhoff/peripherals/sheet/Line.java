package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Place;
import java.util.List;
import java.util.Optional;

/** Line of a circuit's equations. */
public sealed interface Line {

  /** Place of its first character in the file. */
  Place place();

  /** Remark behind {@code #}. */
  String note();

  /**
   * Equation.
   *
   * @param term kind of the figure; empty of a quantity that other lines read
   * @param action action that a term belongs to, {@code read}; empty if the circuit has one
   * @param name name of the quantity, or of the term among its kind
   * @param formula right side
   * @param flow of a bias, times of its current
   */
  record Equation(
      Optional<Term> term,
      String action,
      String name,
      Formula formula,
      Optional<Flow> flow,
      String note,
      Place place)
      implements Line {}

  /**
   * Times of a bias.
   *
   * @param on time for which it takes the energy of its term
   * @param wakes time to settle after it is switched on; empty of a copy of the column's current,
   *     which flows while the column conducts
   */
  record Flow(Formula on, Optional<Formula> wakes) {}

  /**
   * Another circuit with its arguments.
   *
   * @param circuit name of the circuit
   * @param alias name by which its quantities are read
   */
  record Use(String circuit, String alias, List<Argument> arguments, String note, Place place)
      implements Line {}

  /** Value of an input of a circuit that is used. */
  record Argument(String name, Formula value, Place place) {}
}
