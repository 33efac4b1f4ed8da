package dev.kirchhoff.dse.proof;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Session;
import dev.kirchhoff.mapper.bound.LayerCosts;
import dev.kirchhoff.mapper.bound.LayerCosts.Scope;
import dev.kirchhoff.mapper.bound.Relaxation;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.noise.NoiseRows;
import dev.kirchhoff.peripherals.PriceTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Branch and bound over all designs of a spec: what no bound excludes is split, from the loosest
 * bound on, until no design can be ahead of the front by more than a wanted gap.
 *
 * <ol>
 *   <li><b>Blocks.</b> Noise and the limits of a chip depend neither on tiles, interconnect, PEs a
 *       tile and crossbars a PE nor on copies: a block that is impossible is so whatever these are.
 *       Noise is a sum over layers, each by its own bits, so that its least is known layer by
 *       layer. With more columns a converter it falls by a third at most (tested, not proved).
 *   <li><b>PEs.</b> Possible chips are bounded by the costs of their PEs alone.
 *   <li><b>Chips.</b> What is left is split by tile and interconnect, with the prices of the whole
 *       chip, and by the share of extra crossbars.
 *   <li><b>Layers.</b> The linear relaxation over the layers' bits ({@link Relaxation}) is split at
 *       the layer that it has between two options. Its rounded choices are evaluated whole.
 * </ol>
 *
 * <p>The gap is additive on the objectives' axes, which are logarithmic: the least share over the
 * members of the largest share over objectives. Keys of the queue only fall as the front grows, so
 * that its top is the gap. The result of a proof that no time cuts is the same for any number of
 * threads.
 */
public final class FrontProof {
  /** Blocks that are bounded at most: some minutes of a processor (chosen). */
  private static final long MOST_BLOCKS = 5_000_000;

  /** Paths that neither noise nor the limits of a chip depend on. */
  private static final String[] COSTS_ALONE = {
    "chip.tile",
    "chip.interconnect",
    "chip.globalBuffer",
    "chip.io",
    "chip.control",
    "chip.pe.perTile",
    "chip.crossbar.perPe",
    "chip.crossbar.working",
    "mapping.extraCrossbars"
  };

  /** Limits that do not depend on the bits of a readout and their columns. */
  private static final List<Limit> OF_GROUPS =
      List.of(Limit.CELL_LEVELS, Limit.INPUT_BITS, Limit.COLUMN_CURRENT);

  private final DesignSpec spec;
  private final SpecProblemSpace problem;
  private final DesignSpace space;
  private final List<Objective> objectives;
  private final BestFigures best;
  private final DesignBinder binder;
  private final Evaluator evaluator;
  private final Network network;
  private final LayerKnobs layers;
  private final List<List<Precision>> options;
  private final double mostNoise;
  private final boolean hasNoiseLimit;
  private final boolean[] isCost;
  private final boolean[] isOfPe;
  private final boolean[] isBits;
  private final boolean[] isColumns;
  private final int extraKnob;
  private final double[] extras;
  private final DesignSpace blocks;

  private FrontProof(DesignSpec spec) throws Unprovable {
    this.spec = spec;
    problem = new SpecProblemSpace(spec);
    space = problem.space();
    objectives = problem.objectives();
    best = BestFigures.of(spec);
    if (spec.band() != BandEnd.NOMINAL) {
      throw new Unprovable("objectives: an end of the band of prices");
    }
    binder = spec.newBinder();
    evaluator = Evaluator.at(BandEnd.NOMINAL);
    int[] start = space.start();
    Design first = bind(start);
    network = first.jobs().get(0).network();
    layers = LayerKnobs.of(space.knobs(), start, binder);
    options = layers.options();
    double ratio = NoiseLimit.ratio(spec, network);
    hasNoiseLimit = ratio < Double.POSITIVE_INFINITY;
    mostNoise =
        hasNoiseLimit
            ? ratio
                * evaluator.noise(first, evaluator.prices(first), network).depth(layers.layers())
            : Double.POSITIVE_INFINITY;
    isCost = isCost();
    isOfPe = named(k -> isCost[k], "crossbar.perPe", "crossbar.working");
    isBits = named(k -> !isCost[k], "readout.bits");
    isColumns = named(k -> !isCost[k], "readout.columnsPerAdc");
    extraKnob = IntStream.range(0, isCost.length).filter(this::isExtra).findFirst().orElse(-1);
    extras = extras(start);
    blocks = space.pinned(blockPins(start));
  }

  private boolean isExtra(int knob) {
    return space.knobs().get(knob).path().equals("mapping.extraCrossbars");
  }

  private boolean[] isCost() {
    boolean[] cost = new boolean[space.dimension()];
    Arrays.fill(cost, true);
    for (int k : spec.tree().knobsBeside(COSTS_ALONE)) {
      cost[k] = false;
    }
    for (int k = 0; k < cost.length; k++) {
      cost[k] &= !layers.has(k);
    }
    return cost;
  }

  private boolean[] named(IntPredicate among, String... ends) {
    boolean[] named = new boolean[space.dimension()];
    for (int k = 0; k < named.length; k++) {
      String path = space.knobs().get(k).path();
      named[k] = among.test(k) && Stream.of(ends).anyMatch(path::endsWith);
    }
    return named;
  }

  private double[] extras(int[] start) {
    if (extraKnob < 0) {
      return new double[] {binder.bind(start).mapping().extraCrossbars()};
    }
    double[] shares = new double[space.cardinality(extraKnob)];
    for (int v = 0; v < shares.length; v++) {
      int[] design = start.clone();
      design[extraKnob] = v;
      shares[v] = binder.bind(design).mapping().extraCrossbars();
    }
    return shares;
  }

  private int[] blockPins(int[] start) {
    int[] pins = new int[space.dimension()];
    for (int k = 0; k < pins.length; k++) {
      boolean isInside = layers.has(k) || isBits[k] || isColumns[k];
      pins[k] = isInside ? 0 : isCost[k] ? Math.max(0, start[k]) : Knob.ABSENT;
    }
    return pins;
  }

  /** The design of some ordinals, if it has bounds. */
  private Design bind(int[] design) throws Unprovable {
    Design bound = binder.bind(design);
    Optional<String> obstacle = LayerCosts.obstacle(bound);
    if (obstacle.isPresent()) {
      throw new Unprovable(obstacle.get());
    }
    return bound;
  }

  /**
   * Proves a front.
   *
   * @param front objectives of the members
   * @param gap share at which it may stop
   * @param stop asked now and then: true ends it with the gap that it has
   * @param progress told of blocks as they are bounded
   * @throws Unprovable if the space has no bounds: for what reason
   */
  public static Proof of(
      DesignSpec spec, List<double[]> front, double gap, BooleanSupplier stop, Progress progress)
      throws Unprovable {
    return new FrontProof(spec).new Search(front, gap, stop).run(progress);
  }

  /** Receiver of the progress of a proof. */
  @FunctionalInterface
  public interface Progress {
    /** Takes the number of blocks that are bounded, of all. */
    void bounded(long blocks, long all);
  }

  /** A set of designs with a bound: by alternative within it the best on the objectives' axes. */
  private abstract static class Node {
    final double[][] bounds;
    double key;

    Node(double[][] bounds) {
      this.bounds = bounds;
    }
  }

  /** Chips that are equal in all but tile, interconnect, copies and bits of layers. */
  private static final class PeNode extends Node {
    final int[] design;
    final int width;
    final double[][] noise;

    PeNode(double[][] bounds, int[] design, int width, double[][] noise) {
      super(bounds);
      this.design = design;
      this.width = width;
      this.noise = noise;
    }
  }

  /** Designs of one chip with some layers' bits fixed. */
  private static final class BitsNode extends Node {
    final int[] design;
    final LayerCosts costs;
    final double[][] noise;
    final double extra;
    final int[] fixed;
    final int undecided;
    final int[] cheapest;
    final int[] smallest;

    BitsNode(
        double[] bound,
        int[] design,
        LayerCosts costs,
        double[][] noise,
        double extra,
        int[] fixed,
        Relaxation relaxed) {
      super(new double[][] {bound});
      this.design = design;
      this.costs = costs;
      this.noise = noise;
      this.extra = extra;
      this.fixed = fixed;
      undecided = relaxed.undecided();
      cheapest = relaxed.cheapest();
      smallest = relaxed.smallest();
    }
  }

  /** Possible chips of a block, and those that no bound excludes. */
  private record Bounded(long possible, List<Node> nodes) {}

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Unprovable cause;

    Refused(Unprovable cause) {
      super(cause);
      this.cause = cause;
    }
  }

  /** One search. */
  private final class Search {
    private static final int CHUNK = 512;

    /**
     * Noise with the fewest columns a converter over that with more, at most: 1.23 among 10,000
     * random designs, and 1.001 where it is below the signal.
     */
    private static final double COLUMNS_MARGIN = 1.5;

    /** Sets of designs that may be open at once: some hundreds of megabytes (chosen). */
    private static final int MOST_OPEN = 400_000;

    private final BooleanSupplier stop;
    private final double delta;
    private final Archive given = new Archive(objectives.size());
    private final Archive archive = new Archive(objectives.size());
    private final List<Proof.Found> evaluated = new ArrayList<>();
    private final Set<DesignPoint> seen = new HashSet<>();
    private final int members;
    private final Session session;
    private final PriorityQueue<Node> queue =
        new PriorityQueue<>((a, b) -> Double.compare(b.key, a.key));
    private final int[] free = new int[layers.layers()];
    private long possible;

    Search(List<double[]> front, double gap, BooleanSupplier stop) {
      this.stop = stop;
      delta = Math.log10(1 + gap);
      members = front.size();
      for (int i = 0; i < members; i++) {
        given.offer(i, coordinates(front.get(i)));
        archive.offer(i, coordinates(front.get(i)));
      }
      session = problem.newSession();
      Arrays.fill(free, -1);
    }

    private double[] coordinates(double[] values) {
      double[] coordinates = new double[objectives.size()];
      for (int m = 0; m < coordinates.length; m++) {
        coordinates[m] = objectives.get(m).coordinate(values[m]);
      }
      return coordinates;
    }

    Proof run(Progress progress) throws Unprovable {
      if (blocks.size().compareTo(BigInteger.valueOf(MOST_BLOCKS)) > 0) {
        throw new Unprovable("knobs: " + blocks.size() + " blocks, at most " + MOST_BLOCKS);
      }
      long all = blocks.size().longValueExact();
      long done = 0;
      progress.bounded(0, all);
      while (done < all && !stop.getAsBoolean()) {
        done = boundBlocks(done, Math.min(all, done + CHUNK));
        progress.bounded(done, all);
      }
      while (done == all && !queue.isEmpty() && queue.size() < MOST_OPEN && !stop.getAsBoolean()) {
        split();
      }
      return proof(all, done);
    }

    /** Bounds some blocks, at once but in their order. */
    private long boundBlocks(long first, long end) throws Unprovable {
      List<Bounded> found;
      try {
        found = LongStream.range(first, end).parallel().mapToObj(this::block).toList();
      } catch (Refused refused) {
        throw refused.cause;
      }
      for (Bounded block : found) {
        possible += block.possible();
        block.nodes().forEach(this::push);
      }
      return end;
    }

    private Bounded block(long number) {
      int[] design = blocks.unrank(BigInteger.valueOf(number));
      List<Node> nodes = new ArrayList<>();
      long[] count = new long[1];
      try {
        for (int width = 0; width < options.size(); width++) {
          if (LayerKnobs.isWidth(options, width)) {
            group(design, width, nodes, count);
          }
        }
      } catch (Unprovable unprovable) {
        throw new Refused(unprovable);
      }
      return new Bounded(count[0], nodes);
    }

    /** Bounds the chips of a block: all bits of a readout, and its columns from the fewest up. */
    private void group(int[] of, int width, List<Node> nodes, long[] count) throws Unprovable {
      int bits = present(isBits, of);
      int columns = present(isColumns, of);
      for (int b = bits < 0 ? 0 : space.cardinality(bits) - 1; b >= 0; b--) {
        int[] design = of.clone();
        for (int c = 0; c < (columns < 0 ? 1 : space.cardinality(columns)); c++) {
          if (bits >= 0) {
            design[bits] = b;
          }
          if (columns >= 0) {
            design[columns] = c;
          }
          Design chip = at(design, width);
          PriceTable prices = evaluator.prices(chip);
          Totals shortages = Evaluator.shortages(chip, prices);
          if (OF_GROUPS.stream().anyMatch(limit -> shortages.shortage(limit) > 0)) {
            return;
          }
          if (Stream.of(Limit.values()).anyMatch(limit -> shortages.shortage(limit) > 0)) {
            continue;
          }
          if (c == 0 && isHopeless(chip, prices, width)) {
            break;
          }
          double[][] noise = noise(chip, prices, width, mostNoise);
          if (noise.length == 0) {
            continue;
          }
          count[0]++;
          pes(design, width, noise, nodes);
        }
      }
    }

    private int present(boolean[] among, int[] design) {
      return IntStream.range(0, among.length)
          .filter(k -> among[k] && design[k] != Knob.ABSENT)
          .findFirst()
          .orElse(-1);
    }

    /** The design with every layer at the most bits that the widest one allows. */
    private Design at(int[] of, int width) throws Unprovable {
      int[] design = of.clone();
      int[] chosen = new int[layers.layers()];
      Arrays.fill(chosen, width);
      layers.set(design, options, chosen);
      return bind(design);
    }

    /** True if noise is too much even if more columns a converter lowered it by some part. */
    private boolean isHopeless(Design chip, PriceTable prices, int width) {
      return noise(chip, prices, width, COLUMNS_MARGIN * mostNoise).length == 0;
    }

    /** Noise of the layers by option; empty if even the least of all together is too much. */
    private double[][] noise(Design chip, PriceTable prices, int width, double most) {
      double[][] noise = new double[layers.layers()][width + 1];
      if (!hasNoiseLimit) {
        return noise;
      }
      NoiseRows rows = evaluator.noise(chip, prices, network);
      double sum = 0;
      for (int l = 0; l < noise.length; l++) {
        double least = Double.POSITIVE_INFINITY;
        for (int o = 0; o <= width; o++) {
          noise[l][o] = rows.reaching(l, options.get(o).get(l));
          least = Math.min(least, noise[l][o]);
        }
        sum += least;
        if (sum > most) {
          return new double[0][];
        }
      }
      return noise;
    }

    /** Bounds a possible chip by its PEs, for each number of crossbars in them. */
    private void pes(int[] design, int width, double[][] noise, List<Node> nodes)
        throws Unprovable {
      DesignSpace inside = space.pinned(pins(design, k -> !isOfPe[k]));
      int[] each = inside.first();
      do {
        Design chip = at(each, width);
        LayerCosts costs = costs(chip, width, Scope.PE);
        Totals least = best.of(costs, costs.leastArea_um2(), costs.leastEnergy_fJ(), 0);
        if (!best.miss(least) && gap(best.coordinates(least)) > delta) {
          double[][] bounds = bounds(costs, noise);
          if (bounds.length > 0) {
            nodes.add(new PeNode(bounds, each.clone(), width, noise));
          }
        }
      } while (inside.next(each));
    }

    private LayerCosts costs(Design chip, int width, Scope scope) {
      return LayerCosts.of(
          evaluator, chip, evaluator.prices(chip), options.subList(0, width + 1), scope);
    }

    /** By share of extra crossbars the best of a chip's designs that may meet all limits. */
    private double[][] bounds(LayerCosts costs, double[][] noise) {
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

    private int[] pins(int[] design, IntPredicate isPinned) {
      int[] pins = new int[design.length];
      for (int k = 0; k < pins.length; k++) {
        pins[k] = isPinned.test(k) ? design[k] : Knob.ABSENT;
      }
      return pins;
    }

    /** Takes the node of the loosest bound and splits it. */
    private void split() throws Unprovable {
      Node top = queue.poll();
      double gap = gap(top);
      if (gap <= delta) {
        return;
      }
      if (!queue.isEmpty() && gap < queue.peek().key) {
        top.key = gap;
        queue.add(top);
        return;
      }
      if (top instanceof PeNode node) {
        chips(node);
      } else if (top instanceof BitsNode node) {
        bits(node);
      }
    }

    private void push(Node node) {
      node.key = gap(node);
      if (node.key > delta) {
        queue.add(node);
      }
    }

    private double gap(Node node) {
      double most = Double.NEGATIVE_INFINITY;
      for (double[] bound : node.bounds) {
        most = Math.max(most, gap(bound));
      }
      return most;
    }

    private double gap(double[] point) {
      return lead(archive, point);
    }

    /** Splits a chip of PEs by tile, interconnect and the share of extra crossbars. */
    private void chips(PeNode node) throws Unprovable {
      IntPredicate isPinned = k -> !isCost[k] || isOfPe[k] || k == extraKnob;
      DesignSpace inside = space.pinned(pins(node.design, isPinned));
      int[] each = inside.first();
      do {
        LayerCosts costs = costs(at(each, node.width), node.width, Scope.CHIP);
        for (int v = 0; v < extras.length; v++) {
          int[] design = each.clone();
          if (extraKnob >= 0) {
            design[extraKnob] = v;
          }
          add(design, costs, node.noise, extras[v], free);
        }
      } while (inside.next(each));
    }

    private void add(int[] design, LayerCosts costs, double[][] noise, double extra, int[] fixed) {
      Relaxation relaxed = new Relaxation(costs, noise, mostNoise, extra);
      if (relaxed.bound(fixed)) {
        Totals figures = best.of(costs, relaxed);
        if (!best.miss(figures)) {
          double[] bound = best.coordinates(figures);
          push(new BitsNode(bound, design, costs, noise, extra, fixed, relaxed));
        }
      }
    }

    /** Evaluates the rounded choices of a relaxation, then splits it at a layer. */
    private void bits(BitsNode node) {
      evaluate(node.design, node.cheapest);
      evaluate(node.design, node.smallest);
      int layer = node.undecided >= 0 ? node.undecided : largest(node);
      if (layer < 0 || gap(node) <= delta) {
        return;
      }
      for (int o = 0; o < node.costs.options(); o++) {
        boolean isNew = o == 0 || !options.get(o).get(layer).equals(options.get(o - 1).get(layer));
        if (isNew) {
          int[] fixed = node.fixed.clone();
          fixed[layer] = o;
          add(node.design, node.costs, node.noise, node.extra, fixed);
        }
      }
    }

    /** The free layer whose options differ most in crossbars; −1 if none differ. */
    private int largest(BitsNode node) {
      int last = node.costs.options() - 1;
      int largest = -1;
      double most = 0;
      for (int l = 0; l < layers.layers(); l++) {
        double differ =
            Math.abs(node.costs.stage(l, last).crossbars() - node.costs.stage(l, 0).crossbars());
        if (node.fixed[l] < 0 && differ > most) {
          most = differ;
          largest = l;
        }
      }
      return largest;
    }

    private void evaluate(int[] of, int[] chosen) {
      int[] design = of.clone();
      layers.set(design, options, chosen);
      if (!seen.add(new DesignPoint(design))) {
        return;
      }
      double[] values = new double[objectives.size()];
      double[] violations = new double[problem.constraints().size()];
      session.evaluate(design, values, violations, new double[violations.length]);
      if (Arrays.stream(violations).allMatch(miss -> miss == 0)) {
        archive.offer((long) members + evaluated.size(), coordinates(values));
        evaluated.add(
            new Proof.Found(
                Arrays.stream(design).boxed().toList(), Arrays.stream(values).boxed().toList()));
      }
    }

    private Proof proof(long all, long done) {
      List<Proof.Found> found = new ArrayList<>();
      double lead = 0;
      for (int place : archive.placesByIndex()) {
        if (archive.index(place) >= members) {
          Proof.Found one = evaluated.get((int) archive.index(place) - members);
          found.add(one);
          double[] values = one.values().stream().mapToDouble(v -> v).toArray();
          lead = Math.max(lead, lead(given, coordinates(values)));
        }
      }
      double gap = queue.isEmpty() ? delta : Math.max(delta, topGap());
      boolean isKnown = done == all && archive.size() > 0;
      return new Proof(
          space.size(),
          all,
          done,
          possible,
          seen.size(),
          isKnown ? share(gap) : Double.POSITIVE_INFINITY,
          found,
          share(lead));
    }

    private double topGap() {
      double most = 0;
      for (Node node : queue) {
        most = Math.max(most, gap(node));
      }
      return most;
    }
  }

  private static double share(double logarithm) {
    return StrictMath.pow(10, logarithm) - 1;
  }

  /**
   * By how much a point is ahead of a front: the least over members of the largest lead over the
   * axes.
   */
  private static double lead(Archive front, double[] point) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < front.size(); k++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int m = 0; m < point.length && most < least; m++) {
        most = Math.max(most, front.value(k, m) - point[m]);
      }
      least = Math.min(least, most);
    }
    return least;
  }
}
