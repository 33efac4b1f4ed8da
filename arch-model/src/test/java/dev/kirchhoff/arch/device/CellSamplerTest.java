package dev.kirchhoff.arch.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stuck cells under every law: their conductance and the noise of their reads. */
class CellSamplerTest {
  private static final double DAY_S = 86_400;
  private static final int CELLS = 50;

  private static Device device(LawKind law, DeviceStatistics.Faults faults) {
    return new Device(
        "test",
        Family.PHASE_CHANGE,
        new ConductanceWindow(0.1, 25, 16),
        new WritePoint(1.5, 100, 100, 5),
        new DeviceStatistics(
            List.of(new DeviceStatistics.ProgrammingError(1, List.of(1.0))),
            25,
            new DeviceStatistics.Drift(0.03, 0.01, 20),
            0.02,
            law,
            faults),
        new DeviceLimits(1e8, 1e8),
        50,
        "test");
  }

  @Test
  void aStuckCellIsReadWithTheNoiseOfTheEndThatItIsStuckAt() {
    double[] target_uS = new double[CELLS];
    Arrays.setAll(target_uS, i -> 0.1 + i * 0.4);
    for (LawKind kind : LawKind.values()) {
      Device high = device(kind, new DeviceStatistics.Faults(0, 1));
      Device low = device(kind, new DeviceStatistics.Faults(1, 0));
      assertStuck(high, 25, target_uS);
      assertStuck(low, 0.1, target_uS);
    }
  }

  private static void assertStuck(Device device, double end_uS, double[] target_uS) {
    String where = device.statistics().law() + " at " + end_uS;
    double[] conductance_uS = new double[CELLS];
    double[] sigma_uS = new double[CELLS];
    new CellSampler(device, CellSampler.Effects.ALL, DAY_S)
        .sample(RandomKey.of(4), target_uS, conductance_uS, sigma_uS);
    double expected = ConductanceLaw.of(device).readSigma_uS(end_uS, end_uS, DAY_S);
    for (int i = 0; i < CELLS; i++) {
      assertEquals(end_uS, conductance_uS[i], 0, where);
      assertEquals(expected, sigma_uS[i], 0, where);
    }
    CellSampler.Effects quiet = new CellSampler.Effects(true, true, false, true);
    new CellSampler(device, quiet, DAY_S)
        .sample(RandomKey.of(4), target_uS, conductance_uS, sigma_uS);
    assertEquals(0, Arrays.stream(sigma_uS).sum(), where);
  }

  @Test
  void withoutTheEffectNoCellIsStuckAndOthersKeepTheirDraws() {
    double[] target_uS = new double[CELLS];
    Arrays.fill(target_uS, 12);
    double[] whole_uS = new double[CELLS];
    double[] partly_uS = new double[CELLS];
    double[] sigma_uS = new double[CELLS];
    Device working = device(LawKind.TABULATED, DeviceStatistics.Faults.NONE);
    Device faulty = device(LawKind.TABULATED, new DeviceStatistics.Faults(0.2, 0.2));
    new CellSampler(working, CellSampler.Effects.ALL, DAY_S)
        .sample(RandomKey.of(4), target_uS, whole_uS, sigma_uS);
    new CellSampler(faulty, new CellSampler.Effects(true, true, true, false), DAY_S)
        .sample(RandomKey.of(4), target_uS, partly_uS, sigma_uS);
    assertTrue(Arrays.equals(whole_uS, partly_uS));
    new CellSampler(faulty, CellSampler.Effects.ALL, DAY_S)
        .sample(RandomKey.of(4), target_uS, partly_uS, sigma_uS);
    int stuck = 0;
    for (int i = 0; i < CELLS; i++) {
      boolean isStuck = partly_uS[i] == 0.1 || partly_uS[i] == 25;
      assertTrue(isStuck || partly_uS[i] == whole_uS[i]);
      stuck += isStuck ? 1 : 0;
    }
    assertTrue(stuck > 8 && stuck < 33, "stuck " + stuck);
  }
}
