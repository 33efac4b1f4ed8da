package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ended searches: the knee of one that finished, the state of one that was killed. */
class EndedRunIT extends LiveRun {
  /** With a loss that may be nothing as an objective; seeds of which the ends differ. */
  @Test
  void terminalJsonAndPageAgreeOnTheKnee() throws Exception {
    Path spec = temporary.resolve("loss.yaml");
    Files.writeString(
        spec,
        "kirchhoff: 1\nname: loss\nextends: "
            + ACCURACY.toAbsolutePath().normalize()
            + "\nobjectives: {maximise: [TOPS/W], minimise: [accuracyLoss]}\n"
            + "constraints: [area <= 20 mm2]\n");
    Files.createDirectories(data());
    String address =
        start(SHORT, "dashboard", "--port", "0", "--companion", "--data", data().toString())
            .address();
    try (Chromium chromium = new Chromium();
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.setDefaultTimeout(PATIENCE_ms);
      for (int seed = 1; seed <= 3; seed++) {
        JsonNode front = MAPPER.readTree(searched(spec, seed, "json" + seed, "--json"));
        String text = searched(spec, seed, "text" + seed, "--all");
        int knee = front.get("knee").asInt();
        String star = "#" + knee + " *";
        assertEquals(1, text.lines().filter(line -> line.strip().startsWith(star)).count(), text);
        for (JsonNode member : front.get("front")) {
          if (member.get("index").asInt() == knee) {
            double loss = member.get("values").get(1).asDouble();
            assertTrue(loss < 0.1, "seed " + seed + ": the knee loses " + loss);
          }
        }
        for (String run : List.of("json" + seed, "text" + seed)) {
          page.navigate(address + "/runs/" + run);
          Locator marked = page.locator("table.front tr:has(.knee)");
          assertThat(marked).hasCount(1);
          assertThat(marked).hasAttribute("data-index", Integer.toString(knee));
        }
        lossesAreDrawnByDifferences(page, front.get("front"));
      }
    }
  }

  /** Losses lie to the right: from a loss of nothing as far as it is large. */
  private static void lossesAreDrawnByDifferences(Page page, JsonNode front) {
    assertEquals(
        List.of("logarithmic", "linear"),
        page.evaluate("import('/assets/store.js').then(m => m.axes().map(a => a.scale))"));
    page.waitForFunction(
        "i => import('/assets/scatter.js').then(m => m.positionOf(i))",
        front.get(0).get("index").asInt());
    int last = front.size() - 1;
    double most = front.get(0).at("/values/1").asDouble();
    double least = front.get(last).at("/values/1").asDouble();
    double right = across(page, front.get(0));
    double left = across(page, front.get(last));
    for (JsonNode member : front) {
      double share = (member.at("/values/1").asDouble() - least) / (most - least);
      assertEquals(left + share * (right - left), across(page, member), 0.01);
    }
  }

  private static double across(Page page, JsonNode member) {
    Object x =
        page.evaluate(
            "i => import('/assets/scatter.js').then(m => m.positionOf(i).x)",
            member.get("index").asInt());
    return ((Number) x).doubleValue();
  }

  private String searched(Path spec, int seed, String run, String how) throws Exception {
    Program explore =
        start(
            SHORT,
            "explore",
            spec.toString(),
            "--seed",
            "" + seed,
            "--budget",
            "400",
            "--simulate",
            "0",
            "--no-kafka",
            "--run-id",
            run,
            "--data",
            data().toString(),
            how);
    assertEquals(0, explore.await(), explore.talk());
    return explore.out();
  }

  @Test
  void aKilledSearchIsInterruptedAndItsBrokerEnds() throws Exception {
    Program explorer = explore(5_000_000);
    Program.until(() -> Files.readString(log()).contains("dev.kirchhoff.round.v1"), explorer::talk);
    Optional<ProcessHandle> broker = ProcessHandle.of(endpoint().get("pid").asLong());
    explorer.kill();
    String address =
        start(SHORT, "dashboard", "--port", "0", "--companion", "--data", data().toString())
            .address();
    String run = address + "/api/runs/" + RUN;
    Program.until(
        () -> Program.get(run).at("/run/state").asText().equals("interrupted"),
        () -> Program.get(run).toString());
    assertTrue(Program.get(run).at("/run/known").asInt() > 0);
    ends(broker);
  }
}
