package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The circuit of docs/circuit-files.md beside a spec is a circuit like any other. */
class OwnCircuitTest {
  private static final Path GUIDE = Path.of("..", "docs", "circuit-files.md");

  @TempDir private Path folder;

  private String spec;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("my-adc.circuit"), block("# my-adc.circuit"));
    Files.copy(Path.of(CommandRun.example("quickstart")), folder.resolve("quickstart.yaml"));
    Path mine = folder.resolve("quickstart-mine.yaml");
    Files.writeString(mine, block("# examples/quickstart-mine.yaml"));
    spec = mine.toString();
  }

  /** The block of the guide that begins with a line. */
  private static String block(String first) throws IOException {
    String guide = Files.readString(GUIDE);
    int start = guide.indexOf(first);
    return guide.substring(start, guide.indexOf("```", start));
  }

  private double efficiency(String... settings) {
    String[] arguments = new String[3 + settings.length];
    arguments[0] = "evaluate";
    arguments[1] = spec;
    arguments[2] = "--json";
    System.arraycopy(settings, 0, arguments, 3, settings.length);
    // Feasible or not: its figures are the same.
    return CommandRun.of(arguments)
        .json()
        .path("totals")
        .path("energyEfficiency_TOPSperW")
        .asDouble();
  }

  @Test
  void itIsCheckedPricedAndExplained() {
    String checked = CommandRun.of("check", spec).exits(0).out();
    assertTrue(checked.contains("is good"), checked);
    assertTrue(checked.contains("circuits    my-adc, from a file beside the spec"), checked);
    assertTrue(efficiency() > 0);
    String energy = CommandRun.of("explain", spec, "energy").exits(0).out();
    assertTrue(energy.contains("control") && energy.contains("textbook cyclic converter"), energy);
    String noise = CommandRun.of("explain", spec, "noise", "--all").exits(0).out();
    assertTrue(noise.contains("; each (1 + 2) x 0.000004142 fJ / "), noise);
    assertTrue(
        noise.contains("my-adc.circuit:22: textbook cyclic converter; amplifier assumed; docs/"),
        noise);
    assertTrue(
        noise.matches("(?s).*x weight [0-9.e-]+[^\n]*: offset 0.1 = \\(0.1\\) common.*"), noise);
  }

  /** 8 turns of 2 ns each. */
  @Test
  void theStepOfTheSpecIsItsOwn() {
    String latency =
        CommandRun.of("explain", spec, "latency", "--set", "pe.readout.step=2 ns").exits(0).out();
    assertTrue(latency.contains(" conversions of 16.0 ns; each 8 x 2 ns\n"), latency);
  }

  @Test
  void anExplanationNamesTheLinesOfItsFile() throws IOException {
    List<String> file = Files.readAllLines(folder.resolve("my-adc.circuit"));
    String energy = CommandRun.of("explain", spec, "energy").exits(0).out();
    String conversion = "my-adc.circuit:16,18: textbook cyclic converter; amplifier assumed";
    assertTrue(energy.contains(conversion + "; unfitted: compared with no chip"), energy);
    assertTrue(file.get(15).contains("energy sample") && file.get(17).contains("energy control"));
    String noise = CommandRun.of("explain", spec, "noise", "--all").exits(0).out();
    assertTrue(noise.contains(" = (0.1) common, my-adc.circuit:24"), noise);
    assertTrue(file.get(23).contains("offset common"), file.get(23));
    String latency = CommandRun.of("explain", spec, "latency").exits(0).out();
    assertTrue(
        latency.matches(
            "(?s).* conversions of [0-9.]+ ns; each 8 x [0-9.]+ ns\n"
                + " +my-adc.circuit:25: textbook cyclic converter.*"),
        latency);
    assertTrue(file.get(24).contains("time   conversion"), file.get(24));
    String catalogue =
        CommandRun.of("explain", CommandRun.example("quickstart"), "latency").exits(0).out();
    assertTrue(
        catalogue.contains(" conversions of ") && !catalogue.contains(".circuit:"), catalogue);
  }

  @Test
  void itsConstantsAreSettings() {
    double before = efficiency();
    double after = efficiency("--set", "circuits.my-adc.steer=120");
    assertTrue(after < before, before + " " + after);
    assertNotEquals(before, efficiency("--set", "circuits.common.overdrive=0.3 V"));
    CommandRun.of("evaluate", spec, "--set", "circuits.my-adc.stear=1")
        .exits(2)
        .err()
        .contains("did you mean steer?");
  }

  @Test
  void aSettingHasTheRangeOfAFile() {
    String refused = "circuits.my-adc.steer: is %s, must be 0 .. 1.00e9";
    for (String outside : List.of("-1", "-1e-9", "1.1e9")) {
      CommandRun.of("evaluate", spec, "--set", "circuits.my-adc.steer=" + outside)
          .refuses(refused.formatted(outside));
    }
    CommandRun.of("check", spec, "--set", "circuits.my-adc.steer=0").exits(0);
    CommandRun.of("check", spec, "--set", "circuits.my-adc.steer=1e9").exits(0);
    CommandRun.of("check", spec, "--set", "circuits.common.overdrive=-0.1 V")
        .refuses("circuits.common.overdrive: is -0.1 V, must be 0 V .. ");
  }

  @Test
  void whatIsAddedToAConverterStandsBehindTheNameOfItsCircuit() {
    String area = CommandRun.of("explain", spec, "area").exits(0).out();
    for (String added : List.of("register gains", "register", "capacitors")) {
      assertTrue(area.matches("(?s).*\\) trimmed reference " + added + "[ )].*"), added + area);
      assertFalse(area.contains(") " + added + " "), added + ": " + area);
    }
    assertTrue(area.contains("assumed; trimmed reference: refreshed before a leaking"), area);
    String energy = CommandRun.of("explain", spec, "energy").exits(0).out();
    assertTrue(energy.contains(") trimmed reference refresh)"), energy);
  }

  @Test
  void noiseIsInSquaresOfAStep() {
    String file = folder.resolve("my-adc.circuit").toString();
    String sized = CommandRun.of("catalog", "circuits", file, "--bits", "6").exits(0).out();
    assertTrue(sized.matches("(?s).*\nnoise 0\\.[0-9]+ steps²: moved by .*"), sized);
  }

  @Test
  void aCircuitThatIsUnusedOrUnknownIsToldWithThoseOfTheSpec() {
    CommandRun.of("evaluate", spec, "--set", "circuits.my-adcs.steer=4")
        .refuses(
            "circuits.my-adcs: is no circuit of the catalogue, nor one that a part uses; parts name"
                + " my-adc; did you mean my-adc?");
    CommandRun.of("evaluate", spec, "--set", "circuits.sar-28mn.logic=4")
        .refuses("parts name my-adc; did you mean sar-28nm?");
    String quickstart = folder.resolve("quickstart.yaml").toString();
    CommandRun.of("evaluate", quickstart, "--set", "circuits.my-adc.steer=4")
        .refuses(
            "circuits.my-adc: is ", "my-adc.circuit, which no part uses; no part names a model");
    CommandRun.of("evaluate", quickstart, "--set", "circuits.zzz.steer=4")
        .refuses("is no circuit of the catalogue, nor one that a part uses; no part names a model");
  }

  /** The what-if of a design reads it as a spec, which carries the circuits of all designs. */
  @Test
  void aDesignOfARunKeepsConstantsOfCircuitsThatOthersUse() throws Exception {
    Path file = Path.of(spec);
    Files.writeString(
        file,
        "kirchhoff: 1\nextends: quickstart.yaml\ncircuits: {my-adc: {steer: 13}}\n"
            + "chip: {pe: {readout: {any: [{kind: sar, bits: 8}, {kind: sar, bits: 8, model: my-adc}]}}}\n");
    Path moved = Files.createDirectory(folder.resolve("moved")).resolve("design.json");
    Files.writeString(moved, SpecText.json(loaded(file)).toString());
    DesignSpec carried = loaded(moved);
    Files.writeString(moved, SpecText.jsonOfDesign(carried, carried.tree().start()).toString());
    String checked = CommandRun.of("check", moved.toString()).exits(0).out();
    assertFalse(checked.contains("my-adc"), checked);
  }

  private static DesignSpec loaded(Path file) throws Exception {
    return DesignSpec.load(
        file.toString(), List.of(), List.of(), SpecEnvironment.of(new FileSources()));
  }

  /** A base in a folder with its circuit and one that the circuit uses. */
  @Test
  void aCircuitIsFoundBesideTheFileThatNamesIt() throws IOException {
    Path mine = folder.resolve("my-adc.circuit");
    Files.writeString(
        mine, Files.readString(mine).replace("time   least ", "use half\n  time   least "));
    String half = "sentence: \"Half.\"\nsource: \"none\"\nequations: |\n  area half = 1 um2\n";
    Files.writeString(folder.resolve("half.circuit"), half);
    double beside = efficiency();
    Path outer = Files.createDirectory(folder.resolve("outer")).resolve("outer.yaml");
    Files.writeString(outer, "kirchhoff: 1\nextends: ../quickstart-mine.yaml\n");
    spec = outer.toString();
    assertEquals(beside, efficiency());
    assertTrue(
        CommandRun.of("explain", spec, "area").exits(0).out().contains(" half half + "), "used");
    String data = folder.resolve("data").toString();
    CommandRun.of(
            "explore", spec, "--budget", "20", "--run-id", "own", "--no-kafka", "--data", data)
        .exits(0);
    Files.delete(mine);
    Files.delete(folder.resolve("half.circuit"));
    assertTrue(CommandRun.of("verify", "own", "--data", data).exits(0).out().contains("equal"));
    CommandRun.of("check", spec).exits(2);
    Files.writeString(outer.resolveSibling("my-adc.circuit"), block("# my-adc.circuit"));
    CommandRun.of("check", spec).exits(0);
  }

  @Test
  void itIsComparedWithReadoutsOfTheCatalogue() {
    String file = folder.resolve("my-adc.circuit").toString();
    CommandRun compared =
        CommandRun.of("catalog", "circuits", file, "--kind", "readout", "--bits", "6", "--json");
    JsonNode own = compared.json().path("readouts").path(0);
    JsonNode sar = compared.json().path("readouts").path(1);
    assertEquals("my-adc", own.path("name").asText());
    assertEquals("unfitted", own.path("grade").asText());
    assertEquals("compared with no chip", own.path("reason").asText());
    assertEquals("sar-28nm", sar.path("name").asText());
    // The same column in front of both.
    assertEquals(sar.path("column_fJ").asDouble(), own.path("column_fJ").asDouble());
    assertTrue(own.path("energy_fJ").asDouble() < sar.path("energy_fJ").asDouble());
    String sized = CommandRun.of("catalog", "circuits", file, "--bits", "6").exits(0).out();
    assertTrue(sized.contains("What its figures lean on at 6 b") && sized.contains("my-adc.steer"));
    assertTrue(sized.contains("Silicon: unfitted: compared with no chip"), sized);
    assertTrue(
        sized.contains("./kirchhoff catalog circuits " + file + " --kind readout --bits 6"), sized);
    String wide = CommandRun.of("catalog", "circuits", file, "--bits", "14").exits(0).out();
    assertTrue(wide.contains("lean on at 10 b, nearest to 14 in its range, "), wide);
    String text =
        CommandRun.of("catalog", "circuits", file, "--kind", "readout", "--bits", "6")
            .exits(0)
            .out();
    assertTrue(text.contains("own circuit: unfitted: compared with no chip"), text);
    CommandRun.of("catalog", "circuits", file, "--kind", "input").exits(2);
  }

  @Test
  void aRunCarriesIt() throws IOException {
    String data = folder.resolve("data").toString();
    CommandRun.of(
            "explore",
            spec,
            "--budget",
            "60",
            "--simulate",
            "0",
            "--run-id",
            "own",
            "--no-kafka",
            "--data",
            data)
        .exits(0);
    Files.delete(folder.resolve("my-adc.circuit"));
    Files.delete(Path.of(spec));
    Path moved = Files.createDirectories(folder.resolve("moved/runs/own")).resolve("log.jsonl");
    Files.copy(Path.of(data, "runs", "own", "log.jsonl"), moved);
    Files.copy(Path.of(data, "format"), folder.resolve("moved/format"));
    data = folder.resolve("moved").toString();
    String shown = CommandRun.of("show", "own", "--data", data).exits(0).out();
    assertTrue(shown.contains("TOPS/W") && shown.matches("(?s).*my-adc [4-8]b /.*"), shown);
    assertTrue(shown.contains("readout unfitted (own circuit: compared with no chip)"), shown);
    assertTrue(CommandRun.of("verify", "own", "--data", data).exits(0).out().contains("equal"));
    String explained =
        CommandRun.of("explain", "--design", "own#0", "energy", "--data", data).exits(0).out();
    assertTrue(explained.contains("textbook cyclic converter"), explained);
    String constants =
        CommandRun.of("explain", "--design", "own#0", "constants", "--data", data).exits(0).out();
    // A design of a run takes no --set.
    assertFalse(constants.contains("evaluate"), constants);
    assertTrue(
        constants.endsWith(
            "Vary one: ./kirchhoff dashboard --data " + data + ", in the what-if of the design\n"),
        constants);
  }

  @Test
  void aConstantOfASpecIsVariedWithTheCommandThatIsPrinted() {
    String constants = CommandRun.of("explain", spec, "constants").exits(0).out();
    String before = "Vary one: ./kirchhoff evaluate " + spec + " --set '";
    int at = constants.indexOf(before);
    assertTrue(at > 0, constants);
    String setting = constants.substring(at + before.length(), constants.lastIndexOf('\''));
    CommandRun.of("evaluate", spec, "--set", setting).exits(0);
  }

  /** 10 turns of 1.04 ns are slower than the 100 MS/s that a comparison asks for. */
  @Test
  void theTimeOfAConversionIsPrintedOnce() {
    String file = folder.resolve("my-adc.circuit").toString();
    String sized = CommandRun.of("catalog", "circuits", file, "--bits", "10").exits(0).out();
    assertTrue(sized.contains("lean on at 10 b, asked for 100 MS/s, 32.0 nm; column"), sized);
    assertTrue(sized.contains("\ntime conversion 10.4 ns: "), sized);
    assertFalse(sized.contains("10.0 ns"), sized);
  }

  @Test
  void aMistakeInItIsTheSpecs() throws IOException {
    Path file = folder.resolve("my-adc.circuit");
    Files.writeString(file, Files.readString(file).replace("= C * range * supply", "= C * range"));
    CommandRun run = CommandRun.of("check", spec).exits(2);
    assertTrue(run.err().contains("my-adc.circuit:"), run.err());
    assertTrue(run.err().contains("sample: is a charge (fC), must be an energy (fJ)"), run.err());
  }

  @Test
  void whatItsEquationsLackIsToldAtTheirFirstLine() throws IOException {
    Path file = folder.resolve("my-adc.circuit");
    String good = Files.readString(file);
    Files.writeString(
        file,
        good.replace("  time   conversion = bits * t_turn\n", "").replace("  noise ", "  # "));
    String lacks = "my-adc.circuit:13:3 equations: lack ";
    CommandRun.of("check", spec)
        .refuses(lacks + "the line time conversion = ...", lacks + "a line noise NAME = ...");
  }

  @Test
  void aFigureThatIsUndefinedIsToldWithItsLineAndTheDesignsValues() throws IOException {
    Path file = folder.resolve("my-adc.circuit");
    String good = Files.readString(file);
    Files.writeString(file, good.replace("= bits * steer", "= sqrt(3 - bits) * steer"));
    String evaluated = CommandRun.of("evaluate", spec).exits(2).err();
    assertTrue(evaluated.contains("my-adc.circuit:"), evaluated);
    assertTrue(evaluated.contains("control: is NaN as energy"), evaluated);
    assertTrue(
        evaluated.contains("at least 0 and at most 1e30, with bits = 8, steer = 12, gate_E = "),
        evaluated);
    assertFalse(evaluated.contains("fo4"), evaluated);
    String data = folder.resolve("data").toString();
    CommandRun.of("explore", spec, "--budget", "20", "--no-kafka", "--data", data).exits(2);
    Files.writeString(file, good.replace("= bits * t_turn\n", "= (bits - 8) * t_turn\n"));
    String timeless = CommandRun.of("evaluate", spec).exits(2).err();
    assertTrue(timeless.contains("must be a number above 0"), timeless);
  }

  @Test
  void aBiasFlowsForATime() throws IOException {
    Path file = folder.resolve("my-adc.circuit");
    String good = Files.readString(file);
    Files.writeString(file, good.replace("over bits * t_turn wakes", "over 0 ns wakes"));
    CommandRun.of("evaluate", spec)
        .refuses("my-adc.circuit:", "amplifier: flows over 0 ns, must be a time above 0");
    Files.writeString(file, good.replace("wakes t_turn", "wakes -500 ns"));
    CommandRun.of("evaluate", spec)
        .refuses("my-adc.circuit:", "amplifier: flows wakes -500 ns, must be a time of at least 0");
    Files.writeString(file, good.replace("= bits * steer", "= 1e31 * steer"));
    CommandRun.of("evaluate", spec).refuses("control: is ", "at most 1e30, with steer = 12");
  }

  @Test
  void aFileThatIsThereButCannotBeReadIsAMistake() throws IOException {
    Files.createDirectory(folder.resolve("sar-28nm.circuit"));
    CommandRun.of("evaluate", spec, "--set", "pe.readout.model=sar-28nm")
        .refuses("sar-28nm.circuit", "is a directory");
  }

  @Test
  void aFileThatNoPartNamesChangesNothing() throws IOException {
    Files.writeString(folder.resolve("sar-28nm.circuit"), "no circuit: [");
    Path file = Path.of(spec);
    Files.writeString(file, Files.readString(file).replace(" model: my-adc,", ""));
    double without = efficiency();
    assertTrue(without > 0, "none");
    assertEquals(without, efficiency("--set", "circuits.sar-28nm={}"));
    assertTrue(efficiency("--set", "circuits.sar-28nm.logic=400") < without, "not dearer");
  }

  @Test
  void aTermThatNobodyReadsIsAMistake() throws IOException {
    Path file = folder.resolve("my-adc.circuit");
    String good = Files.readString(file);
    Files.writeString(
        file,
        good.replace("time   conversion", "time convert")
            .replace("energy sample", "energy.reed sample")
            .replace("leakage idle", "power idle"));
    CommandRun.of("check", spec)
        .refuses(
            "convert: is no time of a readout; ",
            "conversion",
            "'reed' is no action of a readout; did you mean read?",
            "idle: no readout has a power; it has energy, bias, area, leakage, noise");
  }

  @Test
  void theCatalogueShowsIt() throws IOException {
    Path file = folder.resolve("my-adc.circuit");
    String shown = CommandRun.of("catalog", "circuits", file.toString()).exits(0).out();
    assertTrue(shown.contains("Cyclic converter"), shown);
    assertTrue(shown.contains("comparison and doubling"), shown);
    Files.writeString(file, Files.readString(file).replace("= C * range * supply", "= C * range"));
    String wrong = CommandRun.of("catalog", "circuits", file.toString()).exits(2).err();
    assertTrue(wrong.contains("sample: is a charge (fC), must be an energy (fJ)"), wrong);
    CommandRun.of("catalog", "circuits", "no.circuit").exits(2);
  }

  @Test
  void itsNameWinsOverTheCatalogues() throws IOException {
    Files.move(folder.resolve("my-adc.circuit"), folder.resolve("sar-28nm.circuit"));
    double own = efficiency("--set", "pe.readout.model=sar-28nm");
    for (String command : List.of("check", "evaluate")) {
      String err =
          CommandRun.of(command, spec, "--set", "pe.readout.model=sar-28nm").exits(0).err();
      assertTrue(
          err.contains("sar-28nm.circuit: is used in place of the catalogue's sar-28nm"), err);
    }
    Files.delete(folder.resolve("sar-28nm.circuit"));
    double catalogue = efficiency("--set", "pe.readout.model=sar-28nm");
    assertNotEquals(own, catalogue);
    assertEquals(2, CommandRun.of("check", spec).code());
  }
}
