package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.accuracy.Member;
import dev.kirchhoff.dse.accuracy.SpecSimulation;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.stream.WorkQueue;
import dev.kirchhoff.dse.stream.WorkShare;
import dev.kirchhoff.dse.work.SharedSimulation;
import dev.kirchhoff.dse.work.SharedWork;
import dev.kirchhoff.dse.work.SimulationJob;
import dev.kirchhoff.dse.work.UnitRunner;
import dev.kirchhoff.dse.work.Worker;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members of a front simulated by workers through the built-in broker. The run of one process is
 * the second opinion.
 */
@Timeout(600)
@Tag("slow")
class SharedSimulationIT {
  private static final String ID = "shared";

  @TempDir Path temporary;

  private static List<String> explore(String data, String... more) {
    List<String> all =
        new ArrayList<>(List.of("explore", CommandRun.example("fashion-accuracy"), "--data", data));
    all.addAll(List.of("--run-id", ID, "--network", "sequence-lstm", "--set", "let.side=64"));
    all.addAll(List.of("--budget", "150", "--seed", "1", "--json"));
    all.addAll(List.of("--simulate", "12", "--simulations", "6"));
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void aWorkerKilledAnotherStalledAndAThirdLateMakeTheFrontOfOneProcess() throws Exception {
    String alone = temporary.resolve("alone").toString();
    CommandRun here = CommandRun.of(explore(alone, "--no-kafka").toArray(String[]::new)).exits(0);
    String data;
    try (SharedCluster cluster = new SharedCluster(temporary)) {
      data = cluster.data();
      try (ProgramProcess killed = cluster.worker("killed");
          ProgramProcess stalled = cluster.worker("stalled");
          ProgramProcess explorer =
              ProgramProcess.start(temporary, explore(data, "--distribute"))) {
        String lost = cluster.stopWithATask(killed, "killed");
        killed.kill();
        String late = cluster.stopWithATask(stalled, "stalled");
        try (ProgramProcess third = cluster.worker("late")) {
          assertEquals(0, explorer.exitCode(300), () -> explorer.output("err"));
          cluster.await(() -> !cluster.doneBy(lost).isEmpty() && !cluster.doneBy(late).isEmpty());
          stalled.signal("CONT");
          cluster.await(() -> cluster.doneBy(late).contains("stalled"));
          third.interrupt();
        }
        assertEquals("late", cluster.doneBy(lost).get(0), "the work unit of the killed worker");
        assertFalse(cluster.doneBy(lost).contains("killed"));
        assertEquals("late", cluster.doneBy(late).get(0), "the work unit of the stalled worker");
        String talk = explorer.output("err");
        assertTrue(talk.contains("members of the front to simulate go to workers"), talk);
        assertTrue(talk.contains("chips of design #"), talk);
        assertTrue(talk.contains("workers: "), talk);
        assertEquals(here.out(), explorer.output("out"));
      }
    }
    assertEquals(events(alone), events(data));
    Map<Integer, JsonNode> known = accuracies(alone);
    Map<Integer, JsonNode> shared = accuracies(data);
    known.keySet().retainAll(shared.keySet());
    shared.keySet().retainAll(known.keySet());
    assertTrue(known.size() >= 3, () -> "members that both have simulated: " + known.keySet());
    assertEquals(known, shared);
    verifiesWithoutLibrary(data);
  }

  /** Verification takes what a library computed from the log, where it cannot even be loaded. */
  private void verifiesWithoutLibrary(String data) throws Exception {
    List<String> flags = List.of("-Donnxruntime.native.onnxruntime4j_jni.skip=true");
    List<String> simulate =
        List.of("simulate", CommandRun.example("fashion-accuracy"), "--items", "2");
    try (ProgramProcess process = ProgramProcess.start(temporary, flags, simulate)) {
      assertEquals(2, process.exitCode(300), "the library is there");
    }
    List<String> verify = List.of("verify", ID, "--data", data);
    try (ProgramProcess process = ProgramProcess.start(temporary, flags, verify)) {
      assertEquals(0, process.exitCode(300), () -> process.output("err"));
      assertTrue(process.output("out").contains("every bit is equal"), process.output("out"));
    }
  }

  /** Evaluations, changes of the front and ends of rounds. */
  private static List<JsonNode> events(String data) throws IOException {
    return log(data).stream()
        .filter(event -> event.get("type").asText().matches(".*[.](evaluations|front|round)[.].*"))
        .map(event -> event.get("data"))
        .toList();
  }

  /** Accuracies of the designs that were simulated, by index. */
  private static Map<Integer, JsonNode> accuracies(String data) throws IOException {
    Map<Integer, JsonNode> known = new TreeMap<>();
    for (JsonNode event : log(data)) {
      if (event.get("type").asText().contains(".design.") && event.at("/data").has("accuracy")) {
        known.put(event.at("/data/index").asInt(), event.at("/data/accuracy"));
      }
    }
    return known;
  }

  private static List<JsonNode> log(String data) throws IOException {
    List<JsonNode> log = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(data, "runs", ID, "log.jsonl"))) {
      log.add(CommandRun.parse(line));
    }
    return log;
  }

  /** A job that its workers fail on: the member is shown with the cause, others are counted. */
  @Test
  void memberThatNobodyCanSimulateIsSetAsideWithItsCause() throws Exception {
    DesignSpec spec =
        DesignSpec.load(
            CommandRun.example("fashion-accuracy"),
            List.of(Setting.parse("let.side=64")),
            List.of(),
            SpecEnvironment.of(new FileSources()));
    JsonNode bad = JsonNodeFactory.instance.objectNode().put("kirchhoff", 1).put("chip", "none");
    SpecSimulation estimates =
        new SpecSimulation(
            spec,
            "fashion-cnn",
            () -> {
              throw new AssertionError("simulated here");
            },
            1);
    try (SharedCluster cluster = new SharedCluster(temporary);
        WorkShare share = WorkShare.open(cluster.target(), Worker.group());
        UnitRunner runner = new UnitRunner(1);
        SharedWork work =
            SharedWork.begin(
                WorkQueue.open(cluster.target(), Worker.group()), ID, cluster.said::add)) {
      Worker worker = new Worker("here", share, runner, cluster.said::add);
      Thread working = new Thread(run(worker), "worker");
      working.start();
      try {
        Member start = new Member(7, ordinals(spec.tree().start()));
        SharedSimulation poisoned = new SharedSimulation(work, job(bad), estimates);
        String problem =
            assertThrows(IllegalArgumentException.class, () -> poisoned.count(start, 1))
                .getMessage();
        assertTrue(problem.contains("chips of design #7 are set aside after 3 times"), problem);
        assertTrue(problem.contains("on worker here: "), problem);
        SharedSimulation sound = new SharedSimulation(work, job(SpecText.json(spec)), estimates);
        assertEquals(3, sound.count(start, 1).items());
      } finally {
        worker.stop();
        working.join();
      }
    }
  }

  @Test
  void aNetworkAndSamplesOfTheUsersTravelToTheWorkers() throws Exception {
    Path network = temporary.resolve("mine.onnx");
    Files.write(network, TrainedNetworks.bytes("sequence-lstm"));
    Path samples = temporary.resolve("mine.csv");
    Files.writeString(samples, SimulatedFrontTest.table(ShippedData.sequenceTest(), 12));
    List<String> explore =
        List.of(
            "explore",
            CommandRun.example("bench/resnet18-reram"),
            "--network",
            network.toString(),
            "--samples",
            samples.toString(),
            "--set",
            "let.side=64",
            "--budget",
            "60",
            "--simulations",
            "1",
            "--json");
    String here = run(explore, "--no-kafka", "--data", temporary.resolve("alone").toString());
    assertTrue(CommandRun.parse(here).at("/front").toString().contains("\"accuracy\""), here);
    try (SharedCluster cluster = new SharedCluster(temporary);
        ProgramProcess worker = cluster.worker("only")) {
      assertEquals(here, run(explore, "--distribute", "--data", cluster.data()));
      cluster.read();
      assertTrue(cluster.done() > 0, worker.output("err"));
    }
  }

  private static String run(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new)).exits(0).out();
  }

  private static List<Integer> ordinals(int[] knobs) {
    return Arrays.stream(knobs).boxed().toList();
  }

  private static SimulationJob job(JsonNode spec) {
    return new SimulationJob(
        ID, ModelVersion.text(), spec, "fashion-cnn", 3, 1, 1, Optional.empty());
  }

  private static Runnable run(Worker worker) {
    return () -> {
      try {
        worker.run(Optional.empty());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
