package dev.kirchhoff.arch.circuit;

/** Thermal energy. */
public final class Thermal {
  /** Boltzmann's constant, 1.380649·10⁻²³ J/K, exact in the SI of 2019. */
  public static final double BOLTZMANN_FJ_PER_K = 1.380649e-8;

  private Thermal() {}

  /** kT at a temperature. */
  public static double kT_fJ(double temperature_K) {
    return BOLTZMANN_FJ_PER_K * temperature_K;
  }
}
