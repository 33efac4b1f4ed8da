package dev.kirchhoff.mapper.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.ConductanceLaw;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.LawKind;
import dev.kirchhoff.arch.random.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CellVariationTest {
  private static final double DAY_S = 86_400;

  private static Cell cell(DeviceStatistics statistics, int bits) {
    Device device = new DeviceCatalogue().device("redox-hfox-wan2022").orElseThrow();
    Device other =
        new Device(
            device.name(),
            device.material(),
            device.window(),
            device.curvature(),
            device.operation(),
            statistics,
            device.limits(),
            device.cellArea_F2(),
            device.provenance());
    return new Cell(other, Access.ONE_TRANSISTOR, bits, 0.2, false);
  }

  private static DeviceStatistics statistics() {
    return new DeviceCatalogue().device("redox-hfox-wan2022").orElseThrow().statistics();
  }

  private static DeviceStatistics with(LawKind law, DeviceStatistics.Faults faults) {
    DeviceStatistics own = statistics();
    return new DeviceStatistics(
        own.programming(), own.reference_uS(), own.drift(), own.readNoise(), law, faults);
  }

  @Test
  void stuckCellsAreOffByTheirDistanceFromWhereTheyAreStuck() {
    DeviceStatistics.Faults faults = new DeviceStatistics.Faults(0.01, 0.02);
    CellVariation working = CellVariation.of(cell(statistics(), 2));
    CellVariation stuck = CellVariation.of(cell(with(LawKind.TABULATED, faults), 2));
    Device device = new DeviceCatalogue().device("redox-hfox-wan2022").orElseThrow();
    double window = device.window().max_uS() - device.window().min_uS();
    for (int level = 0; level < 4; level++) {
      double below = window * level / 3;
      double above = window - below;
      double expected =
          0.97 * working.variance_uS2(level, DAY_S) + 0.01 * below * below + 0.02 * above * above;
      assertEquals(expected, stuck.variance_uS2(level, DAY_S), 1e-9 * expected);
    }
  }

  /** 101 ages × 512 levels × 25 draws; with the mean of all levels for each of them, a minute. */
  @Test
  @Timeout(20)
  void nineBitsOfADeviceWithALawTakeTimeInProportionToTheirLevels() {
    CellVariation variation =
        CellVariation.of(cell(with(LawKind.HERMES_2022, DeviceStatistics.Faults.NONE), 9));
    double[] all_uS2 = variation.variances_uS2(DAY_S);
    assertEquals(512, all_uS2.length);
    for (int level = 0; level < 512; level += 73) {
      assertEquals(variation.variance_uS2(level, DAY_S), all_uS2[level]);
    }
  }

  @Test
  void theMeanSquareMissOfALawIsThatOfManyDraws() {
    for (LawKind kind : new LawKind[] {LawKind.HERMES_2022, LawKind.CMO}) {
      Cell cell = cell(with(kind, DeviceStatistics.Faults.NONE), 2);
      CellVariation variation = CellVariation.of(cell);
      ConductanceLaw law = ConductanceLaw.of(cell.device());
      double kept = variation.kept(DAY_S);
      double min_uS = cell.device().window().min_uS();
      double max_uS = cell.device().window().max_uS();
      RandomKey key = RandomKey.of(5);
      for (int level = 1; level < 4; level++) {
        double g_uS = min_uS + (max_uS - min_uS) * level / 3;
        double sum = 0;
        int draws = 200_000;
        for (int i = 0; i < draws; i++) {
          double p = key.child(level).gaussian(2L * i);
          double a = key.child(level).gaussian(2L * i + 1);
          double aged_uS = law.aged_uS(g_uS, DAY_S, p, a);
          double miss = aged_uS / kept - g_uS;
          double read = law.readSigma_uS(law.programmed_uS(g_uS, p), aged_uS, DAY_S) / kept;
          sum += miss * miss + read * read;
        }
        double expected = sum / draws;
        assertEquals(
            expected, variation.variance_uS2(level, DAY_S), 0.03 * expected, kind + " " + level);
      }
      assertTrue(kept > 0.3 && kept < 1.2, kind + " keeps " + kept);
    }
  }

  /** t^-0.1 from 1000 s on. */
  @Test
  void aCellDriftsFromTheAgeOnThatItsDriftIsCountedFrom() {
    DeviceStatistics own = statistics();
    DeviceStatistics drifting =
        new DeviceStatistics(
            own.programming(),
            own.reference_uS(),
            new DeviceStatistics.Drift(0.1, 0, 1000),
            own.readNoise(),
            LawKind.TABULATED,
            DeviceStatistics.Faults.NONE);
    CellVariation variation = CellVariation.of(cell(drifting, 2));
    assertEquals(1, variation.kept(10));
    assertEquals(1, variation.kept(1000));
    assertEquals(Math.pow(10, -0.1), variation.kept(10_000), 1e-12);
  }
}
