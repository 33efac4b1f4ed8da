package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticExplainer;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page without serious findings of axe, light and dark, and its ways by keyboard alone. */
@Tag("browser")
class AccessibilityIT {
  private static final String ID = "20261124T231235Z-resnet18-reram-k3f9";

  /** Findings of impact "serious" and "critical", with the first element of each. */
  static final String FINDINGS =
      "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
          + ".filter(v => ['serious', 'critical'].includes(v.impact))"
          + ".map(v => v.id + ' (' + v.nodes.length + '): ' + v.nodes[0].target + ' '"
          + " + v.nodes[0].failureSummary)";

  @TempDir static Path data;
  private static Chromium chromium;
  private static SyntheticRun run;
  private static FileFeed feed;
  private static PageServer server;

  @BeforeAll
  static void start() throws IOException {
    chromium = new Chromium();
    run = new SyntheticRun(ID, 1, 3000);
    try (DataDirectory writer = new DataDirectory(data, ID)) {
      writer.write(run.header("running", ""));
      writer.write(run.step(1000, true));
      writer.write(run.front().stream().map(run::simulated).toList());
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

  private static Page open(BrowserContext context, String path) {
    Page page = context.newPage();
    page.navigate(server.address());
    page.navigate("http://127.0.0.1:" + server.port() + path);
    return page;
  }

  private static BrowserContext context(ColorScheme scheme) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(scheme));
  }

  private static String axe() throws IOException {
    try (InputStream in = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> findings(Page page, String where) {
    List<String> findings = new ArrayList<>();
    for (Object finding : (List<?>) page.evaluate(FINDINGS)) {
      findings.add(where + " " + finding);
    }
    return findings;
  }

  @Test
  void noPageHasSeriousFindingsInLightAndDark() throws IOException {
    String script = axe();
    long member = run.front().get(1);
    long other = run.front().get(3);
    List<String> pages =
        List.of(
            "/",
            "/runs/" + ID + "?design=" + member + "&pins=" + other + "~small",
            "/runs/" + ID + "?b.cell.bits=0~1&colour=cell.bits&infeasible=1&l.slack.0=55",
            "/runs/" + ID + "/designs/" + member,
            "/runs/" + ID + "/prices",
            "/runs/" + ID + "/whatif?design=" + member,
            "/validate",
            "/new",
            "/compare?d=" + ID + "~" + member + "&d=" + ID + "~" + other);
    List<String> findings = new ArrayList<>();
    // A page in both at once, so that they share one wait.
    try (BrowserContext light = context(ColorScheme.LIGHT);
        BrowserContext dark = context(ColorScheme.DARK)) {
      for (String path : pages) {
        Map<ColorScheme, Page> opened = new EnumMap<>(ColorScheme.class);
        opened.put(ColorScheme.LIGHT, open(light, path));
        opened.put(ColorScheme.DARK, open(dark, path));
        opened.values().forEach(p -> assertThat(p.locator("main")).not().containsText("Loading"));
        opened.get(ColorScheme.LIGHT).waitForTimeout(700); // the story is told after the first
        opened.forEach(
            (scheme, page) -> {
              page.evaluate(script);
              findings.addAll(findings(page, scheme + " " + path));
              if (path.equals("/")) {
                page.keyboard().press("?");
                assertThat(page.locator("dialog.help")).isVisible();
                page.keyboard().press("Tab");
                findings.addAll(findings(page, scheme + " help"));
              }
              page.close();
            });
      }
    }
    assertEquals("", String.join("\n", findings));
  }

  @Test
  void helpListsTheKeysAndExplainsWords() {
    try (BrowserContext context = context(ColorScheme.LIGHT)) {
      Page page = open(context, "/runs/" + ID);
      assertThat(page.locator(".plot")).hasAttribute("data-points", "1000");
      page.keyboard().press("/");
      assertThat(page.locator("#help-search")).isFocused();
      page.keyboard().type("knee");
      assertThat(page.locator(".glossary-list dt").first()).hasText("knee");
      page.locator("#help-search").fill("#" + run.front().get(2));
      page.keyboard().press("Enter");
      assertThat(page.locator("dialog.help")).isHidden();
      assertThat(page.locator(".selection-panel h2")).hasText("#" + run.front().get(2));
      page.keyboard().press("?");
      assertThat(page.locator("dialog.help")).containsText("neighbour along the front");
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog.help")).isHidden();
    }
  }
}
