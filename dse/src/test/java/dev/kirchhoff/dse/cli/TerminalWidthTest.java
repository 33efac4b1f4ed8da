package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output of the commands on the shipped examples, in terminals of several widths. */
class TerminalWidthTest {
  private static final int NARROWEST = 60;
  private static final Path EXAMPLES = Path.of("..", "examples");

  /** Trees of an example with a workload, of which at least one fits no line as it is. */
  private static final List<String> FIGURES =
      List.of("energy", "layers", "area", "power", "latency", "noise");

  private static final Map<String, String> EXPLORED =
      Map.of("quick", "bench/resnet18-12db", "rram", "bench/resnet18-reram");

  @TempDir private static Path data;

  @BeforeAll
  static void explore() {
    EXPLORED.forEach(
        (run, spec) ->
            CommandRun.of(
                    "explore",
                    CommandRun.example(spec),
                    "--no-kafka",
                    "--budget",
                    "1500",
                    "--seed",
                    "1",
                    "--limit",
                    "snr >= 0 dB",
                    "--run-id",
                    run,
                    "--data",
                    data.toString())
                .exits(0));
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {60, 80, 100, 140})
  void noLineIsWiderThanTheTerminal(int columns) throws IOException {
    List<String> tooWide = new ArrayList<>();
    int lines = 0;
    for (List<String> command : commands(columns)) {
      CommandRun run =
          CommandRun.in(new Terminal(columns, true, true), command.toArray(String[]::new));
      assertTrue(run.code() <= 1, () -> command + "\n" + run.err());
      for (String line : (run.out() + run.err()).split("[\n\r]")) {
        lines++;
        if (Style.width(line) > columns) {
          tooWide.add(String.join(" ", command) + ": " + Style.strip(line));
        }
      }
    }
    assertTrue(lines > 1000, lines + " lines");
    assertEquals(List.of(), tooWide);
  }

  @Test
  void aPipeGetsWholeLinesWithoutColours() {
    String spec = CommandRun.example("bench/resnet18-12db");
    String out = CommandRun.of("explain", spec).exits(0).out();
    assertEquals(Style.strip(out), out);
    assertTrue(out.lines().anyMatch(line -> line.length() > 200), out);
    String front = CommandRun.of("show", "quick", "--data", data.toString()).exits(0).out();
    assertTrue(front.lines().noneMatch(line -> line.contains("too narrow")), front);
  }

  @Test
  void aNarrowFrontNamesTheColumnsThatItLeavesOut() {
    String narrow =
        CommandRun.in(new Terminal(60, true, false), "show", "quick", "--data", data.toString())
            .exits(0)
            .out();
    assertTrue(narrow.contains("(too narrow for: "), narrow);
    String head = narrow.lines().findFirst().orElseThrow();
    assertTrue(head.contains("TOPS/W") && head.contains("area"), head);
    assertTrue(head.contains("snr") && head.contains("latency"), head);
  }

  private static String at60(String... command) {
    return Style.strip(CommandRun.in(new Terminal(60, true, false), command).out());
  }

  @Test
  void bandsAndRolesThatAreLeftOutAreNamed() {
    String figures =
        at60("evaluate", "--design", "quick#1", "--data", data.toString()).replaceAll("\n +", " ");
    assertTrue(figures.contains("too narrow for: band of TOPS/W, band of TOPS/mm2"), figures);
    String chip = at60("validate", Path.of("..", "designs", "hermes-vlsi-2021").toString());
    assertTrue(chip.contains("(too narrow for: role)"), chip);
  }

  @Test
  void columnsThatACommandIsForStayInANarrowTerminal() {
    String pair = at60("compare", "quick#1", "quick#2", "--data", data.toString());
    assertTrue(pair.lines().anyMatch(l -> l.matches(" +objective .* outcome")), pair);
    String devices = at60("catalog", "devices").lines().findFirst().orElseThrow();
    assertTrue(devices.contains("R high") && devices.contains("levels"), devices);
  }

  /** Commands that print text, with their usual arguments; dear ones in the narrowest terminal. */
  private static List<List<String>> commands(int columns) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String example : examples()) {
      if (isKernel(example) && columns > NARROWEST) {
        continue;
      }
      commands.add(List.of("evaluate", example, "--layers"));
      for (String figure : figures(example)) {
        commands.add(List.of("explain", example, figure));
      }
      if (hasWorkload(example) && !isKernel(example)) {
        commands.add(List.of("map", example, "--steps", "0"));
      }
    }
    for (String run : EXPLORED.keySet()) {
      commands.add(List.of("check", CommandRun.example(EXPLORED.get(run))));
      commands.add(List.of("show", run, "--all"));
      commands.add(List.of("runs", "show", run));
    }
    commands.add(List.of("runs"));
    commands.add(List.of("verify", "quick"));
    commands.add(List.of("compare", "quick", "rram"));
    commands.add(List.of("compare", "quick#1", "quick#2"));
    commands.add(List.of("evaluate", "--design", "quick#1"));
    commands.add(List.of("pivot", "quick", "pe.perTile", "crossbar.perPe", "TOPS/W"));
    commands.replaceAll(TerminalWidthTest::withData);
    commands.add(List.of("validate", Path.of("..", "designs", "hermes-vlsi-2021").toString()));
    commands.add(List.of("circuit", EXAMPLES.resolve("crossbar.json").toString()));
    commands.add(List.of("catalog"));
    for (String kind :
        List.of(
            "devices", "networks", "circuits", "technology", "calibration", "metrics", "kernels")) {
      commands.add(List.of("catalog", kind));
    }
    commands.add(List.of("catalog", "devices", "redox-hfox-wan2022"));
    commands.add(List.of("catalog", "devices", "--survey"));
    commands.add(List.of("catalog", "circuits", "sar-28nm"));
    commands.add(List.of("catalog", "circuits", "--kind", "readout"));
    commands.add(List.of("catalog", "converterBits"));
    commands.add(List.of("--help"));
    CommandRun.program()
        .getSubcommands()
        .keySet()
        .forEach(name -> commands.add(List.of(name, name.equals("help") ? "runs" : "--help")));
    return commands;
  }

  private static List<String> withData(List<String> command) {
    boolean isOfRun =
        List.of("show", "runs", "verify", "compare", "pivot").contains(command.get(0))
            || command.contains("--design");
    List<String> whole = new ArrayList<>(command);
    if (isOfRun) {
      whole.addAll(List.of("--data", data.toString()));
    }
    return List.copyOf(whole);
  }

  private static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.map(Path::toString).filter(f -> f.endsWith(".yaml")).sorted().toList();
    }
  }

  private static boolean hasWorkload(String example) {
    return !example.endsWith("isaac.yaml");
  }

  /** A kernel is run on simulated crossbars for every figure. */
  private static boolean isKernel(String example) {
    return Stream.of("annealing", "conjugate-gradient", "image-transform")
        .anyMatch(example::contains);
  }

  private static List<String> figures(String example) {
    if (isKernel(example)) {
      return List.of();
    }
    if (example.contains("resnet18-12db")) {
      return FIGURES;
    }
    return List.of(hasWorkload(example) ? "noise" : "power");
  }
}
