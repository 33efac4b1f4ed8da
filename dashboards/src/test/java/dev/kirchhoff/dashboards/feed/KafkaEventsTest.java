package dev.kirchhoff.dashboards.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class KafkaEventsTest {
  private static ConsumerRecord<byte[], byte[]> record(
      String key, String value, String type, String source, String seq) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "kirchhoff.front.v1", 0, 0, bytes(key), value == null ? null : bytes(value));
    record.headers().add("ce_type", bytes(type)).add("ce_source", bytes(source));
    record.headers().add("ce_seq", bytes(seq)).add("ce_time", bytes("2026-11-24T23:12:35Z"));
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aRecordIsTheEventOfTheLog() throws Exception {
    EventEnvelope event = new SyntheticRun("R", 1, 10).header("running", "");
    String data = EventJson.mapper().readTree(EventJson.line(event)).get("data").toString();
    EventEnvelope read = KafkaEvents.read(record("R", data, RunEvent.Run.TYPE, "/runs/R", "0"));
    assertEquals(
        EventJson.line(event).replaceAll("\"time\":\"[^\"]*\"", ""),
        EventJson.line(read).replaceAll("\"time\":\"[^\"]*\"", ""));
  }

  @Test
  void aTombstoneIsAMemberThatLeft() throws Exception {
    ConsumerRecord<byte[], byte[]> left =
        record("R/k3v7", null, RunEvent.Front.TYPE, "/runs/R", "9");
    assertThrows(EventFormatException.class, () -> KafkaEvents.read(left));
    left.headers().add("ce_index", bytes("5"));
    EventEnvelope read = KafkaEvents.read(left);
    assertEquals(new RunEvent.Front("k3v7", 5, "left", List.of()), read.event());
    assertEquals(9, read.seq().orElseThrow());
  }

  @Test
  void whatIsNoEventIsRefused() {
    List<ConsumerRecord<byte[], byte[]>> bad =
        List.of(
            record("R", "{", RunEvent.Run.TYPE, "/runs/R", "0"),
            record("R", "{}", "dev.kirchhoff.dream.v1", "/runs/R", "0"),
            record("R", "{}", RunEvent.Run.TYPE, "/elsewhere", "0"),
            record("R", "{}", RunEvent.Run.TYPE, "/runs/../../x", "0"),
            record("R", "{}", RunEvent.Run.TYPE, "/runs/R", "first"),
            record("R", null, RunEvent.Run.TYPE, "/runs/R", "0"));
    for (ConsumerRecord<byte[], byte[]> record : bad) {
      assertThrows(EventFormatException.class, () -> KafkaEvents.read(record));
    }
  }
}
