package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** {@code simulate --designs}: the estimate against simulated chips of random designs. */
class EstimateCheckTest {
  private static CommandRun check(String... more) {
    String[] all = new String[more.length + 10];
    String[] first = {
      "simulate",
      CommandRun.example("accuracy-study"),
      "--network",
      "sequence-lstm",
      "--items",
      "16",
      "--draws",
      "1",
      "--designs",
      "4"
    };
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return CommandRun.of(all);
  }

  @Test
  void randomDesignsAreSimulatedAndComparedWithTheEstimate() {
    CommandRun run = check("--json").exits(0);
    JsonNode report = run.json();
    assertEquals(4, report.get("designs").asInt());
    assertEquals(4, report.get("rows").size());
    double sum = 0;
    for (JsonNode row : report.get("rows")) {
      double loss = row.get("loss").asDouble();
      assertTrue(row.get("low").asDouble() <= loss && loss <= row.get("high").asDouble());
      sum += Math.abs(row.get("estimate").asDouble() - loss) / 4;
      assertEquals(3, row.get("layers").size());
      assertTrue(row.get("knobs").size() > 10);
    }
    assertEquals(sum, report.get("meanError").asDouble(), 1e-12);
    JsonNode limit = report.get("limits").get(1);
    assertEquals(0.02, limit.get("limit").asDouble());
    assertTrue(limit.get("acceptedWrongly").asInt() <= limit.get("accepted").asInt());
    assertEquals(run.out(), check("--json", "--threads", "2").exits(0).out());
  }

  @Test
  void aNumberOfDesignsBelowOneIsRefused() {
    CommandRun run =
        CommandRun.of(
            "simulate", CommandRun.example("accuracy-study"), "--designs", "-2", "--items", "4");
    run.exits(2);
    check("--costs").exits(2);
    check("--min-bits", "1 %").exits(2);
    assertTrue(run.err().contains("--designs is -2, must be at least 1"), run.err());
  }
}
