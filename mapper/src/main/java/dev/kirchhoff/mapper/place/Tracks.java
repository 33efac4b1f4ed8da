package dev.kirchhoff.mapper.place;

import dev.kirchhoff.arch.chip.Interconnect.Circuits;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import java.util.Arrays;

/**
 * Circuits on the tracks of the channels of a circuit-switched fabric.
 *
 * <p>Every tile reaches every track of the channels at its switch box. A circuit takes the first
 * track from which all of its way is free; its way is that of the fabric's routes. A channel serves
 * both directions. In a disjoint switch box track i meets track i, so that a circuit keeps its
 * track; in Wilton's it changes it at a turn. Both have three switches a track and side
 * (flexibility 3), and hence the same area; straight on, a circuit keeps its track in both. Of the
 * turns, Wilton's are t to W − t, t + 1, 2W − 2 − t and t + 1 (mod W) for the four corners (Wilton,
 * Architectures and Algorithms for FPGAs with Embedded Memory, thesis, Toronto 1997; as Betz, Rose
 * and Marquardt, Architecture and CAD for Deep-Submicron FPGAs, 1999, use it).
 *
 * <p>Circuits that find no track are counted in the channels of their way; the largest count is
 * what is missing. Neglected: ripping up circuits and going around full channels, which can only
 * lower it. Scratch; not safe for several threads.
 */
final class Tracks {
  private static final int WORD = 64;

  private Mesh mesh;
  private int width = 1;
  private boolean wilton;
  private int words = 1;
  private long[] used = new long[64];
  private int[] without = new int[64];
  private int[] trackInto = new int[64];
  private int missing;

  /** Takes a fabric, without circuits. */
  void set(Mesh mesh, Circuits circuits) {
    this.mesh = mesh;
    width = circuits.tracks();
    wilton = circuits.switchBox() == SwitchBox.WILTON;
    words = (width + WORD - 1) / WORD;
    if (used.length < mesh.links() * words || without.length < mesh.links()) {
      used = new long[mesh.links() * words];
      without = new int[mesh.links()];
      trackInto = new int[mesh.links()];
    }
    clear();
  }

  /** Takes all circuits away. */
  void clear() {
    Arrays.fill(used, 0, mesh.links() * words, 0);
    Arrays.fill(without, 0, mesh.links(), 0);
    missing = 0;
  }

  /** Lays a circuit over the links of the last transfer. */
  void lay(LinkLoads transfer) {
    for (int start = 0; start < width; start++) {
      if (fits(transfer, start)) {
        for (int i = 0; i < transfer.size(); i++) {
          int link = transfer.link(i);
          if (mesh.isChannel(link)) {
            int track = trackInto[mesh.head(link)];
            used[mesh.channel(link) * words + track / WORD] |= 1L << track;
          }
        }
        return;
      }
    }
    for (int i = 0; i < transfer.size(); i++) {
      if (mesh.isChannel(transfer.link(i))) {
        int channel = mesh.channel(transfer.link(i));
        missing = Math.max(missing, ++without[channel]);
      }
    }
  }

  /** Whether all links are free that a circuit takes which starts on a track. */
  private boolean fits(LinkLoads transfer, int start) {
    for (int i = 0; i < transfer.size(); i++) {
      int link = transfer.link(i);
      if (!mesh.isChannel(link)) {
        continue;
      }
      int before = entering(transfer, i, mesh.tail(link));
      int track = start;
      if (before >= 0) {
        track = trackInto[mesh.tail(link)];
        if (wilton) {
          track = turned(track, before % Grid.DIRECTIONS, link % Grid.DIRECTIONS);
        }
      }
      if ((used[mesh.channel(link) * words + track / WORD] >>> track & 1) != 0) {
        return false;
      }
      trackInto[mesh.head(link)] = track;
    }
    return true;
  }

  /** The link of a tree that enters a node, −1 at its root. */
  private int entering(LinkLoads transfer, int until, int node) {
    for (int i = until - 1; i >= 0; i--) {
      int link = transfer.link(i);
      if (mesh.isChannel(link) && mesh.head(link) == node) {
        return link;
      }
    }
    return -1;
  }

  /** Track behind a switch box; straight on it stays. */
  private int turned(int track, int from, int to) {
    if (from == to) {
      return track;
    }
    // Sides of the box that the circuit enters and leaves by.
    int in = from ^ 1;
    boolean left = in == Grid.WEST || to == Grid.WEST;
    boolean top = in == Grid.NORTH || to == Grid.NORTH;
    boolean forwards = in == Grid.WEST || in == Grid.EAST;
    if (left && top) {
      return Math.floorMod(width - track, width);
    }
    if (!left && !top) {
      return Math.floorMod(2 * width - 2 - track, width);
    }
    // Top to right and bottom to left add one; the other way round takes it away again.
    boolean adds = !forwards;
    return Math.floorMod(adds ? track + 1 : track - 1, width);
  }

  /** Tracks that a channel lacks. */
  int missing() {
    return missing;
  }
}
