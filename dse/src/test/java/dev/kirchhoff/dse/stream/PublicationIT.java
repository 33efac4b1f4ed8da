package dev.kirchhoff.dse.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.cli.LoggedColumns;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.PublishedHint;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class PublicationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path temporary;
  private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

  @Test
  void aRunIsWholeInKafkaAlthoughTheBrokerWasStoppedAndStartedInBetween() throws Exception {
    DataDirectory data = DataDirectory.open(temporary.resolve("data"));
    RunDirectory run = data.createRun(new RunId("first"));
    Endpoint before;
    try (RunLog log = RunLog.create(run, SyntheticRun.header("running"), Clock.systemUTC())) {
      RunPublication publication =
          RunPublication.open(data, run, new KafkaTarget.BuiltIn(), warnings::add);
      SyntheticRun.write(log, 0, 10_240);
      publication.progress(new RunEvent.Progress(log.lastSeq(), 10_240, 1, 1));
      assertEquals(0, publication.close(PATIENCE));
      before = Endpoint.read(data.broker()).orElseThrow();
      assertEquals(Optional.empty(), Endpoint.ofLivingBroker(data.broker()));

      SyntheticRun.write(log, 10_240, 9_760);
      log.append(SyntheticRun.header("finished"));
    }
    assertTrue(RunPublication.isUnfinished(run));
    BrokerCompanion companion = BrokerCompanion.start(data, warnings::add);
    try {
      Endpoint after = living(companion);
      assertEquals(before.bootstrap(), after.bootstrap());
      assertFalse(before.pid() == after.pid());
      List<String> talk = new ArrayList<>();
      assertEquals(2, BrokerProcess.runInTerminal(data, 0, Optional.empty(), talk::add));
      assertEquals(
          List.of("a broker runs here already: " + after.bootstrap() + ", process " + after.pid()),
          talk);
      RunPublication.publishUnfinished(data, after);
      assertFalse(RunPublication.isUnfinished(run));
      check(after, run, 20_000);
      checkMembers(after, run, 20_000);
    } finally {
      companion.close();
    }
    assertTrue(warnings.isEmpty(), warnings.toString());
  }

  @Test
  @Tag("slow")
  void nothingIsMissingAfterTheBrokerWasKilledWhileItWasWrittenTo() throws Exception {
    DataDirectory data = DataDirectory.open(temporary.resolve("data"));
    RunDirectory run = data.createRun(new RunId("killed"));
    BrokerCompanion companion = BrokerCompanion.start(data, warnings::add);
    Cluster cluster = Cluster.builtIn(companion::endpoint);
    try (RunLog log = RunLog.create(run, SyntheticRun.header("running"), Clock.systemUTC());
        Publisher publisher = Publisher.start(run, cluster, warnings::add, Clock.systemUTC())) {
      living(companion);
      SyntheticRun.write(log, 0, 204_800);
      while (PublishedHint.read(run.published()).map(PublishedHint::events).orElse(0L) < 11) {
        publisher.awaitDelivered(Duration.ofMillis(20));
      }
      ProcessHandle child = companion.childProcess().orElseThrow();
      SyntheticRun.write(log, 204_800, 204_800);
      child.destroyForcibly();
      child.onExit().get();
      SyntheticRun.write(log, 409_600, 102_400);
      log.append(SyntheticRun.header("finished"));
      assertEquals(0, publisher.awaitDelivered(PATIENCE));
      check(living(companion), run, 512_000);
      checkMembers(living(companion), run, 512_000);
    } finally {
      companion.close();
    }
  }

  @Test
  @Tag("slow")
  void aMillionEvaluationsGoThroughAndTheRateIsPrinted() throws Exception {
    int designs = 1_000_000;
    DataDirectory data = DataDirectory.open(temporary.resolve("data"));
    RunDirectory run = data.createRun(new RunId("million"));
    long begin_ns = System.nanoTime();
    BrokerCompanion companion = BrokerCompanion.start(data, warnings::add);
    try {
      Endpoint endpoint = living(companion);
      print("broker from start to ready: %.1f s", begin_ns, 1);
      long write_ns = System.nanoTime();
      try (RunLog log = RunLog.create(run, SyntheticRun.header("running"), Clock.systemUTC());
          Publisher publisher =
              Publisher.start(
                  run, Cluster.builtIn(companion::endpoint), warnings::add, Clock.systemUTC())) {
        SyntheticRun.write(log, 0, designs);
        log.append(SyntheticRun.header("finished"));
        print("generated and in the log: %.1f s, %,.0f designs/s", write_ns, designs);
        assertEquals(0, publisher.awaitDelivered(PATIENCE));
        print(
            "generated, logged, acknowledged by Kafka: %.1f s, %,.0f designs/s", write_ns, designs);
      }
      long read_ns = System.nanoTime();
      check(endpoint, run, designs);
      print("read and parsed: %.1f s, %,.0f designs/s", read_ns, designs);
      Path status = Path.of("/proc/" + endpoint.pid() + "/status");
      if (Files.exists(status)) {
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
            .forEach(line -> System.out.println("broker " + line));
      }
    } finally {
      companion.close();
    }
  }

  private static void print(String format, long since_ns, int count) {
    double seconds = (System.nanoTime() - since_ns) / 1e9;
    System.out.println(String.format(Locale.ROOT, format, seconds, count / seconds));
  }

  private static void check(Endpoint endpoint, RunDirectory run, int designs) throws Exception {
    TopicReader read = TopicReader.read(endpoint, run.id().text());
    assertEquals(designs, read.indices.cardinality());
    assertEquals(designs, read.indices.length());
    assertEquals("finished", read.state);
    long last = (designs - 1L) / SyntheticRun.BATCH * SyntheticRun.BATCH;
    assertEquals(Set.of("d" + last), read.front);
    assertTrue(read.tombstones >= last / SyntheticRun.BATCH, "tombstones " + read.tombstones);
  }

  /** The records of members alone, folded as a sink folds them, are the front. */
  private static void checkMembers(Endpoint endpoint, RunDirectory run, int designs)
      throws Exception {
    Map<String, JsonNode> rows = new TreeMap<>();
    Properties properties = new Properties();
    properties.putAll(endpoint.target().client());
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("kirchhoff.member.v1", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.value() == null) {
            rows.remove(record.key());
          } else {
            rows.put(record.key(), new ObjectMapper().readTree(record.value()));
          }
        }
      }
    }
    long last = (designs - 1L) / SyntheticRun.BATCH * SyntheticRun.BATCH;
    assertEquals(Set.of(run.id() + "/d" + last), rows.keySet());
    JsonNode row = rows.get(run.id() + "/d" + last);
    assertEquals(last, row.get("index").asLong());
    assertEquals(run.id().text(), row.get("run").asText());
    assertEquals("synthetic", row.get("spec").asText());
    Iterator<String> evaluations =
        Files.readAllLines(run.log()).stream()
            .filter(line -> line.contains("\"first\":" + last + ","))
            .iterator();
    LoggedColumns batch =
        new LoggedColumns(new ObjectMapper().readTree(evaluations.next()).get("data"));
    for (int k = 0; k < 12; k++) {
      assertTrue(row.get("knob" + k).isInt(), row.toString());
      assertEquals(batch.knobs()[k][0] + 1, row.get("knob" + k).asInt());
    }
    assertEquals(batch.doubles("values")[0][0], row.get("energyEfficiency_TOPSperW").asDouble());
    assertEquals(batch.doubles("values")[1][0], row.get("area_mm2").asDouble());
  }

  private static Endpoint living(BrokerCompanion companion) throws InterruptedException {
    while (true) {
      Optional<Endpoint> endpoint = companion.endpoint();
      Optional<ProcessHandle> child = companion.childProcess();
      if (endpoint.isPresent() && child.isPresent() && child.get().pid() == endpoint.get().pid()) {
        return endpoint.get();
      }
      Thread.sleep(20);
    }
  }
}
