package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fitted factors, {@code calibration}. */
class CalibrationTest {
  private static final String RESNET = CommandRun.example("resnet18-reram");

  @TempDir private Path folder;

  private String spec(String calibration, String more) throws IOException {
    return Files.writeString(
            folder.resolve("spec.yaml"),
            "kirchhoff: 1\nextends: "
                + Path.of(RESNET).toAbsolutePath().normalize()
                + "\n"
                + more
                + "calibration: "
                + calibration
                + "\n")
        .toString();
  }

  private static JsonNode leaf(JsonNode tree, String name) {
    if (tree.path("name").asText().equals(name)) {
      return tree;
    }
    for (JsonNode child : tree) {
      JsonNode found = child.isContainerNode() ? leaf(child, name) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static JsonNode figure(String spec, String figure, String name) {
    return leaf(CommandRun.of("explain", spec, figure, "--json").exits(0).json(), name);
  }

  /** The factors of the catalogue switched off. */
  private static String unfitted() {
    return "[{family: sar, quantity: energy, factor: 1, fittedOn: [a]},"
        + " {family: sar, quantity: area, factor: 1, fittedOn: [a]},"
        + " {family: sar, quantity: time, factor: 1, fittedOn: [a]}]";
  }

  @Test
  void aFactorMultipliesModelledFiguresAndNamesItsChips() throws IOException {
    String plain = spec(unfitted(), "");
    double plain_fJ = figure(plain, "energy", "conversion").get("value").asDouble();
    double plain_um2 = figure(plain, "area", "readout").get("value").asDouble();
    String fitted =
        spec(
            "[{family: sar, quantity: energy, factor: 1.5, fittedOn: [our test chip]},"
                + " {family: sar, quantity: area, factor: 2, fittedOn: [our test chip]}]",
            "");
    JsonNode conversion = figure(fitted, "energy", "conversion");
    assertEquals(1.5, conversion.get("value").asDouble() / plain_fJ, 1e-9);
    String formula = conversion.get("formula").asText();
    assertTrue(formula.contains("x 1.5 calibrated on our test chip"), formula);
    assertEquals(2, figure(fitted, "area", "readout").get("value").asDouble() / plain_um2, 1e-9);
  }

  @Test
  void aFactorOnTimeSlowsTheConverter() throws IOException {
    JsonNode plain = CommandRun.of("evaluate", spec(unfitted(), ""), "--json").json();
    JsonNode slow =
        CommandRun.of(
                "evaluate",
                spec("[{family: sar, quantity: time, factor: 2, fittedOn: [a]}]", ""),
                "--json")
            .json();
    double ratio =
        plain.get("totals").get("throughputPeak_TOPS").asDouble()
            / slow.get("totals").get("throughputPeak_TOPS").asDouble();
    assertEquals(2, ratio, 0.1);
  }

  @Test
  void aGivenFigureIsNeverMultiplied() throws IOException {
    String given =
        "chip: {pe: {readout: {kind: sar, bits: 7, columnsPerAdc: 32,"
            + " model: {energy: 0.45 pJ, area: 900 um2, time: 5 ns, leakage: 2 uW}}}}\n";
    String rows =
        "[{family: sar, quantity: energy, factor: FACTOR, fittedOn: [a]},"
            + " {family: sar, quantity: area, factor: FACTOR, fittedOn: [a]},"
            + " {family: sar, quantity: time, factor: FACTOR, fittedOn: [a]}]";
    String one =
        CommandRun.of("explain", spec(rows.replace("FACTOR", "1"), given), "area", "--json").out();
    String nine =
        CommandRun.of("explain", spec(rows.replace("FACTOR", "9"), given), "area", "--json").out();
    JsonNode before = leaf(CommandRun.parse(one), "readout");
    JsonNode after = leaf(CommandRun.parse(nine), "readout");
    assertEquals(before.get("value").asDouble(), after.get("value").asDouble());
  }

  @Test
  void problemsAreReportedTogether() throws IOException {
    CommandRun.of(
            "check",
            spec(
                "[{family: sarr, quantity: energy, factor: 1.1, fittedOn: [a]},"
                    + " {family: flash, quantity: energy, factor: -1, fittedOn: [a]},"
                    + " {family: flash, quantity: energy, factor: 1}]",
                ""))
        .refuses(
            "calibration[0].family", "sar", "calibration[1].factor", "calibration[2].fittedOn");
    CommandRun.of(
            "check",
            spec(
                "[{family: layout, quantity: time, factor: 1.1, fittedOn: [a]},"
                    + " {family: flash, quantity: energy, factor: 2, fittedOn: [a]},"
                    + " {family: flash, quantity: energy, factor: 1, fittedOn: [a]}]",
                ""))
        .refuses(
            "calibration[0].quantity: is time, but of layout only area can be fitted",
            "calibration[2]: is a second factor on energy of flash; give one");
  }

  @Test
  void theCatalogueListsEveryFamilyOnce() {
    JsonNode list =
        CommandRun.of("catalog", "calibration", "--json").exits(0).json().get("calibration");
    assertEquals(CircuitFamily.values().length, list.size());
    for (JsonNode family : list) {
      assertTrue(CircuitFamily.ofWord(family.get("name").asText()).isPresent());
      for (Quantity quantity : Quantity.values()) {
        assertTrue(family.has(quantity.word()));
      }
    }
  }
}
