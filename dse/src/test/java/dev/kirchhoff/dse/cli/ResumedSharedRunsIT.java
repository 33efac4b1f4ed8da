package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep over a kernel, handed to workers by a process that is killed, and resumed with workers
 * and without. The run of one process is the second opinion.
 */
@Timeout(900)
@Tag("slow")
class ResumedSharedRunsIT {
  private static final String ID = "victim";

  @TempDir Path temporary;

  /** A memory whose recall is simulated, in 504 designs of milliseconds. */
  private List<String> command(String name, String... more) {
    String text =
        KernelSpecs.text(KernelSpecs.HOPFIELD, "objectives: {minimise: [energy, qualityLoss]}")
            .replace("weights: 6,", "weights: {from: 2, to: 8},")
            .replace(
                "bits: 8, columnsPerAdc: 8", "bits: {from: 4, to: 9}, columnsPerAdc: {any: [4, 8]}")
            .replace("rows: 64, columns: 64", "rows: {any: [16, 32, 64]}, columns: 64")
            .replace("bits: 2}", "bits: {any: [1, 2]}}");
    List<String> all = new ArrayList<>(List.of(name, KernelSpecs.write(temporary, "memory", text)));
    all.addAll(List.of("--run-id", ID));
    all.addAll(List.of(more));
    return all;
  }

  private static CommandRun run(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new)).exits(0);
  }

  @Test
  void aSweepWhoseProcessIsKilledHasTheTableOfOneProcessWithWorkersAndWithout() throws Exception {
    List<String> sweep = command("sweep");
    String alone = temporary.resolve("alone").toString();
    String table = run(sweep, "--no-kafka", "--data", alone).out();
    try (SharedCluster cluster = new SharedCluster(temporary);
        ProgramProcess first = cluster.worker("first");
        ProgramProcess second = cluster.worker("second")) {
      Path copy = killed(cluster, sweep, "--distribute", "--chunk", "4");
      int before = cluster.done();
      CommandRun shared = resumed(cluster.data(), "--distribute", "--chunk", "4");
      assertEquals(table, shared.out());
      cluster.read();
      assertTrue(
          cluster.done() > before,
          () -> "workers had nothing to do: " + first.output("err") + second.output("err"));
      assertTrue(shared.err().contains("resumes after "), shared.err());
      assertEquals(table, resumed(copy.toString(), "--no-kafka").out());
    }
  }

  private static CommandRun resumed(String data, String... more) {
    return run(List.of("resume", ID, "--data", data), more);
  }

  /**
   * Starts a run and kills its process after its first round.
   *
   * @return a data directory with a copy of the run
   */
  private Path killed(SharedCluster cluster, List<String> command, String... more)
      throws Exception {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--data", cluster.data()));
    all.addAll(List.of(more));
    Path data = Path.of(cluster.data());
    Path log = data.resolve("runs/" + ID + "/log.jsonl");
    try (ProgramProcess process = ProgramProcess.start(temporary, all)) {
      process.await(
          () -> Files.exists(log) && Files.readString(log).contains("dev.kirchhoff.round.v1"));
      process.kill();
    }
    assertTrue(!Files.readString(log).contains("\"state\":\"finished\""), "it had finished");
    Path copy = temporary.resolve("copy");
    copy(data, copy, "format");
    copy(data, copy, "runs/" + ID + "/log.jsonl");
    return copy;
  }

  private static void copy(Path from, Path to, String file) throws IOException {
    Files.createDirectories(to.resolve(file).getParent());
    Files.copy(from.resolve(file), to.resolve(file));
  }
}
