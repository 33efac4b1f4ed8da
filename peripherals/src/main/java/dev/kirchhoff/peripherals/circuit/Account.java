package dev.kirchhoff.peripherals.circuit;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Record of the derivation of a figure, kept on request.
 *
 * <p>A circuit computes a figure and describes it in the same method, so that the price in a table
 * and the price in an explanation are one piece of code. With {@link #CLOSED} nothing is formatted
 * and nothing allocated:
 *
 * <pre>{@code
 * double energy_fJ(Account account) {
 *   if (account.isOpen()) {
 *     account.formula("# fF x (# V)^2", capacitance_fF, supply_V).source("assumed");
 *   }
 *   return capacitance_fF * supply_V * supply_V;
 * }
 * }</pre>
 *
 * <p>Formulas are arithmetic in coherent units ({@code + - x / ^}, parentheses, {@code min}, {@code
 * max}, {@code sqrt}) with unit words between, so that a reader, or a test, can compute them again.
 */
public final class Account {

  /** An account that records nothing. */
  public static final Account CLOSED = new Account(false);

  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private final boolean open;
  private String formula = "";
  private String source = "";

  private Account(boolean open) {
    this.open = open;
  }

  /** An account that records. */
  public static Account open() {
    return new Account(true);
  }

  /** True if an explanation is being recorded. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Records the formula.
   *
   * @param template text in which each {@code #} stands for the next number
   * @param numbers the numbers
   * @return this
   */
  public Account formula(String template, double... numbers) {
    if (!open) {
      return this;
    }
    StringBuilder text = new StringBuilder(template.length() + 8 * numbers.length);
    int next = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '#') {
        text.append(number(numbers[next++]));
      } else {
        text.append(c);
      }
    }
    if (next != numbers.length) {
      throw new IllegalArgumentException(
          "The formula ("
              + template
              + ") has "
              + next
              + " places but "
              + numbers.length
              + " numbers.");
    }
    formula = text.toString();
    return this;
  }

  /** Records the source of the constants. */
  public Account source(String text) {
    if (open) {
      source = text;
    }
    return this;
  }

  /**
   * Multiplies the recorded formula by a factor: {@code (formula) x factor}, unless the factor is
   * one.
   */
  public Account times(double factor, String word) {
    if (open && factor != 1) {
      formula = "(" + formula + ") x " + number(factor) + (word.isEmpty() ? "" : " " + word);
    }
    return this;
  }

  /** The recorded formula. */
  public String formula() {
    return formula;
  }

  /** The recorded source. */
  public String source() {
    return source;
  }

  /** A whole number as it is, another with at most four significant digits. */
  public static String number(double value) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e7
        ? rounded.toPlainString()
        : rounded.toString().replace("E+", "e").replace('E', 'e');
  }
}
