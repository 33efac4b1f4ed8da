package dev.kirchhoff.dse.engine;

/**
 * Sizes of rounds: small at first, so that islands exchange early and the front is seen growing,
 * then larger, so that the barrier costs little.
 */
final class RoundSize {
  private static final int SMALLEST = 32;
  private static final int LARGEST = 1_024;

  private RoundSize() {}

  /** A sixteenth of what has been evaluated, shared by the islands, within 32 .. 1,024 each. */
  static int of(long evaluated, int islands) {
    return (int) Math.max(SMALLEST, Math.min(LARGEST, evaluated / (16L * islands)));
  }
}
