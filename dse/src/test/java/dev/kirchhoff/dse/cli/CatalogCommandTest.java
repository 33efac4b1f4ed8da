package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spec can name. */
class CatalogCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"devices", "networks", "circuits", "metrics"})
  void everyEntryStandsInTheTableAndCanBeShownAlone(String kind) {
    String table = CommandRun.of("catalog", kind).exits(0).out();
    JsonNode entries = CommandRun.of("catalog", kind, "--json").exits(0).json().get(kind);
    assertTrue(entries.size() > 5);
    for (JsonNode entry : entries) {
      String name = entry.get("name").asText();
      assertTrue(table.contains(name), name);
      assertTrue(CommandRun.of("catalog", kind, name).exits(0).out().contains(name), name);
    }
  }

  @Test
  void devicesAndCircuitsHaveSources() {
    for (String kind : new String[] {"devices", "circuits"}) {
      for (JsonNode entry : CommandRun.of("catalog", kind, "--json").json().get(kind)) {
        assertFalse(entry.path("source").asText().isBlank(), entry.toString());
      }
    }
  }

  @Test
  void circuitsStateTheirBandsWithReasons() {
    JsonNode circuits = CommandRun.of("catalog", "circuits", "--json").json().get("circuits");
    for (JsonNode circuit : circuits) {
      assertFalse(circuit.path("energyBandReason").asText().isBlank(), circuit.toString());
      assertFalse(circuit.path("areaBandReason").asText().isBlank(), circuit.toString());
    }
    String survey = CommandRun.of("catalog", "circuits", "survey-2025").exits(0).out();
    assertTrue(survey.contains("0.34x .. 22x"), survey);
  }

  @Test
  void allFourFamiliesAreThere() {
    HashSet<String> families = new HashSet<>();
    for (JsonNode device : CommandRun.of("catalog", "devices", "--json").json().get("devices")) {
      families.add(device.get("family").asText());
    }
    for (String family : new String[] {"redox", "phaseChange", "magneticTunnel", "ferroelectric"}) {
      assertTrue(families.contains(family), family);
    }
  }

  @Test
  void withoutAKindItSaysWhatThereIs() {
    String text = CommandRun.of("catalog").exits(0).out();
    for (String kind :
        new String[] {"devices", "networks", "circuits", "metrics", "converterBits", "examples"}) {
      assertTrue(text.lines().anyMatch(line -> line.startsWith(kind)), text);
    }
  }

  /** Published comparison: 128 rows, 2-bit cells, 1-bit inputs; see docs/models.md. */
  @Test
  void encodingAndRangeMoveTheBitsThatAConverterNeeds() {
    JsonNode rows = CommandRun.of("catalog", "converterBits", "--json").json().get("converterBits");
    StringBuilder told = new StringBuilder();
    for (JsonNode row : rows) {
      if (row.get("rows").asInt() == 128 && row.get("cellBits").asInt() == 2) {
        told.append(row.get("bitsFor20dB")).append('/').append(row.get("bitsFor31dB")).append(' ');
      }
    }
    assertEquals("4/5 6/6 8/8 9/9", told.toString().trim());
  }
}
