package dev.kirchhoff.dse.stream;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.LogLines;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.table.MemberRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records of the members of a front, one flat JSON object each ({@link MemberRecord}), for
 * consumers that fold no events: Kafka Connect, ksqlDB, Grafana. They follow from the log alone: a
 * member's knobs are read again from the line of its evaluations, of which the place is kept.
 * Members whose evaluations do not have the form of the run have no record; they are counted, and
 * the first is reported with its cause.
 */
final class MemberTopic {
  /** Name of the topic. */
  static final String NAME = "kirchhoff.member.v1";

  private static final int KEPT_BATCHES = 16;
  private static final int FIRST_CAPACITY = 256;

  private final RunDirectory run;
  private final Consumer<String> warnings;
  private MemberRecord records;

  /** Index of the first design, position in the log and number of each line of evaluations. */
  private long[] firsts = new long[FIRST_CAPACITY];

  private long[] starts = new long[FIRST_CAPACITY];
  private long[] numbers = new long[FIRST_CAPACITY];
  private int size;

  /** Last lines of evaluations by their place in the index: members are mostly among these. */
  private final Map<Integer, Batch> batches =
      new LinkedHashMap<>(KEPT_BATCHES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Batch> eldest) {
          return size() > KEPT_BATCHES;
        }
      };

  /** Cause by which header or evaluations could not be read; empty if there is none. */
  private String unread = "";

  /** Numbers of the changes of the front that have no record; changes may come again. */
  private final Set<Long> lost = new HashSet<>();

  /** A line of evaluations, bound when the first member among them is. */
  private static final class Batch {
    private final RawEvent line;
    private Optional<RunEvent.Evaluations> event = Optional.empty();

    Batch(RawEvent line) {
      this.line = line;
    }

    RunEvent.Evaluations event() throws EventFormatException {
      if (event.isEmpty()) {
        event = Optional.of((RunEvent.Evaluations) EventJson.event(line));
      }
      return event.get();
    }
  }

  /**
   * Records of a run.
   *
   * @param warnings takes sentences for the user
   */
  MemberTopic(RunDirectory run, Consumer<String> warnings) {
    this.run = run;
    this.warnings = warnings;
  }

  /**
   * Takes note of a line of the log; lines may come again.
   *
   * @param at place of the line
   */
  void read(RawEvent line, LogLines.Line at) {
    try {
      if (line.seq().equals(OptionalLong.of(0))) {
        records = new MemberRecord(run.id().text(), (RunEvent.Run) EventJson.event(line));
      } else if (line.type().equals(RunEvent.Evaluations.TYPE)) {
        if (size == 0 || at.start() > starts[size - 1]) {
          add(number(line, "first"), at);
          batches.put(size - 1, new Batch(line));
        }
      }
    } catch (EventFormatException e) {
      // The topics of runs and evaluations carry the line as it is.
      unread = unread.isEmpty() ? place(at.number()) + e.getMessage() : unread;
    }
  }

  private void add(long first, LogLines.Line at) {
    if (size == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    firsts[size] = first;
    starts[size] = at.start();
    numbers[size] = at.number();
    size++;
  }

  private static long number(RawEvent line, String name) throws EventFormatException {
    try {
      return Long.parseLong(line.value(name));
    } catch (NumberFormatException e) {
      throw new EventFormatException(name + " is not a number", e);
    }
  }

  private String place(long number) {
    return run.log() + ":" + number + ": ";
  }

  /**
   * The record that goes with a change of the front: a tombstone for a design that left; empty if
   * the log does not hold the design's evaluation.
   *
   * @param at place of the line
   */
  Optional<ProducerRecord<String, byte[]>> record(RawEvent line, LogLines.Line at) {
    try {
      String design = line.value("design");
      String key = run.id() + "/" + design;
      if (line.value("change").equals("left")) {
        return Optional.of(new ProducerRecord<>(NAME, key, null));
      }
      long index = number(line, "index");
      if (size == 0 && unread.isEmpty()) {
        return Optional.empty();
      }
      ProducerRecord<String, byte[]> record = new ProducerRecord<>(NAME, key, json(design, index));
      record.headers().add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
      return Optional.of(record);
    } catch (EventFormatException e) {
      lose(line, at, e.getMessage());
      return Optional.empty();
    }
  }

  private byte[] json(String design, long index) throws EventFormatException {
    int found = Arrays.binarySearch(firsts, 0, size, index);
    int place = found >= 0 ? found : -found - 2;
    if (records == null || place < 0) {
      throw new EventFormatException(missing(index), null);
    }
    try {
      RunEvent.Evaluations event = batch(place).event();
      if (index - firsts[place] < event.count()) {
        return records.json(design, event, (int) (index - firsts[place]));
      }
    } catch (EventFormatException e) {
      throw new EventFormatException(place(numbers[place]) + e.getMessage(), e);
    }
    throw new EventFormatException(missing(index), null);
  }

  private String missing(long index) {
    return unread.isEmpty() ? "no evaluations have design " + index : unread;
  }

  private Batch batch(int place) throws EventFormatException {
    Batch batch = batches.get(place);
    if (batch == null) {
      batch = new Batch(line(starts[place]));
      batches.put(place, batch);
    }
    return batch;
  }

  private RawEvent line(long start) throws EventFormatException {
    try (LogLines lines = LogLines.open(run.log())) {
      lines.seek(start, 1);
      LogLines.Line line =
          lines.next().orElseThrow(() -> new EventFormatException("the line is gone", null));
      return LogPosition.readAlone(line.bytes(), 0, line.bytes().length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lose(RawEvent line, LogLines.Line at, String cause) {
    if (lost.add(line.seq().orElse(-1)) && lost.size() == 1) {
      warnings.accept(place(at.number()) + "a member has no record in " + NAME + ": " + cause);
    }
  }

  /** Reports how many members have no record, if more than the first. */
  void close() {
    if (lost.size() > 1) {
      warnings.accept(lost.size() + " members of run " + run.id() + " have no record in " + NAME);
    }
  }
}
