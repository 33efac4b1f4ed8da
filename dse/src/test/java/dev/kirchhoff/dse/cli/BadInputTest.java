package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of invalid input: exit 2, a sentence with the place and the allowed values, and nothing
 * left behind.
 */
class BadInputTest {
  private static final String RESNET = CommandRun.example("resnet18-reram");

  @TempDir private Path folder;

  private String spec(String text) throws IOException {
    return Files.writeString(folder.resolve("spec.yaml"), text).toString();
  }

  @Test
  void tenProblemsAreReportedTogether() throws IOException {
    Path bad = Path.of("../arch-model/src/test/resources/dev/kirchhoff/arch/design/bad.yaml");
    CommandRun run = CommandRun.of("check", Files.copy(bad, folder.resolve("bad.yaml")).toString());
    run.refuses(
        "bad.yaml:4:22 technology.node: is 32 without a unit; write 32 nm",
        "bad.yaml:6:42 pe.perTile: start 6 is not one of 4, 8, 12",
        "bad.yaml:7:32 pe.readout.bits: is 80, must be 1..16",
        "bad.yaml:7:36 pe.readout.columnPerAdc: unknown key of a sar readout; did you mean"
            + " columnsPerAdc?",
        "bad.yaml:10:11 crossbar.rows: no value named 'sides' in let or the chip; let is empty",
        "bad.yaml:11:5 crossbar.perPe: given twice; first at 9:5",
        "bad.yaml:12:27 cell.device: unknown device 'redox-hfox-wan'; did you mean"
            + " redox-hfox-wan2022?",
        "bad.yaml:12:70 cell.readVoltage: 0.2 A is a current, must be a voltage",
        "bad.yaml:13:11 workload: unknown network 'resnet81'; did you mean resnet18?",
        "bad.yaml:15:13 constraints[0]: area cannot be compared with a time",
        "bad.yaml: 10 problems, nothing was evaluated");
    assertEquals(11, run.err().lines().count(), run.err());
  }

  @Test
  void aDefaultIsNotBlamedForAMissingReference() throws IOException {
    CommandRun run = CommandRun.of("check", spec("kirchhoff: 1\nchip:\n  crossbar: {rows: 0}\n"));
    run.refuses(
        "spec.yaml:3:20 crossbar.rows: is 0, must be 1..8192",
        "spec.yaml: 1 problem, nothing was evaluated");
    assertEquals(2, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "evaluate", "explain", "sweep", "explore"})
  void everyCommandRefusesAMissingFileAFolderAndAnEmptyFile(String command) throws IOException {
    CommandRun.of(command, folder.resolve("no.yaml").toString()).refuses("no.yaml: does not exist");
    CommandRun.of(command, folder.toString()).refuses("is a directory");
    CommandRun.of(command, spec("")).refuses("spec.yaml: is empty");
    CommandRun.of(command, spec("# nothing\n")).refuses("spec.yaml: is empty");
    CommandRun.of(command).refuses("SPEC is missing");
  }

  @Test
  void rubbishIsRefused() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 50; trial++) {
      byte[] bytes = new byte[1 + random.nextInt(5000)];
      random.nextBytes(bytes);
      Path file = Files.write(folder.resolve("rubbish.yaml"), bytes);
      CommandRun.of("check", file.toString()).refuses("rubbish.yaml");
    }
  }

  @Test
  void aHugeFileIsRefusedByItsSize() throws IOException {
    Path file = folder.resolve("huge.yaml");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(50L * 1024 * 1024);
    }
    CommandRun.of("check", file.toString()).refuses("huge.yaml: is 50 MB, a spec has at most 3 MB");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    CommandRun.of("check", spec("kirchhoff: 1\nchip: " + "[".repeat(5000) + "]".repeat(5000)))
        .refuses("nested more than 100 deep");
    StringBuilder text = new StringBuilder("kirchhoff: 1\nchip:\n");
    for (int depth = 1; depth < 400; depth++) {
      text.append(" ".repeat(depth)).append("tile:\n");
    }
    CommandRun.of("check", spec(text.toString())).refuses("nested more than 100 deep");
  }

  @Test
  void aFileThatExtendsItselfIsRefusedInOneLine() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "kirchhoff: 1\nextends: b.yaml\n");
    Files.writeString(folder.resolve("b.yaml"), "kirchhoff: 1\nextends: a.yaml\n");
    CommandRun run = CommandRun.of("check", folder.resolve("a.yaml").toString());
    run.refuses(
        "a.yaml: extends itself through ", "b.yaml:2", ": 1 problem, nothing was evaluated");
    CommandRun.of("check", spec("kirchhoff: 1\nextends: spec.yaml\n"))
        .refuses("spec.yaml: extends itself", ": 1 problem, nothing was evaluated");
    CommandRun.of("check", spec("kirchhoff: 1\nextends: gone.yaml\n"))
        .refuses(
            "spec.yaml:2:10", "gone.yaml does not exist", ": 1 problem, nothing was evaluated");
  }

  @Test
  void twoDocumentsAndOtherThingsThanASpecAreRefused() throws IOException {
    String good = Files.readString(Path.of(CommandRun.example("isaac")));
    CommandRun.of("check", spec(good + "---\nkirchhoff: 1\n"))
        .refuses("begins a second document; a spec is one document", ": 1 problem");
    CommandRun.of("check", spec("- 1\n- 2\n")).refuses("spec.yaml:1:1 is not a spec");
    CommandRun.of("check", spec("hello\n")).refuses("spec.yaml:1:1 is not a spec");
    CommandRun.of("check", spec(good.replace("kirchhoff: 1\n", "kirchhoff: 2\n")))
        .refuses("kirchhoff: is 2, must be 1", ": 1 problem");
    CommandRun.of("check", spec(good.replace("kirchhoff: 1\n", "")))
        .refuses(
            "kirchhoff: is missing in a spec: format version; the first key: kirchhoff: 1",
            ": 1 problem");
  }

  @Test
  void anUnknownCommandOrOptionIsAnsweredWithANearOne() {
    CommandRun.of("exlore").refuses("'exlore'", "explore", "--help");
    CommandRun.of("check", RESNET, "--resolve").refuses("Unknown option", "--resolved");
    CommandRun.of("check", RESNET, "more").refuses("'more'");
    CommandRun.of("catalog", "device").refuses("did you mean devices?");
    CommandRun.of("catalog", "devices", "redox-generi").refuses("did you mean redox-generic?");
    CommandRun.of("explain", RESNET, "enrgy").refuses("did you mean energy?");
    CommandRun.of("check", "--watch").refuses("SPEC is missing");
  }

  @Test
  void aWordOfACommandThatHasCommandsIsAnsweredAsACommand() {
    CommandRun.of("runs", "shwo").refuses("'shwo' is no command of runs; did you mean show?");
    CommandRun.of("runs", "frob")
        .refuses("no command of runs; there are ", "kirchhoff runs --help");
    CommandRun.of("completion", "fish").refuses("'fish'");
    CommandRun.of("catalog", "--kind", "readout").refuses("catalog circuits --kind readout");
    CommandRun.of("catalog", "--survey").refuses("catalog devices --survey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "circuit", "resume", "steer", "verify", "compare", "pivot"})
  void anUnknownOptionIsToldBeforeAMissingParameter(String command) {
    CommandRun.of(command, "--frob").refuses("Unknown option: '--frob'");
    CommandRun.of(command).refuses("Missing required parameter");
  }

  @Test
  void aRunWhereASpecIsExpectedIsShownTheOptionOfADesign() {
    CommandRun.of("evaluate", "mychip2#7701")
        .refuses("mychip2#7701 is no spec; a design of a run is --design mychip2#7701");
    CommandRun.of("explain", "mychip2#7701", "energy").refuses("is --design mychip2#7701");
    CommandRun.of("evaluate", "nowhere").refuses("nowhere: does not exist");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense|must be path=value",
        "=3|must be path=value",
        "pe.readout.bits=|no value",
        "pe.readout.bits=80|pe.readout.bits: is 80, must be 1..",
        "pe.readout.bist=7|did you mean bits?",
        "pe.readout.kind=foo|there are sar, flash, senseAmplifier",
        "pe.readout.bits={any: [1|is not YAML",
        "chip=3|chip: must be a mapping",
        "workload=resnet81|did you mean resnet18?",
        "tile.count=-1|is -1, must be 1..",
        "let.side=63.5|is 63.5, must be a whole number",
        "cell.readVoltage=0.2 A|is a current, must be a voltage",
        "search.budget=-4|is -4, must be 1..",
        "crossbar.rows=1e400|too large"
      })
  void nonsenseBehindSetIsRefusedByName(String setting, String words) {
    CommandRun.of("evaluate", RESNET, "--set", setting).refuses("--set " + setting, words);
  }

  @Test
  void anUnknownNetworkIsRefusedAsItWasNamed() {
    CommandRun unknown = CommandRun.of("evaluate", RESNET, "--network", "resnet81");
    unknown.refuses("--network resnet81", "did you mean resnet18?");
    CommandRun.of("evaluate", RESNET, "--network", folder.resolve("no.yaml").toString())
        .refuses("no.yaml does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "#", "x#", "#3", "x#-1", "x#99999999999999999999"})
  void nonsenseBehindDesignIsRefused(String design) {
    CommandRun.of("evaluate", "--design", design, "--data", folder.toString())
        .refuses("does not name a design; write RUN#INDEX, for example k3f9#1234");
  }

  @Test
  void aDesignOfNoRunIsRefused() {
    CommandRun.of("evaluate", "--design", "x#3", "--data", folder.resolve("no").toString())
        .refuses("there is no data directory");
    CommandRun.of("evaluate", RESNET, "--design", "x#3").refuses("not both");
    CommandRun.of("evaluate", "--design", "x#3", "--set", "a=b").refuses("--set");
    assertFalse(Files.exists(folder.resolve("no")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--engine|optaplaner|did you mean optaplanner?",
        "--engine|annealing|there are optaplanner",
        "--engine|exhaustive|use another engine",
        "--budget|0|must be 1..",
        "--budget|abc|not a whole number",
        "--budget|99999999999|must be 1..",
        "--seed|x|not a whole number",
        "--islands|0|must be 1..64",
        "--time|30|write 30 s",
        "--time|-5s|must be more than 0",
        "--time|soon|must be a time",
        "--limit|area <= 5 ms|cannot be compared with a time",
        "--limit|area|must compare with <= or >=",
        "--run-id|a/b|must be 1 to 80",
        "--port|99999|must be 1..65535",
        "--kafka|foo:9092|--no-kafka",
        "--set|cell.bits=99|must be"
      })
  void anExploreThatIsRefusedLeavesNothingBehind(String option, String value, String words) {
    Path data = folder.resolve("data");
    CommandRun.of("explore", RESNET, "--no-kafka", "--data", data.toString(), option, value)
        .refuses(words);
    assertFalse(Files.exists(data));
  }

  @Test
  void anEmptyNetworkAndAPipeAreNoNetworks() throws Exception {
    CommandRun.of("evaluate", RESNET, "--network", "").refuses("--network is empty");
    Path pipe = folder.resolve("pipe.yaml");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    CommandRun.of("evaluate", RESNET, "--network", pipe.toString())
        .refuses("pipe.yaml is not a regular file but a pipe or device");
  }

  /** Figures hold for the settings beside them, so that naming one of them changes nothing. */
  @Test
  void aSettingThatStandsInTheFileIsNoChange() {
    String isaac = CommandRun.example("isaac");
    String same = CommandRun.of("evaluate", isaac, "--set", "crossbar.rows=128").exits(0).out();
    assertTrue(same.contains("this design        41.3   0.627     0.483"), same);
    CommandRun.of("evaluate", isaac, "--set", "crossbar.rows=256")
        .refuses("--set crossbar.rows=256: crossbar.rows: is changed");
  }

  @Test
  void aListWithoutLayersIsRefusedByEveryCommand() throws IOException {
    String list = spec("kirchhoff: 1\nnetwork: n\nlayers: []\n");
    for (String command : List.of("check", "evaluate", "map", "explain")) {
      CommandRun.of(command, RESNET, "--network", list)
          .refuses("spec.yaml:3:9 layers: must hold at least one layer");
    }
  }

  @Test
  void anExploreReportsAllMissingRequirementsTogether() throws IOException {
    Path data = folder.resolve("data");
    CommandRun.of("explore", CommandRun.example("isaac"), "--no-kafka", "--data", data.toString())
        .refuses("a workload", "a knob", "an objective");
    assertFalse(Files.exists(data));
  }

  @Test
  void aTableThatCannotBeWrittenLeavesNoPartOfIt() throws IOException {
    String small = CommandRun.example("array-adc-sweep");
    CommandRun.of("sweep", small, "--sample", "2", "-o", folder.resolve("no/x.csv").toString())
        .refuses("there is no directory");
    CommandRun.of("sweep", small, "--sample", "2", "-o", folder.toString())
        .refuses("is a directory");
    CommandRun.of("sweep", small, "--sample", "0").refuses("must be at least 1");
    CommandRun.of("sweep", RESNET).refuses("use --sample N, or explore");
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  /** A file system that takes no files, from its owner neither. */
  @Test
  void aPlaceThatTakesNoFileIsRefusedInTheWordsOfOneHome() {
    String small = CommandRun.example("array-adc-sweep");
    String mapped = CommandRun.example("bench/resnet18-12db");
    for (CommandRun run :
        List.of(
            CommandRun.of("sweep", small, "--sample", "2", "-o", "/proc/x.csv"),
            CommandRun.of("map", mapped, "--steps", "0", "--output", "/proc/x.csv"),
            CommandRun.of("init", "/proc/x.yaml", "--yes"))) {
      run.refuses("kirchhoff: /proc/x.", " cannot be written: /proc ");
      assertFalse(run.err().contains(".part") || run.err().contains("fault"), run.err());
    }
    CommandRun.of("init", folder.resolve("no/x.yaml").toString(), "--yes")
        .refuses("x.yaml", "name a file in a folder that exists");
  }

  @Test
  void aSampleOfMoreRowsThanALogKeepsIsSpread() {
    CommandRun.of(
            "sweep",
            CommandRun.example("bench/resnet18-12db"),
            "--sample",
            "3000000",
            "--spread",
            "limits",
            "-o",
            folder.resolve("s.csv").toString())
        .refuses("a sample of more than 1,000,000 designs is spread over the space; leave it out");
    assertFalse(Files.exists(folder.resolve("s.csv")));
  }

  @Test
  void everyCommandExplainsItselfWithAnExample() {
    for (String command :
        List.of("check", "evaluate", "explain", "sweep", "explore", "broker", "catalog")) {
      String help = CommandRun.of(command, "--help").exits(0).out();
      assertTrue(help.contains("Example"), help);
      assertTrue(help.contains("./kirchhoff " + command), help);
    }
  }

  @Test
  void optionsOfWorkersAndOfDistributedSweepsAreChecked() {
    String spec = CommandRun.example("array-adc-sweep");
    CommandRun.of("sweep", spec, "--distribute", "--no-kafka")
        .refuses("--distribute hands work out through Kafka", "--no-kafka");
    CommandRun.of("sweep", spec, "--distribute", "--chunk", "0")
        .refuses("--chunk is 0, must be 1..16384");
    CommandRun.of("sweep", spec, "--distribute", "--chunk", "16385").refuses("must be 1..16384");
    CommandRun.of("sweep", spec, "--chunk", "100").refuses("--chunk", "--distribute", "add it");
    CommandRun.of("sweep", "--around", "x#1", "--distribute").refuses("--around has too few");
    CommandRun.of("worker", "--threads", "0").refuses("--threads is 0, must be 1..1024");
    CommandRun.of("worker", "--name", "a b").refuses("--name is 'a b'", "letters");
    CommandRun.of("worker", "--idle", "90").refuses("--idle is 90 without a unit");
    CommandRun.of("worker", "--idle", "0 s").refuses("--idle is 0 s, must be more than 0");
    CommandRun.of("worker", "--kafka", "nowhere").refuses("must be host:port");
    CommandRun.of("worker", "--kafka", "a:1", "--data", "d").refuses("--data", "beside --kafka");
  }
}
