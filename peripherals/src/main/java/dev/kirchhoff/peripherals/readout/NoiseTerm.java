package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.List;

/**
 * Cause of the noise of a conversion.
 *
 * @param name name of the cause
 * @param steps2 its variance, in squares of a step of a code
 */
public record NoiseTerm(String name, double steps2) {

  /** Causes that a circuit states. */
  public static List<NoiseTerm> of(Solution circuit, Terms terms) {
    return circuit.rows(terms).stream()
        .map(row -> new NoiseTerm(row.name(), circuit.value(row)))
        .toList();
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
