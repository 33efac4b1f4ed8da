package dev.kirchhoff.dse.proof;

import java.math.BigInteger;
import java.util.List;

/**
 * Distance that a front may have from the true one.
 *
 * @param designs designs of the space
 * @param blocks blocks of the space: designs that are equal in all that noise depends on, but for
 *     the bits of layers, of converters and their sharing
 * @param bounded blocks that were bounded; the gap is known once all are
 * @param possible chips of these that meet the limits on noise and those of the chip itself, and
 *     that are not behind the front whatever their tiles are
 * @param evaluated whole evaluations
 * @param gap share by which an unseen design may be ahead in every objective at once of each member
 *     of the front and of what was found; infinite while blocks are unbounded or no design is known
 * @param found designs found that no member of the front dominates, nor another of them
 * @param lead the largest share by which one of these is ahead of each member in every objective;
 *     infinite of a front without members
 */
public record Proof(
    BigInteger designs,
    long blocks,
    long bounded,
    long possible,
    long evaluated,
    double gap,
    List<Found> found,
    double lead) {
  public Proof {
    found = List.copyOf(found);
  }

  /** True if every design of the space is bounded. */
  public boolean isWhole() {
    return bounded == blocks;
  }

  /**
   * A design that was found.
   *
   * @param ordinals its knobs
   * @param values its objectives
   */
  public record Found(List<Integer> ordinals, List<Double> values) {
    public Found {
      ordinals = List.copyOf(ordinals);
      values = List.copyOf(values);
    }
  }
}
