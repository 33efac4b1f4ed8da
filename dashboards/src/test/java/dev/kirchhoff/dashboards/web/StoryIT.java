package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticExplainer;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Story, choice of the front and table of designs of a finished run. */
@Tag("browser")
class StoryIT {
  private static final String ID = "20261124T231235Z-resnet18-reram-k3f9";
  private static final int DESIGNS = 2000;
  private static final int ROUNDS = 20;

  @TempDir static Path data;
  private static Chromium chromium;
  private static SyntheticRun run;
  private static FileFeed feed;
  private static PageServer server;
  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    chromium = new Chromium();
    run = new SyntheticRun(ID, 1, DESIGNS);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      for (int round = 0; round < ROUNDS; round++) {
        writer.write(run.step(DESIGNS / ROUNDS, true));
      }
      writer.write(run.header("finished", "budget"));
    }
    Runs runs = Runs.onDemand(Clock.systemUTC(), Runs.heapShare());
    feed = new FileFeed(data, runs);
    feed.start();
    server = PageServer.start("127.0.0.1", 0, runs, Optional.of(new SyntheticExplainer()));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      feed.close();
    }
    chromium.close();
  }

  @BeforeEach
  void open() {
    context =
        chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1400, 1000));
    page = context.newPage();
    page.onPageError(complaints::add);
    page.navigate(server.address());
    page.navigate(address(""));
    assertThat(page.locator(".plot")).hasAttribute("data-points", Integer.toString(DESIGNS));
    assertThat(page.locator(".story-panel .importance tbody tr").first()).isVisible();
    DashboardIT.tableIsPainted(page);
  }

  @AfterEach
  void close() {
    context.close();
    assertEquals(List.of(), complaints, "what the browser complained about");
  }

  private static String address(String view) {
    return "http://127.0.0.1:" + server.port() + "/runs/" + ID + view;
  }

  @Test
  void aSentenceBrushesWhatItSaysInEveryViewAndTheLinkRestoresIt() {
    Locator sentence = page.locator("li[data-kind='infeasible'] button").first();
    String words = sentence.innerText();
    sentence.click();
    assertThat(sentence).hasAttribute("aria-pressed", "true");
    assertThat(page.locator(".brush-chip")).hasCount(1);
    page.locator(".segments button").nth(2).click();
    long designs =
        Long.parseLong(
            words.replaceFirst(".* of ([0-9,]+) designs with .*", "$1").replace(",", ""));
    assertThat(page.locator(".design-scroll")).hasAttribute("data-rows", Long.toString(designs));
    assertThat(page).hasURL(Pattern.compile(".*rows=all.*"));
    String link = page.url();
    page.navigate("about:blank");
    page.navigate(link);
    assertThat(page.locator(".design-scroll")).hasAttribute("data-rows", Long.toString(designs));
    sentence = page.locator("li[data-kind='infeasible'] button").first();
    assertThat(sentence).hasAttribute("aria-pressed", "true");
    sentence.click();
    assertThat(page.locator(".brush-chip")).hasCount(0);
  }

  @Test
  void earlierKneesAreListedWithTheirObjectivesAndOpenTheirDesigns() {
    Locator rows = page.locator(".knees tbody tr");
    assertThat(rows.first()).isVisible();
    String now = page.locator("table.designs tr:has(.knee)").getAttribute("data-index");
    assertThat(rows.first()).hasAttribute("data-index", now);
    Locator oldest = rows.last();
    int index = Integer.parseInt(oldest.getAttribute("data-index"));
    assertThat(oldest.locator("td").nth(3)).containsText(DashboardIT.three(run.values(index)[0]));
    assertThat(oldest.locator("td").nth(4)).containsText(DashboardIT.three(run.values(index)[1]));
    page.locator(".knees").scrollIntoViewIfNeeded();
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screens", "story-knees.png")));
    oldest.locator("a").click();
    assertThat(page.locator(".design-page h2").first()).hasText("Design #" + index);
    assertThat(page).hasURL(Pattern.compile(".*/designs/" + index + ".*"));
  }

  @Test
  void aSentenceOnALimitJudgesEveryDesignAgain() {
    int before = run.front().size();
    Locator sentence =
        page.locator("li[data-kind='looser'] button, li[data-kind='tighter'] button").first();
    sentence.click();
    assertThat(page).hasURL(Pattern.compile(".*[?&]l[.]slack[.].*"));
    assertThat(page.locator(".story-panel")).containsText(Pattern.compile("under .+ [≤≥] "));
    page.evaluate("import('/assets/store.js').then(m => m.change({ limits: new Map() }))");
    assertThat(page.locator(".design-scroll")).hasAttribute("data-rows", Integer.toString(before));
  }

  @Test
  void aHeadSortsAndOnlyRowsInSightAreInTheDocument() {
    page.locator(".segments button").nth(2).click();
    assertThat(page.locator(".design-scroll")).hasAttribute("data-rows", Integer.toString(DESIGNS));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < DESIGNS; i++) {
      order.add(i);
    }
    List<String> sorted =
        order.stream()
            .filter(i -> !Double.isNaN(run.values(i)[1]))
            .sorted(Comparator.comparingDouble(i -> run.values(i)[1]))
            .limit(10)
            .map(String::valueOf)
            .collect(Collectors.toList());
    Locator head = page.locator("table.designs thead th").nth(2);
    head.locator("button").click();
    assertThat(head).hasAttribute("aria-sort", "ascending");
    assertThat(page.locator("table.designs tbody tr").first())
        .hasAttribute("data-index", sorted.get(0));
    List<String> shown =
        page.locator("table.designs tbody tr").all().stream()
            .map(row -> row.getAttribute("data-index"))
            .collect(Collectors.toList());
    assertEquals(sorted, shown.subList(0, 10));
    assertTrue(shown.size() < 60, shown.size() + " rows in the document");
    page.locator(".design-scroll").focus();
    page.keyboard().press("End");
    assertThat(page.locator("table.designs tbody tr[aria-selected='true']"))
        .hasAttribute("aria-rowindex", Integer.toString(DESIGNS + 1));
    page.keyboard().press("Home");
    assertThat(page.locator(".selection-panel h2")).hasText("#" + sorted.get(0));
    page.keyboard().press("Enter");
    assertThat(page.locator(".design-page h2").first()).hasText("Design #" + sorted.get(0));
  }

  @Test
  void columnsAreChosenAndKeptInTheAddress() {
    int before = page.locator("table.designs thead th").count();
    page.locator(".chooser summary").click();
    page.locator(".chooser label", new Page.LocatorOptions().setHasText("cell.device"))
        .locator("input")
        .uncheck();
    assertThat(page.locator("table.designs thead th")).hasCount(before - 1);
    assertThat(page).hasURL(Pattern.compile(".*table=.*"));
    page.locator(".chooser button").first().click();
    assertThat(page.locator("table.designs thead th")).hasCount(before);
  }

  @Test
  void representativesStandForAllMembersAndArePinnedWithNames() {
    Locator choice = page.locator("table.representatives tbody tr");
    assertThat(choice).hasCount(12);
    assertThat(choice.first().locator(".role").first()).hasText("knee");
    int members = run.front().size();
    int stands = 0;
    for (Locator row : choice.all()) {
      String like =
          row
              .locator("td.num", new Locator.LocatorOptions().setHasText("like this"))
              .allInnerTexts()
              .stream()
              .findFirst()
              .orElse("0");
      stands += 1 + Integer.parseInt(like.replaceFirst("(?s)^([0-9]+).*", "$1"));
    }
    assertEquals(members, stands);
    choice.nth(1).locator("button", new Locator.LocatorOptions().setHasText("Pin")).click();
    page.locator(".pin-chip input").fill("small");
    page.locator(".pin-chip input").press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*pins=[0-9]+~small.*"));
    assertThat(page.locator("table.designs .pin")).hasText("small");
  }

  @Test
  void marksOfSiliconStandInTheTableWhereAccountsAreKnown() {
    assertThat(page.locator("td.marks").first()).not().hasText("…");
    page.locator(".chooser summary").click();
    page.locator(".chooser label", new Page.LocatorOptions().setHasText("unfitted parts"))
        .locator("input")
        .check();
    assertThat(page.locator("table.designs thead th").last()).hasText("silicon");
    String index = page.locator("table.designs tr:has(.knee)").getAttribute("data-index");
    Locator row = page.locator("table.designs tr[data-index='" + index + "'] td").last();
    assertThat(row).hasText(Pattern.compile("fitted|[0-9]+ (unfitted|extrapolated).*"));
  }

  @Test
  void aBoundNarrowsTheChoice() {
    page.locator(".front-bound select").selectOption("area_mm2");
    double bound =
        run.front().stream()
            .mapToDouble(index -> run.values((int) (long) index)[1])
            .sorted()
            .skip(4)
            .findFirst()
            .getAsDouble();
    page.locator(".front-bound input").fill(Double.toString(bound));
    page.locator(".front-bound button[type='submit']").click();
    assertThat(page.locator("table.representatives tbody tr")).hasCount(5);
    assertThat(page.locator(".design-scroll")).hasAttribute("data-rows", "5");
    page.locator(".front-bound select").selectOption("energyEfficiency_TOPSperW");
    page.locator(".front-bound input").fill("1e9");
    page.locator(".front-bound button[type='submit']").click();
    assertThat(page.locator(".bound-chip")).hasCount(2);
    assertThat(page.locator(".design-scroll")).hasAttribute("data-rows", "0");
    page.locator(".bound-chip button").first().click();
    assertThat(page.locator(".bound-chip")).hasCount(1);
  }

  @Test
  void aTermIsExplainedOnFocusAndByThePointer() {
    page.locator("table.representatives .role", new Page.LocatorOptions().setHasText("knee"))
        .hover();
    assertThat(page.locator("#hint-box")).containsText("every direction costs most");
    page.keyboard().press("Escape");
    assertThat(page.locator("#hint-box")).isHidden();
  }
}
