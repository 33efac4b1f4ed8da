package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.device.Device;

/**
 * Wear of cells that are written again and again: by updates of the weights, and by refreshes where
 * drift or retention ends sooner. A write of either kind brings all cells to their values, so the
 * time between two writes is the shorter of the two intervals.
 *
 * <p>Lifetime = endurance · time between two writes / mean pulses of a write; the endurance that is
 * left after a time falls linearly. Neglected: wear that shows in the window or in retention before
 * a cell fails, differences between cells, SET and RESET counted as one cycle in some sources.
 */
public final class Endurance {
  private Endurance() {}

  /**
   * Time between two writes of a cell.
   *
   * @param update_s time between two updates
   * @param refresh_s refresh interval; 0 if weights are too noisy when fresh, so that refreshing is
   *     of no use
   */
  public static double interval_s(double update_s, double refresh_s) {
    return refresh_s > 0 ? Math.min(update_s, refresh_s) : update_s;
  }

  /** Time until cells that are written at an interval fail. */
  public static double lifetime_s(Device device, double interval_s) {
    return device.limits().endurance_cycles() * interval_s / device.write().pulses();
  }

  /** Share of the endurance that is left after a time; 0 at the end of the lifetime. */
  public static double left(double lifetime_s, double time_s) {
    return Math.max(0, 1 - time_s / lifetime_s);
  }
}
