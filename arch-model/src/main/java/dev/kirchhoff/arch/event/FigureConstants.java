package dev.kirchhoff.arch.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure with the constants of circuit files that it leans on most.
 *
 * @param figure word of a metric, or figure of a circuit
 * @param value its value in its unit
 * @param of number of constants that move it
 */
public record FigureConstants(
    String figure, double value, String unit, int of, List<Constant> constants) {
  public FigureConstants {
    constants = List.copyOf(constants);
  }

  /**
   * A constant that a figure leans on.
   *
   * @param value its value in its unit
   * @param share percent by which the figure changes with one percent more of the constant
   * @param band band of the constant; absent if it has none
   * @param set argument of {@code --set} that states its value
   */
  public record Constant(
      String circuit,
      String name,
      double value,
      String unit,
      String origin,
      String source,
      double share,
      Optional<Ends> band,
      String set) {}

  /**
   * Ends of a constant's band, as factors, and the figure there.
   *
   * @param atLow the figure with the constant at the low end; absent where it has none
   * @param reason what disagrees
   */
  public record Ends(
      double low, double high, OptionalDouble atLow, OptionalDouble atHigh, String reason) {}
}
