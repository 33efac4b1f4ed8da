package dev.kirchhoff.dse.moves;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MovesTest {

  private static DesignSpace space() {
    List<Knob> knobs = new ArrayList<>();
    knobs.add(Knob.always("pe.readout", List.of("sar", "flash"), 0));
    knobs.add(Knob.under(0, List.of(0), "pe.readout.bits", List.of("4", "5", "6"), 0));
    knobs.add(Knob.always("crossbar.rows", List.of("64", "128", "256"), 0));
    knobs.add(Knob.always("cell.access", List.of("1T1R"), 0));
    for (String layer : List.of("net/00", "net/01", "net/02", "net/03")) {
      knobs.add(Knob.always("precision.weights[" + layer + "]", List.of("6", "8"), 1));
    }
    return new DesignSpace(knobs);
  }

  @Test
  void neighboursAreDesignsAndKeepThePinnedKnob() {
    DesignSpace space = space();
    Moves moves = new Moves(space);
    SplittableRandom random = new SplittableRandom(1);
    int[] from = new int[space.dimension()];
    int[] mate = from.clone();
    int[] to = from.clone();
    for (int i = 0; i < 20_000; i++) {
      space.random(random, from);
      space.random(random, mate);
      int[] before = from.clone();
      OptionalInt pinned = i % 2 == 0 ? OptionalInt.of(0) : OptionalInt.empty();
      moves.neighbour(from, mate, pinned, random, to);
      assertTrue(space.isValid(to), "draw " + i);
      assertArrayEquals(before, from, "draw " + i);
      if (pinned.isPresent()) {
        assertEquals(from[0], to[0], "draw " + i);
      }
    }
  }

  @Test
  void everyDesignCanBeReached() {
    DesignSpace space = space();
    Moves moves = new Moves(space);
    SplittableRandom random = new SplittableRandom(2);
    Set<DesignPoint> seen = new HashSet<>();
    int[] at = space.start();
    int[] to = at.clone();
    for (int i = 0; i < 60_000; i++) {
      moves.neighbour(at, at, random, to);
      seen.add(new DesignPoint(to));
      System.arraycopy(to, 0, at, 0, at.length);
    }
    assertEquals(space.size().intValueExact(), seen.size());
  }

  @Test
  void couplingsAreReadOffThePaths() {
    KnobCouplings couplings = new KnobCouplings(space());
    assertTrue(
        couplings.pairs().contains(new KnobCouplings.Pair(2, 1, 1)), "rows with converter bits");
    assertEquals(1, couplings.groups().size());
    assertArrayEquals(new int[] {4, 5, 6, 7}, couplings.groups().get(0));
  }

  @Test
  void aSpaceOfOneDesignHasNoNeighbours() {
    DesignSpace space = new DesignSpace(List.of(Knob.always("a", List.of("1"), 0)));
    int[] to = new int[1];
    new Moves(space).neighbour(space.start(), space.start(), new SplittableRandom(1), to);
    assertArrayEquals(space.start(), to);
  }

  private static final int KNOBS = 50;
  private static final int VALUES = 1001;
  private static final int FAR = 3;

  /** Ordered knobs that nothing couples, at their middle values. */
  private static DesignSpace wide() {
    List<Knob> knobs = new ArrayList<>();
    List<String> values = IntStream.range(0, VALUES).mapToObj(Integer::toString).toList();
    for (int k = 0; k < KNOBS; k++) {
      knobs.add(Knob.always("knob" + (char) ('A' + k), values, VALUES / 2));
    }
    return new DesignSpace(knobs);
  }

  @Test
  void aQuarterOfTheMovesJumpsWithTwoToFourKnobs() {
    // Steps of two or three knobs come to three at most, so a move of several knobs of which one
    // goes farther is a jump. With P(d) = d^-1.5 / sum: the sum up to 500 is 2.5230, up to 3 it is
    // 1.5460, so a knob stays within 3 with q = 0.61277. Of jumps with 2, 3 or 4 knobs 1 - q^2,
    // 1 - q^3, 1 - q^4 are seen: 0.6245, 0.7699, 0.8590, mean 0.7511, of all moves a quarter.
    DesignSpace space = wide();
    Moves moves = new Moves(space);
    SplittableRandom random = new SplittableRandom(3);
    int[] from = space.start();
    int[] to = from.clone();
    int draws = 100_000;
    int[] seen = new int[KNOBS + 1];
    for (int i = 0; i < draws; i++) {
      moves.neighbour(from, from, random, to);
      int changed = 0;
      int farthest = 0;
      for (int k = 0; k < KNOBS; k++) {
        int distance = Math.abs(to[k] - from[k]);
        changed += distance > 0 ? 1 : 0;
        farthest = Math.max(farthest, distance);
      }
      if (changed > 1 && farthest > FAR) {
        seen[changed]++;
      }
    }
    // A third of the jumps each; standard deviations are below 0.0008.
    assertEquals(0.25 / 3 * 0.6245, seen[2] / (double) draws, 0.003);
    assertEquals(0.25 / 3 * 0.7699, seen[3] / (double) draws, 0.003);
    assertEquals(0.25 / 3 * 0.8590, seen[4] / (double) draws, 0.003);
    assertEquals(seen[2] + seen[3] + seen[4], IntStream.of(seen).sum());
  }

  @Test
  void distancesFollowThePowerLawWithinTheKnobsValues() {
    // Seven values, from the second: distance 1 below; 1 to 5 above.
    int values = 7;
    int from = 1;
    StepLengths law = new StepLengths(20);
    SplittableRandom random = new SplittableRandom(4);
    int draws = 200_000;
    int[] seen = new int[values];
    for (int i = 0; i < draws; i++) {
      seen[law.other(from, values, random)]++;
    }
    double sum = 0;
    for (int v = 0; v < values; v++) {
      sum += v == from ? 0 : Math.pow(Math.abs(v - from), -1.5);
    }
    assertEquals(0, seen[from]);
    for (int v = 0; v < values; v++) {
      double expected = v == from ? 0 : Math.pow(Math.abs(v - from), -1.5) / sum;
      assertEquals(expected, seen[v] / (double) draws, 0.005, "value " + v);
    }
  }

  @Test
  void distancesEndAtTheFirstAndTheLastValue() {
    StepLengths law = new StepLengths(4);
    assertEquals(1, law.other(0, 2, draws(0)));
    assertEquals(0, law.other(1, 2, draws(0)));
    double most = Math.nextDown(1.0);
    assertEquals(4, law.other(0, 5, draws(most)));
    assertEquals(3, law.other(4, 5, draws(0)), "the nearest first");
    assertEquals(0, law.other(4, 5, draws(most)));
    assertEquals(4, law.other(2, 5, draws(most)));
    assertEquals(1, law.other(2, 5, draws(0)));
  }

  /** A generator whose every draw is this number. */
  private static RandomGenerator draws(double number) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new AssertionError("Only doubles are drawn.");
      }

      @Override
      public double nextDouble() {
        return number;
      }
    };
  }

  @Test
  void knobsThatExistUnderAnotherValueAloneJumpIntoDesigns() {
    // Every knob hangs on the one above it: a jump of one takes the others along or away.
    List<Knob> knobs = new ArrayList<>();
    knobs.add(Knob.always("a", List.of("x", "y"), 0));
    knobs.add(Knob.under(0, List.of(0), "a.b", List.of("1", "2", "3", "4"), 0));
    knobs.add(Knob.under(1, List.of(1, 3), "a.c", List.of("p", "q", "r"), 0));
    knobs.add(Knob.under(0, List.of(1), "a.d", List.of("1", "2", "3", "4", "5"), 0));
    DesignSpace space = new DesignSpace(knobs);
    Moves moves = new Moves(space);
    SplittableRandom random = new SplittableRandom(5);
    Set<DesignPoint> seen = new HashSet<>();
    int[] at = space.start();
    int[] to = at.clone();
    for (int i = 0; i < 20_000; i++) {
      moves.neighbour(at, at, random, to);
      assertTrue(space.isValid(to), "draw " + i);
      seen.add(new DesignPoint(to));
      System.arraycopy(to, 0, at, 0, at.length);
    }
    assertEquals(space.size().intValueExact(), seen.size());
  }

  @Test
  void theSameSeedGivesTheSameMoves() {
    DesignSpace space = space();
    List<DesignPoint> first = walk(space, 6);
    assertEquals(first, walk(space, 6));
    assertNotEquals(first, walk(space, 7));
  }

  private static List<DesignPoint> walk(DesignSpace space, long seed) {
    Moves moves = new Moves(space);
    SplittableRandom random = new SplittableRandom(seed);
    List<DesignPoint> walk = new ArrayList<>();
    int[] at = space.start();
    int[] to = at.clone();
    for (int i = 0; i < 1_000; i++) {
      moves.neighbour(at, space.start(), random, to);
      walk.add(new DesignPoint(to));
      System.arraycopy(to, 0, at, 0, at.length);
    }
    return walk;
  }
}
