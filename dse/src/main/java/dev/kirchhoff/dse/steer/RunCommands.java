package dev.kirchhoff.dse.steer;

import dev.kirchhoff.arch.event.CommandSender;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DamagedLogException;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** Commands to running searches, read, checked against the run's spec and given. */
public final class RunCommands implements CommandSender {

  /** Made by the service loader. */
  public RunCommands() {}

  @Override
  public String send(String data, String run, String word, List<String> arguments) {
    try {
      return give(DataDirectory.existing(Path.of(data)), run, word, arguments).id();
    } catch (DataProblemException | DamagedLogException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Gives a command to the search of a run.
   *
   * @param ending the run's id or any unique ending of it
   * @param word the command
   * @throws DataProblemException if they are no command to that run; nothing was given
   */
  public static CommandRequest give(
      DataDirectory data, String ending, String word, List<String> arguments) {
    RunDirectory run = data.find(ending);
    CommandWords words = new CommandWords(data, run);
    RunEvent.Command wanted =
        words.command(CommandRequest.freshId(new SecureRandom()), word, arguments);
    CommandRequest.requireRunning(run);
    words.check(wanted, RunLogReader.header(run));
    return CommandRequest.send(run, wanted);
  }
}
