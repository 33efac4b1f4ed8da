package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's network with 64 of its inputs, no labels, and two lines of spec. */
class OwnNetworkTest {
  private static final String SPEC =
      """
      kirchhoff: 1
      extends: %s
      workload: {network: mine.onnx, samples: inputs.npy}
      constraints: [agreement >= 85 %%, area <= 80 mm2]
      """;

  @TempDir private Path folder;

  private Path spec() throws IOException {
    Files.write(folder.resolve("mine.onnx"), TrainedNetworks.bytes("fashion-mlp"));
    NpyFiles.write(ShippedData.fashionTest().first(64), folder.resolve("inputs.npy"));
    return Files.writeString(
        folder.resolve("mine.yaml"),
        SPEC.formatted(Path.of(CommandRun.example("resnet18-reram")).toAbsolutePath()));
  }

  private CommandRun explore(Path spec, String... more) {
    String[] all = {
      "explore", spec.toString(), "--budget", "200", "--data", folder + "/data", "--json"
    };
    String[] with = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, with, all.length, more.length);
    return CommandRun.of(with);
  }

  @Test
  void itIsMeasuredOnceAndMembersAreConfirmedWithoutLabels() throws IOException {
    Path spec = spec();
    String byKind = "sensitivity of mine, by kind of layer";
    CommandRun before = CommandRun.of("evaluate", spec.toString());
    assertTrue(before.out().contains(byKind), before.out());
    CommandRun first = explore(spec, "--simulations", "2").exits(0);
    assertTrue(first.err().contains("written: " + folder.resolve("mine.accuracy")), first.err());
    String model = Files.readString(folder.resolve("mine.accuracy"));
    int simulated = 0;
    for (JsonNode member : first.json().get("front")) {
      JsonNode found = member.get("accuracy");
      if (found != null && !found.isNull()) {
        simulated++;
        assertEquals(32, found.get("samples").asInt());
        assertTrue(found.get("agreement").get("high").asDouble() >= 0.85, found.toString());
        assertFalse(found.has("loss") && !found.get("loss").isNull(), found.toString());
      }
    }
    assertTrue(simulated > 0, first.out());
    CommandRun second = explore(spec, "--simulate", "0").exits(0);
    assertFalse(second.err().contains("measuring"), second.err());
    assertEquals(model, Files.readString(folder.resolve("mine.accuracy")));
    CommandRun after = CommandRun.of("evaluate", spec.toString());
    assertFalse(after.out().contains(byKind), after.out());
  }

  /** A place where nothing can be written: a directory has the name of the file. */
  @Test
  void aMeasurementThatCannotBeKeptIsUsedAllTheSame() throws IOException {
    Path spec = spec();
    Files.createDirectory(folder.resolve("mine.accuracy"));
    CommandRun run = explore(spec, "--simulate", "0").exits(0);
    assertTrue(run.err().contains("the measurement is not kept: "), run.err());
    assertTrue(run.json().get("front").size() > 0);
  }

  @Test
  void samplesThatDoNotFitAreToldBesideTheMissingEstimate() throws IOException {
    Path spec = spec();
    NpyFiles.write(ShippedData.sequenceTest().first(4), folder.resolve("inputs.npy"));
    CommandRun run = explore(spec).exits(2);
    assertTrue(run.err().contains("the sensitivity of"), run.err());
    assertTrue(run.err().contains("must be samples of 784 values"), run.err());
    assertFalse(Files.exists(folder.resolve("mine.accuracy")));
  }
}
