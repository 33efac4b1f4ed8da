package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The account of a figure: sums at every level to what {@code evaluate} says, with a formula and a
 * source at each leaf.
 */
class ExplainTest {
  /** Figure, the metric it accounts for, and how many of the tree's unit one of the metric's is. */
  private static final Map<String, String> METRICS =
      Map.of(
          "energy", "energy_uJ",
          "layers", "energy_uJ",
          "area", "area_mm2",
          "power", "powerPeak_W",
          "latency", "latency_ms");

  private static final Map<String, Double> PER_METRIC =
      Map.of("energy_uJ", 1e9, "area_mm2", 1e6, "powerPeak_W", 1e6, "latency_ms", 1e6);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "isaac",
        "bench/resnet18-12db",
        "resnet18-reram",
        "array-adc-sweep",
        "vgg8-pcm",
        "mram-binary"
      })
  void everyFigureSumsToTheTotalsAndEveryLeafHasFormulaAndSource(String example) {
    String spec = CommandRun.example(example);
    JsonNode totals = CommandRun.of("evaluate", spec, "--json").json().get("totals");
    JsonNode trees = CommandRun.of("explain", spec, "--json").exits(0).json();
    List<String> problems = new ArrayList<>();
    assertEquals(example.equals("isaac") ? 2 : 6, trees.size());
    trees
        .properties()
        .forEach(
            tree -> {
              double total = total(totals, tree.getKey());
              double explained = tree.getValue().get("value").asDouble();
              assertEquals(total, explained, 1e-9 * total, tree.getKey());
              check(tree.getValue(), tree.getKey(), problems);
            });
    assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
  }

  /** In the unit of its tree. */
  private static double total(JsonNode totals, String figure) {
    if (figure.equals("noise")) {
      return Math.pow(10, -totals.get("snr_dB").asDouble() / 10);
    }
    String metric = METRICS.get(figure);
    return totals.get(metric).asDouble() * PER_METRIC.get(metric);
  }

  private static void check(JsonNode tree, String path, List<String> problems) {
    double value = tree.get("value").asDouble();
    JsonNode parts = tree.get("parts");
    if (parts.isEmpty()) {
      for (String key : List.of("formula", "source")) {
        if (tree.get(key).asText().isBlank()) {
          problems.add(path + " has no " + key);
        }
      }
      return;
    }
    double sum = 0;
    for (JsonNode part : parts) {
      sum += part.get("value").asDouble();
      assertEquals(tree.get("unit").asText(), part.get("unit").asText(), path);
      check(part, path + "/" + part.get("name").asText(), problems);
    }
    if (Math.abs(sum - value) > 1e-9 * Math.abs(value)) {
      problems.add(path + " is " + value + ", its parts are " + sum);
    }
  }

  @Test
  void oneFigureAsJsonIsTheSameTree() {
    String spec = CommandRun.example("vgg8-pcm");
    JsonNode all = CommandRun.of("explain", spec, "--json").exits(0).json();
    JsonNode area = CommandRun.of("explain", spec, "area", "--json").exits(0).json();
    assertEquals(all.get("area"), area);
  }

  @Test
  void smallPartsAreSummedUpUnlessAllAreWanted() {
    String spec = CommandRun.example("bench/resnet18-12db");
    String text = CommandRun.of("explain", spec).exits(0).out();
    String whole = CommandRun.of("explain", spec, "--all").exits(0).out();
    assertTrue(text.contains(" more "), text);
    assertTrue(!whole.contains(" more "), whole);
    assertTrue(whole.lines().count() > text.lines().count());
    assertTrue(text.lines().findFirst().orElseThrow().contains("100.0 %"), text);
  }
}
