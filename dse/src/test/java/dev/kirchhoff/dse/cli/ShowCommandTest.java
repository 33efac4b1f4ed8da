package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dse.run.SignedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs that were logged, printed again ({@code show}) and computed again ({@code verify}). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShowCommandTest {
  private static final String ROUND = "dev.kirchhoff.round.v1";

  @TempDir private static Path folder;
  private CommandRun explored;
  private String good;

  @BeforeAll
  void explore() throws IOException {
    explored =
        run(
            "explore",
            CommandRun.example("bench/vgg8-pcm"),
            "--no-kafka",
            "--budget",
            "300",
            "--run-id",
            "r",
            "--json");
    assertEquals(0, explored.code(), explored.err());
    good = Files.readString(log("r"));
  }

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static Path log(String run) {
    return folder.resolve("data/runs/" + run + "/log.jsonl");
  }

  private void write(String run, String text) throws IOException {
    Files.createDirectories(log(run).getParent());
    SignedLog.write(log(run), text.replace("/runs/r\"", "/runs/" + run + "\""));
  }

  @Test
  void anEndedRunIsShownAsExplorePrintedIt() {
    assertEquals(explored.out(), run("show", "r", "--json").exits(0).out());
    String text = run("show", "r").exits(0).out();
    assertTrue(text.contains("Ended by the budget; same seed, same front."), text);
    assertTrue(run("show", "r", "--all").exits(0).out().length() >= text.length());
    run("show", "nowhere").refuses("nowhere");
  }

  /** Terminal and JSON say the figures that the front was judged by, those of its events too. */
  @Test
  void aFrontHasTheFiguresOfTheEndThatTheSpecJudgesBy() {
    String[] explore = {
      "explore",
      CommandRun.example("bench/vgg8-pcm"),
      "--no-kafka",
      "--budget",
      "300",
      "--set",
      "objectives.band=low",
      "--limit",
      "power <= 1000 W",
      "--limit",
      "latency[vgg8_cifar10] <= 20 ms",
      "--run-id",
      "low"
    };
    String text = run(explore).exits(0).out();
    JsonNode report = run("show", "low", "--json").exits(0).json();
    assertEquals("low", report.get("band").asText());
    assertTrue(text.contains("figures of the band's low end"), text);
    assertEquals(text, run("show", "low").exits(0).out());
    String all = run("show", "low", "--all").exits(0).out();
    assertFalse(report.get("front").isEmpty());
    for (JsonNode member : report.get("front")) {
      JsonNode totals = member.get("totals");
      for (int m = 0; m < report.get("objectives").size(); m++) {
        String key = report.get("objectives").get(m).get("key").asText();
        assertEquals(member.get("values").get(m), totals.get(key), key);
      }
      String design = "low#" + member.get("index").asText();
      JsonNode evaluated = run("evaluate", "--design", design, "--json").exits(0).json();
      for (Metric metric : List.of(Metric.AREA, Metric.POWER)) {
        double high = evaluated.at("/bands/" + metric.key() + "/high").asDouble();
        assertEquals(high, totals.get(metric.key()).asDouble(), 1e-9 * high, metric.key());
      }
      JsonNode network = member.get("networks").get(0);
      assertEquals("vgg8_cifar10", network.get("name").asText());
      String row =
          all.lines()
              .filter(line -> line.strip().startsWith("#" + member.get("index").asText() + " "))
              .findFirst()
              .orElseThrow();
      for (String printed :
          List.of(
              printed(Metric.AREA, totals),
              printed(Metric.POWER, totals),
              printed(Metric.LATENCY, network.get("totals")))) {
        assertTrue(row.contains(" " + printed + " "), printed + " is missing in " + row);
      }
    }
  }

  private static String printed(Metric metric, JsonNode totals) {
    return metric.print(totals.get(metric.key()).asDouble());
  }

  /** A limit of the command line is part of the run: its header's spec holds it. */
  @Test
  void aRunWithALimitOfTheCommandLineComputesToTheSameBits() throws IOException {
    run(
            "explore",
            CommandRun.example("bench/vgg8-pcm"),
            "--no-kafka",
            "--budget",
            "60",
            "--limit",
            "area <= 500 mm2",
            "--run-id",
            "limited")
        .exits(0);
    JsonNode header = CommandRun.parse(Files.readAllLines(log("limited")).get(0)).get("data");
    String limits = header.at("/spec/constraints").toString();
    assertTrue(limits.contains("area <= 500 mm2"), limits);
    run("verify", "limited").exits(0);
  }

  @Test
  void aRunThatHasNotEndedIsShownAfterItsLastWholeRound() throws IOException {
    int second = good.indexOf(ROUND, good.indexOf(ROUND) + 1);
    write("half", good.substring(0, good.indexOf('\n', second) + 300));
    JsonNode shown = run("show", "half", "--json").exits(0).json();
    assertEquals("unfinished", shown.get("ended").asText());
    JsonNode round = CommandRun.parse(good.lines().filter(l -> l.contains(ROUND)).toList().get(1));
    assertEquals(round.at("/data/evaluated").asInt(), shown.get("evaluated").asInt());
    assertEquals(round.at("/data/front").asInt(), shown.get("front").size());
    assertEquals(round.at("/data/hypervolume").asDouble(), shown.get("hypervolume").asDouble());
    String text = run("show", "half").exits(0).out();
    assertTrue(text.contains("Not ended: this is its last whole round, 2."), text);
  }

  /** As Ctrl-C in the first second leaves it: no round has ended. */
  @Test
  void aSearchThatWasStoppedBeforeItsFirstRoundNamesTheCommandThatGoesOn() throws IOException {
    List<String> lines = good.lines().toList();
    String end = lines.get(lines.size() - 1);
    String stopped =
        end.replaceFirst("\"seq\":[0-9]+", "\"seq\":1")
            .replace("\"state\":\"finished\"", "\"state\":\"stopped\"")
            .replace("the budget is used up", "it was stopped");
    write("early", lines.get(0) + "\n" + stopped + "\n");
    CommandRun shown = run("show", "early").exits(1);
    assertEquals("No design is evaluated yet.\n", shown.out());
    assertTrue(shown.err().contains("goes on with ./kirchhoff resume early --data "), shown.err());
    run("resume", "early", "--no-kafka").exits(0);
    assertEquals(explored.out(), run("show", "early", "--json").exits(0).out());
  }

  @Test
  void everyBitIsEqualWhereNothingWasChanged() {
    CommandRun text = run("verify", "r").exits(0);
    assertTrue(text.out().contains("300 designs"), text.out());
    assertTrue(text.out().contains("every bit is equal"), text.out());
    JsonNode json = run("verify", "r", "--json").exits(0).json();
    assertTrue(json.get("equal").asBoolean());
    assertEquals(300, json.get("designs").asInt());
    assertEquals(explored.json().get("front").size(), json.get("front").asInt());
  }

  /** The last bit of an objective of a feasible design, with checksums that agree. */
  @Test
  void oneFigureThatDiffersIsFoundAndNamed() throws IOException {
    JsonNode member = explored.json().at("/front/0");
    String value = member.at("/values/0").asText();
    String other = Double.toString(Math.nextUp(Double.parseDouble(value)));
    write("forged", withValue(member.get("index").asLong(), Double.parseDouble(other)));
    CommandRun text = run("verify", "forged").exits(1);
    assertTrue(text.out().contains("design " + member.get("index").asText() + ", "), text.out());
    assertTrue(text.out().contains(other), text.out());
    assertTrue(text.out().contains(value), text.out());
    JsonNode json = run("verify", "forged", "--json").exits(1).json();
    assertFalse(json.get("equal").asBoolean());
    assertTrue(json.get("differing").asInt() >= 1);
    int last = good.lastIndexOf("\"hypervolume\":0.") + 17;
    char digit = good.charAt(last) == '9' ? '8' : '9';
    write("volume", good.substring(0, last) + digit + good.substring(last + 1));
    CommandRun volume = run("verify", "volume").exits(1);
    assertTrue(volume.out().contains("1 figure differs"), volume.out());
    assertTrue(volume.out().contains(", hypervolume"), volume.out());
  }

  /** The log with another value of the first objective of a design. */
  private String withValue(long index, double value) {
    return with(
        batch -> {
          if (index >= batch.first() && index < batch.first() + batch.count()) {
            batch.values()[0][(int) (index - batch.first())] = value;
          }
          return batch;
        });
  }

  /** The log with other evaluations. */
  private String with(UnaryOperator<RunEvent.Evaluations> change) {
    return good.lines()
            .map(
                line ->
                    read(line).event() instanceof RunEvent.Evaluations batch
                        ? line.substring(0, line.indexOf("\"data\":"))
                            + "\"data\":"
                            + new String(
                                EventJson.dataBytes(change.apply(batch)), StandardCharsets.UTF_8)
                            + "}"
                        : line)
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  /** Columns that are none of the header's, with checksums that agree. */
  @Test
  void evaluationsThatDoNotFitTheHeaderAreDamage() throws IOException {
    refusesAsDamaged("columns of knobs", e -> with(e, less(e.knobs()), e.values(), e.figures()));
    refusesAsDamaged(
        "columns of objectives", e -> with(e, e.knobs(), less(e.values()), e.figures()));
    refusesAsDamaged(
        "columns of slacks",
        e ->
            with(
                e,
                e.knobs(),
                e.values(),
                new RunEvent.Figures(e.figures().metrics(), less(e.figures().slacks()))));
    refusesAsDamaged(
        "columns of metrics",
        e ->
            with(
                e,
                e.knobs(),
                e.values(),
                new RunEvent.Figures(
                    new float[e.figures().metrics().length + 1][e.count()], e.figures().slacks())));
    refusesAsDamaged(
        "columns of violations",
        e ->
            new RunEvent.Evaluations(
                e.first(),
                e.count(),
                e.round(),
                e.island(),
                e.knobs(),
                e.values(),
                less(e.violations()),
                less(e.shares()),
                e.figures()));
    refusesAsDamaged(
        "has ordinal 99 of ",
        e -> {
          e.knobs()[0][e.count() - 1] = 99;
          return e;
        });
  }

  private static RunEvent.Evaluations with(
      RunEvent.Evaluations of, int[][] knobs, double[][] values, RunEvent.Figures figures) {
    return new RunEvent.Evaluations(
        of.first(),
        of.count(),
        of.round(),
        of.island(),
        knobs,
        values,
        of.violations(),
        of.shares(),
        figures);
  }

  /** All columns but the last. */
  private static <T> T[] less(T[] columns) {
    return Arrays.copyOf(columns, columns.length - 1);
  }

  private void refusesAsDamaged(String problem, UnaryOperator<RunEvent.Evaluations> change)
      throws IOException {
    JsonNode header = CommandRun.parse(good.lines().findFirst().get()).get("data");
    String rows = header.at("/knobs/0/path").asText();
    String columns = header.at("/knobs/1/path").asText();
    String metric = header.at("/objectives/0").asText();
    long line = good.lines().takeWhile(each -> !each.contains(RunEvent.Evaluations.TYPE)).count();
    write("misfit", with(change));
    for (List<String> command :
        List.of(
            List.of("verify", "misfit"),
            List.of("show", "misfit"),
            List.of("export", "misfit"),
            List.of("pivot", "misfit", rows, columns, metric),
            List.of("resume", "misfit", "--no-kafka"))) {
      CommandRun refused = run(command.toArray(String[]::new)).exits(3);
      for (String words :
          List.of(
              "misfit/log.jsonl:" + (line + 1) + ": ",
              problem,
              "./kirchhoff resume misfit --from-last-good")) {
        assertTrue(refused.err().contains(words), command + ": " + refused.err());
      }
      assertEquals("", refused.out(), command.toString());
    }
  }

  private static EventEnvelope read(String line) {
    try {
      return EventJson.parse(line);
    } catch (EventFormatException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /** The draws that the last state tells are shown as they are; what verify draws differs. */
  @Test
  void drawsOfTheLastStateAreShownAndVerified() throws IOException {
    JsonNode shares = explored.json().at("/front/0/draws/onFront");
    assertTrue(shares.isNumber(), explored.out());
    int at = good.indexOf("\"onFront\":[", good.lastIndexOf("\"draws\":{"));
    String all = good.substring(at, good.indexOf(']', at));
    String first = all.substring(all.indexOf('[') + 1, all.indexOf(','));
    String other = first.equals("0.5") ? "0.25" : "0.5";
    String forged = all.replace("[" + first + ",", "[" + other + ",");
    write("drawn", good.substring(0, at) + forged + good.substring(at + all.length()));
    assertEquals(
        Double.parseDouble(other),
        StreamSupport.stream(
                run("show", "drawn", "--json").json().get("front").spliterator(), false)
            .mapToDouble(member -> member.at("/draws/onFront").asDouble())
            .filter(share -> share == Double.parseDouble(other))
            .findFirst()
            .orElseThrow());
    CommandRun verified = run("verify", "drawn").exits(1);
    assertTrue(verified.out().contains("shares of draws on the front, place 1"), verified.out());
    write("short", good.substring(0, at) + "\"onFront\":[0.5" + good.substring(at + all.length()));
    CommandRun refused = run("show", "short").exits(2);
    assertTrue(refused.err().contains("are not of its designs"), refused.err());
  }

  @Test
  void theEndOfASearchThatTellsNoDrawsDiffers() throws IOException {
    int at = good.lastIndexOf(",\"draws\":{");
    int end = good.indexOf(",\"recorded\":{", at);
    write("undrawn", good.substring(0, at) + good.substring(end));
    CommandRun verified = run("verify", "undrawn").exits(1);
    assertTrue(verified.out().contains("1 figure differs"), verified.out());
    assertTrue(verified.out().contains("draws of the last front"), verified.out());
  }

  @Test
  void aRunOfAnotherModelVersionIsShownFromItsLogAndNothingOfItIsComputed() throws IOException {
    String version = CommandRun.parse(good.lines().findFirst().get()).at("/data/version").asText();
    write("foreign", good.replace("\"" + version + "\"", "\"0.0.1+abc\""));
    CommandRun json = run("show", "foreign", "--json").exits(0);
    assertTrue(json.err().contains("model version 0.0.1+abc"), json.err());
    JsonNode front = json.json().get("front");
    JsonNode ours = explored.json().get("front");
    assertEquals(ours.size(), front.size());
    for (JsonNode member : ours) {
      for (JsonNode theirs : front) {
        if (theirs.get("index").equals(member.get("index"))) {
          assertEquals(member.get("values"), theirs.get("values"));
          assertEquals(member.get("knobs"), theirs.get("knobs"));
        }
      }
    }
    CommandRun text = run("show", "foreign").exits(0);
    assertTrue(text.out().contains(" on the front; 300 evaluated; finished: "), text.out());
    run("verify", "foreign").refuses("model version 0.0.1+abc");
    run("resume", "foreign").refuses("finished");
    run("explain", "--design", "foreign#0").refuses("model version 0.0.1+abc");
    run("compare", "foreign#0", "foreign#1").refuses("model version 0.0.1+abc");
  }

  @Test
  void aDirectoryOfAnotherFormatIsRefused() throws IOException {
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("runs/r"));
    Files.writeString(old.resolve("format"), "1\n");
    Files.writeString(old.resolve("runs/r/log.jsonl"), good);
    CommandRun.of("show", "r", "--data", old.toString()).refuses("data format 1", "another --data");
    CommandRun.of("resume", "r", "--data", old.toString()).refuses("data format 1");
    CommandRun.of("explore", CommandRun.example("bench/vgg8-pcm"), "--data", old.toString())
        .refuses("data format 1", "another --data");
  }
}
