package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dashboards.SyntheticExplainer;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FeedListener.LogState;
import dev.kirchhoff.dashboards.feed.FeedListener.Origin;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageServerTest {
  private final Runs runs = new Runs(Clock.systemUTC());
  private final SyntheticRun run = new SyntheticRun("R", 5, 6000);
  private final SyntheticExplainer model = new SyntheticExplainer();
  private PageServer server;

  private void start(boolean withModel) throws IOException {
    server =
        PageServer.start("127.0.0.1", 0, runs, withModel ? Optional.of(model) : Optional.empty());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void publish(List<EventEnvelope> events) {
    events.forEach(e -> runs.event(e, Origin.FILE, System.currentTimeMillis()));
  }

  private HttpURLConnection open(String path) throws IOException {
    HttpURLConnection connection = anonymous(path);
    connection.setRequestProperty("Authorization", "Bearer " + server.token());
    return connection;
  }

  /** A request of somebody who does not have the token, another user of the machine say. */
  private HttpURLConnection anonymous(String path) throws IOException {
    URL url = URI.create("http://127.0.0.1:" + server.port() + path).toURL();
    return (HttpURLConnection) url.openConnection();
  }

  private JsonNode get(String path) throws IOException {
    HttpURLConnection connection = open(path);
    int status = connection.getResponseCode();
    try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return EventJson.mapper().readTree(in);
    }
  }

  private ReadColumns columns(String id, String names, long since) throws IOException {
    String query = "/columns?names=" + names + (since > 0 ? "&since=" + since : "");
    try (InputStream in = open("/api/runs/" + id + query).getInputStream()) {
      return ReadColumns.of(in.readAllBytes());
    }
  }

  @Test
  void anEmptyDirectoryIsAnEmptyList() throws IOException {
    start(false);
    assertEquals(0, get("/api/runs").get("runs").size());
    assertEquals(404, open("/api/runs/R").getResponseCode());
    assertEquals(Metric.values().length, get("/api/metrics").size());
    assertEquals("throughput_TOPS", get("/api/metrics").get(0).get("key").asText());
    assertEquals(404, open("/api/runs/R/designs/x").getResponseCode());
    assertTrue(get("/api/runs/R").get("error").asText().contains("R"));
  }

  @Test
  void thePageNamesItsModulesOnceEach() throws IOException {
    start(false);
    String page;
    try (InputStream in = open("/").getInputStream()) {
      page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Set<String> modules = new StaticFiles().modules().keySet();
    assertTrue(modules.containsAll(Set.of("main.js", "plot.js", "preact/preact.module.js")));
    for (String module : modules) {
      String link = "<link rel=\"modulepreload\" href=\"/assets/" + module + "\">";
      assertEquals(2, page.split(Pattern.quote(link), -1).length, module);
      assertEquals(200, open("/assets/" + module).getResponseCode(), module);
    }
  }

  @Test
  void columnsAreNotCompressedForAReaderOnTheMachine() throws IOException {
    publish(List.of(run.header("running", "")));
    publish(run.step(50, true));
    start(false);
    HttpURLConnection near = open("/api/runs/R/columns?names=objectives");
    near.setRequestProperty("Accept-Encoding", "gzip");
    assertEquals(200, near.getResponseCode());
    assertNull(near.getHeaderField("Content-Encoding"));
  }

  @Test
  void pointsAndFrontAreThoseOfTheLog() throws IOException {
    publish(List.of(run.header("running", "")));
    publish(run.step(700, true));
    start(false);
    ReadColumns designs = columns("R", "objectives,knobs,missed", 0);
    assertEquals(700, designs.rows());
    assertTrue(designs.head().get("whole").asBoolean());
    double[] index = designs.column("index");
    for (int i = 0; i < 700; i++) {
      double[] logged = run.values((int) index[i]);
      assertEquals(logged[0], designs.column("objective.0")[i]);
      assertEquals(logged[1], designs.column("objective.1")[i]);
    }
    JsonNode design = get("/api/runs/R/designs/17");
    for (int k = 0; k < design.get("knobs").size(); k++) {
      int ordinal = design.get("knobs").get(k).get("ordinal").asInt();
      assertEquals(ordinal, (int) designs.column("knob." + k)[17]);
    }
    int feasible = (int) DoubleStream.of(designs.column("missed")).filter(m -> m == 0).count();
    assertEquals(get("/api/runs/R").at("/run/feasible").asInt(), feasible);
    JsonNode found = get("/api/runs/R");
    assertEquals(run.front().size(), found.get("front").size());
    assertEquals("running", found.get("run").get("state").asText());
    runs.log("R", LogState.FREE);
    assertEquals("interrupted", get("/api/runs").get("runs").get(0).get("state").asText());
  }

  private Map<String, Double> metrics() throws IOException {
    HttpURLConnection connection = open("/metrics");
    assertEquals(200, connection.getResponseCode());
    assertTrue(connection.getContentType().startsWith("text/plain; version=0.0.4"));
    String text = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, Double> samples = new TreeMap<>();
    for (String line : text.split("\n")) {
      if (!line.startsWith("#")) {
        assertTrue(line.matches("[a-z_]+(\\{run=\"[^\"]*\"})? [-+0-9.eE]+"), line);
        int space = line.lastIndexOf(' ');
        samples.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
      }
    }
    return samples;
  }

  @Test
  void metricsOfAllRunsAreServedForPrometheus() throws IOException {
    start(false);
    assertEquals(0, metrics().get("kirchhoff_runs"));
    publish(List.of(run.header("running", "")));
    publish(run.step(700, true));
    Map<String, Double> samples = metrics();
    assertEquals(700, samples.get("kirchhoff_evaluated_designs_total{run=\"R\"}"));
    assertEquals(run.front().size(), samples.get("kirchhoff_front_members{run=\"R\"}"));
    assertEquals(1, samples.get("kirchhoff_run_running{run=\"R\"}"));
    assertTrue(samples.get("kirchhoff_heap_bytes") > 0);
    runs.damaged("R", "log.jsonl:3", "changed");
    runs.broken("somewhere", "why");
    samples = metrics();
    assertEquals(1, samples.get("kirchhoff_damaged_runs"));
    assertEquals(1, samples.get("kirchhoff_broken_messages_total"));
    assertEquals(0, samples.get("kirchhoff_run_running{run=\"R\"}"));
  }

  @Test
  void aDamagedRunIsShownWithItsLineAndNothingElseOfItAndTheOthersAreServed() throws IOException {
    publish(List.of(run.header("running", "")));
    publish(run.step(700, true));
    SyntheticRun other = new SyntheticRun("S", 2, 1000);
    publish(List.of(other.header("running", "")));
    publish(other.step(100, true));
    start(false);
    runs.damaged("R", "R/log.jsonl:7", "the line was changed");
    publish(run.step(100, true));
    JsonNode found = get("/api/runs/R");
    assertEquals("damaged", found.at("/run/state").asText());
    assertEquals("R/log.jsonl:7: the line was changed", found.at("/run/reason").asText());
    assertEquals(0, found.at("/run/evaluated").asInt());
    assertEquals(0, found.get("front").size());
    assertEquals(0, columns("R", "objectives", 0).rows());
    assertEquals("running", get("/api/runs/S").at("/run/state").asText());
    assertEquals(100, get("/api/runs/S").at("/run/evaluated").asInt());
    runs.mended("R");
    runs.log("R", LogState.HELD);
    publish(List.of(run.header("running", "")));
    assertEquals("running", get("/api/runs/R").at("/run/state").asText());
  }

  @Test
  void simulatedAccuracyIsReportedWithTheFrontTheRunAndTheDesign() throws IOException {
    publish(List.of(run.header("running", "")));
    publish(run.step(700, true));
    start(false);
    assertFalse(get("/api/runs/R").get("run").has("estimateError"));
    List<Long> members = run.front().subList(0, 3);
    publish(run.front().stream().map(run::unsimulated).toList());
    publish(members.stream().map(run::simulated).toList());
    JsonNode found = get("/api/runs/R");
    int known = 0;
    for (JsonNode member : found.get("front")) {
      assertEquals(members.contains(member.get("index").asLong()), member.has("accuracy"));
      known += member.has("accuracy") ? 1 : 0;
    }
    assertEquals(3, known);
    assertEquals(3, found.at("/run/estimateError/designs").asInt());
    assertEquals("agreement", found.at("/run/estimateError/metric").asText());
    assertTrue(found.at("/run/excluded").isEmpty());
    JsonNode accuracy = get("/api/runs/R/designs/" + members.get(0)).get("accuracy");
    assertEquals(200, accuracy.get("samples").asInt());
    assertTrue(accuracy.at("/loss/low").asDouble() < accuracy.at("/loss/high").asDouble());
    long other = run.front().get(3);
    assertFalse(get("/api/runs/R/designs/" + other).has("accuracy"));
    publish(List.of(run.excluded(members.get(1), "snr >= 18 dB"), run.excluded(other, null)));
    JsonNode excluded = get("/api/runs/R").at("/run/excluded");
    assertEquals(members.get(1), excluded.at("/0/index").asLong());
    assertEquals("snr >= 18 dB", excluded.at("/0/missed").asText());
    assertEquals(200, excluded.at("/0/accuracy/samples").asInt());
    assertEquals(other, excluded.at("/1/index").asLong());
    assertFalse(excluded.at("/1").has("missed"));
  }

  @Test
  void aDesignWithoutAModelStatesTheReasonForMissingDetails() throws IOException {
    publish(List.of(run.header("running", "")));
    publish(run.step(50, true));
    start(false);
    JsonNode design = get("/api/runs/R/designs/7");
    assertTrue(design.get("details").isNull());
    assertTrue(design.get("detailsMissing").asText().contains("No model"));
    assertEquals("crossbar.rows", design.get("knobs").get(0).get("path").asText());
  }

  @Test
  void recordedFiguresOfAllDesignsAreThirtyTwoBitColumns() throws IOException {
    publish(List.of(run.header("running", "")));
    publish(run.step(1500, true));
    start(false);
    JsonNode recorded = get("/api/runs/R").at("/header/recorded");
    assertEquals("area_mm2", recorded.at("/metrics/0/key").asText());
    ReadColumns columns = columns("R", "area_mm2,slack.0,nothing", 0);
    assertEquals(1500, columns.rows());
    assertEquals(3, columns.head().get("columns").size(), "index and the two that there are");
    double[] areas = columns.column("area_mm2");
    double[] slacks = columns.column("slack.0");
    int missed = 0;
    for (int i = 0; i < 1500; i++) {
      assertEquals((float) run.values(i)[1], (float) areas[i]);
      JsonNode design = i % 100 == 0 ? get("/api/runs/R/designs/" + i) : null;
      if (design != null) {
        assertEquals(areas[i], design.at("/figures/area_mm2").doubleValue(), 1e-6 * areas[i]);
        assertEquals(Double.isNaN(slacks[i]), !design.get("figures").has("slack.0"));
      }
      missed += slacks[i] < 0 ? 1 : 0;
    }
    assertEquals(get("/api/runs/R").at("/run/missed/0").asInt(), missed);
  }

  private void equalCosts(ReadColumns columns, long kept) throws IOException {
    double[] index = columns.column("index");
    assertEquals(kept, index.length);
    for (int i = 0; i < index.length; i++) {
      int[] knobs = run.knobs((int) index[i]);
      float[] expected = SyntheticExplainer.costs(knobs);
      assertEquals(expected[0], (float) columns.column("parts.energy_uJ.sar")[i]);
      assertEquals(expected[2], (float) columns.column("parts.area_mm2.fixed")[i]);
    }
  }

  @Test
  void costsAreComputedOnceAskedForAndThoseOfLaterDesignsWhenNextAsked() throws IOException {
    publish(List.of(run.header("running", "")));
    publish(run.step(900, true));
    start(true);
    columns("R", "objectives,metrics,slacks", 0);
    assertEquals(0, model.priced(), "nobody asked");
    long before = runs.bytes();
    ReadColumns first = columns("R", "parts", 0);
    equalCosts(first, 900);
    assertEquals(4, first.head().get("columns").size(), "index and three terms");
    assertEquals(900, model.priced());
    assertTrue(runs.bytes() >= before + 900 * 3 * Float.BYTES, runs.bytes() + " bytes");
    assertEquals(900, columns("R", "parts.energy_uJ.sar", 0).rows());
    assertEquals(900, model.priced(), "costs are kept");
    publish(run.step(100, true));
    assertEquals(1000, columns("R", "objectives", 0).rows());
    assertEquals(900, model.priced());
    equalCosts(columns("R", "parts", first.head().get("position").asLong()), 100);
    assertEquals(1000, model.priced());
    JsonNode state = get("/api/runs/R/costs");
    assertEquals("parts.energy_uJ.fixed", state.at("/columns/1/key").asText());
    assertEquals(1000, state.get("kept").asInt());
    assertEquals(0, state.get("unpriced").asInt());
    assertFalse(state.has("refusal"));
    assertEquals(404, open("/api/runs/S/costs").getResponseCode());
  }

  @Test
  void aRunOfAnotherModelOrWithoutAnyHasNoCostsAndSaysSo() throws IOException {
    publish(List.of(run.header("finished", "", "old", "0.0.9+000000000000")));
    publish(run.step(50, true));
    start(true);
    JsonNode state = get("/api/runs/R/costs");
    assertTrue(state.get("refusal").asText().contains("0.0.9+000000000000"), state.toString());
    assertEquals(1, columns("R", "parts", 0).head().get("columns").size());
    assertEquals(50, columns("R", "parts,objectives", 0).rows());
    server.close();
    start(false);
    assertTrue(get("/api/runs/R/costs").get("refusal").asText().contains("no model"));
  }

  @Test
  void aDesignWithAModelHasItsTreesAndTheyAddUp() throws IOException {
    publish(List.of(run.header("running", "")));
    publish(run.step(50, true));
    start(true);
    JsonNode details = get("/api/runs/R/designs/7").get("details");
    for (JsonNode tree : details.get("trees")) {
      double sum = 0;
      for (JsonNode part : tree.get("parts")) {
        sum += part.get("value").asDouble();
      }
      assertEquals(tree.get("value").asDouble(), sum, 1e-9 * sum);
    }
    assertEquals(21, details.get("layers").size());
  }

  @Test
  void aForeignHostNameIsRefusedAndFilesOutsideThePageAreNotThere() throws IOException {
    start(false);
    assertEquals(200, open("/").getResponseCode());
    assertEquals(200, open("/assets/uplot/uPlot.esm.js").getResponseCode());
    assertTrue(open("/assets/..%2f..%2fx.js").getResponseCode() >= 400);
    assertEquals(404, open("/assets/nothing.js").getResponseCode());
    assertNotNull(open("/").getHeaderField("Content-Security-Policy"));
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes());
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    }
  }

  @Test
  void everyAddressAsksForTheTokenAndThenForTheCookie() throws IOException {
    for (String bind : List.of("127.0.0.1", "0.0.0.0")) {
      server = PageServer.start(bind, 0, runs, Optional.empty());
      for (String path : List.of("/", "/runs/R", "/api/runs", "/api/events", "/assets/main.js")) {
        HttpURLConnection refused = anonymous(path);
        assertEquals(403, refused.getResponseCode(), bind + path);
        String told = new String(refused.getErrorStream().readAllBytes());
        String sentence =
            "Open the address that the dashboard printed when it started; it has the token.";
        boolean isApi = path.startsWith("/api/");
        assertEquals(isApi ? "{\"error\":\"" + sentence + "\"}" : sentence, told);
      }
      assertEquals(403, anonymous("/?token=guess").getResponseCode());
      HttpURLConnection first = anonymous("/?" + URI.create(server.address()).getRawQuery());
      first.setInstanceFollowRedirects(false);
      assertEquals(302, first.getResponseCode());
      String cookie = first.getHeaderField("Set-Cookie").split(";")[0];
      assertTrue(cookie.startsWith("kirchhoff_token_" + server.port() + "="), cookie);
      HttpURLConnection second = anonymous("/api/runs");
      second.setRequestProperty("Cookie", cookie);
      assertEquals(200, second.getResponseCode());
      server.close();
    }
  }

  @Test
  void aLinkWithTheTokenKeepsItsViewAndItsServer() throws IOException {
    start(false);
    for (var expected :
        Map.of(
                "/runs/R?colour=pe.readout&",
                "/runs/R?colour=pe.readout",
                "//other.example/?",
                "/other.example/")
            .entrySet()) {
      HttpURLConnection link = anonymous(expected.getKey() + "token=" + server.token());
      link.setInstanceFollowRedirects(false);
      assertEquals(302, link.getResponseCode());
      assertEquals(expected.getValue(), link.getHeaderField("Location"));
    }
  }

  @Test
  void aTokenIsTakenFromTheParentAndAShortOneRefused() throws IOException {
    Optional<String> given = Optional.of("0123456789abcdef");
    server = PageServer.start("127.0.0.1", 0, runs, Optional.empty(), Workbench.EMPTY, given);
    assertTrue(server.address().endsWith("/?token=0123456789abcdef"), server.address());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PageServer.start(
                "127.0.0.1", 0, runs, Optional.empty(), Workbench.EMPTY, Optional.of("short")));
  }

  @Test
  void aRequestOfAForeignPageIsRefused() throws IOException {
    start(false);
    String token = server.token();
    String request =
        "GET /api/runs HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: %s\r\n"
            + "Authorization: Bearer %s\r\nConnection: close\r\n\r\n";
    for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1")) {
      assertTrue(answer(request.formatted(server.port(), origin, token)).contains(" 403 "), origin);
    }
    String own = "http://127.0.0.1:" + server.port();
    assertTrue(answer(request.formatted(server.port(), own, token)).contains(" 200 "));
  }

  private String answer(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * A browser's side of the stream: keeps the last id, and every design that it was ever given; it
   * asks for the designs after those that it has when it is told that there are some.
   */
  private final class Browser {
    final Map<Long, Double> designs = new TreeMap<>();
    String lastId = "";
    long position;
    int repeats;
    int snapshots;

    void take(String event, JsonNode data) throws IOException {
      boolean isFirst = event.equals("snapshot");
      snapshots += isFirst ? 1 : 0;
      if (!isFirst && !data.path("designs").asBoolean()) {
        return;
      }
      ReadColumns fresh = columns("R", "objectives", position);
      assertEquals(position == 0, fresh.head().get("whole").asBoolean());
      position = fresh.head().get("position").asLong();
      double[] index = fresh.column("index");
      for (int i = 0; i < index.length; i++) {
        Double before = designs.put((long) index[i], fresh.column("objective.1")[i]);
        repeats += before == null ? 0 : 1;
      }
    }
  }

  @Test
  void aStreamThatIsKilledTwentyTimesEndsWithTheSameSetAndNoRepeats() throws Exception {
    publish(List.of(run.header("running", "")));
    start(false);
    Thread writer =
        new Thread(
            () -> {
              while (run.evaluated() < 5000) {
                publish(run.step(1, run.evaluated() % 50 == 49));
                if (run.evaluated() % 5 == 0) {
                  LockSupport.parkNanos(2_000_000);
                }
              }
            });
    Browser browser = new Browser();
    int kills = 0;
    while (kills < 20 || browser.designs.size() < 5000) {
      HttpURLConnection stream = open("/api/events?run=R");
      if (!browser.lastId.isEmpty()) {
        stream.setRequestProperty("Last-Event-ID", browser.lastId);
      }
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
        int frames = 0;
        String id = "";
        String event = "";
        while (frames < 1 + kills % 3) {
          String line = in.readLine();
          if (line.startsWith("id: ")) {
            id = line.substring(4);
          } else if (line.startsWith("event: ")) {
            event = line.substring(7);
          } else if (line.startsWith("data: ")) {
            browser.take(event, EventJson.mapper().readTree(line.substring(6)));
            browser.lastId = id;
            frames++;
            if (kills == 0 && frames == 1) {
              writer.start();
            }
          }
        }
      }
      stream.disconnect();
      kills++;
    }
    writer.join();
    assertEquals(5000, browser.designs.size());
    assertEquals(0, browser.repeats);
    assertEquals(1, browser.snapshots);
    for (int i = 0; i < 5000; i++) {
      assertEquals(run.values(i)[1], browser.designs.get((long) i));
    }
  }

  @Test
  void aBurstOfTenThousandEventsArrivesWhole() throws Exception {
    publish(List.of(run.header("running", "")));
    start(false);
    HttpURLConnection stream = open("/api/events?run=R");
    Browser browser = new Browser();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
      String event = "";
      boolean told = false;
      while (browser.designs.size() < 10_000) {
        String line = in.readLine();
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          browser.take(event, EventJson.mapper().readTree(line.substring(6)));
          if (!told) {
            told = true;
            for (int i = 0; i < 10_000; i++) {
              publish(run.step(1, false));
            }
          }
        }
      }
    }
    assertEquals(0, browser.repeats);
  }

  @Test
  void anIdOfAnotherServerOrNonsenseGetsASnapshot() throws Exception {
    publish(List.of(run.header("running", "")));
    publish(run.step(10, true));
    start(false);
    for (String id : List.of("zzz-3", "nonsense", "-1", "")) {
      HttpURLConnection stream = open("/api/events?run=R");
      stream.setRequestProperty("Last-Event-ID", id);
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
        assertEquals("retry: 2000", in.readLine());
        in.readLine();
        in.readLine();
        assertEquals("event: snapshot", in.readLine());
      }
    }
  }
}
