package dev.kirchhoff.arch.spec;

import java.util.Optional;

/**
 * Functions of formulas. Their values are computed here alone, whether a formula is interpreted or
 * compiled.
 */
public enum Function {
  MIN("min", 2, false),
  MAX("max", 2, false),
  SQRT("sqrt", 1, false),
  EXP("exp", 1, true),
  LN("ln", 1, true),
  LOG2("log2", 1, true),
  CEIL("ceil", 1, false),
  FLOOR("floor", 1, false),
  /** The first value if a spec states it, else the second. */
  STATED("stated", 2, false);

  private static final double LN_2 = StrictMath.log(2);

  /** Relative rounding error that ceil and floor overlook. */
  private static final double ROUNDING = 1e-12;

  private final String word;
  private final int arguments;
  private final boolean ofNumbers;

  Function(String word, int arguments, boolean ofNumbers) {
    this.word = word;
    this.arguments = arguments;
    this.ofNumbers = ofNumbers;
  }

  /** Name in a formula. */
  public String word() {
    return word;
  }

  /** Fewest arguments: two of min, max and stated, one of the others. */
  public int arguments() {
    return arguments;
  }

  /** True if its argument must be a pure number. */
  boolean ofNumbers() {
    return ofNumbers;
  }

  /** Function of a name. */
  public static Optional<Function> of(String word) {
    for (Function function : values()) {
      if (function.word.equals(word)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /** Value of one argument. */
  public double of(double x) {
    return switch (this) {
      case SQRT -> Math.sqrt(x);
      case EXP -> StrictMath.exp(x);
      case LN -> StrictMath.log(x);
      case LOG2 -> log2(x);
      case CEIL -> ceil(x);
      case FLOOR -> floor(x);
      case MIN, MAX, STATED -> x;
    };
  }

  /** Value of two arguments. */
  public double of(double x, double y) {
    return switch (this) {
      case MIN -> Math.min(x, y);
      case MAX -> Math.max(x, y);
      case STATED -> stated(x, y);
      case SQRT, EXP, LN, LOG2, CEIL, FLOOR ->
          throw new IllegalStateException("The function (" + word + ") takes one value.");
    };
  }

  /** Logarithm to the base of two. */
  public static double log2(double x) {
    return StrictMath.log(x) / LN_2;
  }

  /**
   * Power of x to y, bit for bit that of {@code StrictMath}. Whole powers of two, the most frequent
   * by far, are exact there, so that they need no logarithm.
   */
  public static double power(double x, double y) {
    int whole = (int) y;
    return x == 2 && whole == y && Math.abs(whole) < Double.MAX_EXPONENT
        ? Math.scalb(1.0, whole)
        : StrictMath.pow(x, y);
  }

  /** Least whole number that is not below x, a rounding error apart. */
  public static double ceil(double x) {
    return Math.ceil(x - ROUNDING * Math.abs(x));
  }

  /** Largest whole number that is not above x, a rounding error apart. */
  public static double floor(double x) {
    return Math.floor(x + ROUNDING * Math.abs(x));
  }

  /** The first value unless it is absent (NaN). */
  public static double stated(double x, double y) {
    return Double.isNaN(x) ? y : x;
  }
}
