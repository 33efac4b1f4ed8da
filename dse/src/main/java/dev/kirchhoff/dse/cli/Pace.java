package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Pace of a piece of work: the rate of its steps of late, and the time that the others take at it.
 *
 * <p>The rate is that of the latter half of the time since the beginning, of a minute at most, so
 * that start, compilation and pauses do not count for long; where few steps fall into it, that of
 * all the time. There is none before two seconds and two steps: the first are those of the start.
 * There is no end before a fiftieth of the steps or ten seconds, whichever is first.
 */
final class Pace {
  private static final long FIRST_MS = 2_000;
  private static final long SURE_MS = 10_000;
  private static final int SURE_PART = 50;
  private static final long WINDOW_MS = 60_000;
  private static final long APART_MS = 250;
  private static final long FEWEST = 8;
  private static final double PER_S = 1;

  private final Deque<Mark> marks = new ArrayDeque<>();
  private Mark begin;
  private Mark now;

  private record Mark(long time_ms, long done) {
    /** Time of a step between another mark and this one. */
    double step_ms(Mark from) {
      return (double) (time_ms - from.time_ms) / (done - from.done);
    }
  }

  /**
   * Begins.
   *
   * @param done steps that were done before
   */
  Pace(long time_ms, long done) {
    begin(time_ms, done);
  }

  private void begin(long time_ms, long done) {
    begin = new Mark(time_ms, done);
    now = begin;
    marks.clear();
    marks.add(begin);
  }

  /** Marks the steps that are done at a later time; fewer than before begin another count. */
  Pace reach(long time_ms, long done) {
    if (done < now.done) {
      begin(time_ms, done);
    }
    now = new Mark(time_ms, done);
    if (time_ms - marks.getLast().time_ms >= APART_MS) {
      marks.add(now);
    }
    long from_ms = time_ms - Math.min(WINDOW_MS, (time_ms - begin.time_ms) / 2);
    Mark first = marks.removeFirst();
    while (!marks.isEmpty() && marks.getFirst().time_ms <= from_ms) {
      first = marks.removeFirst();
    }
    marks.addFirst(first);
    return this;
  }

  /** True if there is a rate. */
  boolean isKnown() {
    return now.time_ms - begin.time_ms >= FIRST_MS && now.done - begin.done >= 2;
  }

  private double step_ms() {
    Mark first = marks.getFirst();
    return now.step_ms(now.done - first.done < FEWEST ? begin : first);
  }

  /** Rate of late. */
  String rate() {
    return rate(1000 / step_ms());
  }

  /** A rate by the second, or by the minute where it is low. */
  static String rate(double perS) {
    return perS >= PER_S
        ? Units.count(Math.round(perS)) + "/s"
        : Units.significant(perS * 60) + "/min";
  }

  /**
   * Time to the end at this rate, in milliseconds; empty where it is too early to tell.
   *
   * @param total steps in all
   */
  Optional<Long> left_ms(long total) {
    boolean isSure =
        now.time_ms - begin.time_ms >= SURE_MS
            || (now.done - begin.done) * SURE_PART >= total - begin.done;
    return isKnown() && isSure
        ? Optional.of(Math.round(step_ms() * Math.max(0, total - now.done)))
        : Optional.empty();
  }
}
