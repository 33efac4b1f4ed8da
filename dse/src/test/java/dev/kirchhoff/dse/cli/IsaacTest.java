package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published chip of Shafiee et al., ISCA 2016 (doi 10.1109/ISCA.2016.12), table 6 and section
 * VIII, from its components' figures.
 */
class IsaacTest {
  private static final String ISAAC = CommandRun.example("isaac");

  @Test
  void everyLevelHasItsPublishedAreaAndPower() {
    JsonNode levels = CommandRun.of("evaluate", ISAAC, "--json").exits(0).json().get("levels");
    assertLevel(levels, "PE", 12, 0.0131, 0.0241);
    assertLevel(levels, "tile", 168, 0.372, 0.330);
    assertLevel(levels, "link", 4, 5.72, 2.6);
    assertLevel(levels, "chip", 1, 85.4, 65.8);
  }

  private static void assertLevel(
      JsonNode levels, String name, int count, double area_mm2, double power_W) {
    JsonNode level = levels.get(name);
    assertEquals(count, level.get("count").asInt(), name);
    assertEquals(area_mm2, level.get("area_mm2").asDouble(), 0.01 * area_mm2, name);
    assertEquals(power_W, level.get("power_W").asDouble(), 0.01 * power_W, name);
  }

  @Test
  void thePeakHasItsPublishedFiguresAndEachExpectedRowIsMet() {
    JsonNode isaac = CommandRun.of("evaluate", ISAAC, "--json").exits(0).json();
    JsonNode totals = isaac.get("totals");
    assertEquals(41.29, totals.get("throughput_TOPS").asDouble(), 0.4129);
    assertEquals(0.6275, totals.get("energyEfficiency_TOPSperW").asDouble(), 0.006275);
    assertEquals(0.4835, totals.get("areaEfficiency_TOPSpermm2").asDouble(), 0.004835);
    assertEquals(16, isaac.get("basis").get("weightBits").asInt());
    assertEquals(16, isaac.get("basis").get("inputBits").asInt());
    assertTrue(isaac.get("feasible").asBoolean());
    assertTrue(Double.isFinite(totals.get("snr_dB").asDouble()));
    assertEquals(9, isaac.get("expected").size());
    isaac.get("expected").forEach(row -> assertTrue(row.get("met").asBoolean(), row.toString()));
  }

  /**
   * One converter more for each of the 96 crossbars of a tile, 1,200 um2 each: 96 x 1,200 um2 =
   * 0.1152 mm2. Two converters of 1.28 GS/s read a crossbar in half the time.
   */
  @Test
  void twiceTheConvertersGrowTheTileByTheirAreaAndDoubleThePeak() {
    JsonNode one = CommandRun.of("evaluate", ISAAC, "--json").exits(0).json();
    JsonNode two =
        CommandRun.of("evaluate", ISAAC, "--json", "--set", "pe.readout.columnsPerAdc=64")
            .exits(0)
            .json();
    double growth_mm2 = area_mm2(two, "tile") - area_mm2(one, "tile");
    assertEquals(0.1152, growth_mm2, 1e-6);
    assertEquals(growth_mm2 / 12, area_mm2(two, "PE") - area_mm2(one, "PE"), 1e-9);
    assertEquals(2, peak_TOPS(two) / peak_TOPS(one), 1e-3);
  }

  private static double area_mm2(JsonNode design, String level) {
    return design.get("levels").get(level).get("area_mm2").asDouble();
  }

  private static double peak_TOPS(JsonNode design) {
    return design.get("totals").get("throughputPeak_TOPS").asDouble();
  }

  @Test
  void theTextAgreesWithoutMisleadingWords() {
    String text = CommandRun.of("evaluate", ISAAC).exits(0).out();
    for (String figure :
        List.of(
            "0.0131 mm2",
            "24.1 mW",
            "0.372 mm2",
            "330 mW",
            "85.4 mm2",
            "65.8 W",
            "41.3",
            "0.627",
            "0.483",
            "32 nm",
            "snr of a full array",
            "9 of 9 expected values within 1 %")) {
      assertTrue(text.contains(figure), figure + " in\n" + text);
    }
    assertFalse(text.contains("none"), text);
    assertFalse(text.contains("NaN"), text);
    assertFalse(text.contains("32.0"), text);
  }

  @Test
  void aMissedExpectationIsReportedAndEndsWithOne(@TempDir Path folder) throws Exception {
    Path spec = folder.resolve("off.yaml");
    Files.writeString(
        spec,
        "kirchhoff: 1\nextends: "
            + Path.of(ISAAC).toAbsolutePath().normalize()
            + "\nexpect: [{of: tile, area: 0.5 mm2, within: 1 %}]\n");
    CommandRun run = CommandRun.of("evaluate", spec.toString()).exits(1);
    assertTrue(run.out().contains("expected tile area"), run.out());
    assertTrue(run.out().contains("0 of 1 expected values"), run.out());
  }

  @Test
  void thePowerOfTheChipIsExplainedByItsParts() {
    String text = CommandRun.of("explain", ISAAC, "power").exits(0).out();
    for (String part : List.of("readout", "32.3 W", "49.0 %", "given, ", "isaac.yaml:25")) {
      assertTrue(text.contains(part), part + " in\n" + text);
    }
  }
}
