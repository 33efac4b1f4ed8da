package dev.kirchhoff.dashboards.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Bounded log of changes in order, from which a reader that reconnects resumes without loss.
 * Positions count changes from 1; only the newest entries are kept.
 */
final class Journal {
  private static final int KEPT = 50_000;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long position;
  private long forgotten;

  private record Entry(long position, String runId, Range designs) {}

  /** Position of the newest change. */
  long position() {
    return position;
  }

  /** Notes a change without new designs. */
  long advance() {
    return ++position;
  }

  /** Notes new designs of a run. */
  void add(String runId, Range designs) {
    entries.addLast(new Entry(position, runId, designs));
    if (entries.size() > KEPT) {
      forgotten = entries.removeFirst().position();
    }
  }

  /** True if everything after a position is still known. */
  boolean reaches(long since) {
    return since >= forgotten && since <= position;
  }

  /** New designs of a run after a position. */
  List<Range> designs(String runId, long since) {
    List<Range> ranges = new ArrayList<>();
    var newestFirst = entries.descendingIterator();
    while (newestFirst.hasNext()) {
      Entry entry = newestFirst.next();
      if (entry.position() <= since) {
        break;
      }
      if (entry.runId().equals(runId)) {
        ranges.add(0, entry.designs());
      }
    }
    return ranges;
  }
}
