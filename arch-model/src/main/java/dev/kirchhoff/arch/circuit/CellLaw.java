package dev.kirchhoff.arch.circuit;

import dev.kirchhoff.arch.spec.Units;

/**
 * Current of a cell with its access device as a function of the voltage across both. Not
 * necessarily odd, but increasing: the slope is positive wherever the conductance is.
 */
public sealed interface CellLaw {
  /** Current at a voltage. */
  double current_uA(double conductance_uS, double voltage_V);

  /** Its derivative. */
  double slope_uS(double conductance_uS, double voltage_V);

  /** Largest magnitude of the voltage for which the law is valid. */
  default double holdsTo_V() {
    return Double.POSITIVE_INFINITY;
  }

  /** True if current is conductance × voltage, so that one linear solution is exact. */
  default boolean isOhmic() {
    return false;
  }

  /** I = G V: a cell behind an access transistor that is fully on, whose resistance is in G. */
  record Ohmic() implements CellLaw {
    @Override
    public double current_uA(double conductance_uS, double voltage_V) {
      return conductance_uS * voltage_V;
    }

    @Override
    public double slope_uS(double conductance_uS, double voltage_V) {
      return conductance_uS;
    }

    @Override
    public boolean isOhmic() {
      return true;
    }
  }

  /**
   * I = G V_0 sinh(V / V_0): a filament with a barrier, and with a small V_0 a cell in series with
   * a threshold-less selector. Beyond 300 V_0, where it is 1e130 G V_0, it continues as a straight
   * line, which iterations may pass through but on which no solution is accepted.
   *
   * @param scale_V V_0, above which current grows exponentially
   */
  record HyperbolicSine(double scale_V) implements CellLaw {
    private static final double MOST = 300;

    public HyperbolicSine {
      if (!(scale_V > 0)) {
        throw new IllegalArgumentException("The scale (" + scale_V + " V) must be positive.");
      }
    }

    @Override
    public double current_uA(double conductance_uS, double voltage_V) {
      double x = voltage_V / scale_V;
      double within = Math.max(-MOST, Math.min(MOST, x));
      double sinh = StrictMath.sinh(within);
      return conductance_uS
          * scale_V
          * (within == x ? sinh : sinh + (x - within) * StrictMath.cosh(within));
    }

    @Override
    public double slope_uS(double conductance_uS, double voltage_V) {
      double within = Math.max(-MOST, Math.min(MOST, voltage_V / scale_V));
      return conductance_uS * StrictMath.cosh(within);
    }

    @Override
    public double holdsTo_V() {
      return MOST * scale_V;
    }
  }

  /**
   * I = G V (1 + a V²): an odd cubic, the lowest order of any symmetric device.
   *
   * @param cubic_perV2 a ≥ 0
   */
  record Cubic(double cubic_perV2) implements CellLaw {
    public Cubic {
      if (!(cubic_perV2 >= 0)) {
        throw new IllegalArgumentException("The cubic term must not be negative.");
      }
    }

    @Override
    public double current_uA(double conductance_uS, double voltage_V) {
      return conductance_uS * voltage_V * (1 + cubic_perV2 * voltage_V * voltage_V);
    }

    @Override
    public double slope_uS(double conductance_uS, double voltage_V) {
      return conductance_uS * (1 + 3 * cubic_perV2 * voltage_V * voltage_V);
    }
  }

  /**
   * I = G V (1 − a V²): a cell whose current grows slower than its voltage.
   *
   * @param cubic_perV2 a ≥ 0
   * @param most_V largest voltage for which it is valid; current must still rise there, 3 a V² < 1
   */
  record Saturating(double cubic_perV2, double most_V) implements CellLaw {
    public Saturating {
      if (!(cubic_perV2 >= 0) || !(3 * cubic_perV2 * most_V * most_V < 1)) {
        throw new IllegalArgumentException(
            "The current must rise up to " + most_V + " V, so 3 a V^2 must be below 1.");
      }
    }

    @Override
    public double current_uA(double conductance_uS, double voltage_V) {
      return conductance_uS * voltage_V * (1 - cubic_perV2 * voltage_V * voltage_V);
    }

    @Override
    public double slope_uS(double conductance_uS, double voltage_V) {
      return conductance_uS * (1 - 3 * cubic_perV2 * voltage_V * voltage_V);
    }
  }

  /**
   * I = G V + a(G) V² + b(G) V³ of TaOx devices of 50 to 225 uS, |V| ≤ 0.5 V, with polynomials a
   * and b in log10 of G in S. Source: Milo et al., IRPS 2021, doi 10.1109/IRPS46558.2021.9405119,
   * as fitted in CrossSim's {@code RRAMMilo} (coefficients read).
   */
  record Milo2021() implements CellLaw {
    @Override
    public double current_uA(double conductance_uS, double voltage_V) {
      if (conductance_uS == 0) {
        return 0;
      }
      double l = StrictMath.log10(conductance_uS * Units.SIEMENS_PER_US);
      return voltage_V
          * (conductance_uS + voltage_V * (square_uSperV(l) + voltage_V * cubic_uSperV2(l)));
    }

    @Override
    public double slope_uS(double conductance_uS, double voltage_V) {
      if (conductance_uS == 0) {
        return 0;
      }
      double l = StrictMath.log10(conductance_uS * Units.SIEMENS_PER_US);
      return conductance_uS + voltage_V * (2 * square_uSperV(l) + 3 * voltage_V * cubic_uSperV2(l));
    }

    private static double square_uSperV(double l) {
      return Units.US_PER_SIEMENS * (((0.0001388 * l + 0.001541) * l + 0.005711) * l + 0.007063);
    }

    private static double cubic_uSperV2(double l) {
      return Units.US_PER_SIEMENS * ((8.8710e-5 * l + 6.7919e-4) * l + 1.2968e-3);
    }
  }

  /**
   * An ohmic cell in series with a selector of I = I_0 sinh(V / V_0) (1S1R): V = I / G + V_0
   * asinh(I / I_0), solved for I by Newton's method; the left side rises in I and is concave for I
   * > 0, so that steps from below never overshoot.
   *
   * @param current_uA I_0
   * @param scale_V V_0
   */
  record Selector(double current_uA, double scale_V) implements CellLaw {
    private static final int STEPS = 100;

    public Selector {
      if (!(current_uA > 0) || !(scale_V > 0)) {
        throw new IllegalArgumentException(
            "Current (" + current_uA + " uA) and scale (" + scale_V + " V) must be positive.");
      }
    }

    @Override
    public double current_uA(double conductance_uS, double voltage_V) {
      if (conductance_uS == 0) {
        return 0;
      }
      double target_V = Math.abs(voltage_V);
      double i_uA = 0;
      for (int step = 0; step < STEPS; step++) {
        double miss_V = target_V - i_uA / conductance_uS - scale_V * asinh(i_uA / current_uA);
        double next_uA = i_uA + miss_V * slope(conductance_uS, i_uA);
        if (Math.abs(next_uA - i_uA) <= 1e-15 * next_uA) {
          break;
        }
        i_uA = next_uA;
      }
      return Math.copySign(i_uA, voltage_V);
    }

    @Override
    public double slope_uS(double conductance_uS, double voltage_V) {
      return conductance_uS == 0
          ? 0
          : slope(conductance_uS, Math.abs(current_uA(conductance_uS, voltage_V)));
    }

    private double slope(double conductance_uS, double i_uA) {
      double ratio = i_uA / current_uA;
      return 1 / (1 / conductance_uS + scale_V / (current_uA * Math.sqrt(1 + ratio * ratio)));
    }

    private static double asinh(double x) {
      return StrictMath.log(x + Math.sqrt(1 + x * x));
    }
  }
}
