package dev.kirchhoff.dse.desk;

import dev.kirchhoff.dse.run.ClassArchive;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.PrivateFiles;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An explorer that a page started: a process with this one's Java and classes that outlives it, the
 * end of its terminal and Ctrl-C included. Its output goes to {@code log/RUN.log} of the data
 * directory.
 */
public final class StartedExplorer {
  /** Flags of its Java: those that the launchers give {@code explore}. */
  public static final List<String> FLAGS =
      List.of(
          "-Xshare:auto",
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "-XX:+UseParallelGC",
          "-Xms160m",
          "-XX:MaxNewSize=160m",
          "-XX:GCTimeRatio=19",
          "-XX:FreqInlineSize=60",
          "-XX:InlineSmallCode=600",
          "-XX:Tier4InvocationThreshold=20000",
          "-XX:Tier4MinInvocationThreshold=2400",
          "-XX:Tier4CompileThreshold=60000",
          "-XX:Tier4BackEdgeThreshold=160000");

  private static final String PROGRAM = "dev.kirchhoff.dse.cli.Main";

  /** Variable with the page's token, which an explorer does not need. */
  private static final String TOKEN_VARIABLE = "KIRCHHOFF_PAGE_TOKEN";

  /** Signals that are ignored when Java starts stay ignored. */
  private static final String DETACHED = "trap '' INT HUP; exec \"$@\"";

  private static final long PATIENCE_S = 60;
  private static final long LOOK_MS = 20;

  private final Process process;

  private StartedExplorer(Process process) {
    this.process = process;
  }

  /** True while the explorer goes on. */
  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Starts an explorer and waits for the first line of its log.
   *
   * @param spec text of the spec, whole in itself
   * @param ending ending of its file, {@code .yaml}
   * @param options options of {@code explore}
   * @throws IllegalArgumentException if it refuses; the message is for the user
   * @throws IOException if it cannot be started
   */
  static StartedExplorer start(
      DataDirectory data, RunId id, String spec, String ending, List<String> options)
      throws IOException {
    Path file = data.companionLog(id.text()).resolveSibling(id.text() + ending);
    Path output = data.companionLog(id.text());
    PrivateFiles.createFileIfAbsent(output);
    PrivateFiles.createFile(file);
    try {
      Files.writeString(file, spec, StandardCharsets.UTF_8);
      List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "kirchhoff"));
      command.addAll(java());
      command.addAll(List.of("explore", file.toString(), "--run-id", id.text()));
      command.addAll(List.of("--data", data.root().toString()));
      command.addAll(options);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder.environment().remove(TOKEN_VARIABLE);
      StartedExplorer started = new StartedExplorer(builder.start());
      started.await(data.run(id), output);
      return started;
    } finally {
      Files.deleteIfExists(file); // the log has the whole spec
    }
  }

  private void await(RunDirectory run, Path output) throws IOException {
    long begin_ns = System.nanoTime();
    try {
      while (!Files.exists(run.log()) || Files.size(run.log()) == 0) {
        if (!process.isAlive() && !Files.exists(run.log())) {
          String said = Files.readString(output, StandardCharsets.UTF_8).strip();
          Files.deleteIfExists(output);
          throw new IllegalArgumentException(
              said.isEmpty()
                  ? "the explorer ended with exit code " + process.exitValue()
                  : said.replaceFirst("^kirchhoff: ", ""));
        }
        if (System.nanoTime() - begin_ns > TimeUnit.SECONDS.toNanos(PATIENCE_S)) {
          process.destroy();
          throw new IllegalArgumentException(
              "the explorer began no log within " + PATIENCE_S + " s; its output is in " + output);
        }
        Thread.sleep(LOOK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** This Java and its classes. */
  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ClassArchive.flags());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), PROGRAM));
    return command;
  }
}
