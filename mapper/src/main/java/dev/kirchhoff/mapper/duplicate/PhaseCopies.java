package dev.kirchhoff.mapper.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Copies of layers where weights are loaded in phases: of those that stay and of those of each
 * phase, one after another on the same crossbars. Layers run one by one.
 *
 * <p>Layers that stay have R crossbars, so a phase has the rest of the chip, and may spend of it
 * the extra crossbars that its own layers allow. Copies take time to write, once a batch: a phase
 * on c crossbars is written in w = ⌈c / tiles⌉ turns of one crossbar a tile. So for each number of
 * turns w the total time within min(budget, w · tiles) crossbars is minimised exactly ({@link
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
 * <p>Neglected: that copies lie further apart.
 */
public final class PhaseCopies {
  private static final int SPLITS = 4;

  private final Duplication duplication;
  private final Chip chip;
  private final double extra;
  private final int batch;

  private PhaseCopies(Duplication duplication, Chip chip, double extra, int batch) {
    this.duplication = duplication;
    this.chip = chip;
    this.extra = extra;
    this.batch = batch;
  }

  /**
   * Chip that layers are loaded on.
   *
   * @param tiles tiles that write side by side
   * @param perTile crossbars of a tile
   * @param granule crossbars of which a layer takes whole multiples
   * @param crossbar_ns time of writing a crossbar
   */
  public record Chip(double tiles, double perTile, double granule, double crossbar_ns) {}

  /**
   * A layer on crossbars.
   *
   * @param phase the phase that it is loaded in; empty if it stays
   * @param weight share of its network's inferences in all
   * @param stage its figures
   * @param isCopied whether it may have copies; else it has as many crossbars as its stage
   */
  public record Loaded(OptionalInt phase, double weight, Stage stage, boolean isCopied) {}

  /** Copies of the layers of one phase, or of those that stay. */
  private record Choice(Copies copies, double taken, double time_ns) {}

  /** Layers of one phase, or those that stay. */
  private final class Group {
    /** Positions of the layers that may have copies. */
    private final List<Integer> copied = new ArrayList<>();

    private final Stages stages;
    private final double fixed;
    private final boolean isWritten;
    private final double turn_ns;

    Group(List<Loaded> layers, OptionalInt phase) {
      List<Stage> all = new ArrayList<>();
      double withoutCopies = 0;
      for (int l = 0; l < layers.size(); l++) {
        Loaded layer = layers.get(l);
        if (layer.phase().equals(phase) && layer.isCopied()) {
          copied.add(l);
          all.add(weighted(layer));
        } else if (layer.phase().equals(phase)) {
          withoutCopies += layer.stage().crossbars();
        }
      }
      stages = Stages.of(all, chip.perTile(), chip.granule());
      fixed = withoutCopies;
      isWritten = phase.isPresent() && !all.isEmpty();
      turn_ns = isWritten ? layers.get(copied.get(0)).weight() * chip.crossbar_ns() / batch : 0;
    }

    /** A layer's times in the mean inference of all networks. */
    private static Stage weighted(Loaded layer) {
      Stage stage = layer.stage();
      return new Stage(
          stage.vectors(),
          layer.weight() * stage.interval_ns(),
          layer.weight() * stage.shared_ns(),
          stage.crossbars());
    }

    /** Crossbars of one copy of each layer. */
    double one() {
      return stages.crossbars(Copies.oneEach(stages.count())) + fixed;
    }

    /** The fastest copies within so many crossbars, with their share of writing. */
    Choice within(double room) {
      if (stages.count() == 0) {
        return new Choice(Copies.oneEach(0), one(), 0);
      }
      double one = stages.crossbars(Copies.oneEach(stages.count()));
      double budget = Math.min(room - fixed, Math.floor(one * (1 + extra) + 1e-9));
      Choice best = choice(budget);
      double least_ns = best.time_ns() - turns(best.copies()) * turn_ns;
      double most = isWritten ? Math.ceil(budget / chip.tiles()) : 0;
      for (double turns = Math.ceil(one / chip.tiles());
          turns < most && least_ns + turns * turn_ns < best.time_ns();
          turns++) {
        Choice found = choice(turns * chip.tiles());
        best = found.time_ns() < best.time_ns() ? found : best;
      }
      return best;
    }

    private Choice choice(double budget) {
      Copies copies = duplication.total(stages, budget);
      double sum_ns = 0;
      for (int s = 0; s < stages.count(); s++) {
        sum_ns += stages.time_ns(s, copies.of(s));
      }
      double taken = stages.crossbars(copies) + fixed;
      return new Choice(copies, taken, sum_ns + turns(copies) * turn_ns);
    }

    private double turns(Copies copies) {
      return Math.ceil(stages.crossbars(copies) / chip.tiles());
    }
  }

  /**
   * Copies of each layer; one of those that may have none.
   *
   * @param layers in the order of their networks
   * @param extra crossbars for copies, as a share of those of one copy of each phase
   * @param batch inferences of a batch
   */
  public static Copies of(
      Duplication duplication, Chip chip, List<Loaded> layers, double extra, int batch) {
    return new PhaseCopies(duplication, chip, extra, batch).allocate(layers);
  }

  private Copies allocate(List<Loaded> layers) {
    int phases = 0;
    for (Loaded layer : layers) {
      phases = Math.max(phases, layer.phase().isPresent() ? layer.phase().getAsInt() + 1 : 0);
    }
    Group staying = new Group(layers, OptionalInt.empty());
    List<Group> loaded = new ArrayList<>();
    double available = chip.tiles() * chip.perTile();
    double free = Math.max(0, available - staying.one());
    for (int p = 0; p < phases; p++) {
      loaded.add(new Group(layers, OptionalInt.of(p)));
      free = Math.min(free, Math.max(0, available - staying.one() - loaded.get(p).one()));
    }
    double fastest_ns = Double.POSITIVE_INFINITY;
    int[] copies = new int[layers.size()];
    Arrays.fill(copies, 1);
    for (int split = 0; split <= SPLITS; split++) {
      Choice kept = staying.within(staying.one() + Math.floor(free * split / SPLITS));
      double time_ns = kept.time_ns();
      List<Choice> choices = new ArrayList<>();
      for (Group group : loaded) {
        choices.add(group.within(available - kept.taken()));
        time_ns += choices.get(choices.size() - 1).time_ns();
      }
      if (time_ns < fastest_ns) {
        fastest_ns = time_ns;
        write(staying, kept, copies);
        for (int p = 0; p < phases; p++) {
          write(loaded.get(p), choices.get(p), copies);
        }
      }
      if (free == 0) {
        break;
      }
    }
    return Copies.ofStages(copies);
  }

  private static void write(Group group, Choice choice, int[] copies) {
    for (int s = 0; s < choice.copies().stages(); s++) {
      copies[group.copied.get(s)] = choice.copies().of(s);
    }
  }
}
