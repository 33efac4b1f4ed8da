package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what a user of the page waits for, in the headless browser over real runs; prints it and
 * asserts no time. Run by {@code scripts/page-speed}, never by a build.
 */
class PageSpeed {
  private static final int REPEATS = 5;
  private static final int FRAMES = 40;
  private static final String SPEC = "examples/bench/resnet18-12db.yaml";

  @TempDir Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  /** Frames of a change of the view: from the change to the end of the frame that draws it. */
  private static final String FRAMES_OF =
      "async ([count, code]) => {"
          + " const { store, change } = await import('/assets/store.js');"
          + " const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
          + " const first = store.axes.find((axis) => axis.objective === 0);"
          + " const part = store.header.costs?.columns[0].key.split('.').at(-1);"
          + " const acts = {"
          + "   brush: (i) => change({ brush: new Map([[first.key, [1 + i / 10, 6 + i / 10]]]) }),"
          + "   limit: (i) => change({ limits: new Map([['slack.1', 12 + i / 10]]) }),"
          + "   price: (i) => change({ prices: new Map([[part + '.energy', 0.1 + i / 10]]) }),"
          + "   nothing: () => {},"
          + " };"
          + " acts[code](0); await new Promise((done) => setTimeout(done, 1500));"
          + " const times = [];"
          + " for (let i = 0; i < count; i++) {"
          + "   const from = performance.now(); acts[code](i); await frame();"
          + "   times.push(performance.now() - from); }"
          + " change({ brush: new Map(), limits: new Map(), prices: new Map() });"
          + " await new Promise((done) => setTimeout(done, 500));"
          + " return times; }";

  /** Time from the start of the navigation to the end of the frame with all points. */
  private static final String PAINTED =
      "async (points) => { for (;;) {"
          + " if (document.querySelector('.plot')?.dataset.points === String(points)) {"
          + "   await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
          + "   return performance.now(); }"
          + " await new Promise((done) => setTimeout(done, 2)); } }";

  @Test
  void ofARunOfAHundredThousandDesigns() throws Exception {
    measure(100_000, "optaplanner");
  }

  @Test
  void ofARunOfAMillionDesigns() throws Exception {
    measure(1_000_000, "random");
  }

  private void measure(int designs, String engine) throws Exception {
    List<String> heap = List.of("-Xmx3g");
    Path home = Path.of("").toAbsolutePath().getParent();
    try (Program explorer =
        Program.start(
            folder,
            heap,
            "explore",
            home.resolve(SPEC).toString(),
            "--budget",
            Integer.toString(designs),
            "--engine",
            engine,
            "--seed",
            "1",
            "--no-kafka",
            "--data",
            data().toString())) {
      explorer.await();
    }
    String run;
    try (var runs = Files.list(data().resolve("runs"))) {
      run = runs.findFirst().orElseThrow().getFileName().toString();
    }
    try (Program dashboard =
            Program.start(folder, heap, "dashboard", "--port", "0", "--data", data().toString());
        Chromium chromium = new Chromium();
        BrowserContext context =
            chromium
                .browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))) {
      Page page = context.newPage();
      page.setDefaultTimeout(120_000);
      String address = dashboard.address() + "/runs/" + run;
      page.navigate(Program.visit(address));
      page.waitForFunction(
          "n => document.querySelector('.plot')?.dataset.points === String(n)", designs);
      List<Double> paints = new ArrayList<>();
      for (int k = 0; k < REPEATS; k++) {
        page.navigate("about:blank");
        page.navigate(address);
        paints.add(((Number) page.evaluate(PAINTED, designs)).doubleValue());
      }
      page.waitForTimeout(3000);
      print(designs, "first paint with all points", paints);
      frames(page, designs, "a frame of nothing", "nothing");
      frames(page, designs, "brush, all views drawn", "brush");
      frames(page, designs, "limit dragged, all views drawn", "limit");
      long begin = System.nanoTime();
      page.navigate(address + "/prices");
      page.waitForSelector(".price", new Page.WaitForSelectorOptions().setTimeout(900_000));
      print(designs, "prices opened", List.of((System.nanoTime() - begin) * 1e-6));
      page.evaluate(PAINTED, designs);
      page.waitForTimeout(3000);
      frames(page, designs, "price dragged, cloud and front", "price");
      whatIf(page, designs, run);
      Object heapOfPage = page.evaluate("performance.memory?.usedJSHeapSize / 1e6");
      System.out.printf(Locale.ROOT, "%,9d  heap of the page %s MB%n", designs, heapOfPage);
    }
  }

  /** Figures of a design with one knob at another value, asked as the page asks for them. */
  private static void whatIf(Page page, int designs, String run) {
    List<?> found =
        (List<?>)
            page.evaluate(
                "async (run) => {"
                    + " const { store } = await import('/assets/store.js');"
                    + " const { knobs } = store.header;"
                    + " const at = '/api/runs/' + run + '/designs/' + store.front[0].index + '/what-if?knob=';"
                    + " const times = [];"
                    + " for (let i = 0; i < 120; i++) {"
                    + "   const k = i % knobs.length, from = performance.now();"
                    + "   await (await fetch(at + k + ':' + ((i * 7) % knobs[k].values.length))).json();"
                    + "   if (i >= 20) times.push(performance.now() - from); }"
                    + " return times; }",
                run);
    List<Double> times = new ArrayList<>();
    found.forEach(time -> times.add(((Number) time).doubleValue()));
    print(designs, "what-if of a knob, answered", times);
  }

  /**
   * Time from the writing of designs to the end of the frame that has them, while a run goes on.
   */
  @Test
  void ofALiveRun() throws Exception {
    int budget = 150_000;
    Path home = Path.of("").toAbsolutePath().getParent();
    try (Program dashboard =
            Program.start(
                folder, List.of(), "dashboard", "--port", "0", "--data", data().toString());
        Chromium chromium = new Chromium();
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.setDefaultTimeout(120_000);
      String address = dashboard.address();
      page.navigate(Program.visit(address + "/"));
      try (Program explorer =
          Program.start(
              folder,
              List.of(),
              "explore",
              home.resolve(SPEC).toString(),
              "--budget",
              Integer.toString(budget),
              "--seed",
              "1",
              "--run-id",
              "live",
              "--no-kafka",
              "--data",
              data().toString())) {
        page.navigate(address + "/runs/live");
        List<?> seen =
            (List<?>)
                page.evaluate(
                    "async (budget) => { const seen = []; let last = -1;"
                        + " for (;;) {"
                        + "   await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
                        + "   const n = Number(document.querySelector('.plot')?.dataset.points ?? 0);"
                        + "   if (n > last) { seen.push([Date.now(), n]); last = n; }"
                        + "   if (n >= budget) return seen; } }",
                    budget);
        explorer.await();
        print(budget, "design written to drawn", lags(seen));
      }
    }
  }

  private List<Double> lags(List<?> seen) throws Exception {
    List<Double> lags = new ArrayList<>();
    int at = 0;
    for (String line : Files.readAllLines(data().resolve("runs/live/log.jsonl"))) {
      JsonNode event = EventJson.mapper().readTree(line);
      if (!event.get("type").asText().equals(RunEvent.Evaluations.TYPE)) {
        continue;
      }
      long end = event.at("/data/first").asLong() + event.at("/data/count").asLong();
      while (((Number) ((List<?>) seen.get(at)).get(1)).longValue() < end) {
        at++;
      }
      long drawn = ((Number) ((List<?>) seen.get(at)).get(0)).longValue();
      lags.add((double) drawn - Instant.parse(event.get("time").asText()).toEpochMilli());
    }
    return lags;
  }

  private static void frames(Page page, int designs, String what, String act) {
    List<Double> times = new ArrayList<>();
    for (int k = 0; k < REPEATS; k++) {
      List<?> found = (List<?>) page.evaluate(FRAMES_OF, List.of(FRAMES, act));
      found.forEach(time -> times.add(((Number) time).doubleValue()));
    }
    print(designs, what, times);
  }

  private static void print(int designs, String what, List<Double> times) {
    double[] sorted = times.stream().mapToDouble(time -> time).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%,9d  %-32s median %6.0f  p95 %6.0f  of %d, ms; load %.1f%n",
        designs,
        what,
        sorted[sorted.length / 2],
        sorted[Math.min(sorted.length - 1, (int) (0.95 * sorted.length))],
        DoubleStream.of(sorted).count(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
