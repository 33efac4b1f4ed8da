package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.SheetRow;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.ArrayList;
import java.util.List;

/**
 * Cause of the noise of a conversion.
 *
 * @param name name of the cause
 * @param steps2 its variance, in squares of a step of a code
 * @param formula its derivation, with numbers; empty unless asked for
 * @param source where its constants come from
 */
public record NoiseTerm(String name, double steps2, String formula, String source) {

  /** A cause with what its account recorded. */
  public static NoiseTerm of(String name, double steps2, Account account) {
    return new NoiseTerm(name, steps2, account.formula(), account.source());
  }

  /** Causes that a circuit states. */
  public static List<NoiseTerm> of(Solution circuit, Terms terms, Account account) {
    List<NoiseTerm> causes = new ArrayList<>();
    for (SheetRow row : circuit.rows(terms)) {
      causes.add(of(row.name(), circuit.value(row, account), account));
    }
    return causes;
  }

  /** Variance of all causes. */
  public static double sum_steps2(List<NoiseTerm> parts) {
    double sum = 0;
    for (NoiseTerm part : parts) {
      sum += part.steps2();
    }
    return sum;
  }
}
