package dev.kirchhoff.dashboards.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticRun;
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
      String line = EventJson.line(new SyntheticRun("R", 1, 10).header("running", "µs")) + "\n";
      for (int cut = 1; cut < line.length(); cut += line.length() / 5) {
        Files.deleteIfExists(data.resolve("runs/R/log.jsonl"));
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
  void brokenAndForeignLinesAreCountedAndTheRestIsRead() throws Exception {
    try (DataDirectory writer = new DataDirectory(data, "R")) {
      writer.text("{half\n");
      writer.write(new SyntheticRun("other", 1, 10).header("running", ""));
      writer.text("{\"type\":\"dev.kirchhoff.dream.v1\",\"source\":\"/runs/R\",\"data\":{}}\n");
      writer.write(new SyntheticRun("R", 1, 10).header("running", ""));
    }
    new FileFeed(data, heard).turn();
    assertEquals(
        List.of(
            "broken R/log.jsonl:1",
            "broken R/log.jsonl:2",
            "broken R/log.jsonl:3",
            "R 0",
            "R FREE"),
        heard.received);
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
      Files.delete(data.resolve("runs/R/log.jsonl"));
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
      received.add(envelope.runId() + " " + envelope.seq());
    }

    @Override
    public synchronized void broken(String where, String why) {
      received.add("broken " + where);
    }

    @Override
    public synchronized void log(String runId, LogState state) {
      received.add(runId + " " + state);
    }

    @Override
    public synchronized void kafka(KafkaState state) {
      received.add("kafka " + state.phase());
    }
  }
}
