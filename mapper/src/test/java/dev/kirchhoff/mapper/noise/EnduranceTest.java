package dev.kirchhoff.mapper.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.device.Device;
import org.junit.jupiter.api.Test;

/** Wear by updates and refreshes. */
class EnduranceTest {
  private static final double DAY_S = 86_400;
  private static final double YEAR_S = 31_557_600;

  @Test
  void lifetimeByHand() {
    // 10^6 pulses, 8.52 a write, a write a day: 117,371 days; a write a second: 32.6 hours.
    Device wan = new DeviceCatalogue().device("redox-hfox-wan2022").orElseThrow();
    assertEquals(117_371 * DAY_S, Endurance.lifetime_s(wan, DAY_S), DAY_S);
    assertEquals(1e6 / 8.52, Endurance.lifetime_s(wan, 1), 1e-6);
    assertEquals(0.75, Endurance.left(40 * YEAR_S, 10 * YEAR_S), 1e-12);
    assertEquals(0, Endurance.left(YEAR_S, 10 * YEAR_S), 0);
  }

  @Test
  void aRefreshThatComesSoonerThanAnUpdateSetsTheWear() {
    assertEquals(DAY_S, Endurance.interval_s(YEAR_S, DAY_S), 0);
    assertEquals(DAY_S, Endurance.interval_s(DAY_S, YEAR_S), 0);
    assertEquals(DAY_S, Endurance.interval_s(DAY_S, Double.POSITIVE_INFINITY), 0);
    // Too noisy when fresh: refreshing is of no use.
    assertEquals(DAY_S, Endurance.interval_s(DAY_S, 0), 0);
  }

  @Test
  void moreUpdatesNeverLeaveMore() {
    DeviceCatalogue catalogue = new DeviceCatalogue();
    for (String name : catalogue.names()) {
      Device device = catalogue.device(name).orElseThrow();
      double before = 1;
      for (double update_s = 100 * YEAR_S; update_s > 1e-3; update_s /= 3) {
        double interval_s = Endurance.interval_s(update_s, device.limits().retention_s());
        double left = Endurance.left(Endurance.lifetime_s(device, interval_s), YEAR_S);
        assertTrue(left >= 0 && left <= before, name + " " + update_s);
        before = left;
      }
    }
  }
}
