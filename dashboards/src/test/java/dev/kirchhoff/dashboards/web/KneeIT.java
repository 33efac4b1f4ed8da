package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Knee of fronts over a loss of accuracy: the same in the terminal, in JSON and on the page. */
@Timeout(600)
@Tag("browser")
class KneeIT {
  private static final String BUDGET = "400";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path ACCURACY = Path.of("..", "examples", "fashion-accuracy.yaml");
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  @TempDir Path temporary;
  private final List<Program> started = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
  }

  private Path data() {
    return temporary.resolve("data");
  }

  private Program start(List<String> flags, String... arguments) throws Exception {
    Program program = Program.start(temporary, flags, arguments);
    started.add(program);
    return program;
  }

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
      for (int seed = 1; seed <= 3; seed++) {
        String run = "seed" + seed;
        String text = searched(spec, seed, run);
        JsonNode front = MAPPER.readTree(printed("show", run, "--json"));
        int knee = front.get("knee").asInt();
        String star = "#" + knee + " *";
        assertEquals(1, text.lines().filter(line -> line.strip().startsWith(star)).count(), text);
        for (JsonNode member : front.get("front")) {
          if (member.get("index").asInt() == knee) {
            double loss = member.get("values").get(1).asDouble();
            assertTrue(loss < 0.1, "seed " + seed + ": the knee loses " + loss);
          }
        }
        page.navigate(Program.visit(address + "/runs/" + run));
        Locator marked = page.locator("table.designs tr:has(.knee)");
        assertThat(marked).hasCount(1);
        assertThat(marked).hasAttribute("data-index", Integer.toString(knee));
        lossesAreDrawnByDifferences(page, front.get("front"));
      }
    }
  }

  /** Losses lie to the right: from a loss of nothing as far as it is large. */
  private static void lossesAreDrawnByDifferences(Page page, JsonNode front) {
    assertEquals(
        List.of("logarithmic", "linear"),
        page.evaluate("import('/assets/store.js').then(m => m.axes().map(a => a.scale))"));
    // The axes fit the designs, which are read when the page is opened.
    assertThat(page.locator(".plot")).hasAttribute("data-points", BUDGET);
    page.waitForFunction(
        "i => import('/assets/plot.js').then(m => m.positionOf(i))",
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
            "i => import('/assets/plot.js').then(m => m.positionOf(i).x)",
            member.get("index").asInt());
    return ((Number) x).doubleValue();
  }

  private String searched(Path spec, int seed, String run) throws Exception {
    return printed(
        "explore",
        spec.toString(),
        "--seed",
        "" + seed,
        "--budget",
        BUDGET,
        "--simulate",
        "0",
        "--no-kafka",
        "--run-id",
        run,
        "--all");
  }

  /** Output of a command on the data of this test. */
  private String printed(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data().toString()));
    Program program = start(SHORT, all.toArray(String[]::new));
    assertEquals(0, program.await(), program.talk());
    return program.out();
  }
}
