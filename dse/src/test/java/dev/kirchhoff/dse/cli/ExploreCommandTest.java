package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.explore.EventOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One exploration of a real chip and network, looked at from all sides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExploreCommandTest {
  private static final int BUDGET = 600;
  private static final String SPEC = CommandRun.example("bench/vgg8-pcm");
  private static final List<String> METRICS = List.of("energyEfficiency_TOPSperW", "area_mm2");

  @TempDir private static Path folder;

  private CommandRun text;
  private JsonNode front;
  private List<JsonNode> log;
  private Map<Integer, double[]> values;
  private Map<Integer, double[]> violations;

  @BeforeAll
  void explore() throws IOException {
    text = explore("first").exits(0);
    front = explore("second", "--json").exits(0).json();
    log = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("first/runs/first/log.jsonl"))) {
      log.add(CommandRun.parse(line));
    }
    values = new HashMap<>();
    violations = new HashMap<>();
    for (JsonNode event : ofType("evaluations")) {
      LoggedColumns columns = new LoggedColumns(event);
      double[][] objectives = columns.doubles("values");
      double[][] amounts = columns.doubles("violations");
      for (int row = 0; row < event.get("count").asInt(); row++) {
        int index = event.get("first").asInt() + row;
        assertFalse(values.containsKey(index), "design " + index + " twice");
        values.put(index, row(objectives, row));
        violations.put(index, row(amounts, row));
      }
    }
  }

  private static CommandRun explore(String run, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("explore", SPEC, "--no-kafka", "--budget", "" + BUDGET, "--seed", "1"));
    arguments.addAll(List.of("--data", folder.resolve(run).toString(), "--run-id", run));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static double[] row(double[][] columns, int row) {
    return Arrays.stream(columns).mapToDouble(column -> column[row]).toArray();
  }

  private List<JsonNode> ofType(String type) {
    return log.stream()
        .filter(e -> e.get("type").asText().startsWith("dev.kirchhoff." + type + ".v"))
        .map(e -> e.get("data"))
        .toList();
  }

  @Test
  void theSameSeedPrintsTheSameText() {
    CommandRun again = explore("third").exits(0);
    assertEquals(text.out(), again.out());
    assertTrue(text.out().contains("Ended by the budget; same seed, same front."), text.out());
    assertTrue(text.err().contains("run first"), text.err());
    assertTrue(text.err().contains("--data " + folder.resolve("first")), text.err());
  }

  @Test
  void jsonAndTextAreTheSameFront() {
    for (JsonNode member : front.get("front")) {
      assertTrue(text.out().contains("#" + member.get("index").asInt() + " "), text.out());
    }
    assertEquals(BUDGET, front.get("evaluated").asInt());
    assertEquals("budget", front.get("ended").asText());
    assertTrue(front.get("front").size() >= 5, "a front of " + front.get("front").size());
  }

  @Test
  void everyMemberIsFeasibleAndNoneDominatesAnother() {
    List<double[]> members = new ArrayList<>();
    for (JsonNode member : front.get("front")) {
      int index = member.get("index").asInt();
      assertArrayEquals(new double[violations.get(index).length], violations.get(index));
      members.add(values.get(index));
    }
    for (double[] a : members) {
      for (double[] b : members) {
        boolean better = a[0] > b[0] || a[1] < b[1];
        boolean noWorse = a[0] >= b[0] && a[1] <= b[1];
        assertFalse(better && noWorse);
      }
    }
  }

  /** Second opinion: the front from all logged designs, by comparing each with each. */
  @Test
  void nothingThatWasEvaluatedIsBetterThanTheFront() {
    TreeSet<Integer> best = new TreeSet<>();
    values.forEach(
        (index, own) -> {
          boolean feasible = isFeasible(index);
          boolean dominated =
              values.entrySet().stream()
                  .filter(other -> isFeasible(other.getKey()))
                  .map(Map.Entry::getValue)
                  .anyMatch(
                      o -> o[0] >= own[0] && o[1] <= own[1] && (o[0] > own[0] || o[1] < own[1]));
          if (feasible && !dominated) {
            best.add(index);
          }
        });
    TreeSet<Integer> printed = new TreeSet<>();
    front.get("front").forEach(member -> printed.add(member.get("index").asInt()));
    // Equal designs share a place; the first keeps it.
    best.removeIf(
        index ->
            best.headSet(index).stream()
                .anyMatch(earlier -> Arrays.equals(values.get(earlier), values.get(index))));
    assertEquals(best, printed);
  }

  private boolean isFeasible(int index) {
    for (double miss : violations.get(index)) {
      if (miss > 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void everyMemberIsPricedAgainToTheLastBit() {
    for (JsonNode member : front.get("front")) {
      int index = member.get("index").asInt();
      JsonNode totals =
          CommandRun.of(
                  "evaluate",
                  "--design",
                  "first#" + index,
                  "--data",
                  folder.resolve("first").toString(),
                  "--json")
              .exits(0)
              .json()
              .get("totals");
      for (int m = 0; m < METRICS.size(); m++) {
        double again = totals.get(METRICS.get(m)).asDouble();
        assertEquals(values.get(index)[m], again, 0, METRICS.get(m) + " of design " + index);
        assertEquals(member.get("values").get(m).asDouble(), again, 0);
        assertEquals(member.get("totals").get(METRICS.get(m)).asDouble(), again, 0);
      }
    }
  }

  @Test
  void membersCarryTheBandsOfTheirTotals() {
    for (JsonNode member : front.get("front")) {
      String design = "first#" + member.get("index").asInt();
      String data = folder.resolve("first").toString();
      JsonNode account =
          CommandRun.of("evaluate", "--design", design, "--data", data, "--json").json();
      JsonNode band = account.at("/bands/area_mm2");
      double area = account.at("/totals/area_mm2").asDouble();
      assertEquals(area, band.get("nominal").asDouble(), 0);
      assertTrue(band.get("low").asDouble() < area && area < band.get("high").asDouble());
      JsonNode tree =
          CommandRun.of("explain", "--design", design, "area", "--data", data, "--json").json();
      double low = tree.get("value").asDouble() * tree.at("/spread/low").asDouble() * 1e-6;
      assertEquals(band.get("low").asDouble(), low, 1e-9 * low);
    }
  }

  @Test
  void aMemberIsExplainedUnderItsName() {
    String design = "first#" + front.get("front").get(0).get("index").asInt();
    String data = folder.resolve("first").toString();
    CommandRun evaluated = CommandRun.of("evaluate", "--design", design, "--data", data).exits(0);
    String hint = "./kirchhoff explain --design " + design + " --data " + data;
    assertTrue(evaluated.out().contains(hint), evaluated.out());
    CommandRun explained =
        CommandRun.of("explain", "--design", design, "area", "--data", data).exits(0);
    assertTrue(explained.out().startsWith("chip"), explained.out());
    CommandRun.of("evaluate", "--design", "first#" + BUDGET, "--data", data)
        .refuses("no design " + BUDGET);
    CommandRun.of("evaluate", "--design", "other#1", "--data", data)
        .refuses("no run ends in 'other'");
  }

  @Test
  void theLogIsCompleteAndReadableByAnyJsonTool() throws IOException {
    for (int seq = 0; seq < log.size(); seq++) {
      JsonNode event = log.get(seq);
      assertEquals(seq, event.get("seq").asInt());
      assertEquals("0-" + seq, event.get("id").asText());
      assertEquals("1.0", event.get("specversion").asText());
      assertEquals("/runs/first", event.get("source").asText());
      assertRequired(event, "event");
      String type = event.get("type").asText().split("\\.")[2];
      assertRequired(event.get("data"), type);
    }
    assertEquals("running", log.get(0).get("data").get("state").asText());
    assertEquals("finished", log.get(log.size() - 1).get("data").get("state").asText());
    for (int index = 0; index < BUDGET; index++) {
      assertTrue(values.containsKey(index), "design " + index + " is not in the log");
    }
    assertEquals(BUDGET, values.size());
  }

  @Test
  void theLogShowsEveryRoundOnceAndInOrder() throws Exception {
    Path written = folder.resolve("first/runs/first/log.jsonl");
    int rounds = EventOrder.check(EventOrder.of(Files.readAllLines(written)));
    assertEquals(ofType("round").size(), rounds);
    assertTrue(rounds >= 2, "rounds: " + rounds);
    assertEquals(2, ofType("run").size());
  }

  private static void assertRequired(JsonNode object, String schema) throws IOException {
    try (InputStream in = RunEvent.class.getResourceAsStream("schema/" + schema + ".json")) {
      JsonNode required =
          CommandRun.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).get("required");
      required.forEach(key -> assertTrue(object.has(key.asText()), schema + " lacks " + key));
    }
  }

  @Test
  void theFrontFollowsFromItsChangesInTheLog() {
    TreeSet<Integer> standing = new TreeSet<>();
    for (JsonNode change : ofType("front")) {
      if (change.get("change").asText().equals("left")) {
        standing.remove(change.get("index").asInt());
      } else {
        standing.add(change.get("index").asInt());
      }
    }
    TreeSet<Integer> printed = new TreeSet<>();
    front.get("front").forEach(member -> printed.add(member.get("index").asInt()));
    assertEquals(printed, standing);
  }

  @Test
  void everyMemberHasItsShareOfJointDrawsInTextJsonAndLog() {
    List<JsonNode> states = ofType("run");
    assertFalse(states.get(0).has("draws"));
    JsonNode logged = states.get(states.size() - 1).get("draws");
    Map<Integer, JsonNode> printed = new HashMap<>();
    front.get("front").forEach(m -> printed.put(m.get("index").asInt(), m.get("draws")));
    assertEquals(printed.size(), logged.get("index").size());
    boolean isUnsure = false;
    for (int i = 0; i < logged.get("index").size(); i++) {
      JsonNode own = printed.get(logged.get("index").get(i).asInt());
      double share = own.get("onFront").asDouble();
      assertEquals(share, logged.get("onFront").get(i).asDouble(), 0);
      assertEquals(own.get("feasible").asDouble(), logged.get("feasible").get(i).asDouble(), 0);
      assertTrue(0 <= share && share <= own.get("feasible").asDouble(), own.toString());
      isUnsure |= share < 1;
    }
    assertTrue(isUnsure, "every member on the front in every draw");
    assertEquals(1, front.at("/draws/seed").asInt());
    assertEquals(front.at("/draws/count").asInt(), logged.get("count").asInt());
    assertTrue(text.out().contains("  on front  "), text.out());
    assertTrue(text.out().contains("On front: share of 1,000 joint draws"), text.out());
  }

  @Test
  void everyMemberHasTheCoverageOfItsReadout() {
    int marked = 0;
    for (JsonNode member : front.get("front")) {
      JsonNode standing = member.get("standing").get(0);
      assertEquals("readout", standing.get("part").asText());
      assertFalse(standing.get("reason").asText().isEmpty(), standing.toString());
      String grade = standing.get("grade").asText();
      String line =
          text.out()
              .lines()
              .filter(l -> l.contains("#" + member.get("index").asInt() + " "))
              .findFirst()
              .orElseThrow();
      marked += grade.equals("fitted") ? 0 : 1;
      assertEquals(!grade.equals("fitted"), line.contains(" " + grade), line);
    }
    assertTrue(marked > 0, text.out());
    assertTrue(text.out().contains("Silicon: "), text.out());
  }

  @Test
  void rivalsAreFeasibleDesignsOffTheFrontThatAreOnItInSomeDraws() {
    TreeSet<Integer> members = new TreeSet<>();
    front.get("front").forEach(member -> members.add(member.get("index").asInt()));
    assertTrue(front.at("/draws/rivals").asInt() > 0, "no rivals were drawn");
    assertTrue(front.get("rivals").size() <= front.at("/draws/rivals").asInt());
    double last = 1;
    for (JsonNode rival : front.get("rivals")) {
      int index = rival.get("index").asInt();
      assertFalse(members.contains(index), "member " + index);
      assertTrue(isFeasible(index), "rival " + index);
      assertArrayEquals(values.get(index), column(rival.get("values")), 0);
      double share = rival.at("/draws/onFront").asDouble();
      assertTrue(0 < share && share <= last, rival.toString());
      last = share;
    }
  }

  private static double[] column(JsonNode values) {
    double[] column = new double[values.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = values.get(i).asDouble();
    }
    return column;
  }

  @Test
  void knobsAtABoundAreThoseOfTheMembers() {
    int members = front.get("front").size();
    for (JsonNode bound : front.at("/binding/bounds")) {
      int knob = bound.get("knob").asInt();
      String path = bound.get("path").asText();
      int there = 0;
      int holders = 0;
      for (JsonNode member : front.get("front")) {
        boolean exists = member.get("ordinals").get(knob).asInt() >= 0;
        holders += exists ? 1 : 0;
        there += exists && member.get("knobs").get(path).equals(bound.get("value")) ? 1 : 0;
      }
      assertEquals(there, bound.get("members").asInt(), path);
      assertEquals(holders, bound.get("holders").asInt(), path);
      assertTrue(10 * holders >= members && holders >= 2, path);
      assertTrue(2 * there >= holders, path);
      String line = bound.get("value").asText() + ", the " + bound.get("end").asText() + " allowed";
      assertTrue(text.out().contains(line), text.out());
    }
  }

  @Test
  void twoMembersAreComparedInJointDraws() {
    String data = folder.resolve("first").toString();
    JsonNode members = front.get("front");
    int a = members.get(0).get("index").asInt();
    int b = members.get(members.size() - 1).get("index").asInt();
    JsonNode pair =
        CommandRun.of("compare", "first#" + a, "first#" + b, "--data", data, "--json")
            .exits(0)
            .json();
    for (int m = 0; m < METRICS.size(); m++) {
      JsonNode by = pair.get("objectives").get(m);
      double ratio = values.get(a)[m] / values.get(b)[m];
      assertEquals(METRICS.get(m), by.get("key").asText());
      assertEquals(ratio, by.at("/ratio/nominal").asDouble(), 1e-12 * ratio);
      // Bands are not symmetric, so the median draw is not the nominal design.
      double median = by.at("/ratio/median").asDouble();
      for (double inside : new double[] {ratio, median}) {
        assertTrue(by.at("/ratio/low").asDouble() <= inside, by.toString());
        assertTrue(inside <= by.at("/ratio/high").asDouble(), by.toString());
      }
      // In the other draws the ends of a front are within one per cent of each other.
      double decided = by.get("aBetter").asDouble() + by.get("bBetter").asDouble();
      assertTrue(0.95 <= decided && decided <= 1 + 1e-12, by.toString());
    }
    // The other way round everything turns over, draw by draw.
    JsonNode turned =
        CommandRun.of("compare", "first#" + b, "first#" + a, "--data", data, "--json")
            .exits(0)
            .json();
    for (int m = 0; m < METRICS.size(); m++) {
      JsonNode by = pair.get("objectives").get(m);
      JsonNode other = turned.get("objectives").get(m);
      assertEquals(by.get("aBetter"), other.get("bBetter"));
      assertEquals(1, by.at("/ratio/low").asDouble() * other.at("/ratio/high").asDouble(), 0.02);
    }
    assertEquals(pair.get("aDominates"), turned.get("bDominates"));
    assertEquals(pair.get("differ").size(), turned.get("differ").size());
    String printed =
        CommandRun.of("compare", "first#" + a, "first#" + b, "--data", data).exits(0).out();
    assertTrue(printed.contains("A = #" + a + ", B = #" + b + " of run first"), printed);
    assertTrue(printed.contains("A dominates B in "), printed);
    assertTrue(printed.contains("differ in"), printed);
  }

  @Test
  void designsThatCannotBeComparedAreReported() {
    String data = folder.resolve("first").toString();
    CommandRun.of("compare", "first#0", "first#0", "--data", data)
        .refuses("A and B are the same design, first#0");
    CommandRun.of("compare", "first#0", "first#" + BUDGET, "--data", data)
        .refuses("run first has no design 600; its designs are 0 to 599");
    CommandRun.of("compare", "first#0", "other#1", "--data", data)
        .refuses("no run ends in 'other'; newest runs: first");
    CommandRun.of("compare", "first", "first#1", "--data", data)
        .refuses("A is a run, B a design; compare two runs or two designs");
    CommandRun.of("compare", "first#0", "--data", data).refuses("Missing required parameter: 'B'");
  }

  @Test
  void nothingFeasibleEndsWithOneAndStatesWhy() {
    CommandRun run = explore("none", "--limit", "area <= 0.001 mm2").exits(1);
    assertTrue(run.out().contains("no design of 600 meets every constraint"), run.out());
    assertTrue(run.out().contains("area <= 0.001 mm2 (600)"), run.out());
    Matcher near = Pattern.compile("; #(\\d+) misses least: (.*)\\.").matcher(run.out());
    assertTrue(near.find(), run.out());
    Matcher area = Pattern.compile("area <= 0.001 mm2 \\(is (.*?)\\)").matcher(near.group(2));
    assertTrue(area.find(), run.out());
    String next = "./kirchhoff evaluate --design none#" + near.group(1) + " --data ";
    assertTrue(run.err().contains(next), run.err());
    String data = folder.resolve("none").toString();
    CommandRun shown = CommandRun.of("show", "none", "--data", data).exits(1);
    assertEquals(run.out(), shown.out());
    assertTrue(shown.err().contains(next), shown.err());
    CommandRun figures =
        CommandRun.of("evaluate", "--design", "none#" + near.group(1), "--data", data).exits(1);
    assertTrue(figures.out().contains(area.group(1)), figures.out());
    CommandRun pivot =
        CommandRun.of("pivot", "none", "pe.perTile", "crossbar.perPe", "area", "--data", data)
            .exits(1);
    assertTrue(pivot.err().contains("./kirchhoff show none --data "), pivot.err());
    JsonNode json = explore("none2", "--limit", "area <= 0.001 mm2", "--json").exits(1).json();
    assertEquals(0, json.get("front").size());
    assertEquals(600, json.get("missed").get("area <= 0.001 mm2").asInt());
  }

  @Test
  void aNameThatIsTakenIsRefusedAndTheRunStaysAsItWas() throws IOException {
    Path written = folder.resolve("first/runs/first/log.jsonl");
    byte[] before = Files.readAllBytes(written);
    explore("first").refuses("run first exists already");
    assertArrayEquals(before, Files.readAllBytes(written));
    try (Stream<Path> runs = Files.list(folder.resolve("first/runs"))) {
      assertEquals(1, runs.count());
    }
  }
}
