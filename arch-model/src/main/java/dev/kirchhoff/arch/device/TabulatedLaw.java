package dev.kirchhoff.arch.device;

/**
 * The law of a device known by a table of programming errors, one drift exponent and a relative
 * read noise: g(t) = max(0, target + σ(target, t) z_1) · (t / t0)^-(ν + s z_2), read noise r g(t).
 *
 * <p>The error of a later age replaces that of an earlier one (it was measured against the target)
 * with the same draw. ν is one value for all conductances.
 *
 * @param statistics table, drift and read noise
 * @param max_uS largest conductance
 */
public record TabulatedLaw(DeviceStatistics statistics, double max_uS) implements ConductanceLaw {

  @Override
  public double programmingSigma_uS(double target_uS) {
    return statistics.programmingSigma_uS(target_uS, max_uS, 0);
  }

  @Override
  public double programmed_uS(double target_uS, double programming) {
    return Math.max(0, target_uS + programmingSigma_uS(target_uS) * programming);
  }

  @Override
  public double aged_uS(double target_uS, double age_s, double programming, double ageing) {
    double sigma_uS = statistics.programmingSigma_uS(target_uS, max_uS, age_s);
    double g_uS = Math.max(0, target_uS + sigma_uS * programming);
    DeviceStatistics.Drift drift = statistics.drift();
    double exponent = drift.exponent() + drift.spread() * ageing;
    return exponent == 0 || !(age_s > drift.start_s()) || !(drift.start_s() > 0)
        ? g_uS
        : g_uS * StrictMath.pow(age_s / drift.start_s(), -exponent);
  }

  @Override
  public double readSigma_uS(double programmed_uS, double aged_uS, double age_s) {
    return statistics.readNoise() * aged_uS;
  }
}
