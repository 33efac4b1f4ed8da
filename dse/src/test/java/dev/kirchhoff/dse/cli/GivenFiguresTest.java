package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chip whose converters have figures of the user's own, by every spelling of them. */
class GivenFiguresTest {
  private static final String MODEL =
      "{node: 28 nm, area: 900 um2, energy: %s, leakage: 2 uW, time: 5 ns, source: own}";

  @TempDir private Path folder;

  private String spec(String model) throws IOException {
    String text =
        """
        kirchhoff: 1
        workload: resnet18
        precision: {weights: 8, inputs: 8}
        chip:
          technology: {node: 28 nm}
          pe: {perTile: 8, readout: {kind: sar, bits: 7, columnsPerAdc: 32%s}}
          crossbar: {perPe: 8, rows: 128, columns: 128}
          cell: {bits: 2, device: redox-hfox-wan2022}
        """;
    Path file = folder.resolve("spec.yaml");
    return Files.writeString(file, String.format(text, model)).toString();
  }

  private static JsonNode evaluated(String... arguments) {
    return CommandRun.of(arguments).exits(0).json();
  }

  @Test
  void theSpellingOfAnEnergyChangesNoFigure() throws IOException {
    String energy = "0.45 pJ";
    JsonNode single = evaluated("evaluate", spec(", model: " + MODEL.formatted(energy)), "--json");
    JsonNode named =
        evaluated(
            "evaluate", spec(", model: " + MODEL.formatted("{conversion: 0.45 pJ}")), "--json");
    JsonNode set =
        evaluated(
            "evaluate", spec(""), "--json", "--set", "pe.readout.model=" + MODEL.formatted(energy));
    JsonNode totals = named.get("totals");
    assertEquals(totals, single.get("totals"));
    assertEquals(totals, set.get("totals"));
    // 0.6 where each product of an input bit and a weight bit is charged as a conversion.
    assertEquals(5.29, totals.get("energyEfficiencyPeak_TOPSperW").asDouble(), 0.01 * 5.29);
  }

  @Test
  void checkRefusesActionsThatAConverterDoesNotHave() throws IOException {
    CommandRun.of("check", spec(", model: " + MODEL.formatted("{convertion: 0.45 pJ}")))
        .refuses("pe.readout.model.energy.convertion: unknown action of readout")
        .refuses("did you mean conversion?");
    CommandRun shown = CommandRun.of("explain", spec(", model: {energy: 0.45 pJ}"), "layers");
    assertTrue(shown.out().contains("conversion"), shown.out());
  }
}
