package dev.kirchhoff.arch.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventMessageTest {
  private static final String RUN = "20261124T231235Z-sample-k3f9";

  @Test
  void everyEventReadsBackFromItsHeadersKeyAndValue() throws Exception {
    for (RunEvent event : SampleEvents.all()) {
      EventEnvelope written = SampleEvents.envelope(event, 3);
      EventMessage message = EventMessage.of(written);
      EventEnvelope read =
          EventMessage.read(message.headers(), message.key(), message.value().orElse(null));
      if (event instanceof RunEvent.Front && message.value().isEmpty()) {
        assertEquals(new RunEvent.Front("k3v7abcdefghijkl", 2, "left", List.of()), read.event());
        assertEquals(3, read.seq().orElseThrow());
      } else {
        assertEquals(EventJson.line(written), EventJson.line(read));
      }
      assertEquals(EventTopic.of(written.type()).orElseThrow(), message.topic());
    }
  }

  @Test
  void theValueIsTheVeryBytesOfTheLinesData() throws Exception {
    String data =
        "{\"design\" : \"ä\\u00e4\", \"index\":1 , \"change\":\"entered\",\"values\":[ 1e0 ]}";
    String text =
        "xx{\"time\":\"é\",\"type\":\"dev.kirchhoff.front.v1\",\"data\": "
            + data
            + " ,\"source\":\"/runs/R\",\"seq\":2}yy";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RawEvent raw = RawEvent.scan(Arrays.copyOf(bytes, bytes.length), 2, bytes.length - 4);
    assertArrayEquals(data.getBytes(StandardCharsets.UTF_8), raw.data());
    EventMessage message = EventMessage.of(raw);
    assertArrayEquals(raw.data(), message.value().orElseThrow());
    assertEquals("R/ää", message.key());
  }

  @Test
  void attributesTravelAsHeadersAndAMemberThatLeftIsATombstone() throws Exception {
    RunEvent.Front left = new RunEvent.Front("k3v7", 12, "left", List.of(1.0));
    EventMessage message = EventMessage.of(SampleEvents.envelope(left, 5));
    assertTrue(message.value().isEmpty());
    assertEquals(RUN + "/k3v7", message.key());
    assertEquals(
        Map.of(
            "ce_specversion", "1.0",
            "ce_type", "dev.kirchhoff.front.v1",
            "ce_source", "/runs/" + RUN,
            "ce_id", "0-5",
            "ce_seq", "5",
            "ce_era", "0",
            "ce_time", SampleEvents.TIME,
            "content-type", "application/json",
            "ce_index", "12"),
        message.headers());
  }

  @Test
  void aForeignRecordIsRefused() {
    assertThrows(
        EventFormatException.class, () -> EventMessage.read(Map.of(), "R", new byte[] {'{', '}'}));
    assertThrows(
        EventFormatException.class,
        () ->
            EventMessage.read(
                Map.of("ce_source", "/runs/R", "ce_type", RunEvent.Run.TYPE), "R", null));
    assertThrows(
        EventFormatException.class,
        () ->
            EventMessage.read(
                Map.of("ce_source", "/runs/R", "ce_type", RunEvent.Front.TYPE, "ce_seq", "x"),
                "R/d",
                null));
  }
}
