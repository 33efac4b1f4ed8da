package dev.kirchhoff.dse.run;

import dev.kirchhoff.arch.event.LogPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Data directory of runs, broker and output of companions, accessible to its owner alone ({@link
 * PrivateFiles}). Its {@code format} file holds a number; a directory of another format is refused,
 * never converted in passing.
 */
public final class DataDirectory {
  private static final String ENVIRONMENT = "KIRCHHOFF_DATA";
  private static final String DEFAULT = "kirchhoff-data";
  private static final String FORMAT_FILE = "format";
  private static final List<String> FOLDERS = List.of("runs", "broker", "log");

  private final Path root;

  private DataDirectory(Path root) {
    this.root = root;
  }

  /**
   * Path of the data directory: the option, else {@code KIRCHHOFF_DATA}, else {@code
   * ./kirchhoff-data}.
   *
   * @param option value of {@code --data}, if given
   * @param environment environment variables
   */
  public static Path locate(Optional<Path> option, Map<String, String> environment) {
    String fromEnvironment = environment.getOrDefault(ENVIRONMENT, "");
    return option.orElseGet(() -> Path.of(fromEnvironment.isEmpty() ? DEFAULT : fromEnvironment));
  }

  /**
   * Opens a data directory to read its runs.
   *
   * @throws DataProblemException if there is none, or it is of an unknown format
   */
  public static DataDirectory existing(Path path) {
    if (!Files.isDirectory(path)) {
      throw new DataProblemException(
          "there is no data directory " + path + "; --data names another");
    }
    Path root = path.toAbsolutePath().normalize();
    if (!Files.isReadable(root) || !Files.isExecutable(root)) {
      throw new DataProblemException(path + ": cannot be read: permission denied");
    }
    if (!Files.exists(root.resolve(FORMAT_FILE))) {
      throw new DataProblemException(path + ": is no data directory; --data names another");
    }
    try {
      checkFormat(root, path);
      return new DataDirectory(root);
    } catch (IOException e) {
      throw new DataProblemException(path + ": cannot be read: " + ResultFile.reason(e));
    }
  }

  /**
   * Opens a data directory to write runs; one that is not there, or empty, is created.
   *
   * @throws DataProblemException if it cannot be created, is of another format, or holds something
   *     else
   */
  public static DataDirectory open(Path path) {
    Path root = path.toAbsolutePath().normalize();
    try {
      createRoot(root);
      if (!Files.exists(root.resolve(FORMAT_FILE))) {
        checkEmpty(root, path);
        PrivateFiles.protectFolder(root);
        ReplacedFile.write(root.resolve(FORMAT_FILE), LogPosition.FORMAT + "\n");
      }
      checkFormat(root, path);
      for (String folder : FOLDERS) {
        PrivateFiles.createFolderIfAbsent(root.resolve(folder));
      }
      return new DataDirectory(root);
    } catch (FileAlreadyExistsException e) {
      throw new DataProblemException(path + ": is a file, must be a directory");
    } catch (IOException e) {
      throw new DataProblemException(path + ": cannot be used for data: " + ResultFile.reason(e));
    }
  }

  /** Folders above the data directory are nobody's secret. */
  private static void createRoot(Path root) throws IOException {
    if (root.getParent() != null) {
      Files.createDirectories(root.getParent());
    }
    if (!Files.isDirectory(root)) {
      PrivateFiles.createFolderIfAbsent(root);
    }
  }

  /** A directory that somebody else is creating at this moment counts as empty. */
  private static void checkEmpty(Path root, Path asGiven) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      boolean foreign =
          entries
              .map(entry -> entry.getFileName().toString())
              .anyMatch(
                  name ->
                      !name.startsWith(FORMAT_FILE)
                          && !name.startsWith(".")
                          && !name.equals("lost+found"));
      if (foreign && !Files.exists(root.resolve(FORMAT_FILE))) {
        throw new DataProblemException(
            asGiven + ": holds other files and no data of Kirchhoff; choose another --data");
      }
    }
  }

  private static void checkFormat(Path root, Path asGiven) throws IOException {
    String text = Files.readString(root.resolve(FORMAT_FILE), StandardCharsets.UTF_8).strip();
    if (text.equals(Integer.toString(LogPosition.FORMAT))) {
      return;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw new DataProblemException(
          asGiven.resolve(FORMAT_FILE)
              + ": is not a number; the directory is not data of Kirchhoff");
    }
    throw new DataProblemException(
        asGiven
            + ": has data format "
            + text
            + "; this version reads and writes format "
            + LogPosition.FORMAT
            + ": use a version of Kirchhoff that reads format "
            + text
            + ", or another --data");
  }

  /** Sentence for the user where nothing keeps others from the data; empty where something does. */
  public Optional<String> warning() {
    return PrivateFiles.isSupported(root)
        ? Optional.empty()
        : Optional.of(
            "warning: "
                + root
                + " is on a file system without POSIX permissions: other users of this machine may"
                + " read the runs");
  }

  /** The directory itself, absolute. */
  public Path root() {
    return root;
  }

  /** The broker's lock, endpoint and Kafka's own log. */
  public Path broker() {
    return root.resolve("broker");
  }

  /** Output of a companion of that role. */
  public Path companionLog(String role) {
    return root.resolve("log").resolve(role + ".log");
  }

  /** The files of a run, whether it exists or not. */
  public RunDirectory run(RunId id) {
    return new RunDirectory(id, root.resolve("runs").resolve(id.text()));
  }

  /** The runs there are, sorted by name, which for names of ours is by start. */
  public List<RunId> runs() {
    try (Stream<Path> entries = Files.list(root.resolve("runs"))) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .filter(RunId::isValid)
          .map(RunId::new)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": runs cannot be listed: " + ResultFile.reason(e), e);
    }
  }

  /**
   * The run that a text means.
   *
   * @param ending its name or any unique ending of it
   * @throws DataProblemException if there is none or more than one
   */
  public RunDirectory find(String ending) {
    return run(RunId.resolve(runs(), ending));
  }

  /**
   * Makes the directory of a new run.
   *
   * @throws DataProblemException if there is a run of that name already
   */
  public RunDirectory createRun(RunId id) {
    RunDirectory run = run(id);
    try {
      PrivateFiles.createFolder(run.path());
      return run;
    } catch (FileAlreadyExistsException e) {
      throw new DataProblemException("run " + id + " exists already; choose another --run-id");
    } catch (IOException e) {
      throw new UncheckedIOException(
          run.path() + ": cannot be created: " + ResultFile.reason(e), e);
    }
  }
}
