package dev.kirchhoff.dse.steer;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.explore.Commands;
import dev.kirchhoff.dse.steer.CommandFiles.BadCommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Commands that wait for a running search, from files and from wherever {@link #offer} is called.
 * One that comes twice is taken once. A thread of its own looks for files.
 */
public final class PendingCommands implements Commands, AutoCloseable {
  private static final long LOOK_MS = 50;
  private static final long PATIENCE_MS = 50;

  private final CommandFiles files;
  private final Consumer<String> warnings;
  private final Map<String, RunEvent.Command> waiting = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Thread thread;
  private volatile boolean isWaiting;
  private volatile boolean closed;

  private PendingCommands(CommandFiles files, Consumer<String> warnings) {
    this.files = files;
    this.warnings = warnings;
    this.thread = new Thread(this::look, "commands");
    thread.setDaemon(true);
  }

  /**
   * Begins to look for commands. What lies there was left for a process that has ended and is
   * removed.
   *
   * @param folder folder of the run's commands
   * @param warnings takes sentences for the user
   */
  public static PendingCommands open(Path folder, Consumer<String> warnings) {
    PendingCommands commands = new PendingCommands(new CommandFiles(folder), warnings);
    commands.removeOld();
    commands.thread.start();
    return commands;
  }

  private void removeOld() {
    try {
      for (Path file : files.list()) {
        String name = file.getFileName().toString();
        String id = name.substring(0, name.lastIndexOf('.'));
        files.remove(id);
        warnings.accept("command " + id + " was left for a process that has ended; it is dropped");
      }
    } catch (IOException e) {
      warnings.accept("old commands cannot be removed: " + e.getMessage());
    }
  }

  private void look() {
    while (!closed) {
      try {
        for (Path file : files.list()) {
          read(file);
        }
        Thread.sleep(LOOK_MS);
      } catch (IOException e) {
        // A file may vanish between list and look; the next look shows what stays.
        isWaiting = !waitingNow().isEmpty();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void read(Path file) throws IOException {
    try {
      offer(CommandFiles.read(file));
    } catch (BadCommandException e) {
      CommandFiles.setAside(file);
      warnings.accept(file + ": is no command and is set aside: " + e.getMessage());
    }
  }

  /** Takes a command in, unless it has come before. From any thread. */
  public synchronized void offer(RunEvent.Command command) {
    if (command.command() != null && seen.add(command.command())) {
      waiting.put(command.command(), command);
      isWaiting = true;
      notifyAll();
    }
  }

  @Override
  public boolean isWaiting() {
    return isWaiting;
  }

  private synchronized List<RunEvent.Command> waitingNow() {
    return new ArrayList<>(waiting.values());
  }

  @Override
  public synchronized List<RunEvent.Command> take(int rounds) {
    List<RunEvent.Command> taken = waitingNow();
    waiting.clear();
    isWaiting = false;
    return taken;
  }

  @Override
  public synchronized boolean await() throws InterruptedException {
    if (waiting.isEmpty()) {
      wait(PATIENCE_MS);
    }
    return true;
  }

  @Override
  public void answered(RunEvent.Ack answer) {
    try {
      files.remove(answer.command());
    } catch (IOException e) {
      warnings.accept("command " + answer.command() + " is answered and cannot be removed");
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
