package dev.kirchhoff.arch.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Spread;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

  /** 1.5 is 0x3fc00000, NaN 0x7fc00000; the lowest byte comes first. */
  @Test
  void figuresAreLittleEndianInBase64AndReadBackToTheSameBits() throws Exception {
    float[][] metrics = {{1.5f, Float.NaN}, {}};
    float[][] slacks = {{-Float.MIN_VALUE, Float.MAX_VALUE}};
    RunEvent event =
        new RunEvent.Evaluations(
            0,
            2,
            0,
            0,
            new int[][] {{0, 1}},
            new Double[][] {{1.0, null}},
            new double[][] {},
            new RunEvent.Figures(metrics, slacks, new float[0][]));
    byte[] data = EventJson.dataBytes(event);
    String text = new String(data, StandardCharsets.UTF_8);
    assertTrue(
        text.endsWith("\"metrics\":[\"AADAPwAAwH8=\",null],\"slacks\":[\"AQAAgP//f38=\"]}"), text);
    RunEvent.Evaluations read =
        (RunEvent.Evaluations) EventJson.data(RunEvent.Evaluations.TYPE, data, 0, data.length);
    assertArrayEquals(metrics, read.figures().metrics());
    assertArrayEquals(slacks, read.figures().slacks());
    assertEquals(0, read.figures().parts().length);
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
    assertEquals(9, read.seq().orElseThrow());
  }

  @Test
  void logsThatKnowNoBandsAreStillRead() throws Exception {
    String account =
        "{\"type\":\"dev.kirchhoff.design.v1\",\"source\":\"/runs/R\",\"seq\":9,\"time\":\"t\","
            + "\"data\":{\"design\":\"a\",\"index\":1,\"totals\":{},\"tree\":{},\"layers\":[],"
            + "\"fidelity\":[]}}";
    EventEnvelope read = EventJson.parse(account);
    assertNull(((RunEvent.DesignDetails) read.event()).bands());
    assertFalse(EventJson.line(read).contains("bands"));

    ObjectMapper mapper = EventJson.mapper();
    String axis = "{\"name\":\"area\",\"key\":\"area_mm2\",\"unit\":\"mm2\",\"maximise\":false}";
    RunEvent.Axis nominal = mapper.readValue(axis, RunEvent.Axis.class);
    assertEquals(BandEnd.NOMINAL, nominal.end());
    assertEquals(axis, mapper.writeValueAsString(nominal));
    RunEvent.Axis low = RunEvent.Axis.at(BandEnd.PESSIMISTIC, "area", "area_mm2", "mm2", false);
    assertEquals("low", low.band());
    assertEquals(low, mapper.readValue(mapper.writeValueAsString(low), RunEvent.Axis.class));
  }

  @Test
  void aTreeHasItsBandUnlessItIsExact() throws Exception {
    CostTree exact = CostTree.leaf("given", 3, "fJ", "3 fJ", "given");
    CostTree wide = CostTree.leaf("model", 2, "fJ", "2 fJ", "s", new Spread(0.5, 4, "two papers"));
    JsonNode tree =
        EventJson.mapper().valueToTree(CostTree.sum("chip", "fJ", "", List.of(exact, wide)));
    // 3 + 2 x 0.5 and 3 + 2 x 4 over 5.
    assertEquals(0.8, tree.at("/spread/low").asDouble(), 1e-15);
    assertEquals(2.2, tree.at("/spread/high").asDouble(), 1e-15);
    assertFalse(tree.at("/parts/0").has("spread"), tree.toString());
    assertEquals("two papers", tree.at("/parts/1/spread/reason").asText());
    assertEquals(
        List.of("name", "value", "unit", "formula", "source", "spread", "parts"),
        tree.properties().stream().map(Map.Entry::getKey).toList());
  }

  @Test
  void invalidEventsAreReportedInWords() {
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
    String columns =
        "{\"source\":\"/runs/R\",\"type\":\"dev.kirchhoff.evaluations.v1\",\"data\":{\"first\":0,"
            + "\"count\":2,\"knobs\":[[1,1]],\"values\":[[1,2]],\"violations\":[],\"metrics\":[";
    assertRefused(columns + "\"AADAPw==\"]}}", "a column of figures has 1 entries, must have 2");
    assertRefused(columns + "\"AADAPwAA\"]}}", "6 bytes");
    assertRefused(columns + "[1,2]]}}", "must be base 64");
    assertRefused(columns + "\"?\"]}}", "do not fit");
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
