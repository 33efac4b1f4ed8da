package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Place;
import java.util.Optional;

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
public record SheetRow(
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

  /** The figure that a term belongs to: of kinds that add up their sum, of others the term. */
  String figure() {
    Term kind = term.orElseThrow();
    String of = action.isEmpty() ? "" : " of a " + action;
    return kind.addsUp() ? kind.word() + of : kind.word() + of + " " + name;
  }

  /** True if it is a term of a selection. */
  boolean isOf(Terms terms) {
    return term.isPresent() && terms.holds(term.get(), action);
  }

  /**
   * Slots of a bias' times.
   *
   * @param on time for which it takes the energy of its term
   * @param wakes time to settle; empty of a copy that flows while the column conducts
   */
  public record Flow(int on, Optional<Integer> wakes) {}
}
