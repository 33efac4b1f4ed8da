package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Ranking of designs by some knobs: the mixed-radix index of their ordinals, Σ (ordinal + 1) Π
 * (values + 1 of the knobs before), so that a knob that does not exist in a design counts too.
 * Designs that differ in other knobs alone have equal ranks.
 *
 * <p>Knobs whose choices are more than 2⁶³ are ranked in several words.
 */
public final class Ranking {
  private final int[] knobs;
  private final int[] radices;

  /** First knob of each word, and the number of knobs. */
  private final int[] words;

  private final int all;

  /**
   * Ranking by some knobs of a spec.
   *
   * @param all knobs of a spec, in the order of ordinals
   * @param knobs indices of those that count
   */
  Ranking(List<Knob> all, int[] knobs) {
    this.all = all.size();
    this.knobs = knobs.clone();
    radices = new int[knobs.length];
    List<Integer> starts = new ArrayList<>(List.of(0));
    long choices = 1;
    for (int i = 0; i < knobs.length; i++) {
      radices[i] = all.get(knobs[i]).values().size() + 1;
      if (choices > Long.MAX_VALUE / radices[i]) {
        starts.add(i);
        choices = 1;
      }
      choices *= radices[i];
    }
    starts.add(knobs.length);
    words = starts.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The rank of a design. */
  public Rank of(int[] ordinals) {
    List<Long> others = List.of();
    if (words.length > 2) {
      others = new ArrayList<>(words.length - 2);
      for (int w = 1; w < words.length - 1; w++) {
        others.add(word(w, ordinals));
      }
    }
    return new Rank(word(0, ordinals), others);
  }

  private long word(int index, int[] ordinals) {
    long rank = 0;
    for (int i = words[index + 1] - 1; i >= words[index]; i--) {
      rank = rank * radices[i] + ordinals[knobs[i]] + 1;
    }
    return rank;
  }

  /**
   * Ordinals of all knobs of a design of a rank: 0 of the knobs that do not count, {@link
   * Knob#ABSENT} of one that does not exist.
   */
  public int[] ordinals(Rank rank) {
    int[] ordinals = new int[all];
    for (int w = 0; w < words.length - 1; w++) {
      long left = rank.word(w);
      for (int i = words[w]; i < words[w + 1]; i++) {
        ordinals[knobs[i]] = (int) (left % radices[i]) - 1;
        left /= radices[i];
      }
    }
    return ordinals;
  }
}
