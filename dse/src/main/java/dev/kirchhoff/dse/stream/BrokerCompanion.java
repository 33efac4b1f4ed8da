package dev.kirchhoff.dse.stream;

import dev.kirchhoff.dse.run.ClassArchive;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.OwnerLock;
import dev.kirchhoff.dse.run.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Supervisor of a broker for the data directory: every 2 s, a child process is started if the
 * directory has no owner; it is started again, with growing pauses, if it dies, and takes over when
 * another owner ends. The search does not notice.
 */
public final class BrokerCompanion implements AutoCloseable {
  private static final long WATCH_MS = 2_000;
  private static final long LONGEST_PAUSE_MS = 60_000;
  private static final long END_PATIENCE_S = 15;
  private static final long LARGEST_OUTPUT_BYTES = 10 << 20;

  private final DataDirectory data;
  private final Consumer<String> warnings;
  private final Thread watcher;
  private Process child;
  private long pause_ms = WATCH_MS;
  private long startNotBefore_ns = System.nanoTime();
  private boolean closed;

  private BrokerCompanion(DataDirectory data, Consumer<String> warnings) {
    this.data = data;
    this.warnings = warnings;
    this.watcher = new Thread(this::watch, "broker-companion");
    watcher.setDaemon(true);
  }

  /**
   * Starts to watch; a broker is on its way when this returns.
   *
   * @param data the data directory
   * @param warnings takes sentences for the user
   */
  public static BrokerCompanion start(DataDirectory data, Consumer<String> warnings) {
    BrokerCompanion companion = new BrokerCompanion(data, warnings);
    companion.watcher.start();
    return companion;
  }

  /** Endpoint of the living broker of this directory, whoever owns it. */
  public Optional<Endpoint> endpoint() {
    return Endpoint.ofLivingBroker(data.broker());
  }

  private void watch() {
    try {
      while (true) {
        synchronized (this) {
          if (closed) {
            return;
          }
          see();
          wait(WATCH_MS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void see() {
    if (child != null && child.isAlive()) {
      return;
    }
    if (child != null) {
      if (child.exitValue() != 0) {
        startNotBefore_ns = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause_ms);
        pause_ms = Math.min(2 * pause_ms, LONGEST_PAUSE_MS);
      }
      child = null;
    }
    if (System.nanoTime() - startNotBefore_ns < 0
        || OwnerLock.isHeld(Endpoint.lock(data.broker()))) {
      return;
    }
    try {
      child = startChild();
    } catch (IOException e) {
      warnings.accept(
          "the broker cannot be started: " + e.getMessage() + "; the run log is complete");
      startNotBefore_ns = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MS);
    }
  }

  private Process startChild() throws IOException {
    Path output = data.companionLog("broker");
    if (Files.exists(output) && Files.size(output) > LARGEST_OUTPUT_BYTES) {
      Files.move(
          output, output.resolveSibling("broker.1.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    PrivateFiles.createFileIfAbsent(output);
    return new ProcessBuilder(command(data.root()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  /**
   * Command of the child: this JVM's class path, a small heap, and flags for a quick start rather
   * than speed.
   */
  static List<String> command(Path dataRoot) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ClassArchive.flags("broker.jsa"));
    command.addAll(
        List.of(
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            dataRoot.toString()));
    return command;
  }

  /**
   * Process of the child that runs now; empty if the broker is somebody else's or there is none.
   */
  synchronized Optional<ProcessHandle> childProcess() {
    return child != null && child.isAlive() ? Optional.of(child.toHandle()) : Optional.empty();
  }

  /** Shuts the child down, if it is ours. */
  @Override
  public void close() {
    Process mine;
    synchronized (this) {
      closed = true;
      mine = child;
      notifyAll();
    }
    if (mine == null) {
      return;
    }
    try {
      mine.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is broken because the child has ended.
    }
    try {
      if (!mine.waitFor(END_PATIENCE_S, TimeUnit.SECONDS)) {
        mine.destroyForcibly();
      }
    } catch (InterruptedException e) {
      mine.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
