package dev.kirchhoff.arch.calibration;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Operating point of a column and its converter at which a fitted factor is valid. Quantities that
 * a circuit does not have are empty: the read voltage of a capacitor, the bits of an adder.
 *
 * @param rowsActive rows of a column that are summed at once
 * @param readVoltage_V voltage across a resistive cell
 * @param bits bits of a code
 * @param rate_GSps conversions of one converter a nanosecond, pulses and settling included
 * @param node_nm node
 */
public record OperatingPoint(
    int rowsActive,
    OptionalDouble readVoltage_V,
    OptionalInt bits,
    double rate_GSps,
    double node_nm) {
  /** Settings of chips are kept with three digits. */
  private static final double DIGITS = 0.01;

  /** A quantity of the setting. */
  public enum Axis {
    ROWS("active rows", point -> OptionalDouble.of(point.rowsActive)),
    VOLTAGE("read voltage", OperatingPoint::readVoltage_V),
    BITS("bits", point -> point.bits.stream().asDoubleStream().findFirst()),
    RATE("rate", point -> OptionalDouble.of(point.rate_GSps)),
    NODE("node", point -> OptionalDouble.of(point.node_nm));

    private final String word;
    private final Function<OperatingPoint, OptionalDouble> value;

    Axis(String word, Function<OperatingPoint, OptionalDouble> value) {
      this.word = word;
      this.value = value;
    }

    /** Its name. */
    public String word() {
      return word;
    }

    /** Its value at a setting; empty where it does not apply. */
    public OptionalDouble of(OperatingPoint point) {
      return value.apply(point);
    }

    private String print(double value) {
      return switch (this) {
        case ROWS, BITS -> Units.number(value);
        case VOLTAGE -> Units.brief(value, Dimension.VOLTAGE);
        case RATE -> Units.brief(value, Dimension.RATE);
        case NODE -> Units.brief(value / Units.NM_PER_UM, Dimension.LENGTH);
      };
    }
  }

  /**
   * A quantity with its value at a setting and its range over chips.
   *
   * @param value at the setting
   * @param least least over the chips
   * @param most most over the chips
   */
  public record Span(Axis axis, double value, double least, double most) {

    /** True if the setting lies outside the range. */
    public boolean isOutside() {
      return value < least * (1 - DIGITS) || value > most * (1 + DIGITS);
    }

    /** The range, in words. */
    public String range() {
      return least == most ? axis.print(least) : axis.print(least) + " to " + axis.print(most);
    }

    /** {@code read voltage 200 mV, fitted at 100 mV}. */
    public String sentence() {
      return axis.word() + " " + axis.print(value) + ", fitted at " + range();
    }
  }

  /** Quantities that apply here and to some settings of chips, beside their range over these. */
  public List<Span> spans(Collection<OperatingPoint> settings) {
    List<Span> spans = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      double[] values =
          settings.stream()
              .map(axis::of)
              .flatMapToDouble(OptionalDouble::stream)
              .sorted()
              .toArray();
      OptionalDouble own = axis.of(this);
      if (values.length > 0 && own.isPresent()) {
        spans.add(new Span(axis, own.getAsDouble(), values[0], values[values.length - 1]));
      }
    }
    return spans;
  }
}
