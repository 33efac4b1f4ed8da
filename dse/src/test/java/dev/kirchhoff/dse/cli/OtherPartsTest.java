package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that the language has no word for, {@code others}. */
class OtherPartsTest {
  private static final String PLAIN =
      "kirchhoff: 1\nworkload: lenet5\nchip:\n  technology: {node: 32 nm}\n"
          + "  tile: {count: 8, OTHERS}\n  pe: {perTile: 2, OTHERS}\n  crossbar: {perPe: 4}\n  OTHERS\n";

  @TempDir private Path folder;

  private String spec(String chip, String tile, String pe) throws IOException {
    String text =
        PLAIN
            .replaceFirst("OTHERS", tile.isEmpty() ? "" : "others: " + tile)
            .replaceFirst("OTHERS", pe.isEmpty() ? "" : "others: " + pe)
            .replaceFirst("OTHERS", chip.isEmpty() ? "" : "others: " + chip)
            .replace(", }", "}");
    return Files.writeString(folder.resolve("spec.yaml"), text).toString();
  }

  private static double total(JsonNode design, String key) {
    return design.get("totals").get(key).asDouble();
  }

  @Test
  void eachPartIsALineWithItsGivenFigures() throws IOException {
    JsonNode without = CommandRun.of("evaluate", spec("", "", ""), "--json").exits(0).json();
    String file =
        spec(
            "[{name: host, model: {power: 80 mW, area: 1 mm2}}]",
            "[{name: attributeMemory, scaling: sram, model: {area: 0.1 mm2, leakage: 100 mW}}]",
            "[{name: pipeline, count: 3, model: {area: 0.01 mm2, energy: 10 pJ}}]");
    JsonNode with = CommandRun.of("evaluate", file, "--json").exits(0).json();
    // 1 mm2 on the chip, 8 tiles x 0.1 mm2, 16 PEs x 3 x 0.01 mm2; wires over the tile and links to
    // the next grow with it.
    double grown_mm2 = total(with, "area_mm2") - total(without, "area_mm2");
    assertTrue(grown_mm2 > 2.28 && grown_mm2 < 2.60, "grows by " + grown_mm2);
    // Of it 40 uW are those of repeaters in the longer wires.
    assertEquals(0.80004, total(with, "leakage_W") - total(without, "leakage_W"), 1e-5);
    String power = CommandRun.of("explain", file, "power").exits(0).out();
    assertTrue(power.contains("host") && power.contains("80.0 mW"), power);
    assertTrue(power.contains("attributeMemory"), power);
    // 10 pJ x 3 for each pass of each of the 64 crossbars.
    JsonNode energy = CommandRun.of("explain", file, "energy", "--json").exits(0).json();
    assertTrue(energy.findValuesAsText("name").containsAll(List.of("host", "pipeline")));
    String area = CommandRun.of("explain", file, "area").exits(0).out();
    assertTrue(area.contains("16 PEs x 3 x 0.0100 mm2"), area);
    JsonNode layers = CommandRun.of("explain", file, "layers", "--json").exits(0).json();
    assertTrue(layers.findValuesAsText("name").contains("pipeline.busy"), layers.toString());
  }

  @Test
  void treesAndTotalsAgree() throws IOException {
    String file =
        spec(
            "[{name: host, model: {power: 80 mW, area: 1 mm2}}]",
            "[{name: attributes, model: {area: 0.1 mm2, leakage: 1 mW, energy: {pass: 2 pJ}}}]",
            "[{name: a, count: 3, model: {power: 1 mW}}, {name: b, model: {energy: 1 pJ}}]");
    JsonNode design = CommandRun.of("evaluate", file, "--json").exits(0).json();
    JsonNode energy = CommandRun.of("explain", file, "energy", "--json").exits(0).json();
    assertEquals(
        1, energy.findValue("value").asDouble() / (total(design, "energy_uJ") * 1e9), 1e-9);
    JsonNode power = CommandRun.of("explain", file, "power", "--json").exits(0).json();
    assertEquals(
        1, power.findValue("value").asDouble() / (total(design, "powerPeak_W") * 1e6), 1e-9);
  }

  @Test
  void problemsAreReportedTogether() throws IOException {
    String file =
        spec(
            "",
            "[{name: buffer, model: {area: 1 um2}}]",
            "[{name: a b, model: {area: 1 um2}}, {name: x, model: {}}, {name: x, model: {power: 1 mW, energy: 1 pJ}}]");
    CommandRun.of("check", file)
        .refuses(
            "tile.others[0].name: is 'buffer', which is a part of its own already",
            "pe.others[0].name: is 'a b', must be letters and digits",
            "pe.others[2].name: is 'x', which stands there twice",
            "pe.others[2].model.power: includes everything",
            "4 problems");
    CommandRun.of("check", spec("", "", "[{name: a, model: {time: 1 ns}}, {count: 2}]"))
        .refuses("pe.others[0].model.time: unknown key", "pe.others[1].name: is missing");
  }
}
