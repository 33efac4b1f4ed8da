package dev.kirchhoff.arch.spec;

import java.util.List;

/**
 * Rank of a design by some knobs, as a {@link Ranking} makes it.
 *
 * @param first index among the choices of the first knobs
 * @param others those of further words; almost always empty
 */
public record Rank(long first, List<Long> others) {
  public Rank {
    others = List.copyOf(others);
  }

  long word(int index) {
    return index == 0 ? first : others.get(index - 1);
  }
}
