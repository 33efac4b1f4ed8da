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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An explore in a process of its own that is ended from outside. */
@Tag("slow")
class EndedExploreTest {
  private static final long LOGGED_BYTES = 300_000;

  @TempDir private Path folder;
  private Process explorer;
  private RunDirectory run;

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
                CommandRun.example("quickstart"),
                "--no-kafka",
                "--budget",
                "20000000",
                "--data",
                folder.resolve("data").toString(),
                "--run-id",
                "victim")
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    Path log = folder.resolve("data/runs/victim/log.jsonl");
    while (!Files.exists(log) || Files.size(log) < LOGGED_BYTES) {
      assertTrue(explorer.isAlive(), () -> "it ended by itself: " + said("err"));
      explorer.waitFor(20, TimeUnit.MILLISECONDS);
    }
    run = DataDirectory.open(folder.resolve("data")).run(new RunId("victim"));
    assertEquals(RunStatus.RUNNING, RunStatus.of(run));
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

  /**
   * The whole lines of the log, read by a JSON tool that is not ours; every design once, none left
   * out.
   */
  private List<JsonNode> events() throws IOException {
    String text = Files.readString(run.log());
    List<JsonNode> events = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      events.add(CommandRun.parse(text.substring(from, end)));
      from = end + 1;
    }
    int next = 0;
    for (int seq = 0; seq < events.size(); seq++) {
      assertEquals(seq, events.get(seq).get("seq").asInt());
      JsonNode data = events.get(seq).get("data");
      if (data.has("first")) {
        assertEquals(next, data.get("first").asInt());
        next += data.get("count").asInt();
      }
    }
    assertTrue(next > 0);
    return events;
  }

  @Test
  void aKilledExploreLeavesALogThatIsGoodToItsLastWholeLine() throws Exception {
    explorer.destroyForcibly().waitFor();
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
    List<JsonNode> events = events();
    JsonNode member =
        events.stream()
            .map(e -> e.get("data"))
            .filter(d -> d.path("change").asText().equals("entered"))
            .findFirst()
            .orElseThrow();
    JsonNode totals =
        CommandRun.of(
                "evaluate",
                "--design",
                "victim#" + member.get("index").asInt(),
                "--json",
                "--data",
                folder.resolve("data").toString())
            .exits(0)
            .json()
            .get("totals");
    assertEquals(
        member.get("values").get(0).asDouble(),
        totals.get("energyEfficiency_TOPSperW").asDouble(),
        0);
  }

  @Test
  void anInterruptedExplorePrintsItsFrontAndEndsOrderly() throws Exception {
    assumeTrue(interruptsArrive(), "interrupts are ignored where this test runs");
    new ProcessBuilder("kill", "-INT", Long.toString(explorer.pid())).start().waitFor();
    assertTrue(explorer.waitFor(60, TimeUnit.SECONDS), "it went on");
    assertEquals(130, explorer.exitValue(), () -> said("err"));
    String front = said("out");
    assertTrue(front.contains("on the front"), front);
    assertTrue(front.contains("Stopped; --budget "), front);
    assertEquals(RunStatus.STOPPED, RunStatus.of(run));
    List<JsonNode> events = events();
    assertEquals("stopped", events.get(events.size() - 1).get("data").get("state").asText());
    assertTrue(Files.readString(run.log()).endsWith("}\n"));
  }

  /** A process that was started with interrupts ignored passes that on to its children. */
  private static boolean interruptsArrive() throws Exception {
    return new ProcessBuilder("sh", "-c", "kill -INT $$; exit 0").start().waitFor() != 0;
  }
}
