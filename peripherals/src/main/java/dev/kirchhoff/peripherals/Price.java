package dev.kirchhoff.peripherals;

import dev.kirchhoff.peripherals.circuit.Account;

/**
 * Price with its account, as {@code explain} prints it at a leaf.
 *
 * @param value the figure
 * @param formula its derivation, with numbers: {@code (100 fF x 8 + 0.001 fF x 4^8) x (0.9 V)^2}
 * @param source paper, DOI, table; node; read, fitted or assumed; or {@code given, isaac.yaml:23}
 */
public record Price(double value, String formula, String source) {
  /** A value with the formula and source that its account recorded. */
  static Price of(double value, Account account) {
    return new Price(value, account.formula(), account.source());
  }
}
