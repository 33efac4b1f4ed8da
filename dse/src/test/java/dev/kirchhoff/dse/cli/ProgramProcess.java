package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program in a process of its own, which a test ends from outside. It is killed when closed.
 *
 * <p>Interrupts reach it even where the build ignores them, as under {@code nohup} or in the
 * background of a script: a process hands an ignored signal on to its children, and a JVM does not
 * undo that, so {@code env} of coreutils does.
 */
final class ProgramProcess implements AutoCloseable {
  /** Far above what the slowest progress takes on a busy machine. */
  private static final int PATIENCE_S = 600;

  /** Flags without the compiler that only pays in longer runs: half of the processor time. */
  static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Path folder;
  private final Process process;

  /** Condition that the process may be ended. */
  interface Progress {
    boolean isReached() throws IOException;
  }

  private ProgramProcess(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts a command.
   *
   * @param folder where what it says is kept
   */
  static ProgramProcess start(Path folder, List<String> arguments) throws IOException {
    return start(folder, List.of(), arguments);
  }

  /**
   * Starts a command.
   *
   * @param folder where what it says is kept
   * @param flags flags of its virtual machine; {@link #SHORT} of one that ends within seconds
   */
  static ProgramProcess start(Path folder, List<String> flags, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(handlingInterrupts());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return new ProgramProcess(
        folder,
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start());
  }

  /** Waits until it has come far enough; kills it where it has ended before or takes too long. */
  void await(Progress progress) throws Exception {
    long start_ns = System.nanoTime();
    try {
      while (!progress.isReached()) {
        assertTrue(process.isAlive(), () -> "it ended by itself: " + output("err"));
        assertTrue(
            System.nanoTime() - start_ns < TimeUnit.SECONDS.toNanos(PATIENCE_S),
            () -> "it did not come so far in " + PATIENCE_S + " s: " + output("err"));
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  /** Output so far on {@code out} or {@code err}. */
  String output(String stream) {
    try {
      return Files.readString(folder.resolve(stream));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Ends it so that it cannot do anything more. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends it a signal: STOP, CONT. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end and gives its exit code. */
  int exitCode(long patience_s) throws InterruptedException {
    assertTrue(process.waitFor(patience_s, TimeUnit.SECONDS), () -> "it goes on: " + output("err"));
    return process.exitValue();
  }

  /** Interrupts it as Ctrl-C does, and sees it end within a minute with the code for that. */
  void interrupt() throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it went on");
    assertEquals(130, process.exitValue(), () -> output("err"));
  }

  /** Start of a command that is ended by interrupts; nothing where they arrive as it is. */
  private static List<String> handlingInterrupts() throws IOException {
    if (isEndedByInterrupt(List.of())) {
      return List.of();
    }
    List<String> heeding = List.of("env", "--default-signal=INT");
    assertTrue(
        isEndedByInterrupt(heeding),
        "Interrupts are ignored here and env cannot undo it.\n"
            + "Maybe run the build in the foreground, or install coreutils 8.31 or later.");
    return heeding;
  }

  private static boolean isEndedByInterrupt(List<String> start) throws IOException {
    List<String> command = new ArrayList<>(start);
    command.addAll(List.of("sh", "-c", "kill -INT $$; exit 0"));
    try {
      return new ProcessBuilder(command).start().waitFor() == 128 + 2;
    } catch (InterruptedException e) {
      throw new IllegalStateException("The test was interrupted.", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
