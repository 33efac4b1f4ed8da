package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.spec.Units;

/** Rates of workers in words. */
final class WorkRate {
  private WorkRate() {}

  /** Designs per second, or per minute where they are fewer than one a second. */
  static String text(double rate_perS) {
    return rate_perS >= 1
        ? Units.count(Math.round(rate_perS)) + " designs/s"
        : Units.significant(rate_perS * 60) + " designs/min";
  }
}
