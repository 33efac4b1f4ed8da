package dev.kirchhoff.mapper.place;

import dev.kirchhoff.arch.chip.Interconnect.Circuits;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import java.util.Arrays;

/**
 * Circuits on the tracks of the channels of a circuit-switched fabric.
 *
 * <p>Every tile reaches every track of the channels at its switch box. A circuit takes the first
 * track from which all of its way is free; its way is that of the fabric's routes. A channel serves
 * both directions. {@link SwitchBoxes} says which track a circuit has behind a turn.
 *
 * <p>Circuits that find no track are counted in the channels of their way; the largest count is
 * what is missing. This is what the evaluation uses: it takes microseconds, a design of a search
 * has no more. Neglected: ripping up circuits and going around full channels, which can only lower
 * it; {@link CircuitRouter} does, for {@code map}, in milliseconds to seconds. Scratch; not safe
 * for several threads.
 */
final class Tracks {
  private static final int WORD = 64;

  private Mesh mesh;
  private int width = 1;
  private SwitchBox box = SwitchBox.DISJOINT;
  private boolean isTurning;
  private int words = 1;
  private long[] used = new long[64];
  private int[] without = new int[64];
  private int[] trackInto = new int[64];
  private int[] tree = new int[64];
  private int missing;

  /** Takes a fabric, without circuits. */
  void set(Mesh mesh, Circuits circuits) {
    this.mesh = mesh;
    width = circuits.tracks();
    box = circuits.switchBox();
    isTurning = box != SwitchBox.DISJOINT;
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
    if (tree.length < transfer.size()) {
      tree = new int[2 * transfer.size()];
    }
    for (int i = 0; i < transfer.size(); i++) {
      tree[i] = transfer.link(i);
    }
    lay(tree, transfer.size());
  }

  /** Lays a circuit over links, each behind those that lead to it. */
  void lay(int[] tree, int size) {
    for (int start = 0; start < width; start++) {
      if (fits(tree, size, start)) {
        for (int i = 0; i < size; i++) {
          int link = tree[i];
          if (mesh.isChannel(link)) {
            int track = trackInto[mesh.head(link)];
            used[mesh.channel(link) * words + track / WORD] |= 1L << track;
          }
        }
        return;
      }
    }
    for (int i = 0; i < size; i++) {
      if (mesh.isChannel(tree[i])) {
        int channel = mesh.channel(tree[i]);
        missing = Math.max(missing, ++without[channel]);
      }
    }
  }

  /** Whether all links are free that a circuit takes which starts on a track. */
  private boolean fits(int[] tree, int size, int start) {
    for (int i = 0; i < size; i++) {
      int link = tree[i];
      if (!mesh.isChannel(link)) {
        continue;
      }
      int before = entering(tree, i, mesh.tail(link));
      int track = start;
      if (before >= 0) {
        track = trackInto[mesh.tail(link)];
        if (isTurning) {
          int in = before % Grid.DIRECTIONS ^ 1;
          track = SwitchBoxes.track(box, width, track, in, link % Grid.DIRECTIONS);
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
  private int entering(int[] tree, int until, int node) {
    for (int i = until - 1; i >= 0; i--) {
      int link = tree[i];
      if (mesh.isChannel(link) && mesh.head(link) == node) {
        return link;
      }
    }
    return -1;
  }

  /** Tracks that a channel lacks. */
  int missing() {
    return missing;
  }
}
