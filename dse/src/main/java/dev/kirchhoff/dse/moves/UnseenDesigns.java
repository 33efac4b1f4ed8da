package dev.kirchhoff.dse.moves;

import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.space.DesignSpace;
import java.math.BigInteger;
import java.util.random.RandomGenerator;

/** Finder of designs that have not been evaluated yet. */
public final class UnseenDesigns {
  private static final int TRIES = 64;

  /** Spaces up to this size are walked through when drawing finds nothing new. */
  private static final BigInteger WALKED = BigInteger.valueOf(1L << 26);

  private UnseenDesigns() {}

  /**
   * Draws a design uniformly from the space until one is new. If many draws in a row are known, the
   * space is nearly used up, and it is walked from a random place to the next new design.
   *
   * @return false if there is none, or none was found in a space too large to walk
   */
  public static boolean draw(IslandEvaluator evaluator, RandomGenerator random, int[] design) {
    DesignSpace space = evaluator.space();
    for (int i = 0; i < TRIES; i++) {
      space.random(random, design);
      if (!evaluator.isKnown(design)) {
        return true;
      }
    }
    // Of a space with pinned knobs, designs outside of it may be known too.
    boolean isUsedUp =
        !space.isPinned() && space.size().compareTo(BigInteger.valueOf(evaluator.known())) <= 0;
    if (space.size().compareTo(WALKED) > 0 || isUsedUp) {
      return false;
    }
    long left = space.size().longValueExact();
    for (; left > 0 && evaluator.isKnown(design); left--) {
      if (!space.next(design)) {
        System.arraycopy(space.first(), 0, design, 0, design.length);
      }
    }
    return left > 0;
  }
}
