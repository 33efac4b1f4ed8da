package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private ExplorerProcess explorer;
  private RunDirectory run;

  @BeforeEach
  void start() throws Exception {
    explorer =
        ExplorerProcess.start(
            folder,
            log -> Files.size(log) >= LOGGED_BYTES,
            CommandRun.example("bench/resnet18-12db"),
            "--budget",
            "20000000");
    run = explorer.run();
    assertEquals(RunStatus.RUNNING, RunStatus.of(run));
  }

  @AfterEach
  void end() throws InterruptedException {
    if (explorer != null) {
      explorer.close();
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
    explorer.kill();
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
    List<JsonNode> events = events();
    JsonNode member =
        events.stream()
            .map(e -> e.get("data"))
            .filter(d -> d.path("change").asText().equals("entered"))
            .findFirst()
            .orElseThrow();
    JsonNode totals = explorer.evaluated(member.get("index").asInt()).get("totals");
    assertEquals(
        member.get("values").get(0).asDouble(),
        totals.get("energyEfficiency_TOPSperW").asDouble(),
        0);
  }

  @Test
  void anInterruptedExplorePrintsItsFrontAndEndsOrderly() throws Exception {
    explorer.interrupt();
    String front = explorer.output("out");
    assertTrue(front.contains("on the front"), front);
    assertTrue(front.contains("Stopped; --budget "), front);
    String next = explorer.output("err");
    assertTrue(next.contains("goes on with ./kirchhoff resume "), next);
    assertEquals(RunStatus.STOPPED, RunStatus.of(run));
    List<JsonNode> events = events();
    assertEquals("stopped", events.get(events.size() - 1).get("data").get("state").asText());
    assertTrue(Files.readString(run.log()).endsWith("}\n"));
  }
}
