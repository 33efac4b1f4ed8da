package dev.kirchhoff.arch.device;

/**
 * State of a volatile device, 0 at rest to 1 when saturated: it decays between pulses, and a pulse
 * takes it a share of the way to saturation.
 *
 * <pre>s ← s e^(−t/τ),  s ← s + gain · p · (1 − s)</pre>
 *
 * <p>The first-order law of short-term plasticity in WOx devices (Du et al., Nat. Commun. 8 (2017),
 * doi 10.1038/s41467-017-02337-y). Neglected: spread of τ and gain between devices, which no entry
 * of the catalogue states, and noise of the increments.
 *
 * @param decay_ns τ
 * @param gain share of the way that a pulse of unit size takes
 */
public record VolatileLaw(double decay_ns, double gain) {
  /**
   * State after a wait and a pulse.
   *
   * @param state state after the pulse before
   * @param pulse size of the pulse, 0 to 1
   * @param wait_ns time between the two, t
   */
  public double after(double state, double pulse, double wait_ns) {
    double kept = state * StrictMath.exp(-wait_ns / decay_ns);
    return kept + gain * pulse * (1 - kept);
  }
}
