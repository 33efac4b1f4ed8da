package dev.kirchhoff.peripherals.readout;

/**
 * Part of a readout with its energy and area.
 *
 * @param name name of the part
 * @param energy energy of a conversion, in fJ
 * @param area area, in um²
 */
public record BudgetTerm(String name, Figure energy, Figure area) {

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

  /** A part without area of its own. */
  public static BudgetTerm energy(String name, Figure energy) {
    return new BudgetTerm(name, energy, Figure.NONE);
  }
}
