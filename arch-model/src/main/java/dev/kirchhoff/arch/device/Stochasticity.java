package dev.kirchhoff.arch.device;

/**
 * Stochasticity of switching as Wang et al. compare it (Nat. Rev. Mater. 5, 2020, Fig. 5): 2 (sigma
 * of log R_HRS + sigma of log R_LRS) / (log R_HRS - log R_LRS), the overlap of the two states in
 * units of their distance. The base of the logarithm cancels.
 *
 * <p>Here sigma of ln R = sigma of g / g for small errors, with the programming error at its first
 * age. Where the error of the high-resistance state is as large as its conductance the linear form
 * says only that the states are wide.
 */
public final class Stochasticity {
  private Stochasticity() {}

  /** Stochasticity of a device, 0 = none. */
  public static double of(Device device) {
    ConductanceWindow window = device.window();
    double spread = relative(device, window.min_uS()) + relative(device, window.max_uS());
    return 2 * spread / StrictMath.log(window.onOffRatio());
  }

  private static double relative(Device device, double g_uS) {
    DeviceStatistics statistics = device.statistics();
    if (statistics.programming().isEmpty() || g_uS == 0) {
      return 0;
    }
    double x = g_uS / device.window().max_uS();
    double scale = device.window().max_uS() / statistics.reference_uS();
    return statistics.programming().get(0).at(x) * scale / g_uS;
  }
}
