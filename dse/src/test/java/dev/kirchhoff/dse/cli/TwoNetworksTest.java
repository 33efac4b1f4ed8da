package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of two networks on one chip, through every command. */
class TwoNetworksTest {
  private static final String SPEC = CommandRun.example("two-networks");

  @TempDir private static Path folder;

  private static CommandRun run(String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command, SPEC));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void checkStatesThatEachLayerHasBitsOfItsOwn() {
    CommandRun check = run("check").exits(0);
    assertTrue(check.out().contains("32..96 tiles"), check.out());
    assertTrue(check.out().contains("latency[mobilenet_v2] <= 5 ms"), check.out());
    JsonNode knobs = run("check", "--json").exits(0).json().get("knobs");
    List<String> paths = knobs.findValuesAsText("path");
    assertTrue(paths.contains("precision.weights[mobilenet_v2/52]"), paths.toString());
    assertTrue(paths.stream().noneMatch(p -> p.contains("resnet18/00")), paths.toString());
  }

  @Test
  void evaluateJudgesTheLimitByTheNetworkItNames() {
    CommandRun evaluate = run("evaluate", "--json").exits(1);
    JsonNode all = evaluate.json();
    JsonNode networks = all.get("networks");
    assertEquals("mobilenet_v2", networks.get(1).get("name").asText());
    assertEquals(0.25, networks.get(1).get("share").asDouble());
    double latency_ms = networks.get(1).get("totals").get("latency_ms").asDouble();
    JsonNode missed = null;
    for (JsonNode miss : all.get("missed")) {
      missed = miss.get("constraint").asText().startsWith("latency[") ? miss : missed;
    }
    assertEquals(latency_ms - 5, missed.get("amount").asDouble(), 1e-9 * latency_ms);
    double mean =
        0.75 * networks.get(0).get("totals").get("latency_ms").asDouble() + 0.25 * latency_ms;
    assertEquals(mean, all.get("totals").get("latency_ms").asDouble(), 1e-9 * mean);
    String text = run("evaluate").exits(1).out();
    assertTrue(text.contains("resnet18, mobilenet_v2, sustained"), text);
    assertTrue(text.contains("mobilenet_v2      25.0 %"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weighted", "worst", "mean"})
  void exploreFindsAFrontOverTheNetworks(String over) {
    String data = folder.resolve(over).toString();
    String[] options = {
      "--no-kafka",
      "--data",
      data,
      "--budget",
      "2000",
      "--seed",
      "1",
      "--json",
      "--set",
      "objectives.over=" + over
    };
    JsonNode front = run("explore", options).exits(0).json();
    assertTrue(front.get("front").size() > 0);
    String name = front.get("objectives").get(2).get("name").asText();
    assertEquals(over.equals("weighted") ? "latency" : over + " latency", name);
    String mean = front.get("front").get(0).get("totals").get("latency_ms").toString();
    String value = front.get("front").get(0).get("values").get(2).toString();
    assertEquals(over.equals("weighted"), mean.equals(value));
  }

  @Test
  void explainAndMapTakeBothNetworksApart() {
    String explain = run("explain", "latency").exits(0).out();
    assertTrue(explain.contains("mobilenet_v2"), explain);
    String map = run("map", "--steps", "500").exits(0).out();
    assertTrue(map.contains("schedule of mobilenet_v2"), map);
  }
}
