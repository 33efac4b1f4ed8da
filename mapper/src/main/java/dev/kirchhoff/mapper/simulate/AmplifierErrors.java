package dev.kirchhoff.mapper.simulate;

/**
 * Errors of the operational amplifiers that close a loop around an array: finite open-loop gain and
 * input offset, at direct current.
 *
 * <p>An amplifier of gain A_0 holds its input at v = v_os − V/A_0 in place of 0, which loads it
 * with the conductance of its whole line, S: A z + S z/A_0 = b + S v_os. Neglected: saturation,
 * output resistance, bandwidth (a matter of time).
 *
 * @param gain A_0, open-loop gain; infinite of an ideal one
 * @param offset_V standard deviation of the input offset, v_os
 * @param swing_V output voltage of the largest unknown
 */
public record AmplifierErrors(double gain, double offset_V, double swing_V) {

  /** Ideal amplifiers. */
  public static final AmplifierErrors IDEAL = new AmplifierErrors(Double.POSITIVE_INFINITY, 0, 1);

  public AmplifierErrors {
    if (!(gain > 0) || !(offset_V >= 0) || !(swing_V > 0)) {
      throw new IllegalArgumentException(
          "A loop amplifier must have a positive gain ("
              + gain
              + ") and swing ("
              + swing_V
              + " V) and an offset ("
              + offset_V
              + " V) of at least 0.");
    }
  }

  /** The errors among the effects of a simulation; the others are ideal. */
  AmplifierErrors among(SimulationOptions options) {
    return new AmplifierErrors(
        options.has(NonIdeality.LOOP_GAIN) ? gain : IDEAL.gain(),
        options.has(NonIdeality.LOOP_OFFSET) ? offset_V : 0,
        swing_V);
  }
}
