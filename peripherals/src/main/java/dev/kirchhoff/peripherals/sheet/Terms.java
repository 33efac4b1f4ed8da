package dev.kirchhoff.peripherals.sheet;

/**
 * Selection of the terms of a circuit: those of some kinds and one action.
 *
 * @param action action that they belong to; empty if the circuit has one
 * @param kinds bit set of the kinds' ordinals
 */
public record Terms(String action, int kinds) {

  /** Terms of some kinds of a circuit with one action. */
  public static Terms of(Term... kinds) {
    return ofAction("", kinds);
  }

  /** Terms of some kinds of an action. */
  public static Terms ofAction(String action, Term... kinds) {
    int bits = 0;
    for (Term kind : kinds) {
      bits |= 1 << kind.ordinal();
    }
    return new Terms(action, bits);
  }

  boolean holds(Term kind, String ofAction) {
    return (kinds >> kind.ordinal() & 1) != 0 && action.equals(ofAction);
  }
}
