package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An explore in a process of its own that is ended while it simulates its front. */
@Tag("slow")
class EndedSimulationTest {
  @TempDir private Path folder;
  private ExplorerProcess explorer;
  private RunDirectory run;

  /** Samples are so many that the second simulation still runs when the first is seen. */
  @BeforeEach
  void start() throws Exception {
    explorer =
        ExplorerProcess.start(
            folder,
            log -> Files.readString(log).contains("\"accuracy\":{"),
            CommandRun.example("fashion-accuracy"),
            "--network",
            "sequence-lstm",
            "--set",
            "let.side=64",
            "--budget",
            "150",
            "--simulate",
            "60");
    run = explorer.run();
  }

  @AfterEach
  void end() throws InterruptedException {
    if (explorer != null) {
      explorer.close();
    }
  }

  @Test
  void aKilledRunKeepsItsSimulations() throws Exception {
    explorer.kill();
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
    String text = Files.readString(run.log());
    String whole = text.substring(0, text.lastIndexOf('\n'));
    int found = 0;
    for (String line : whole.split("\n")) {
      JsonNode event = CommandRun.parse(line);
      assertEquals(found++, event.get("seq").asInt());
      JsonNode data = event.get("data");
      if (data.has("accuracy")) {
        JsonNode told = explorer.evaluated(data.get("index").asInt()).get("accuracy");
        assertEquals(data.get("accuracy"), told);
      }
    }
  }

  @Test
  void ctrlCPrintsTheFrontWithItsSimulations() throws Exception {
    explorer.interrupt();
    assertTrue(explorer.output("out").contains("on the front"), explorer.output("out"));
    assertEquals(RunStatus.STOPPED, RunStatus.of(run));
    assertTrue(Files.readString(run.log()).endsWith("}\n"));
  }
}
