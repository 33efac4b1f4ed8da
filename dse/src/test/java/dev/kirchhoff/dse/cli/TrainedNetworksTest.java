package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trained networks by name, from the command line to the run log. */
class TrainedNetworksTest {
  @TempDir private Path folder;

  /** By hand, 8 cells of 2 bits a weight: sum of ceil(K / 128) x ceil(8 M / 128). */
  @ParameterizedTest(name = "{0} fills {1} crossbars of ISAAC")
  @CsvSource({
    "fashion-mlp, 61", // 7 x 8 + 1 x 4 + 1 x 1
    "fashion-mlp-noise-aware, 61",
    "fashion-cnn, 58", // 1 x 1 + 2 x 2 + 13 x 4 + 1 x 1
    "fashion-cnn-noise-aware, 58",
    "sequence-lstm, 17", // [W; R] 1 x 16 + 1 x 1
    // 1 + 6 x 2 + (4 + 5 x 6 + 2) + (12 + 5 x 20 + 4) + 1
    "fashion-resnet20, 166",
    "fashion-vit, 117" // 4 + 4 x (4 x 4 + 8 + 4) + 1
  })
  void aTrainedNetworkIsEvaluatedByItsName(String name, int crossbars) {
    CommandRun run =
        CommandRun.of("evaluate", CommandRun.example("isaac"), "--network", name, "--json")
            .exits(0);
    assertEquals(crossbars, run.json().get("totals").get("crossbars").asInt());
  }

  @Test
  void layersAreSetByTheirNames() {
    CommandRun.of(
            "evaluate",
            CommandRun.example("isaac"),
            "--network",
            "fashion-cnn",
            "--set",
            "precision.layers=[{match: \"*/conv*\", weights: 4}]")
        .exits(0);
  }

  @Test
  void aMisspeltNameIsSuggested() {
    CommandRun.of("evaluate", CommandRun.example("isaac"), "--network", "fashion-cnm")
        .refuses("unknown network 'fashion-cnm'; did you mean fashion-cnn?");
  }

  @Test
  void aRunRemembersTheName() {
    String data = folder.resolve("data").toString();
    CommandRun.of(
        "explore",
        CommandRun.example("bench/vgg8-pcm"),
        "--network",
        "fashion-cnn",
        "--no-kafka",
        "--simulate",
        "0",
        "--budget",
        "50",
        "--run-id",
        "trained",
        "--data",
        data);
    String text = CommandRun.of("evaluate", "--design", "trained#0", "--data", data).out();
    assertTrue(text.contains("fashion-cnn, sustained"), text);
  }

  @Test
  void theCatalogueStatesDataAndAccuracy() {
    String text = CommandRun.of("catalog", "networks").exits(0).out();
    assertTrue(
        text.lines()
            .anyMatch(line -> line.matches("fashion-cnn .*9[0-9]\\.[0-9]{2} % of 10,000.*")),
        text);
    assertTrue(CommandRun.of("catalog").out().contains("25 networks"));
    JsonNode one = CommandRun.of("catalog", "networks", "fashion-cnn", "--json").exits(0).json();
    assertEquals("fashion-mnist", one.get("data").asText());
    assertTrue(one.get("accuracyFloat").asDouble() >= 0.9);
    assertTrue(one.get("training").asText().contains("seed"));
  }
}
