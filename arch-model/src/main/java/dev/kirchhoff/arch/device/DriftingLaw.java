package dev.kirchhoff.arch.device;

/**
 * Phase-change memory: programming error, drift and 1/f noise that depend on the conductance.
 *
 * <p>With x = g / g_max: σ_prog = (g_max / g_ref) Σ c_i x^i; g(t) = g_prog (t / t0)^-|ν|, ν =
 * μ_ν(x) + s_ν(x) z; σ_read = g(t) Q(x) sqrt(ln((t + t_r) / (2 t_r))). μ_ν and s_ν take the target,
 * Q the programmed conductance (so the code of the source does, its documentation says the target).
 * t counts from programming; the first read is t0 later.
 *
 * @param max_uS g_max
 * @param reference_uS g_ref, at which the coefficients of the error were fitted
 * @param sigma Σ c_i x^i in uS
 * @param exponent μ_ν
 * @param spread s_ν
 * @param readNoise Q
 * @param start_s t0
 * @param read_s t_r, duration of a read
 */
public record DriftingLaw(
    double max_uS,
    double reference_uS,
    CoefficientFit.Polynomial sigma,
    CoefficientFit exponent,
    CoefficientFit spread,
    CoefficientFit readNoise,
    double start_s,
    double read_s)
    implements ConductanceLaw {

  /**
   * Phase-change memory of Nandakumar et al., ICECS 2019, as fitted in aihwkit's {@code
   * PCMLikeNoiseModel} (commit 4545f11); coefficients read.
   */
  public static DriftingLaw phaseChange(double max_uS) {
    return new DriftingLaw(
        max_uS,
        25,
        CoefficientFit.Polynomial.of(0.26348, 1.9650, -1.1731),
        new CoefficientFit.Logarithm(-0.0155, 0.0244, 0.049, 0.1),
        new CoefficientFit.Logarithm(-0.0125, -0.0059, 0.008, 0.045),
        new CoefficientFit.InversePower(0.0088, 0.65, 1e-3, 0.2),
        20,
        250e-9);
  }

  /**
   * One device of the HERMES core, Khaddam-Aljameh et al., JSSC 57 (2022), doi
   * 10.1109/JSSC.2022.3140414, as fitted in aihwkit's {@code HermesNoiseModel} (commit 4545f11);
   * coefficients read.
   */
  public static DriftingLaw hermes(double max_uS) {
    return new DriftingLaw(
        max_uS,
        10.35,
        CoefficientFit.Polynomial.of(0.15781817, 2.32443916, -2.16310839, 0.68841818),
        HERMES_EXPONENT,
        new CoefficientFit.Split(
            0.3039,
            new CoefficientFit.Logarithm(-0.0120, -0.0023, 0.0124, 0.04),
            CoefficientFit.Polynomial.of(0.0104, 0.0116, -0.0165)),
        new CoefficientFit.Split(
            0.1591,
            new CoefficientFit.Logarithm(-0.0078, 0.0038, 0.0179, 0.04),
            CoefficientFit.Polynomial.of(0.0088, 0.0768, -0.1352, 0.0664)),
        200,
        512e-9);
  }

  /** Two devices of the HERMES core that share a value; source as of {@link #hermes}. */
  public static DriftingLaw hermesPair(double max_uS) {
    return new DriftingLaw(
        max_uS,
        20.7,
        CoefficientFit.Polynomial.of(0.16603222, 4.71806468, -8.48101252, 4.68961419),
        HERMES_EXPONENT,
        new CoefficientFit.Split(
            0.3055,
            new CoefficientFit.Logarithm(-0.0117, -0.0057, 0.0091, 0.04),
            CoefficientFit.Polynomial.of(0.0073, 0.0093, -0.0118)),
        new CoefficientFit.Split(
            0.16,
            new CoefficientFit.Logarithm(-0.0117, -0.0069, 0.015, 0.04),
            CoefficientFit.Polynomial.of(0.0123, 0.0211, -0.0280, 0.0069)),
        300,
        512e-9);
  }

  private static final CoefficientFit HERMES_EXPONENT =
      new CoefficientFit.Split(
          0.0945,
          new CoefficientFit.Logarithm(-0.0387, -0.0182, 0.072, 0.13),
          CoefficientFit.Polynomial.of(0.0736, -0.0126, -0.0436));

  @Override
  public double programmingSigma_uS(double target_uS) {
    return Math.max(0, max_uS / reference_uS * sigma.at(target_uS / max_uS));
  }

  @Override
  public double programmed_uS(double target_uS, double programming) {
    return Math.max(0, target_uS + programmingSigma_uS(target_uS) * programming);
  }

  @Override
  public double aged_uS(double target_uS, double age_s, double programming, double ageing) {
    double g_uS = programmed_uS(target_uS, programming);
    if (!(age_s > start_s)) {
      return g_uS;
    }
    double x = target_uS / max_uS;
    double nu = Math.abs(exponent.at(x) + spread.at(x) * ageing);
    return g_uS * StrictMath.pow(age_s / start_s, -nu);
  }

  @Override
  public double readSigma_uS(double programmed_uS, double aged_uS, double age_s) {
    double t_s = Math.max(age_s, start_s);
    double growth = Math.sqrt(StrictMath.log((t_s + read_s) / (2 * read_s)));
    return aged_uS * readNoise.at(programmed_uS / max_uS) * growth;
  }
}
