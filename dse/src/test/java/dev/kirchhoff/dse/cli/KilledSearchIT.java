package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Explorer;
import dev.kirchhoff.dse.explore.RunSink;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.steer.CommandFiles;
import dev.kirchhoff.dse.steer.RecordedCommands;
import dev.kirchhoff.dse.steer.SpecSteering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches and sweeps in processes of their own, steered, killed at seeded moments and resumed. A
 * search with the commands of the log, in one piece, is the second opinion.
 */
@Timeout(1800)
class KilledSearchIT {
  private static final String ID = "victim";
  private static final int BUDGET = 4_000;

  /** Bytes of a log within the search: 4,000 designs take 1 MB, and accounts follow. */
  private static final int MOST_BYTES = 800_000;

  @TempDir Path temporary;

  @Test
  @Tag("slow")
  void aSteeredSearchKilledTwiceIsTheSearchWithItsCommands() throws Exception {
    for (int moment = 0; moment < 2; moment++) {
      killedSearch(moment);
    }
  }

  @Test
  @Tag("slow")
  void aSteeredSearchKilledAtTwentyMomentsIsTheSearchWithItsCommands() throws Exception {
    for (int moment = 100; moment < 120; moment++) {
      killedSearch(moment);
    }
  }

  @Test
  @Tag("slow")
  void aSweepKilledTwiceHasTheTableOfAnUnbrokenOne() throws Exception {
    killedSweeps(2);
  }

  @Test
  @Tag("slow")
  void aSweepKilledAtTwentyMomentsHasTheTableOfAnUnbrokenOne() throws Exception {
    killedSweeps(20);
  }

  @Test
  @Tag("slow")
  void aSearchOverAKernelKilledTwiceIsTheUnbrokenOne() throws Exception {
    String text =
        KernelSpecs.text(KernelSpecs.HOPFIELD, "objectives: {minimise: [energy, qualityLoss]}")
            .replace("probes: 4", "probes: 2")
            .replace("weights: 6,", "weights: {from: 2, to: 8},")
            .replace("bits: 8, columnsPerAdc: 8", "bits: {from: 4, to: 9}, columnsPerAdc: 8")
            .replace("rows: 64, columns: 64", "rows: {any: [16, 32, 64]}, columns: 64");
    String spec = KernelSpecs.write(temporary, "tiny", text);
    List<String> explore =
        new ArrayList<>(List.of("explore", spec, "--budget", "110", "--seed", "5"));
    String whole = temporary.resolve("whole").toString();
    List<String> unbroken = new ArrayList<>(explore);
    unbroken.addAll(List.of("--no-kafka", "--data", whole, "--run-id", ID));
    CommandRun.of(unbroken.toArray(String[]::new)).exits(0);
    String table = CommandRun.of("export", ID, "--data", whole).exits(0).out();
    long size = Files.size(Path.of(whole, "runs", ID, "log.jsonl"));
    for (int moment = 0; moment < 2; moment++) {
      Path folder = Files.createDirectories(temporary.resolve("kernel" + moment));
      SplittableRandom random = new SplittableRandom(moment);
      kill(folder, explore, List.of(), size / 10 + random.nextLong(size / 3), random);
      String data = folder.resolve("data").toString();
      CommandRun.of("resume", ID, "--no-kafka", "--data", data).exits(0);
      CommandRun.of("verify", ID, "--data", data).exits(0);
      assertEquals(
          table, CommandRun.of("export", ID, "--data", data).exits(0).out(), "moment " + moment);
    }
  }

  /** Commands of every kind that lets the search go on. */
  private static List<RunEvent.Command> commands() {
    return List.of(
        command(1, "constrain", "area <= 90 mm2", null, null),
        command(2, "pin", null, Map.of("cell.bits", "1"), null),
        command(3, "inject", null, Map.of("side", "64", "cell.bits", "3"), null),
        command(4, "pause", null, null, null),
        command(5, "resume", null, null, null),
        command(6, "constrain", "area <= 150 mm2", null, null),
        command(7, "free", null, Map.of("cell.bits", ""), null),
        command(8, "release", "latency", null, null),
        command(9, "budget", null, null, BUDGET + 500L));
  }

  private static RunEvent.Command command(
      int id, String kind, String constraint, Map<String, String> knobs, Long budget) {
    return new RunEvent.Command("c-" + id, kind, constraint, knobs, null, budget);
  }

  private void killedSearch(int moment) throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("search" + moment));
    SplittableRandom random = new SplittableRandom(moment);
    long end = 20_000 + random.nextInt(MOST_BYTES);
    List<String> explore = new ArrayList<>(List.of("explore", CommandRun.example("vgg8-pcm")));
    explore.addAll(List.of("--budget", Integer.toString(BUDGET), "--seed", moment + ""));
    kill(folder, explore, commands(), end, random);

    RunDirectory run = run(folder);
    String data = folder.resolve("data").toString();
    CommandRun.of("resume", ID, "--no-kafka", "--data", data).exits(0);
    CommandRun.of("verify", ID, "--data", data).exits(0);
    assertRepeated(run, "moment " + moment);
  }

  /** Starts a command, gives it commands as its log grows, and kills it. */
  private static void kill(
      Path folder,
      List<String> arguments,
      List<RunEvent.Command> commands,
      long end,
      SplittableRandom random)
      throws Exception {
    List<String> all = new ArrayList<>(arguments);
    String data = folder.resolve("data").toString();
    all.addAll(List.of("--no-kafka", "--data", data, "--run-id", ID));
    Path log = folder.resolve("data/runs/" + ID + "/log.jsonl");
    CommandFiles files = new CommandFiles(log.resolveSibling("commands"));
    try (ProgramProcess process = ProgramProcess.start(folder, all)) {
      for (int c = 0; c < commands.size(); c++) {
        long from = end * (c + 1) / (commands.size() + 1);
        boolean paused = c > 0 && commands.get(c - 1).kind().equals("pause");
        process.await(() -> Files.exists(log) && (paused || Files.size(log) >= from));
        files.write(commands.get(c));
      }
      process.await(() -> Files.exists(log) && Files.size(log) >= end);
      Thread.sleep(random.nextInt(100));
      process.kill();
    }
  }

  private static RunDirectory run(Path folder) throws Exception {
    return DataDirectory.open(folder.resolve("data")).run(new RunId(ID));
  }

  /** Compares a log with the search that its header and its commands make. */
  private static void assertRepeated(RunDirectory run, String message) throws Exception {
    Trace logged = new Trace();
    RecordedCommands commands = new RecordedCommands();
    RunEvent.Run header = RunLogReader.header(run);
    int acks = 0;
    try (RunLogReader log = RunLogReader.open(run)) {
      for (var entry = log.next(); entry.isPresent(); entry = log.next()) {
        RunEvent event = entry.get().envelope().event();
        commands.add(event);
        logged.add(event);
        acks += event instanceof RunEvent.Ack ack && ack.accepted() ? 1 : 0;
      }
    }
    assertTrue(acks > 0, message + ": no command was applied");
    DesignSpec spec = RunDesigns.spec(header);
    ExploreSettings settings =
        new ExploreSettings(
            Engines.named(header.engine()),
            header.seed(),
            header.budget(),
            header.islands(),
            2,
            Optional.empty());
    Trace repeated = new Trace();
    ExploreResult result =
        new Explorer(
                SpecSteering.begin(spec, header.budget()),
                commands,
                settings,
                repeated,
                Clock.systemUTC())
            .run();
    assertEquals(repeated.designs.size(), result.counts().evaluated());
    for (int i = 0; i < Math.min(logged.designs.size(), repeated.designs.size()); i++) {
      assertEquals(repeated.designs.get(i), logged.designs.get(i), message + ", design " + i);
    }
    assertEquals(repeated.designs.size(), logged.designs.size(), message);
    assertEquals(repeated.rounds, logged.rounds, message);
    assertEquals(repeated.front, logged.front, message);
    assertEquals(result.front().size(), logged.front.size(), message);
  }

  /** Designs, rounds and front of a search. */
  private static final class Trace implements RunSink {
    final List<String> designs = new ArrayList<>();
    final List<String> rounds = new ArrayList<>();
    final Map<Long, List<Double>> front = new TreeMap<>();

    void add(RunEvent event) {
      if (event instanceof RunEvent.Evaluations evaluations) {
        evaluations(evaluations);
      } else if (event instanceof RunEvent.Front change) {
        front(change);
      } else if (event instanceof RunEvent.Round round) {
        round(round);
      }
    }

    @Override
    public void evaluations(RunEvent.Evaluations event) {
      for (int j = 0; j < event.count(); j++) {
        int row = j;
        designs.add(
            Arrays.stream(event.knobs()).map(knob -> knob[row]).toList()
                + " "
                + Arrays.stream(event.values()).map(column -> column[row]).toList()
                + " "
                + Arrays.stream(event.violations()).map(column -> column[row]).toList());
      }
    }

    @Override
    public void front(RunEvent.Front event) {
      if (event.change().equals("left")) {
        front.remove(event.index());
      } else {
        front.put(event.index(), event.values());
      }
    }

    @Override
    public void round(RunEvent.Round event) {
      rounds.add(event.toString());
    }

    @Override
    public String designId(int[] ordinals) {
      return Arrays.toString(ordinals);
    }
  }

  @Test
  @Tag("slow")
  void aLargeSweepKilledTwiceHasTheTableOfAnUnbrokenOne() throws Exception {
    killedSweeps(2, "--logged", "600");
  }

  private void killedSweeps(int moments, String... more) throws Exception {
    List<String> sweep = new ArrayList<>(List.of("sweep", CommandRun.example("array-adc-sweep")));
    sweep.addAll(List.of("--set", "workload=resnet18"));
    sweep.addAll(List.of(more));
    Path whole = Files.createDirectories(temporary.resolve("whole"));
    List<String> unbroken = new ArrayList<>(sweep);
    String table = whole.resolve("table.csv").toString();
    unbroken.addAll(List.of("--no-kafka", "--data", whole.resolve("data").toString()));
    unbroken.addAll(List.of("--run-id", ID, "--output", table));
    CommandRun.of(unbroken.toArray(String[]::new)).exits(0);
    long size = Files.size(run(whole).log());
    List<RunEvent.Command> commands =
        List.of(command(1, "pause", null, null, null), command(2, "resume", null, null, null));
    for (int moment = 0; moment < moments; moment++) {
      Path folder = Files.createDirectories(temporary.resolve("sweep" + moment));
      SplittableRandom random = new SplittableRandom(moment);
      long end = size / 20 + random.nextLong(size * 7 / 10);
      List<String> victim = new ArrayList<>(sweep);
      victim.addAll(List.of("--output", folder.resolve("never.csv").toString()));
      kill(folder, victim, commands, end, random);
      String data = folder.resolve("data").toString();
      Path again = folder.resolve("table.csv");
      CommandRun.of("resume", ID, "--no-kafka", "--data", data, "--output", again.toString())
          .exits(0);
      CommandRun.of("verify", ID, "--data", data).exits(0);
      assertEquals(-1, Files.mismatch(Path.of(table), again), "moment " + moment);
    }
  }
}
