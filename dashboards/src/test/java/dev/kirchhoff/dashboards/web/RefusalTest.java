package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.SpecDesk;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that the server refuses, over bare sockets: misshapen, of other methods, slow, many. */
@Timeout(120)
class RefusalTest {
  private static final int SLOW = 300;
  private static final int STREAMS = 64;
  private static final int WAIT_MS = 30_000;

  private final Runs runs = new Runs(Clock.systemUTC());
  private final List<Socket> sockets = new ArrayList<>();
  private PageServer server;

  /** A desk that finds every spec good. */
  private static final class Desk implements SpecDesk {
    @Override
    public List<Example> examples() {
      return List.of();
    }

    @Override
    public Verdict check(String spec) {
      return new Verdict(List.of(), 0, List.of(), List.of(new Line("spec", spec)));
    }

    @Override
    public String start(String data, Order order) {
      throw new IllegalArgumentException("nothing is started here");
    }
  }

  @BeforeEach
  void start() throws IOException {
    Workbench workbench =
        new Workbench(
            "/data",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Desk()),
            Optional.empty());
    server = PageServer.start("127.0.0.1", 0, runs, Optional.empty(), workbench, Optional.empty());
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  /** An answer: its status, the type of its body and the body. */
  private record Answer(int status, String head, String body) {
    boolean isJsonError() throws IOException {
      JsonNode json = EventJson.mapper().readTree(body);
      return head.toLowerCase().contains("content-type: application/json")
          && !json.path("error").asText().isEmpty();
    }
  }

  /** A socket on which some text was sent. */
  private Socket send(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    sockets.add(socket);
    socket.setSoTimeout(WAIT_MS);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  /** Answer to a request after which the server closes the connection. */
  private static Answer answer(Socket socket) throws IOException {
    String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    assertTrue(end > 0, "answer '" + text + "'");
    String head = text.substring(0, end);
    return new Answer(Integer.parseInt(head.split(" ")[1]), head, text.substring(end + 4));
  }

  private String head(String method, String path, String further) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1:"
        + server.port()
        + "\r\nAuthorization: Bearer "
        + server.token()
        + "\r\nConnection: close\r\n"
        + further
        + "\r\n";
  }

  private Answer ask(String method, String path, String further) throws IOException {
    return answer(send(head(method, path, further)));
  }

  private Answer check(String body) throws IOException {
    String further =
        "Content-Type: application/json\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n";
    return answer(send(head("POST", "/api/check", further) + body));
  }

  @Test
  void whateverTheHttpServerRefusesIsJson() throws Exception {
    assertRefused(405, ask("PUT", "/api/runs", ""));
    assertRefused(405, ask("GET", "/api/check", ""));
    assertRefused(405, ask("DELETE", "/api/runs/R", ""));
    assertRefused(404, ask("GET", "/api/nothing", ""));
    Answer brewed = ask("BREW", "/api/runs", "");
    assertRefused(brewed.status(), brewed);
    assertRefused(400, answer(send("GET /api/runs HTTP/1.1\r\n\r\n")));
    assertRefused(400, answer(send("nonsense\r\n\r\n")));
    assertRefused(400, ask("GET", "/api/%zz", ""));
    assertRefused(431, ask("GET", "/api/runs", "X-Long: " + "x".repeat(20_000) + "\r\n"));
    Answer stranger =
        answer(
            send(
                "GET /api/runs HTTP/1.1\r\nHost: 127.0.0.1:"
                    + server.port()
                    + "\r\nConnection: close\r\n\r\n"));
    assertRefused(403, stranger);
  }

  private static void assertRefused(int status, Answer answer) throws IOException {
    assertEquals(status, answer.status(), answer.head());
    assertTrue(answer.status() >= 400, answer.head());
    assertTrue(answer.isJsonError(), answer.head() + "\n" + answer.body());
    assertFalse(answer.body().contains("<"), answer.body());
  }

  @Test
  void aBodyThatIsNoObjectWithASpecIsRefused() throws Exception {
    for (String body : List.of("[]", "null", "", "7", "\"spec\"", "{}", "{\"spec\": 5}", "{")) {
      assertRefused(400, check(body));
    }
    Answer good = check("{\"spec\": \"\"}");
    assertEquals(200, good.status(), good.body());
  }

  @Test
  void slowBodiesHoldUpNoOtherRequestAndEndInTime() throws Exception {
    String further = "Content-Type: application/json\r\nContent-Length: 1000\r\n";
    List<Socket> slow = new ArrayList<>();
    for (int k = 0; k < SLOW; k++) {
      slow.add(send(head("POST", "/api/check", further) + "{"));
    }
    long asked = System.nanoTime();
    assertEquals(200, ask("GET", "/api/runs", "").status());
    assertTrue(System.nanoTime() - asked < 5e9, "a request beside slow ones takes seconds");
    int late = 0;
    for (Socket socket : slow) {
      Answer answer = answer(socket);
      assertRefused(answer.status() == 408 ? 408 : 503, answer);
      late += answer.status() == 408 ? 1 : 0;
    }
    assertEquals(Bodies.AT_A_TIME, late, "bodies that were read");
    assertEquals(200, check("{\"spec\": \"\"}").status(), "afterwards");
  }

  @Test
  void streamsOfClientsThatWentAwayAreFreeWithinSeconds() throws Exception {
    List<Socket> streams = new ArrayList<>();
    for (int k = 0; k < STREAMS; k++) {
      streams.add(stream());
    }
    assertRefused(503, ask("GET", "/api/events", ""));
    for (Socket socket : streams) {
      socket.close();
    }
    long closed = System.nanoTime();
    int open = 0;
    while (open < STREAMS) {
      if (status(send(head("GET", "/api/events", ""))) == 200) {
        open++;
      } else {
        Thread.sleep(50);
      }
    }
    double seconds = (System.nanoTime() - closed) / 1e9;
    assertTrue(seconds < 8, "all streams are free after " + seconds + " s");
  }

  private Socket stream() throws IOException {
    Socket socket = send(head("GET", "/api/events", ""));
    assertEquals(200, status(socket));
    return socket;
  }

  /** Status of an answer that goes on. */
  private static int status(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String line = new String(in.readNBytes(12), StandardCharsets.UTF_8);
    return Integer.parseInt(line.substring(9));
  }
}
