package dev.kirchhoff.dse.accuracy;

import java.util.List;

/**
 * Design of a front to be simulated.
 *
 * @param index its index in the run
 * @param ordinals its knobs
 */
public record Member(long index, List<Integer> ordinals) {
  public Member {
    ordinals = List.copyOf(ordinals);
  }

  /** Its knobs as an array. */
  public int[] knobs() {
    return ordinals.stream().mapToInt(Integer::intValue).toArray();
  }
}
