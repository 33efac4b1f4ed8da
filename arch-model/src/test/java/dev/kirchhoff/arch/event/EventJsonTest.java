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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
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
  void columnsReadBackToTheSameBits() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int trial = 0; trial < 100; trial++) {
      RunEvent.Evaluations event =
          SampleEvents.evaluations(random, 1 + random.nextInt(300), 1 + random.nextInt(20));
      byte[] data = EventJson.dataBytes(event);
      RunEvent tree = EventJson.data(RunEvent.Evaluations.TYPE, EventJson.mapper().readTree(data));
      RunEvent read = EventJson.data(RunEvent.Evaluations.TYPE, data, 0, data.length);
      for (RunEvent either : List.of(tree, read)) {
        RunEvent.Evaluations other = (RunEvent.Evaluations) either;
        String at = "seed " + SEED + ", trial " + trial;
        assertEquals(event.first(), other.first(), at);
        assertEquals(event.count(), other.count(), at);
        assertArrayEquals(event.knobs(), other.knobs(), at);
        assertArrayEquals(event.values(), other.values(), at);
        assertArrayEquals(event.violations(), other.violations(), at);
        assertArrayEquals(event.shares(), other.shares(), at);
        assertArrayEquals(event.figures().metrics(), other.figures().metrics(), at);
        assertArrayEquals(event.figures().slacks(), other.figures().slacks(), at);
      }
    }
  }

  /** 1.5 is 0x3fc00000, NaN 0x7fc00000; the lowest byte comes first, one column after the other. */
  @Test
  void blocksAreCompressedColumnsOfLittleEndianNumbers() throws Exception {
    RunEvent event =
        new RunEvent.Evaluations(
            0,
            2,
            0,
            0,
            new int[][] {{0, -1}, {258, 1}},
            new double[][] {{1.0, Double.NaN}},
            new double[][] {},
            new float[][] {},
            new RunEvent.Figures(new float[][] {{1.5f, Float.NaN}}, new float[0][]));
    JsonNode data = EventJson.mapper().readTree(EventJson.dataBytes(event));
    assertEquals("0000ffff02010100", block(data, "knobs"));
    assertEquals("000000000000f03f" + "000000000000f87f", block(data, "values"));
    assertEquals("0000c03f" + "0000c07f", block(data, "metrics"));
    assertFalse(data.has("violations"), "a block without columns is left out");
  }

  private static String block(JsonNode data, String name) throws IOException {
    byte[] packed = Base64.getDecoder().decode(data.get(name).asText());
    InflaterInputStream bytes = new InflaterInputStream(new ByteArrayInputStream(packed));
    return HexFormat.of().formatHex(bytes.readAllBytes());
  }

  /** Base 64 of some bytes, compressed. */
  private static String packed(int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      byte[] some = new byte[65_536];
      for (int left = length; left > 0; left -= some.length) {
        out.write(some, 0, Math.min(left, some.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return '"' + Base64.getEncoder().encodeToString(bytes.toByteArray()) + '"';
  }

  @Test
  void notANumberIsRefused() {
    int[][] knobs = {{0}};
    double[][] none = {{Double.NaN}};
    EventJson.dataBytes(new RunEvent.Evaluations(0, 1, 0, 0, knobs, none, new double[][] {{0}}));
    double[][] endless = {{Double.POSITIVE_INFINITY}};
    for (RunEvent event :
        List.of(
            new RunEvent.Evaluations(0, 1, 0, 0, knobs, none, none),
            new RunEvent.Evaluations(0, 1, 0, 0, knobs, endless, new double[][] {{0}}),
            new RunEvent.Evaluations(0, 2, 0, 0, knobs, none, new double[][] {{0, 0}}),
            new RunEvent.Evaluations(
                0, 1, 0, 0, new int[][] {{65_536}}, none, new double[][] {{0}}))) {
      assertThrows(IllegalArgumentException.class, () -> EventJson.dataBytes(event));
    }
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
    String designs =
        "{\"source\":\"/runs/R\",\"type\":\"dev.kirchhoff.evaluations.v2\",\"data\":{\"first\":0,"
            + "\"count\":";
    assertRefused(designs + "2}}", "knobs and values must both be there");
    assertRefused(designs + "0}}", "evaluations of 0 designs, must be of 1 to 1024");
    String columns = designs + "2,\"knobs\":" + packed(4) + ",\"values\":";
    assertRefused(columns + packed(8) + "}}", "8 bytes, must be whole columns of 16 bytes");
    assertRefused(columns + "[1,2]}}", "do not fit");
    assertRefused(columns + "\"?\"}}", "do not fit");
    assertRefused(columns + "\"AADAPw==\"}}", "not zlib data");
    assertRefused(columns + packed(16).substring(0, 9) + "\"}}", "end too early");
    assertRefused(columns + packed(1 << 27) + "}}", "values have more than 1024 columns");
    // A stream with a preset dictionary (FDICT), which nobody gave.
    assertRefused(columns + "\"eLsAAAABAAA=\"}}", "values end too early");
    assertRefused(columns + packed(16).replaceAll("\"$", "AAAA\"") + "}}", "do not fit");
    for (int count : new int[] {-1, 1_025, 1 << 29, (1 << 29) + 1, Integer.MAX_VALUE}) {
      assertRefused(designs + count + ",\"knobs\":\"\",\"values\":\"\"}}", "must be of 1 to 1024");
    }
    String whole = columns + packed(16) + ",\"violations\":";
    assertRefused(whole + packed(16) + "}}", "0 columns of shares, but 1 of violations");
  }

  private static void assertRefused(String line, String because) {
    EventFormatException e =
        assertThrows(EventFormatException.class, () -> EventJson.parse(line), line);
    assertTrue(e.getMessage().contains(because), e.getMessage());
    assertFalse(e.getMessage().contains("\n\tat"), e.getMessage());
  }
}
