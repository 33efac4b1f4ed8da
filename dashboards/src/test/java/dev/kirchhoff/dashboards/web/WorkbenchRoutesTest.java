package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FeedListener.LogState;
import dev.kirchhoff.dashboards.feed.FeedListener.Origin;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkbenchRoutesTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

  private final Runs runs = new Runs(Clock.systemUTC());
  private final SyntheticRun run = new SyntheticRun("R", 5, 6000);
  private final List<String> sent = new ArrayList<>();
  private PageServer server;

  @BeforeEach
  void start() throws IOException {
    Workbench workbench =
        new Workbench(
            "/data",
            Optional.of(
                (data, id, word, arguments) -> {
                  if (word.equals("limt")) {
                    throw new IllegalArgumentException(
                        "'limt' is no command; did you mean 'limit'?");
                  }
                  sent.add(data + " " + id + " " + word + " " + arguments);
                  return "c-1";
                }),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    server = PageServer.start("127.0.0.1", 0, runs, Optional.empty(), workbench, Optional.empty());
    publish(List.of(run.header("running", "")));
    publish(run.step(100, true));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void publish(List<EventEnvelope> events) {
    events.forEach(e -> runs.event(e, Origin.FILE, System.currentTimeMillis()));
  }

  private HttpResponse<String> send(String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> command(String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send("/api/runs/R/commands", body, headers);
  }

  private Map<String, String> program() {
    return Map.of("Authorization", "Bearer " + server.token(), "Content-Type", "application/json");
  }

  private Map<String, String> page(String origin) {
    return Map.of(
        "Cookie",
        "kirchhoff_token_" + server.port() + "=" + server.token(),
        "Content-Type",
        "application/json",
        "Origin",
        origin);
  }

  @Test
  void commandsAreGivenInTheWordsOfTheCommandLine() throws Exception {
    String limit = "{\"command\":\"limit\",\"arguments\":[\"area <= 40 mm2\"]}";
    HttpResponse<String> early = command(limit, program());
    assertEquals(400, early.statusCode(), "a run of the broker alone");
    assertTrue(early.body().contains("./kirchhoff steer"), early.body());
    runs.log("R", LogState.HELD);
    HttpResponse<String> given = command(limit, program());
    assertEquals(200, given.statusCode(), given.body());
    assertEquals("{\"command\":\"c-1\"}", given.body());
    assertEquals(List.of("/data R limit [area <= 40 mm2]"), sent);
    HttpResponse<String> wrong = command("{\"command\":\"limt\"}", program());
    assertEquals(400, wrong.statusCode());
    assertEquals(
        "'limt' is no command; did you mean 'limit'?",
        EventJson.mapper().readTree(wrong.body()).get("error").asText());
    assertEquals(400, command("{", program()).statusCode());
    assertEquals(404, send("/api/runs/none/commands", limit, program()).statusCode());
    assertEquals(1, sent.size());
  }

  @Test
  void whatTheServerItselfRefusesIsToldInWordsToo() throws Exception {
    runs.log("R", LogState.HELD);
    String large = "{\"command\":\"" + "x".repeat((int) PageServer.MOST_BODY_B) + "\"}";
    HttpResponse<String> tooLarge = command(large, program());
    assertEquals(413, tooLarge.statusCode());
    String told = EventJson.mapper().readTree(tooLarge.body()).get("error").asText();
    assertEquals("The request is larger than 2 MB, the most that is read.", told);
    HttpResponse<String> none = send("/api/nothing", "{}", program());
    assertEquals(404, none.statusCode());
    assertTrue(EventJson.mapper().readTree(none.body()).has("error"), none.body());
  }

  @Test
  void changesComeFromThePageItselfOrWithTheTokenInAHeader() throws Exception {
    runs.log("R", LogState.HELD);
    String stop = "{\"command\":\"stop\"}";
    String own = "http://127.0.0.1:" + server.port();
    assertEquals(200, command(stop, page(own)).statusCode());
    assertEquals(403, command(stop, page("http://evil.example")).statusCode());
    assertEquals(403, command(stop, page("http://127.0.0.1:1")).statusCode(), "another port");
    Map<String, String> cookieAlone =
        Map.of("Cookie", page(own).get("Cookie"), "Content-Type", "application/json");
    assertEquals(403, command(stop, cookieAlone).statusCode(), "no origin");
    Map<String, String> form =
        Map.of("Cookie", page(own).get("Cookie"), "Content-Type", "text/plain", "Origin", own);
    assertEquals(403, command(stop, form).statusCode(), "as a form sends it");
    assertEquals(403, command(stop, Map.of("Content-Type", "application/json")).statusCode());
    assertEquals(1, sent.size());
  }

  @Test
  void answersAreShownWithTheirCommandInWordsAndInTheHistory() throws Exception {
    runs.log("R", LogState.HELD);
    RunEvent.Command limit =
        new RunEvent.Command("c-1", "constrain", "area <= 40 mm2", null, null, null);
    publish(List.of(run.answer(limit, true, "")));
    RunEvent.Command pin =
        new RunEvent.Command("c-2", "pin", null, Map.of("cell.bits", "9"), null, null);
    publish(List.of(run.answer(pin, false, "cell.bits is 9, must be 1..4")));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/runs/R"))
            .header("Authorization", "Bearer " + server.token())
            .build();
    JsonNode detail =
        EventJson.mapper()
            .readTree(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body())
            .get("run");
    JsonNode commands = detail.get("commands");
    assertEquals("limit area <= 40 mm2", commands.at("/0/command").asText());
    assertEquals("c-1", commands.at("/0/id").asText());
    assertEquals("accepted after 100 designs", commands.at("/0/result").asText());
    assertEquals("pin cell.bits=9", commands.at("/1/command").asText());
    assertEquals("refused: cell.bits is 9, must be 1..4", commands.at("/1/result").asText());
    assertTrue(
        detail.get("notes").toString().contains("limit area <= 40 mm2: accepted after 100"),
        detail.get("notes").toString());
  }
}
