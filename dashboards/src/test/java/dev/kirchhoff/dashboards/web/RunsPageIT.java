package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The list of runs, commands, starts, sweeps, validation and take-away, with the program's own
 * services: a dashboard in a process of its own over real runs.
 */
@Tag("browser")
class RunsPageIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path SCREENS = Path.of("target", "screens");
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  private static final String FIRST = "20261128T000001Z-quickstart-aaaa";
  private static final String SECOND = "20261128T000002Z-quickstart-bbbb";
  private static final String TOKEN = "token-of-the-tests-0123456789";

  /** Patience with a process on a machine that does other things too. */
  private static final double SLOW_MILLIS = 60_000;

  @TempDir static Path folder;
  private static Path data;
  private static Chromium chromium;
  private static Program dashboard;
  private static String address;

  /** Runs that the page started. */
  private static final List<String> started = new ArrayList<>();

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    chromium = new Chromium();
    data = folder.resolve("data");
    explore(FIRST, "1", "power <= 40 W");
    explore(SECOND, "2", "power <= 30 W");
    serve("0");
  }

  private static void explore(String id, String seed, String limit) throws Exception {
    run(
        "explore",
        "../examples/bench/resnet18-12db.yaml",
        "--budget",
        "500",
        "--seed",
        seed,
        "--limit",
        limit,
        "--no-kafka",
        "--run-id",
        id,
        "--data",
        data.toString());
  }

  private static void serve(String port) throws Exception {
    Map<String, String> environment =
        Map.of(
            "KIRCHHOFF_HOME", Path.of("..").toRealPath().toString(), "KIRCHHOFF_PAGE_TOKEN", TOKEN);
    dashboard =
        Program.start(
            folder, SHORT, environment, "dashboard", "--port", port, "--data", data.toString());
    address = dashboard.address();
  }

  /** Output of a command of the program. */
  private static String run(String... arguments) throws Exception {
    try (Program command = Program.start(folder, SHORT, arguments)) {
      int code = command.await();
      assertTrue(code == 0 || code == 1 && arguments[0].equals("validate"), command.talk());
      return command.out();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (String run : started) {
      try (Program stop =
          Program.start(folder, SHORT, "steer", run, "stop", "--data", data.toString())) {
        stop.await(); // one that a failed test left behind; others have ended
      }
    }
    if (dashboard != null) {
      dashboard.close();
    }
    chromium.close();
  }

  @BeforeEach
  void open() {
    open(1280, 900, ColorScheme.LIGHT);
  }

  private void open(int width, int height, ColorScheme scheme) {
    if (context != null) {
      context.close();
    }
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme)
                    .setAcceptDownloads(true));
    page = context.newPage();
    page.onPageError(complaints::add);
    page.navigate(address + "/?token=" + TOKEN);
  }

  @AfterEach
  void close() {
    context.close();
    assertEquals(List.of(), complaints, "what the browser complained about");
  }

  private void shoot(String name) {
    page.waitForTimeout(250); // lets the last frame be drawn; nothing is judged by it
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")));
  }

  private void hasNoSeriousFindings() throws IOException {
    try (InputStream in = RunsPageIT.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals(List.of(), page.evaluate(AccessibilityIT.FINDINGS), page.url());
  }

  private Locator row(String run) {
    return page.locator("tr[data-run='" + run + "']");
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void runsAreGroupedBySpecWithNotesThatAreTextAndAnArchive() throws Exception {
    assertThat(page.locator(".run-group")).hasCount(1);
    assertThat(row(FIRST)).containsText("Finished");
    assertThat(row(SECOND).locator(".setting").first()).containsText("power ≤ 30 W");
    assertThat(row(FIRST).locator(".setting").nth(1)).hasText("1");
    page.waitForFunction(
        "() => [...document.querySelectorAll('.front-picture')].every(c => c.getContext('2d')"
            + ".getImageData(8, 8, c.width - 16, c.height - 16).data.some(v => v > 0))");
    String note = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
    row(FIRST).locator(".note-actions button").first().click();
    page.locator(".note-form textarea").fill(note);
    page.locator(".note-form input").fill("tapeout, 28nm");
    page.locator(".note-form button").first().click();
    assertThat(row(FIRST).locator(".note")).hasText(note);
    assertThat(row(FIRST).locator(".tag")).hasText(new String[] {"28nm", "tapeout"});
    assertFalse(page.title().contains("owned"));
    Path file = data.resolve("runs").resolve(FIRST).resolve("notes.json");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(run("runs", "--data", data.toString()).contains("[28nm, tapeout]"));
    shoot("runs-notes-light");
    hasNoSeriousFindings();
    page.locator(".search").fill("tapeout");
    assertThat(page.locator("table.runs tbody tr")).hasCount(1);
    page.locator(".search").fill("");
    row(FIRST).locator(".note-actions button", named("archive")).click();
    assertThat(row(FIRST)).hasCount(0);
    assertThat(page.locator(".runs-bar")).containsText("archived (1)");
    page.locator(".runs-bar input[type=checkbox]").check();
    row(FIRST).locator(".note-actions button", named("restore")).click();
    assertThat(row(FIRST).locator(".note-actions")).containsText("archive");
    // The older run is A, whichever is chosen first.
    row(SECOND).locator("input[type=checkbox]").check();
    row(FIRST).locator("input[type=checkbox]").check();
    String compare = page.locator(".runs-bar a.button").first().getAttribute("href");
    assertTrue(FIRST.compareTo(SECOND) < 0);
    assertEquals("/compare?d=" + FIRST + "&d=" + SECOND, compare);
    page.locator(".connection-menu summary").click();
    assertThat(page.locator(".connection-menu")).containsText("none runs now");
    assertThat(page.locator("#connection")).hasAttribute("data-state", "on");
    open(390, 844, ColorScheme.DARK);
    assertThat(row(FIRST).locator(".note")).hasText(note);
    shoot("runs-phone");
    assertEquals(0, page.evaluate("() => document.documentElement.scrollWidth - innerWidth"));
  }

  private static Locator.LocatorOptions named(String text) {
    return new Locator.LocatorOptions().setHasText(text);
  }

  @Test
  void aTypedSpecIsCheckedStartedAndSteeredWhileTheDashboardIsKilledAndStartedAgain()
      throws Exception {
    page.navigate(address + "/new");
    Locator verdict = page.locator("section[aria-label=Check] [role=status]");
    assertThat(verdict).hasText("good", slow());
    assertThat(page.locator(".verdict").last()).containsText("fashion-resnet20");
    shoot("new-light");
    hasNoSeriousFindings();
    Locator editor = page.locator(".editor textarea");
    String good = Files.readString(Path.of("..", "examples", "bench", "resnet18-12db.yaml"));
    editor.fill(good);
    assertThat(page.locator(".verdict").last()).containsText("500,964,985,405,440 designs");
    editor.fill(good.replace("crossbar:", "crosbar:"));
    assertThat(page.locator(".problems li"))
        .hasText("31:3 crosbar: unknown key of a chip; did you mean crossbar?");
    assertThat(page.locator(".primary")).isDisabled();
    editor.fill(good);
    assertThat(verdict).hasText("good");
    page.locator(".start-form textarea").fill("aera <= 250 mm2");
    page.locator(".primary").click();
    assertThat(page.locator(".trouble")).containsText("did you mean", containsSlow());
    page.locator(".start-form textarea").fill("");
    String one = started("3");
    assertThat(page.locator("#run .chip")).containsText("Running", containsSlow());
    page.locator("#run-actions button").filter(text("Pause")).click();
    Locator said = page.locator(".said-line[data-kind=good]");
    assertThat(said.first()).containsText("pause accepted after ", containsSlow());
    assertThat(page.locator("#run .chip")).containsText("Paused");
    page.locator("#run-actions button").filter(text("Continue")).click();
    assertThat(page.locator("#run .chip")).containsText("Running", containsSlow());
    Locator limit = page.locator("input[aria-label='area limit']");
    limit.fill("120");
    limit.blur();
    page.locator(".limit-apply button").click();
    assertThat(said.filter(text("limit area <= 120 mm2")))
        .containsText("accepted after ", containsSlow());
    assertThat(page.locator(".explored")).containsText("area ≤ 120 mm²");
    String wrong = (String) page.evaluate(COMMAND, List.of(one, "limit", "aera <= 1 mm2"));
    assertTrue(wrong.contains("did you mean area"), wrong);
    assertThat(page.locator(".said-line[data-kind=bad]")).containsText("did you mean");
    assertThat(page.locator(".events-panel")).containsText("limit area <= 120 mm2: accepted");
    page.navigate(address + "/new");
    assertThat(verdict).hasText("good", slow());
    String two = started("4");
    page.navigate(address + "/");
    assertThat(row(one)).containsText("Running");
    assertThat(row(two)).containsText("Running");
    page.locator("tr[data-run='" + one + "'] .spec a").click();
    assertThat(page.locator("#run .chip")).containsText("Running");
    String port = address.substring(address.lastIndexOf(':') + 1);
    dashboard.kill();
    assertThat(page.locator("#connection")).containsText("Reconnecting", containsSlow());
    long before = Files.size(log(one));
    serve(port);
    assertThat(page.locator("#connection")).containsText("Live", containsSlow());
    assertTrue(Files.size(log(one)) > before, "the explorer outlives the dashboard");
    page.locator("#run-actions button").filter(text("Stop")).click();
    page.locator("#run-actions .danger").click();
    assertThat(page.locator("#run .chip")).containsText("Stopped", containsSlow());
    run("steer", two, "stop", "--data", data.toString());
    page.navigate(address + "/");
    assertThat(row(two)).containsText("Stopped", containsSlow());
  }

  private static final String COMMAND =
      "async ([run, word, argument]) => (await import('/assets/commands.js'))"
          + ".command(run, word, [argument]).then((ack) => ack.accepted, (error) => error.message)";

  private static Path log(String run) {
    return data.resolve("runs").resolve(run).resolve("log.jsonl");
  }

  /** Starts the spec of the page for long, and gives the run whose page opens. */
  private String started(String seed) {
    page.locator(".start-form input").nth(0).fill("5,000,000");
    page.locator(".start-form input").nth(2).fill(seed);
    page.locator(".primary").click();
    page.waitForURL(
        url -> url.contains("/runs/"), new Page.WaitForURLOptions().setTimeout(SLOW_MILLIS));
    String run = page.url().replaceFirst(".*/runs/", "").replaceFirst("[?].*", "");
    started.add(run);
    return run;
  }

  private static com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions slow() {
    return new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions()
        .setTimeout(SLOW_MILLIS);
  }

  private static com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions
      containsSlow() {
    return new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
        .setTimeout(SLOW_MILLIS);
  }

  @Test
  void numbersOfASweepAreThoseOfPivot() throws Exception {
    JsonNode pivot =
        MAPPER.readTree(
            run(
                "pivot",
                FIRST,
                "pe.readout",
                "side",
                "TOPS/W",
                "--json",
                "--data",
                data.toString()));
    for (String statistic : List.of("best", "median", "count")) {
      page.navigate(
          address
              + "/runs/"
              + FIRST
              + "/sweep?tab=pe.readout~side~energyEfficiency_TOPSperW~"
              + statistic);
      assertThat(page.locator(".heat")).isVisible();
      int filled = 0;
      for (int r = 0; r < pivot.get("rowValues").size(); r++) {
        for (int c = 0; c < pivot.get("columnValues").size(); c++) {
          JsonNode cell = pivot.at("/cells/" + r + "/" + c);
          String shown = cell(pivot.at("/rowValues/" + r), pivot.at("/columnValues/" + c));
          if (cell.get("count").asLong() == 0) {
            assertTrue(List.of("", "–", "0").contains(shown), shown);
          } else {
            filled++;
            assertEquals(
                statistic.equals("count")
                    ? String.format(Locale.ROOT, "%,d", cell.get("count").asLong())
                    : DashboardIT.three(cell.get(statistic).asDouble()),
                shown,
                statistic + " of " + r + ", " + c);
          }
        }
      }
      assertTrue(filled > 2, "cells with designs");
    }
    page.locator(".heat td button").first().click();
    assertThat(page.locator(".sweeps")).containsText("Selected: design #");
    shoot("sweep-light");
    hasNoSeriousFindings();
    page.locator(".sweep-bar button").filter(text("Lines")).click();
    assertThat(page.locator(".sweep-lines svg .line").first()).isVisible();
    shoot("sweep-lines-light");
  }

  /** The log of this sweep keeps a sample, all rows are in a file. */
  @Test
  void theTableOfALargeSweepNamesTheCommandThatHasAllRows() throws Exception {
    String id = "large";
    String table = folder.resolve("rows.csv").toString();
    List<String> sweep =
        new ArrayList<>(List.of("sweep", "../examples/array-adc-sweep.yaml", "--sample", "60"));
    sweep.addAll(List.of("--logged", "20", "--no-kafka", "--run-id", id, "--output", table));
    sweep.addAll(List.of("--data", data()));
    run(sweep.toArray(String[]::new));
    page.navigate(address + "/runs/" + id + "/sweep");
    assertThat(page.locator(".sweeps .notice"))
        .hasText(
            "The table counts the designs of the log, a sample of a sweep of 60 rows."
                + " All rows: ./kirchhoff export large --output rows.csv");
    assertEquals(Files.readString(Path.of(table)), run("export", id, "--data", data()));
    run("runs", "delete", id, "--yes", "--data", data());
  }

  private static String data() {
    return data.toString();
  }

  /** Text of the cell of two values; empty where the table has no such row or column. */
  private String cell(JsonNode row, JsonNode column) {
    return (String)
        page.evaluate(
            "([row, column]) => { const heads = [...document.querySelectorAll('.heat thead th')]"
                + ".map(t => t.textContent); const line = [...document.querySelectorAll('.heat"
                + " tbody tr')].find(tr => tr.querySelector('th').textContent === row);"
                + " const at = heads.indexOf(column, 1);"
                + " return line && at > 0 ? line.children[at].textContent : ''; }",
            List.of(row.asText(), column.asText()));
  }

  @Test
  void tablesAndPicturesCanBeTakenAway() throws Exception {
    page.navigate(address + "/runs/" + FIRST);
    assertThat(page.locator(".plot")).hasAttribute("data-points", "500");
    page.locator("#run-actions summary").click();
    Path exported = folder.resolve("designs.csv");
    run("export", FIRST, "--output", exported.toString(), "--data", data.toString());
    assertArrayEquals(Files.readAllBytes(exported), downloaded("CSV", 0));
    byte[] parquet = downloaded("Parquet", 0);
    assertEquals("PAR1", new String(parquet, 0, 4, StandardCharsets.US_ASCII));
    String brushed = new String(downloaded("CSV", 1), StandardCharsets.UTF_8);
    assertEquals(501, brushed.lines().count());
    assertTrue(brushed.startsWith("index,"), brushed.substring(0, 40));
    byte[] png = downloaded("PNG", 0);
    assertEquals("PNG", new String(png, 1, 3, StandardCharsets.US_ASCII));
    String svg = new String(downloaded("SVG", 0), StandardCharsets.UTF_8);
    assertTrue(svg.contains(">area (mm²)</text>"), "the axis is letters");
    assertTrue(svg.split("<path").length > 100, "designs and front are shapes");
    assertThat(page.locator(".snippet")).containsText("read_parquet");
    shoot("take-away-light");
    hasNoSeriousFindings();
  }

  private byte[] downloaded(String link, int which) throws IOException {
    Locator all =
        page.locator(".menu-body a, .menu-body button.link")
            .filter(new Locator.FilterOptions().setHasText(link));
    Download download = page.waitForDownload(() -> all.nth(which).click());
    return Files.readAllBytes(download.path());
  }

  @Test
  void publishedChipsAreThoseOfValidate() throws Exception {
    JsonNode report = MAPPER.readTree(run("validate", "../designs", "--json"));
    page.navigate(address + "/validate");
    assertThat(page.locator(".validate-summary"))
        .containsText("Predicted, new chip", containsSlow());
    double error = report.at("/summary/newChip/error").asDouble();
    assertThat(page.locator(".validate-summary tbody tr").first())
        .containsText(String.format(Locale.ROOT, "%.1f %%", 100 * error));
    for (Locator box : page.locator(".validate-summary input").all()) {
      box.check();
    }
    int values = 0;
    for (JsonNode chip : report.get("chips")) {
      values += chip.get("values").size();
    }
    assertThat(page.locator(".values tbody tr")).hasCount(values);
    shoot("validate-light");
    hasNoSeriousFindings();
    String chip = report.at("/chips/0/name").asText();
    page.locator(".values button.link").filter(text(chip)).click();
    assertThat(page.locator(".chip-panel .spec-text")).containsText("name: " + chip);
    try (Stream<String> spec =
        Files.lines(Path.of("..", "designs", report.at("/chips/0/id").asText(), "spec.yaml"))) {
      assertThat(page.locator(".chip-panel .spec-text"))
          .containsText(spec.findFirst().orElseThrow());
    }
  }
}
