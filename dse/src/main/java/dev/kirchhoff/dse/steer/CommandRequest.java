package dev.kirchhoff.dse.steer;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.LogLines;
import dev.kirchhoff.dse.run.ResultFile;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A command to the search of a run on this machine, from the file that carries it to the answer in
 * the run's log.
 */
public final class CommandRequest {
  private static final long LOOK_MS = 20;

  private final RunDirectory run;
  private final RunEvent.Command command;
  private final CommandFiles files;
  private final long from;

  private CommandRequest(RunDirectory run, RunEvent.Command command, long from) {
    this.run = run;
    this.command = command;
    this.files = new CommandFiles(run.commands());
    this.from = from;
  }

  /** Id of the command. */
  public String id() {
    return command.command();
  }

  /** A fresh id of a command. */
  public static String freshId(RandomGenerator random) {
    return String.format(Locale.ROOT, "c-%08x", random.nextInt());
  }

  /**
   * Refuses a run that no process is searching.
   *
   * @throws DataProblemException if there is none
   */
  public static void requireRunning(RunDirectory run) {
    if (!run.isBeingWritten()) {
      String state = RunStatus.of(run).name().toLowerCase(Locale.ROOT);
      throw new DataProblemException(
          "run "
              + run.id()
              + " is "
              + state
              + ": no process is searching that could take a command"
              + (state.equals("finished") ? "" : "; ./kirchhoff resume goes on with it"));
    }
  }

  /**
   * Gives a command to a running search.
   *
   * @throws DataProblemException if the run is not running
   */
  public static CommandRequest send(RunDirectory run, RunEvent.Command command) {
    requireRunning(run);
    try {
      CommandRequest request = new CommandRequest(run, command, Files.size(run.log()));
      request.files.write(command);
      return request;
    } catch (IOException e) {
      throw new UncheckedIOException(
          run.commands() + ": cannot be written: " + ResultFile.reason(e), e);
    }
  }

  /**
   * Waits for the answer.
   *
   * @return the answer; empty if none came in that time
   * @throws DataProblemException if the run ended without answering; the command is taken back
   */
  public Optional<RunEvent.Ack> await(Duration patience) {
    long end_ns = System.nanoTime() + patience.toNanos();
    try (LogLines lines = LogLines.open(run.log())) {
      lines.seek(from, 1);
      while (true) {
        // The lock is looked at before the log: if it is free, the log's end is final.
        boolean running = run.isBeingWritten();
        Optional<RunEvent.Ack> answer = next(lines);
        if (answer.isPresent()) {
          return answer;
        }
        if (!running) {
          files.remove(command.command());
          throw new DataProblemException("run " + run.id() + " ended before it took the command");
        }
        if (System.nanoTime() >= end_ns) {
          return Optional.empty();
        }
        Thread.sleep(LOOK_MS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(run.log() + ": cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<RunEvent.Ack> next(LogLines lines) {
    for (Optional<LogLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      byte[] bytes = line.get().bytes();
      try {
        RawEvent raw = RawEvent.scan(bytes, 0, bytes.length);
        if (raw.type().equals(RunEvent.Ack.TYPE)
            && EventJson.event(raw) instanceof RunEvent.Ack ack
            && ack.command().equals(command.command())) {
          return Optional.of(ack);
        }
      } catch (EventFormatException e) {
        // Reading may have begun within a line; that the log is whole is proved elsewhere.
        continue;
      }
    }
    return Optional.empty();
  }
}
