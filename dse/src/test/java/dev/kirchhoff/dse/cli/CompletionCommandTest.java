package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Completion in the shells themselves; both must be installed. */
class CompletionCommandTest {
  private static final Path SCRIPTS =
      Path.of("src", "test", "resources", "completion").toAbsolutePath();

  @TempDir private Path folder;

  @BeforeEach
  void runsAndSpecs() throws IOException {
    for (String run :
        List.of("20261124T231235Z-quickstart-k3f7", "20261125T231235Z-x-q5pz", "mine")) {
      Files.createDirectories(folder.resolve("kirchhoff-data/runs").resolve(run));
    }
    Files.createDirectories(folder.resolve("other/runs/there"));
    for (String file : List.of("chip.yaml", "chip.txt", "front.json")) {
      Files.createFile(folder.resolve(file));
    }
  }

  @Test
  void bashCompletesCommandsOptionsWordsFilesAndRuns() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("kirchhoff expl", "explain explore");
    expected.put("./kirchhoff ru", "runs");
    expected.put("kirchhoff runs s", "show");
    expected.put("kirchhoff explore --bud", "--budget");
    expected.put(
        "kirchhoff explore --engine ", "optaplanner pareto-local-search random exhaustive");
    expected.put("kirchhoff explore --engine = ra", "random");
    expected.put("kirchhoff check ch", "chip.yaml");
    expected.put("kirchhoff explain chip.yaml po", "power");
    expected.put("kirchhoff explain --set cell.bits = 2 chip.yaml po", "power");
    expected.put("kirchhoff simulate --labels ch", "chip.txt chip.yaml");
    expected.put("kirchhoff show ", "k3f7 q5pz mine");
    expected.put("kirchhoff show 20261124", "20261124T231235Z-quickstart-k3f7");
    expected.put("kirchhoff evaluate --design k", "k3f7#");
    expected.put("kirchhoff show --data other ", "there");
    expected.put("kirchhoff evaluate --network resnet1", "resnet18");
    expected.put("kirchhoff completion ", "bash zsh");
    expected.put("kirchhoff catalog circuits --kind readou", "readout");
    expected.put("kirchhoff help verif", "verify");
    expected.put("kirchhoff runs note mine so", "");
    List<String> completed = completed(List.of("bash", "--norc"), "bash", expected.keySet());
    List<String> sorted = completed.stream().map(CompletionCommandTest::sorted).toList();
    assertEquals(expected.values().stream().map(CompletionCommandTest::sorted).toList(), sorted);
  }

  @Test
  void zshCompletesCommandsOptionsWordsFilesAndRuns() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("kirchhoff explo", "kirchhoff explore ");
    expected.put("./kirchhoff ru", "./kirchhoff runs ");
    expected.put("kirchhoff runs sh", "kirchhoff runs show ");
    expected.put("kirchhoff explore --bud", "kirchhoff explore --budget=");
    expected.put("kirchhoff explore --engine ra", "kirchhoff explore --engine random ");
    expected.put("kirchhoff explore --engine=ra", "kirchhoff explore --engine=random ");
    expected.put("kirchhoff check ch", "kirchhoff check chip.yaml ");
    expected.put("kirchhoff explain chip.yaml po", "kirchhoff explain chip.yaml power ");
    expected.put("kirchhoff show k", "kirchhoff show k3f7 ");
    expected.put("kirchhoff show 20261124", "kirchhoff show 20261124T231235Z-quickstart-k3f7 ");
    expected.put("kirchhoff evaluate --design k", "kirchhoff evaluate --design k3f7#");
    expected.put("kirchhoff show --data other th", "kirchhoff show --data other there ");
    expected.put("kirchhoff evaluate --network resnet1", "kirchhoff evaluate --network resnet18 ");
    expected.put("kirchhoff completion z", "kirchhoff completion zsh ");
    expected.put("kirchhoff help verif", "kirchhoff help verify ");
    assertEquals(
        List.copyOf(expected.values()), completed(List.of("zsh", "-f"), "zsh", expected.keySet()));
  }

  @Test
  void everyCommandAndOptionIsInTheScripts() {
    for (String shell : WordLists.SHELLS) {
      String script = CommandRun.of("completion", shell).exits(0).out();
      for (CommandLine command : CommandRun.program().getSubcommands().values()) {
        assertTrue(script.contains(command.getCommandName()), command.getCommandName());
        command
            .getCommandSpec()
            .optionsMap()
            .forEach((name, option) -> assertTrue(option.hidden() || script.contains(name), name));
      }
    }
  }

  @Test
  void anUnknownShellIsRefused() {
    CommandRun.of("completion", "zhs").refuses("SHELL is 'zhs'", "zsh");
  }

  private static String sorted(String words) {
    return String.join(" ", List.of(words.split(" ")).stream().sorted().toList());
  }

  private List<String> completed(List<String> start, String shell, Iterable<String> lines)
      throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("completion." + shell),
            CommandRun.of("completion", shell).exits(0).out());
    List<String> command = new ArrayList<>(start);
    command.add(SCRIPTS.resolve(shell + ".sh").toString());
    command.add(script.toString());
    lines.forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("KIRCHHOFF_DATA");
    builder.environment().put("HOME", folder.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.redirectOutput(folder.resolve("completed").toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String out = Files.readString(folder.resolve("completed"), StandardCharsets.UTF_8);
    assertTrue(ended, () -> shell + " went on:\n" + out);
    return out.lines().toList();
  }
}
