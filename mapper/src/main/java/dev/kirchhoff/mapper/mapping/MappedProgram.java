package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.duplicate.Copies;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.peripherals.Action;
import java.util.Optional;

/**
 * Program of one network on a chip, with the copies of its layers.
 *
 * @param job the network, its precision and weight
 * @param share share of its inferences in all of the chip's
 * @param counts action counts with one copy of each layer
 * @param times times of the layers with one copy
 * @param copies copies of the layers on crossbars
 * @param sharing crossbars that layers share; empty where each has its own
 * @param turns turns of crossbars behind one set of converters; empty where each has its own
 */
public record MappedProgram(
    Job job,
    double share,
    ProgramCounts counts,
    ProgramTimes times,
    Copies copies,
    Optional<CrossbarSharing> sharing,
    Optional<ArrayTurns> turns) {

  /** Copy of this program with other weight duplication, each layer on crossbars of its own. */
  MappedProgram withCopies(Copies copies) {
    return new MappedProgram(job, share, counts, times, copies, Optional.empty(), Optional.empty());
  }

  /** Copy of this program with crossbars that layers share. */
  MappedProgram withSharing(Optional<CrossbarSharing> sharing) {
    return new MappedProgram(job, share, counts, times, copies, sharing, Optional.empty());
  }

  /** Copy of this program whose crossbars take turns. */
  MappedProgram withTurns(ArrayTurns turns) {
    return new MappedProgram(job, share, counts, times, copies, sharing, Optional.of(turns));
  }

  /** Name of the network. */
  public String name() {
    return job.network().name();
  }

  /** Number of layers. */
  public int layers() {
    return counts.layers();
  }

  /** Useful multiply-accumulates of an inference, of a kernel of a task. */
  public double macs() {
    if (!job.isKernel()) {
      return counts.macs();
    }
    double sum = 0;
    for (int l = 0; l < layers(); l++) {
      sum += macs(l);
    }
    return sum;
  }

  /**
   * Useful multiply-accumulates of a layer: in a kernel those of elements that are not zero, as the
   * blocks of a block-diagonal matrix, unless the task writes its elements. Zeros of a network's
   * weights are values like others.
   */
  public double macs(int l) {
    double all = counts.layer(l).shape().macs();
    boolean countsZeros = !job.isKernel() || writesElements();
    return countsZeros ? all : all * (1 - counts.layer(l).weights().zeroShare());
  }

  private boolean writesElements() {
    return job.network().layers().stream().anyMatch(layer -> !layer.kernel().updates().isEmpty());
  }

  private Stages stages() {
    return times.stages();
  }

  /**
   * Actions inside the tiles, the reads of shared crossbars and the writes of all copies included.
   */
  public ActionCounts.Builder actions(double windowFloor) {
    ActionCounts.Builder actions = counts.withInput();
    writesOfOtherCopies(actions);
    sharing.ifPresent(s -> s.count(actions, counts, stages(), copies, windowFloor));
    return actions;
  }

  /** Actions of a kernel beside its reads: digital work once, writes in every copy. */
  public ActionCounts workActions() {
    ActionCounts.Builder work = counts.workActions().toBuilder();
    writesOfOtherCopies(work);
    return work.build();
  }

  private void writesOfOtherCopies(ActionCounts.Builder actions) {
    ActionCounts work = counts.workActions();
    for (int l = 0; l < layers() && counts.hasWork(); l++) {
      int others = copies(l) - 1;
      if (others > 0) {
        actions.add(l, Action.CELL_WRITE, others * work.of(l, Action.CELL_WRITE));
        actions.add(l, Action.CELL_PULSE, others * work.of(l, Action.CELL_PULSE));
      }
    }
  }

  /** Crossbars of all layers with their copies if none are shared. */
  public double crossbarsOfCopies() {
    return stages().crossbars(copies);
  }

  /** Crossbars of all layers with their copies. */
  public double crossbars() {
    double sum = crossbarsOfCopies();
    return sharing.isPresent() ? sum - sharing.get().saved() : sum;
  }

  /**
   * Crossbars of a layer with its copies; 0 on digital units and on crossbars that another layer
   * has.
   */
  public double crossbars(int l) {
    if (!counts.stores(l)) {
      return 0;
    }
    int s = counts.stage(l);
    double extra = sharing.isPresent() ? sharing.get().extra(s) : 0;
    return stages().price(s, copies.of(s)) + extra;
  }

  /** Crossbars of one copy of a layer; 0 on digital units. */
  public double crossbarsOfCopy(int l) {
    return counts.isOnCrossbars(l) ? stages().crossbars(counts.stage(l)) : 0;
  }

  /** Copies of a layer; 1 on digital units. */
  public int copies(int l) {
    return counts.isOnCrossbars(l) ? copies.of(counts.stage(l)) : 1;
  }

  /**
   * Time of a layer on crossbars with its copies, with others on crossbars that it shares, and with
   * the turns of its crossbars. Layers that use one matrix read one after another: in a pipeline
   * each of them takes as long as all of them together.
   */
  public double crossbarTime_ns(int l, boolean isPipelined) {
    int s = counts.stage(l);
    double waiting_ns = sharing.isPresent() ? sharing.get().waiting_ns(s) : 0;
    double turns_ns = turns.isPresent() ? turns.get().busy_ns(l) : 0;
    double own_ns =
        isPipelined ? stages().time_ns(s, copies.of(s)) : times.time_ns(l, copies.of(s));
    return Math.max(own_ns, Math.max(waiting_ns, turns_ns));
  }

  /** Layers that take longer than they would on crossbars of their own. */
  public int waiting() {
    return sharing.isPresent() ? sharing.get().waiting(stages(), copies) : 0;
  }

  /** Time in which the crossbars of one of a layer's copies read all of its vectors. */
  double reads_ns(int l) {
    return times.reads_ns(l, copies.of(counts.stage(l)));
  }

  /** True if a layer's crossbars are written with activations in each inference. */
  public boolean isWritten(int l) {
    return counts.isWritten(l);
  }

  /** True if the crossbars of any layer are written with activations. */
  public boolean anyWritten() {
    for (int l = 0; l < layers(); l++) {
      if (isWritten(l)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Cells of a layer that hold a weight, copies included; none of a layer that uses the matrix of
   * another.
   */
  public double usedCells(int l) {
    return counts.storing(l) == l ? counts.usedCells(l) * copies(l) : 0;
  }

  /** Cells that hold a weight, copies included. */
  public double usedCells() {
    double sum = 0;
    for (int l = 0; l < layers(); l++) {
      sum += usedCells(l);
    }
    return sum;
  }

  /** Cells that are written with activations in each inference. */
  public double writtenCells() {
    double sum = 0;
    for (int l = 0; l < layers(); l++) {
      sum += isWritten(l) ? usedCells(l) : 0;
    }
    return sum;
  }

  /** Crossbars that are written with activations in each inference. */
  double writtenCrossbars() {
    double sum = 0;
    for (int l = 0; l < layers(); l++) {
      sum += isWritten(l) ? crossbars(l) : 0;
    }
    return sum;
  }

  /**
   * Crossbar passes of an inference if every crossbar were full: the passes of each layer times the
   * share of its cells that are used.
   */
  public double fullPasses(double cellsPerCrossbar) {
    double sum = 0;
    for (int l = 0; l < layers(); l++) {
      if (counts.isOnCrossbars(l)) {
        CrossbarMapping mapping = counts.mapping(l).orElseThrow();
        double utilization = mapping.usedCells() / (mapping.crossbars() * cellsPerCrossbar);
        sum += counts.actions().of(l, Action.ARRAY_PASS) * utilization;
      }
    }
    return sum;
  }
}
