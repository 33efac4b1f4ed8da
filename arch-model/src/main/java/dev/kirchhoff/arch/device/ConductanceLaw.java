package dev.kirchhoff.arch.device;

/**
 * Conductance of a cell from its programming on, as a function of standard normal draws: one for
 * programming, one for ageing. The same draws at another age give the same cell at another age.
 *
 * <p>Age counts from programming. Neglected: correlation between cells, temperature.
 */
public sealed interface ConductanceLaw permits TabulatedLaw, DriftingLaw, RelaxingLaw {

  /** Standard deviation of the conductance at the end of programming, the first age known. */
  double programmingSigma_uS(double target_uS);

  /**
   * Conductance of a cell just programmed, never negative.
   *
   * @param target_uS conductance that was aimed at
   * @param programming draw of the programming error
   */
  double programmed_uS(double target_uS, double programming);

  /**
   * Conductance of the same cell at an age, read noise aside, never negative.
   *
   * @param target_uS conductance that was aimed at
   * @param age_s time since programming; before the first age known it is that of the first
   * @param programming draw of the programming error
   * @param ageing draw of the cell's own drift
   */
  double aged_uS(double target_uS, double age_s, double programming, double ageing);

  /**
   * Standard deviation of one read.
   *
   * @param programmed_uS conductance just after programming
   * @param aged_uS conductance at the time of the read
   * @param age_s time since programming
   */
  double readSigma_uS(double programmed_uS, double aged_uS, double age_s);

  /** The law of a device. */
  static ConductanceLaw of(Device device) {
    return of(device.statistics(), device.window());
  }

  /** The law of a device with these figures. */
  static ConductanceLaw of(DeviceStatistics statistics, ConductanceWindow window) {
    double max_uS = window.max_uS();
    return switch (statistics.law()) {
      case TABULATED -> new TabulatedLaw(statistics, max_uS);
      case NANDAKUMAR_2019 -> DriftingLaw.phaseChange(max_uS);
      case HERMES_2022 -> DriftingLaw.hermes(max_uS);
      case HERMES_2022_PAIR -> DriftingLaw.hermesPair(max_uS);
      case CMO -> RelaxingLaw.acceptedWithin02(window);
      case CMO_COARSE -> RelaxingLaw.acceptedWithin2(window);
    };
  }
}
