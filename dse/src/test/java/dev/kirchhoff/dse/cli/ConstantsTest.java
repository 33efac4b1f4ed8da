package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constants of circuits that figures lean on: shares by hand, ends of bands by {@code --set}. */
class ConstantsTest {
  private static final String TOPS_PER_W = "energyEfficiency_TOPSperW";

  /** A conversion takes what one constant says; area, noise and time are those of others. */
  private static final String FLAT =
      """
      sentence: "A conversion of a stated energy."
      source: "by hand"
      constants:
        - {name: each, value: 2000, unit: fJ, is: assumed, band: [0.5, 3], source: "by hand"}
        - {name: side, value: 400, unit: um2, is: read, source: "by hand"}
        - {name: few, value: 0.01, unit: "1", is: chosen, source: "by hand"}
        - {name: slow, value: 20, unit: ns, is: fitted, source: "by hand"}
      equations: |
        energy conversion = max(each, 1500 fJ)
        area   whole = side
        noise  all = few
        time   conversion = slow
      """;

  @TempDir private Path folder;

  private String flat() throws IOException {
    Files.writeString(folder.resolve("flat-adc.circuit"), FLAT);
    Path base = Path.of(CommandRun.example("bench/resnet18-12db"));
    Files.copy(base, folder.resolve("resnet18-12db.yaml"));
    Path spec = folder.resolve("flat.yaml");
    Files.writeString(
        spec,
        """
        kirchhoff: 1
        extends: resnet18-12db.yaml
        chip: {pe: {readout: {kind: sar, model: flat-adc, bits: 6}}}
        """);
    return spec.toString();
  }

  private static JsonNode figure(JsonNode report, String name) {
    for (JsonNode figure : report.path("figures")) {
      if (figure.path("figure").asText().equals(name)) {
        return figure;
      }
    }
    throw new AssertionError("no figure " + name + " in " + report);
  }

  private static JsonNode constant(JsonNode figure, String name) {
    for (JsonNode constant : figure.path("constants")) {
      if (constant.path("name").asText().equals(name)) {
        return constant;
      }
    }
    throw new AssertionError("no constant " + name + " in " + figure);
  }

  private static double sum(JsonNode tree, String label) {
    if (tree.path("name").asText().equals(label)) {
      return tree.path("value").asDouble();
    }
    double sum = 0;
    for (JsonNode child : tree.path("parts")) {
      sum += sum(child, label);
    }
    return sum;
  }

  @Test
  void theShareOfAConversionIsItsPartOfTheEnergy() throws IOException {
    String spec = flat();
    JsonNode report = CommandRun.of("explain", spec, "constants", "--json").exits(0).json();
    JsonNode tree = CommandRun.of("explain", spec, "energy", "--json").exits(0).json();
    double part = sum(tree, "conversion") / tree.path("value").asDouble();
    assertTrue(part > 0.1 && part < 1, tree.toString());
    JsonNode efficiency = figure(report, "TOPS/W");
    JsonNode each = constant(efficiency, "each");
    assertEquals(-part, each.path("share").asDouble(), 1e-4);
    assertEquals("assumed", each.path("origin").asText());
    // Half of it is below the other side of the maximum: 1500 fJ, not 1000.
    double value = efficiency.path("value").asDouble();
    JsonNode band = each.path("band");
    assertEquals(value / (1 + part * (0.75 - 1)), band.path("atLow").asDouble(), 1e-9 * value);
    assertEquals(value / (1 + part * (3 - 1)), band.path("atHigh").asDouble(), 1e-9 * value);
    // What is read has no band.
    assertFalse(constant(figure(report, "area"), "side").has("band"));
  }

  @Test
  void theEndsOfABandAreThoseOfSettings() {
    String spec = CommandRun.example("bench/resnet18-12db");
    JsonNode report = CommandRun.of("explain", spec, "constants", "--json").exits(0).json();
    Set<String> tried = new HashSet<>();
    for (JsonNode figure : report.path("figures")) {
      String name = figure.path("figure").asText();
      String key =
          name.equals("area") ? "area_mm2" : name.equals("latency") ? "latency_ms" : TOPS_PER_W;
      for (JsonNode constant : figure.path("constants")) {
        String set = constant.path("set").asText();
        if (!constant.has("band") || tried.size() > 5 || !tried.add(set)) {
          continue;
        }
        String path = set.substring(0, set.indexOf('=') + 1);
        String unit = set.contains(" ") ? set.substring(set.indexOf(' ')) : "";
        double low = constant.path("value").asDouble() * constant.at("/band/low").asDouble();
        assertEquals(figure.path("value").asDouble(), total(spec, key, set), name + set);
        double there = constant.at("/band/atLow").asDouble();
        assertEquals(there, total(spec, key, path + low + unit), 1e-9 * there, set);
      }
    }
    assertTrue(tried.size() > 5, tried.toString());
  }

  private static double total(String spec, String key, String setting) {
    return CommandRun.of("evaluate", spec, "--json", "--set", setting)
        .json()
        .path("totals")
        .path(key)
        .asDouble();
  }

  @Test
  void aCircuitOfTheDesignHasSharesOfItsOwn() throws IOException {
    String spec = flat();
    JsonNode report =
        CommandRun.of("explain", spec, "constants", "--circuit", "flat-adc", "--json")
            .exits(0)
            .json();
    assertEquals("flat-adc", report.path("circuit").asText());
    JsonNode energy = figure(report, "energy");
    assertEquals(2000, energy.path("value").asDouble());
    assertEquals(1, energy.path("of").asInt());
    assertEquals(1, constant(energy, "each").path("share").asDouble(), 1e-12);
    assertEquals(1500, constant(energy, "each").at("/band/atLow").asDouble(), 1e-9);
    assertEquals(1, constant(figure(report, "time conversion"), "slow").path("share").asDouble());
    // Fitted, and its file states no band: a factor of three.
    assertEquals(
        60, constant(figure(report, "time conversion"), "slow").at("/band/atHigh").asDouble());
    String text =
        CommandRun.of("explain", spec, "constants", "--circuit", "flat-adc").exits(0).out();
    assertTrue(text.contains("flat-adc.each  2000 fJ  assumed  +1.00 %  x 0.5 .. 3"), text);
  }

  @Test
  void theCatalogueSizesAReadout() {
    JsonNode entry =
        CommandRun.of("catalog", "circuits", "flash-28nm", "--bits", "4", "--json").exits(0).json();
    assertEquals(4, entry.at("/sized/bits").asInt());
    assertTrue(figure(entry.path("sized"), "energy").path("value").asDouble() > 0);
    String text = CommandRun.of("catalog", "circuits", "flash-28nm").exits(0).out();
    assertTrue(text.contains("What its figures lean on at 8 b"), text);
  }

  @Test
  void whatDoesNotExistIsRefused() {
    String spec = CommandRun.example("bench/resnet18-12db");
    CommandRun.of("explain", spec, "constants", "--circuit", "sar-28mn")
        .refuses("no circuit 'sar-28mn'", "sar-28nm");
    CommandRun.of("explain", spec, "energy", "--circuit", "sar-28nm").refuses("constants");
  }
}
