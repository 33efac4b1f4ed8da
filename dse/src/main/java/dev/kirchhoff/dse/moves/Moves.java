package dev.kirchhoff.dse.moves;

import dev.kirchhoff.dse.moves.Couplings.Pair;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Small changes of a design, drawn at random: a step of one knob to a neighbouring value, a jump to
 * any value, steps of two knobs, steps that keep a quantity ({@link Couplings}), a shift of a knob
 * on many layers, and a crossing with another good design. The shares are fixed; an ablation on two
 * toy problems found no single kind decisive (assumed).
 */
public final class Moves {
  private static final double STEP = 0.30;
  private static final double JUMP = STEP + 0.15;
  private static final double PAIR = JUMP + 0.15;
  private static final double COUPLED = PAIR + 0.15;
  private static final double CROSSING = COUPLED + 0.15;
  private static final double TAKEN_FROM_MATE = 0.3;

  private final DesignSpace space;
  private final List<Pair> pairs;
  private final List<int[]> groups;
  private final boolean[] ordered;
  private final int[] candidates;
  private int count;

  /** Moves of a space. Keeps buffers: for one thread. */
  public Moves(DesignSpace space) {
    this.space = space;
    Couplings couplings = new Couplings(space);
    this.pairs = couplings.pairs();
    this.groups = couplings.groups();
    this.ordered = new boolean[space.dimension()];
    for (int k = 0; k < ordered.length; k++) {
      ordered[k] = space.knobs().get(k).ordered();
    }
    this.candidates = new int[space.dimension()];
  }

  /**
   * Draws a neighbour.
   *
   * @param from the design
   * @param mate another good design, may be the same
   * @param pinned knob that keeps its value; −1 = none
   * @param random source of randomness
   * @param to receives a design; equal to {@code from} if the draw came to nothing
   */
  public void neighbour(int[] from, int[] mate, int pinned, RandomGenerator random, int[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
    collect(from, pinned);
    if (count == 0) {
      return;
    }
    double kind = random.nextDouble();
    if (kind < STEP) {
      step(to, any(random), random.nextBoolean() ? 1 : -1, random);
    } else if (kind < JUMP) {
      jump(to, any(random), random);
    } else if (kind < PAIR) {
      steps(to, random);
    } else if (kind < COUPLED) {
      coupled(to, pinned, random);
    } else if (kind < CROSSING) {
      cross(to, mate, pinned, random);
    } else {
      shift(to, pinned, random);
    }
    settle(from, to, random);
  }

  private void collect(int[] from, int pinned) {
    count = 0;
    for (int k = 0; k < from.length; k++) {
      if (k != pinned && from[k] != DesignSpace.ABSENT && space.cardinality(k) > 1) {
        candidates[count++] = k;
      }
    }
  }

  private int any(RandomGenerator random) {
    return candidates[random.nextInt(count)];
  }

  private void step(int[] to, int knob, int direction, RandomGenerator random) {
    int next = to[knob] + direction;
    if (!ordered[knob]) {
      jump(to, knob, random);
    } else if (next >= 0 && next < space.cardinality(knob)) {
      to[knob] = next;
    }
  }

  private void jump(int[] to, int knob, RandomGenerator random) {
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

  private void coupled(int[] to, int pinned, RandomGenerator random) {
    if (pairs.isEmpty()) {
      steps(to, random);
      return;
    }
    Pair pair = pairs.get(random.nextInt(pairs.size()));
    boolean free = pair.first() != pinned && pair.second() != pinned;
    if (!free
        || to[pair.first()] == DesignSpace.ABSENT
        || to[pair.second()] == DesignSpace.ABSENT) {
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

  private void cross(int[] to, int[] mate, int pinned, RandomGenerator random) {
    for (int k = 0; k < to.length; k++) {
      if (k != pinned && mate[k] != DesignSpace.ABSENT && random.nextDouble() < TAKEN_FROM_MATE) {
        to[k] = mate[k];
      }
    }
  }

  /** Shifts a run of the knobs of one group, or steps two knobs where there are no groups. */
  private void shift(int[] to, int pinned, RandomGenerator random) {
    if (groups.isEmpty()) {
      steps(to, random);
      return;
    }
    int[] group = groups.get(random.nextInt(groups.size()));
    int direction = random.nextBoolean() ? 1 : -1;
    int from = random.nextInt(group.length);
    int length = 2 + random.nextInt(group.length);
    for (int i = from; i < Math.min(group.length, from + length); i++) {
      if (group[i] != pinned && to[group[i]] != DesignSpace.ABSENT) {
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
      if (from[k] == DesignSpace.ABSENT && to[k] != DesignSpace.ABSENT && random.nextBoolean()) {
        to[k] = random.nextInt(space.cardinality(k));
        moved = true;
      }
    }
    if (moved) {
      space.normalise(to);
    }
  }
}
