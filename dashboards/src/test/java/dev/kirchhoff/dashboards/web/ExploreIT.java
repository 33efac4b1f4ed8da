package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticExplainer;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brushes, limits and links of the page of a run, against what the log says design by design. */
@Tag("browser")
class ExploreIT {
  private static final Path SCREENS = Path.of("target", "screens");
  private static final String ID = "20261124T231235Z-resnet18-reram-k3f9";
  private static final int DESIGNS = 6000;
  private static final SyntheticRun RUN = new SyntheticRun(ID, 7, DESIGNS);
  private static Chromium chromium;
  private static FileFeed feed;
  private static PageServer server;
  @TempDir static Path data;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    try (DataDirectory log = new DataDirectory(data, ID)) {
      log.write(RUN.header("running", ""));
      while (RUN.evaluated() < DESIGNS) {
        log.write(RUN.step(500, true));
      }
      log.write(RUN.header("finished", ""));
    }
    SyntheticRun old = new SyntheticRun("old", 7, 50);
    try (DataDirectory log = new DataDirectory(data, "old")) {
      log.write(old.header("running", "", "old", "0.0.9+000000000000"));
      log.write(old.step(50, true));
      log.write(old.header("finished", "", "old", "0.0.9+000000000000"));
    }
    Runs runs = Runs.onDemand(Clock.systemUTC(), Runs.heapShare());
    feed = new FileFeed(data, runs);
    feed.start();
    server = PageServer.start("127.0.0.1", 0, runs, Optional.of(new SyntheticExplainer()));
    chromium = new Chromium();
  }

  @AfterAll
  static void quit() {
    chromium.close();
    server.close();
    feed.close();
  }

  @BeforeEach
  void open() {
    open(1440, 900, ColorScheme.LIGHT);
    page.navigate(address("") + "?token=" + server.token());
    ready();
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
  }

  @AfterEach
  void stop() {
    context.close();
    assertEquals(List.of(), complaints, "what the browser complained about");
  }

  private static String address(String rest) {
    return "http://127.0.0.1:" + server.port() + "/runs/" + ID + rest;
  }

  private void ready() {
    assertThat(page.locator(".plot")).hasAttribute("data-points", Integer.toString(DESIGNS));
    assertThat(page.locator(".brush-sentence"))
        .containsText(count(i -> RUN.isFeasible(i)) + " designs");
  }

  /** Designs for which something holds, as the page prints counts. */
  private static String count(IntPredicate holds) {
    long n = IntStream.range(0, DESIGNS).filter(holds).count();
    return String.format(Locale.ROOT, "%,d", n);
  }

  private void brush(String axis, String from, String to) {
    page.locator(".brush-bar button", new Page.LocatorOptions().setHasText("Set a brush")).click();
    page.locator(".brush-form select").selectOption(axis);
    page.locator(".brush-form input[name='from']").fill(from);
    page.locator(".brush-form input[name='to']").fill(to);
    page.locator(".brush-form button[type='submit']").click();
  }

  /** Places of the page's own answer to a question, as a set of designs. */
  private TreeSet<Integer> designs(String expression) {
    TreeSet<Integer> found = new TreeSet<>();
    for (Object index :
        (List<?>)
            page.evaluate("import('/assets/store.js').then(({ store }) => " + expression + ")")) {
      found.add(((Number) index).intValue());
    }
    return found;
  }

  @Test
  void aBrushOnOneAxisNarrowsEveryView() {
    byte[] before = page.locator(".coordinates-panel canvas[role]").screenshot();
    brush("energyEfficiency_TOPSperW", "3", "6");
    IntPredicate inside = i -> RUN.values(i)[0] >= 3 && RUN.values(i)[0] <= 6;
    assertThat(page.locator(".brush-sentence"))
        .containsText(count(i -> RUN.isFeasible(i) && inside.test(i)) + " of ");
    long members = RUN.front().stream().filter(i -> inside.test(i.intValue())).count();
    assertThat(page.locator(".brush-sentence"))
        .containsText(members + " of " + RUN.front().size() + " on the front");
    assertThat(page.locator(".table-panel")).containsText(members + " designs inside the brush");
    byte[] after = page.locator(".coordinates-panel canvas[role]").screenshot();
    assertFalse(Arrays.equals(before, after), "the coordinates stayed as they were");
    brush("cell.device", "redox-taox-milo2021", "redox-taox-milo2021");
    String device = "redox-taox-milo2021";
    assertThat(page.locator(".brush-sentence"))
        .containsText(
            count(
                    i ->
                        RUN.isFeasible(i)
                            && inside.test(i)
                            && RUN.knob(i, "cell.device").equals(device))
                + " of ");
    page.locator(".brush-chip button").first().click();
    assertThat(page.locator(".brush-chip")).hasCount(1);
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve("explore-brushed.png")));
  }

  @Test
  void aRectangleInThePlotBrushesBothQuantities() {
    BoundingBox box = page.locator(".plot").boundingBox();
    page.mouse().move(box.x + 0.3 * box.width, box.y + 0.3 * box.height);
    page.mouse().down();
    page.mouse().move(box.x + 0.6 * box.width, box.y + 0.6 * box.height);
    page.mouse().up();
    assertThat(page.locator(".brush-chip")).hasCount(2);
    TreeSet<Integer> shown =
        designs("Array.from(store.data.index).filter((_, row) => store.shown[row])");
    List<?> ends =
        (List<?>)
            page.evaluate(
                "import('/assets/store.js').then(({ store }) => [...store.view.brush.values()].flat())");
    double[] end = ends.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    TreeSet<Integer> expected = new TreeSet<>();
    for (int i = 0; i < DESIGNS; i++) {
      double[] value = RUN.values(i);
      if (value[1] >= end[0] && value[1] <= end[1] && value[0] >= end[2] && value[0] <= end[3]) {
        expected.add(i);
      }
    }
    assertEquals(expected, shown);
    page.keyboard().press("x");
    assertThat(page.locator(".brush-chip")).hasCount(0);
  }

  @Test
  void aLinkRestoresTheView() {
    brush("energyEfficiency_TOPSperW", "2", "");
    page.locator("select[aria-label='Colour']").selectOption("pe.readout");
    page.locator("select[aria-label='To the right']").selectOption("design");
    long member = RUN.front().get(3);
    page.evaluate("i => import('/assets/store.js').then(m => m.select(i))", (int) member);
    page.locator(".selection-panel button", new Page.LocatorOptions().setHasText("Pin")).click();
    assertThat(page).hasURL(Pattern.compile(".*pins=" + member + ".*"));
    String link = page.url();
    String sentence = page.locator(".brush-sentence").innerText();
    page.navigate("about:blank");
    page.navigate(link);
    assertThat(page.locator(".plot")).hasAttribute("data-points", Integer.toString(DESIGNS));
    assertThat(page.locator(".brush-sentence")).hasText(sentence);
    assertThat(page.locator("select[aria-label='Colour']")).hasValue("pe.readout");
    assertThat(page.locator("select[aria-label='To the right']")).hasValue("design");
    assertThat(page.locator(".selection-panel h2")).hasText("#" + member);
    assertThat(page.locator(".selection-panel button[aria-pressed='true']")).hasText("Pin");
    assertThat(page.locator(".legend .key-class")).hasCount(3);
  }

  @Test
  void aLimitJudgesAllDesignsAgainAndGivesTheirFront() {
    page.locator("input[aria-label='snr limit']").fill("20");
    page.locator("input[aria-label='snr limit']").press("Tab");
    IntPredicate meets = i -> RUN.isFeasible(i) && (float) (RUN.snr(i) - 18) >= 2;
    assertThat(page.locator(".brush-sentence")).containsText(count(meets) + " designs");
    assertEquals(
        front(meets), designs("Array.from(store.members, (row) => store.data.index[row])"));
    assertThat(page.locator(".limits-panel .moved")).hasCount(1);
    assertThat(page.locator(".limit-trade")).containsText(count(meets) + " designs meet");
    assertThat(page).hasURL(Pattern.compile(".*l[.]slack[.]1=20.*"));
    page.locator(".limits-panel button", new Page.LocatorOptions().setHasText("As in the run"))
        .click();
    ready();
  }

  @Test
  void everyViewNamesALimitAsItIsSetUntilItIsTakenBackOnAnyPage() {
    page.locator("input[aria-label='snr limit']").fill("20");
    page.locator("input[aria-label='snr limit']").press("Tab");
    IntPredicate meets = i -> RUN.isFeasible(i) && (float) (RUN.snr(i) - 18) >= 2;
    assertThat(page.locator(".set-chip")).hasText(Pattern.compile("snr ≥ 20 dB.*"));
    assertThat(page.locator(".explored")).containsText("snr ≥ 20 dB");
    assertThat(page.locator(".run-head .sentence"))
        .containsText(front(meets).size() + " on the front as set here");
    assertThat(page.locator(".story-panel .panel-head")).containsText("under snr ≥ 20 dB");
    assertThat(page.locator(".story-panel [data-kind='limit']").first())
        .not()
        .containsText("snr ≥ 18");
    assertThat(page.locator(".infeasible-panel .panel-head"))
        .containsText(count(meets.negate()) + " of ");
    assertThat(page.locator(".infeasible-panel")).containsText("snr ≥ 20 dB");
    assertThat(page.locator(".infeasible-panel")).not().containsText("snr ≥ 18");
    page.locator(".tabs-line a", new Page.LocatorOptions().setHasText("Prices")).click();
    page.locator(".set-chip button").click();
    assertThat(page.locator(".set-chip")).hasCount(0);
    assertThat(page.locator(".explored")).containsText("snr ≥ 18 dB");
    assertThat(page).not().hasURL(Pattern.compile(".*l[.]slack.*"));
  }

  @Test
  void pricesOfARunOfAnotherModelAreASentence() {
    page.navigate("http://127.0.0.1:" + server.port() + "/runs/old/prices?p.sar.energy=0.5");
    assertThat(page.locator(".prices-panel"))
        .containsText(
            "No prices: This run was made by model 0.0.9+000000000000; installed is 0.1.0+ab12cd3.");
    assertThat(page.locator(".price")).hasCount(0);
    assertThat(page.locator(".priced-front tbody tr").first()).containsText("#");
  }

  /** Designs with odd rows have no converters, so that their efficiency stays as it was. */
  @Test
  void pricesMoveTheDesignsAndFrontOfACostThatIsComputedOnDemand() {
    page.navigate(address("/prices"));
    Locator factor = page.getByLabel("factor on energy, sar");
    factor.fill("0.5");
    factor.press("Enter");
    assertThat(page.locator(".set-chip")).containsText("sar energy × 0.5");
    assertThat(page.locator(".priced-front .panel-head")).containsText("as evaluated stay");
    String found =
        (String)
            page.evaluate(
                "async () => { const { store } = await import('/assets/store.js'); const {"
                    + " valuesOf } = await import('/assets/verdict.js');"
                    + " return [0, 1, 2, 3, 4, 5].map((i) => valuesOf(store, i)[0]).join(); }");
    String[] values = found.split(",");
    for (int i = 0; i < values.length; i++) {
      float[] costs = SyntheticExplainer.costs(RUN.knobs(i));
      double sar = Float.isNaN(costs[0]) ? 0 : costs[0];
      double before = RUN.values(i)[0];
      double expected = before * (sar + costs[1]) / (sar / 2 + costs[1]);
      assertEquals(expected, Double.parseDouble(values[i]), 1e-6 * expected, "design " + i);
    }
  }

  /** The front of the designs for which something holds, by comparing all pairs. */
  private static TreeSet<Integer> front(IntPredicate holds) {
    List<Integer> kept = IntStream.range(0, DESIGNS).filter(holds).boxed().toList();
    TreeSet<Integer> front = new TreeSet<>();
    for (int i : kept) {
      double[] a = RUN.values(i);
      boolean beaten = false;
      for (int j : kept) {
        double[] b = RUN.values(j);
        boolean equal = b[0] == a[0] && b[1] == a[1];
        beaten |= b[0] >= a[0] && b[1] <= a[1] && (!equal || j < i);
      }
      if (!beaten) {
        front.add(i);
      }
    }
    return front;
  }

  @Test
  void theFrontOfTheLogIsTheFrontOfThePage() {
    TreeSet<Integer> logged = new TreeSet<>();
    RUN.front().forEach(index -> logged.add(index.intValue()));
    assertEquals(logged, front(RUN::isFeasible));
    assertEquals(logged, designs("Array.from(store.members, (row) => store.data.index[row])"));
  }

  @Test
  void everyPartOfThePageIsReachedByKeys() {
    page.locator(".plot canvas[tabindex]").focus();
    page.keyboard().press("+");
    assertThat(page).hasURL(Pattern.compile(".*zoom=.*"));
    page.keyboard().press("0");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator(".selection-panel h2")).hasText("#" + first());
    page.keyboard().press("p");
    assertThat(page.locator(".selection-panel button[aria-pressed='true']")).hasText("Pin");
    page.keyboard().press("Escape");
    assertThat(page.locator(".selection-panel")).isHidden();
    page.locator("input[type='range']").first().focus();
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator(".limits-panel .moved")).hasCount(1);
  }

  /** Member of the front with the least of the first objective, where the walk begins. */
  private static long first() {
    return RUN.front().stream()
        .min((a, b) -> Double.compare(RUN.values(a.intValue())[0], RUN.values(b.intValue())[0]))
        .orElseThrow();
  }
}
