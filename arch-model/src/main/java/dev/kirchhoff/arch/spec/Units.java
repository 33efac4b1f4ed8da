package dev.kirchhoff.arch.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities as text with a unit: reading, and printing with three significant digits and the
 * fitting prefix. Inside, values are doubles in the coherent unit of their {@link Dimension}; where
 * they leave it, for results in usual units, or for laws and files in others, these factors
 * convert.
 *
 * <pre>{@code
 * Units.quantity("0.78 ns", Dimension.TIME);        // 0.78
 * Units.print(1620, Dimension.ENERGY);              // "1.62 pJ"
 * }</pre>
 */
public final class Units {
  /** Nanometres of a micrometre. */
  public static final double NM_PER_UM = 1000;

  /** Square micrometres of a square millimetre. */
  public static final double UM2_PER_MM2 = 1e6;

  /** Square millimetres of a square micrometre. */
  public static final double MM2_PER_UM2 = 1e-6;

  /** Nanoseconds of a second. */
  public static final double NS_PER_S = 1e9;

  /** Seconds of a nanosecond. */
  public static final double S_PER_NS = 1e-9;

  /** Nanoseconds of a millisecond. */
  public static final double NS_PER_MS = 1e6;

  /** Milliseconds of a nanosecond. */
  public static final double MS_PER_NS = 1e-6;

  /** Microwatts of a watt. */
  public static final double UW_PER_W = 1e6;

  /** Watts of a microwatt. */
  public static final double W_PER_UW = 1e-6;

  /** Picoseconds of a nanosecond. */
  public static final double PS_PER_NS = 1000;

  /** Nanoamperes of a microampere. */
  public static final double NA_PER_UA = 1000;

  /** Nanowatts of a microwatt. */
  public static final double NW_PER_UW = 1000;

  /** Femtojoules of a microjoule. */
  public static final double FJ_PER_UJ = 1e9;

  /** Microjoules of a femtojoule. */
  public static final double UJ_PER_FJ = 1e-9;

  /** Microamperes of an ampere. */
  public static final double UA_PER_A = 1e6;

  /** Amperes of a microampere. */
  public static final double A_PER_UA = 1e-6;

  /** Microsiemens of a siemens. */
  public static final double US_PER_SIEMENS = 1e6;

  /** Siemens of a microsiemens. */
  public static final double SIEMENS_PER_US = 1e-6;

  /** Ohms of a megohm. */
  public static final double OHM_PER_MOHM = 1e6;

  /** Megohms of an ohm. */
  public static final double MOHM_PER_OHM = 1e-6;

  /** Bits of a byte. */
  public static final double BITS_PER_BYTE = 8;

  private static final String NUMBER = "[+-]?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";
  private static final Pattern PLAIN = Pattern.compile(NUMBER);
  private static final Pattern QUANTITY =
      Pattern.compile("(" + NUMBER + ")\\s*([%A-Za-zµμΩ][A-Za-z0-9/%µμΩ²]*|1/s)?");

  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Units() {}

  /** Failure to read a text as the expected quantity; the message completes "VALUE ...". */
  public static final class UnitException extends Exception {
    UnitException(String message) {
      super(message);
    }
  }

  /** True if a text is a plain decimal number. */
  public static boolean isNumber(String text) {
    return PLAIN.matcher(text).matches();
  }

  /** True if a text is a number with or without a unit. */
  public static boolean isQuantity(String text) {
    Matcher matcher = QUANTITY.matcher(text);
    return matcher.matches()
        && (matcher.group(2) == null || Dimension.ofUnit(ascii(matcher.group(2))).isPresent());
  }

  /** The dimension of a quantity's text; a plain number has {@link Dimension#NUMBER}. */
  public static Dimension dimensionOf(String text) throws UnitException {
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches()) {
      throw new UnitException("is '" + text + "', must be a number with a unit");
    }
    if (matcher.group(2) == null) {
      return Dimension.NUMBER;
    }
    return Dimension.ofUnit(ascii(matcher.group(2)))
        .orElseThrow(() -> new UnitException("has the unknown unit '" + matcher.group(2) + "'"));
  }

  /**
   * Unit that is a product of others: {@code fF/um2}, {@code V um}, {@code gates/um}.
   *
   * @param exponents its exponents
   * @param factor its size in the coherent unit
   */
  public record UnitProduct(Exponents exponents, double factor) {}

  /** Words that count things, and {@code 1}: a number with a name. */
  private static final Set<String> COUNTS =
      Set.of(
          "1", "bit", "bits", "code", "codes", "step", "steps", "steps2", "count", "counts", "gate",
          "gates", "FO4", "cell", "cells", "row", "rows", "column", "columns", "pulse", "pulses");

  /** Words that count things, in alphabetical order. */
  public static List<String> counts() {
    return COUNTS.stream().sorted().toList();
  }

  /**
   * Reads a product of units; {@code /} divides by the one unit that follows it.
   *
   * @throws UnitException if a unit is unknown
   */
  public static UnitProduct product(String text) throws UnitException {
    Exponents exponents = Exponents.ONE;
    double factor = 1;
    for (String part : text.trim().split("(?=/)|\\s+")) {
      boolean divides = part.startsWith("/");
      String unit = ascii(divides ? part.substring(1) : part);
      if (unit.isEmpty() || COUNTS.contains(unit)) {
        continue;
      }
      Dimension dimension =
          Dimension.ofUnit(unit)
              .orElseThrow(
                  () -> new UnitException("has the unknown unit '" + unit + "'" + near(unit)));
      double size = dimension.unit(unit).orElseThrow().factor();
      exponents =
          divides ? exponents.over(dimension.exponents()) : exponents.times(dimension.exponents());
      factor = divides ? factor / size : factor * size;
    }
    return new UnitProduct(exponents, factor);
  }

  /**
   * Exponents of the steps of a code that a unit counts: those of a number where it counts none.
   */
  public static Exponents steps(String text) {
    Exponents exponents = Exponents.ONE;
    for (String part : text.trim().split("(?=/)|\\s+")) {
      boolean divides = part.startsWith("/");
      String unit = ascii(divides ? part.substring(1) : part);
      if (unit.matches("steps?2?")) {
        Exponents one =
            unit.endsWith("2") ? Exponents.STEPS.times(Exponents.STEPS) : Exponents.STEPS;
        exponents = divides ? exponents.over(one) : exponents.times(one);
      }
    }
    return exponents;
  }

  /** The unit or word of a count that was probably meant. */
  private static String near(String unit) {
    List<String> known = new ArrayList<>(counts());
    for (Dimension dimension : Dimension.values()) {
      dimension.units().forEach(named -> known.add(named.text()));
    }
    // Two letters are near to any two others.
    known.removeIf(name -> !name.regionMatches(true, 0, unit, 0, 1));
    return NearNames.nearest(unit, known).map(meant -> "; did you mean " + meant + "?").orElse("");
  }

  /**
   * A value in the coherent unit. Small units divide, since the inverse of a power of ten is exact
   * where the power itself is not.
   *
   * @param factor size of its unit in the coherent one
   */
  public static double coherent(double value, double factor) {
    return factor >= 1 ? value * factor : value / (1 / factor);
  }

  /** Greek letters and superscripts as ASCII. */
  private static String ascii(String unit) {
    return unit.replace('µ', 'u').replace('μ', 'u').replace("Ω", "ohm").replace("²", "2");
  }

  /**
   * Reads a quantity of a dimension in its coherent unit.
   *
   * @throws UnitException if the text is no number, has no unit, or one of another dimension
   */
  public static double quantity(String text, Dimension dimension) throws UnitException {
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches()) {
      throw new UnitException(notANumber(text) + ", must be " + expected(dimension));
    }
    double number = Double.parseDouble(matcher.group(1));
    if (!Double.isFinite(number)) {
      throw new UnitException("is " + text + ", which is too large");
    }
    String unit = matcher.group(2) == null ? null : ascii(matcher.group(2));
    if (unit == null) {
      if (dimension == Dimension.NUMBER || dimension == Dimension.RATIO) {
        return number;
      }
      throw new UnitException(
          "is "
              + text
              + " without a unit; write "
              + text
              + " "
              + usual(dimension)
              + " (units: "
              + dimension.unitList()
              + ")");
    }
    var known = dimension.unit(unit);
    if (known.isPresent()) {
      return number * known.get().factor();
    }
    var other = Dimension.ofUnit(unit);
    if (other.isPresent()) {
      if (dimension == Dimension.NUMBER) {
        throw new UnitException(text + " is " + other.get().article() + ", must be a bare number");
      }
      throw new UnitException(
          text + " is " + other.get().article() + ", must be " + expected(dimension));
    }
    throw new UnitException(
        "has the unknown unit '"
            + matcher.group(2)
            + "'"
            + (dimension == Dimension.NUMBER
                ? "; must be a bare number"
                : "; units: " + dimension.unitList()));
  }

  private static String usual(Dimension dimension) {
    return switch (dimension) {
      case LENGTH -> "nm";
      case AREA -> "mm2";
      case TIME -> "ns";
      case FREQUENCY -> "GHz";
      case RATE -> "GS/s";
      case VOLTAGE -> "V";
      case CURRENT -> "uA";
      case POWER -> "mW";
      case ENERGY -> "pJ";
      case RESISTANCE -> "kohm";
      case CONDUCTANCE -> "uS";
      case CAPACITANCE -> "fF";
      case CHARGE -> "fC";
      case INFORMATION -> "KB";
      case BANDWIDTH -> "GB/s";
      case TEMPERATURE -> "K";
      case LEVEL -> "dB";
      case FEATURE_AREA -> "F2";
      case NUMBER, RATIO -> "";
    };
  }

  private static String notANumber(String text) {
    if (text.isEmpty()) {
      return "is empty";
    }
    if (text.matches("[+-]?0[0-9]+.*")) {
      return "is " + text + ", but numbers are decimal without leading zeros";
    }
    if (text.matches("[+-]?[0-9]+(_[0-9]+)+.*")) {
      return "is " + text + ", but numbers are written without _";
    }
    return "is '" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'";
  }

  private static String expected(Dimension dimension) {
    if (dimension == Dimension.NUMBER) {
      return dimension.article();
    }
    String units = dimension == Dimension.RATIO ? "0.25 or 25 %" : dimension.unitList();
    return dimension.article() + " (" + units + ")";
  }

  /** Three significant digits and the fitting unit. */
  public static String print(double value, Dimension dimension) {
    return print(value, dimension, Units::significant);
  }

  /** As {@link #print}, with all digits that the value has. */
  public static String exact(double value, Dimension dimension) {
    return print(value, dimension, Units::exact);
  }

  private static String print(double value, Dimension dimension, DoubleFunction<String> digits) {
    if (dimension == Dimension.RATIO) {
      return digits.apply(value * 100) + " %";
    }
    if (dimension == Dimension.NUMBER) {
      return digits.apply(value);
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "none" : value > 0 ? "unlimited" : "-unlimited";
    }
    Dimension.Unit best = dimension.units().get(0);
    double size = Math.abs(value);
    for (Dimension.Unit unit : dimension.units()) {
      boolean plural = unit.text().matches("[a-z]{3,}s");
      double rounded = roundedTo3(size / unit.factor());
      if (!plural
          && (rounded >= 1 || unit == dimension.units().get(0))
          && unit.factor() >= best.factor()) {
        best = unit;
      }
    }
    if (dimension == Dimension.AREA && size >= 1e4) {
      // Areas of circuits are read in mm2: 0.372 mm2, not 372,000 um2.
      best = dimension.unit("mm2").orElseThrow();
    }
    if (dimension == Dimension.VOLTAGE && size >= 0.1) {
      // Supplies are read in volts: 0.900 V, not 900 mV.
      best = dimension.unit("V").orElseThrow();
    }
    if (size == 0) {
      best = dimension.unit(usual(dimension)).orElse(best);
    }
    double number = value / best.factor();
    boolean isPlural = !significant(number).equals(significant(1));
    Dimension.Unit unit = dimension.unit(best.text() + "s").filter(s -> isPlural).orElse(best);
    return digits.apply(number) + " " + unit.text();
  }

  /**
   * As one would write it in a spec, without needless zeros: {@code 32 nm}, {@code 0.9 V}, {@code 1
   * %}.
   */
  public static String brief(double value, Dimension dimension) {
    String text = print(value, dimension);
    int end = text.indexOf(' ');
    return end < 0
        ? withoutZeros(text)
        : withoutZeros(text.substring(0, end)) + text.substring(end);
  }

  /** {@link #significant} without needless zeros: {@code 300}, {@code 0.5}, {@code 1e7}. */
  public static String brief(double value) {
    return withoutZeros(significant(value));
  }

  private static String withoutZeros(String number) {
    return number.replaceAll("(\\.[0-9]*[1-9])0+(?=e|$)|\\.0+(?=e|$)", "$1");
  }

  private static double roundedTo3(double value) {
    if (value == 0) {
      return 0;
    }
    double scale = StrictMath.pow(10, 2 - Math.floor(StrictMath.log10(value)));
    return Math.round(value * scale) / scale;
  }

  /**
   * Three significant digits; large whole numbers keep their zeros: {@code 10600}, {@code 0.627},
   * {@code 1.20e-7}.
   */
  public static String significant(double value) {
    if (Double.isNaN(value)) {
      return "none";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "unlimited" : "-unlimited";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e7 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.2e", value)
          .replace("e+0", "e")
          .replace("e-0", "e-")
          .replace("e+", "e");
    }
    int exponent = (int) Math.floor(StrictMath.log10(size));
    double last = StrictMath.pow(10, exponent - 2);
    double rounded = Math.round(value / last) * last;
    if (Math.abs(rounded) >= StrictMath.pow(10, exponent + 1)) {
      exponent++;
    }
    int decimals = Math.max(0, 2 - exponent);
    return String.format(Locale.ROOT, "%." + decimals + "f", rounded);
  }

  /** As {@link #significant}, with all digits that the value has. */
  public static String exact(double value) {
    String brief = significant(value);
    return !Double.isFinite(value) || Double.parseDouble(brief) == value ? brief : digits(value);
  }

  /** A whole number as it is, another with at most four significant digits. */
  public static String number(double value) {
    if (isWhole(value) || !Double.isFinite(value)) {
      return allDigits(value);
    }
    return decimal(value, new BigDecimal(value).round(FOUR_DIGITS));
  }

  /** As {@link #number}, with all digits that the value has. */
  public static String allDigits(double value) {
    if (isWhole(value)) {
      return Long.toString((long) value);
    }
    return Math.abs(value) < 1e7
        ? decimal(value, new BigDecimal(Double.toString(value)))
        : digits(value).replace(".0e", "e");
  }

  private static String decimal(double value, BigDecimal digits) {
    BigDecimal brief = digits.stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e7
        ? brief.toPlainString()
        : brief.toString().replace("E+", "e").replace('E', 'e');
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9;
  }

  private static String digits(double value) {
    return Double.toString(value).replace('E', 'e');
  }

  /** A count with thousands separated by commas. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number of bytes for people. */
  public static String printBytes(double bytes) {
    return print(bytes, Dimension.INFORMATION);
  }
}
