package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/**
 * Sum of prices of other parts or actions, each times a number, with the formula and the sources of
 * all of them in an open account.
 */
final class PriceSum {
  private final Account account;
  private final StringJoiner formula = new StringJoiner(" + ");
  private final Set<String> sources = new LinkedHashSet<>();
  private double sum;

  PriceSum(Account account) {
    this.account = account;
  }

  /** Adds a number of prices; zeros leave no term. */
  void add(double number, ToDoubleFunction<Account> price) {
    double each = price.applyAsDouble(account);
    if (number == 0 || each == 0) {
      return;
    }
    sum += number * each;
    if (account.isOpen()) {
      formula.add(Units.allDigits(number) + " x (" + account.formula() + ")");
      sources.add(account.source());
    }
  }

  /** The sum, recorded. */
  double record(String what) {
    if (account.isOpen()) {
      account
          .formula(sum == 0 ? "0" : formula.toString())
          .source(what + ": " + String.join("; ", sources));
    }
    return sum;
  }
}
