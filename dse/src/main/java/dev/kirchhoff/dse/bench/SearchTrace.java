package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.front.Archive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Trace of one search: its feasible designs in the order of evaluation, and the processor time at
 * the end of each round. Fronts are made of it when the search has ended, so that they cost it
 * nothing.
 *
 * <p>Within a round the designs are taken as evenly spread over its time, t = t₀ + (t₁ − t₀)(n −
 * n₀)/(n₁ − n₀): a front after a number of designs is that of exactly so many, one after a time
 * that of the designs that this line has by then.
 */
public final class SearchTrace {
  private final List<Objective> objectives;
  private final List<Checkpoint> checkpoints;
  private final LongSupplier clock_ns;
  private final long begin_ns;
  private final List<Found> feasible = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private long designs;

  private record Found(long index, double[] values) {}

  private record Mark(long designs, double processor_s) {}

  /**
   * Begins a trace.
   *
   * @param clock_ns processor time of the process
   * @param begin_ns time at which the search began
   */
  public SearchTrace(
      List<Objective> objectives,
      List<Checkpoint> checkpoints,
      LongSupplier clock_ns,
      long begin_ns) {
    this.objectives = List.copyOf(objectives);
    this.checkpoints = List.copyOf(checkpoints);
    this.clock_ns = clock_ns;
    this.begin_ns = begin_ns;
    endRound();
  }

  /** Takes the next unique design. */
  public void evaluated(boolean isFeasible, double... values) {
    if (isFeasible) {
      feasible.add(new Found(designs, values.clone()));
    }
    designs++;
  }

  /** Takes note of the processor time at the end of a round. */
  public void endRound() {
    marks.add(new Mark(designs, (clock_ns.getAsLong() - begin_ns) / 1e9));
  }

  /** True if every checkpoint is passed, as of the last round. */
  public boolean isComplete() {
    Mark last = last();
    return checkpoints.stream().allMatch(c -> c.isPassed(last.designs, last.processor_s));
  }

  /** Fewest designs that pass all checkpoints; {@code most} where one of them is a time. */
  long budget(long most) {
    return checkpoints.stream()
        .mapToLong(c -> c.unit() == Checkpoint.Unit.DESIGNS ? (long) c.amount() : most)
        .max()
        .orElse(most);
  }

  private Mark last() {
    return marks.get(marks.size() - 1);
  }

  /** The fronts at the checkpoints, in their order. */
  public List<Snapshot> snapshots() {
    return checkpoints.stream().map(this::at).toList();
  }

  private Snapshot at(Checkpoint checkpoint) {
    Mark at = last();
    for (int i = 1; i < marks.size(); i++) {
      if (checkpoint.isPassed(marks.get(i).designs, marks.get(i).processor_s)) {
        at = between(marks.get(i - 1), marks.get(i), checkpoint);
        break;
      }
    }
    return new Snapshot(checkpoint, at.designs, at.processor_s, front(at.designs));
  }

  private static Mark between(Mark a, Mark b, Checkpoint checkpoint) {
    boolean isByDesigns = checkpoint.unit() == Checkpoint.Unit.DESIGNS;
    double from = isByDesigns ? a.designs : a.processor_s;
    double to = isByDesigns ? b.designs : b.processor_s;
    double share = Math.max(0, (checkpoint.amount() - from) / (to - from));
    return new Mark(
        a.designs + Math.round(share * (b.designs - a.designs)),
        a.processor_s + share * (b.processor_s - a.processor_s));
  }

  private List<List<Double>> front(long first) {
    Archive front = new Archive(objectives.size());
    for (Found found : feasible) {
      if (found.index >= first) {
        break;
      }
      ReferenceSet.offer(front, objectives, found.index, found.values);
    }
    return ReferenceSet.values(front, objectives);
  }
}
