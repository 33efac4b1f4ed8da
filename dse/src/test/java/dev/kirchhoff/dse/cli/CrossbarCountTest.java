package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers of 128 x 128 crossbars per network, counted by hand: each layer of K inputs and N outputs
 * takes ceil(K / 128) x ceil(N c / 128), c cells a weight. ResNet-18's first layer, 147 x 64, with
 * c = 8: 2 x 4; and so on.
 */
class CrossbarCountTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} with {1} bits a cell needs {2} crossbars")
  @CsvSource({"resnet18, 1, 5724", "resnet18, 2, 2864", "vgg8_cifar10, 2, 3176"})
  void aNetworkFillsItsCrossbars(String network, int bits, int crossbars) throws IOException {
    JsonNode design =
        CommandRun.of("evaluate", chip(bits).toString(), "--network", network, "--json")
            .exits(0)
            .json();
    assertEquals(crossbars, design.get("totals").get("crossbars").asInt());
    int sum = 0;
    for (JsonNode layer : design.get("layers")) {
      sum += layer.get("mapping").get("crossbars").asInt();
    }
    assertEquals(crossbars, sum);
  }

  /** 784 x 300 takes 7 x 19 crossbars of 128 x 128 with 8 cells a weight, 300 x 10 takes 3 x 1. */
  @Test
  void aNetworkOfTheUserIsNamedFromHereAndKeptInTheRun() throws IOException {
    Path shapes =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            "kirchhoff: 1\nnetwork: tiny\nlayers:\n"
                + "  - {name: a, inputs: 784, outputs: 300}\n  - {name: b, inputs: 300, outputs: 10}\n");
    String fromHere = Path.of("").toAbsolutePath().relativize(shapes.toAbsolutePath()).toString();
    JsonNode design =
        CommandRun.of("evaluate", chip(1).toString(), "--network", fromHere, "--json")
            .exits(0)
            .json();
    assertEquals(7 * 19 + 3, design.get("totals").get("crossbars").asInt());

    String data = folder.resolve("data").toString();
    CommandRun.of(
        "explore",
        CommandRun.example("bench/vgg8-pcm"),
        "--network",
        fromHere,
        "--no-kafka",
        "--budget",
        "50",
        "--run-id",
        "own",
        "--data",
        data);
    Files.delete(shapes);
    String text = CommandRun.of("evaluate", "--design", "own#0", "--data", data).out();
    assertTrue(text.contains("tiny, sustained"), text);
  }

  /** 8-bit weights with an offset column: 8 or 4 cells a weight. */
  private Path chip(int bits) throws IOException {
    return Files.writeString(
        folder.resolve("small.yaml"),
        """
        kirchhoff: 1
        precision: {weights: 8, inputs: 8}
        chip:
          technology: {node: 32 nm}
          pe: {perTile: 8, readout: {kind: sar, bits: 8, columnsPerAdc: 8}}
          crossbar: {perPe: 8, rows: 128, columns: 128, weights: {encoding: offset}}
          cell: {access: 1T1R, bits: %d, device: redox-hfox-wan2022}
        """
            .formatted(bits));
  }
}
