package dev.kirchhoff.peripherals.circuit;

import dev.kirchhoff.arch.spec.Units;

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
 * max}, {@code sqrt}) with unit words between, and numbers have all their digits, so that a reader,
 * or a test, can compute them again; {@link dev.kirchhoff.arch.result.CostTree#readable} rounds
 * them.
 */
public final class Account {

  /** An account that records nothing. */
  public static final Account CLOSED = new Account(false);

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
        text.append(Units.allDigits(numbers[next++]));
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
      formula =
          "(" + formula + ") x " + Units.allDigits(factor) + (word.isEmpty() ? "" : " " + word);
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
}
