package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.dse.run.SignedLog;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Members of a front on simulated chips: printed, logged, found again, and never in the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedFrontTest {
  private static final int SAMPLES = 6;

  @TempDir private static Path folder;

  private CommandRun text;
  private JsonNode front;

  @BeforeAll
  void explore() {
    text = explore("first", "--simulate", "" + SAMPLES).exits(0);
    front = explore("second", "--simulate", "" + SAMPLES, "--json").exits(0).json();
  }

  private static CommandRun explore(String run, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "explore",
                CommandRun.example("fashion-accuracy"),
                "--network",
                "sequence-lstm",
                "--set",
                "let.side=64",
                // Fewer passes and columns: what is asked here does not depend on their number.
                "--set",
                "precision.inputs=6",
                "--set",
                "precision.weights=6",
                "--no-kafka",
                "--budget",
                "150",
                "--seed",
                "1",
                "--simulations",
                "2"));
    arguments.addAll(List.of("--data", data(run), "--run-id", run));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static String data(String run) {
    return folder.resolve(run).toString();
  }

  private static List<JsonNode> log(String run) throws IOException {
    List<JsonNode> log = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run + "/runs/" + run + "/log.jsonl"))) {
      log.add(CommandRun.parse(line));
    }
    return log;
  }

  private static List<JsonNode> ofType(List<JsonNode> log, String... types) {
    return log.stream()
        .filter(e -> e.get("type").asText().matches(".*[.](" + String.join("|", types) + ")[.].*"))
        .map(e -> e.get("data"))
        .toList();
  }

  /** The accuracy of each design as the fold has it: the last account counts. */
  private static Map<Integer, JsonNode> accuracies(String run) throws IOException {
    Map<Integer, JsonNode> known = new TreeMap<>();
    for (JsonNode account : ofType(log(run), "design")) {
      int index = account.get("index").asInt();
      assertTrue(
          account.has("accuracy") || !known.containsKey(index), "#" + index + " lost its accuracy");
      if (account.has("accuracy")) {
        known.put(index, account.get("accuracy"));
      }
    }
    return known;
  }

  @Test
  void theSameSeedPrintsTheSameAccuracies() {
    // The second search printed JSON; its text is that of its log.
    assertEquals(text.out(), CommandRun.of("show", "second", "--data", data("second")).out());
    assertTrue(text.out().contains("simulated loss"), text.out());
    assertTrue(
        text.out().contains("Simulated: sequence-lstm on 6 samples, 1 chip of a design"),
        text.out());
    assertTrue(text.out().contains("The estimate of agreement is "), text.out());
  }

  @Test
  void theSearchIsTheSameWithoutIt() throws IOException {
    CommandRun without = explore("without", "--simulate", "0").exits(0);
    assertFalse(without.out().contains("imulated"), without.out());
    String[] search = {"evaluations", "front", "round"};
    assertEquals(ofType(log("without"), search), ofType(log("first"), search));
    JsonNode plain = explore("without2", "--simulate", "0", "--json").exits(0).json();
    assertEquals(plain.get("front").size(), front.get("front").size());
    for (int i = 0; i < plain.get("front").size(); i++) {
      assertEquals(plain.get("front").get(i).get("knobs"), front.get("front").get(i).get("knobs"));
      assertFalse(plain.get("front").get(i).has("accuracy"));
    }
    assertFalse(plain.has("estimateError"));
  }

  @Test
  void theOutputEqualsTheLog() throws IOException {
    Map<Integer, JsonNode> logged = accuracies("second");
    int known = 0;
    for (JsonNode member : front.get("front")) {
      if (!member.has("accuracy")) {
        continue;
      }
      known++;
      JsonNode accuracy = member.get("accuracy");
      assertEquals(logged.get(member.get("index").asInt()), accuracy);
      assertEquals("sequence-lstm", accuracy.get("network").asText());
      assertEquals(SAMPLES, accuracy.get("samples").asInt());
      assertEquals(1, accuracy.get("seed").asInt());
      double share = accuracy.at("/accuracy/value").asDouble();
      assertEquals(share, Math.rint(share * SAMPLES) / SAMPLES, 1e-12);
      assertTrue(accuracy.at("/loss/low").asDouble() <= accuracy.at("/loss/value").asDouble());
      assertEquals(
          member.at("/totals/accuracyLoss").asDouble(),
          accuracy.get("estimatedLoss").asDouble(),
          0);
    }
    assertTrue(known >= 2, "members with an accuracy: " + known);
    assertEquals(known, front.at("/estimateError/designs").asInt());
  }

  @Test
  void aMemberShowsItsAccuracyUnderItsName() throws IOException {
    Map.Entry<Integer, JsonNode> one = accuracies("first").entrySet().iterator().next();
    String[] design = {"--design", "first#" + one.getKey(), "--data", data("first")};
    String said = "  simulated: agreement ";
    String evaluated = run("evaluate", design).out();
    assertTrue(evaluated.contains(said), evaluated);
    assertTrue(evaluated.contains("sequence-lstm on 6 samples, 1 chip"), evaluated);
    assertTrue(run("explain", design).out().contains(said));
    assertEquals(one.getValue(), run("evaluate", design, "--json").json().get("accuracy"));
    assertEquals(one.getValue(), run("explain", design, "--json").json().get("accuracy"));
  }

  @Test
  void aDesignOfARunIsSimulatedByItsName() throws IOException {
    int member = accuracies("first").keySet().iterator().next();
    String[] design = {"--design", "first#" + member, "--data", data("first")};
    JsonNode report =
        run("simulate", design, "--items", "2", "--draws", "1", "--age", "1 day", "--json").json();
    assertEquals("sequence-lstm on first#" + member, report.get("title").asText());
    assertEquals(1, report.get("ages").size());
    CommandRun.of("simulate", "x.yaml", "--design", "first#1", "--data", data("first"))
        .refuses("SPEC, --set, --network and --limit are left out");
    CommandRun.of("simulate", "--design", "first#1", "--data", data("first"), "--min-bits", "1 %")
        .refuses("--design is one design");
  }

  private static CommandRun run(String command, String[] design, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(design));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new)).exits(0);
  }

  /** A log that was cut off in its last account still tells what stands before it. */
  @Test
  void aLogThatEndsWithinALineIsReadUpToThatLine() throws IOException {
    Path cut = folder.resolve("cut/runs/cut");
    Files.createDirectories(cut);
    Files.copy(folder.resolve("first/format"), folder.resolve("cut/format"));
    String whole =
        Files.readString(folder.resolve("first/runs/first/log.jsonl"))
            .replace("/runs/first", "/runs/cut");
    int last = whole.lastIndexOf("dev.kirchhoff.design.v1");
    SignedLog.write(cut.resolve("log.jsonl"), whole.substring(0, last + 500));
    for (int member : accuracies("first").keySet()) {
      CommandRun.of("explain", "--design", "cut#" + member, "--data", folder.resolve("cut") + "")
          .exits(0);
    }
  }

  @Test
  void aNetworkOfTheUsersIsSimulatedOnTheUsersSamples() throws IOException {
    Path network = folder.resolve("mine.onnx");
    Files.write(network, TrainedNetworks.bytes("sequence-lstm"));
    Path samples = folder.resolve("mine.csv");
    Files.writeString(samples, table(ShippedData.sequenceTest(), 2 * SAMPLES));
    String[] common = {
      "explore",
      CommandRun.example("bench/resnet18-reram"),
      "--network",
      network.toString(),
      "--set",
      "let.side=64",
      "--set",
      "precision.inputs=6",
      "--set",
      "precision.weights=6",
      "--no-kafka",
      "--budget",
      "60",
      "--simulations",
      "1",
      "--data",
      data("users")
    };
    CommandRun with = CommandRun.of(plus(common, "--samples", samples.toString())).exits(0);
    assertTrue(with.out().contains("simulated loss"), with.out());
    assertTrue(with.out().contains("Simulated: mine on 6 samples"), with.out());
    assertTrue(with.out().contains("The estimate of agreement is"), with.out());
    CommandRun without = CommandRun.of(plus(common)).exits(0);
    assertTrue(without.err().contains("not simulated: --samples"), without.err());
    assertFalse(without.out().contains("imulated"), without.out());
    CommandRun.of(plus(common, "--samples", "nowhere.csv")).refuses("nowhere.csv");
  }

  private static final String COARSE =
      """
      kirchhoff: 1
      workload: coarse.onnx
      chip:
        technology: {node: 28 nm}
        pe: {perTile: 8, readout: {kind: sar, bits: {from: 1, to: 7}, columnsPerAdc: 32}}
        crossbar: {perPe: 8, rows: {any: [64, 128]}, columns: 128}
        cell: {bits: {any: [1, 2]}, device: redox-hfox-wan2022}
      objectives: {maximise: [TOPS/W], minimise: [area]}
      constraints: [agreement >= 97 %]
      """;

  /** An estimate that takes every chip for a good one is corrected by chips. */
  @Test
  void membersWhoseChipsMissALimitLeaveTheFront() throws IOException {
    Files.write(folder.resolve("coarse.onnx"), TrainedNetworks.bytes("fashion-mlp"));
    Files.writeString(
        folder.resolve("coarse.accuracy"),
        AccuracyText.print(TrainedNetworks.accuracy("fashion-mlp").orElseThrow())
                .replaceAll("differ .*\n", "")
            + "differ -60.000 0.001000 0.000000 0.001000\n"
            + "differ 90.000 0.000000 0.000000 0.000000\n");
    Path spec = Files.writeString(folder.resolve("coarse.yaml"), COARSE);
    Path samples = folder.resolve("coarse.csv");
    Files.writeString(samples, table(ShippedData.fashionTest(), 60));
    String[] common = {
      "explore", spec.toString(), "--samples", samples.toString(), "--no-kafka", "--budget", "28"
    };
    CommandRun told =
        CommandRun.of(plus(common, "--data", data("coarse"), "--run-id", "coarse")).exits(0);
    JsonNode found =
        CommandRun.of("show", "coarse", "--json", "--data", data("coarse")).exits(0).json();
    assertTrue(told.out().contains("Excluded: "), told.out());
    assertFalse(found.get("excluded").isEmpty());
    for (JsonNode member : found.get("front")) {
      assertFalse(member.at("/accuracy").has("missed"), member.toString());
      assertTrue(member.at("/accuracy/agreement/high").asDouble() >= 0.97, member.toString());
    }
    List<Integer> refuted = new ArrayList<>();
    for (JsonNode line : log("coarse")) {
      JsonNode command = line.at("/data/applied");
      if (command.path("kind").asText().equals("exclude")) {
        assertEquals("agreement >= 97 %", command.get("constraint").asText());
        refuted.add(command.get("index").asInt());
      }
    }
    assertEquals(found.get("excluded").size(), refuted.size());
    assertEquals(
        told.out(), CommandRun.of("show", "coarse", "--data", data("coarse")).exits(0).out());
    CommandRun.of("verify", "coarse", "--data", data("coarse")).exits(0);
  }

  private static String[] plus(String[] common, String... more) {
    List<String> all = new ArrayList<>(List.of(common));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Samples as a file of comma-separated values. */
  static String table(DataSet data, int count) {
    StringBuilder table = new StringBuilder();
    for (int k = 0; k < data.valuesPerSample(); k++) {
      table.append('v').append(k).append(',');
    }
    table.append("label\n");
    float[] values = new float[data.valuesPerSample()];
    for (int i = 0; i < count; i++) {
      data.copy(i, values, 0);
      for (float value : values) {
        table.append(value).append(',');
      }
      table.append(data.label(i)).append('\n');
    }
    return table.toString();
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    refused("--simulate", "-1").refuses("--simulate is -1, must be 0..");
    refused("--simulations", "0").refuses("--simulations is 0, must be at least 1");
    refused("--labels", "y.npy").refuses("--labels needs --samples");
    refused("--simulate", "0", "--samples", "x.csv").refuses("--samples has no use");
    refused("--distribute").refuses("--distribute hands work out through Kafka");
    assertFalse(Files.exists(folder.resolve("none")), "a run was begun");
  }

  private static CommandRun refused(String... options) {
    String[] common = {
      "explore", CommandRun.example("fashion-accuracy"), "--no-kafka", "--data", data("none")
    };
    return CommandRun.of(plus(common, options));
  }
}
