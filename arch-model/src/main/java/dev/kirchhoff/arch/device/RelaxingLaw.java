package dev.kirchhoff.arch.device;

/**
 * ReRAM with a conductive metal oxide: a write-verify loop accepts the cell, which then relaxes.
 *
 * <p>g_prog = g + (a + b g) z_1; g(t) = max(g_min, g_prog + s ln t) + (c + d ln t) z_2, t in
 * seconds and at least 1; σ_read = e log10(g) sqrt(ln((t + t_r) / (2 t_r))), g in uS. Source: CMO /
 * HfOx devices of IBM Zurich as fitted in aihwkit's {@code ReRamCMONoiseModel} (commit 4545f11);
 * coefficients read.
 *
 * @param window range of conductance; the mean does not relax below its least one
 * @param offset_uS a
 * @param slope b, error per conductance
 */
public record RelaxingLaw(ConductanceWindow window, double offset_uS, double slope)
    implements ConductanceLaw {
  private static final double SHIFT_US = -0.08900206;
  private static final double RELAXED_US = 0.41183342;
  private static final double RELAXING_US = 0.04201137;
  private static final double READ_US = 0.0277316483;
  private static final double READ_S = 1e-6;
  private static final double FIRST_S = 1;

  /** Cells accepted within 0.2 % of their target: what write-verify with patience gives. */
  public static RelaxingLaw acceptedWithin02(ConductanceWindow window) {
    return new RelaxingLaw(window, 0.00081107, 0.00106879);
  }

  /** Cells accepted within 2 % of their target. */
  public static RelaxingLaw acceptedWithin2(ConductanceWindow window) {
    return new RelaxingLaw(window, 0.0112185391, 0.01129027418);
  }

  @Override
  public double programmingSigma_uS(double target_uS) {
    return offset_uS + slope * target_uS;
  }

  @Override
  public double programmed_uS(double target_uS, double programming) {
    return Math.max(0, target_uS + programmingSigma_uS(target_uS) * programming);
  }

  /** Mean of a cell at an age. */
  public double mean_uS(double programmed_uS, double age_s) {
    return Math.max(window.min_uS(), programmed_uS + SHIFT_US * logarithm(age_s));
  }

  /** Standard deviation of relaxation at an age. */
  public double relaxationSigma_uS(double age_s) {
    return RELAXED_US + RELAXING_US * logarithm(age_s);
  }

  private static double logarithm(double age_s) {
    return StrictMath.log(Math.max(FIRST_S, age_s));
  }

  @Override
  public double aged_uS(double target_uS, double age_s, double programming, double ageing) {
    double mean_uS = mean_uS(programmed_uS(target_uS, programming), age_s);
    return Math.max(0, mean_uS + relaxationSigma_uS(age_s) * ageing);
  }

  @Override
  public double readSigma_uS(double programmed_uS, double aged_uS, double age_s) {
    double t_s = Math.max(FIRST_S, age_s);
    double growth = Math.sqrt(StrictMath.log((t_s + READ_S) / (2 * READ_S)));
    return READ_US * Math.max(0, StrictMath.log10(Math.max(aged_uS, 1))) * growth;
  }
}
