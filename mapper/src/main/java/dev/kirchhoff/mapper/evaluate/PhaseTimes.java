package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.mapper.evaluate.MappedDesign.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * When the phases of a network are written and how much later that makes its layers, which the
 * schedule knows without them. A phase is written before its first layer runs, once the layers
 * before it have worked off all inferences of the batch.
 */
final class PhaseTimes {
  private final DesignMapping mapping;
  private final int j;
  private final JobMapping job;
  private final List<Phase> phases = new ArrayList<>();
  private int current = -1;
  private double shift_ns;
  private double since_ns;

  /** Times of a network. */
  PhaseTimes(DesignMapping mapping, int j) {
    this.mapping = mapping;
    this.j = j;
    job = mapping.job(j);
  }

  /** Comes to the next layer. */
  void next(int layer) {
    int phase = mapping.phaseOf(j, layer);
    if (phase < 0 || phase == current) {
      return;
    }
    current = phase;
    List<Integer> layers = new ArrayList<>();
    double written = 0;
    for (int l = layer; l < job.layers(); l++) {
      if (mapping.phaseOf(j, l) == phase) {
        layers.add(l);
        written += job.isWritten(l) ? 0 : job.crossbars(l);
      }
    }
    double bits = mapping.loading().putAway_bits(j, layer);
    double writing_ns = mapping.programming_ns(written);
    double start_ns = job.schedule.start_ns(layer);
    int others = job.schedule.inferences() - 1;
    shift_ns += others * (start_ns - since_ns);
    since_ns = start_ns;
    phases.add(
        new Phase(phase + 1, layers, Math.round(written), start_ns + shift_ns, writing_ns, bits));
    shift_ns += writing_ns + mapping.loading().putAway_ns(bits);
  }

  /** By how much the layer reached is later than the schedule says. */
  double shift_ns() {
    return shift_ns;
  }

  /** The phases so far. */
  List<Phase> phases() {
    return phases;
  }
}
