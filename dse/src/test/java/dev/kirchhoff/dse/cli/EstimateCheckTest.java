package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.data.SampleFiles;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulate --designs}: the estimate against simulated chips of random designs. */
class EstimateCheckTest {
  private static CommandRun check(String... more) {
    String[] first = {
      "simulate",
      CommandRun.example("accuracy-study"),
      "--network",
      "sequence-lstm",
      "--items",
      "16",
      "--draws",
      "1",
      "--designs",
      "4",
      // Fewer passes and columns: what is asked here does not depend on their number.
      "--set",
      "precision.inputs=4",
      "--set",
      "precision.weights=4"
    };
    return CommandRun.of(with(first, more));
  }

  @Test
  @Tag("slow")
  void randomDesignsAreSimulatedAndComparedWithTheEstimate() {
    CommandRun run = check("--json").exits(0);
    JsonNode report = run.json();
    assertEquals(4, report.get("designs").asInt());
    assertEquals(4, report.get("rows").size());
    double sum = 0;
    for (JsonNode row : report.get("rows")) {
      for (String figure : List.of("agreement", "accuracyLoss")) {
        double simulated = row.get(figure).get("simulated").asDouble();
        assertTrue(row.get(figure).get("low").asDouble() <= simulated, figure);
        assertTrue(row.get(figure).get("high").asDouble() >= simulated, figure);
      }
      JsonNode loss = row.get("accuracyLoss");
      sum += Math.abs(loss.get("estimate").asDouble() - loss.get("simulated").asDouble()) / 4;
      assertEquals(3, row.get("layers").size());
      assertTrue(row.get("knobs").size() > 10);
    }
    assertEquals(sum, report.get("accuracyLoss").get("absolute").asDouble(), 1e-12);
    JsonNode limit = report.get("limits").get(1);
    assertEquals(0.9, limit.get("limit").asDouble());
    assertTrue(limit.get("acceptedWrongly").asInt() <= limit.get("accepted").asInt());
    assertEquals(run.out(), check("--json", "--threads", "2").exits(0).out());
  }

  @Test
  void aNumberOfDesignsBelowOneIsRefused() {
    CommandRun run =
        CommandRun.of(
            "simulate", CommandRun.example("accuracy-study"), "--designs", "-2", "--items", "4");
    run.exits(2);
    CommandRun.of("simulate", CommandRun.example("accuracy-study"), "--designs", "0")
        .refuses("--designs is 0, must be at least 1");
    check("--costs").exits(2);
    check("--min-bits", "1 %").exits(2);
    assertTrue(run.err().contains("--designs is -2, must be at least 1"), run.err());
  }

  @Test
  @Tag("slow")
  void aNetworkOfTheUsersGetsAnEstimateFromAModelBesideItsFile(@TempDir Path folder)
      throws IOException, SpecException {
    Path network = folder.resolve("mine.onnx");
    Files.write(network, TrainedNetworks.bytes("sequence-lstm"));
    Path samples = folder.resolve("x.npy");
    Path labels = folder.resolve("y.npy");
    SampleFiles.Samples shipped =
        new SampleFiles().of(TrainedNetworks.about("sequence-lstm").data()).orElseThrow();
    NpyFiles.write(shipped.test().first(40), samples, labels);
    String[] common = {
      "simulate",
      CommandRun.example("bench/resnet18-reram"),
      "--network",
      network.toString(),
      "--samples",
      samples.toString(),
      "--items",
      "8",
      "--draws",
      "1",
      "--set",
      "precision.inputs=4",
      "--set",
      "precision.weights=4",
      "--designs",
      "3"
    };
    Path model = folder.resolve("mine.accuracy");
    String[] measure = {"sensitivity", network.toString(), "--samples", samples.toString()};
    CommandRun.of(with(measure, "--labels", labels.toString())).exits(0);
    assertTrue(
        Files.readString(model).contains("origin noise in 3 layers, 40 items"),
        Files.readString(model));
    JsonNode report = CommandRun.of(with(common, "--json")).exits(0).json();
    assertEquals(3, report.get("agreement").get("designs").asInt());
    assertTrue(report.get("accuracyLoss") == null || report.get("accuracyLoss").isNull());
    CommandRun evaluated =
        CommandRun.of(
            "evaluate",
            CommandRun.example("bench/resnet18-reram"),
            "--network",
            network.toString(),
            "--json");
    assertTrue(evaluated.exits(1).out().contains("\"accuracyLossHigh\""), evaluated.out());
    Files.writeString(model, Files.readString(model).replace("weight lstm", "weight other"));
    CommandRun.of(common).refuses("mine.accuracy", "measure it again");
    Files.writeString(model, "origin nothing\n");
    CommandRun.of(common).refuses("mine.accuracy: has no reference; measure it again");
    Files.writeString(model, "weight lstm 1 2\n");
    CommandRun.of(common)
        .refuses("mine.accuracy: line 1 is 'weight lstm 1 2', must be origin TEXT");
  }

  @Test
  @Tag("slow")
  void anInterruptedCheckReportsTheFinishedDesigns(@TempDir Path folder) throws Exception {
    try (ProgramProcess check =
        ProgramProcess.start(
            folder,
            List.of(
                "simulate",
                CommandRun.example("accuracy-study"),
                "--network",
                "sequence-lstm",
                "--items",
                "4",
                "--draws",
                "1",
                "--set",
                "precision.inputs=4",
                "--set",
                "precision.weights=4",
                "--designs",
                "1000"))) {
      Predicate<String> hasSome =
          Pattern.compile(" ([2-9]|[1-9][0-9]+) of 1,000 designs").asPredicate();
      check.await(() -> hasSome.test(check.output("err")));
      check.interrupt();
      assertTrue(check.output("out").contains(" random designs"), check.output("out"));
    }
  }

  @Test
  void aLimitIsHeldByTheHighEndOfTheBand() {
    String[] common = {"evaluate", CommandRun.example("fashion-accuracy"), "--json"};
    JsonNode totals = CommandRun.of(common).exits(0).json().get("totals");
    double estimate = totals.get("accuracyLoss").asDouble();
    double high = totals.get("accuracyLossHigh").asDouble();
    assertTrue(estimate < high, totals.toString());
    String between = "accuracyLoss <= " + (estimate + high) / 2;
    CommandRun missed =
        CommandRun.of("evaluate", CommandRun.example("fashion-accuracy"), "--limit", between);
    String points = String.format(Locale.ROOT, "%.3g", 50 * (high - estimate));
    assertTrue(missed.exits(1).out().contains("points at the high end of the band"), missed.out());
    assertTrue(missed.out().contains("missed by " + points), missed.out() + points);
    CommandRun.of(with(common, "--limit", "accuracyLoss <= " + (high + 1e-9))).exits(0);
  }

  private static String[] with(String[] common, String... more) {
    String[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return all;
  }
}
