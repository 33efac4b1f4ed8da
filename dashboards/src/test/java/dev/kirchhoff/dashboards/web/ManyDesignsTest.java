package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard of its own over five million designs, in the heap of a companion. */
@Tag("slow")
class ManyDesignsTest {
  private static final int LARGE = 3_000_000;
  private static final int SMALL = 250_000;
  private static final int SMALL_RUNS = 8;
  private static final int PERIOD = 50_000;
  private static final int STEP = 1000;
  private static final Pattern HEAP = Pattern.compile("->([0-9]+)M\\(");

  @TempDir Path data;

  /** A run whose designs repeat every {@value #PERIOD}; the front is that of the first period. */
  private void write(String id, int designs) throws IOException {
    SyntheticRun run = new SyntheticRun(id, id.hashCode(), designs);
    try (DataDirectory log = new DataDirectory(data, id)) {
      log.write(run.header("running", ""));
      List<EventEnvelope> evaluations = new ArrayList<>();
      while (run.evaluated() < PERIOD) {
        List<EventEnvelope> events = run.step(STEP, false);
        log.write(events);
        evaluations.add(events.get(0));
      }
      for (int shift = PERIOD; shift < designs; shift += PERIOD) {
        for (EventEnvelope event : evaluations) {
          log.write(shifted(event, shift));
        }
      }
      log.write(run.header("finished", ""));
    }
  }

  private static EventEnvelope shifted(EventEnvelope event, long by) {
    RunEvent.Evaluations of = (RunEvent.Evaluations) event.event();
    RunEvent.Evaluations moved =
        new RunEvent.Evaluations(
            of.first() + by,
            of.count(),
            of.round(),
            of.island(),
            of.knobs(),
            of.values(),
            of.violations(),
            of.shares(),
            of.figures());
    return new EventEnvelope(event.type(), event.runId(), 0, 0, event.time(), moved);
  }

  @Test
  void fiveMillionDesignsAreServedFromHalfAGigabyte() throws Exception {
    write("large", LARGE);
    for (int k = 0; k < SMALL_RUNS; k++) {
      write("small" + k, SMALL);
    }
    Path collections = data.resolve("gc.log");
    List<String> flags = List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xlog:gc:file=" + collections);
    try (Program dashboard =
        Program.start(data, flags, "dashboard", "--port", "0", "--data", data.toString())) {
      String address = dashboard.address();
      Program.until(
          () ->
              Program.get(address + "/api/runs").get("runs").size() == SMALL_RUNS + 1
                  && !Program.get(address + "/api/runs").toString().contains("\"loading\""),
          () -> Program.get(address + "/api/runs").toString());
      Program.until(() -> known(address, "large") == LARGE, dashboard::talk);
      JsonNode thinned = Program.get(address + "/api/runs/large").get("run").get("thinned");
      assertTrue(
          thinned.get("note").asText().contains("of 3.0 million designs kept"), "" + thinned);
      JsonNode front = Program.get(address + "/api/runs/large").get("front");
      front.forEach(member -> assertTrue(member.has("knobs"), "" + member));
      for (int k = 0; k < SMALL_RUNS; k++) {
        String run = "small" + k;
        Program.until(() -> known(address, run) == SMALL, dashboard::talk);
        ReadColumns small = Program.columns(address + "/api/runs/" + run, "objectives,area_mm2");
        assertEquals(SMALL, small.head().get("total").asInt());
      }
      ReadColumns designs = Program.columns(address + "/api/runs/large", "objectives,knobs");
      assertEquals(LARGE, designs.head().get("total").asInt());
      assertEquals(designs.head().get("kept").asInt(), designs.rows());
      String note = designs.head().get("note").asText();
      assertTrue(note.contains("kept"), note);
      int most = 0;
      Matcher after = HEAP.matcher(Files.readString(collections));
      while (after.find()) {
        most = Math.max(most, Integer.parseInt(after.group(1)));
      }
      System.out.printf(
          Locale.ROOT, "heap after collections %d MB of 512, %s%n", most, thinned.get("note"));
      assertTrue(most < 512);
    }
  }

  private static long known(String address, String run) throws Exception {
    return Program.get(address + "/api/runs/" + run).get("run").get("known").asLong();
  }
}
