package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void aFactorMultipliesModelledFiguresAndNamesItsChips() throws IOException {
    String plain = spec("[]", "");
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
    JsonNode plain = CommandRun.of("evaluate", spec("[]", ""), "--json").json();
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
  void aFactorTouchesNoCurrentOfCellsLinesAndAmplifiers() throws IOException {
    String sensing = "chip: {pe: {readout: {kind: senseAmplifier, bits: 4, columnsPerAdc: 8}}}\n";
    String nine = "[{family: senseAmplifier, quantity: energy, factor: 9, fittedOn: [a]}]";
    for (String leaf : List.of("cellRead", "columnSettle", "amplify", "conversion")) {
      double plain = figure(spec("[]", sensing), "energy", leaf).get("value").asDouble();
      double dear = figure(spec(nine, sensing), "energy", leaf).get("value").asDouble();
      assertEquals(leaf.equals("conversion") ? 9 : 1, dear / plain, 1e-9, leaf);
    }
  }

  /** The converter of the example at the setting of one chip, at others and at none. */
  @Test
  void aFactorIsExtrapolatedBeyondItsSettings() throws IOException {
    String factor = "family: sar, quantity: energy, factor: 1.5, fittedOn: [our test chip]";
    String at =
        "at: [{rows: 1, bits: 4, rate: 1 kS/s, node: 5 nm}, {rows: 4096, bits: BITS,"
            + " rate: 10 GS/s, node: 180 nm}]";
    String mark = "extrapolated: ";
    assertTrue(source("[{" + factor + "}]").contains(mark + "calibration states no setting"));
    assertTrue(
        source("[{" + factor + ", " + at.replace("BITS", "5") + "}]").contains(mark + "bits"));
    assertFalse(source("[{" + factor + ", " + at.replace("BITS", "16") + "}]").contains(mark));
    CommandRun.of("check", spec("[{" + factor + ", at: [{rows: 0, node: 28 nm}]}]", ""))
        .refuses("calibration[0].at[0].rows", "calibration[0].at[0].rate");
  }

  private String source(String calibration) throws IOException {
    return figure(spec(calibration, ""), "energy", "conversion").get("source").asText();
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
      CircuitFamily known = CircuitFamily.ofWord(family.get("name").asText()).orElseThrow();
      for (Quantity quantity : Quantity.values()) {
        assertEquals(
            known.quantities().contains(quantity),
            List.of(family.get("quantities").asText().split(", ")).contains(quantity.word()));
      }
    }
  }
}
