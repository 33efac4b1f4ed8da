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
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
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
 * Searches in processes of their own, steered, killed at seeded moments and resumed. A search with
 * the commands of the log, in one piece, is the second opinion.
 */
@Timeout(1800)
@Tag("slow")
class KilledSearchIT {
  private static final int BUDGET = 2_000;

  /** Bytes of a log within the search: 2,000 designs take 0.23 MB. */
  private static final int MOST_BYTES = 150_000;

  @TempDir Path temporary;

  @Test
  void aSteeredSearchKilledAtTwentyMomentsIsTheSearchWithItsCommands() throws Exception {
    for (int moment = 100; moment < 120; moment++) {
      killedSearch(moment);
    }
  }

  @Test
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
    unbroken.addAll(List.of("--no-kafka", "--data", whole, "--run-id", KilledRun.ID));
    CommandRun.of(unbroken.toArray(String[]::new)).exits(0);
    String table = CommandRun.of("export", KilledRun.ID, "--data", whole).exits(0).out();
    long size = Files.size(Path.of(whole, "runs", KilledRun.ID, "log.jsonl"));
    for (int moment = 0; moment < 2; moment++) {
      Path folder = Files.createDirectories(temporary.resolve("kernel" + moment));
      SplittableRandom random = new SplittableRandom(moment);
      KilledRun.kill(folder, explore, List.of(), size / 10 + random.nextLong(size / 3), random);
      String data = folder.resolve("data").toString();
      CommandRun.of("resume", KilledRun.ID, "--no-kafka", "--data", data).exits(0);
      CommandRun.of("verify", KilledRun.ID, "--data", data).exits(0);
      assertEquals(
          table,
          CommandRun.of("export", KilledRun.ID, "--data", data).exits(0).out(),
          "moment " + moment);
    }
  }

  /** Commands of every kind that lets the search go on. */
  private static List<RunEvent.Command> commands() {
    return List.of(
        KilledRun.command(1, "constrain", "area <= 200 mm2", null, null),
        KilledRun.command(2, "pin", null, Map.of("cell.bits", "1"), null),
        KilledRun.command(3, "inject", null, Map.of("side", "64", "cell.bits", "3"), null),
        KilledRun.command(4, "pause", null, null, null),
        KilledRun.command(5, "resume", null, null, null),
        KilledRun.command(6, "constrain", "area <= 300 mm2", null, null),
        KilledRun.command(7, "free", null, Map.of("cell.bits", ""), null),
        KilledRun.command(8, "release", "latency", null, null),
        KilledRun.command(9, "budget", null, null, BUDGET + 500L));
  }

  private void killedSearch(int moment) throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("search" + moment));
    SplittableRandom random = new SplittableRandom(moment);
    long end = 20_000 + random.nextInt(MOST_BYTES);
    List<String> explore =
        new ArrayList<>(List.of("explore", CommandRun.example("bench/vgg8-pcm")));
    explore.addAll(List.of("--budget", Integer.toString(BUDGET), "--seed", moment + ""));
    KilledRun.kill(folder, explore, commands(), end, random);

    RunDirectory run = KilledRun.of(folder);
    String data = folder.resolve("data").toString();
    CommandRun resumed = CommandRun.of("resume", KilledRun.ID, "--no-kafka", "--data", data);
    // Killed before the last commands, the limits of the others may leave no feasible design.
    assertTrue(resumed.code() == 0 || resumed.code() == 1, resumed.err());
    CommandRun.of("verify", KilledRun.ID, "--data", data).exits(0);
    assertRepeated(run, "moment " + moment);
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
}
