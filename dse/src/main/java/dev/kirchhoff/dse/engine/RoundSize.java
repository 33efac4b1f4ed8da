package dev.kirchhoff.dse.engine;

/**
 * How large rounds are: small at first, so that islands learn from each other early and the front
 * is seen growing, then larger, so that the barrier costs little.
 */
final class RoundSize {
  private static final int SMALLEST = 32;
  private static final int LARGEST = 256;

  private RoundSize() {}

  /** An eighth of what has been evaluated, shared by the islands, within 32 .. 256 each. */
  static int of(long evaluated, int islands) {
    return (int) Math.max(SMALLEST, Math.min(LARGEST, evaluated / (8L * islands)));
  }
}
