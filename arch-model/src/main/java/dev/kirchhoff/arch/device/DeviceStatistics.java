package dev.kirchhoff.arch.device;

import java.util.List;
import java.util.Objects;

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
 * @param law what a simulation of single cells follows: these figures, or the published law that
 *     they summarise
 * @param faults cells that cannot be programmed
 */
public record DeviceStatistics(
    List<ProgrammingError> programming,
    double reference_uS,
    Drift drift,
    double readNoise,
    LawKind law,
    Faults faults) {

  public DeviceStatistics {
    programming = List.copyOf(programming);
    Objects.requireNonNull(law);
    Objects.requireNonNull(faults);
  }

  /** Statistics that are their own law, of cells that all work. */
  public DeviceStatistics(
      List<ProgrammingError> programming, double reference_uS, Drift drift, double readNoise) {
    this(programming, reference_uS, drift, readNoise, LawKind.TABULATED, Faults.NONE);
  }

  /**
   * Standard deviation of a conductance at an age, read noise aside: linear in the logarithm of age
   * between the ages of the table, that of the first before it; after the last it goes on with the
   * slope between first and last, never downwards (assumed). 0 without a table.
   *
   * @param g_uS conductance that was aimed at
   * @param max_uS largest conductance, where x = 1
   * @param age_s time since programming
   */
  public double programmingSigma_uS(double g_uS, double max_uS, double age_s) {
    if (programming.isEmpty()) {
      return 0;
    }
    ProgrammingError first = programming.get(0);
    ProgrammingError last = programming.get(programming.size() - 1);
    double young = scaled(first, g_uS, max_uS);
    if (age_s <= first.age_s() || programming.size() == 1) {
      return young;
    }
    if (age_s >= last.age_s()) {
      double old = scaled(last, g_uS, max_uS);
      double span = StrictMath.log(last.age_s() / first.age_s());
      return old + Math.max(0, old - young) / span * StrictMath.log(age_s / last.age_s());
    }
    int after = 1;
    while (programming.get(after).age_s() < age_s) {
      after++;
    }
    ProgrammingError from = programming.get(after - 1);
    ProgrammingError to = programming.get(after);
    double share = StrictMath.log(age_s / from.age_s()) / StrictMath.log(to.age_s() / from.age_s());
    double start = scaled(from, g_uS, max_uS);
    return start + share * (scaled(to, g_uS, max_uS) - start);
  }

  private double scaled(ProgrammingError error, double g_uS, double max_uS) {
    return error.at(g_uS / max_uS) * max_uS / reference_uS;
  }

  /**
   * Shares of cells that are stuck whatever is written.
   *
   * @param low share stuck at the least conductance
   * @param high share stuck at the largest
   */
  public record Faults(double low, double high) {
    /** All cells work. */
    public static final Faults NONE = new Faults(0, 0);

    public Faults {
      if (!(low >= 0 && high >= 0 && low + high <= 1)) {
        throw new IllegalArgumentException(
            "The shares of stuck cells (" + low + ", " + high + ") must be parts of a whole.");
      }
    }
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
