package dev.kirchhoff.dse.moves;

import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.moves.KnobCouplings.Pair;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Changes of a design, drawn at random. A quarter are jumps: two to four knobs, each to another
 * value at a distance of the heavy-tailed {@link StepLengths}, an unordered knob to any; they cross
 * valleys that no sequence of improving steps does. The rest are small: a step of one knob to a
 * neighbouring value, one knob to any value, steps of two knobs, steps that keep a quantity ({@link
 * KnobCouplings}), a shift of a knob on many layers, and a crossing with another good design. The
 * shares are fixed; an ablation on two toy problems found no single small kind decisive (assumed).
 */
public final class Moves {
  private static final double JUMPS = 0.25;
  private static final int FEWEST_JUMPING = 2;
  private static final int MOST_JUMPING = 4;

  /** Cumulative shares of the small changes. */
  private static final double STEP = 0.30;

  private static final double ANY_VALUE = STEP + 0.15;
  private static final double PAIR = ANY_VALUE + 0.15;
  private static final double COUPLED = PAIR + 0.15;
  private static final double CROSSING = COUPLED + 0.15;
  private static final double TAKEN_FROM_MATE = 0.3;

  private final DesignSpace space;
  private final List<Pair> pairs;
  private final List<int[]> groups;
  private final boolean[] ordered;
  private final StepLengths distances;
  private final int[] candidates;
  private int count;

  /** Moves of a space. Keeps buffers: for one thread. */
  public Moves(DesignSpace space) {
    this.space = space;
    KnobCouplings couplings = new KnobCouplings(space);
    this.pairs = couplings.pairs();
    this.groups = couplings.groups();
    this.ordered = new boolean[space.dimension()];
    int mostValues = 1;
    for (int k = 0; k < ordered.length; k++) {
      ordered[k] = space.knobs().get(k).ordered();
      mostValues = Math.max(mostValues, space.cardinality(k));
    }
    this.distances = new StepLengths(mostValues - 1);
    this.candidates = new int[space.dimension()];
  }

  /** Draws a neighbour any of whose knobs may change. */
  public void neighbour(int[] from, int[] mate, RandomGenerator random, int[] to) {
    neighbour(from, mate, OptionalInt.empty(), random, to);
  }

  /**
   * Draws a neighbour.
   *
   * @param from the design
   * @param mate another good design, may be the same
   * @param pinned knob that keeps its value
   * @param random source of randomness
   * @param to receives a design; equal to {@code from} if the draw came to nothing
   */
  public void neighbour(
      int[] from, int[] mate, OptionalInt pinned, RandomGenerator random, int[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
    collect(from, pinned);
    if (count == 0) {
      space.normalise(to);
      return;
    }
    if (random.nextDouble() < JUMPS) {
      jumps(to, random);
    } else {
      change(to, mate, pinned, random);
    }
    settle(from, to, random);
  }

  /** A small change. */
  private void change(int[] to, int[] mate, OptionalInt pinned, RandomGenerator random) {
    double kind = random.nextDouble();
    if (kind < STEP) {
      step(to, any(random), random.nextBoolean() ? 1 : -1, random);
    } else if (kind < ANY_VALUE) {
      anyValue(to, any(random), random);
    } else if (kind < PAIR) {
      steps(to, random);
    } else if (kind < COUPLED) {
      coupled(to, pinned, random);
    } else if (kind < CROSSING) {
      cross(to, mate, pinned, random);
    } else {
      shift(to, pinned, random);
    }
  }

  /** Two to four different knobs, as many as there are, to other values far or near. */
  private void jumps(int[] to, RandomGenerator random) {
    int wanted = FEWEST_JUMPING + random.nextInt(MOST_JUMPING - FEWEST_JUMPING + 1);
    int jumping = Math.min(count, wanted);
    for (int i = 0; i < jumping; i++) {
      int j = i + random.nextInt(count - i);
      int knob = candidates[j];
      candidates[j] = candidates[i];
      candidates[i] = knob;
      if (ordered[knob]) {
        to[knob] = distances.other(to[knob], space.cardinality(knob), random);
      } else {
        anyValue(to, knob, random);
      }
    }
  }

  private void collect(int[] from, OptionalInt pinned) {
    count = 0;
    for (int k = 0; k < from.length; k++) {
      boolean isFree = !isPinned(k, pinned) && !space.isPinned(k);
      if (isFree && from[k] != Knob.ABSENT && space.cardinality(k) > 1) {
        candidates[count++] = k;
      }
    }
  }

  private static boolean isPinned(int knob, OptionalInt pinned) {
    return pinned.isPresent() && pinned.getAsInt() == knob;
  }

  private int any(RandomGenerator random) {
    return candidates[random.nextInt(count)];
  }

  private void step(int[] to, int knob, int direction, RandomGenerator random) {
    int next = to[knob] + direction;
    if (!ordered[knob]) {
      anyValue(to, knob, random);
    } else if (next >= 0 && next < space.cardinality(knob)) {
      to[knob] = next;
    }
  }

  private void anyValue(int[] to, int knob, RandomGenerator random) {
    int other = random.nextInt(space.cardinality(knob) - 1);
    to[knob] = other < to[knob] ? other : other + 1;
  }

  /** Two or three steps. */
  private void steps(int[] to, RandomGenerator random) {
    int steps = 2 + random.nextInt(2);
    for (int i = 0; i < steps; i++) {
      step(to, any(random), random.nextBoolean() ? 1 : -1, random);
    }
  }

  private void coupled(int[] to, OptionalInt pinned, RandomGenerator random) {
    if (pairs.isEmpty()) {
      steps(to, random);
      return;
    }
    Pair pair = pairs.get(random.nextInt(pairs.size()));
    boolean free = !isPinned(pair.first(), pinned) && !isPinned(pair.second(), pinned);
    if (!free || to[pair.first()] == Knob.ABSENT || to[pair.second()] == Knob.ABSENT) {
      steps(to, random);
      return;
    }
    int direction = random.nextBoolean() ? 1 : -1;
    stepIfFree(to, pair.first(), direction);
    stepIfFree(to, pair.second(), direction * pair.sense());
  }

  private void stepIfFree(int[] to, int knob, int direction) {
    int next = to[knob] + direction;
    if (next >= 0 && next < space.cardinality(knob)) {
      to[knob] = next;
    }
  }

  private void cross(int[] to, int[] mate, OptionalInt pinned, RandomGenerator random) {
    for (int k = 0; k < to.length; k++) {
      if (!isPinned(k, pinned) && mate[k] != Knob.ABSENT && random.nextDouble() < TAKEN_FROM_MATE) {
        to[k] = mate[k];
      }
    }
  }

  /** Shifts a run of the knobs of one group, or steps two knobs where there are no groups. */
  private void shift(int[] to, OptionalInt pinned, RandomGenerator random) {
    if (groups.isEmpty()) {
      steps(to, random);
      return;
    }
    int[] group = groups.get(random.nextInt(groups.size()));
    int direction = random.nextBoolean() ? 1 : -1;
    int from = random.nextInt(group.length);
    int length = 2 + random.nextInt(group.length);
    for (int i = from; i < Math.min(group.length, from + length); i++) {
      if (!isPinned(group[i], pinned) && to[group[i]] != Knob.ABSENT) {
        stepIfFree(to, group[i], direction);
      }
    }
  }

  /**
   * Makes a design of the vector; half of the knobs that came into existence start anywhere instead
   * of at their start.
   */
  private void settle(int[] from, int[] to, RandomGenerator random) {
    space.normalise(to);
    boolean moved = false;
    for (int k = 0; k < to.length; k++) {
      if (from[k] == Knob.ABSENT && to[k] != Knob.ABSENT && random.nextBoolean()) {
        to[k] = random.nextInt(space.cardinality(k));
        moved = true;
      }
    }
    if (moved) {
      space.normalise(to);
    }
  }
}
