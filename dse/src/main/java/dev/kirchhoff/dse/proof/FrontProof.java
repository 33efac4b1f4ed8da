package dev.kirchhoff.dse.proof;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.proof.BoundedSpace.BitsSet;
import dev.kirchhoff.dse.proof.BoundedSpace.PeSet;
import dev.kirchhoff.dse.proof.BoundedSpace.Sets;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.Session;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/**
 * Branch and bound over all designs of a spec: what no bound excludes is split, from the loosest
 * bound on, until no design can be ahead of the front by more than a wanted gap.
 *
 * <ol>
 *   <li>Blocks: possible chips, by noise and their own limits, with bounds of their PEs.
 *   <li>Chips: by tile and interconnect, with the prices of the whole chip, and by the share of
 *       extra crossbars.
 *   <li>Bits of layers: the linear relaxation ({@link dev.kirchhoff.mapper.bound.Relaxation}) is
 *       split at the layer that it has between two options; its rounded choices are evaluated
 *       whole.
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

  /** Sets that are split at once, whatever the number of threads (chosen). */
  private static final int AT_ONCE = 16;

  /** Blocks between two questions whether to stop (chosen). */
  private static final int CHUNK = 512;

  /** Sets of designs that may be open at once: some hundreds of megabytes (chosen). */
  private static final int MOST_OPEN = 400_000;

  private final BoundedSpace space;
  private final List<Objective> objectives;
  private final int constraints;
  private final Session session;
  private final double delta;
  private final int members;
  private final Archive given;
  private final Archive archive;
  private final List<Proof.Found> feasible = new ArrayList<>();
  private final Set<DesignPoint> evaluated = new HashSet<>();
  private final PriorityQueue<Open> queue =
      new PriorityQueue<>((a, b) -> Double.compare(b.key(), a.key()));

  /**
   * Set of designs that no bound excludes.
   *
   * @param key by how much one of them might be ahead of the front as it was
   * @param bounds by alternative within the set, the best on the objectives' axes
   * @param pes chips by their PEs, unless
   * @param bits designs of one chip
   */
  private record Open(double key, double[][] bounds, Optional<PeSet> pes, Optional<BitsSet> bits) {}

  private FrontProof(DesignSpec spec, List<double[]> front, double gap) throws Unprovable {
    space = new BoundedSpace(spec);
    BigInteger size = space.blocks().size();
    if (size.compareTo(BigInteger.valueOf(MOST_BLOCKS)) > 0) {
      throw new Unprovable("knobs: " + size + " blocks, at most " + MOST_BLOCKS);
    }
    SpecProblemSpace problem = new SpecProblemSpace(spec);
    objectives = problem.objectives();
    constraints = problem.constraints().size();
    session = problem.newSession();
    delta = Math.log10(1 + gap);
    members = front.size();
    given = new Archive(objectives.size());
    for (int i = 0; i < members; i++) {
      given.offer(i, coordinates(front.get(i)));
    }
    archive = given.copy();
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
    return new FrontProof(spec, front, gap).run(stop, progress);
  }

  /**
   * Requires that the space of a spec has bounds.
   *
   * @throws Unprovable if not: for what reason
   */
  public static void requireBounds(DesignSpec spec) throws Unprovable {
    new FrontProof(spec, List.of(), 1);
  }

  /** Receiver of the progress of a proof. */
  @FunctionalInterface
  public interface Progress {
    /** Takes the number of blocks that are bounded, of all. */
    void bounded(long blocks, long all);
  }

  private double[] coordinates(double[] values) {
    double[] coordinates = new double[objectives.size()];
    for (int m = 0; m < coordinates.length; m++) {
      coordinates[m] = objectives.get(m).coordinate(values[m]);
    }
    return coordinates;
  }

  private Proof run(BooleanSupplier stop, Progress progress) throws Unprovable {
    long all = space.blocks().size().longValueExact();
    long done = 0;
    long possible = 0;
    progress.bounded(done, all);
    while (done < all && !stop.getAsBoolean()) {
      long end = Math.min(all, done + CHUNK);
      possible += bound(done, end);
      done = end;
      progress.bounded(done, all);
    }
    while (done == all && !queue.isEmpty() && queue.size() < MOST_OPEN && !stop.getAsBoolean()) {
      split();
    }
    return proof(all, done, possible);
  }

  /** Bounds some blocks, at once but in their order; returns the possible chips. */
  private long bound(long first, long end) throws Unprovable {
    List<Bounded> found = LongStream.range(first, end).parallel().mapToObj(this::bounded).toList();
    return take(found);
  }

  /** Takes what is open; returns the possible chips. */
  private long take(List<Bounded> found) throws Unprovable {
    long possible = 0;
    for (Bounded of : found) {
      if (of.obstacle.isPresent()) {
        throw of.obstacle.get();
      }
      possible += of.possible;
      queue.addAll(of.open);
    }
    return possible;
  }

  /** Possible chips of a block, and the sets of it, or of another set, that no bound excludes. */
  private record Bounded(long possible, List<Open> open, Optional<Unprovable> obstacle) {}

  private Bounded bounded(long number) {
    int[] block = space.blocks().unrank(BigInteger.valueOf(number));
    List<Open> open = new ArrayList<>();
    try {
      long possible =
          space.possible(
              block,
              point -> lead(archive, point) > delta,
              (set, bounds) -> open(bounds, Optional.of(set), Optional.empty(), open));
      return new Bounded(possible, open, Optional.empty());
    } catch (Unprovable obstacle) {
      return new Bounded(0, List.of(), Optional.of(obstacle));
    }
  }

  private void open(
      double[][] bounds, Optional<PeSet> pes, Optional<BitsSet> bits, Collection<Open> to) {
    double key = gap(bounds);
    if (key > delta) {
      to.add(new Open(key, bounds, pes, bits));
    }
  }

  /** Takes the sets of the loosest bounds and splits them, at once but in their order. */
  private void split() throws Unprovable {
    List<Open> loosest = loosest();
    for (Open set : loosest) {
      if (set.bits.isPresent() && gap(set.bounds) > delta) {
        evaluate(space.design(set.bits.get(), set.bits.get().choices().cheapest()));
        evaluate(space.design(set.bits.get(), set.bits.get().choices().smallest()));
      }
    }
    List<Bounded> parts =
        loosest.stream().filter(set -> gap(set.bounds) > delta).toList().parallelStream()
            .map(this::parts)
            .toList();
    take(parts);
  }

  /** The sets of the loosest bounds, which leave the queue. */
  private List<Open> loosest() {
    List<Open> loosest = new ArrayList<>();
    while (loosest.size() < AT_ONCE && !queue.isEmpty()) {
      Open top = queue.poll();
      double key = gap(top.bounds);
      if (key > delta) {
        boolean isLoosest = queue.isEmpty() || key >= queue.peek().key;
        if (isLoosest) {
          loosest.add(top);
        } else {
          queue.add(new Open(key, top.bounds, top.pes, top.bits));
        }
      }
    }
    return loosest;
  }

  private Bounded parts(Open of) {
    List<Open> open = new ArrayList<>();
    Sets<BitsSet> to = (set, bounds) -> open(bounds, Optional.empty(), Optional.of(set), open);
    try {
      if (of.pes.isPresent()) {
        space.chips(of.pes.get(), to);
      } else {
        BitsSet set = of.bits.orElseThrow();
        set.choices().split().ifPresent(layer -> space.split(set, layer, to));
      }
      return new Bounded(0, open, Optional.empty());
    } catch (Unprovable obstacle) {
      return new Bounded(0, List.of(), Optional.of(obstacle));
    }
  }

  private double gap(double[][] bounds) {
    double most = Double.NEGATIVE_INFINITY;
    for (double[] bound : bounds) {
      most = Math.max(most, lead(archive, bound));
    }
    return most;
  }

  private void evaluate(int[] design) {
    if (!evaluated.add(new DesignPoint(design))) {
      return;
    }
    double[] values = new double[objectives.size()];
    double[] violations = new double[constraints];
    session.evaluate(design, values, violations, new double[constraints]);
    if (Arrays.stream(violations).allMatch(miss -> miss == 0)) {
      archive.offer((long) members + feasible.size(), coordinates(values));
      feasible.add(
          new Proof.Found(
              Arrays.stream(design).boxed().toList(), Arrays.stream(values).boxed().toList()));
    }
  }

  private Proof proof(long all, long done, long possible) {
    List<Proof.Found> found = new ArrayList<>();
    double lead = 0;
    for (int place : archive.placesByIndex()) {
      if (archive.index(place) >= members) {
        Proof.Found one = feasible.get((int) archive.index(place) - members);
        found.add(one);
        double[] values = one.values().stream().mapToDouble(v -> v).toArray();
        lead = Math.max(lead, lead(given, coordinates(values)));
      }
    }
    double open = queue.stream().mapToDouble(set -> gap(set.bounds)).max().orElse(delta);
    boolean isKnown = done == all && archive.size() > 0;
    return new Proof(
        space.all().size(),
        all,
        done,
        possible,
        evaluated.size(),
        isKnown ? share(Math.max(delta, open)) : Double.POSITIVE_INFINITY,
        found,
        share(lead));
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
