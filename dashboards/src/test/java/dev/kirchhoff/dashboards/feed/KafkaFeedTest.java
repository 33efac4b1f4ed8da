package dev.kirchhoff.dashboards.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaFeedTest {
  private static final String TOPIC = "kirchhoff.run.v1";

  @TempDir Path data;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MockConsumer<byte[], byte[]> broker() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    for (String topic : List.of(TOPIC, "kirchhoff.work.v1", "somebody.else")) {
      consumer.updatePartitions(
          topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0])));
    }
    consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 0), 0L));
    return consumer;
  }

  @Test
  void theAddressIsLookedForAndTheTopicIsReadFromItsStart() throws Exception {
    MockConsumer<byte[], byte[]> consumer = broker();
    EventEnvelope event = new SyntheticRun("R", 1, 10).header("running", "");
    byte[] value = bytes(EventJson.mapper().readTree(EventJson.line(event)).get("data").toString());
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < 2; i++) {
            ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(TOPIC, 0, i, bytes("R"), i == 0 ? value : bytes("{"));
            record.headers().add("ce_type", bytes(RunEvent.Run.TYPE));
            record.headers().add("ce_source", bytes("/runs/R")).add("ce_seq", bytes("0"));
            consumer.addRecord(record);
          }
        });
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    try (KafkaFeed feed =
        new KafkaFeed(Optional.empty(), data, new RecordingListener(said), address -> consumer)) {
      feed.start();
      assertEquals("SEARCHING", said.poll(20, TimeUnit.SECONDS));
      Files.createDirectories(data.resolve("broker"));
      Path lock = data.resolve("broker/lock");
      Files.createFile(lock);
      Files.writeString(
          data.resolve("broker/endpoint.json"), "{\"bootstrap\":\"127.0.0.1:9\",\"pid\":1}");
      assertNull(said.poll(1500, TimeUnit.MILLISECONDS), "the file of a broker that ended");
      try (FileChannel owner = FileChannel.open(lock, StandardOpenOption.WRITE);
          FileLock held = owner.lock()) {
        assertTrue(held.isValid());
        assertEquals("CONNECTING 127.0.0.1:9", said.poll(20, TimeUnit.SECONDS));
        assertEquals("CONNECTED 127.0.0.1:9", said.poll(20, TimeUnit.SECONDS));
        assertEquals("R 0", said.poll(20, TimeUnit.SECONDS));
        assertEquals(
            "broken kirchhoff.run.v1 partition 0 offset 1", said.poll(20, TimeUnit.SECONDS));
      }
      assertEquals("SEARCHING", said.poll(20, TimeUnit.SECONDS), "the broker ended in order");
    }
    assertTrue(consumer.closed());
  }

  /** Puts what it is told into a queue. */
  private record RecordingListener(BlockingQueue<String> received) implements FeedListener {
    @Override
    public void event(EventEnvelope envelope, Origin origin, long writtenAtMillis) {
      received.add(envelope.runId() + " " + envelope.seq().orElseThrow());
    }

    @Override
    public void broken(String where, String why) {
      received.add("broken " + where);
    }

    @Override
    public void damaged(String runId, String where, String why) {
      received.add("damaged " + where);
    }

    @Override
    public void mended(String runId) {
      received.add(runId + " mended");
    }

    @Override
    public void log(String runId, LogState state) {
      received.add(runId + " " + state);
    }

    @Override
    public void kafka(KafkaState state) {
      received.add((state.status() + " " + state.bootstrap()).trim());
    }
  }
}
