package dev.kirchhoff.mapper.fabric;

import dev.kirchhoff.peripherals.Part;

/**
 * Lengths of a fabric in pitches, sides of a tile, and its routers, where they follow from the
 * number of tiles; prices are of one pitch and one router.
 *
 * <p>A bus is a pitch long for each tile. From leaf to root of an H-tree over n tiles lie log2 n
 * segments and about √n pitches, so that a segment is √n/log2 n pitches on average, at least one.
 * Links of a fat tree of arity k get wider upwards by k/t, with t the taper: level j above the
 * leaves has k^−(j+1) routers a tile, (k/t)^j times as wide, together Σ_j t^−j/k of the leaves'
 * width; its links are √k^(j+1)/2 pitches long in a square layout, together Σ_j √k (√k/t)^j pitches
 * a tile both ways (docs/circuits.md, eq. 9).
 *
 * @param hop pitches that a bit goes in a hop; 0 where the price of a hop has all of it
 * @param routers routers a tile, of one in the price table
 * @param links pitches of links a tile, of one in the price table
 */
public record Pitches(double hop, double routers, double links) {
  /** Of a fabric that is priced whatever the number of tiles. */
  public static final Pitches PRICED = new Pitches(0, 1, 1);

  private static final double LN_2 = StrictMath.log(2);

  static Pitches ofBus(int tiles) {
    return new Pitches(tiles, 1, 1);
  }

  static Pitches ofHTree(int tiles) {
    return new Pitches(segment(tiles, Math.max(1, StrictMath.log(tiles) / LN_2)), 1, 1);
  }

  static Pitches ofFatTree(int tiles, int arity, double taper) {
    double side = Math.sqrt(arity);
    double levels = Math.max(1, Math.ceil(StrictMath.log(tiles) / StrictMath.log(arity) - 1e-9));
    double routers = 0;
    double share = 1.0 / arity;
    double links = 0;
    double length = side;
    for (int level = 0; level < levels; level++) {
      routers += share;
      share /= taper;
      links += length;
      length *= side / taper;
    }
    return new Pitches(segment(tiles, levels), routers, links);
  }

  /** Pitches of a segment of a tree of so many levels. */
  private static double segment(double tiles, double levels) {
    return Math.max(1, Math.sqrt(tiles) / levels);
  }

  /** Instances of a part in a tile for one in the price table. */
  public double instances(Part part) {
    return part == Part.INTERCONNECT ? routers : part == Part.LINKS ? links : 1;
  }
}
