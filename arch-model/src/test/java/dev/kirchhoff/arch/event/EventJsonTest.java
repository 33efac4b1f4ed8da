package dev.kirchhoff.arch.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class EventJsonTest {
  private static final long SEED = 20261124;

  @Test
  void everyEventReadsBackAsItWasWritten() throws Exception {
    for (RunEvent event : SampleEvents.all()) {
      EventEnvelope written = SampleEvents.envelope(event, 3);
      EventEnvelope read = EventJson.parse(EventJson.line(written));
      assertEquals(written.type(), read.type());
      assertEquals(written.runId(), read.runId());
      assertEquals(written.seq(), read.seq());
      assertEquals(written.time(), read.time());
      assertEquals(EventJson.line(written), EventJson.line(read));
    }
  }

  @Test
  void columnsAreTheSameJsonAsDataBindingWouldWriteAndReadBackToTheSameBits() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    ObjectMapper foreign = new ObjectMapper();
    for (int trial = 0; trial < 100; trial++) {
      RunEvent.Evaluations event =
          SampleEvents.evaluations(random, 1 + random.nextInt(300), 1 + random.nextInt(20));
      byte[] data = EventJson.dataBytes(event);
      JsonNode tree = foreign.readTree(data);
      RunEvent.Evaluations bound = foreign.treeToValue(tree, RunEvent.Evaluations.class);
      RunEvent.Evaluations read =
          (RunEvent.Evaluations) EventJson.data(RunEvent.Evaluations.TYPE, data, 0, data.length);
      for (RunEvent.Evaluations other : List.of(bound, read)) {
        String at = "seed " + SEED + ", trial " + trial;
        assertEquals(event.first(), other.first(), at);
        assertEquals(event.count(), other.count(), at);
        assertArrayEquals(event.knobs(), other.knobs(), at);
        assertArrayEquals(event.values(), other.values(), at);
        assertArrayEquals(event.violations(), other.violations(), at);
      }
    }
  }

  @Test
  void aMetConstraintIsWrittenAsABareZero() {
    RunEvent event =
        new RunEvent.Evaluations(
            0,
            2,
            0,
            0,
            new int[][] {{0, 1}},
            new Double[][] {{1.0, null}},
            new double[][] {{0, 2}});
    assertEquals(
        "{\"first\":0,\"count\":2,\"round\":0,\"island\":0,\"knobs\":[[0,1]],"
            + "\"values\":[[1.0,null]],\"violations\":[[0,2.0]]}",
        new String(EventJson.dataBytes(event), StandardCharsets.UTF_8));
  }

  @Test
  void notANumberIsRefused() {
    RunEvent event =
        new RunEvent.Evaluations(
            0, 1, 0, 0, new int[][] {{0}}, new Double[][] {{Double.NaN}}, new double[][] {{0}});
    assertThrows(IllegalArgumentException.class, () -> EventJson.dataBytes(event));
  }

  @Test
  void theOrderOfFieldsAndUnknownFieldsDoNotMatter() throws Exception {
    EventEnvelope read =
        EventJson.parse(
            "{\"data\":{\"new\":[{}],\"values\":[1,2],\"change\":\"entered\",\"index\":4,"
                + "\"design\":\"ü\"},\"later\":{\"x\":[1]},\"seq\":9,\"time\":\"t\","
                + "\"source\":\"/runs/R\",\"type\":\"dev.kirchhoff.front.v1\"}");
    assertEquals(new RunEvent.Front("ü", 4, "entered", List.of(1.0, 2.0)), read.event());
    assertEquals(9, read.seq());
  }

  @Test
  void whatIsNotAnEventIsSaidInWords() {
    assertRefused("", "not a JSON object");
    assertRefused("[1]", "not a JSON object");
    assertRefused("{\"source\":\"/runs/R\"", "not JSON");
    assertRefused("{\"source\":\"/runs/R\"}{}", "more than one JSON value");
    assertRefused("{\"source\":\"/other/R\",\"type\":\"dev.kirchhoff.run.v1\"}", "name a run");
    assertRefused("{\"source\":\"/runs/R\",\"type\":\"a\",\"data\":{}}", "unknown event type 'a'");
    assertRefused("{\"source\":\"/runs/R\",\"type\":\"dev.kirchhoff.front.v1\"}", "has no data");
    assertRefused(
        "{\"source\":\"/runs/R\",\"type\":\"dev.kirchhoff.front.v1\",\"data\":{\"index\":[]}}",
        "data do not fit");
    assertRefused(
        "{\"source\":\"/runs/R\",\"type\":\"dev.kirchhoff.evaluations.v1\",\"data\":{\"first\":0,"
            + "\"count\":2,\"knobs\":[[1]],\"values\":[[1,2]],\"violations\":[]}}",
        "a column of knobs has 1 entries, must have 2");
    assertRefused(
        "{\"source\":\"/runs/R\",\"type\":\"dev.kirchhoff.evaluations.v1\",\"data\":{\"first\":0}}",
        "must all be there");
  }

  private static void assertRefused(String line, String because) {
    EventFormatException e =
        assertThrows(EventFormatException.class, () -> EventJson.parse(line), line);
    assertTrue(e.getMessage().contains(because), e.getMessage());
    assertFalse(e.getMessage().contains("\n\tat"), e.getMessage());
  }
}
