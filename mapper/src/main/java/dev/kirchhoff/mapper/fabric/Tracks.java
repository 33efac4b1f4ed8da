package dev.kirchhoff.mapper.fabric;

import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Connections on the tracks of the channels of a circuit-switched fabric, by first fit.
 *
 * <p>Every tile reaches every track of the channels at its switch box. A connection takes the first
 * track from which all of its way is free; its way is that of the fabric's routes. Connections over
 * the channels that most want come first, of these the longest. A channel serves both directions.
 * {@link SwitchBoxes} says which track a connection has behind a turn.
 *
 * <p>Connections that find no track are counted in the channels of their way; the largest count is
 * what is missing. This is what the evaluation uses: it takes microseconds, a design of a search
 * has no more. Neglected: ripping up connections and going around full channels, which can only
 * lower it; {@link ConnectionRouter} does, for {@code map}, in milliseconds to seconds.
 */
public final class Tracks {
  private static final int WORD = 64;
  private static final int BITS = 21;
  private static final long DIGITS = (1L << BITS) - 1;
  private static final int NONE = -1;

  private final Mesh mesh;
  private final int width;
  private final SwitchBox box;
  private final int words;

  /** By channel, a bit for each track that is taken. */
  private final long[] used;

  /** By channel, connections that found no track. */
  private final int[] without;

  /** By node, the track by which the connection at hand enters it. */
  private final int[] trackInto;

  /** By node, the link of the connection at hand that enters it. */
  private final int[] entering;

  private Tracks(Mesh mesh, int width, SwitchBox box) {
    this.mesh = mesh;
    this.width = width;
    this.box = box;
    words = (width + WORD - 1) / WORD;
    used = new long[mesh.links() * words];
    without = new int[mesh.links()];
    trackInto = new int[mesh.links()];
    entering = new int[mesh.links()];
    Arrays.fill(entering, NONE);
  }

  /** Tracks that a channel lacks for the transfers of some layers on a chip, a connection each. */
  public static int missing(
      Fabric fabric,
      SwitchedChannels connections,
      Transfers transfers,
      int first,
      int end,
      int chip) {
    Mesh mesh = Mesh.channels(fabric);
    int[] route = new int[mesh.links() + 1];
    List<int[]> trees = new ArrayList<>();
    for (int i = transfers.first(first); i < transfers.first(end); i++) {
      if (transfers.chip(i) == chip) {
        int size = transfers.route(i, mesh, route);
        trees.add(Arrays.stream(route, 0, size).filter(mesh::isChannel).toArray());
      }
    }
    return missing(mesh, connections.tracks(), connections.switchBox(), trees);
  }

  /**
   * Tracks that a channel lacks.
   *
   * @param width tracks of a channel
   * @param trees by connection, the links of its way, each behind those that lead to it
   */
  static int missing(Mesh mesh, int width, SwitchBox box, List<int[]> trees) {
    int[] demand = new int[mesh.links()];
    for (int[] tree : trees) {
      for (int link : tree) {
        demand[mesh.channel(link)]++;
      }
    }
    long[] order = new long[trees.size()];
    for (int c = 0; c < order.length; c++) {
      long most = 0;
      for (int link : trees.get(c)) {
        most = Math.max(most, demand[mesh.channel(link)]);
      }
      // Most wanted first, then longest, then as they came; none is as large as the digits' range.
      order[c] = (DIGITS - most) << 2 * BITS | (DIGITS - trees.get(c).length) << BITS | c;
    }
    Arrays.sort(order);
    Tracks tracks = new Tracks(mesh, width, box);
    int missing = 0;
    for (long key : order) {
      missing = Math.max(missing, tracks.lay(trees.get((int) (key & DIGITS))));
    }
    return missing;
  }

  /**
   * Lays a connection.
   *
   * @return connections without a track on a channel of its way; 0 if it has one
   */
  private int lay(int[] tree) {
    int[] before = new int[tree.length];
    for (int i = 0; i < tree.length; i++) {
      before[i] = entering[mesh.innerTail(tree[i])];
      entering[mesh.innerHead(tree[i])] = tree[i];
    }
    for (int link : tree) {
      entering[mesh.innerHead(link)] = NONE;
    }
    for (int start = 0; start < width; start++) {
      if (fits(tree, before, start)) {
        for (int link : tree) {
          int track = trackInto[mesh.innerHead(link)];
          used[mesh.channel(link) * words + track / WORD] |= 1L << track;
        }
        return 0;
      }
    }
    int missing = 0;
    for (int link : tree) {
      missing = Math.max(missing, ++without[mesh.channel(link)]);
    }
    return missing;
  }

  /** True if all links of a connection that starts on a track are free. */
  private boolean fits(int[] tree, int[] before, int start) {
    for (int i = 0; i < tree.length; i++) {
      int link = tree[i];
      int track = start;
      if (before[i] != NONE) {
        track = trackInto[mesh.innerTail(link)];
        if (box != SwitchBox.DISJOINT) {
          int in = before[i] % Grid.DIRECTIONS ^ 1;
          track = SwitchBoxes.track(box, width, track, in, link % Grid.DIRECTIONS);
        }
      }
      if ((used[mesh.channel(link) * words + track / WORD] >>> track & 1) != 0) {
        return false;
      }
      trackInto[mesh.innerHead(link)] = track;
    }
    return true;
  }
}
