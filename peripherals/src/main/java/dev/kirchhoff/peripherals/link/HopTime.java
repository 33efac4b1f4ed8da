package dev.kirchhoff.peripherals.link;

/**
 * Time of a hop on the fabric: that of its node, and that of its wires in whole cycles, at least
 * one. Wires of a given length are in the time of the node; those that get longer with the number
 * of tiles are stated by pitch, the side of a tile.
 *
 * @param node_ns time at the node, with all wires of a given length
 * @param pitch_ns delay of one pitch of wires
 * @param cycle_ns cycle, of which wires by pitch take whole ones; 0 where there are none
 * @param isHeld whether a word holds the link until it has crossed it; else words follow each other
 *     by the cycle
 */
public record HopTime(double node_ns, double pitch_ns, double cycle_ns, boolean isHeld) {
  /** Share of a cycle that rounding may add to a delay of whole cycles. */
  private static final double ROUNDING = 1e-9;

  /** A time whatever the number of tiles, of links that take a word a cycle. */
  public static HopTime fixed(double node_ns) {
    return new HopTime(node_ns, 0, 0, false);
  }

  /** This time where a stated one stands in its place. */
  public HopTime stated(double stated_ns) {
    return new HopTime(stated_ns, 0, 0, isHeld);
  }

  /** This time by a factor. */
  public HopTime times(double factor) {
    return new HopTime(node_ns * factor, pitch_ns * factor, cycle_ns * factor, isHeld);
  }

  /** Time of a hop over so many pitches. */
  public double over_ns(double pitches) {
    return cycle_ns == 0
        ? node_ns
        : node_ns + Math.max(1, cycles(pitches * pitch_ns, cycle_ns)) * cycle_ns;
  }

  /** Whole cycles that a delay takes; one that is a multiple of a cycle takes no cycle more. */
  static double cycles(double delay_ns, double cycle_ns) {
    return Math.ceil(delay_ns / cycle_ns - ROUNDING);
  }
}
