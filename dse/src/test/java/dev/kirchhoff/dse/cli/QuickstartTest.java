package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first exploration that a user makes: a space that can only be searched, on a real network.
 */
class QuickstartTest {
  private static final String SPEC = CommandRun.example("bench/resnet18-12db");

  /**
   * Knobs that a search without a noise model drives to their bounds: lowest voltage, fewest bits,
   * most rows.
   */
  private static final Set<String> CORNER = Set.of("cell.readVoltage", "pe.readout.bits", "side");

  @TempDir private Path folder;

  @Test
  void threeThousandDesignsGiveTheSameFrontTwiceAndNotACornerOfTheSpace() {
    CommandRun first = explore("first");
    assertEquals(first.out(), explore("second").out());
    JsonNode knobs = CommandRun.of("check", SPEC, "--json").exits(0).json().get("knobs");
    JsonNode front = first.json().get("front");
    assertTrue(front.size() >= 10, "a front of " + front.size());
    for (JsonNode member : front) {
      List<String> inside = new ArrayList<>();
      for (int k = 0; k < knobs.size(); k++) {
        String path = knobs.get(k).get("path").asText();
        int ordinal = member.get("ordinals").get(k).asInt();
        int last = knobs.get(k).get("values").size() - 1;
        if (CORNER.contains(path) && ordinal > 0 && ordinal < last) {
          inside.add(path);
        }
      }
      assertFalse(inside.isEmpty(), member.toString());
    }
  }

  private CommandRun explore(String run) {
    return CommandRun.of(
            "explore",
            SPEC,
            "--no-kafka",
            "--budget",
            "3000",
            "--seed",
            "1",
            "--json",
            "--run-id",
            run,
            "--data",
            folder.toString())
        .exits(0);
  }
}
