package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path: a real search in its own JVM with its own broker, watched in a browser, each
 * number against the log.
 */
@Timeout(600)
@Tag("browser")
class LiveRunIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path SPEC = Path.of("..", "examples", "bench/resnet18-12db.yaml");
  private static final Path ACCURACY = Path.of("..", "examples", "fashion-accuracy.yaml");
  private static final String RUN = "live";
  private static final int BUDGET = 20_000;
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Time for the page, behind a broker, a file and a browser that share their processors. */
  private static final double PATIENCE_ms = 150_000;

  @TempDir Path temporary;
  private final List<Program> started = new ArrayList<>();

  @BeforeEach
  void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_ms);
  }

  @AfterEach
  void end() throws Exception {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
  }

  private Path data() {
    return temporary.resolve("data");
  }

  private Program start(List<String> flags, String... arguments) throws IOException {
    Program program = Program.start(temporary, flags, arguments);
    started.add(program);
    return program;
  }

  private Program explore(int budget) throws Exception {
    return explore(SHORT, SPEC, budget);
  }

  private Program explore(List<String> flags, Path spec, int budget, String... more)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "explore",
                spec.toString(),
                "--budget",
                Integer.toString(budget),
                "--seed",
                "1",
                "--data",
                data().toString(),
                "--run-id",
                RUN));
    arguments.addAll(List.of(more));
    Program explorer = start(flags, arguments.toArray(String[]::new));
    Path endpoint = data().resolve("broker/endpoint.json");
    Program.until(() -> Files.exists(endpoint) && Files.exists(log()), explorer::talk);
    return explorer;
  }

  private Path log() {
    return data().resolve("runs").resolve(RUN).resolve("log.jsonl");
  }

  /** Settings of a client of the broker from its file, as docs/events.md makes them. */
  private Path client() throws Exception {
    JsonNode endpoint = endpoint();
    StringBuilder lines = new StringBuilder();
    lines.append("bootstrap.servers=").append(endpoint.get("bootstrap").asText()).append('\n');
    endpoint
        .get("client")
        .properties()
        .forEach(
            e -> lines.append(e.getKey()).append('=').append(e.getValue().asText()).append('\n'));
    return Files.writeString(temporary.resolve("client.properties"), lines);
  }

  private JsonNode endpoint() throws IOException {
    return MAPPER.readTree(data().resolve("broker/endpoint.json").toFile());
  }

  /** Content of a log, read without any code of the program. */
  private static final class Log {
    final TreeMap<Integer, String> designs = new TreeMap<>();
    final TreeMap<Integer, double[]> front = new TreeMap<>();
    final TreeMap<Integer, JsonNode> details = new TreeMap<>();
    final List<Double> hypervolumes = new ArrayList<>();

    Log(Path file) throws IOException {
      for (String line : Files.readAllLines(file)) {
        JsonNode event = MAPPER.readTree(line);
        JsonNode data = event.get("data");
        switch (event.get("type").asText()) {
          case "dev.kirchhoff.evaluations.v2" -> evaluations(data);
          case "dev.kirchhoff.front.v1" -> front(data);
          case "dev.kirchhoff.design.v1" -> details.put(data.get("index").asInt(), data);
          case "dev.kirchhoff.round.v1" -> hypervolumes.add(data.get("hypervolume").asDouble());
          default -> assertEquals("dev.kirchhoff.run.v1", event.get("type").asText());
        }
      }
    }

    private void evaluations(JsonNode data) throws IOException {
      byte[] packed = Base64.getDecoder().decode(data.get("values").asText());
      InflaterInputStream bytes = new InflaterInputStream(new ByteArrayInputStream(packed));
      ByteBuffer values = ByteBuffer.wrap(bytes.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      int count = data.get("count").asInt();
      int columns = values.capacity() / Double.BYTES / count;
      for (int i = 0; i < count; i++) {
        StringBuilder text = new StringBuilder();
        for (int m = 0; m < columns; m++) {
          double value = values.getDouble(Double.BYTES * (m * count + i));
          text.append(Double.isNaN(value) ? null : value).append(' ');
        }
        designs.put(data.get("first").asInt() + i, text.toString());
      }
    }

    private void front(JsonNode data) {
      int index = data.get("index").asInt();
      front.remove(index);
      if (data.get("change").asText().equals("entered")) {
        JsonNode values = data.get("values");
        front.put(index, new double[] {values.get(0).asDouble(), values.get(1).asDouble()});
      }
    }
  }

  @Test
  void aSearchIsWatchedInABrowserAndKafkaAloneShowsTheSame() throws Exception {
    String both =
        start(SHORT, "dashboard", "--port", "0", "--companion", "--data", data().toString())
            .address();
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    try (Chromium chromium = new Chromium();
        BrowserContext context =
            chromium
                .browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(1280, 800))) {
      Page page = context.newPage();
      page.setDefaultTimeout(PATIENCE_ms);
      List<String> complaints = new ArrayList<>();
      page.onPageError(complaints::add);
      page.navigate(Program.visit(both + "/"));
      Program explorer = explore(BUDGET);
      // At once: a fast machine has ended the search when another program has started.
      page.locator("table.runs .spec a").click();
      pointsGrowWhileItRuns(page);
      Program topicsOnly =
          start(
              SHORT,
              "dashboard",
              "--port",
              "0",
              "--companion",
              "--no-files",
              "--kafka-config",
              client().toString(),
              "--data",
              empty.toString());
      Optional<ProcessHandle> broker = ProcessHandle.of(endpoint().get("pid").asLong());
      assertEquals(0, explorer.await(), explorer.talk());
      assertThat(page.locator("#run .chip")).containsText("Finished");
      Log log = new Log(log());
      assertEquals(BUDGET, log.designs.size());
      assertThat(page.locator(".plot")).hasAttribute("data-points", Integer.toString(BUDGET));
      tableIsTheFrontOf(log, page);
      int member = mostApart(log.front);
      click(page, member);
      assertThat(page.locator(".selection-panel h2")).hasText("#" + member);
      page.locator(".selection-panel a.button").first().click();
      assertThat(page.locator(".design-page h2").first()).hasText("Design #" + member);
      breakdownIsThatOfEvaluate(page, both, member);
      assertEquals(List.of(), complaints, "what the browser complained about");
      ends(broker); // with its run, but not at once; only then is its port free for the next
      start(SHORT, "broker", "--data", data().toString());
      same(log, both, topicsOnly.address());
    }
    try (var files = Files.list(empty)) {
      assertEquals(List.of(), files.toList(), "the reader of topics alone has no files");
    }
  }

  /** Details that come again with an accuracy: through topics alone as from the log. */
  @Test
  void simulatedAccuracyComesThroughKafkaAsFromTheLog() throws Exception {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Program explorer =
        explore(
            List.of(), // simulated chips are worth the second compiler
            ACCURACY,
            150,
            "--network",
            "sequence-lstm",
            "--set",
            "let.side=64",
            "--set",
            "precision.inputs=6",
            "--set",
            "precision.weights=6",
            "--simulate",
            "6",
            "--simulations",
            "2");
    Optional<ProcessHandle> broker = ProcessHandle.of(endpoint().get("pid").asLong());
    assertEquals(0, explorer.await(), explorer.talk());
    ends(broker);
    start(SHORT, "broker", "--data", data().toString());
    Program.until(() -> Files.exists(data().resolve("broker/endpoint.json")), explorer::talk);
    String files =
        start(SHORT, "dashboard", "--port", "0", "--companion", "--data", data().toString())
            .address();
    String topics =
        start(
                SHORT,
                "dashboard",
                "--port",
                "0",
                "--companion",
                "--no-files",
                "--kafka-config",
                client().toString(),
                "--data",
                empty.toString())
            .address();
    Log log = new Log(log());
    String run = "/api/runs/" + RUN;
    Program.until(
        () -> isWhole(log, topics + run) && isWhole(log, files + run),
        () -> Program.get(topics + run).path("run").toString());
    JsonNode front = Program.get(files + run).get("front");
    assertEquals(front, Program.get(topics + run).get("front"));
    int known = 0;
    for (JsonNode member : front) {
      int index = member.get("index").asInt();
      assertEquals(log.details.containsKey(index), member.has("accuracy"));
      if (member.has("accuracy")) {
        known++;
        assertEquals(log.details.get(index).get("accuracy"), member.get("accuracy"));
      }
    }
    assertTrue(known > 0, "no member was simulated: " + explorer.talk());
    assertEquals(
        Program.get(files + run).at("/run/estimateError"),
        Program.get(topics + run).at("/run/estimateError"));
  }

  private static void pointsGrowWhileItRuns(Page page) {
    int before = 0;
    for (int i = 0; i < 4; i++) {
      // One look at both: a search that ends between two looks would seem to have grown finished.
      @SuppressWarnings("unchecked")
      Map<String, Object> now =
          (Map<String, Object>)
              page.waitForFunction(
                      "n => { const points = Number(document.querySelector('.plot')?.dataset.points"
                          + " ?? 0); const chip = document.querySelector('.chip')?.textContent;"
                          + " return points > n && {points, chip}; }",
                      before)
                  .jsonValue();
      assertTrue(now.get("chip").toString().contains("Running"), now.toString());
      int points = ((Number) now.get("points")).intValue();
      assertTrue(points > before && points < BUDGET, now.toString());
      before = points;
    }
    assertThat(page.locator("#run .sentence")).containsText(" of 20,000 designs");
  }

  private static void tableIsTheFrontOf(Log log, Page page) {
    DashboardIT.tableIsPainted(page);
    Locator rows = page.locator("table.designs tbody tr");
    assertThat(rows).hasCount(log.front.size());
    for (Map.Entry<Integer, double[]> member : log.front.entrySet()) {
      Locator row = page.locator("table.designs tr[data-index='" + member.getKey() + "']");
      assertEquals(DashboardIT.three(member.getValue()[0]), row.locator("td").nth(1).innerText());
      assertEquals(DashboardIT.three(member.getValue()[1]), row.locator("td").nth(2).innerText());
    }
  }

  /** The member whose nearest neighbour on the front is farthest: no other point lies over it. */
  private static int mostApart(Map<Integer, double[]> front) {
    int most = -1;
    double farthest = -1;
    for (var member : front.entrySet()) {
      double nearest = Double.POSITIVE_INFINITY;
      for (var other : front.entrySet()) {
        if (!other.getKey().equals(member.getKey())) {
          double[] a = member.getValue();
          double[] b = other.getValue();
          nearest = Math.min(nearest, Math.hypot(Math.log(a[0] / b[0]), Math.log(a[1] / b[1])));
        }
      }
      if (nearest > farthest) {
        farthest = nearest;
        most = member.getKey();
      }
    }
    return most;
  }

  private static void click(Page page, int index) {
    page.evaluate("scrollTo(0, 0)");
    @SuppressWarnings("unchecked")
    Map<String, Number> at =
        (Map<String, Number>)
            page.evaluate("i => import('/assets/plot.js').then(m => m.positionOf(i))", index);
    page.mouse().click(at.get("x").doubleValue(), at.get("y").doubleValue());
  }

  private void breakdownIsThatOfEvaluate(Page page, String address, int member) throws Exception {
    Program evaluate =
        start(
            SHORT,
            "evaluate",
            "--design",
            RUN + "#" + member,
            "--data",
            data().toString(),
            "--json");
    assertEquals(0, evaluate.await(), evaluate.talk());
    double energy_uJ = MAPPER.readTree(evaluate.out()).findValue("energy_uJ").asDouble();
    JsonNode design = Program.get(address + "/api/runs/" + RUN + "/designs/" + member);
    assertFalse(design.get("warnings").toString().contains("The log says"), "model against log");
    JsonNode tree = design.at("/details/trees/energy");
    assertEquals(energy_uJ * 1e9, tree.get("value").asDouble(), 1e-9 * energy_uJ * 1e9);
    partsSum(tree);
    assertFalse(design.at("/details/spec").asText().isEmpty(), design.toString());
    boolean milli = energy_uJ >= 999.5;
    assertThat(page.locator(".split-row.energy .split-total b"))
        .hasText(DashboardIT.three(milli ? energy_uJ / 1e3 : energy_uJ));
    assertThat(page.locator(".split-row.energy .split-total")).containsText(milli ? "mJ" : "µJ");
    double percent = 0;
    for (String share : page.locator(".part-table tbody td:nth-child(3)").allInnerTexts()) {
      percent += share.matches("[0-9.]+ %") ? Double.parseDouble(share.replace(" %", "")) : 0;
    }
    assertEquals(100, percent, 1, "shares of the parts on the screen, rounded to 0.1 %");
  }

  private static void partsSum(JsonNode tree) {
    JsonNode parts = tree.path("parts");
    double sum = 0;
    for (JsonNode part : parts) {
      partsSum(part);
      sum += part.get("value").asDouble();
    }
    if (parts.size() > 0) {
      double value = tree.get("value").asDouble();
      assertEquals(value, sum, 1e-9 * Math.abs(value), tree.get("name").asText());
    }
  }

  /** Files and topics, and topics alone, hold the same run: that of the log. */
  private static void same(Log log, String both, String topics) throws Exception {
    String run = "/api/runs/" + RUN;
    Program.until(
        () -> isWhole(log, topics + run), () -> Program.get(topics + run).path("run").toString());
    JsonNode first = Program.get(both + run);
    JsonNode second = Program.get(topics + run);
    assertTrue(first.at("/run/hasLog").asBoolean() && first.at("/run/fromKafka").asBoolean());
    assertFalse(second.at("/run/hasLog").asBoolean());
    assertEquals(first.get("header"), second.get("header"));
    assertEquals(first.get("front"), second.get("front"));
    for (String field :
        List.of("evaluated", "known", "feasible", "missed", "curve", "hypervolume")) {
      assertEquals(first.at("/run/" + field), second.at("/run/" + field), field);
    }
    assertEquals(
        log.hypervolumes.get(log.hypervolumes.size() - 1),
        second.at("/run/hypervolume").asDouble());
    assertEquals(log.designs, Program.columns(both + run, "objectives").objectives(2));
    assertEquals(log.designs, Program.columns(topics + run, "objectives").objectives(2));
    assertEquals(log.front.size(), second.get("front").size());
    for (JsonNode member : second.get("front")) {
      int index = member.get("index").asInt();
      JsonNode design = Program.get(topics + run + "/designs/" + index);
      assertEquals(Program.get(both + run + "/designs/" + index), design);
      if (!log.details.containsKey(index)) {
        continue;
      }
      assertEquals("log", design.at("/details/from").asText(), "details of #" + index);
      assertEquals(log.details.get(index).get("totals"), design.at("/details/totals"));
      assertEquals(log.details.get(index).get("layers"), design.at("/details/layers"));
    }
  }

  /** Topics are not ordered among each other, so each is waited for. */
  private static boolean isWhole(Log log, String run) throws Exception {
    JsonNode seen = Program.get(run);
    if (!seen.at("/run/state").asText().equals("finished")
        || !seen.at("/run/complete").asBoolean()
        || seen.path("front").size() != log.front.size()) {
      return false;
    }
    for (int index : log.front.keySet()) {
      JsonNode design = Program.get(run + "/designs/" + index);
      boolean isLogged = log.details.containsKey(index);
      if (isLogged && !design.at("/details/from").asText().equals("log")) {
        return false;
      }
    }
    return true;
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

  private static void ends(Optional<ProcessHandle> broker) throws Exception {
    if (broker.isPresent()) {
      broker.get().onExit().get();
    }
  }
}
