package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitUntilState;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticExplainer;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Markup in names, values of knobs and addresses is text on every page: no element comes of it and
 * the browser, whose policy forbids scripts in the page, finds nothing to refuse.
 */
@Timeout(300)
@Tag("browser")
class MarkupIT {
  private static final String ID = "markup";
  private static final String MARK =
      "<img src=x onerror=\"window.owned=1\"><script>window.owned=1</script>";
  private static final double PATIENCE_MS = 60_000;

  @TempDir Path data;

  /** The header of a run with markup in its name, its network, and the first value of each knob. */
  private static EventEnvelope marked(EventEnvelope header) throws Exception {
    ObjectNode run = (ObjectNode) EventJson.mapper().readTree(EventJson.line(header)).get("data");
    run.put("name", MARK);
    ObjectNode spec = (ObjectNode) run.get("spec");
    spec.putObject("workload").put("network", MARK);
    spec.putObject("chip").putObject("technology").put("node", MARK);
    run.get("knobs").forEach(knob -> ((ArrayNode) knob.get("values")).set(0, MARK));
    return new EventEnvelope(
        header.type(),
        header.runId(),
        header.era(),
        header.seq(),
        header.time(),
        EventJson.data(header.type(), run));
  }

  /** Every entry of a view with markup as its key or value. */
  private static String view() {
    String mark = URLEncoder.encode(MARK, StandardCharsets.UTF_8);
    StringBuilder query = new StringBuilder("?design=3&pins=3~" + mark);
    for (String key :
        List.of("x", "y", "colour", "most", "tab", "columns", "table", "sort", "rows", "steps")) {
      query.append('&').append(key).append('=').append(mark);
    }
    query.append("&b.").append(mark).append("=1~2&l.").append(mark).append("=3&p.").append(mark);
    return query.append("=2").toString();
  }

  @Test
  void markupIsTextWhereverItStands() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    Runs runs = Runs.onDemand(Clock.systemUTC(), Runs.heapShare());
    SyntheticRun run = new SyntheticRun(ID, 4, 3000);
    List<String> complaints = new ArrayList<>();
    try (FileFeed feed = new FileFeed(data, runs);
        PageServer server =
            PageServer.start("127.0.0.1", 0, runs, Optional.of(new SyntheticExplainer()));
        DataDirectory writer = new DataDirectory(data, ID);
        Chromium chromium = new Chromium();
        BrowserContext context = chromium.browser().newContext()) {
      feed.start();
      writer.write(marked(run.header("running", "")));
      writer.write(run.step(600, true));
      Page page = context.newPage();
      page.onPageError(complaints::add);
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
              complaints.add(message.text());
            }
          });
      page.navigate(server.address());
      assertThat(page.locator("table.runs .spec a")).hasText(MARK);
      String address = "http://127.0.0.1:" + server.port();
      String encoded = URLEncoder.encode(MARK, StandardCharsets.UTF_8).replace("+", "%20");
      for (String path :
          List.of(
              "/",
              "/runs/" + ID,
              "/runs/" + ID + view(),
              "/runs/" + ID + "/designs/3" + view(),
              "/runs/" + ID + "/whatif" + view(),
              "/runs/" + ID + "/prices" + view(),
              "/runs/" + ID + "/sweep" + view(),
              "/runs/" + encoded,
              "/runs/" + encoded + "/designs/3",
              "/compare?d=" + ID + "~3&d=" + encoded + "~3&d=" + encoded,
              "/compare?d=" + ID + "&d=" + ID + "~5",
              "/new" + view(),
              "/validate" + view())) {
        page.navigate(
            address + path,
            new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        assertThat(page.locator("main h1, main h2, #run h1, #run h2").first()).isVisible();
        page.waitForTimeout(500); // lets what is asked of the server come
        nothingCameOfIt(page, path);
      }
      assertEquals(List.of(), complaints, "what the browser complained about");
      page.navigate(address + "/runs/" + ID + view());
      assertThat(page.locator("h1")).hasText(MARK);
      assertThat(page.locator(".explored")).containsText(MARK);
      page.navigate(address + "/runs/" + ID + "?rows=all");
      assertThat(page.locator("table.designs tbody").first()).containsText(MARK);
      nothingCameOfIt(page, "the table of all designs");
      page.navigate(address + "/runs/" + encoded);
      assertThat(page.locator("#run")).containsText("There is no run '" + MARK + "' here.");
    }
  }

  private static void nothingCameOfIt(Page page, String where) {
    assertNull(page.evaluate("() => window.owned ?? null"), where);
    Object elements =
        page.evaluate(
            "() => [...document.querySelectorAll('img:not(.brand img), [onerror], body script')]"
                + ".map((e) => e.outerHTML.slice(0, 120))");
    assertEquals(List.of(), elements, where);
  }
}
