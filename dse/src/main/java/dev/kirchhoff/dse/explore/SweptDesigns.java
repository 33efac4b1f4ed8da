package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.LatinHypercube;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Designs of a sweep by their index: all of a space in its fixed order, or those of a list. Any
 * block can be computed without those before it, so that blocks can be evaluated anywhere.
 */
public final class SweptDesigns {
  private static final int DRAWS = 1_000;

  private final DesignSpace space;
  private final Optional<List<int[]>> listed;
  private final long count;

  private SweptDesigns(DesignSpace space, Optional<List<int[]>> listed, long count) {
    this.space = space;
    this.listed = listed;
    this.count = count;
  }

  /**
   * All designs.
   *
   * @throws IllegalArgumentException if the space has more than 2⁶³ − 1
   */
  public static SweptDesigns all(DesignSpace space) {
    if (space.size().bitLength() > 63) {
      throw new IllegalArgumentException("A space of " + space.size() + " designs is not swept.");
    }
    return new SweptDesigns(space, Optional.empty(), space.size().longValueExact());
  }

  /**
   * A sample without repeats: a Latin hypercube, its repeats replaced by designs drawn uniformly. A
   * space that is not at least four times as large is taken whole.
   *
   * @param count designs wanted
   * @param seed seed of the sample
   */
  public static SweptDesigns sample(DesignSpace space, int count, long seed) {
    return sampled(space, count, seed)
        .map(list -> new SweptDesigns(space, Optional.of(list), list.size()))
        .orElseGet(() -> all(space));
  }

  /** Designs of a list, none twice. */
  static SweptDesigns listed(DesignSpace space, List<int[]> designs) {
    return new SweptDesigns(space, Optional.of(List.copyOf(designs)), designs.size());
  }

  /** True if a space is not at least four times as large as a sample, which then takes it whole. */
  static boolean isWhole(DesignSpace space, int count) {
    return space.size().compareTo(BigInteger.valueOf(4L * count)) < 0;
  }

  /**
   * Designs of a sample: a Latin hypercube, its repeats replaced by designs drawn uniformly; empty
   * for a space that is not at least four times as large, which is priced whole.
   */
  static Optional<List<int[]>> sampled(DesignSpace space, int count, long seed) {
    if (isWhole(space, count)) {
      return Optional.empty();
    }
    List<int[]> designs = LatinHypercube.designs(space, count, seed);
    SplittableRandom random = new SplittableRandom(~seed);
    Set<DesignPoint> seen = new HashSet<>();
    for (int[] design : designs) {
      for (int i = 0; !seen.add(new DesignPoint(design)) && i < DRAWS; i++) {
        space.random(random, design);
      }
    }
    return Optional.of(designs);
  }

  /** Their number. */
  public long count() {
    return count;
  }

  /**
   * A block of them.
   *
   * @param first index of its first
   * @param size designs in it
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public int[][] block(long first, int size) {
    if (first < 0 || size < 0 || size > count - first) {
      throw new IndexOutOfBoundsException(
          "Designs " + first + " to " + (first + size - 1) + " of " + count + ".");
    }
    int[][] block = new int[size][];
    if (listed.isPresent()) {
      for (int i = 0; i < size; i++) {
        block[i] = listed.get().get((int) first + i);
      }
    } else if (size > 0) {
      int[] design = space.unrank(BigInteger.valueOf(first));
      for (int i = 0; i < size; i++) {
        block[i] = design.clone();
        space.next(design);
      }
    }
    return block;
  }
}
