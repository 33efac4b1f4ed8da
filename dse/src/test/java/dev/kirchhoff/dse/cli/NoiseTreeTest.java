package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseTreeTest {
  private static double sum(JsonNode tree) {
    if (tree.get("parts") == null || tree.get("parts").isEmpty()) {
      return tree.get("value").asDouble();
    }
    double sum = 0;
    for (JsonNode part : tree.get("parts")) {
      sum += sum(part);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "fashion-accuracy, pe.readout=sar",
    "vgg8-pcm, pe.readout=sar",
    "resnet18-reram, pe.readout.bits=3",
    "two-networks, pe.readout=sar"
  })
  void leavesAddUpToTheSignalToNoiseRatio(String example, String setting) {
    String spec = CommandRun.example(example);
    double snr_dB =
        CommandRun.of("evaluate", spec, "--set", setting, "--json")
            .json()
            .get("totals")
            .get("snr_dB")
            .asDouble();
    JsonNode tree = CommandRun.of("explain", spec, "noise", "--set", setting, "--json").json();
    double noise = Math.pow(10, -snr_dB / 10);
    assertEquals(noise, tree.get("value").asDouble(), 1e-9 * noise);
    assertEquals(noise, sum(tree), 1e-9 * noise);
  }

  @ParameterizedTest
  @CsvSource({
    "sar, sample;metastability;settling of the capacitors",
    "flash, metastability",
    "senseAmplifier, thermal noise of copy and reference;settling of the difference"
  })
  void theNoiseOfAReadoutIsSplitByItsCauses(String kind, String own) {
    String spec = CommandRun.example("resnet18-reram");
    JsonNode tree =
        CommandRun.of(
                "explain",
                spec,
                "noise",
                "--set",
                "pe.readout=" + kind,
                "--set",
                "pe.readout.bits=4",
                "--json")
            .json();
    // Signed inputs of the first layer are read twice, which takes offsets off.
    JsonNode readout = named(tree.get("parts").get(1), "readout");
    double sum = 0;
    List<String> names = new ArrayList<>();
    for (JsonNode part : readout.get("parts")) {
      names.add(part.get("name").asText());
      sum += part.get("value").asDouble();
    }
    double value = readout.get("value").asDouble();
    assertEquals(value, sum, 1e-9 * value);
    assertTrue(names.contains("thermal noise of cells and front end"), names.toString());
    assertTrue(names.contains("virtual ground"), names.toString());
    assertTrue(names.contains("offset and bow"), names.toString());
    // Sources without noise are left out.
    assertTrue(List.of(own.split(";")).stream().anyMatch(names::contains), names.toString());
  }

  private static JsonNode named(JsonNode tree, String name) {
    for (JsonNode part : tree.get("parts")) {
      if (part.get("name").asText().equals(name)) {
        return part;
      }
    }
    throw new AssertionError("no " + name + " in " + tree);
  }

  /** Its products of two computed matrices are digital and do not count in the mean. */
  @Test
  void digitalLayersDoNotCount() {
    String spec = CommandRun.example("bench/resnet18-12db");
    double snr_dB =
        CommandRun.of("evaluate", spec, "--network", "gpt2_medium", "--json")
            .json()
            .get("totals")
            .get("snr_dB")
            .asDouble();
    JsonNode tree =
        CommandRun.of("explain", spec, "noise", "--network", "gpt2_medium", "--json").json();
    double noise = Math.pow(10, -snr_dB / 10);
    assertEquals(noise, tree.get("value").asDouble(), 1e-9 * noise);
  }

  @Test
  void theTreeStatesTheAccuracyCost() {
    String spec = CommandRun.example("fashion-accuracy");
    String noise = CommandRun.of("explain", spec, "noise").exits(0).out();
    assertTrue(noise.contains(", agreement ") && noise.contains("accuracyLoss"), noise);
    assertTrue(noise.contains("noise in 4 layers, 128 items"), noise);
    assertEquals(noise, CommandRun.of("explain", spec, "accuracyLoss").exits(0).out());
    assertEquals(noise, CommandRun.of("explain", spec, "snr").exits(0).out());
  }

  @Test
  void withoutANetworkThereIsNone() {
    CommandRun.of("explain", CommandRun.example("isaac"), "noise")
        .refuses("noise needs a workload");
  }
}
