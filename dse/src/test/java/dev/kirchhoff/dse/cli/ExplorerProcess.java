package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An explore in a process of its own, which a test ends from outside. It is killed when closed. */
final class ExplorerProcess implements AutoCloseable {
  private static final String ID = "victim";

  private final Path folder;
  private final ProgramProcess process;

  /** Condition on a run's log that the explorer may be ended. */
  interface Progress {
    boolean isReached(Path log) throws IOException;
  }

  private ExplorerProcess(Path folder, ProgramProcess process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts an explore without a stream and waits until its log shows that it has come far enough.
   *
   * @param folder an empty folder for its data and what it says
   * @param arguments the spec and further arguments of explore
   */
  static ExplorerProcess start(Path folder, Progress progress, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("explore"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--no-kafka", "--data", data(folder).toString(), "--run-id", ID));
    ProgramProcess process = ProgramProcess.start(folder, all);
    Path log = data(folder).resolve("runs/" + ID + "/log.jsonl");
    process.await(() -> Files.exists(log) && progress.isReached(log));
    return new ExplorerProcess(folder, process);
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  /** Its run. */
  RunDirectory run() throws IOException {
    return DataDirectory.open(data(folder)).run(new RunId(ID));
  }

  /** Output so far on {@code out} or {@code err}. */
  String output(String stream) {
    return process.output(stream);
  }

  /** Output of {@code evaluate} for a design of its run. */
  JsonNode evaluated(int index) {
    return CommandRun.of(
            "evaluate", "--design", ID + "#" + index, "--json", "--data", data(folder).toString())
        .exits(0)
        .json();
  }

  /** Ends it so that it cannot do anything more. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** Interrupts it as Ctrl-C does, and sees it end within a minute with the code for that. */
  void interrupt() throws Exception {
    process.interrupt();
  }

  @Override
  public void close() {
    process.close();
  }
}
