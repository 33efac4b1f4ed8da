package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page over real runs, in the light, in the dark and on a phone: drawn without an error and
 * within the width of the screen. The pictures are in {@code target/screens}; {@code
 * -Dkirchhoff.rewrite=true} puts those that the documentation shows into it.
 */
@Tag("browser")
class ScreensIT {
  private static final Path SCREENS = Path.of("target", "screens");
  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  private static final boolean REWRITES = Boolean.getBoolean("kirchhoff.rewrite");

  /** More designs, and chips of members, where pictures are kept. */
  private static final int DESIGNS = REWRITES ? 3000 : 1000;

  private static final List<String> SIMULATED =
      REWRITES ? List.of("--simulations", "4") : List.of("--simulate", "0");
  private static final Duration SEARCH = Duration.ofMinutes(REWRITES ? 30 : 4);

  private static final int WIDE = 1440;
  private static final int PHONE = 390;
  private static final double PATIENCE_ms = 240_000;

  private Path data() {
    return folder.resolve("data");
  }

  /** Pages that the documentation shows, in the light. */
  private static final List<String> DOCUMENTED =
      List.of("runs", "explore", "prices", "design", "whatif", "compare-designs");

  @TempDir Path folder;
  private final List<String> complaints = new ArrayList<>();

  /** A page: its address, and what is there once it is drawn. */
  private record View(String address, String drawn) {}

  @Test
  void everyPageIsDrawnInTheLightInTheDarkAndOnAPhone() throws Exception {
    Path home = Path.of("").toAbsolutePath().getParent();
    String spec = home.resolve("examples/quickstart.yaml").toString();
    String first = explored(spec, "first", SIMULATED);
    String second =
        explored(
            spec, "two", List.of("--seed", "2", "--limit", "area <= 10 mm2", "--simulate", "0"));
    try (Program dashboard =
            Program.start(folder, SHORT, "dashboard", "--port", "0", "--data", data().toString());
        Chromium chromium = new Chromium()) {
      String address = dashboard.address();
      Map<String, View> views = views(address, first, second);
      List<Window> windows =
          List.of(
              window(chromium, address, WIDE, ColorScheme.LIGHT),
              window(chromium, address, WIDE, ColorScheme.DARK),
              window(chromium, address, PHONE, ColorScheme.LIGHT));
      for (Map.Entry<String, View> view : views.entrySet()) {
        shoot(windows, address, view.getKey(), view.getValue());
      }
    }
    assertEquals(List.of(), complaints, "what the browser complained about");
  }

  /** Runs a search to its end. */
  private String explored(String spec, String id, List<String> more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "explore",
                spec,
                "--budget",
                Integer.toString(DESIGNS),
                "--run-id",
                id,
                "--no-kafka",
                "--data",
                data().toString()));
    arguments.addAll(more);
    List<String> flags = REWRITES ? List.of() : SHORT; // chips are worth the second compiler
    try (Program explorer = Program.start(folder, flags, arguments.toArray(String[]::new))) {
      assertEquals(0, explorer.await(SEARCH), explorer.talk());
    }
    return id;
  }

  private static Map<String, View> views(String address, String first, String second)
      throws Exception {
    long knee = 0;
    long other = 0;
    for (var member : Program.get(address + "/api/runs/" + first).get("front")) {
      other = member.get("index").asLong();
      knee = member.has("knee") ? other : knee;
    }
    String run = "/runs/" + first;
    String design = run + "/designs/" + knee;
    Map<String, View> views = new LinkedHashMap<>();
    views.put("runs", new View("/", "tbody tr"));
    views.put("new", new View("/new", "textarea"));
    views.put("explore", new View(run + "?colour=side&design=" + knee, ".story-panel b"));
    views.put("design", new View(design, "#view h2"));
    views.put("cost", new View(design + "?tab=cost", "#view [role=tree]"));
    views.put("layers", new View(design + "?tab=layers", "#view h2"));
    views.put("chip", new View(design + "?tab=chip", "#view canvas"));
    views.put("whatif", new View(run + "/whatif?design=" + knee, "#view h2"));
    views.put("prices", new View(run + "/prices?p.sar.energy=0.5", ".price"));
    views.put("sweep", new View(run + "/sweep", "#view table"));
    String designs = "/compare?d=" + first + "~" + knee + "&d=" + first + "~" + other;
    views.put("compare-designs", new View(designs, "#view table"));
    views.put("compare-runs", new View("/compare?d=" + first + "&d=" + second, "#view svg"));
    views.put("validate", new View("/validate", "#view table"));
    return views;
  }

  /** A window, and the word of its pictures. */
  private record Window(String kind, Page page) {}

  private Window window(Chromium chromium, String address, int width, ColorScheme scheme) {
    String kind = width == PHONE ? "phone" : scheme.name().toLowerCase(Locale.ROOT);
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setColorScheme(scheme)
                    .setReducedMotion(ReducedMotion.REDUCE));
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_ms);
    page.onPageError(error -> complaints.add(kind + ": " + error));
    page.navigate(Program.visit(address + "/"));
    return new Window(kind, page);
  }

  /** Draws a page in all windows at once, so that their last frames share one wait. */
  private static void shoot(List<Window> windows, String address, String name, View view)
      throws IOException {
    for (Window window : windows) {
      window.page.navigate(address + view.address);
    }
    for (Window window : windows) {
      window.page.locator(view.drawn).first().waitFor();
      assertThat(window.page.locator("h1").first()).isVisible();
    }
    windows.get(0).page.waitForTimeout(600); // lets the last frame be drawn
    for (Window window : windows) {
      Object beyond =
          window.page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertEquals(0, ((Number) beyond).intValue(), window.kind + " " + name + ": pixels too wide");
      Path picture = SCREENS.resolve(name + "-" + window.kind + ".png");
      window.page.screenshot(new Page.ScreenshotOptions().setPath(picture));
      if (REWRITES && window.kind.equals("light") && DOCUMENTED.contains(name)) {
        Files.copy(
            picture, IMAGES.resolve("page-" + name + ".png"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
