package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.Origin;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the lists of names that a spec can use. */
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
  void oneCircuitShowsItsConstantsWithOriginAndSource() {
    String text = CommandRun.of("catalog", "circuits", "sar-28nm").exits(0).out();
    assertTrue(text.matches("(?s).*rush +42 FO4 +fitted +rise of energy with rate .*"), text);
    JsonNode circuit =
        CommandRun.of("catalog", "circuits", "shared-ramp", "--json").exits(0).json();
    for (JsonNode constant : circuit.get("constants")) {
      assertFalse(constant.get("source").asText().isBlank(), constant.toString());
      assertTrue(
          Set.of("read", "fitted", "assumed", "chosen").contains(constant.get("origin").asText()),
          constant.toString());
    }
    assertEquals(5, circuit.get("constants").size());
  }

  @Test
  void readoutsAreComparedAndMarkedOutsideTheirRange() {
    JsonNode eight =
        CommandRun.of("catalog", "circuits", "--kind", "readout", "--json").exits(0).json();
    assertEquals(8, eight.get("bits").asInt());
    assertEquals(0.1, eight.get("rate_GSps").asDouble(), 1e-12);
    assertEquals(32, eight.get("node_nm").asDouble(), 1e-9);
    HashSet<String> kinds = new HashSet<>();
    for (JsonNode readout : eight.get("readouts")) {
      kinds.add(readout.get("kind").asText());
      assertTrue(readout.get("energy_fJ").asDouble() > 0, readout.toString());
      assertTrue(readout.get("area_um2").asDouble() > 0, readout.toString());
      assertFalse(readout.get("source").asText().isBlank(), readout.toString());
      boolean senses = readout.get("name").asText().equals("current-sense");
      assertEquals(senses, readout.get("doubts").toString().contains("1..4 b"), readout.toString());
    }
    Set<String> analogue =
        Stream.of(ReadoutKind.values())
            .filter(kind -> !kind.isDigital())
            .map(ReadoutKind::word)
            .collect(Collectors.toSet());
    assertEquals(analogue, kinds);
    String text =
        CommandRun.of(
                "catalog",
                "circuits",
                "--kind",
                "readout",
                "--bits",
                "4",
                "--rate",
                "1 GS/s",
                "--node",
                "130 nm")
            .exits(0)
            .out();
    assertTrue(text.startsWith("Readouts at 4 b, asked for 1.00 GS/s, 130 nm"), text);
  }

  @Test
  void readoutsNameTheChipsThatTheyWereComparedWith() {
    for (JsonNode readout :
        CommandRun.of("catalog", "circuits", "--kind", "readout", "--bits", "4", "--json")
            .json()
            .get("readouts")) {
      switch (readout.get("name").asText()) {
        case "current-sense" -> {
          assertEquals("unfitted", readout.get("grade").asText());
          assertEquals(7, readout.get("chips").size(), readout.toString());
        }
        case "sar-28nm" -> {
          assertEquals("unfitted", readout.get("grade").asText());
          assertEquals("jia-jssc-2020", readout.get("chips").get(0).asText());
        }
        case "kull2013-32nm" -> assertTrue(readout.get("grade").asText().isEmpty());
        default -> assertTrue(readout.has("grade"), readout.toString());
      }
    }
    String text =
        CommandRun.of("catalog", "circuits", "--kind", "readout", "--bits", "4").exits(0).out();
    assertTrue(text.contains("papistas-cicc-2021 2.82x"), text);
    assertTrue(text.contains("read voltage 0.1 V"), text);
  }

  @Test
  void readoutsAreComparedAtSensibleSettingsAlone() {
    CommandRun.of("catalog", "circuits", "--kind", "readout", "--bits", "40").exits(2);
    CommandRun.of("catalog", "circuits", "--kind", "readout", "--rate", "3 V").exits(2);
    CommandRun.of("catalog", "circuits", "--kind", "readuot").exits(2);
    CommandRun.of("catalog", "devices", "--kind", "readout").exits(2);
  }

  @Test
  void aPointOfReadoutsIsRefusedWhereNothingIsShownAtIt() {
    String list = "--bits has no effect on the whole list: ";
    CommandRun.of("catalog", "circuits", "--bits", "6").refuses(list);
    CommandRun.of("catalog", "devices", "--node", "22 nm").refuses("--node has no effect on ");
    CommandRun.of("catalog", "circuits", "--kind", "input", "--rate", "1 MS/s")
        .refuses("--rate has no effect on circuits of other parts: ");
    CommandRun.of("catalog", "circuits", "two-stage-tia", "--bits", "6")
        .refuses("--bits has no effect on a circuit that is no readout with equations: ");
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
  void devicesStandInAnAlignedTableWithTheirOperatingPoints() {
    String[] lines = CommandRun.of("catalog", "devices").exits(0).out().split("\n");
    int end = lines[0].length();
    assertTrue(lines[0].endsWith("maturity"), lines[0]);
    for (int i = 1; i < lines.length - 1; i++) {
      assertEquals(end, lines[i].length(), lines[i]);
    }
    assertTrue(
        Stream.of(lines)
            .anyMatch(
                l -> l.startsWith("pcm-lee2009") && l.contains("2 V x 150/300 uA x 150/40 ns")));
  }

  @Test
  void aDeviceAloneShowsTheOriginOfEveryFigure() {
    String text = CommandRun.of("catalog", "devices", "redox-hfox-wan2022").exits(0).out();
    assertTrue(text.startsWith("redox-hfox-wan2022  redox, filamentary, demonstrated\n"), text);
    for (DeviceFigure figure : DeviceFigure.values()) {
      boolean absent = figure == DeviceFigure.READ_TIME;
      assertEquals(!absent, text.contains("\n  " + figure.word() + " "), figure.word());
    }
    for (Origin origin : new Origin[] {Origin.READ, Origin.FITTED, Origin.ASSUMED}) {
      assertTrue(text.contains("  " + origin.word() + "  "), origin.word());
    }
    JsonNode figures =
        CommandRun.of("catalog", "devices", "redox-hfox-wan2022", "--json").json().get("figures");
    assertEquals(DeviceFigure.values().length - 1, figures.size());
    assertEquals("resistance.low", figures.get(0).get("figure").asText());
    assertEquals("25 kohm", figures.get(0).get("value").asText());
    assertEquals("read", figures.get(0).get("origin").asText());
  }

  @Test
  void theSurveyIsAViewMarkedAsAnEnvelopeOfRecords() {
    String text = CommandRun.of("catalog", "devices", "--survey").exits(0).out();
    assertTrue(text.contains("each figure is another device"), text);
    assertTrue(text.matches("(?s).*redox +stochasticity +~9.65 % +300 .*"), text);
    JsonNode json = CommandRun.of("catalog", "devices", "--survey", "--json").exits(0).json();
    assertTrue(json.get("envelope").asBoolean());
    assertEquals(4 * 7, json.get("survey").size());
    for (JsonNode line : json.get("survey")) {
      boolean size = line.get("figure").asText().equals("size of a device");
      assertEquals(size, line.get("preset").asText().isEmpty(), line.toString());
    }
    CommandRun.of("catalog", "networks", "--survey").exits(2);
  }

  @Test
  void withoutAKindTheKindsAreListed() {
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
