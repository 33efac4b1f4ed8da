package dev.kirchhoff.dashboards.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.feed.FeedListener.LogState;
import dev.kirchhoff.dashboards.feed.FeedListener.Origin;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Feed of the logs of all runs of a data directory: {@code runs/<runId>/log.jsonl}. New runs are
 * found and new lines read within a fraction of a second. A run's lock is probed with a shared lock
 * before its log is read, so that a log whose lock is free and whose last state is running was
 * certainly interrupted. Every line is checked; nothing of a damaged log is used, and the other
 * logs are still read. Designs that are not requested are skipped unparsed; once they are
 * requested, their log is read again from its start.
 */
public final class FileFeed implements AutoCloseable {
  /** Run ids as they are allowed to be; other directories are not runs. */
  static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9._-]{1,80}");

  private static final long POLL_MILLIS = 150;
  private static final long BYTES_PER_TURN = 8L << 20;
  private static final long BYTES_OF_DESIGNS_PER_TURN = 32L << 20;

  private final Path data;
  private final Path runs;
  private final FeedListener listener;
  private final Map<String, FollowedRun> followed = new TreeMap<>();
  private final Thread thread;
  private String otherFormat = "";
  private volatile boolean closed;

  /** A run that is followed. */
  private static final class FollowedRun {
    final GrowingLog tail;
    LogState state;
    boolean damaged;
    String lastTrouble = "";

    /** Second reading, for the designs; empty while there is none. */
    Optional<GrowingLog> designs = Optional.empty();

    FollowedRun(GrowingLog tail) {
      this.tail = tail;
    }
  }

  /** A feed of the runs of a data directory, which need not exist yet. */
  public FileFeed(Path data, FeedListener listener) {
    this.data = data;
    this.runs = data.resolve("runs");
    this.listener = listener;
    this.thread = new Thread(this::follow, "kirchhoff-files");
    thread.setDaemon(true);
  }

  /**
   * Reads the log of one run as far as it goes, once.
   *
   * @return whether the run has a log
   */
  public static boolean readOnce(Path data, String runId, FeedListener listener) {
    FileFeed feed = new FileFeed(data, listener);
    Path directory = feed.runs.resolve(runId);
    if (!Files.exists(directory.resolve("log.jsonl"))) {
      return false;
    }
    FollowedRun run = feed.begin(runId);
    boolean end = false;
    while (!end) {
      end = feed.read(runId, directory, run);
    }
    return true;
  }

  /** Ids of the runs of a data directory, in their order. */
  public static List<String> runIds(Path data, FeedListener listener) {
    return new FileFeed(data, listener).runIds();
  }

  /** Starts to follow. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void follow() {
    while (!closed) {
      boolean atEnd = turn();
      if (atEnd) {
        try {
          Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  /** Reads what is new, once. Returns whether every log was read to its end. */
  public boolean turn() {
    boolean atEnd = true;
    for (String runId : runIds()) {
      Path directory = runs.resolve(runId);
      FollowedRun run = followed.computeIfAbsent(runId, this::begin);
      atEnd &= read(runId, directory, run);
    }
    for (String runId : listener.unread()) {
      FollowedRun run = followed.get(runId);
      if (run != null && !run.damaged) {
        atEnd &= readDesigns(runId, run);
      }
    }
    return atEnd;
  }

  /** Reads designs that were passed over, some. Returns whether the end was reached. */
  private boolean readDesigns(String runId, FollowedRun run) {
    GrowingLog designs = run.designs.orElseGet(() -> tail(runId));
    run.designs = Optional.of(designs);
    boolean end;
    try {
      end = designs.read(BYTES_OF_DESIGNS_PER_TURN, (line, raw) -> design(runId, line, raw));
    } catch (GrowingLog.DamageException e) {
      run.designs = Optional.empty();
      run.damaged = true;
      listener.damaged(runId, runId + "/log.jsonl:" + e.line, e.getMessage());
      return true;
    } catch (IOException e) {
      run.designs = Optional.empty(); // the first reading meets the same trouble and reports it
      return true;
    }
    if (end) {
      run.designs = Optional.empty();
      listener.designsRead(runId);
    }
    return end;
  }

  private void design(String runId, long line, RawEvent raw) {
    if (raw.type().equals(RunEvent.Evaluations.TYPE)
        || raw.type().equals(RunEvent.DesignDetails.TYPE)) {
      line(runId, line, raw);
    }
  }

  private FollowedRun begin(String runId) {
    return new FollowedRun(tail(runId));
  }

  private GrowingLog tail(String runId) {
    return new GrowingLog(runs.resolve(runId).resolve("log.jsonl"), runId);
  }

  /**
   * True if the directory may hold runs of this version: its format is that of our logs, or it has
   * none yet. Another format is reported once.
   */
  private boolean isReadable() {
    String format;
    try {
      format = Files.readString(data.resolve("format")).strip();
    } catch (IOException e) {
      return true;
    }
    String other = format.equals(Integer.toString(LogPosition.FORMAT)) ? "" : format;
    if (!other.equals(otherFormat)) {
      otherFormat = other;
      if (!other.isEmpty()) {
        listener.broken(
            "format", "is " + other + "; this version reads format " + LogPosition.FORMAT);
      }
    }
    return other.isEmpty();
  }

  private boolean read(String runId, Path directory, FollowedRun run) {
    boolean held = isHeld(directory.resolve("lock"));
    boolean end;
    try {
      if (run.damaged) {
        if (!run.tail.isMended(held)) {
          return true;
        }
        run.damaged = false;
        listener.mended(runId);
      }
      end = run.tail.read(BYTES_PER_TURN, (line, raw) -> line(runId, line, raw));
      run.lastTrouble = "";
    } catch (GrowingLog.DamageException e) {
      run.damaged = true;
      listener.damaged(runId, runId + "/log.jsonl:" + e.line, e.getMessage());
      return true;
    } catch (IOException e) {
      String trouble = "cannot be read: " + e.getMessage();
      if (!trouble.equals(run.lastTrouble)) {
        run.lastTrouble = trouble;
        listener.broken(runId + "/log.jsonl", trouble);
      }
      return true;
    }
    LogState state = !end ? LogState.READING : held ? LogState.HELD : LogState.FREE;
    if (state != run.state) {
      run.state = state;
      listener.log(runId, state);
    }
    return end;
  }

  /** An event of a type that this version does not know is set aside. */
  private void line(String runId, long line, RawEvent raw) {
    try {
      if (raw.type().equals(RunEvent.Evaluations.TYPE) && !listener.wantsDesigns(runId)) {
        listener.passed(runId, end(raw), raw.time());
        return;
      }
      listener.event(EventJson.envelope(raw), Origin.FILE, System.currentTimeMillis());
    } catch (EventFormatException e) {
      listener.broken(runId + "/log.jsonl:" + line, e.getMessage());
    }
  }

  /** One more than the largest number of the designs of an event, whose columns are not parsed. */
  private static long end(RawEvent raw) throws EventFormatException {
    OptionalLong first = OptionalLong.empty();
    OptionalLong count = OptionalLong.empty();
    try (JsonParser json = EventJson.mapper().getFactory().createParser(raw.data())) {
      json.nextToken();
      while ((first.isEmpty() || count.isEmpty()) && json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("first")) {
          first = OptionalLong.of(json.getLongValue());
        } else if (name.equals("count")) {
          count = OptionalLong.of(json.getLongValue());
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + e.getMessage(), e);
    }
    if (first.isEmpty() || count.isEmpty()) {
      throw new EventFormatException("evaluations lack an index or a count", null);
    }
    if (first.getAsLong() < 0 || count.getAsLong() < 0) {
      throw new EventFormatException("evaluations with a negative index or count", null);
    }
    return first.getAsLong() + count.getAsLong();
  }

  private List<String> runIds() {
    List<String> ids = new ArrayList<>();
    if (!Files.isDirectory(runs) || !isReadable()) {
      return ids;
    }
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(runs)) {
      for (Path directory : directories) {
        String name = directory.getFileName().toString();
        if (RUN_ID.matcher(name).matches() && Files.exists(directory.resolve("log.jsonl"))) {
          ids.add(name);
        }
      }
    } catch (IOException e) {
      listener.broken("runs", "cannot be listed: " + e.getMessage());
    }
    ids.sort(null);
    return ids;
  }

  /**
   * True if a process holds the lock of a run. Readers share the lock, so that they do not disturb
   * each other.
   */
  static boolean isHeld(Path lock) {
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
        FileLock probe = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return probe == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
