package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.run.SignedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Searches that begin with designs of the front of an earlier run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarmStartTest {
  @TempDir private static Path folder;

  private CommandRun warm;

  @BeforeAll
  void explore() {
    explore("earlier", "bench/vgg8-pcm", "--budget", "800", "--seed", "1").exits(0);
    warm = explore("warm", "bench/vgg8-pcm", "--budget", "300", "--seed", "2", "--from", "earlier");
    warm.exits(0);
  }

  private static CommandRun explore(String run, String spec, String... more) {
    List<String> all = new ArrayList<>(List.of("explore", CommandRun.example(spec), "--no-kafka"));
    all.addAll(List.of("--run-id", run, "--data", folder.resolve("data").toString()));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static Path log(String run) {
    return folder.resolve("data/runs/" + run + "/log.jsonl");
  }

  private static List<JsonNode> events(String run, String type) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(log(run))) {
      JsonNode event = CommandRun.parse(line);
      if (event.get("type").asText().contains("." + type + ".")) {
        events.add(event.get("data"));
      }
    }
    return events;
  }

  /** Knobs of the first designs of a run. */
  private static List<List<Integer>> designs(String run) throws IOException {
    List<List<Integer>> designs = new ArrayList<>();
    for (JsonNode batch : events(run, "evaluations")) {
      int[][] knobs = new LoggedColumns(batch).knobs();
      for (int j = 0; j < batch.get("count").asInt(); j++) {
        List<Integer> design = new ArrayList<>();
        for (int[] knob : knobs) {
          design.add(knob[j]);
        }
        designs.add(design);
      }
    }
    return designs;
  }

  @Test
  void theEarlierFrontIsEvaluatedFirstCountsInTheBudgetAndIsRecorded() throws IOException {
    JsonNode recorded = events("warm", "run").get(0).get("warmStart");
    assertEquals("earlier", recorded.get("run").asText());
    Set<Long> front = new HashSet<>();
    for (JsonNode change : events("earlier", "front")) {
      long index = change.get("index").asLong();
      boolean changed =
          change.get("change").asText().equals("left") ? front.remove(index) : front.add(index);
      assertTrue(changed);
    }
    List<List<Integer>> earlier = designs("earlier");
    Set<List<Integer>> expected = new HashSet<>();
    front.forEach(index -> expected.add(earlier.get(index.intValue())));
    assertTrue(expected.size() > 3 && expected.size() <= 100, expected.size() + " members");
    List<List<Integer>> evaluated = designs("warm");
    assertEquals(300, evaluated.size());
    assertEquals(earlier.get(0), evaluated.get(0));
    Set<List<Integer>> first = new HashSet<>(evaluated.subList(0, expected.size() + 1));
    assertTrue(first.containsAll(expected));
    assertEquals(expected.size(), recorded.get("designs").size());
    assertTrue(
        warm.err().contains("begins with " + expected.size() + " designs of the front of run"),
        warm.err());
    CommandRun.of("verify", "warm", "--data", folder.resolve("data").toString()).exits(0);

    // Killed in its first round and in its third, it goes on with the same designs.
    String text = Files.readString(log("warm"));
    int third = -1;
    for (int i = 0; i < 3; i++) {
      third = text.indexOf("dev.kirchhoff.round.v1", third + 1);
    }
    int[] ends = {text.indexOf('\n') + 400, text.indexOf('\n', third) + 300};
    for (int i = 0; i < ends.length; i++) {
      String copy = "cut" + i;
      Files.createDirectories(log(copy).getParent());
      SignedLog.write(
          log(copy), text.substring(0, ends[i]).replace("/runs/warm\"", "/runs/" + copy + "\""));
      String data = folder.resolve("data").toString();
      CommandRun resumed = CommandRun.of("resume", copy, "--no-kafka", "--data", data);
      assertEquals(warm.out(), resumed.exits(0).out());
      assertEquals(evaluated, designs(copy));
      assertEquals(events("warm", "round"), events(copy, "round"));
    }
  }

  /** Limits may differ, and of each knob the values: designs that need others are left out. */
  @Test
  void designsWithValuesThatTheSpecDoesNotHaveAreLeftOut() throws IOException {
    String voltage = "cell.readVoltage={any: [0.3 V, 0.35 V], start: 0.35 V}";
    List<String> more = List.of("--budget", "40", "--set", voltage, "--limit", "area <= 165 mm2");
    List<String> all = new ArrayList<>(more);
    all.addAll(List.of("--from", "earlier"));
    explore("narrow", "bench/vgg8-pcm", all.toArray(String[]::new)).exits(0);
    JsonNode header = events("narrow", "run").get(0);
    int knob = 0;
    while (!header.at("/knobs/" + knob + "/path").asText().endsWith("cell.readVoltage")) {
      knob++;
    }
    JsonNode designs = header.at("/warmStart/designs");
    int members = events("warm", "run").get(0).at("/warmStart/designs").size();
    assertTrue(designs.size() > 0 && designs.size() < members, designs.size() + " designs");
    for (JsonNode design : designs) {
      assertEquals(0, design.get(knob).asInt());
    }
    assertEquals(40, designs("narrow").size());
  }

  /**
   * As the page's prices show it: the run's own spec with other prices, from designs of its cloud.
   */
  @Test
  void aSearchGoesOnFromDesignsOfARunUnderOtherPrices() throws IOException {
    String calibration =
        "calibration=[{family: sar, quantity: energy, factor: 0.3, fittedOn: [\"what-if of earlier\"]}]";
    List<String> command =
        List.of(
            "explore",
            "--from",
            "earlier",
            "--from-designs",
            "5,3",
            "--set",
            calibration,
            "--budget",
            "40",
            "--no-kafka",
            "--run-id",
            "cheap",
            "--data",
            folder.resolve("data").toString());
    CommandRun.of(command.toArray(String[]::new)).exits(0);
    JsonNode header = events("cheap", "run").get(0);
    assertEquals(0.3, header.at("/spec/calibration/0/factor").asDouble());
    JsonNode earlier = events("earlier", "run").get(0);
    assertEquals(earlier.get("knobs"), header.get("knobs"));
    assertEquals(earlier.get("objectives"), header.get("objectives"));
    List<List<Integer>> first = designs("earlier");
    List<List<Integer>> warmed = new ArrayList<>();
    for (JsonNode design : header.at("/warmStart/designs")) {
      List<Integer> ordinals = new ArrayList<>();
      design.forEach(ordinal -> ordinals.add(ordinal.asInt()));
      warmed.add(ordinals);
    }
    assertEquals(List.of(first.get(3), first.get(5)), warmed);
    assertTrue(designs("cheap").containsAll(warmed));
    explore("one", "bench/vgg8-pcm", "--from", "earlier", "--from-designs", "800")
        .refuses("has no design 800");
    explore("two", "bench/vgg8-pcm", "--from-designs", "1")
        .refuses("--from-designs needs --from RUN");
  }

  @Test
  void runsThatCannotBeStartedFromAreRefusedWithTheReason() {
    String[] from = {"--budget", "40", "--from", "earlier"};
    explore("other", "resnet18-reram", from).refuses("cannot be started from", "has no knob");
    explore("none", "bench/vgg8-pcm", "--from", "nowhere").refuses("nowhere");
    explore("all", "bench/vgg8-pcm", "--engine", "exhaustive", "--from", "earlier")
        .refuses("exhaustive evaluates every design");
    explore(
            "elsewhere",
            "bench/vgg8-pcm",
            "--set",
            "let.side={any: [512, 1024]}",
            "--from",
            "earlier")
        .refuses("no design of the front of run earlier exists in this spec");
  }
}
