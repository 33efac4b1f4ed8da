package dev.kirchhoff.arch.device;

import java.util.List;

/**
 * Statistics of a programmed conductance g, with x = g / reference.
 *
 * <p>Programming: sigma(g) = scale * sum c_i x^i, tabulated at one or more ages and interpolated in
 * log time; drift: g(t) = g (t/t0)^-nu with nu ~ N(exponent, spread), its mean compensated by one
 * gain per array; read noise: relative, white over one read. Neglected here: correlation between
 * cells, tails, temperature.
 *
 * @param programming programming error at one or more ages, ascending
 * @param reference_uS conductance at which x = 1; coefficients hold for it and scale with
 *     max_uS/reference_uS
 * @param drift drift law
 * @param readNoise sigma of one read relative to the conductance
 */
public record DeviceStatistics(
    List<ProgrammingError> programming, double reference_uS, Drift drift, double readNoise) {

  public DeviceStatistics {
    programming = List.copyOf(programming);
  }

  /**
   * Programming error at one age.
   *
   * @param age_s time since programming
   * @param sigma_uS coefficients of x^0, x^1, ... in uS
   */
  public record ProgrammingError(double age_s, List<Double> sigma_uS) {
    public ProgrammingError {
      sigma_uS = List.copyOf(sigma_uS);
    }

    /** Sigma at x, never negative, before scaling with the largest conductance. */
    public double at(double x) {
      double sum = 0;
      for (int i = sigma_uS.size() - 1; i >= 0; i--) {
        sum = sum * x + sigma_uS.get(i);
      }
      return Math.max(0, sum);
    }
  }

  /**
   * Power-law drift.
   *
   * @param exponent mean exponent nu
   * @param spread standard deviation of nu between cells
   * @param start_s time t0 at which drift is counted from
   */
  public record Drift(double exponent, double spread, double start_s) {}
}
