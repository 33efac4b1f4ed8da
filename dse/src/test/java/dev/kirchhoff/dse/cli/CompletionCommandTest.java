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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Completion in bash itself. */
class CompletionCommandTest {
  private static final Path COMPLETES =
      Path.of("src", "test", "resources", "completion", "bash.sh").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void bashCompletesCommandsOptionsAndWords() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("kirchhoff expl", "explain explore");
    expected.put("./kirchhoff ru", "runs");
    expected.put("kirchhoff runs s", "show");
    expected.put("kirchhoff explore --bud", "--budget");
    expected.put(
        "kirchhoff explore --engine ", "exhaustive optaplanner pareto-local-search random");
    expected.put("kirchhoff explore --engine ra", "random");
    expected.put("kirchhoff explain chip.yaml po", "power");
    expected.put("kirchhoff evaluate --network resnet1", "resnet18");
    expected.put("kirchhoff catalog circuits --kind readou", "readout");
    // Left to the shell, which completes files.
    expected.put("kirchhoff check ch", "");
    assertEquals(List.copyOf(expected.values()), completed(expected.keySet()));
  }

  @Test
  void everyCommandAndOptionIsInTheScript() {
    String script = CommandRun.of("completion").exits(0).out();
    for (CommandLine command : CommandRun.program().getSubcommands().values()) {
      assertTrue(script.contains(command.getCommandName()), command.getCommandName());
      command
          .getCommandSpec()
          .optionsMap()
          .forEach((name, option) -> assertTrue(option.hidden() || script.contains(name), name));
    }
  }

  private List<String> completed(Iterable<String> lines) throws IOException, InterruptedException {
    Path script =
        Files.writeString(folder.resolve("completion"), CommandRun.of("completion").exits(0).out());
    List<String> command =
        new ArrayList<>(List.of("bash", "--norc", COMPLETES.toString(), script.toString()));
    lines.forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.redirectOutput(folder.resolve("completed").toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String out = Files.readString(folder.resolve("completed"), StandardCharsets.UTF_8);
    assertTrue(ended, () -> "bash went on:\n" + out);
    return out.lines().map(CompletionCommandTest::sorted).toList();
  }

  private static String sorted(String words) {
    return String.join(" ", List.of(words.split(" ")).stream().sorted().toList());
  }
}
