package dev.kirchhoff.arch.spec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static List<Knob> knobs(int... values) {
    List<Knob> knobs = new ArrayList<>();
    for (int k = 0; k < values.length; k++) {
      List<String> words = IntStream.range(0, values[k]).mapToObj(Integer::toString).toList();
      knobs.add(new Knob("knob" + k, Place.ofFile("a.yaml"), words, 0, Optional.empty()));
    }
    return knobs;
  }

  /** 3 and 2 values and absence, 4 · 3 choices: 1 + 2 · 4 of ordinals 0 and 1. */
  @Test
  void itIsTheMixedRadixIndexOfTheKnobsThatCount() {
    Ranking ranking = new Ranking(knobs(3, 7, 2), new int[] {0, 2});
    assertEquals(new Rank(9, List.of()), ranking.of(new int[] {0, 5, 1}));
    assertEquals(new Rank(0, List.of()), ranking.of(new int[] {Knob.ABSENT, 2, Knob.ABSENT}));
    Set<Rank> ranks = new HashSet<>();
    for (int a = Knob.ABSENT; a < 3; a++) {
      for (int c = Knob.ABSENT; c < 2; c++) {
        ranks.add(ranking.of(new int[] {a, 6, c}));
        assertArrayEquals(new int[] {a, 0, c}, ranking.ordinals(ranking.of(new int[] {a, 3, c})));
      }
    }
    assertEquals(4 * 3, ranks.size());
  }

  /** 50 knobs of ten values, 11^50 choices, take several words and lose nothing. */
  @Test
  void manyKnobsTakeSeveralWords() {
    int[] values = new int[50];
    Arrays.fill(values, 10);
    Ranking ranking = new Ranking(knobs(values), IntStream.range(0, 50).toArray());
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      int[] ordinals = random.ints(50, Knob.ABSENT, 10).toArray();
      Rank of = ranking.of(ordinals);
      assertTrue(
          of.first() >= 0 && of.others().stream().allMatch(word -> word >= 0), of.toString());
      assertArrayEquals(ordinals, ranking.ordinals(of), of.toString());
    }
    assertEquals(2, ranking.of(new int[50]).others().size());
  }

  @Test
  void noKnobIsOneRank() {
    Ranking ranking = new Ranking(knobs(4), new int[0]);
    assertEquals(ranking.of(new int[] {1}), ranking.of(new int[] {3}));
    assertArrayEquals(new int[] {0}, ranking.ordinals(ranking.of(new int[] {3})));
  }
}
