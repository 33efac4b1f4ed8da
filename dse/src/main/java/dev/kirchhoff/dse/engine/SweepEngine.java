package dev.kirchhoff.dse.engine;

/**
 * Engine of a sweep: designs that are given, in their order, from the first round on. Rounds are
 * short, because commands wait for their end.
 */
public interface SweepEngine extends Engine {
  /** Designs that an island takes in a round (chosen). */
  int BLOCK = 128;

  @Override
  default boolean opensWithSpread() {
    return false;
  }

  @Override
  default int quota(long evaluated, int islands) {
    return BLOCK;
  }
}
