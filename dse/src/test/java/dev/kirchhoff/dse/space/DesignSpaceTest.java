package dev.kirchhoff.dse.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.spec.Knob;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DesignSpaceTest {

  /**
   * kind = sar has bits (3 values) and, under the top bits, a trim (2 values); kind = flash has
   * nothing; side has 4.
   */
  private static DesignSpace small() {
    return new DesignSpace(
        List.of(
            Knob.under(2, List.of(2), "kind.trim", List.of("a", "b"), 1),
            Knob.always("kind", List.of("sar", "flash"), 0),
            Knob.under(1, List.of(0), "kind.bits", List.of("4", "6", "8"), 2),
            Knob.always("side", List.of("32", "64", "128", "256"), 1)));
  }

  @Test
  void theSizeCountsConditionalKnobsWhereTheyExist() {
    // sar: bits 4, 6 and 8 with two trims = 4; flash: 1. Together 5, times 4 sides.
    assertEquals(BigInteger.valueOf(20), small().size());
  }

  @Test
  void aSpaceOfNoKnobsHasOneDesign() {
    DesignSpace space = new DesignSpace(List.of());
    assertEquals(BigInteger.ONE, space.size());
    assertFalse(space.next(space.first()));
  }

  @Test
  void theStartSetsAllKnobsThatExist() {
    assertArrayEquals(new int[] {1, 0, 2, 1}, small().start());
  }

  @Test
  void normalisingDropsAbsentKnobsAndStartsNewOnes() {
    int[] design = {1, 1, 2, 3};
    small().normalise(design);
    assertArrayEquals(new int[] {-1, 1, -1, 3}, design);
    design[1] = 0;
    small().normalise(design);
    assertArrayEquals(new int[] {1, 0, 2, 3}, design);
  }

  @Test
  void validityIsExistenceAndRange() {
    assertTrue(small().isValid(new int[] {0, 0, 2, 3}));
    assertFalse(small().isValid(new int[] {-1, 0, 2, 3}), "trim is missing");
    assertFalse(small().isValid(new int[] {0, 0, 1, 3}), "trim has no place");
    assertFalse(small().isValid(new int[] {-1, 1, -1, 4}), "side is out of range");
    assertFalse(small().isValid(new int[] {-1, 1, -1}), "too short");
  }

  @Test
  void everyDesignIsEnumeratedOnceAndItsRankLeadsBack() {
    Random random = new Random(11);
    for (int trial = 0; trial < 200; trial++) {
      DesignSpace space = randomSpace(random, 1 + random.nextInt(6));
      int[] design = space.first();
      Set<DesignPoint> seen = new LinkedHashSet<>();
      long rank = 0;
      do {
        assertTrue(space.isValid(design), "trial " + trial);
        assertTrue(seen.add(new DesignPoint(design)), "trial " + trial);
        assertEquals(BigInteger.valueOf(rank), space.rank(design), "trial " + trial);
        assertArrayEquals(design, space.unrank(BigInteger.valueOf(rank)), "trial " + trial);
        rank++;
      } while (space.next(design));
      assertEquals(space.size(), BigInteger.valueOf(rank), "trial " + trial);
      assertEquals(space.size(), BigInteger.valueOf(bruteForce(space)), "trial " + trial);
    }
  }

  /** Counts the valid vectors among all vectors. */
  private static long bruteForce(DesignSpace space) {
    int[] vector = new int[space.dimension()];
    java.util.Arrays.fill(vector, -1);
    long valid = 0;
    int k = 0;
    while (k < vector.length) {
      valid += space.isValid(vector) ? 1 : 0;
      k = 0;
      while (k < vector.length && ++vector[k] == space.cardinality(k)) {
        vector[k++] = -1;
      }
    }
    return valid;
  }

  static DesignSpace randomSpace(Random random, int dimension) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, dimension).boxed().toList());
    Collections.shuffle(places, random);
    Knob[] knobs = new Knob[dimension];
    for (int i = 0; i < dimension; i++) {
      List<String> values =
          IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(v -> "" + v).toList();
      int parent = i > 0 && random.nextBoolean() ? places.get(random.nextInt(i)) : -1;
      List<Integer> under = new ArrayList<>();
      if (parent >= 0) {
        for (int v = 0; v < knobs[parent].cardinality(); v++) {
          if (random.nextBoolean()) {
            under.add(v);
          }
        }
        if (under.isEmpty()) {
          under.add(0);
        }
      }
      int start = random.nextInt(values.size());
      knobs[places.get(i)] =
          parent < 0
              ? Knob.always("k" + i, values, start)
              : Knob.under(parent, under, "k" + i, values, start);
    }
    return new DesignSpace(List.of(knobs));
  }

  @Test
  void randomDesignsAreUniformOverDesignsNotOverValues() {
    DesignSpace space = small();
    Random random = new Random(5);
    Map<BigInteger, Integer> hits = new TreeMap<>();
    int[] design = new int[4];
    for (int i = 0; i < 20_000; i++) {
      space.random(random, design);
      assertTrue(space.isValid(design));
      hits.merge(space.rank(design), 1, Integer::sum);
    }
    assertEquals(20, hits.size());
    // Expected 1,000 each, standard deviation 31; five of them leave a false alarm in about 10^5
    // seeds.
    hits.forEach((rank, count) -> assertEquals(1_000, count, 155, "rank " + rank));
  }

  @Test
  void aHugeSpaceIsCountedRankedAndDrawnExactly() {
    List<Knob> knobs = new ArrayList<>();
    knobs.add(Knob.always("kind", List.of("few", "many"), 0));
    for (int k = 0; k < 79; k++) {
      knobs.add(
          Knob.under(
              k == 0 ? 0 : k,
              List.of(k == 0 ? 1 : 4),
              "deep" + k,
              List.of("1", "2", "3", "4", "5"),
              0));
    }
    for (int k = 0; k < 40; k++) {
      knobs.add(Knob.under(0, List.of(1), "wide" + k, List.of("1", "2", "3"), 0));
    }
    DesignSpace space = new DesignSpace(knobs);
    // A chain of 79 knobs of which each exists under the last value of the one before: 4 × 79 + 1
    // ways.
    BigInteger many = BigInteger.valueOf(3).pow(40).multiply(BigInteger.valueOf(4 * 79 + 1));
    assertEquals(many.add(BigInteger.ONE), space.size());
    Random random = new Random(3);
    int[] design = new int[space.dimension()];
    for (int i = 0; i < 100; i++) {
      space.random(random, design);
      assertTrue(space.isValid(design));
      assertArrayEquals(design, space.unrank(space.rank(design)));
    }
  }

  @Test
  void badKnobsAreRefusedWithAReason() {
    assertMessage("twice", Knob.always("a", List.of("1"), 0), Knob.always("a", List.of("1"), 0));
    assertMessage("is not a knob", Knob.under(7, List.of(0), "a", List.of("1"), 0));
    assertMessage(
        "no ordinal (3)",
        Knob.always("p", List.of("1", "2"), 0),
        Knob.under(0, List.of(3), "a", List.of("1"), 0));
    assertMessage(
        "depend on themselves",
        Knob.under(1, List.of(0), "a", List.of("1"), 0),
        Knob.under(0, List.of(0), "b", List.of("1"), 0));
    assertThrows(IllegalArgumentException.class, () -> Knob.always("a", List.of(), 0));
    assertThrows(IllegalArgumentException.class, () -> Knob.always("a", List.of("1"), 1));
    assertThrows(
        IllegalArgumentException.class, () -> Knob.under(0, List.of(), "a", List.of("1"), 0));
    assertThrows(IndexOutOfBoundsException.class, () -> small().unrank(BigInteger.valueOf(20)));
  }

  private static void assertMessage(String part, Knob... knobs) {
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> new DesignSpace(List.of(knobs)));
    assertTrue(problem.getMessage().contains(part), problem.getMessage());
  }

  @Test
  void packingIsExactAndShowsDesignsApart() {
    Random random = new Random(17);
    for (int trial = 0; trial < 50; trial++) {
      DesignSpace space = randomSpace(random, 1 + random.nextInt(80));
      Packing packing = new Packing(space);
      int[] a = new int[space.dimension()];
      int[] b = new int[space.dimension()];
      long[] packedA = new long[packing.words()];
      long[] packedB = new long[packing.words() + 1];
      int[] back = new int[space.dimension()];
      for (int i = 0; i < 50; i++) {
        space.random(random, a);
        space.random(random, b);
        packing.pack(a, packedA, 0);
        packing.pack(b, packedB, 1);
        packing.unpack(packedA, 0, back);
        assertArrayEquals(a, back, "trial " + trial);
        packing.unpack(packedB, 1, back);
        assertArrayEquals(b, back, "trial " + trial);
        boolean same =
            java.util.Arrays.equals(packedA, 0, packing.words(), packedB, 1, packing.words() + 1);
        assertEquals(java.util.Arrays.equals(a, b), same, "trial " + trial);
        if (!same) {
          assertNotEquals(new DesignPoint(a), new DesignPoint(b));
        }
      }
    }
  }

  @Test
  void aLatinHypercubeTakesEachValueEquallyOften() {
    DesignSpace space = small();
    List<int[]> designs = LatinHypercube.designs(space, 16, 1);
    int[] sides = new int[4];
    int[] kinds = new int[2];
    for (int[] design : designs) {
      assertTrue(space.isValid(design));
      sides[design[3]]++;
      kinds[design[1]]++;
    }
    assertArrayEquals(new int[] {4, 4, 4, 4}, sides);
    assertArrayEquals(new int[] {8, 8}, kinds);
  }

  @Test
  void orderIsSeenInTheValues() {
    assertTrue(Knob.always("a", List.of("0.1 V", "0.2 V"), 0).ordered());
    assertTrue(Knob.always("a", List.of("-1", "2"), 0).ordered());
    assertFalse(Knob.always("a", List.of("1T1R", "passive"), 0).ordered());
  }
}
