package dev.kirchhoff.dse.stream;

import dev.kirchhoff.arch.event.EvaluationRow;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records of the members of a front, one flat JSON object each ({@link MemberRecord}), for
 * consumers that fold no events: Kafka Connect, ksqlDB, Grafana. They follow from the log alone: a
 * member's knobs are read again from the line of its evaluations, of which the place is kept.
 */
final class MemberTopic {
  /** Name of the topic. */
  static final String NAME = "kirchhoff.member.v1";

  private static final int KEPT_BATCHES = 16;
  private static final int FIRST_CAPACITY = 256;

  private final RunDirectory run;
  private MemberRecord records;

  /** Index of the first design and position in the log of each line of evaluations. */
  private long[] firsts = new long[FIRST_CAPACITY];

  private long[] starts = new long[FIRST_CAPACITY];
  private int size;

  /** Last lines of evaluations by their place in the index: members are mostly among these. */
  private final Map<Integer, RawEvent> batches =
      new LinkedHashMap<>(KEPT_BATCHES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, RawEvent> eldest) {
          return size() > KEPT_BATCHES;
        }
      };

  MemberTopic(RunDirectory run) {
    this.run = run;
  }

  /**
   * Takes note of a line of the log; lines may come again.
   *
   * @param start position of the line
   */
  void read(RawEvent line, long start) {
    try {
      if (line.seq().equals(OptionalLong.of(0))) {
        records = new MemberRecord(run.id().text(), (RunEvent.Run) EventJson.event(line));
      } else if (line.type().equals(RunEvent.Evaluations.TYPE)) {
        if (size == 0 || start > starts[size - 1]) {
          add(number(line, "first"), start);
          batches.put(size - 1, line);
        }
      }
    } catch (EventFormatException e) {
      // The topic of evaluations carries the line as it is; a member of it has no record.
      return;
    }
  }

  private void add(long first, long start) {
    if (size == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
    }
    firsts[size] = first;
    starts[size] = start;
    size++;
  }

  private static long number(RawEvent line, String name) throws EventFormatException {
    try {
      return Long.parseLong(line.value(name));
    } catch (NumberFormatException e) {
      throw new EventFormatException(name + " is not a number", e);
    }
  }

  /**
   * The record that goes with a change of the front: a tombstone for a design that left; empty if
   * the log does not hold the design's evaluation.
   */
  Optional<ProducerRecord<String, byte[]>> record(RawEvent line) {
    try {
      String design = line.value("design");
      String key = run.id() + "/" + design;
      if (line.value("change").equals("left")) {
        return Optional.of(new ProducerRecord<>(NAME, key, null));
      }
      long index = number(line, "index");
      Optional<RawEvent> batch = batch(index);
      if (batch.isEmpty() || records == null) {
        return Optional.empty();
      }
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(
              NAME, key, records.json(design, EvaluationRow.of(batch.get(), index)));
      record.headers().add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
      return Optional.of(record);
    } catch (EventFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<RawEvent> batch(long index) throws EventFormatException {
    int found = Arrays.binarySearch(firsts, 0, size, index);
    int at = found >= 0 ? found : -found - 2;
    if (at < 0) {
      return Optional.empty();
    }
    RawEvent batch = batches.get(at);
    if (batch == null) {
      batch = line(starts[at]);
      batches.put(at, batch);
    }
    return index < firsts[at] + number(batch, "count") ? Optional.of(batch) : Optional.empty();
  }

  private RawEvent line(long start) throws EventFormatException {
    try (LogLines lines = LogLines.open(run.log())) {
      lines.seek(start, 1);
      LogLines.Line line =
          lines.next().orElseThrow(() -> new EventFormatException("the line is gone", null));
      return LogPosition.readAlone(run.format(), line.bytes(), 0, line.bytes().length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
