package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of zero digits, skipped by a knob, as the command line shows it. */
class SkipZeroRowsTest {
  private static final String TEXT =
      """
      kirchhoff: 1
      name: skipping
      workload: lenet5
      chip:
        pe: {sampleHold: none, readout: {kind: sar, bits: 5, columnsPerAdc: 8}}
        crossbar: {rows: 128, rowsActive: 8, skipZeroRows: %s, weights: {encoding: differential}}
        cell: {bits: 2, device: redox-hfox-wan2022, readVoltage: 0.2 V}
      mapping: {schedule: layerByLayer}
      objectives: {maximise: [TOPS/W], minimise: [area]}
      """;

  @TempDir Path folder;
  private String all;
  private String driven;

  @BeforeEach
  void write() throws IOException {
    all = file("all.yaml", "false");
    driven = file("driven.yaml", "true");
  }

  private String file(String name, String skip) throws IOException {
    return Files.writeString(folder.resolve(name), TEXT.formatted(skip)).toString();
  }

  @Test
  void itSavesEnergyAndTimeAndCostsArea() {
    JsonNode before = CommandRun.of("evaluate", all, "--json").exits(0).json().get("totals");
    JsonNode after = CommandRun.of("evaluate", driven, "--json").exits(0).json().get("totals");
    assertTrue(
        after.get("energy_uJ").asDouble() < 0.7 * before.get("energy_uJ").asDouble(),
        after + " for " + before);
    assertTrue(after.get("latency_ms").asDouble() < 0.7 * before.get("latency_ms").asDouble());
    assertTrue(after.get("area_mm2").asDouble() > before.get("area_mm2").asDouble());
    assertEquals(before.get("crossbars"), after.get("crossbars"));
  }

  @Test
  void explainShowsTheSelectorAndTheReads() {
    String energy = CommandRun.of("explain", driven, "energy", "--all").exits(0).out();
    assertTrue(energy.contains("rowSelector"), energy);
    assertTrue(energy.contains("pick"), energy);
    assertTrue(energy.contains("load"), energy);
    assertTrue(energy.contains("Brent and Kung 1982"), energy);
    String latency = CommandRun.of("explain", driven, "latency").exits(0).out();
    assertTrue(latency.contains(" reads a digit, 16 without skipping,"), latency);
    String plain = CommandRun.of("explain", all, "energy", "--all").exits(0).out();
    assertFalse(plain.contains("rowSelector"), plain);
    String plainLatency = CommandRun.of("explain", all, "latency").exits(0).out();
    assertFalse(plainLatency.contains("reads a digit"), plainLatency);
  }

  @Test
  void itIsAKnobLikeAnyOther() throws IOException {
    String free = file("free.yaml", "{any: [false, true]}");
    JsonNode knobs = CommandRun.of("check", free, "--json").exits(0).json().get("knobs");
    assertEquals(1, knobs.size());
    assertEquals("crossbar.skipZeroRows", knobs.get(0).get("path").asText());
    assertTrue(knobs.get(0).toString().contains("true"), knobs.toString());
    String home = folder.resolve("runs").toString();
    String run = CommandRun.of("explore", free, "--no-kafka", "--data", home).exits(0).out();
    assertTrue(run.contains("2 designs on the front"), run);
  }
}
