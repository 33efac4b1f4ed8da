package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.mapper.duplicate.Copies;
import dev.kirchhoff.mapper.duplicate.PhaseCopies;
import dev.kirchhoff.mapper.duplicate.Stage;
import dev.kirchhoff.mapper.schedule.PhasePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Weights loaded in phases: the layers that stay and the phase of each other one ({@link PhasePlan},
 * for one copy of each), their copies ({@link PhaseCopies}), their places, and the cost of a batch.
 *
 * <p>Layers that stay follow each other from the chip's first crossbar; every phase begins behind
 * them. A layer larger than the chip begins at its first crossbar and is loaded in parts. Layers
 * share no crossbars. Scratch of a {@link DesignMapping}.
 */
final class PhaseLoading {
  private static final double BITS_PER_BYTE = 8;

  private final DesignMapping mapping;
  private final Capacity capacity;
  private final Spill spill = new Spill();
  private double[] place = new double[32];
  private int batch;

  PhaseLoading(DesignMapping mapping, Capacity capacity) {
    this.mapping = mapping;
    this.capacity = capacity;
  }

  /**
   * Plans the phases of all networks and places their layers.
   *
   * @param copied whether layers may have copies
   */
  void plan(boolean copied) {
    batch = Math.max(1, mapping.design().mapping().running().batch());
    spill.set(mapping.design().chip(), mapping.prices(), 1);
    capacity.take(mapping);
    double available = mapping.crossbarsOnChip();
    capacity.plan(available, mapping.tiles(), mapping.programming_ns(1), batch, room_bits(), spill);
    if (copied) {
      copy();
      capacity.take(mapping);
      capacity.copy(batch, room_bits(), spill);
    }
    place();
  }

  private void copy() {
    PhaseCopies.Chip chip =
        new PhaseCopies.Chip(
            mapping.tiles(),
            mapping.use().perTile(),
            JobMapping.granule(mapping.use(), mapping.design().mapping()),
            mapping.programming_ns(1));
    List<PhaseCopies.Loaded> loaded = new ArrayList<>();
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      for (int l = 0; l < job.layers(); l++) {
        if (job.stage(l) >= 0) {
          OptionalInt phase = capacity.phases.phaseOf(capacity.first(j) + l);
          boolean isCopied = !job.isWritten(l);
          Stage stage =
              isCopied
                  ? job.stages.stage(job.stage(l))
                  : new Stage(0, 0, 0, job.crossbars(l));
          loaded.add(new PhaseCopies.Loaded(phase, mapping.share(j), stage, isCopied));
        }
      }
    }
    double extra = mapping.design().mapping().extraCrossbars();
    Copies copies = PhaseCopies.of(mapping.duplication(), chip, loaded, extra, batch);
    int added = 0;
    for (int j = 0; j < mapping.jobs(); j++) {
      int[] own = new int[mapping.job(j).stages.count()];
      for (int s = 0; s < own.length; s++) {
        own[s] = copies.of(added++);
      }
      mapping.job(j).copy(Copies.ofStages(own));
    }
  }

  private void place() {
    int layers = capacity.layers();
    if (place.length < layers) {
      place = new double[layers];
    }
    double behind = 0;
    for (int l = 0; l < layers; l++) {
      if (!capacity.phases.isLoaded(l)) {
        place[l] = behind;
        behind += capacity.crossbars(l);
      }
    }
    double at = behind;
    OptionalInt phase = OptionalInt.empty();
    for (int l = 0; l < layers; l++) {
      OptionalInt own = capacity.phases.phaseOf(l);
      if (own.isPresent()) {
        at = own.equals(phase) ? at : behind;
        phase = own;
        place[l] = at;
        at += capacity.crossbars(l);
      }
    }
  }

  /** Charges each network with what a batch of it takes beside its inferences. */
  void charge() {
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      double once_ns = capacity.phases.writing_ns(j);
      for (int l = 0; l < job.layers(); l++) {
        double bits = putAway_bits(j, l);
        if (bits > 0) {
          job.run.putAway(l, bits, batch);
          once_ns += spill.putAway_ns(bits);
        }
      }
      job.batch(batch, once_ns, true);
    }
  }

  /** The phase that a layer is loaded in; −1 if it stays. */
  int phaseOf(int j, int l) {
    return capacity.phases.phaseOf(capacity.first(j) + l).orElse(-1);
  }

  /** The first crossbar of a layer on the chip. */
  double place(int j, int l) {
    return place[capacity.first(j) + l];
  }

  /** The first crossbars of all layers on the chip. */
  double[] places() {
    return place;
  }

  /**
   * Cells that hold a weight at a time: those of the layers that stay, and the mean over phases of
   * those that are loaded, of a layer larger than the chip the mean over its parts.
   */
  double cellsAtOnce() {
    double staying = 0;
    double loaded = 0;
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      for (int l = 0; l < job.layers(); l++) {
        double cells = job.usedCells(l) * job.copies(l);
        if (phaseOf(j, l) < 0) {
          staying += cells;
        } else {
          double crossbars = capacity.crossbars(capacity.first(j) + l);
          loaded += cells / Math.max(1, Math.ceil(crossbars / mapping.crossbarsOnChip()));
        }
      }
    }
    return staying + loaded / Math.max(1, capacity.phases.phases());
  }

  /** Bits of a batch that are put away and fetched again where a phase ends before a layer. */
  double putAway_bits(int j, int l) {
    int at = capacity.first(j) + l;
    return capacity.phases.isCutBefore(at) ? capacity.putAway_bits(at, batch, room_bits()) : 0;
  }

  /** Time of putting bits of a batch away and fetching them again. */
  double putAway_ns(double bits) {
    return spill.putAway_ns(bits);
  }

  /** What the buffers of all tiles hold. */
  private double room_bits() {
    Memory buffer = mapping.design().chip().tile().buffer();
    return buffer.exists() ? mapping.tiles() * buffer.size_B() * BITS_PER_BYTE : 0;
  }
}
