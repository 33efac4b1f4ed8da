package dev.kirchhoff.mapper.duplicate;

import java.util.Arrays;

/**
 * How many copies layers get where weights are loaded in phases: those that stay and those of each
 * phase, one after another on the same crossbars. Layers run one by one.
 *
 * <p>What stays has R crossbars, so a phase has the rest of the chip, and may spend of it what
 * extra crossbars of its own layers allow. Copies take time to write, once a batch: a phase on c
 * crossbars is written in w = ⌈c / tiles⌉ turns of one crossbar a tile. So for each number of turns
 * w the total time within min(budget, w · tiles) crossbars is minimised exactly ({@link
 * Duplication#total}), and the w is taken with the smallest
 *
 * <pre>batch · Σ T_l(d_l) + w · time of writing a crossbar</pre>
 *
 * <p>which is the fastest phase of all: any copies on c crossbars are among those of its ⌈c /
 * tiles⌉ turns. Turns from which on even the times of the whole budget would not be faster are left
 * out. Crossbars that the largest phase leaves free may hold copies of layers that stay, which are
 * written once for good; of none, a quarter, half, three quarters and all of them the fastest is
 * taken, so that no copies are among the choices and copies never make the sum of these times
 * longer.
 *
 * <p>Neglected: that copies lie further apart. Scratch, filled anew; not safe for several threads.
 */
public final class PhaseCopies {
  /** The phase of layers that stay. */
  public static final int STAYS = -1;

  private static final int SPLITS = 4;

  private final Duplication duplication = new Duplication();
  private final Stages stages = new Stages();
  private int count;
  private int[] phase = new int[32];
  private double[] vectors = new double[32];
  private double[] interval_ns = new double[32];
  private double[] shared_ns = new double[32];
  private double[] crossbars = new double[32];
  private double[] weight = new double[32];
  private boolean[] isFixed = new boolean[32];
  private int[] copies = new int[32];
  private int[] trial = new int[32];
  private int[] layerOf = new int[32];
  private double fixed;
  private int phases;
  private Chip chip = new Chip(1, 1, 1, 0);
  private double extra;
  private int batch = 1;
  private double taken;

  /**
   * What layers are loaded on.
   *
   * @param tiles tiles that write side by side
   * @param perTile crossbars of a tile
   * @param granule crossbars of which a layer takes whole multiples
   * @param crossbar_ns time of writing a crossbar
   */
  public record Chip(double tiles, double perTile, double granule, double crossbar_ns) {}

  /** Forgets all layers. */
  public void clear(Chip chip) {
    this.chip = chip;
    count = 0;
    phases = 0;
  }

  /**
   * Adds a layer that may have copies, in the order of phases.
   *
   * @param phase the phase that it is loaded in, {@link #STAYS} if it stays
   * @param weight share of its network's inferences in all
   * @param stages where its figures stand
   * @param stage at which number
   */
  public void add(int phase, double weight, Stages stages, int stage) {
    int l = next(phase);
    vectors[l] = stages.vectors(stage);
    interval_ns[l] = stages.interval_ns(stage);
    shared_ns[l] = stages.shared_ns(stage);
    crossbars[l] = stages.crossbars(stage);
    this.weight[l] = weight;
    isFixed[l] = false;
  }

  /** Adds a layer with as many crossbars as it has. */
  public void addFixed(int phase, double crossbars) {
    int l = next(phase);
    this.crossbars[l] = crossbars;
    isFixed[l] = true;
  }

  private int next(int ofPhase) {
    if (count == phase.length) {
      int size = 2 * count;
      phase = Arrays.copyOf(phase, size);
      vectors = Arrays.copyOf(vectors, size);
      interval_ns = Arrays.copyOf(interval_ns, size);
      shared_ns = Arrays.copyOf(shared_ns, size);
      crossbars = Arrays.copyOf(crossbars, size);
      weight = Arrays.copyOf(weight, size);
      isFixed = Arrays.copyOf(isFixed, size);
      copies = Arrays.copyOf(copies, size);
      trial = new int[size];
      layerOf = new int[size];
    }
    phase[count] = ofPhase;
    copies[count] = 1;
    phases = Math.max(phases, ofPhase + 1);
    return count++;
  }

  /**
   * Finds the copies.
   *
   * @param extra crossbars for copies, as a share of those of one copy of each phase
   * @param batch inferences of a batch
   */
  public void spend(double extra, int batch) {
    this.extra = extra;
    this.batch = batch;
    double available = chip.tiles() * chip.perTile();
    double staying = one(STAYS);
    double free = Math.max(0, available - staying);
    for (int p = 0; p < phases; p++) {
      free = Math.min(free, Math.max(0, available - staying - one(p)));
    }
    double fastest_ns = Double.POSITIVE_INFINITY;
    for (int split = 0; split <= SPLITS; split++) {
      double time_ns = take(STAYS, staying + Math.floor(free * split / SPLITS));
      double left = available - taken;
      for (int p = 0; p < phases; p++) {
        time_ns += take(p, left);
      }
      if (time_ns < fastest_ns) {
        fastest_ns = time_ns;
        System.arraycopy(trial, 0, copies, 0, count);
      }
      if (free == 0) {
        break;
      }
    }
  }

  /** Crossbars of one copy of each layer of a phase. */
  private double one(int ofPhase) {
    gather(ofPhase);
    return stages.crossbars() + fixed;
  }

  /** Takes the layers of a phase; crossbars of those that have no copies stand in {@code fixed}. */
  private void gather(int ofPhase) {
    stages.clear(chip.perTile(), chip.granule());
    fixed = 0;
    for (int l = 0; l < count; l++) {
      if (phase[l] == ofPhase) {
        trial[l] = 1;
        if (isFixed[l]) {
          fixed += crossbars[l];
        } else {
          layerOf[stages.count()] = l;
          stages.add(
              vectors[l], weight[l] * interval_ns[l], weight[l] * shared_ns[l], crossbars[l]);
        }
      }
    }
  }

  /**
   * Finds the copies of the layers of a phase within so many crossbars.
   *
   * @return their time in an inference and their share of writing, by their networks' weights
   */
  private double take(int ofPhase, double room) {
    gather(ofPhase);
    taken = stages.crossbars() + fixed;
    if (stages.count() == 0) {
      return 0;
    }
    double one = stages.crossbars();
    double budget = Math.min(room - fixed, Math.floor(one * (1 + extra) + 1e-9));
    boolean isWritten = ofPhase != STAYS;
    double turn_ns = isWritten ? weight[layerOf[0]] * chip.crossbar_ns() / batch : 0;
    double best_ns = time_ns(budget, turn_ns);
    double least_ns = best_ns - turns() * turn_ns;
    keep();
    double most = isWritten ? Math.ceil(budget / chip.tiles()) : 0;
    for (double w = Math.ceil(one / chip.tiles());
        w < most && least_ns + w * turn_ns < best_ns;
        w++) {
      double found_ns = time_ns(w * chip.tiles(), turn_ns);
      if (found_ns < best_ns) {
        best_ns = found_ns;
        keep();
      }
    }
    return best_ns;
  }

  private double time_ns(double budget, double turn_ns) {
    for (int s = 0; s < stages.count(); s++) {
      stages.setCopies(s, 1);
    }
    duplication.total(stages, budget);
    double sum_ns = 0;
    for (int s = 0; s < stages.count(); s++) {
      sum_ns += stages.time_ns(s);
    }
    return sum_ns + turns() * turn_ns;
  }

  private double turns() {
    return Math.ceil(stages.crossbars() / chip.tiles());
  }

  private void keep() {
    taken = stages.crossbars() + fixed;
    for (int s = 0; s < stages.count(); s++) {
      trial[layerOf[s]] = stages.copies(s);
    }
  }

  /** Copies of a layer, in the order in which they were added. */
  public int copies(int layer) {
    return copies[layer];
  }
}
