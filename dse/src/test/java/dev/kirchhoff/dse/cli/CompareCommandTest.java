package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pairs that may be compared and pairs that may not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompareCommandTest {
  @TempDir private static Path folder;

  private String data;
  private List<JsonNode> events;

  /** A small space in which the network is a choice, judged by a figure in decibels too. */
  @BeforeAll
  void explore() throws IOException {
    Path spec = folder.resolve("choice.yaml");
    Files.writeString(
        spec,
        "kirchhoff: 1\nname: Choice\nextends: "
            + Path.of(CommandRun.example("bench/vgg8-pcm")).toAbsolutePath().normalize()
            + "\nworkload: {any: [vgg8_cifar10, lenet5]}\n"
            + "objectives: {maximise: [TOPS/W, snr]}\nconstraints: none\n");
    data = folder.resolve("data").toString();
    for (String run : List.of("one", "two")) {
      explore(run, spec, "--budget", "60", "--seed", "1");
    }
    events = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("data/runs/one/log.jsonl"))) {
      events.add(CommandRun.parse(line));
    }
  }

  /** Logs a run of a spec, without simulations of its front. */
  private void explore(String run, Path spec, String... options) {
    List<String> arguments = new ArrayList<>(List.of("explore", spec.toString(), "--no-kafka"));
    arguments.addAll(List.of("--simulate", "0", "--data", data, "--run-id", run));
    arguments.addAll(List.of(options));
    CommandRun.of(arguments.toArray(String[]::new)).exits(0);
  }

  private int knob(String path) {
    JsonNode knobs = events.get(0).at("/data/knobs");
    for (int k = 0; k < knobs.size(); k++) {
      if (knobs.get(k).get("path").asText().equals(path)) {
        return k;
      }
    }
    throw new AssertionError(path + " is no knob: " + knobs);
  }

  /** Designs whose knob has a value, by rising index. */
  private List<Integer> designs(int knob, int ordinal) {
    List<Integer> found = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.get("type").asText().equals("dev.kirchhoff.evaluations.v2")) {
        int[] column = new LoggedColumns(event.get("data")).knobs()[knob];
        for (int i = 0; i < column.length; i++) {
          if (column[i] == ordinal) {
            found.add(event.at("/data/first").asInt() + i);
          }
        }
      }
    }
    return found;
  }

  private CommandRun compare(String a, String b, String... more) {
    List<String> arguments = new ArrayList<>(List.of("compare", a, b, "--data", data));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void designsThatRunDifferentNetworksAreRefused() {
    int workload = knob("workload");
    int vgg = designs(workload, 0).get(0);
    int lenet = designs(workload, 1).get(0);
    compare("one#" + vgg, "one#" + lenet)
        .refuses("A and B are not comparable: the workload of A is vgg8_cifar10, of B lenet5");
  }

  /** Run two is run one again, so its designs are equal and cancel. */
  @Test
  void aDesignOfTwoRunsComparesWithItselfAtOne() {
    int lenet = designs(knob("workload"), 1).get(0);
    JsonNode pair = compare("one#" + lenet, "two#" + lenet, "--json").exits(0).json();
    assertEquals("one", pair.get("run").asText());
    assertEquals("two", pair.get("otherRun").asText());
    assertEquals(0, pair.get("differ").size());
    for (String end : List.of("nominal", "low", "median", "high")) {
      assertEquals(1, pair.at("/objectives/0/ratio/" + end).asDouble(), 1e-12, end);
    }
    for (JsonNode part : pair.get("parts")) {
      assertEquals(part.get("a"), part.get("b"));
    }
    for (JsonNode objective : pair.get("objectives")) {
      assertEquals("same", objective.get("verdict").asText());
    }
    String text = compare("one#" + lenet, "two#" + lenet).exits(0).out();
    assertEquals(3, text.lines().filter(line -> line.endsWith("  the same")).count(), text);
  }

  /** Times and noise have no model of their errors: a share of draws would claim one. */
  @Test
  void aFigureWithoutAModelOfItsErrorHasNoShareOfDraws() {
    List<Integer> same = designs(knob("workload"), 0);
    JsonNode pair = compare("one#" + same.get(0), "one#" + same.get(1), "--json").exits(0).json();
    assertTrue(pair.at("/objectives/0/modelled").asBoolean());
    assertFalse(pair.at("/objectives/1/modelled").asBoolean());
    assertEquals(0.0432, pair.at("/objectives/1/within").asDouble(), 0.0001);
    String better = pair.at("/objectives/1/verdict").asText();
    assertTrue(List.of("aBetter", "bBetter").contains(better), better);
    String text = compare("one#" + same.get(0), "one#" + same.get(1)).exits(0).out();
    String words = better.substring(0, 1).toUpperCase(Locale.ROOT) + " better; no error modelled";
    assertTrue(text.contains(words), text);
  }

  /**
   * A limit between the figure of a design and that of some draws is named with the share of draws
   * that miss it; a run without it has none to miss.
   */
  @Test
  void limitsThatDrawsMissAreNamedWithTheirShares() {
    double area =
        compare("one#0", "two#0", "--json")
                .exits(0)
                .json()
                .get("parts")
                .findParents("part")
                .stream()
                .filter(part -> part.get("figure").asText().equals("area"))
                .filter(part -> part.get("part").asText().equals("total"))
                .findFirst()
                .orElseThrow()
                .get("a")
                .asDouble()
            * 1e-6;
    String limit = String.format(Locale.ROOT, "area <= %.3f mm2", 1.1 * area);
    explore(
        "bounded",
        folder.resolve("choice.yaml"),
        "--budget",
        "20",
        "--seed",
        "1",
        "--limit",
        limit);
    JsonNode pair = compare("one#0", "bounded#0", "--json").exits(0).json();
    JsonNode missed = pair.at("/missed/0");
    assertEquals(limit, missed.get("limit").asText(), pair.toString());
    assertFalse(missed.has("a"), missed.toString());
    double share = missed.get("b").asDouble();
    assertTrue(share > 0.05 && share < 0.95, missed.toString());
    assertTrue(pair.get("bFeasible").asDouble() <= 1 - share + 1e-12, pair.toString());
    String text = compare("one#0", "bounded#0").exits(0).out();
    assertTrue(text.contains("Missed in draws: " + limit + ", no limit of A, by B in "), text);
  }

  @Test
  void designsOfTwoRunsDrawnJointlyAreAsSureAsThoseOfOne() {
    List<Integer> same = designs(knob("workload"), 0);
    String a = "one#" + same.get(0);
    JsonNode ofOne = compare(a, "one#" + same.get(1), "--json").exits(0).json();
    JsonNode ofTwo = compare(a, "two#" + same.get(1), "--json").exits(0).json();
    assertEquals(ofOne.get("objectives"), ofTwo.get("objectives"));
    assertEquals(ofOne.get("parts"), ofTwo.get("parts"));
    assertTrue(ofTwo.get("differ").size() > 0);
    for (JsonNode difference : ofOne.get("differ")) {
      assertTrue(difference.get("path").asText().length() > 0);
    }
    String text = compare(a, "two#" + same.get(1)).exits(0).out();
    assertTrue(text.contains(" of runs one and two; "), text);
    assertTrue(text.contains("readout"), text);
  }

  /** The parts add up to the total, which is the figure of the other table. */
  @Test
  void partsAddUpToTheirTotal() {
    List<Integer> same = designs(knob("workload"), 0);
    JsonNode pair = compare("one#" + same.get(0), "one#" + same.get(1), "--json").exits(0).json();
    for (String figure : List.of("energy", "area")) {
      double total = 0;
      double sum = 0;
      for (JsonNode part : pair.get("parts")) {
        if (part.get("figure").asText().equals(figure)) {
          double value = part.path("a").asDouble(0);
          if (part.get("part").asText().equals("total")) {
            total = value;
          } else {
            sum += value;
          }
        }
      }
      assertTrue(total > 0, figure);
      assertEquals(total, sum, 1e-9 * total, figure);
    }
  }

  @Test
  void equalRunsHaveEqualFrontsNoneOfWhichTheOtherDominates() {
    JsonNode pair = compare("one", "two", "--json").exits(0).json();
    assertEquals(0, pair.get("differ").size());
    assertEquals(pair.at("/a/members"), pair.get("common"));
    assertEquals(pair.at("/a/hypervolume"), pair.at("/b/hypervolume"));
    assertEquals(0, pair.at("/a/dominated").asDouble());
    assertEquals(1, pair.at("/best/0/ratio").asDouble());
    String text = compare("one", "two").exits(0).out();
    assertTrue(text.contains("The specs are equal."), text);
  }

  /**
   * By hand: the half of a run has fewer designs; each member of its front is on the whole front or
   * dominated by it, and never the reverse.
   */
  @Test
  void aShorterRunIsDominatedByTheLongerOneOfItsSeed() {
    explore(
        "half",
        folder.resolve("choice.yaml"),
        "--budget",
        "30",
        "--seed",
        "1",
        "--limit",
        "area <= 100000 mm2");
    JsonNode pair = compare("half", "one", "--json").exits(0).json();
    assertEquals(0, pair.at("/b/dominated").asDouble());
    assertTrue(pair.at("/a/hypervolume").asDouble() <= pair.at("/b/hypervolume").asDouble());
    int members = pair.at("/a/members").asInt();
    double shared = pair.get("common").asInt() + members * pair.at("/a/dominated").asDouble();
    assertEquals(members, shared, 1e-9);
    String differing = pair.get("differ").toString();
    assertTrue(differing.contains("constraints"), differing);
  }

  /** By hand from the logs: feasible designs whose area meets the limit of the other run. */
  @Test
  void designsOfBothRunsAreJudgedByTheLimitsOfBoth() throws IOException {
    List<Double> areas = feasibleAreas(events);
    double bound = areas.stream().sorted().toList().get(areas.size() / 2) * 1.001;
    String limit = String.format(Locale.ROOT, "area <= %.3f mm2", bound);
    explore(
        "tight", folder.resolve("choice.yaml"), "--budget", "40", "--seed", "2", "--limit", limit);
    List<JsonNode> others = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("data/runs/tight/log.jsonl"))) {
      others.add(CommandRun.parse(line));
    }
    JsonNode pair = compare("one", "tight", "--json").exits(0).json();
    JsonNode both = pair.get("underBoth");
    assertEquals(limit, both.at("/limits/0").asText());
    assertEquals(1, both.get("limits").size());
    assertEquals(0, both.get("unjudged").size());
    double rounded = Double.parseDouble(limit.split(" ")[2]);
    assertEquals(
        areas.stream().filter(area -> area <= rounded).count(), both.at("/a/meeting").asLong());
    assertEquals(feasibleAreas(others).size(), both.at("/b/meeting").asInt());
    for (JsonNode best : both.get("best")) {
      if (best.get("name").asText().equals("area")) {
        assertTrue(best.get("a").asDouble() <= rounded, best.toString());
      }
    }
    String text = compare("one", "tight").exits(0).out();
    assertTrue(text.contains("By the limits of both (" + limit + "): "), text);
    // Runs of the same limits have nothing to judge again.
    assertFalse(compare("one", "two", "--json").exits(0).json().has("underBoth"));
  }

  private static List<Double> feasibleAreas(List<JsonNode> log) {
    List<Double> areas = new ArrayList<>();
    for (JsonNode event : log) {
      if (event.get("type").asText().equals("dev.kirchhoff.evaluations.v2")) {
        LoggedColumns evaluations = new LoggedColumns(event.get("data"));
        double[] areas_mm2 = evaluations.doubles("values")[2];
        double[][] violations = evaluations.doubles("violations");
        for (int i = 0; i < areas_mm2.length; i++) {
          boolean isMet = !Double.isNaN(areas_mm2[i]);
          for (double[] column : violations) {
            isMet &= column[i] == 0;
          }
          if (isMet) {
            areas.add(areas_mm2[i]);
          }
        }
      }
    }
    return areas;
  }

  /** Shares of a value are counted again from the knobs of the fronts' members. */
  @Test
  void frontsDifferInTheSharesOfTheirKnobsValues() {
    JsonNode pair = compare("one", "two", "--json").exits(0).json();
    assertEquals(0, pair.get("knobs").size(), "equal fronts have equal shares");
    explore("seven", folder.resolve("choice.yaml"), "--budget", "30", "--seed", "7");
    JsonNode knobs = compare("one", "seven", "--json").exits(0).json().get("knobs");
    assertTrue(knobs.size() > 0);
    JsonNode front =
        CommandRun.of("show", "seven", "--json", "--data", data).exits(0).json().get("front");
    for (JsonNode knob : knobs) {
      for (JsonNode share : knob.get("values")) {
        int have = 0;
        int all = 0;
        for (JsonNode member : front) {
          JsonNode value = member.get("knobs").get(knob.get("path").asText());
          all += value == null ? 0 : 1;
          have += value != null && value.asText().equals(share.get("value").asText()) ? 1 : 0;
        }
        if (all > 0) {
          assertEquals((double) have / all, share.get("b").asDouble(), 1e-9, knob.toString());
        }
      }
    }
  }

  @Test
  void runsThatAreUnlikeAreRefused() throws IOException {
    compare("one", "one").refuses("A and B are the same run, one");
    compare("one", "two#0").refuses("A is a run, B a design");
    Path spec = folder.resolve("area.yaml");
    Files.writeString(
        spec,
        "extends: "
            + folder.resolve("choice.yaml")
            + "\nobjectives: {maximise: [utilization], minimise: [area, energy]}\n");
    explore("areas", spec, "--budget", "20");
    JsonNode shared = compare("one", "areas", "--json").exits(0).json();
    assertEquals("area", shared.at("/best/0/name").asText());
    assertEquals(1, shared.get("best").size());
    assertEquals("[\"TOPS/W\",\"snr\"]", shared.get("onlyA").toString());
    assertEquals("[\"utilization\",\"energy\"]", shared.get("onlyB").toString());
    // By one objective a front is its best member.
    assertEquals(1, shared.at("/a/compared").asInt());
    assertEquals(1, shared.at("/b/compared").asInt());
    double a = shared.at("/best/0/a").asDouble();
    double b = shared.at("/best/0/b").asDouble();
    assertEquals(a > b ? 1 : 0, shared.at("/a/dominated").asDouble());
    assertEquals(a > b, shared.get("b").has("strongest"), shared.toString());
    String text = compare("one", "areas").exits(0).out();
    assertTrue(text.contains("A alone has TOPS/W, snr; B alone has utilization, energy."), text);
    Path other = folder.resolve("time.yaml");
    Files.writeString(
        other,
        "extends: "
            + folder.resolve("choice.yaml")
            + "\nobjectives: {maximise: [utilization], minimise: [latency, power]}\n");
    explore("times", other, "--budget", "20");
    compare("one", "times").refuses("not comparable: the list of objectives of A is");
    compare("one#0", "times#0").refuses("not comparable: the objectives of A are");
    int lenet = designs(knob("workload"), 1).get(0);
    compare("one#" + lenet, "areas#0").refuses("not comparable: ");
    compare("one", "nowhere").refuses("no run ends in 'nowhere'");
  }

  @Test
  void aRunMayBeNamedByDifferentEndings() {
    List<Integer> same = designs(knob("workload"), 0);
    String a = "#" + same.get(0);
    String b = "#" + same.get(1);
    assertEquals(
        compare("one" + a, "one" + b).exits(0).out(), compare("ne" + a, "one" + b).exits(0).out());
  }

  @Test
  void decibelsAreComparedByTheirDifferenceAndHaveNoInterval() {
    List<Integer> same = designs(knob("workload"), 0);
    JsonNode pair = compare("one#" + same.get(0), "one#" + same.get(1), "--json").exits(0).json();
    JsonNode snr = pair.get("objectives").get(1);
    assertEquals("snr", snr.get("name").asText());
    assertFalse(snr.has("ratio"));
    double difference = snr.get("a").asDouble() - snr.get("b").asDouble();
    for (String end : List.of("nominal", "low", "median", "high")) {
      assertEquals(difference, snr.at("/difference/" + end).asDouble(), 1e-9, end);
    }
    assertEquals(difference > 0 ? 1 : 0, snr.get("aBetter").asDouble());
    String text = compare("one#" + same.get(0), "one#" + same.get(1)).exits(0).out();
    assertTrue(text.contains("A - B = "), text);
  }

  @Test
  void ratiosHaveNoMoreDigitsThanTheirIntervalLeaves() {
    List<Integer> same = designs(knob("workload"), 0);
    for (int i = 1; i < Math.min(8, same.size()); i++) {
      String a = "one#" + same.get(0);
      String b = "one#" + same.get(i);
      JsonNode ratio = compare(a, b, "--json").exits(0).json().at("/objectives/0/ratio");
      double width =
          (ratio.get("high").asDouble() - ratio.get("low").asDouble())
              / ratio.get("median").asDouble();
      String row = compare(a, b).exits(0).out().lines().skip(2).findFirst().orElseThrow();
      // TOPS/W, A, B, A / B, low .. high, share
      String printed = row.strip().split(" {2,}")[3];
      long digits = printed.replaceFirst("^[0.]+", "").chars().filter(Character::isDigit).count();
      assertTrue(digits <= (width >= 0.1 ? 2 : 3), printed + " of a width of " + width);
      double error = Math.abs(Double.parseDouble(printed) / ratio.get("nominal").asDouble() - 1);
      assertTrue(error < 0.06, row);
    }
  }
}
