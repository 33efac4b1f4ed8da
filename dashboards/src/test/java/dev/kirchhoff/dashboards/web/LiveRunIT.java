package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.feed.KafkaFeed;
import dev.kirchhoff.dashboards.view.Member;
import dev.kirchhoff.dashboards.view.RunView;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path on a real run: an explorer and its broker in processes of their own, the page over files and broker in a
 * browser while the run goes on, and a second reader that has nothing but the broker.
 */
class LiveRunIT {
  private static final String ID = "live";
  private static final int BUDGET = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  @TempDir Path nothing;
  @TempDir Path talk;
  private Process explorer;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void startExplorer() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.kirchhoff.dse.cli.Main"));
    command.addAll(List.of("explore", Path.of("..", "examples", "quickstart.yaml").toString()));
    command.addAll(List.of("--budget", Integer.toString(BUDGET), "--seed", "1", "--run-id", ID));
    command.addAll(List.of("--data", data.toString()));
    explorer =
        new ProcessBuilder(command)
            .redirectOutput(talk.resolve("out.txt").toFile())
            .redirectError(talk.resolve("err.txt").toFile())
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    explorer.destroyForcibly().waitFor();
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private Page browse(String address) {
    Chromium chromium = new Chromium();
    open.add(chromium);
    BrowserContext context =
        chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
    Page page = context.newPage();
    page.navigate(address);
    return page;
  }

  @Test
  void aRealRunIsWatchedFromItsFirstPointsToItsFrontAndKafkaAloneTellsTheSame() throws Exception {
    Runs seen = new Runs(Clock.systemUTC());
    FileFeed files = new FileFeed(data, seen);
    open.add(files);
    files.start();
    KafkaFeed kafka = new KafkaFeed(Optional.empty(), data, seen);
    open.add(kafka);
    kafka.start();
    Explainer explainer = ServiceLoader.load(Explainer.class).findFirst().orElseThrow();
    PageServer server = PageServer.start("127.0.0.1", 0, seen, Optional.of(explainer));
    open.add(server::close);
    Page page = browse("http://127.0.0.1:" + server.port() + "/");
    waitForHeader(seen);
    assertThat(page.locator("table.runs tbody tr")).hasCount(1);

    page.navigate("http://127.0.0.1:" + server.port() + "/runs/" + ID);
    assertThat(page.locator(".chip").first()).containsText("Running");
    List<Integer> counts = new ArrayList<>();
    while (!page.locator(".chip").first().innerText().contains("Finished")) {
      counts.add(shown(page));
      assertTrue(explorer.isAlive() || counts.size() < 1000, "the run ended, the page did not notice");
      page.waitForTimeout(200);
    }
    long growing = counts.stream().filter(n -> n > 0 && n < BUDGET).distinct().count();
    assertTrue(growing >= 5, "points appear while the run goes on, but these were seen: " + counts);
    assertEquals(0, explorer.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? explorer.exitValue() : -1, this::said);

    Log log = Log.read(data.resolve("runs").resolve(ID).resolve("log.jsonl"));
    page.waitForFunction("n => import('/assets/store.js').then(m => m.store.points.index.length === n)", BUDGET);
    frontOnScreenIsTheFrontOfTheLog(page, log);
    clickShowsTheBreakdown(page, log);
    kafkaAloneTellsTheSame(seen);
  }

  private void waitForHeader(Runs seen) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (seen.ids().isEmpty()) {
      assertTrue(explorer.isAlive() && Instant.now().isBefore(end), () -> "no run began: " + said());
      Thread.sleep(100);
    }
  }

  private static int shown(Page page) {
    return ((Number)
            page.evaluate("() => import('/assets/store.js').then(m => m.store.points.index.length)"))
        .intValue();
  }

  private String said() {
    try {
      return Files.readString(talk.resolve("err.txt"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String three(double value) {
    return new BigDecimal(value)
        .round(new MathContext(3, RoundingMode.HALF_UP))
        .toPlainString();
  }

  private static void frontOnScreenIsTheFrontOfTheLog(Page page, Log log) {
    Locator rows = page.locator("table.front tbody tr");
    assertThat(rows).hasCount(log.front().size());
    for (Locator row : rows.all()) {
      long index = Long.parseLong(row.getAttribute("data-index"));
      double[] logged = log.front().get(index);
      assertNotNull(logged, "design " + index + " is on screen, but not on the front of the log");
      for (int objective = 0; objective < 2; objective++) {
        double onScreen = Double.parseDouble(row.locator("td").nth(objective + 1).innerText().replace(",", ""));
        assertEquals(Double.parseDouble(three(logged[objective])), onScreen, 1e-9 * onScreen, "design " + index);
      }
    }
  }

  private static void clickShowsTheBreakdown(Page page, Log log) {
    long index = log.front().keySet().iterator().next();
    page.locator("table.front tbody tr[data-index='" + index + "']").click();
    assertThat(page.locator(".design h2").first()).hasText("Design #" + index);
    JsonNode account = log.accounts().get(index);
    assertNotNull(account, "every member of the final front has its account in the log");
    double energy_uJ = account.path("totals").path("energy_uJ").asDouble();
    JsonNode tree = account.path("tree").path("energy");
    double parts_fJ = 0;
    for (JsonNode part : tree.path("parts")) {
      parts_fJ += part.path("value").asDouble();
    }
    assertEquals(energy_uJ, tree.path("value").asDouble() * 1e-9, 1e-9 * energy_uJ);
    assertEquals(tree.path("value").asDouble(), parts_fJ, 1e-9 * parts_fJ);
    assertThat(page.locator(".split.energy")).containsText(three(energy_uJ));
    assertThat(page.locator("table.tree").first()).containsText("readout");
  }

  /** A reader over an empty directory has the run from the broker alone: same designs, front, rounds, accounts. */
  private void kafkaAloneTellsTheSame(Runs seen) throws Exception {
    Path broker = data.resolve("broker").resolve("endpoint.json");
    String bootstrap = JSON.readTree(Files.readString(broker)).path("bootstrap").asText();
    restartBroker();
    bootstrap = waitForBroker(bootstrap);
    Runs told = new Runs(Clock.systemUTC());
    KafkaFeed feed = new KafkaFeed(Optional.of(bootstrap), nothing, told);
    open.add(feed);
    feed.start();
    Instant end = Instant.now().plus(PATIENCE);
    while (!isWhole(told) && Instant.now().isBefore(end)) {
      Thread.sleep(200);
    }
    RunView expected = seen.read(ID, Runs.Entry::view).orElseThrow();
    RunView view = told.read(ID, Runs.Entry::view).orElseThrow();
    assertTrue(isWhole(told), "Kafka alone told " + view.known() + " designs");
    assertEquals(expected.header(), view.header());
    assertEquals(expected.rounds(), view.rounds());
    assertEquals(expected.front(), view.front());
    for (long index = 0; index < BUDGET; index++) {
      assertArrayEquals(expected.knobs(index), view.knobs(index), "knobs of design " + index);
      assertArrayEquals(expected.values(index), view.values(index), 0, "values of design " + index);
      assertArrayEquals(expected.violations(index), view.violations(index), 0, "misses of design " + index);
    }
    for (Member member : view.front()) {
      assertEquals(expected.account(member.index()), view.account(member.index()));
    }
  }

  private static boolean isWhole(Runs runs) {
    return runs.read(
            ID,
            e ->
                e.view().isComplete()
                    && e.view().evaluated() == BUDGET
                    && e.view().header().map(h -> h.state().equals("finished")).orElse(false)
                    && !e.view().front().isEmpty()
                    && e.view().front().stream().allMatch(m -> e.view().account(m.index()).isPresent()))
        .orElse(false);
  }

  /** The explorer took its companion along; a broker in the foreground serves the same log. */
  private void restartBroker() throws IOException {
    Process broker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kirchhoff.dse.cli.Main",
                "broker",
                "--data",
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(talk.resolve("broker.txt").toFile())
            .start();
    open.add(() -> broker.destroyForcibly().waitFor());
  }

  private String waitForBroker(String last) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    Path said = talk.resolve("broker.txt");
    while (Instant.now().isBefore(end)) {
      String text = Files.exists(said) ? Files.readString(said) : "";
      int at = text.indexOf("broker ready at ");
      if (at >= 0) {
        return text.substring(at + "broker ready at ".length()).split("[, \n]")[0];
      }
      Thread.sleep(200);
    }
    return last;
  }

  /**
   * A run's log, read by a parser that knows nothing of ours.
   *
   * @param front values of the front's members by index
   * @param accounts accounts of designs by index
   */
  private record Log(Map<Long, double[]> front, Map<Long, JsonNode> accounts) {
    static Log read(Path file) throws IOException {
      TreeMap<Long, double[]> front = new TreeMap<>();
      Map<Long, JsonNode> accounts = new HashMap<>();
      long expected = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        JsonNode event = JSON.readTree(line);
        assertEquals(expected++, event.path("seq").asLong());
        JsonNode body = event.path("data");
        if (event.path("type").asText().equals("dev.kirchhoff.front.v1")) {
          if (body.path("change").asText().equals("left")) {
            front.remove(body.path("index").asLong());
          } else {
            double[] values = new double[body.path("values").size()];
            Arrays.setAll(values, i -> body.path("values").get(i).asDouble());
            front.put(body.path("index").asLong(), values);
          }
        } else if (event.path("type").asText().equals("dev.kirchhoff.design.v1")) {
          accounts.put(body.path("index").asLong(), body);
        }
      }
      return new Log(front, accounts);
    }
  }
}
