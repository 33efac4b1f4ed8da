package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String DESIGNS = Path.of("..", "designs").toString();
  private static final String CHIP =
      """
      kirchhoff: 1
      name: Ours
      precision: {weights: 4, inputs: 4}
      chip:
        technology: {node: 28 nm}
        io: none
        interconnect: none
        tile: {count: 2, buffer: none, outputRegister: none}
        pe: {perTile: 1, readout: {kind: sar, bits: 6, columnsPerAdc: 8}}
        crossbar: {perPe: 2, rows: 128, columns: 128}
        cell: {device: redox-hfox-wan2022}
      expect:
      """;

  @TempDir private Path folder;

  private String spec(String... rows) throws IOException {
    StringBuilder text = new StringBuilder(CHIP);
    for (String row : rows) {
      text.append("  - {").append(row).append("}\n");
    }
    return Files.writeString(folder.resolve("ours.yaml"), text).toString();
  }

  private JsonNode values(String... rows) throws IOException {
    CommandRun run = CommandRun.of("validate", spec(rows), "--json");
    assertTrue(run.code() < 2, run.err());
    return run.json().get("chips").get(0).get("values");
  }

  private static double ours(JsonNode values, int i) {
    return values.get(i).get("ours").asDouble();
  }

  @Test
  void theGalleryIsWithinItsTolerances() {
    CommandRun run = CommandRun.of("validate", DESIGNS).exits(0);
    for (String words :
        List.of(
            "ISAAC-CE",
            "PUMA",
            "component table",
            "rank correlation",
            "factors that specs state")) {
      assertTrue(run.out().contains(words), words + " in\n" + run.out());
    }
    JsonNode json = CommandRun.of("validate", DESIGNS, "--json").exits(0).json();
    assertTrue(json.get("summary").has("newChip"));
    assertFalse(run.out().contains("NaN"), run.out());
  }

  @Test
  void tolerancesOfTheGalleryFollowOneRule() {
    JsonNode chips = CommandRun.of("validate", DESIGNS, "--json").exits(0).json().get("chips");
    for (JsonNode chip : chips) {
      for (JsonNode value : chip.get("values")) {
        double rule =
            value.get("share").asBoolean() || value.get("aim").asDouble() <= 0.1 ? 0.1 : 1;
        boolean explained = value.has("note") || value.get("within").asDouble() <= rule;
        assertTrue(
            explained, chip.get("id") + " allows more than the rule without a note: " + value);
      }
    }
  }

  @Test
  void valuesBeyondTheAimAreNamedAlsoWhereTheirRowsAllowThem() throws IOException {
    JsonNode far = values("area: 1 mm2, within: 1000000 %");
    assertTrue(far.get(0).get("met").asBoolean());
    assertTrue(far.get(0).get("beyondAim").asBoolean());
    assertEquals(0.3, far.get(0).get("aim").asDouble());
    JsonNode near = values("area: " + ours(far, 0) + " um2, role: calibrated");
    assertFalse(near.get(0).get("beyondAim").asBoolean());
    assertEquals(0.1, near.get(0).get("aim").asDouble());
    CommandRun run = CommandRun.of("validate", spec("area: 1 mm2, within: 1000000 %"));
    assertTrue(run.out().contains("beyond the aim"), run.out());
  }

  @Test
  void levelsAreTheChipsByTheirNumber() throws IOException {
    JsonNode values =
        values(
            "of: chip, area: 1 mm2, power: 1 W, TOPS: 1, TOPS/W: 1, vectorEnergy: 1 nJ",
            "of: tile, area: 1 mm2, power: 1 W, TOPS: 1, TOPS/W: 1, vectorEnergy: 1 nJ",
            "of: pe, area: 1 mm2, power: 1 W, TOPS: 1, TOPS/W: 1, vectorEnergy: 1 nJ");
    for (int i : new int[] {0, 1, 2, 4}) {
      assertEquals(2, ours(values, i) / ours(values, 5 + i), 1e-9, "row " + i);
    }
    assertTrue(ours(values, 5) >= ours(values, 10));
    JsonNode parts =
        values(
            "of: crossbar, area: 1 mm2",
            "of: pe.crossbar, area: 1 mm2",
            "of: readout, area: 1 mm2",
            "of: pe, areaShares: {readout: 10 %, crossbar + readout: 20 %, pe.readout: 10 %}",
            "of: pe, area: 1 mm2");
    assertEquals(2, ours(parts, 1) / ours(parts, 0), 1e-9);
    assertEquals(ours(parts, 2) / ours(parts, 6), ours(parts, 3), 1e-9);
    assertEquals((ours(parts, 1) + ours(parts, 2)) / ours(parts, 6), ours(parts, 4), 1e-9);
    assertEquals(ours(parts, 3), ours(parts, 5), 1e-12);
  }

  @Test
  void timesAreThoseOfOneVectorAndOnePass() throws IOException {
    JsonNode values = values("vectorLatency: 1 ns, passTime: 1 ns, latency: 1 ns");
    // Four passes of one bit each.
    assertEquals(4, ours(values, 0) / ours(values, 1), 1e-9);
    assertEquals(ours(values, 0), ours(values, 2), 1e-9);
  }

  @Test
  void sharesOfActionsAreFoundInTheirPart() throws IOException {
    JsonNode values =
        values(
            "energyShares: {crossbar.cellRead: 10 %, crossbar.columnSettle: 10 %, crossbar.static:"
                + " 1 %, crossbar.pass: 0 %, crossbar: 10 %}, within: 100 points");
    double sum = ours(values, 0) + ours(values, 1) + ours(values, 2);
    assertEquals(ours(values, 4), sum, 1e-9);
    assertEquals(0, ours(values, 3));
  }

  @Test
  void settingsOfARowAreChangedFirst() throws IOException {
    JsonNode values =
        values(
            "TOPS: 1",
            "when: {pe.readout.columnsPerAdc: 16, technology.supply: 0.8 V}, TOPS: 1,"
                + " role: predicted, differsIn: [voltage, cores]");
    assertTrue(ours(values, 0) > 1.5 * ours(values, 1));
    assertEquals("voltage", values.get(1).get("differsIn").get(0).asText());
    assertTrue(values.get(1).get("when").asText().contains("technology.supply=0.8 V"));
  }

  @Test
  void aMissEndsWithOneAndErrorsBeyondTwiceAreExplained() throws IOException {
    CommandRun run =
        CommandRun.of("validate", spec("area: 9 mm2, within: 5 %, note: the test is unfair"))
            .exits(1);
    assertTrue(run.out().contains("misses 5 %"), run.out());
    assertTrue(run.out().contains("beyond 2x: ours chip area"), run.out());
    assertTrue(run.out().contains("the test is unfair"), run.out());
  }

  @Test
  void problemsOfAllRowsAreReportedTogether() throws IOException {
    CommandRun.of(
            "validate",
            spec(
                "of: tiles, area: 1 mm2",
                "aera: 1 mm2",
                "area: 1 W",
                "area: 1 mm2, role: guessed",
                "area: 1 mm2, differsIn: volt",
                "area: 1 mm2, within: 5 W",
                "area: 0 mm2",
                "of: pe",
                "areaShares: {redout: 5 %, shiftAdd: 5 %}",
                "of: readout, TOPS: 1",
                "id: a, area: 1 mm2",
                "id: a, area: 1 mm2",
                "when: {pe.readout.bits: 80}, area: 1 mm2",
                "area: 1 mm2, within: 10",
                "areaShares: {readout: 30}"))
        .refuses(
            "ours.yaml:13:",
            "expect[0].of: 'tiles' is no part and no level (chip, tile, pe, crossbar); did you mean"
                + " tile?",
            "expect[1].aera: is no metric; did you mean area?",
            "expect[2].area: 1 W is a power, must be an area",
            "expect[3].role: is 'guessed', must be one of calibrated, predicted, given",
            "expect[4].differsIn: is 'volt', must be one of voltage",
            "expect[5].within: is '5 W'; write 10 %, 2x or 10 points",
            "expect[6].area: is 0 mm2, must be above 0",
            "expect[7]: has no published value",
            "expect[8].areaShares.redout: 'redout' is no part; did you mean readout?",
            "pe.shiftAdd or tile.shiftAdd",
            "expect[9].TOPS: is known of chip, tile and pe, not of a part",
            "expect[11].id: is 'a', which another row has already",
            "ours.yaml:25:",
            "pe.readout.bits: is 80, must be 1..16",
            "expect[13].within: is '10', which is 1000 %; write 10 %",
            "expect[14].areaShares.readout: is 30, must be at most 1, which is 100 %");
  }

  @Test
  void problemsOfExpectAreReportedWithThoseOfTheChip() throws IOException {
    String file = spec("aera: 1 mm2", "area: 1 W, role: guessed", "of: macro, area: 1 mm2");
    Path path = Path.of(file);
    Files.writeString(path, Files.readString(path).replace("bits: 6", "bits: 80"));
    for (String command : List.of("validate", "check", "evaluate")) {
      CommandRun.of(command, file)
          .refuses(
              "pe.readout.bits: is 80, must be 1..16",
              "expect[0].aera: is no metric; did you mean area?",
              "expect[1].area: 1 W is a power, must be an area",
              "expect[1].role: is 'guessed'");
    }
    CommandRun run = CommandRun.of("evaluate", file, "--set", "pe.readout.bits=90").exits(2);
    assertFalse(run.err().contains("expect["), run.err());
  }

  @Test
  void aLevelThatIsNoneIsReportedOnceAtItsPlace() throws IOException {
    CommandRun run =
        CommandRun.of("validate", spec("of: macro, area: 1 mm2, TOPS: 1, energy: 1 pJ")).exits(2);
    assertTrue(
        run.err()
            .contains(
                "ours.yaml:13:10 expect[0].of: 'macro' is no part and no level (chip, tile, pe,"
                    + " crossbar); see them with ./kirchhoff explain SPEC power"),
        run.err());
    assertTrue(run.err().contains("1 problem,"), run.err());
    CommandRun.of("validate", spec("of: shiftAdd, area: 1 mm2"))
        .refuses("expect[0].of: 'shiftAdd' is a part of several levels; write pe.shiftAdd or");
  }

  @Test
  void pointsAreOfSharesOnly() throws IOException {
    CommandRun.of("validate", spec("TOPS/W: 1, within: 10 points"))
        .refuses("expect[0].within: is in points, which are of shares; TOPS/W needs a ratio, 10 %");
    CommandRun.of("validate", spec("area: 1 mm2, areaShares: {readout: 9 %}, within: 10 points"))
        .refuses("expect[0].within: is in points, which are of shares; area needs a ratio, 10 %");
    values("areaShares: {readout: 30 %}, within: 100 points");
    values("area: 1 mm2, areaShares: {readout: 30 %}, within: [10 %, 100 points]");
  }

  /** Ours a: 1.5 a and a / 1.5 are allowed by 50 %, 1.5x; 1.6 a and a / 1.6 are not. */
  @Test
  void whatIsAllowedIsAllowedInBothDirections() throws IOException {
    double ours = ours(values("area: 1 mm2, within: 1000000 %"), 0);
    for (String within : List.of("50 %", "1.5x", "1.5 x")) {
      for (double ratio : new double[] {1 / 1.49, 1.49, 1 / 1.51, 1.51}) {
        JsonNode value = values("area: " + ratio * ours + " um2, within: " + within).get(0);
        assertEquals(
            Math.abs(Math.log(ratio)) < Math.log(1.5),
            value.get("met").asBoolean(),
            ratio + " " + within);
      }
    }
    assertFalse(
        values("area: " + 1400 * ours + " um2, within: 100 %").get(0).get("met").asBoolean());
    assertFalse(values("area: " + 1400 * ours + " um2, within: 2x").get(0).get("met").asBoolean());
    CommandRun run =
        CommandRun.of("validate", spec("area: " + 1400 * ours + " um2, within: 2x")).exits(1);
    assertTrue(run.out().contains("1400x low  misses 2x"), run.out());
  }

  @Test
  void areasStateTheirScopeOrTheReasonForTheirOmission() throws IOException {
    CommandRun run =
        CommandRun.of(
                "validate",
                spec(
                    "area: 1 mm2, areaScope: testChip, within: 1000x",
                    "area: 1 mm2, within: 1000x",
                    "TOPS/mm2: none, note: one digit"))
            .exits(0);
    assertTrue(run.out().contains("area (testChip)"), run.out());
    assertTrue(run.out().contains("areas without areaScope: ours"), run.out());
    assertTrue(run.out().contains("not compared: TOPS/mm2, one digit"), run.out());
    CommandRun.of(
            "validate",
            spec(
                "area: none",
                "area: 1 mm2, areaScope: dye",
                "TOPS/W: 1, areaScope: macro",
                "aera: none, note: no"))
        .refuses(
            "ours.yaml:13:12 expect[0].area: is none without a reason; say in note why it is not"
                + " compared",
            "expect[1].areaScope: is 'dye', must be one of bank, macro, core, chip, testChip,"
                + " unstated",
            "expect[2].areaScope: says what an area includes, but the row has none",
            "expect[3].aera: is no metric; did you mean area?");
  }

  @Test
  void limitsThatAChipMissesAsDescribedAreNamedWithTheAmount() throws IOException {
    String plain = "area: 1 mm2, within: 1000x";
    String fast = "area: 1 mm2, when: {crossbar.passTime: 2 ns}, within: 1000x";
    String file = spec(plain, fast, fast);
    JsonNode missed =
        CommandRun.of("validate", file, "--json").exits(0).json().at("/chips/0/missedLimits");
    List<JsonNode> late = new ArrayList<>();
    missed.forEach(
        limit -> {
          assertEquals("crossbar.passTime=2 ns", limit.get("when").asText());
          if (limit.get("limit").asText().equals("circuits slower than the given time")) {
            late.add(limit);
          }
        });
    assertEquals(1, late.size(), "once a setting: " + missed);
    double amount = late.get(0).get("amount").asDouble();
    assertTrue(amount > 0.1, "a SAR shared by eight columns takes more: " + amount);
    String text = CommandRun.of("validate", file).exits(0).out();
    assertTrue(
        text.contains(
            "  infeasible when crossbar.passTime=2 ns: circuits slower than the given time: by "),
        text);
    assertFalse(CommandRun.of("validate", spec(plain)).out().contains("infeasible"));
  }

  @Test
  void theLastLineStatesHowManyMissTheAim() throws IOException {
    CommandRun run =
        CommandRun.of(
            "validate",
            spec("area: 1 mm2, within: 1000x", "TOPS: 1, role: given, within: 1000000x"));
    assertTrue(
        run.out()
            .endsWith(
                "2 of 2 values are within what they allow; the models aim at 10 % where the chip"
                    + " was fitted, 30 % for a new chip or quantity: 1 of 1 misses it\n"),
        run.out());
    assertTrue(run.out().contains("1 given value is in no error"), run.out());
  }

  @Test
  void multiplesBelowOneAndNegativeBoundsAreRefused() throws IOException {
    CommandRun.of("validate", spec("area: 1 mm2, within: 0.5x", "area: 1 mm2, within: -5 %"))
        .refuses(
            "ours.yaml:13:27 expect[0].within: is '0.5x', must be 1x at least; 2x is a factor of 2"
                + " either way",
            "expect[1].within: is '-5 %', must be 0 % at least");
    CommandRun.of("validate", spec("area: 1 mm2, within: 1.2.3x"))
        .refuses("expect[0].within: is '1.2.3x'; write 10 %, 2x or 10 points");
  }

  private String wrong(String chip, String family, String factor) throws IOException {
    return Files.writeString(
            folder.resolve("wrong.yaml"),
            "kirchhoff: 1\nextends: "
                + Path.of(DESIGNS, chip, "spec.yaml").toAbsolutePath()
                + "\ncalibration: [{family: "
                + family
                + ", quantity: energy, factor: "
                + factor
                + ", fittedOn: [nothing]}]\n")
        .toString();
  }

  /**
   * 728 is 1,400 times the catalogue's 0.52, 952 as many times 0.68; what is above 1,000 is
   * refused.
   */
  @Test
  void aChipWithAWrongFactorFailsInEitherDirection() throws IOException {
    for (String factor : List.of("970", "0.001")) {
      Path file = folder.resolve("wrong.yaml");
      Files.writeString(
          file,
          "kirchhoff: 1\nextends: "
              + Path.of(DESIGNS, "fujiwara-isscc-2022", "spec.yaml").toAbsolutePath()
              + "\ncalibration: [{family: adderTree, quantity: energy, factor: "
              + factor
              + ", fittedOn: [nothing]}]\n");
      assertTrue(CommandRun.of("validate", file.toString()).exits(1).out().contains("misses 2"));
    }
  }

  @Test
  void aRowWhoseFiguresAreAllWrongIsNotReportedToHaveNone() throws IOException {
    CommandRun run = CommandRun.of("validate", spec("area: 1 W, TOPSW: 3")).exits(2);
    assertFalse(run.err().contains("has no published value"), run.err());
  }

  @Test
  void whatIsNoGalleryIsRefused() throws IOException {
    CommandRun.of("validate", folder.toString()).refuses("has no spec.yaml");
    CommandRun.of("validate", folder.resolve("no.yaml").toString()).refuses("does not exist");
    CommandRun.of("check", spec("aera: 1 mm2")).refuses("did you mean area?");
  }

  @Test
  void macrosOfTheSurveyDoTheOperationsOfTheirRow() throws IOException {
    List<String> command = new ArrayList<>(List.of("validate", "--json"));
    try (Stream<Path> specs = Files.list(Path.of("..", "survey"))) {
      specs.map(Path::toString).filter(file -> file.endsWith(".yaml")).forEach(command::add);
    }
    JsonNode chips = CommandRun.of(command.toArray(String[]::new)).exits(1).json().get("chips");
    assertEquals(64, chips.size());
    int given = 0;
    for (JsonNode chip : chips) {
      for (JsonNode value : chip.get("values")) {
        if (value.get("role").asText().equals("given")) {
          assertTrue(value.get("met").asBoolean(), chip.get("name") + " " + value);
          given++;
        }
      }
    }
    assertEquals(61, given);
  }
}
