package dev.kirchhoff.mapper.fabric;

import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;

/**
 * Tracks that a switch box joins to each other. Straight on a track meets itself in every box;
 * turns differ (W tracks, track t, mod W):
 *
 * <ul>
 *   <li>disjoint: t to t
 *   <li>universal: t to W − 1 − t between west and north and between east and south, t to t at the
 *       other two corners (Chang, Wong and Wong, Universal switch modules for FPGA design, ACM
 *       TODAES 1 (1996) 80, DOI 10.1145/225871.225886)
 *   <li>Wilton: t to W − t, t + 1, 2W − 2 − t and t + 1 (Wilton, Architectures and Algorithms for
 *       FPGAs with Embedded Memory, thesis, Toronto 1997; as Betz, Rose and Marquardt, Architecture
 *       and CAD for Deep-Submicron FPGAs, 1999, use it)
 * </ul>
 *
 * All have three switches a track and side, and hence the same area.
 */
final class SwitchBoxes {
  private SwitchBoxes() {}

  /**
   * The track that a connection takes behind a box.
   *
   * @param width tracks of a channel
   * @param in side of the box that it comes by, a direction of {@link Grid}
   * @param out side that it leaves by, another one
   */
  static int track(SwitchBox box, int width, int track, int in, int out) {
    if (in == (out ^ 1)) {
      return track;
    }
    boolean west = in == Grid.WEST || out == Grid.WEST;
    boolean north = in == Grid.NORTH || out == Grid.NORTH;
    return switch (box) {
      case DISJOINT -> track;
      case UNIVERSAL -> west == north ? width - 1 - track : track;
      case WILTON -> {
        if (west == north) {
          yield Math.floorMod((west ? 0 : -2) - track, width);
        }
        // From north and south one is added; the other way round it is taken away again.
        boolean adds = in == Grid.NORTH || in == Grid.SOUTH;
        yield Math.floorMod(adds ? track + 1 : track - 1, width);
      }
    };
  }
}
