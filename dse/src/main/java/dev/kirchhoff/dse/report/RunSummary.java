package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DamagedLogException;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.run.RunNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run from its directory, without any model: its whole log is checked, and nothing of a damaged
 * one is used.
 *
 * @param run the run
 * @param address shortest ending that names it on the command line
 * @param state empty, running, paused, finished, stopped, failed, interrupted or damaged
 * @param damage file, line and reason of a damaged log, or of notes that cannot be read
 * @param header what is explored; absent without a believable header
 * @param evaluated designs up to the last whole round
 * @param swept rows of a large sweep, of which the designs are a sample; absent in all other runs
 * @param front members of the front after that round
 * @param hypervolume hypervolume of that front, 0..1
 * @param rounds whole rounds
 * @param eras times that the run was started or resumed
 * @param started time of the first event
 * @param lastEvent time of the last event
 * @param size_B size of its files
 * @param note the user's note
 * @param tags the user's tags
 * @param archived whether the user archived it
 */
public record RunSummary(
    String run,
    String address,
    String state,
    Optional<String> damage,
    Optional<Header> header,
    long evaluated,
    Optional<RunEvent.Swept> swept,
    int front,
    double hypervolume,
    int rounds,
    int eras,
    Optional<String> started,
    Optional<String> lastEvent,
    long size_B,
    String note,
    List<String> tags,
    boolean archived) {
  private static final String GENERATED = "\\d{8}T\\d{6}Z-.+-[a-z0-9]{4}";
  private static final int RANDOM_LENGTH = 4;

  /**
   * The header of a run in short.
   *
   * @param name name of its spec
   * @param reason reason of its last state
   * @param objectives objectives with their direction, {@code maximise TOPS/W}
   * @param constraints texts of the limits
   * @param version version of the models that made it
   */
  public record Header(
      String name,
      String reason,
      List<String> objectives,
      List<String> constraints,
      long budget,
      long seed,
      String engine,
      int islands,
      String version) {

    static Header of(RunEvent.Run event) {
      return new Header(
          event.name() == null ? "" : event.name(),
          event.reason() == null ? "" : event.reason(),
          RunSummary.objectives(event),
          event.constraints(),
          event.budget(),
          event.seed(),
          event.engine(),
          event.islands(),
          event.version());
    }
  }

  /** The objectives of a run with their directions and, where it is not nominal, their band. */
  static List<String> objectives(RunEvent.Run event) {
    if (event.axes() == null) {
      return event.objectives();
    }
    return event.axes().stream()
        .map(
            axis ->
                (axis.maximise() ? "maximise " : "minimise ")
                    + axis.name()
                    + (axis.band() == null ? "" : " (" + axis.band() + ")"))
        .toList();
  }

  /** All runs of a data directory, by their names. */
  public static List<RunSummary> all(DataDirectory data) {
    List<RunId> ids = data.runs();
    return ids.stream().map(id -> of(data.run(id), ids)).toList();
  }

  /** One run of a data directory. */
  public static RunSummary of(DataDirectory data, RunDirectory run) {
    return of(run, data.runs());
  }

  private static RunSummary of(RunDirectory run, List<RunId> all) {
    boolean isWritten = run.isBeingWritten();
    LogFold fold = new LogFold();
    String damage = null;
    try (RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RawEvent> line = log.nextLine(); line.isPresent(); line = log.nextLine()) {
        fold.take(line.get(), log);
      }
    } catch (DamagedLogException e) {
      damage = e.getMessage();
      fold = new LogFold();
    } catch (DataProblemException e) {
      fold = new LogFold(); // a directory without a log is an empty run
    }
    RunNotes notes = RunNotes.NONE;
    try {
      notes = RunNotes.read(run);
    } catch (DataProblemException e) {
      damage = damage == null ? e.getMessage() : damage;
    }
    boolean isDamaged = damage != null && fold.last == null;
    return new RunSummary(
        run.id().text(),
        address(run.id(), all),
        isDamaged ? "damaged" : fold.state(isWritten),
        Optional.ofNullable(damage),
        Optional.ofNullable(fold.last).map(Header::of),
        fold.evaluated,
        Optional.ofNullable(fold.swept),
        fold.front,
        fold.hypervolume,
        fold.rounds,
        fold.eras,
        Optional.ofNullable(fold.started),
        Optional.ofNullable(fold.lastEvent),
        size_B(run.path()),
        notes.note(),
        notes.tags(),
        notes.archived());
  }

  /** Figures of a log that is read line by line. */
  private static final class LogFold {
    private RunEvent.Run last;
    private boolean isLastState;
    private long evaluated;
    private RunEvent.Swept swept;
    private int front;
    private double hypervolume;
    private int rounds;
    private int eras;
    private String started;
    private String lastEvent;

    void take(RawEvent line, RunLogReader log) {
      started = started == null ? line.time() : started;
      lastEvent = line.time();
      eras = line.era() + 1;
      isLastState = line.type().equals(RunEvent.Run.TYPE);
      if (isLastState) {
        last = (RunEvent.Run) log.event(line).event();
      } else if (line.type().equals(RunEvent.Round.TYPE)) {
        RunEvent.Round round = (RunEvent.Round) log.event(line).event();
        evaluated = round.evaluated();
        swept = round.swept();
        front = round.front();
        hypervolume = round.hypervolume();
        rounds = round.round() + 1;
      }
    }

    /** Nothing follows a pause but the next state; a run that logs anything else is running. */
    String state(boolean isWritten) {
      if (last == null) {
        return isWritten ? "running" : "empty";
      }
      String said = isLastState ? last.state().toLowerCase(Locale.ROOT) : "running";
      boolean goesOn = said.equals("running") || said.equals("paused");
      return goesOn && !isWritten ? "interrupted" : said;
    }
  }

  /** The random characters of a name that was made, if no other run ends so; else the name. */
  private static String address(RunId id, List<RunId> all) {
    String text = id.text();
    if (!text.matches(GENERATED)) {
      return text;
    }
    String ending = text.substring(text.length() - RANDOM_LENGTH);
    return all.stream().filter(other -> other.text().endsWith(ending)).count() == 1 ? ending : text;
  }

  private static long size_B(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(RunSummary::fileSize_B).sum();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // a file was replaced meanwhile
    }
  }

  private static long fileSize_B(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
