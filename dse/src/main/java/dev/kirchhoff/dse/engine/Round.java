package dev.kirchhoff.dse.engine;

import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.front.Fronts;

/**
 * Initial state of a round on an island.
 *
 * @param number number of the round, 0..
 * @param island number of the island
 * @param islands number of islands
 * @param seed seed of this round on this island
 * @param fronts what is known of all designs evaluated before the round; the island's own copy,
 *     which it may add to
 * @param evaluator evaluates designs, remembers them and counts
 */
public record Round(
    int number, int island, int islands, long seed, Fronts fronts, IslandEvaluator evaluator) {

  /**
   * Seed of a round on an island: the three numbers mixed by the finaliser of SplitMix64 (Steele,
   * Lea, Flood, OOPSLA 2014, DOI 10.1145/2660193.2660195).
   */
  public static long seed(long root, int round, int island) {
    long mixed = mix(root + 0x9e3779b97f4a7c15L);
    mixed = mix(mixed ^ round + 0x9e3779b97f4a7c15L);
    return mix(mixed ^ island + 0x9e3779b97f4a7c15L);
  }

  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
