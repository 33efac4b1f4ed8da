package dev.kirchhoff.dse.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemberRecordTest {
  private static final int[][] KNOBS = {{0, 1, 2}, {2, -1, 0}};
  private static final double[][] VALUES = {{1.5, Double.NaN, 3.25}, {10.0, 20.0, 30.0}};
  private static final float[][] METRICS = {
    {0.1f, Float.NaN, 0.3f}, {Float.NaN, Float.NaN, Float.NaN}
  };

  private final MemberRecord records = new MemberRecord("r", header());

  private static RunEvent.Run header() {
    List<RunEvent.KnobHeader> knobs =
        IntStream.range(0, 2)
            .mapToObj(
                k ->
                    new RunEvent.KnobHeader(
                        "knob" + k,
                        IntStream.rangeClosed(1, 3).<JsonNode>mapToObj(IntNode::valueOf).toList(),
                        0,
                        ""))
            .toList();
    return new RunEvent.Run(
            "running",
            "",
            "test",
            1,
            10,
            "random",
            1,
            EventJson.mapper().createObjectNode(),
            List.of(),
            knobs,
            List.of("TOPS/W", "area"),
            List.of(),
            "by hand",
            List.of(
                new RunEvent.Axis("TOPS/W", "energyEfficiency_TOPSperW", "TOPS/W", true),
                new RunEvent.Axis("area", "area_mm2", "mm2", false)))
        .recording(
            new RunEvent.Recorded(
                List.of(
                    new RunEvent.Column("energy_uJ", "energy", "uJ"),
                    new RunEvent.Column("snr_dB", "snr", "dB")),
                List.of()));
  }

  private static RunEvent.Evaluations event(int[][] knobs, double[][] values) {
    return new RunEvent.Evaluations(
        100,
        3,
        0,
        0,
        knobs,
        values,
        new double[0][],
        new float[0][],
        new RunEvent.Figures(METRICS, new float[0][]));
  }

  private JsonNode json(RunEvent.Evaluations event, int row) throws Exception {
    return new ObjectMapper()
        .readTree(new String(records.json("d", event, row), StandardCharsets.UTF_8));
  }

  @Test
  void aRecordIsOfItsRowAlone() throws Exception {
    for (int row = 0; row < 3; row++) {
      JsonNode json = json(event(KNOBS, VALUES), row);
      assertEquals(100 + row, json.get("index").asInt());
      for (int k = 0; k < 2; k++) {
        int ordinal = KNOBS[k][row];
        assertEquals(ordinal >= 0, json.has("knob" + k), json.toString());
        assertTrue(ordinal < 0 || json.get("knob" + k).asInt() == ordinal + 1, json.toString());
      }
      double value = VALUES[0][row];
      assertEquals(!Double.isNaN(value), json.has("energyEfficiency_TOPSperW"), json.toString());
      assertTrue(
          Double.isNaN(value) || value == json.get("energyEfficiency_TOPSperW").asDouble(),
          json.toString());
      assertEquals(VALUES[1][row], json.get("area_mm2").asDouble());
      assertEquals(row != 1, json.has("energy_uJ"), json.toString());
      assertFalse(json.has("snr_dB"), json.toString());
    }
  }

  @Test
  void evaluationsOfOtherKnobsOrObjectivesAreRefused() {
    refuses(event(new int[][] {KNOBS[0]}, VALUES), "1 columns of knobs, the run's header names 2");
    refuses(
        event(KNOBS, new double[][] {VALUES[0]}),
        "1 columns of objectives, the run's header names 2");
    refuses(event(new int[][] {{3, 0, 0}, {0, 0, 0}}, VALUES), "ordinal 3 of knob0, which has 3");
  }

  private void refuses(RunEvent.Evaluations event, String words) {
    EventFormatException refusal =
        assertThrows(EventFormatException.class, () -> records.json("d", event, 0));
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }
}
