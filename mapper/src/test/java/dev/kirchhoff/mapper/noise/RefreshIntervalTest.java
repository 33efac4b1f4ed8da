package dev.kirchhoff.mapper.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.DeviceStatistics.ProgrammingError;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.mapper.column.CellVariation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Age at which drift alone reaches a limit, by hand. */
class RefreshIntervalTest {
  private static final double LONGEST_S = 1e10;

  /** Cells that are exact when fresh; a spread of drift of 0.01 from 1 s on. */
  private static CellVariation drifting() {
    Device device =
        new Device(
            "test",
            Family.REDOX,
            new ConductanceWindow(0, 40, 16),
            new WritePoint(1, 100, 100, 1),
            new DeviceStatistics(
                List.of(new ProgrammingError(1, List.of(0.0))),
                40,
                new DeviceStatistics.Drift(0, 0.01, 1),
                0),
            new DeviceLimits(1e6, LONGEST_S),
            50,
            "test");
    return CellVariation.of(new Cell(device, Access.ONE_TRANSISTOR, 1, 0.2, false));
  }

  private static double time_s(double other, double limit, double retention_s) {
    // The level of 40 uS counts 1/uS^2: sigma^2 = (0.01 x 40 ln t)^2 = 0.16 ln^2 t.
    return RefreshInterval.time_s(other, new double[] {0, 1}, drifting(), limit, retention_s);
  }

  @Test
  void driftReachesTheLimitAtItsAge() {
    // 0.16 ln^2 t = 0.16 x 10^2 at t = e^10 = 22,026 s.
    assertEquals(Math.exp(10), time_s(0, 16, LONGEST_S), 0.01 * Math.exp(10));
    // 4 of other noise leave 0.16 x 8.66^2 = 12 of 16.
    double less_s = Math.exp(Math.sqrt(75));
    assertEquals(less_s, time_s(4, 16, LONGEST_S), 0.01 * less_s);
  }

  /** Between two ages of a table that drift is interpolated in, too. */
  @Test
  void noIntervalIsLongerThanTheRetention() {
    for (double share = 0.5; share < 1; share += 0.005) {
      double retention_s = share * Math.exp(10);
      double time_s = time_s(0, 16, retention_s);
      assertTrue(time_s <= retention_s, time_s + " of " + retention_s);
    }
  }

  @Test
  void retentionEndsItSoonerAndNoNoiseNever() {
    assertEquals(1000, time_s(0, 16, 1000), 1e-9);
    assertEquals(LONGEST_S, time_s(0, 1e3, LONGEST_S), 1);
    // Other noise that misses the limit already: refreshing is of no use.
    assertEquals(0, time_s(17, 16, LONGEST_S), 0);
  }
}
