package dev.kirchhoff.dse.proof;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.dse.design.NoiseDependence;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.bound.LayerCosts;
import dev.kirchhoff.mapper.bound.LayerCosts.Scope;
import dev.kirchhoff.mapper.bound.Relaxation;
import dev.kirchhoff.mapper.column.AnalogPath;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.noise.NoiseRows;
import dev.kirchhoff.peripherals.CrossbarFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Space of a spec as sets of designs that have bounds: blocks, possible chips of a block by their
 * PEs, chips, designs of one chip by the bits of their layers.
 *
 * <p>Noise and the limits of a chip depend neither on tiles, interconnect, PEs a tile and crossbars
 * a PE nor on copies (costs alone), so that a block that is impossible is so whatever these are. Of
 * a readout, bits and columns a converter are asked within a block.
 *
 * <p>Immutable; several threads may ask.
 */
final class BoundedSpace {
  /**
   * Noise with the fewest columns a converter over that with more, at most: measured 1.23 among
   * 10,000 random designs, and 1.001 where noise is below the signal.
   */
  static final double COLUMNS_MARGIN = 1.5;

  /** Paths, beside those that noise does not depend on, that change costs alone. */
  private static final String[] OF_COSTS = {"chip.crossbar.perPe", "chip.crossbar.working"};

  /** Limits that depend on neither bits nor columns of a readout. */
  private static final Set<Limit> OF_BLOCKS =
      Set.of(Limit.CELL_LEVELS, Limit.INPUT_BITS, Limit.COLUMN_CURRENT);

  private final DesignSpace space;
  private final BestFigures best;
  private final DesignBinder binder;
  private final Evaluator evaluator = Evaluator.at(BandEnd.NOMINAL);
  private final Network network;
  private final LayerKnobs layers;
  private final List<List<Precision>> options;

  /** Widths that chips are built for, ascending, by those that are screened together. */
  private final List<int[]> widths;

  private final double mostNoise;

  private final boolean[] isCost;
  private final boolean[] isOfPe;

  /** True if the crossbars of a PE depend on no knob but those, so that one chip bounds all. */
  private final boolean isByCrossbars;

  private final boolean[] isBits;
  private final boolean[] isColumns;

  /** Shares of extra crossbars of all designs. */
  private final double[] extras;

  private final DesignSpace blocks;

  /** Chips that are equal in all but tile, interconnect, copies and bits of layers. */
  record PeSet(int[] design, int width, double[][] noise) {}

  /** Designs of one chip with some layers' bits fixed. */
  record BitsSet(
      int[] design,
      LayerCosts costs,
      double[][] noise,
      double extra,
      int[] fixed,
      Choices choices) {}

  /**
   * Choices of the layers' options that a relaxation leaves.
   *
   * @param cheapest in energy, rounded
   * @param smallest in crossbars, rounded
   * @param split layer to split at; empty where all is decided
   */
  record Choices(int[] cheapest, int[] smallest, Optional<Integer> split) {}

  /** Receiver of sets, each with the best on the objectives' axes by alternative within it. */
  @FunctionalInterface
  interface Sets<S> {
    void take(S set, double[]... bounds);
  }

  /**
   * The space of a spec.
   *
   * @throws Unprovable if it has no bounds
   */
  BoundedSpace(DesignSpec spec) throws Unprovable {
    space = SpecProblemSpace.space(spec);
    best = BestFigures.of(spec);
    if (spec.band() != BandEnd.NOMINAL) {
      throw new Unprovable("objectives: an end of the band of prices");
    }
    binder = spec.newBinder();
    int[] start = space.start();
    Design first = bind(start);
    network = first.jobs().get(0).network();
    layers = LayerKnobs.of(space.knobs(), start, binder);
    options = layers.options();
    widths = widths(start);
    double ratio = NoiseLimit.ratio(spec, network);
    NoiseRows rows = evaluator.layerNoise(first, evaluator.crossbar(first), network);
    mostNoise = ratio * rows.depth(layers.layers());
    isCost = new boolean[space.dimension()];
    Arrays.fill(isCost, true);
    for (int k : NoiseDependence.knobs(spec, OF_COSTS)) {
      isCost[k] = false;
    }
    for (int k : layers.knobs()) {
      if (k >= 0) {
        isCost[k] = false;
      }
    }
    int[] ofPe = spec.tree().knobsOf(OF_COSTS);
    isOfPe = among(ofPe, k -> isCost[k]);
    isByCrossbars = Arrays.stream(ofPe).allMatch(k -> isCost[k]);
    isBits = named("readout.bits");
    isColumns = named("readout.columnsPerAdc");
    extras = extras(spec.tree().knobsOf("mapping.extraCrossbars"), start);
    int[] most = mostPerPe(start);
    int[] pins = new int[space.dimension()];
    for (int k = 0; k < pins.length; k++) {
      boolean isInside = layers.has(k) || isBits[k] || isColumns[k];
      pins[k] = isInside ? 0 : isCost[k] ? Math.max(0, most[k]) : Knob.ABSENT;
    }
    blocks = space.pinned(pins);
  }

  /**
   * All widths together where crossbars are the same whatever width a chip is built for: then so is
   * the noise of a layer at some bits, and chips of the widest, which allow all, show what is
   * impossible. Asked of the start design, tested on random ones.
   */
  private List<int[]> widths(int[] start) throws Unprovable {
    int[] all =
        IntStream.range(0, options.size())
            .filter(width -> LayerKnobs.isWidth(options, width))
            .toArray();
    Design widest = bind(start, all[all.length - 1]);
    AnalogPath path = AnalogPath.of(widest.chip(), evaluator.crossbar(widest));
    for (int width : all) {
      Design other = bind(start, width);
      boolean isSame =
          other.chip().cell().equals(widest.chip().cell())
              && AnalogPath.of(other.chip(), evaluator.crossbar(other)).equals(path);
      if (!isSame) {
        return Arrays.stream(all).mapToObj(own -> new int[] {own}).toList();
      }
    }
    return List.of(all);
  }

  /** The design with the most crossbars a PE of those that differ in no other knob. */
  private int[] mostPerPe(int[] start) {
    int[] most = start.clone();
    int[] crossbars = {0};
    each(
        start,
        k -> !isOfPe[k],
        each -> {
          int perPe = binder.bind(each).chip().crossbar().perPe();
          if (perPe > crossbars[0]) {
            crossbars[0] = perPe;
            System.arraycopy(each, 0, most, 0, each.length);
          }
        });
    return most;
  }

  private boolean[] among(int[] knobs, IntPredicate isOne) {
    boolean[] among = new boolean[space.dimension()];
    for (int k : knobs) {
      among[k] = isOne.test(k);
    }
    return among;
  }

  private boolean[] named(String end) {
    int[] knobs =
        IntStream.range(0, space.dimension())
            .filter(k -> space.knobs().get(k).path().endsWith(end))
            .toArray();
    return among(knobs, k -> !isCost[k]);
  }

  private double[] extras(int[] knobs, int[] start) {
    boolean[] isFree = among(knobs, k -> true);
    TreeSet<Double> shares = new TreeSet<>();
    each(start, k -> !isFree[k], each -> shares.add(binder.bind(each).mapping().extraCrossbars()));
    return shares.stream().mapToDouble(share -> share).toArray();
  }

  /** Receiver of designs, which may not keep them. */
  @FunctionalInterface
  private interface Designs<E extends Exception> {
    void take(int[] design) throws E;
  }

  /** All designs that are equal in some knobs, in the order of the space. */
  private <E extends Exception> void each(int[] design, IntPredicate isPinned, Designs<E> to)
      throws E {
    int[] pins = new int[design.length];
    for (int k = 0; k < pins.length; k++) {
      pins[k] = isPinned.test(k) ? design[k] : Knob.ABSENT;
    }
    DesignSpace inside = space.pinned(pins);
    int[] each = inside.first();
    do {
      to.take(each);
    } while (inside.next(each));
  }

  /** One design of each block. */
  DesignSpace blocks() {
    return blocks;
  }

  /** All designs. */
  DesignSpace all() {
    return space;
  }

  private Design bind(int[] design) throws Unprovable {
    Design bound = binder.bind(design);
    Optional<String> obstacle = LayerCosts.obstacle(bound);
    if (obstacle.isPresent()) {
      throw new Unprovable(obstacle.get());
    }
    return bound;
  }

  /** The design with every layer at the most bits that the widest one allows. */
  private Design bind(int[] of, int width) throws Unprovable {
    int[] design = of.clone();
    int[] chosen = new int[layers.layers()];
    Arrays.fill(chosen, width);
    layers.set(design, options, chosen);
    return bind(design);
  }

  private LayerCosts costs(Design chip, int width, Scope scope) {
    return LayerCosts.of(
        evaluator, chip, evaluator.prices(chip), options.subList(0, width + 1), scope);
  }

  /**
   * Bounds the possible chips of a block, by their crossbars, then by their PEs.
   *
   * @param isOpen whether something with such bounds is wanted
   * @return number of possible chips whose crossbars leave them open
   */
  long possible(int[] block, Predicate<double[]> isOpen, Sets<PeSet> to) throws Unprovable {
    long possible = 0;
    for (int[] together : widths) {
      possible += possible(block, together, isOpen, to);
    }
    return possible;
  }

  private long possible(int[] block, int[] together, Predicate<double[]> isOpen, Sets<PeSet> to)
      throws Unprovable {
    long possible = 0;
    int widest = together[together.length - 1];
    int bits = present(isBits, block);
    int columns = present(isColumns, block);
    for (int b = 0; b < values(bits); b++) {
      for (int c = 0; c < values(columns); c++) {
        int[] design = block.clone();
        set(design, bits, b);
        set(design, columns, c);
        Design chip = bind(design, widest);
        CrossbarFigures crossbar = evaluator.crossbar(chip);
        Totals shortages = Evaluator.shortages(chip, crossbar);
        if (OF_BLOCKS.stream().anyMatch(limit -> shortages.shortage(limit) > 0)) {
          return 0;
        }
        if (Stream.of(Limit.values()).anyMatch(limit -> shortages.shortage(limit) > 0)) {
          continue;
        }
        NoiseRows rows = evaluator.layerNoise(chip, crossbar, network);
        if (c == 0 && noise(rows, widest, COLUMNS_MARGIN * mostNoise).isEmpty()) {
          break;
        }
        for (int width : together) {
          if (!isByCrossbars || isOpen(atCrossbars(design, width), isOpen)) {
            Optional<double[][]> noise = noise(rows, width, mostNoise);
            if (noise.isPresent()) {
              possible++;
              pes(new PeSet(design, width, noise.get()), isOpen, to);
            }
          }
        }
      }
    }
    return possible;
  }

  private LayerCosts atCrossbars(int[] design, int width) throws Unprovable {
    return costs(bind(design, width), width, Scope.CROSSBARS);
  }

  private int values(int knob) {
    return knob < 0 ? 1 : space.cardinality(knob);
  }

  private static void set(int[] design, int knob, int value) {
    if (knob >= 0) {
      design[knob] = value;
    }
  }

  private static int present(boolean[] among, int[] design) {
    return IntStream.range(0, among.length)
        .filter(k -> among[k] && design[k] != Knob.ABSENT)
        .findFirst()
        .orElse(-1);
  }

  /** Noise of the layers by option; empty if even the least of all together is too much. */
  private Optional<double[][]> noise(NoiseRows rows, int width, double most) {
    double[][] noise = new double[layers.layers()][width + 1];
    double sum = 0;
    for (int l = 0; l < noise.length && most < Double.POSITIVE_INFINITY; l++) {
      for (int o = 0; o <= width; o++) {
        noise[l][o] = rows.reaching(l, options.get(o).get(l));
      }
      sum += Arrays.stream(noise[l]).min().orElse(0);
      if (sum > most) {
        return Optional.empty();
      }
    }
    return Optional.of(noise);
  }

  /** Bounds a possible chip by its PEs, for each number of crossbars in them. */
  private void pes(PeSet chip, Predicate<double[]> isOpen, Sets<PeSet> to) throws Unprovable {
    each(
        chip.design(),
        k -> !isOfPe[k],
        each -> {
          LayerCosts costs = costs(bind(each, chip.width()), chip.width(), Scope.PE);
          if (isOpen(costs, isOpen)) {
            double[][] bounds = byExtra(costs, chip.noise());
            if (bounds.length > 0) {
              to.take(new PeSet(each.clone(), chip.width(), chip.noise()), bounds);
            }
          }
        });
  }

  private boolean isOpen(LayerCosts costs, Predicate<double[]> isOpen) {
    Totals least = best.of(costs, costs.leastArea_um2(), costs.leastWork_fJ(), 0);
    return !best.miss(least) && isOpen.test(best.coordinates(least));
  }

  /** By share of extra crossbars the best of a chip's designs that may meet all limits. */
  private double[][] byExtra(LayerCosts costs, double[][] noise) {
    int[] free = free();
    List<double[]> bounds = new ArrayList<>();
    for (double extra : extras) {
      Relaxation relaxed = new Relaxation(costs, noise, mostNoise, extra);
      if (relaxed.bound(free)) {
        Totals figures = best.of(costs, relaxed);
        if (!best.miss(figures)) {
          bounds.add(best.coordinates(figures));
        }
      }
    }
    return bounds.toArray(double[][]::new);
  }

  private int[] free() {
    int[] free = new int[layers.layers()];
    Arrays.fill(free, -1);
    return free;
  }

  /** Bounds the chips of a set by tile, interconnect and share of extra crossbars. */
  void chips(PeSet set, Sets<BitsSet> to) throws Unprovable {
    // Designs that differ in their mapping alone follow one another and have one chip.
    Design[] last = new Design[1];
    LayerCosts[] known = new LayerCosts[1];
    each(
        set.design(),
        k -> !isCost[k] || isOfPe[k],
        each -> {
          Design chip = bind(each, set.width());
          if (last[0] == null || last[0].chip() != chip.chip()) {
            known[0] = costs(chip, set.width(), Scope.CHIP);
          }
          last[0] = chip;
          double extra = chip.mapping().extraCrossbars();
          relax(each.clone(), known[0], set.noise(), extra, free(), to);
        });
  }

  private void relax(
      int[] design,
      LayerCosts costs,
      double[][] noise,
      double extra,
      int[] fixed,
      Sets<BitsSet> to) {
    Relaxation relaxed = new Relaxation(costs, noise, mostNoise, extra);
    if (relaxed.bound(fixed)) {
      Totals figures = best.of(costs, relaxed);
      if (!best.miss(figures)) {
        int undecided = relaxed.undecided();
        int split = undecided >= 0 ? undecided : largest(costs, fixed);
        Choices choices =
            new Choices(
                relaxed.cheapest(),
                relaxed.smallest(),
                split < 0 ? Optional.empty() : Optional.of(split));
        to.take(
            new BitsSet(design, costs, noise, extra, fixed, choices), best.coordinates(figures));
      }
    }
  }

  /** The free layer whose options differ most in crossbars; −1 if none differ. */
  private int largest(LayerCosts costs, int[] fixed) {
    int last = costs.options() - 1;
    int largest = -1;
    double most = 0;
    for (int l = 0; l < fixed.length; l++) {
      double differ = Math.abs(costs.crossbars(l, last) - costs.crossbars(l, 0));
      if (fixed[l] < 0 && differ > most) {
        most = differ;
        largest = l;
      }
    }
    return largest;
  }

  /** Bounds the designs of a set by the option of a layer. */
  void split(BitsSet set, int layer, Sets<BitsSet> to) {
    for (int o = 0; o < set.costs().options(); o++) {
      boolean isNew = o == 0 || !options.get(o).get(layer).equals(options.get(o - 1).get(layer));
      if (isNew) {
        int[] fixed = set.fixed().clone();
        fixed[layer] = o;
        relax(set.design(), set.costs(), set.noise(), set.extra(), fixed, to);
      }
    }
  }

  /** A design of a set with some options of its layers. */
  int[] design(BitsSet set, int[] chosen) {
    int[] design = set.design().clone();
    layers.set(design, options, chosen);
    return design;
  }
}
