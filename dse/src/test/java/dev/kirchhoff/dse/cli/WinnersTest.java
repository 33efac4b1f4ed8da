package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Winners and ties of a front, as a user meets them. */
class WinnersTest {
  @TempDir private Path folder;

  private String spec(String more) throws Exception {
    Path base =
        Path.of("..", "examples", "bench", "resnet18-12db.yaml").toAbsolutePath().normalize();
    return Files.writeString(
            folder.resolve("spec.yaml"), "kirchhoff: 1\nextends: " + base + "\n" + more)
        .toString();
  }

  private JsonNode explore(String spec, String id) {
    return CommandRun.of(
            "explore",
            spec,
            "--budget",
            "600",
            "--simulate",
            "0",
            "--seed",
            "1",
            "--run-id",
            id,
            "--data",
            folder.resolve("data").toString(),
            "--json")
        .exits(0)
        .json();
  }

  @Test
  void everyContestHasOneOutcomeAndShowRepeatsIt() throws Exception {
    JsonNode report = explore(spec(""), "first");
    assertFalse(report.get("contests").isEmpty());
    for (JsonNode contest : report.get("contests")) {
      boolean isBehind = true;
      for (JsonNode other : contest.get("others")) {
        isBehind &= other.get("behind").asDouble() >= 0.9;
      }
      assertEquals(!isBehind, contest.get("isTie").asBoolean(), contest.toString());
    }
    String data = folder.resolve("data").toString();
    JsonNode shown = CommandRun.of("show", "first", "--data", data, "--json").exits(0).json();
    assertEquals(report.get("contests"), shown.get("contests"));
    String text = CommandRun.of("show", "first", "--data", data).exits(0).out();
    assertTrue(text.contains("Winners, each before others in so many draws"), text);
  }

  /** A readout that is made a hundred times dearer wins nothing that it does not win alone. */
  @Test
  void aReadoutThatIsMadeDearLosesItsWin() throws Exception {
    String dear =
        "calibration:\n"
            + "  - {family: sar, quantity: energy, factor: 100, fittedOn: [a trial]}\n"
            + "  - {family: sar, quantity: area, factor: 100, fittedOn: [a trial]}\n";
    for (JsonNode contest : explore(spec(dear), "dear").get("contests")) {
      if (contest.get("knob").asText().equals("pe.readout")) {
        assertFalse(contest.get("best").get("value").asText().equals("sar"), contest.toString());
      }
    }
  }
}
