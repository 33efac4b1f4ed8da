package dev.kirchhoff.arch.device;

/**
 * Curvature of a cell's current over its voltage, one number per device: the conductance window
 * grows as a parabola,
 *
 * <pre>ΔG(V) = ΔG(0) (1 + κ (V / V_κ)²),     I = V ΔG(V)</pre>
 *
 * <p>the first term of V_0 sinh(V / V_0), κ = (V_κ / V_0)² / 6, and of a tunnel current (Simmons,
 * J. Appl. Phys. 1963, doi 10.1063/1.1702682). κ is negative where the window closes, as that of a
 * magnetic junction or of a saturating channel. A window that would close so far that current stops
 * rising is held at −30 %. Neglected: curvature that depends on the state, polarity.
 *
 * @param change κ, window at V_κ over that near 0 V, less 1
 * @param voltage_V V_κ
 */
public record Curvature(double change, double voltage_V) {
  /** Cells that follow Ohm's law. */
  public static final Curvature OHMIC = new Curvature(0, 1);

  /** Least change of a current that rises with its voltage, with a margin: 1 + 3 c stays > 0. */
  public static final double LEAST = -0.3;

  public Curvature {
    if (!(voltage_V > 0) || !(change >= LEAST)) {
      throw new IllegalArgumentException(
          "The curvature ("
              + change
              + " at "
              + voltage_V
              + " V) must be above "
              + LEAST
              + " at a positive voltage.");
    }
  }

  /** Window at a voltage over that near 0 V, less 1: κ (V / V_κ)². */
  public double at(double v) {
    double share = v / voltage_V;
    return Math.max(LEAST, change * share * share);
  }
}
