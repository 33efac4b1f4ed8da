package dev.kirchhoff.dse.table;

import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** Text of the limits that a design misses. */
final class MissedLimits {
  private MissedLimits() {}

  /**
   * Limits that a design misses, separated by semicolons; null, an empty cell, where it meets all.
   *
   * @param limits number of limits
   * @param amount amount by which each is missed, 0 = met
   * @param name text of each
   */
  static String text(int limits, IntToDoubleFunction amount, IntFunction<String> name) {
    StringBuilder missed = null;
    for (int c = 0; c < limits; c++) {
      if (amount.applyAsDouble(c) > 0) {
        missed = missed == null ? new StringBuilder() : missed.append("; ");
        missed.append(name.apply(c));
      }
    }
    return missed == null ? null : missed.toString();
  }
}
