package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An explore in a process of its own, which a test ends from outside. It is killed when closed. */
final class ExplorerProcess implements AutoCloseable {
  private static final String ID = "victim";

  private final Path folder;
  private final Process process;

  /** Says of a run's log whether the explorer has come far enough to be ended. */
  interface Progress {
    boolean isReached(Path log) throws IOException;
  }

  private ExplorerProcess(Path folder, Process process) {
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
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "explore"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--no-kafka", "--data", data(folder).toString(), "--run-id", ID));
    ExplorerProcess explorer =
        new ExplorerProcess(
            folder,
            new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start());
    try {
      explorer.await(progress);
    } catch (Exception | AssertionError e) {
      explorer.close();
      throw e;
    }
    return explorer;
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  private void await(Progress progress) throws Exception {
    Path log = data(folder).resolve("runs/" + ID + "/log.jsonl");
    while (!Files.exists(log) || !progress.isReached(log)) {
      assertTrue(process.isAlive(), () -> "it ended by itself: " + said("err"));
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Its run. */
  RunDirectory run() throws IOException {
    return DataDirectory.open(data(folder)).run(new RunId(ID));
  }

  /** What it said so far on {@code out} or {@code err}. */
  String said(String stream) {
    try {
      return Files.readString(folder.resolve(stream));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What {@code evaluate} says of a design of its run. */
  JsonNode evaluated(int index) {
    return CommandRun.of(
            "evaluate", "--design", ID + "#" + index, "--json", "--data", data(folder).toString())
        .exits(0)
        .json();
  }

  /** Ends it so that it cannot do anything more. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Interrupts it as Ctrl-C does, and sees it end within a minute with the code for that. */
  void interrupt() throws Exception {
    assumeTrue(interruptsArrive(), "interrupts are ignored where this test runs");
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it went on");
    assertEquals(130, process.exitValue(), () -> said("err"));
  }

  /** A process that was started with interrupts ignored passes that on to its children. */
  private static boolean interruptsArrive() throws Exception {
    return new ProcessBuilder("sh", "-c", "kill -INT $$; exit 0").start().waitFor() != 0;
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
