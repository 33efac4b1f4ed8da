package dev.kirchhoff.arch.workload;

/**
 * Operating conditions for drift, retention, endurance and leakage.
 *
 * @param temperature_K temperature
 * @param age_s time since programming
 * @param updateInterval_s time between two updates of the weights
 * @param peakData data that peak figures are stated at
 */
public record Operation(
    double temperature_K, double age_s, double updateInterval_s, PeakData peakData) {

  /** Conditions with uniform data. */
  public Operation(double temperature_K, double age_s, double updateInterval_s) {
    this(temperature_K, age_s, updateInterval_s, PeakData.UNIFORM);
  }

  /**
   * Data of the peak state: independent bits.
   *
   * @param inputs probability that a bit of an input is one
   * @param weights probability that a bit of a weight is one; of a magnitude where a weight is a
   *     differential pair
   * @param negative share of inputs that are negative; above 0 inputs are signed
   */
  public record PeakData(double inputs, double weights, double negative) {
    /** Bits that are one half of the time, of inputs without sign. */
    public static final PeakData UNIFORM = new PeakData(0.5, 0.5, 0);

    /** True if inputs are signed. */
    public boolean signed() {
      return negative > 0;
    }
  }
}
