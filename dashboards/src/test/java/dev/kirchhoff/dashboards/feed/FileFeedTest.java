package dev.kirchhoff.dashboards.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFeedTest {
  @TempDir Path data;

  private final CollectingListener heard = new CollectingListener();

  @Test
  void aDirectoryThatDoesNotExistYetIsEmpty() {
    new FileFeed(data.resolve("later"), heard).turn();
    assertEquals(List.of(), heard.received);
  }

  @Test
  void aNewRunIsFoundAndItsLinesAreReadOnce() throws Exception {
    FileFeed feed = new FileFeed(data, heard);
    feed.turn();
    SyntheticRun run = new SyntheticRun("R", 1, 10);
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      writer.write(run.header("running", ""));
      feed.turn();
      feed.turn();
      assertEquals(List.of("R 0", "R HELD"), heard.received);
      writer.write(run.step(3, false).subList(0, 1));
      feed.turn();
      assertEquals(List.of("R 0", "R HELD", "R 1"), heard.received);
    }
    feed.turn();
    assertEquals(List.of("R 0", "R HELD", "R 1", "R FREE"), heard.received);
  }

  @Test
  void aPartialLineWaitsForItsEnd() throws Exception {
    FileFeed feed = new FileFeed(data, heard);
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      String line =
          new String(
              writer.line(new SyntheticRun("R", 1, 10).header("running", "µs")),
              StandardCharsets.UTF_8);
      for (int cut = 1; cut < line.length(); cut += line.length() / 5) {
        writer.clear();
        FileFeed fresh = new FileFeed(data, heard);
        heard.received.clear();
        writer.text(line.substring(0, cut));
        fresh.turn();
        assertEquals(List.of("R HELD"), heard.received);
        writer.text(line.substring(cut));
        fresh.turn();
        assertEquals(List.of("R HELD", "R 0"), heard.received);
      }
      feed.turn();
    }
  }

  @Test
  void anEventOfAnUnknownTypeIsSetAsideAndTheRestIsRead() throws Exception {
    SyntheticRun run = new SyntheticRun("R", 1, 10);
    EventEnvelope header = run.header("running", "");
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      writer.write(header);
      writer.write(
          new EventEnvelope("dev.kirchhoff.dream.v1", "R", 1, header.time(), header.event()));
      writer.write(run.header("finished", ""));
    }
    new FileFeed(data, heard).turn();
    assertEquals(List.of("R 0", "broken R/log.jsonl:2", "R 2", "R FREE"), heard.received);
  }

  @Test
  void ofADamagedLogNothingIsBelievedAndTheOthersAreRead() throws Exception {
    for (String damage : List.of("{half\n", "\n", "{\"source\":\"/runs/R\",\"data\":{}}\n")) {
      heard.received.clear();
      SyntheticRun run = new SyntheticRun("R", 1, 10);
      try (DataDirectory writer = new DataDirectory(data, "R");
          DataDirectory other = new DataDirectory(data, "S")) {
        writer.clear();
        other.clear();
        writer.write(run.header("running", ""));
        writer.text(damage);
        writer.write(run.header("finished", ""));
        other.write(new SyntheticRun("S", 1, 10).header("running", ""));
      }
      FileFeed feed = new FileFeed(data, heard);
      while (!feed.turn()) {
        continue;
      }
      assertTrue(heard.received.contains("damaged R/log.jsonl:2"), heard.received.toString());
      assertTrue(heard.received.contains("S 0"), heard.received.toString());
      heard.received.clear();
      feed.turn();
      assertEquals(List.of(), heard.received, "a damaged log is reported once");
    }
  }

  @Test
  void anEventOfAnotherRunIsDamage() throws Exception {
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      writer.write(new SyntheticRun("other", 1, 10).header("running", ""));
    }
    new FileFeed(data, heard).turn();
    assertEquals(List.of("damaged R/log.jsonl:1"), heard.received);
  }

  @Test
  void aDamagedLogThatIsMendedIsReadAgain() throws Exception {
    FileFeed feed = new FileFeed(data, heard);
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      writer.write(new SyntheticRun("R", 1, 10).header("running", ""));
      writer.text("damage\n");
      while (!feed.turn()) {
        continue;
      }
      writer.clear();
      heard.received.clear();
      writer.write(new SyntheticRun("R", 1, 10).header("running", ""));
      feed.turn();
    }
    assertEquals(List.of("R mended", "R 0", "R HELD"), heard.received);
  }

  /** A run that is continued cuts its log off and writes on, between two looks at it. */
  @Test
  void aLogThatWasCutOffAndGrewPastWhatWasReadIsReadAgain() throws Exception {
    FileFeed feed = new FileFeed(data, heard);
    SyntheticRun run = new SyntheticRun("R", 1, 10);
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      writer.write(run.header("running", ""));
      feed.turn();
      writer.clear();
      writer.write(new SyntheticRun("R", 2, 10).header("running", "a longer reason"));
      writer.write(run.step(5, true));
      heard.received.clear();
      while (!feed.turn()) {
        continue;
      }
    }
    assertEquals(
        "R 0", heard.received.stream().filter(e -> e.matches("R [0-9]+")).findFirst().get());
    assertTrue(heard.received.stream().noneMatch(e -> e.startsWith("damaged")));
  }

  @Test
  void aDirectoryOfAnotherFormatIsToldOnceAndNotRead() throws Exception {
    Files.writeString(data.resolve("format"), "1\n");
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      writer.write(new SyntheticRun("R", 1, 10).header("running", ""));
    }
    FileFeed feed = new FileFeed(data, heard);
    feed.turn();
    feed.turn();
    assertEquals(List.of("broken format"), heard.received);
    Files.writeString(data.resolve("format"), LogPosition.FORMAT + "\n");
    feed.turn();
    assertEquals("R 0", heard.received.get(1));
  }

  @Test
  void aLogThatBecameShorterIsReadAgain() throws Exception {
    FileFeed feed = new FileFeed(data, heard);
    SyntheticRun run = new SyntheticRun("R", 1, 10);
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      EventEnvelope header = run.header("running", "");
      writer.write(header);
      writer.write(run.step(5, true));
      feed.turn();
      writer.clear();
      heard.received.clear();
      writer.write(header);
      feed.turn();
      assertEquals(List.of("R 0"), heard.received);
    }
  }

  @Test
  void aLogLargerThanOneTurnIsReadingUntilItsEnd() throws Exception {
    SyntheticRun run = new SyntheticRun("R", 1, 10);
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      writer.write(run.header("running", ""));
      while (Files.size(data.resolve("runs/R/log.jsonl")) < 9 << 20) {
        writer.write(run.step(1024, false).subList(0, 1));
      }
      FileFeed feed = new FileFeed(data, heard);
      assertEquals(false, feed.turn());
      assertTrue(heard.received.contains("R READING"));
      assertTrue(feed.turn());
      assertEquals("R HELD", heard.received.get(heard.received.size() - 1));
    }
  }

  /** Writes down what it hears. */
  static final class CollectingListener implements FeedListener {
    final List<String> received = new ArrayList<>();

    @Override
    public synchronized void event(EventEnvelope envelope, Origin origin, long writtenAtMillis) {
      received.add(envelope.runId() + " " + envelope.seq().orElseThrow());
    }

    @Override
    public synchronized void broken(String where, String why) {
      received.add("broken " + where);
    }

    @Override
    public synchronized void damaged(String runId, String where, String why) {
      received.add("damaged " + where);
    }

    @Override
    public synchronized void mended(String runId) {
      received.add(runId + " mended");
    }

    @Override
    public synchronized void log(String runId, LogState state) {
      received.add(runId + " " + state);
    }

    @Override
    public synchronized void kafka(KafkaState state) {
      received.add("kafka " + state.status());
    }
  }
}
