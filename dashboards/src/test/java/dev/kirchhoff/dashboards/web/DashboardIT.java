package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticExplainer;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, over logs that are written while it is open. */
@Tag("browser")
class DashboardIT {
  private static final Path SCREENS = Path.of("target", "screens");
  private static final String ID = "20261124T231235Z-resnet18-reram-k3f9";
  private static Chromium chromium;

  @TempDir Path data;
  private final List<String> complaints = new ArrayList<>();
  private FileFeed feed;
  private PageServer server;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void launch() {
    chromium = new Chromium();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    Runs runs = Runs.onDemand(Clock.systemUTC(), Runs.heapShare());
    feed = new FileFeed(data, runs);
    feed.start();
    server = PageServer.start("127.0.0.1", 0, runs, Optional.of(new SyntheticExplainer()));
    open(1280, 800, ColorScheme.LIGHT);
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
                    .setColorScheme(scheme));
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("404")) {
            complaints.add(message.text());
          }
        });
    signIn();
  }

  @AfterEach
  void stop() {
    context.close();
    server.close();
    feed.close();
    assertEquals(List.of(), complaints, "what the browser complained about");
  }

  /** Opens the printed address, which gives the browser its cookie. */
  private void signIn() {
    page.navigate(server.address());
    page.navigate("about:blank");
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  private void shoot(String name) {
    page.waitForTimeout(250); // lets the last frame be drawn; nothing is judged by it
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")));
  }

  private void waitForDesigns(int count) {
    assertThat(page.locator(".plot")).hasAttribute("data-points", Integer.toString(count));
  }

  /** Three significant digits, as the page prints numbers below a thousand. */
  static String three(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
    int digits = Math.max(0, 3 - rounded.precision() + rounded.scale());
    return rounded.setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  @Test
  void withoutRunsThePageStatesHowToStartOneAndARunAppearsByItself() throws IOException {
    page.navigate(address("/"));
    assertThat(page.locator("h1")).hasText("No runs yet");
    shoot("empty");
    SyntheticRun run = new SyntheticRun(ID, 1, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      assertThat(page.locator("table.runs tbody tr")).hasCount(1);
      assertThat(page.locator("table.runs")).containsText(SyntheticRun.NAME);
    }
  }

  @Test
  void pointsAppearWhileTheRunGoesOnAndAClickShowsTheBreakdown() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 1, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      page.navigate(address("/runs/" + ID));
      assertThat(page.locator("#run .chip")).containsText("Running");
      for (int i = 0; i < 12; i++) {
        writer.write(run.step(100, true));
        waitForDesigns(run.evaluated());
      }
      assertThat(page.locator(".sentence")).containsText("1,200 of 3,000");
      shoot("live-light");
      rowsAreTheFrontOfTheLog(run);
      long member = run.front().get(run.front().size() / 2);
      clickPoint(member);
      assertThat(page.locator(".selection-panel h2")).hasText("#" + member);
      double[] logged = run.values((int) member);
      Locator figures = page.locator(".selection-panel .figures dd");
      assertThat(figures.nth(0)).containsText(three(logged[0]));
      assertThat(figures.nth(1)).containsText(three(logged[1]));
      openDesign(member);
      assertThat(page.locator(".split-row.energy .seg")).hasCount(9);
      assertThat(page.locator(".split-row.energy small")).isVisible();
      assertThat(page.locator(".figure-grid .around").first()).isVisible();
      shoot("design-light");
      page.locator(".split-row.energy .seg").first().click();
      assertThat(page.locator(".cost-row[aria-selected=true]")).containsText("readout");
      page.locator(".cost-row[aria-selected=true] .twist").click();
      page.locator(".cost-row", withText("conversion")).click();
      assertThat(page.locator(".formula-pane")).containsText("10.1109/TCSI.2011.2107214");
      assertThat(page.locator(".formula-pane")).containsText("Band ");
      assertThat(page.locator(".formula-pane")).containsText("0.34x in one tool");
      shoot("design-cost");
      writer.write(run.header("finished", "budget"));
    }
    assertThat(page.locator("#run .chip")).containsText("Finished");
  }

  private static Page.LocatorOptions withText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  /** Opens the page of the selected design. */
  private void openDesign(long index) {
    page.locator(".selection-panel a", new Page.LocatorOptions().setHasText("Open design")).click();
    assertThat(page.locator(".design-page h2").first()).hasText("Design #" + index);
  }

  /** Selects a member of the front by its row, and opens its page. */
  private void openMember(long index) {
    page.locator("table.designs tr[data-index='" + index + "'] td").nth(1).click();
    assertThat(page.locator(".selection-panel h2")).hasText("#" + index);
    openDesign(index);
  }

  /** Goes back to the designs. */
  private void explore() {
    page.locator(".tabs-line a").first().click();
    assertThat(page.locator(".plot")).isVisible();
  }

  @Test
  void simulatedAccuracyIsShownInTheTableThePlotAndThePanel() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 1, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      writer.write(run.step(1000, true));
      page.navigate(address("/runs/" + ID));
      waitForDesigns(1000);
      assertThat(page.locator(".estimate-panel")).isHidden();
      assertThat(page.locator("option[value='simulatedAccuracy']")).hasCount(0);
      writer.write(run.front().stream().map(run::unsimulated).toList());
      List<Long> members = run.front().subList(1, run.front().size());
      long one = members.get(2);
      openMember(one);
      assertThat(page.locator("#tab-accuracy")).hasCount(0);
      writer.write(members.stream().map(run::simulated).toList());
      String loss = points(0.01 + 0.002 * (one % 7) + 0.001 * (one % 5));
      page.locator("#tab-accuracy").click();
      assertThat(page.locator(".losses").last()).containsText(loss + " points");
      assertThat(page.locator(".tab-panel")).containsText("after 1 day");
      explore();
      Locator row = page.locator("table.designs tr[data-index='" + one + "']");
      String agreement = points(0.97 - 0.01 - 0.002 * (one % 7) - 0.001 * (one % 5));
      assertThat(row.locator("td").nth(3)).containsText(agreement);
      assertThat(row.locator("td").nth(4)).containsText(loss);
      Locator without = page.locator("table.designs tr[data-index='" + run.front().get(0) + "']");
      assertThat(without.locator("td").nth(3)).hasText("–");
      assertThat(page.locator(".selection-panel")).containsText("Simulated agreement " + agreement);
      assertThat(page.locator(".selection-panel")).containsText("of 200 decisions on one chip");
      assertThat(page.locator(".legend")).containsText("confirmed by simulated chips");
      page.keyboard().press("Escape");
      assertThat(page.locator(".selection-panel")).isHidden();
      assertThat(page.locator(".estimate-panel circle")).hasCount(members.size());
      assertThat(page.locator(".estimate-panel")).containsText("The estimate of agreement is");
      assertThat(page.locator(".estimate-panel")).containsText("rank correlation");
      page.locator("select[aria-label='Upwards']").selectOption("simulatedAccuracy");
      shoot("accuracy-light");
      clickPoint(one);
      assertThat(page.locator(".selection-panel h2")).hasText("#" + one);
      openDesign(one);
      page.locator("#tab-accuracy").click();
      assertThat(page.locator(".losses").first()).isVisible();
      shoot("accuracy-design-light");
    }
    open(1280, 800, ColorScheme.DARK);
    page.navigate(address("/runs/" + ID));
    waitForDesigns(1000);
    page.locator("select[aria-label='To the right']").selectOption("simulatedLoss");
    shoot("accuracy-dark");
    open(390, 844, ColorScheme.DARK);
    page.navigate(address("/runs/" + ID));
    scrollTo(".estimate-panel");
    shoot("accuracy-phone");
    fitsTheWidth();
  }

  /** A design that left the front since its chips miss a limit is marked, and says so. */
  @Test
  void anExcludedDesignSaysWhichLimitItsChipsMiss() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 1, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      writer.write(run.step(1000, true));
      long out = run.front().get(1);
      writer.write(List.of(run.simulated(out), run.excluded(out, "snr >= 18 dB")));
      page.navigate(address("/runs/" + ID));
      waitForDesigns(1000);
      assertThat(page.locator(".legend .key-excluded")).isVisible();
      assertThat(page.locator(".run-head")).containsText("1 design excluded");
      assertThat(page.locator(".estimate-panel"))
          .containsText("Excluded: #" + out + " (simulated chips miss snr ≥ 18 dB).");
      page.locator(".estimate-panel button.link").click();
      assertThat(page.locator(".selection-panel"))
          .containsText("excluded: its simulated chips miss snr ≥ 18 dB");
      openDesign(out);
      assertThat(page.locator(".design-page .notice"))
          .hasText("Excluded: its simulated chips miss snr ≥ 18 dB.");
    }
  }

  /** Scrolls to an element that updates of the run may put in place anew at any time. */
  private void scrollTo(String selector) {
    assertThat(page.locator(selector)).isVisible();
    page.evaluate("selector => document.querySelector(selector).scrollIntoView()", selector);
  }

  private static String points(double share) {
    return new BigDecimal(100 * share).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  /** Waits for the table, which out of sight is painted behind the plot. */
  static void tableIsPainted(Page page) {
    page.waitForFunction(
        "() => document.querySelector('.design-scroll')?.dataset.version"
            + " === document.querySelector('.plot').dataset.version");
  }

  private void rowsAreTheFrontOfTheLog(SyntheticRun run) {
    tableIsPainted(page);
    Locator rows = page.locator("table.designs tbody tr");
    assertThat(rows).hasCount(run.front().size());
    TreeSet<Long> shown = new TreeSet<>();
    for (Locator row : rows.all()) {
      int index = Integer.parseInt(row.getAttribute("data-index"));
      shown.add((long) index);
      assertEquals(three(run.values(index)[0]), row.locator("td").nth(1).innerText());
      assertEquals(three(run.values(index)[1]), row.locator("td").nth(2).innerText());
    }
    assertEquals(new TreeSet<>(run.front()), shown);
  }

  private void clickPoint(long index) {
    @SuppressWarnings("unchecked")
    Map<String, Number> at =
        (Map<String, Number>)
            page.evaluate("i => import('/assets/plot.js').then(m => m.positionOf(i))", (int) index);
    page.mouse().click(at.get("x").doubleValue(), at.get("y").doubleValue());
  }

  @Test
  void designsAreComparedSideBySide() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 1, 3000);
    SyntheticRun other = new SyntheticRun("20261123T081500Z-vgg8-pcm-a2b7", 9, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID);
        DataDirectory second = new DataDirectory(data, other.runId())) {
      writer.write(run.header("running", ""));
      writer.write(run.step(1000, true));
      second.write(other.header("running", "", "VGG-8 on PCM"));
      second.write(other.step(500, true));
      page.navigate(address("/runs/" + ID));
      waitForDesigns(1000);
      assertThat(page.locator("#compare")).isHidden();
      long first = run.front().get(0);
      long last = run.front().get(run.front().size() - 1);
      openMember(first);
      page.locator(".design-line button", withText("Compare")).click();
      assertThat(page.locator("#compare")).hasText("Compare (1)");
      explore();
      page.locator("table.designs tr[data-index='" + last + "'] td").nth(1).click();
      assertThat(page.locator(".selection-panel h2")).hasText("#" + last);
      page.keyboard().press("c");
      page.locator("#compare").click();
      assertThat(page.locator(".compared a")).hasText(new String[] {"#" + first, "#" + last});
      assertThat(page.locator(".scaled")).hasCount(6);
      assertThat(page.locator(".compare-page")).containsText("Knobs that differ");
      // The models refuse runs of other versions; what the log holds is compared.
      assertThat(page.locator(".compare-page .notice")).hasCount(1);
      assertThat(page.locator(".compare-page .notice")).containsText("model version");
      shoot("compare-light");
      String both = page.url();
      page.navigate(both + "&d=" + other.runId() + "~" + other.front().get(0));
      assertThat(page.locator(".compared a")).hasCount(3);
      assertThat(page.locator(".compare-page")).containsText("VGG-8 on PCM a2b7");
      assertThat(page.locator("#compare")).hasText("Compare (3)");
      page.locator(".compared .remove").first().click();
      assertThat(page.locator(".compared a")).hasCount(2);
      assertThat(page.locator("#compare")).hasText("Compare (2)");
      page.locator(".compare-page button", withText("Clear")).click();
      assertThat(page.locator(".compare-page")).containsText("Nothing to compare yet");
      assertThat(page.locator("#compare")).isHidden();
      page.navigate(both + "&d=nowhere~3");
      assertThat(page.locator(".compare-page .notice").first()).containsText("nowhere");
      page.navigate(address("/compare"));
      assertThat(page.locator(".compare-page")).containsText("Nothing to compare yet");
      open(390, 844, ColorScheme.DARK);
      page.navigate(both);
      assertThat(page.locator(".scaled")).hasCount(6);
      shoot("compare-phone");
      fitsTheWidth();
    }
  }

  @Test
  void aReportIsThePageInOneFileWithoutAServer() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 1, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      for (int i = 0; i < 10; i++) {
        writer.write(run.step(100, true));
      }
      writer.write(run.front().stream().map(run::simulated).toList());
      writer.write(run.header("finished", ""));
    }
    Path file = data.resolve("report.html");
    Runs runs = new Runs(Clock.systemUTC());
    FileFeed.readOnce(data, ID, runs);
    Files.writeString(
        file, new ReportPage().of(runs, ID, Optional.of(new SyntheticExplainer())).orElseThrow());
    context.setOffline(true);
    page.navigate(file.toUri().toString());
    waitForDesigns(1000);
    rowsAreTheFrontOfTheLog(run);
    int knees = RunJson.knees(runs.read(ID, Runs.Entry::view).orElseThrow()).size();
    assertTrue(knees > 1, "a run that has one knee alone shows nothing here");
    assertThat(page.locator(".knees tbody tr")).hasCount(Math.min(6, knees));
    long one = run.front().get(1);
    openMember(one);
    page.locator("#tab-accuracy").click();
    assertThat(page.locator(".losses").first()).isVisible();
    page.locator(".design-line button", withText("Compare")).click();
    page.locator("#compare").click();
    assertThat(page.locator(".compared a")).hasCount(1);
    page.locator("a[data-place='runs']").click();
    waitForDesigns(1000);
    assertThat(page.locator(".estimate-panel circle")).hasCount(run.front().size());
    shoot("report-light");
  }

  @Test
  void arrowKeysWalkTheFrontAndTheAddressBringsBackTheSameView() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 2, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      writer.write(run.step(1000, true));
      page.navigate(address("/runs/" + ID));
      page.locator("table.designs tbody tr").nth(2).locator("td").nth(1).click();
      page.keyboard().press("ArrowDown");
      String fourth = page.locator("table.designs tbody tr").nth(3).getAttribute("data-index");
      assertThat(page.locator(".selection-panel h2")).hasText("#" + fourth);
      assertThat(page).hasURL(Pattern.compile(".*[?]design=" + fourth));
      String address = page.url();
      open(1280, 800, ColorScheme.LIGHT);
      page.navigate(address);
      assertThat(page.locator(".selection-panel h2")).hasText("#" + fourth);
      page.keyboard().press("Escape");
      assertThat(page.locator(".selection-panel")).isHidden();
      assertThat(page).hasURL(Pattern.compile(".*" + ID));
    }
  }

  @Test
  void aRunThatNobodyWritesAnyMoreIsInterrupted() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 3, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      writer.write(run.step(600, true));
      writer.write(run.step(600, true));
      page.navigate(address("/runs/" + ID));
      assertThat(page.locator("#run .chip")).containsText("Running");
    }
    assertThat(page.locator("#run .chip")).containsText("Interrupted");
    assertThat(page.locator(".notice").first()).containsText("No process writes this run");
    shoot("interrupted");
    page.navigate(address("/runs/nothing"));
    assertThat(page.locator("#run")).containsText("There is no run 'nothing' here.");
  }

  @Test
  void markupInANameIsShownAsText() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 4, 3000);
    String name = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", "", name));
      writer.write(run.step(100, true));
      page.navigate(address("/runs/" + ID));
      assertThat(page.locator("h1")).hasText(name);
      page.navigate(address("/"));
      assertThat(page.locator("table.runs .spec a")).hasText(name);
      assertTrue(page.title().contains("Kirchhoff"), page.title());
    }
  }

  @Test
  void itIsReadableInTheDarkOnAPhoneAndWithAHundredThousandDesigns() throws IOException {
    SyntheticRun run = new SyntheticRun(ID, 5, 200_000);
    try (DataDirectory writer = new DataDirectory(data, ID);
        DataDirectory other = new DataDirectory(data, "20261123T081500Z-vgg8-pcm-a2b7")) {
      writer.write(run.header("running", ""));
      for (int i = 0; i < 100; i++) {
        writer.write(run.step(1000, true));
      }
      SyntheticRun past = new SyntheticRun("20261123T081500Z-vgg8-pcm-a2b7", 9, 3000);
      other.write(past.header("running", "", "VGG-8 on PCM"));
      other.write(past.step(1000, true));
      other.write(past.step(1000, true));
      other.write(past.step(1000, true));
      other.write(past.header("finished", "budget", "VGG-8 on PCM"));
      page.navigate(address("/"));
      assertThat(page.locator(".runs-page")).containsText("100,000");
      shoot("runs-light");
      open(1280, 800, ColorScheme.DARK);
      page.navigate(address("/runs/" + ID));
      waitForDesigns(100_000);
      page.locator("#infeasible").check();
      shoot("live-dark");
      page.locator("#infeasible").uncheck();
      openMember(run.front().get(5));
      assertThat(page.locator(".part-table tbody tr")).hasCount(9);
      shoot("design-dark");
      page.locator("#tab-layers").click();
      assertThat(page.locator(".layer-table tbody tr")).hasCount(21);
      shoot("design-layers-dark");
      page.locator("#tab-spec").click();
      assertThat(page.locator(".spec-text")).containsText("kirchhoff: 1");
      shoot("design-spec");
      open(390, 844, ColorScheme.LIGHT);
      page.navigate(address("/"));
      assertThat(page.locator(".runs-page")).containsText("100,000");
      fitsTheWidth();
      shoot("runs-phone");
      page.navigate(address("/runs/" + ID));
      waitForDesigns(100_000);
      fitsTheWidth();
      shoot("live-phone");
      openMember(run.front().get(5));
      assertThat(page.locator(".part-table tbody tr")).hasCount(9);
      fitsTheWidth();
      shoot("design-phone");
    }
  }

  private void fitsTheWidth() {
    Object beyond =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertEquals(0, ((Number) beyond).intValue(), "pixels beyond the width of the screen");
  }
}
