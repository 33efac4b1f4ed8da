package dev.kirchhoff.peripherals.readout;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Part of a readout with its energy and area.
 *
 * @param name name of the part
 * @param energy energy of a conversion
 * @param area area
 * @param bias times of the current that takes that energy; empty of a part that switches
 */
public record BudgetTerm(String name, Figure energy, Figure area, Optional<Bias> bias) {
  /** A part that switches. */
  public BudgetTerm(String name, Figure energy, Figure area) {
    this(name, energy, area, Optional.empty());
  }

  /**
   * Figure with its formula.
   *
   * @param value the figure
   * @param template formula with a {@code #} for each number
   * @param numbers its numbers
   */
  public record Figure(double value, String template, double... numbers) {
    /** A figure of zero. */
    public static final Figure NONE = new Figure(0, "0");

    /** A product of two numbers. */
    public static Figure product(double a, double b, String template) {
      return new Figure(a * b, template, a, b);
    }
  }

  /**
   * Times of a bias, a current whose energy is in proportion to the time for which it flows.
   *
   * @param on_ns time for which it takes the energy of the term
   * @param wake_ns time to settle after it is switched on; empty of a copy of the column's current,
   *     which flows while the column conducts
   */
  public record Bias(double on_ns, OptionalDouble wake_ns) {
    /**
     * Time for which it flows in a turn of a column: an idle bias is switched off, and on again one
     * settling before its use (assumed).
     *
     * @param conduct_ns time that the column conducts
     * @param turn_ns time of the turn
     */
    public double flow_ns(double conduct_ns, double turn_ns) {
      return wake_ns.isPresent() ? Math.min(turn_ns, on_ns + wake_ns.getAsDouble()) : conduct_ns;
    }
  }

  /** A part without area of its own. */
  public static BudgetTerm energy(String name, Figure energy) {
    return new BudgetTerm(name, energy, Figure.NONE);
  }

  /** A bias without area of its own. */
  static BudgetTerm bias(String name, Figure energy, double on_ns, double wake_ns) {
    Bias times = new Bias(on_ns, OptionalDouble.of(wake_ns));
    return new BudgetTerm(name, energy, Figure.NONE, Optional.of(times));
  }

  /** A copy of the column's current. */
  static BudgetTerm copy(String name, Figure energy, Figure area, double on_ns) {
    return new BudgetTerm(name, energy, area, Optional.of(new Bias(on_ns, OptionalDouble.empty())));
  }
}
