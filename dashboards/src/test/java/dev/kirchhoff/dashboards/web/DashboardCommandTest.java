package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.Subcommand;
import dev.kirchhoff.dashboards.feed.FeedListener;
import dev.kirchhoff.dashboards.feed.KafkaClient;
import dev.kirchhoff.dashboards.feed.KafkaFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DashboardCommandTest {
  @TempDir Path data;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new DashboardCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void theCommandLineFindsIt() {
    assertTrue(
        ServiceLoader.load(Subcommand.class).stream()
            .anyMatch(provider -> provider.type() == DashboardCommand.class));
  }

  @Test
  void helpShowsAnExampleAndHidesTheCompanion() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("./kirchhoff dashboard --data"), out.toString());
    assertTrue(!out.toString().contains("--companion"), out.toString());
  }

  @Test
  void aCompanionStatesItsAddressAndEndsWithItsInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(new byte[0]));
    try {
      assertEquals(0, run("--companion", "--port", "0", "--data", data.toString()));
    } finally {
      System.setIn(before);
    }
    assertTrue(
        err.toString().matches("page http://127\\.0\\.0\\.1:[0-9]+/\\?token=[A-Za-z0-9_-]{24}\\R"),
        err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void aTakenPortIsASentenceAndExitThree() throws Exception {
    try (PageServer other =
        PageServer.start("127.0.0.1", 0, new Runs(Clock.systemUTC()), Optional.empty())) {
      assertEquals(3, run("--port", "" + other.port(), "--data", data.toString()));
    }
    assertTrue(err.toString().contains("is taken. Maybe a dashboard runs already"), err.toString());
  }

  /** The settings reach the client: a mechanism that it does not have is what it complains of. */
  @Test
  void settingsOfKafkasClientsAreTaken() throws Exception {
    Path file = data.resolve("client.properties");
    assertEquals(2, run("--kafka-config", file.toString(), "--data", data.toString()));
    assertTrue(err.toString().contains("client.properties cannot be read"), err.toString());
    Files.writeString(file, "security.protocol=NONSENSE\n");
    assertEquals(2, run("--kafka-config", file.toString(), "--data", data.toString()));
    assertTrue(err.toString().contains("has no bootstrap.servers"), err.toString());
    List<FeedListener.KafkaState> states = new CopyOnWriteArrayList<>();
    Runs runs = new Runs(Clock.systemUTC());
    try (KafkaFeed feed =
        new KafkaFeed(Optional.of("127.0.0.1:1"), KafkaClient.read(file), data, runs)) {
      feed.start();
      long end = System.nanoTime() + 20_000_000_000L;
      while (System.nanoTime() < end && states.isEmpty()) {
        runs.connection(0)
            .map(Runs.Connection::kafka)
            .filter(state -> state.status() == FeedListener.KafkaState.Status.LOST)
            .ifPresent(states::add);
        Thread.sleep(20);
      }
    }
    assertTrue(states.get(0).toString().contains("NONSENSE"), states.toString());
  }

  @Test
  void aDataDirectoryThatIsNotThereYetIsSaid() throws Exception {
    Thread page = new Thread(() -> run("--port", "0", "--data", data.resolve("no").toString()));
    page.setDaemon(true);
    page.start();
    long end = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < end && !err.toString().contains("page http")) {
      Thread.sleep(20);
    }
    assertTrue(
        err.toString().startsWith("there is no data directory " + data.resolve("no") + " yet; "),
        err.toString());
    page.interrupt();
    page.join();
  }

  @Test
  void badUsageIsExitTwo() {
    assertEquals(2, run("--port", "70000", "--data", data.toString()));
    assertEquals(2, run("--bind", "no.such.host.invalid", "--data", data.toString()));
    assertEquals(2, run("--prot", "1"));
  }
}
