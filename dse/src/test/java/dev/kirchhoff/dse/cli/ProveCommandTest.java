package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProveCommandTest {
  @TempDir private Path data;

  private CommandRun run(String spec, String... more) {
    String[] arguments = {
      "explore",
      spec,
      "--budget",
      "60",
      "--simulate",
      "0",
      "--no-kafka",
      "--run-id",
      "p1",
      "--data",
      data.toString()
    };
    return CommandRun.of(Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private CommandRun prove(String... more) {
    String[] arguments = {"prove", "p1", "--data", data.toString()};
    return CommandRun.of(Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private static final String[] SMALL = {
    "--set",
    "side=256",
    "--set",
    "cell.device=redox-hfox-wan2022",
    "--set",
    "cell.readVoltage=0.2 V",
    "--set",
    "pe.input.bitsPerPulse=1",
    "--set",
    "precision.weights=8"
  };

  @Test
  void theGapOfAShortSearchIsToldWithWhatItMissed() {
    run(CommandRun.example("bench/resnet18-12db"), SMALL);
    JsonNode proof = prove("--gap", "5", "--json").exits(0).json();
    assertTrue(proof.get("gap").asDouble() <= 0.05 + 1e-9, proof.toString());
    assertEquals(proof.get("blocks"), proof.get("bounded"));
    assertTrue(proof.get("found").size() > 0, proof.toString());
    assertTrue(proof.get("lead").asDouble() > 0, proof.toString());
    String text = prove("--gap", "5").exits(0).out();
    assertTrue(text.contains("No design can be ahead of"), text);
    assertTrue(text.contains("Knobs: --json."), text);
  }

  @Test
  void aSearchEndsWithItsGapAndWithTheDesignsThatItMissed() {
    String[] gap = {"--gap", "5", "--json"};
    JsonNode front =
        run(
                CommandRun.example("bench/resnet18-12db"),
                Stream.of(SMALL, gap).flatMap(Arrays::stream).toArray(String[]::new))
            .exits(0)
            .json();
    JsonNode proved = front.get("proved");
    assertTrue(proved.get("gap").asDouble() <= 0.05 + 1e-9, front.toString());
    long found = proved.get("found").asLong();
    assertTrue(found > 0, front.toString());
    assertEquals(60 + found, front.get("evaluated").asLong());
    JsonNode shown = CommandRun.of("show", "p1", "--json", "--data", data.toString()).json();
    assertEquals(front, shown);
    String text = CommandRun.of("show", "p1", "--data", data.toString()).exits(0).out();
    assertTrue(text.contains("Complete within 5.00 %"), text);
    CommandRun.of("verify", "p1", "--data", data.toString()).exits(0);
    JsonNode again = prove("--gap", "5", "--json").exits(0).json();
    assertEquals(0, again.get("found").size(), again.toString());
  }

  @Test
  void whatCannotBeProvedIsRefused() {
    CommandRun.of("explore", CommandRun.example("two-networks"), "--gap", "5", "--data", "none")
        .refuses("a space without bounds: workload: several networks");
    run(CommandRun.example("two-networks"));
    prove().refuses("a space without bounds: workload: several networks");
    prove("--gap", "0").refuses("--gap is 0.0, must be above 0 and at most 100");
    prove("--time", "5").refuses("--time is 5 without a unit");
  }
}
