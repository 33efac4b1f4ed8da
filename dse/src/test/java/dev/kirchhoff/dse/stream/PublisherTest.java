package dev.kirchhoff.dse.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.PublishedHint;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PublisherTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path temporary;
  private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
  private final FakeCluster cluster = new FakeCluster();
  private RunDirectory run;
  private RunLog log;

  @BeforeEach
  void startRun() {
    run = DataDirectory.open(temporary.resolve("data")).createRun(new RunId("r"));
    log = RunLog.create(run, SyntheticRun.header("running"), Clock.systemUTC());
  }

  @AfterEach
  void endRun() {
    log.close();
  }

  @Test
  void everyLineBecomesARecordWithItsKeyItsHeadersAndTheSameBytes() throws Exception {
    MockProducer<String, byte[]> producer = cluster.add(true);
    SyntheticRun.write(log, 0, 2048);
    try (Publisher publisher = start()) {
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    List<String> lines = Files.readAllLines(run.log());
    List<ProducerRecord<String, byte[]>> sent =
        producer.history().stream().filter(record -> !isMember(record)).toList();
    assertEquals(lines.size(), sent.size());
    for (int seq = 0; seq < lines.size(); seq++) {
      byte[] line = lines.get(seq).getBytes(StandardCharsets.UTF_8);
      RawEvent raw = RawEvent.scan(line, 0, line.length);
      assertEquals(Integer.toString(seq), header(sent.get(seq), "ce_seq"));
      assertEquals(raw.type(), header(sent.get(seq), "ce_type"));
      if (sent.get(seq).value() != null) {
        assertArrayEquals(raw.data(), sent.get(seq).value());
      }
    }
    assertEquals("kirchhoff.run.v1", sent.get(0).topic());
    assertEquals("kirchhoff.evaluation.v1", sent.get(1).topic());
    assertEquals("r", sent.get(1).key());
    assertEquals("r/d0", sent.get(2).key());
    ProducerRecord<String, byte[]> left = sent.get(6);
    assertEquals("r/d0", left.key());
    assertNull(left.value());
    assertEquals("0", header(left, "ce_index"));
    assertEquals(Optional.of(new PublishedHint(lines.size(), "A", 0)), hint());
  }

  private static boolean isMember(ProducerRecord<String, byte[]> record) {
    return record.topic().equals("kirchhoff.member.v1");
  }

  private static List<String> members(MockProducer<String, byte[]> producer) {
    return producer.history().stream()
        .filter(PublisherTest::isMember)
        .map(r -> r.value() == null ? "-" + r.key() : new String(r.value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void aMemberIsOneFlatRecordAndATombstoneWhenItLeaves() throws Exception {
    MockProducer<String, byte[]> producer = cluster.add(true);
    SyntheticRun.write(log, 0, 2048);
    try (Publisher publisher = start()) {
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    List<String> members = members(producer);
    assertEquals(3, members.size());
    JsonNode first = new ObjectMapper().readTree(members.get(0));
    assertEquals("r", first.get("run").asText());
    assertEquals("d0", first.get("design").asText());
    assertEquals(0, first.get("index").asInt());
    first.forEach(value -> assertTrue(value.isValueNode(), first.toString()));
    assertTrue(first.get("knob0").isInt());
    assertTrue(first.get("area_mm2").isDouble());
    assertEquals("-r/d0", members.get(2));
  }

  /** The publisher that goes on from the hint has not sent the evaluations, yet knows the knobs. */
  @Test
  void membersFollowFromTheLogAlone() throws Exception {
    MockProducer<String, byte[]> whole = cluster.add(true);
    log.append(SyntheticRun.evaluations(random(), 0, 100, 0));
    log.append(SyntheticRun.evaluations(random(), 100, 100, 0));
    log.append(new RunEvent.Front("a", 150, "entered", List.of(1.0, 2.0)));
    try (Publisher publisher = start()) {
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    new PublishedHint(3, "A", 0).write(run.published());
    MockProducer<String, byte[]> again = cluster.add(true);
    try (Publisher publisher = start()) {
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    assertEquals(1, members(again).size());
    assertEquals(members(whole), members(again));
    assertEquals(2, again.history().size());
  }

  /** Lines whose digests hold and whose columns do not, as somebody who edits them may write. */
  @Test
  void membersWhoseEvaluationsHaveAnotherFormAreReportedOnceAndCounted() throws Exception {
    MockProducer<String, byte[]> producer = cluster.add(true);
    RunEvent.Evaluations good = SyntheticRun.evaluations(random(), 0, 4, 0);
    log.append(good);
    // Line 3 is a column of shares short, line 4 a knob.
    log.append(
        new RunEvent.Evaluations(
            4,
            4,
            0,
            0,
            good.knobs(),
            good.values(),
            good.violations(),
            Arrays.copyOf(good.shares(), 3),
            good.figures()));
    log.append(
        new RunEvent.Evaluations(
            9,
            4,
            0,
            0,
            Arrays.copyOf(good.knobs(), 11),
            good.values(),
            good.violations(),
            good.shares(),
            good.figures()));
    for (int index : new int[] {3, 4, 9, 13}) {
      log.append(new RunEvent.Front("d" + index, index, "entered", List.of(1.0, 2.0)));
    }
    try (Publisher publisher = start()) {
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    assertEquals(1, members(producer).size());
    assertEquals(2, warnings.size(), warnings.toString());
    String first = warnings.poll();
    assertTrue(first.contains("log.jsonl:6: a member has no record in kirchhoff.member"), first);
    assertTrue(first.contains("log.jsonl:3: data do not fit type"), first);
    assertTrue(first.contains("3 columns of shares, but 4 of violations"), first);
    assertEquals("3 members of run r have no record in kirchhoff.member.v1", warnings.poll());
  }

  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
  }

  @Test
  void acknowledgementsOutOfOrderCountOnlyAfterTheMissingOnes() throws Exception {
    MockProducer<String, byte[]> producer = cluster.add(false);
    log.append(new RunEvent.Front("a", 0, "entered", List.of(1.0)));
    try (Publisher publisher = start()) {
      until(() -> producer.history().size() == 2);
      assertEquals(2, publisher.awaitDelivered(SHORT));
      producer.completeNext();
      until(() -> publisher.awaitDelivered(SHORT) == 1);
      producer.completeNext();
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
  }

  @Test
  void aFailedSendIsRepeatedOnANewConnectionFromTheFirstThatIsMissing() throws Exception {
    MockProducer<String, byte[]> first = cluster.add(false);
    MockProducer<String, byte[]> second = cluster.add(true);
    log.append(new RunEvent.Front("a", 0, "entered", List.of(1.0)));
    log.append(new RunEvent.Front("b", 1, "entered", List.of(1.0)));
    try (Publisher publisher = start()) {
      until(() -> first.history().size() == 3);
      first.completeNext();
      first.errorNext(new TimeoutException("expired"));
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    assertTrue(first.closed());
    assertEquals(List.of("1", "2"), seqs(second));
  }

  @Test
  void anotherAddressMeansANewConnectionAndAnotherClusterEverythingFromTheStart() {
    MockProducer<String, byte[]> first = cluster.add(true);
    MockProducer<String, byte[]> same = cluster.add(true);
    MockProducer<String, byte[]> other = cluster.add(true);
    try (Publisher publisher = start()) {
      assertEquals(0, publisher.awaitDelivered(LONG));
      cluster.address = Optional.of("there:2");
      log.append(new RunEvent.Front("a", 0, "entered", List.of(1.0)));
      until(first::closed);
      assertEquals(0, publisher.awaitDelivered(LONG));
      cluster.clusterId = "B";
      cluster.address = Optional.of("elsewhere:3");
      log.append(new RunEvent.Front("b", 1, "entered", List.of(1.0)));
      until(same::closed);
      until(() -> seqs(other).size() == 3);
    }
    assertEquals(List.of("0", "1", "2"), seqs(other));
    assertEquals(2, seqs(first).size() + seqs(same).size());
  }

  @Test
  void withoutABrokerItWaitsAndStatesHowMuchRemainsAndTheNextGoesOnFromTheHint() {
    cluster.address = Optional.empty();
    log.append(new RunEvent.Front("a", 0, "entered", List.of(1.0)));
    try (Publisher publisher = start()) {
      assertEquals(2, publisher.awaitDelivered(SHORT));
      MockProducer<String, byte[]> producer = cluster.add(true);
      cluster.address = Optional.of("here:1");
      assertEquals(0, publisher.awaitDelivered(LONG));
      assertEquals(List.of("0", "1"), seqs(producer));
    }
    log.append(new RunEvent.Front("b", 1, "entered", List.of(1.0)));
    MockProducer<String, byte[]> next = cluster.add(true);
    try (Publisher publisher = start()) {
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    assertEquals(List.of("2"), seqs(next));
    assertTrue(warnings.isEmpty(), warnings.toString());
  }

  @Test
  void anUnreachableBrokerIsReportedOnceAndTriedAgain() {
    try (Publisher publisher = start()) {
      until(() -> cluster.refused >= 3);
      assertEquals(1, warnings.size());
      assertTrue(warnings.peek().contains("here:1 cannot be reached (nobody there)"));
      cluster.add(true);
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
  }

  @Test
  void aRecordThatIsTooLargeIsReportedAndDoesNotHoldUpTheRest() {
    MockProducer<String, byte[]> producer = cluster.add(false);
    log.append(new RunEvent.Front("a", 0, "entered", List.of(1.0)));
    try (Publisher publisher = start()) {
      until(() -> producer.history().size() == 2);
      producer.errorNext(new RecordTooLargeException("too large"));
      producer.completeNext();
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    assertFalse(producer.history().isEmpty());
    assertTrue(warnings.peek().contains("event 0 of run r is too large"), warnings.toString());
  }

  @Test
  void aBeatGoesOutWithoutSeqAndIsNotCounted() {
    MockProducer<String, byte[]> producer = cluster.add(true);
    try (Publisher publisher = start()) {
      assertEquals(0, publisher.awaitDelivered(LONG));
      publisher.progress(new RunEvent.Progress(0, 1, 2, 3));
      until(() -> producer.history().size() == 2);
      assertEquals(0, publisher.awaitDelivered(LONG));
    }
    ProducerRecord<String, byte[]> beat = producer.history().get(1);
    assertEquals("kirchhoff.progress.v1", beat.topic());
    assertNull(beat.headers().lastHeader("ce_seq"));
    assertEquals(Optional.of(new PublishedHint(1, "A", 0)), hint());
  }

  @Test
  void onlyARunThatKafkaShouldHaveAndNobodyWritesIsUnfinished() throws Exception {
    assertFalse(RunPublication.isUnfinished(run));
    new PublishedHint(0, "", 0).write(run.published());
    assertFalse(RunPublication.isUnfinished(run));
    log.close();
    assertTrue(RunPublication.isUnfinished(run));
    MockProducer<String, byte[]> producer = cluster.add(true);
    RunPublication.publishUnfinished(DataDirectory.open(temporary.resolve("data")), cluster);
    assertEquals(List.of("0"), seqs(producer));
    assertFalse(RunPublication.isUnfinished(run));
  }

  private Publisher start() {
    return Publisher.start(run, cluster, warnings::add, Clock.systemUTC());
  }

  private Optional<PublishedHint> hint() {
    return PublishedHint.read(run.published());
  }

  private static String header(ProducerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static List<String> seqs(MockProducer<String, byte[]> producer) {
    List<String> seqs = new ArrayList<>();
    producer.history().forEach(record -> seqs.add(header(record, "ce_seq")));
    return seqs;
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** Hands out the producers that a test prepared; refuses while there is none. */
  private static final class FakeCluster implements Cluster {
    private final LinkedBlockingQueue<MockProducer<String, byte[]>> prepared =
        new LinkedBlockingQueue<>();
    private volatile Optional<String> address = Optional.of("here:1");
    private volatile String clusterId = "A";
    private volatile int refused;

    MockProducer<String, byte[]> add(boolean acknowledging) {
      MockProducer<String, byte[]> producer =
          new MockProducer<>(
              acknowledging, null, new StringSerializer(), new ByteArraySerializer());
      prepared.add(producer);
      return producer;
    }

    @Override
    public Optional<String> address() {
      return address;
    }

    @Override
    public Duration grace() {
      return Duration.ZERO;
    }

    @Override
    public Consumer<String, byte[]> consumer(String where) {
      throw new AssertionError("A publisher reads no topic.");
    }

    @Override
    public Connection connect(String where) throws Unreachable, InterruptedException {
      MockProducer<String, byte[]> producer = prepared.poll(1, TimeUnit.MILLISECONDS);
      if (producer == null) {
        refused++;
        throw new Unreachable("nobody there", null);
      }
      return new Connection(where, producer, clusterId);
    }
  }
}
