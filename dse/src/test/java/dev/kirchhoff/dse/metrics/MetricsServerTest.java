package dev.kirchhoff.dse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.PublishedHint;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLog;
import dev.kirchhoff.dse.stream.SyntheticRun;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrapes, read by the grammar of the text format 0.0.4. */
class MetricsServerTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\.)*\""
              + "(?:,[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\.)*\")*,?})?) (\\S+)(?: -?[0-9]+)?");

  @TempDir Path folder;

  /** Samples by name and labels; HELP and TYPE stand once, before the samples of their metric. */
  private static Map<String, Double> scrape(String address) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    assertTrue(type.startsWith("text/plain; version=0.0.4"), type);
    assertTrue(answer.body().endsWith("\n"));
    Map<String, Double> samples = new TreeMap<>();
    Set<String> typed = new HashSet<>();
    for (String line : answer.body().split("\n")) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ");
        assertTrue(typed.add(words[2]), line);
        assertTrue(Set.of("gauge", "counter").contains(words[3]), line);
      } else if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        assertTrue(typed.contains(sample.group(1).replaceAll("\\{.*", "")), line);
        assertEquals(null, samples.put(sample.group(1), Double.parseDouble(sample.group(2))), line);
      }
    }
    return samples;
  }

  @Test
  void aSearchIsScrapedWithItsLastFigures() throws Exception {
    try (RunMetrics metrics = RunMetrics.start(0, "a-b.c", 1000, () -> 7)) {
      metrics.update(120, 2000, 5, 0.25);
      Map<String, Double> samples = scrape(metrics.address());
      assertEquals(120, samples.get("kirchhoff_evaluated_designs_total{run=\"a-b.c\"}"));
      assertEquals(2000, samples.get("kirchhoff_budget_designs{run=\"a-b.c\"}"));
      assertEquals(5, samples.get("kirchhoff_front_members{run=\"a-b.c\"}"));
      assertEquals(0.25, samples.get("kirchhoff_hypervolume_ratio{run=\"a-b.c\"}"));
      assertEquals(7, samples.get("kirchhoff_undelivered_events{run=\"a-b.c\"}"));
      assertTrue(samples.get("kirchhoff_heap_bytes") > 0);
      assertTrue(samples.containsKey("kirchhoff_designs_per_second{run=\"a-b.c\"}"));
    }
  }

  @Test
  void aTakenPortIsASentence() {
    try (RunMetrics metrics = RunMetrics.start(0, "a", 1, () -> 0)) {
      int port = URI.create(metrics.address()).getPort();
      UncheckedIOException taken =
          assertThrows(UncheckedIOException.class, () -> RunMetrics.start(port, "b", 1, () -> 0));
      assertTrue(taken.getMessage().startsWith("--metrics-port: port " + port), taken.getMessage());
    }
  }

  /** By hand: 5 events, of which the first two are acknowledged; one log with a damaged end. */
  @Test
  void aBrokerCountsWhatIsNotDelivered() throws Exception {
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    RunDirectory run = data.createRun(new RunId("one"));
    try (RunLog log = RunLog.create(run, SyntheticRun.header("running"), Clock.systemUTC());
        BrokerMetrics metrics = BrokerMetrics.start(0, data)) {
      for (int i = 0; i < 4; i++) {
        log.append(new RunEvent.Front("d" + i, i, "entered", List.of(1.0, 2.0)));
      }
      new PublishedHint(2, "A", 0).write(run.published());
      RunDirectory other = data.createRun(new RunId("two"));
      Files.writeString(other.log(), "{}\n", StandardOpenOption.CREATE);
      Map<String, Double> samples = scrape(metrics.address());
      assertEquals(2, samples.get("kirchhoff_runs"));
      assertEquals(1, samples.get("kirchhoff_runs_written"));
      assertEquals(1, samples.get("kirchhoff_damaged_runs"));
      assertEquals(3, samples.get("kirchhoff_undelivered_events"));
    }
  }
}
