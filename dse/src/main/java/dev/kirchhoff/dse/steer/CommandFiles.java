package dev.kirchhoff.dse.steer;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.PrivateFiles;
import dev.kirchhoff.dse.run.ReplacedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands of a run as files, one each, named by their ids. A file appears whole, by rename; the
 * search removes it when its answer is in the log.
 */
public final class CommandFiles {
  private static final String ENDING = ".json";
  private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,79}";

  private final Path folder;

  /** The commands in a folder, which may not exist yet. */
  public CommandFiles(Path folder) {
    this.folder = folder;
  }

  /** A file that is not a command; the message is for the user. */
  static final class BadCommandException extends Exception {
    private static final long serialVersionUID = 1L;

    BadCommandException(String message) {
      super(message);
    }
  }

  /** Leaves a command for the search. */
  public void write(RunEvent.Command command) throws IOException {
    PrivateFiles.createFolderIfAbsent(folder);
    String text = new String(EventJson.dataBytes(command), StandardCharsets.UTF_8);
    ReplacedFile.write(folder.resolve(command.command() + ENDING), text + "\n");
  }

  /** Removes a command that is answered, or that nobody will answer. */
  public void remove(String command) throws IOException {
    if (command.matches(ID)) {
      Files.deleteIfExists(folder.resolve(command + ENDING));
    }
  }

  /** Files of commands, by name. */
  List<Path> list() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
    }
  }

  /**
   * Reads a command.
   *
   * @throws BadCommandException if the file is no command
   */
  static RunEvent.Command read(Path file) throws IOException, BadCommandException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      RunEvent.Command command =
          (RunEvent.Command) EventJson.data(RunEvent.Command.TYPE, bytes, 0, bytes.length);
      String name = file.getFileName().toString();
      if (command.command() == null || !name.equals(command.command() + ENDING)) {
        throw new BadCommandException("its name is not its command's id");
      }
      if (!command.command().matches(ID)) {
        throw new BadCommandException("its id must be of letters, digits, dots and dashes");
      }
      return command;
    } catch (EventFormatException e) {
      throw new BadCommandException(e.getMessage());
    }
  }

  /** Sets aside a file that is not a command. */
  static void setAside(Path file) throws IOException {
    Files.move(file, file.resolveSibling(file.getFileName() + ".bad"));
  }
}
