package dev.kirchhoff.peripherals.readout;

import java.util.List;

/**
 * Cause of the noise of a conversion.
 *
 * @param name name of the cause
 * @param steps2 its variance, in squares of a step of a code
 */
public record NoiseTerm(String name, double steps2) {

  /** Variance of all causes. */
  public static double sum_steps2(List<NoiseTerm> parts) {
    double sum = 0;
    for (NoiseTerm part : parts) {
      sum += part.steps2();
    }
    return sum;
  }
}
