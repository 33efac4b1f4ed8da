package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.event.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps in processes of their own, killed at seeded moments and resumed. The table of an unbroken
 * one is the second opinion.
 */
@Timeout(1800)
@Tag("slow")
class KilledSweepIT {
  @TempDir Path temporary;

  @Test
  void aSweepKilledAtTwentyMomentsHasTheTableOfAnUnbrokenOne() throws Exception {
    killedSweeps(20);
  }

  @Test
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
    unbroken.addAll(List.of("--run-id", KilledRun.ID, "--output", table));
    CommandRun.of(unbroken.toArray(String[]::new)).exits(0);
    long size = Files.size(KilledRun.of(whole).log());
    List<RunEvent.Command> commands =
        List.of(
            KilledRun.command(1, "pause", null, null, null),
            KilledRun.command(2, "resume", null, null, null));
    for (int moment = 0; moment < moments; moment++) {
      Path folder = Files.createDirectories(temporary.resolve("sweep" + moment));
      SplittableRandom random = new SplittableRandom(moment);
      long end = size / 20 + random.nextLong(size * 7 / 10);
      List<String> victim = new ArrayList<>(sweep);
      victim.addAll(List.of("--output", folder.resolve("never.csv").toString()));
      KilledRun.kill(folder, victim, commands, end, random);
      String data = folder.resolve("data").toString();
      Path again = folder.resolve("table.csv");
      CommandRun.of(
              "resume", KilledRun.ID, "--no-kafka", "--data", data, "--output", again.toString())
          .exits(0);
      CommandRun.of("verify", KilledRun.ID, "--data", data).exits(0);
      assertEquals(-1, Files.mismatch(Path.of(table), again), "moment " + moment);
    }
  }
}
