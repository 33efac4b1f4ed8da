package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An explore in a process of its own that is ended while it simulates its front. */
@Tag("slow")
class EndedSimulationTest {
  @TempDir private Path folder;
  private Process explorer;
  private RunDirectory run;

  /** So many samples that the second simulation is not done when the first is seen. */
  @BeforeEach
  void start() throws Exception {
    explorer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "explore",
                CommandRun.example("fashion-accuracy"),
                "--network",
                "sequence-lstm",
                "--set",
                "let.side=64",
                "--no-kafka",
                "--budget",
                "500",
                "--simulate",
                "150",
                "--data",
                folder.resolve("data").toString(),
                "--run-id",
                "victim")
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    Path log = folder.resolve("data/runs/victim/log.jsonl");
    while (!Files.exists(log) || !Files.readString(log).contains("\"accuracy\":{")) {
      assertTrue(explorer.isAlive(), () -> "it ended by itself: " + said("err"));
      explorer.waitFor(20, TimeUnit.MILLISECONDS);
    }
    run = DataDirectory.open(folder.resolve("data")).run(new RunId("victim"));
  }

  @AfterEach
  void end() throws InterruptedException {
    explorer.destroyForcibly().waitFor();
  }

  private String said(String stream) {
    try {
      return Files.readString(folder.resolve(stream));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void aKilledRunTellsWhatItHadSimulated() throws Exception {
    explorer.destroyForcibly().waitFor();
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
    String text = Files.readString(run.log());
    String whole = text.substring(0, text.lastIndexOf('\n'));
    int found = 0;
    for (String line : whole.split("\n")) {
      JsonNode event = CommandRun.parse(line);
      assertEquals(found++, event.get("seq").asInt());
      JsonNode data = event.get("data");
      if (data.has("accuracy")) {
        JsonNode told =
            CommandRun.of(
                    "evaluate",
                    "--design",
                    "victim#" + data.get("index").asInt(),
                    "--json",
                    "--data",
                    folder.resolve("data").toString())
                .json()
                .get("accuracy");
        assertEquals(data.get("accuracy"), told);
      }
    }
  }

  @Test
  void ctrlCPrintsTheFrontWithWhatWasSimulated() throws Exception {
    assumeTrue(interruptsArrive(), "interrupts are ignored where this test runs");
    new ProcessBuilder("kill", "-INT", Long.toString(explorer.pid())).start().waitFor();
    assertTrue(explorer.waitFor(60, TimeUnit.SECONDS), "it went on");
    assertEquals(130, explorer.exitValue(), () -> said("err"));
    assertTrue(said("out").contains("on the front"), said("out"));
    assertEquals(RunStatus.STOPPED, RunStatus.of(run));
    assertTrue(Files.readString(run.log()).endsWith("}\n"));
  }

  /** A process that was started with interrupts ignored passes that on to its children. */
  private static boolean interruptsArrive() throws Exception {
    return new ProcessBuilder("sh", "-c", "kill -INT $$; exit 0").start().waitFor() != 0;
  }
}
