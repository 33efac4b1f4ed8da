package dev.kirchhoff.mapper.place;

import dev.kirchhoff.arch.chip.Interconnect.Circuits;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import java.util.Arrays;

/**
 * Circuits on the tracks of the channels of a circuit-switched fabric.
 *
 * <p>Every tile reaches every track of the channels at its switch box. A circuit takes the first
 * track from which all of its way is free; its way is that of the fabric's routes. Circuits over
 * the channels that most want come first, of these the longest. A channel serves both directions.
 * {@link SwitchBoxes} says which track a circuit has behind a turn.
 *
 * <p>Circuits that find no track are counted in the channels of their way; the largest count is
 * what is missing. This is what the evaluation uses: it takes microseconds, a design of a search
 * has no more. Neglected: ripping up circuits and going around full channels, which can only lower
 * it; {@link CircuitRouter} does, for {@code map}, in milliseconds to seconds. Scratch; not safe
 * for several threads.
 */
final class Tracks {
  private static final int WORD = 64;
  private static final int BITS = 21;
  private static final long DIGITS = (1L << BITS) - 1;

  private Mesh mesh;
  private int width = 1;
  private SwitchBox box = SwitchBox.DISJOINT;
  private boolean isTurning;
  private int words = 1;
  private long[] used = new long[64];
  private int[] without = new int[64];
  private int[] trackInto = new int[64];
  private int[] links = new int[256];
  private int[] first = new int[65];
  private int[] demand = new int[64];
  private long[] order = new long[64];
  private int[] tree = new int[64];

  /** The link of the tree at hand that enters each node, −1 at its root. */
  private int[] entering = nowhere(64);

  /** The link that leads to each link of the tree, −1 from its root. */
  private int[] before = new int[64];

  private int circuits;
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
      demand = new int[mesh.links()];
      entering = nowhere(mesh.links());
    }
    clear();
  }

  private static int[] nowhere(int nodes) {
    int[] entering = new int[nodes];
    Arrays.fill(entering, -1);
    return entering;
  }

  /** Takes all circuits away. */
  void clear() {
    Arrays.fill(used, 0, mesh.links() * words, 0);
    Arrays.fill(without, 0, mesh.links(), 0);
    Arrays.fill(demand, 0, mesh.links(), 0);
    circuits = 0;
    missing = 0;
  }

  /** Takes a circuit over the links of the last transfer, to be laid with others. */
  void add(LinkLoads transfer) {
    begin(transfer.size());
    for (int i = 0; i < transfer.size(); i++) {
      add(transfer.link(i));
    }
  }

  /** Takes a circuit over links, each behind those that lead to it, to be laid with others. */
  void add(int[] tree) {
    begin(tree.length);
    for (int link : tree) {
      add(link);
    }
  }

  private void begin(int most) {
    if (circuits + 1 >= first.length) {
      first = Arrays.copyOf(first, 2 * first.length);
      order = new long[first.length];
    }
    if (links.length < first[circuits] + most) {
      links = Arrays.copyOf(links, 2 * (first[circuits] + most));
    }
    circuits++;
    first[circuits] = first[circuits - 1];
  }

  private void add(int link) {
    if (mesh.isChannel(link)) {
      links[first[circuits]++] = link;
      demand[mesh.channel(link)]++;
    }
  }

  /** Lays all circuits taken. */
  void lay() {
    for (int c = 0; c < circuits; c++) {
      long most = 0;
      for (int i = first[c]; i < first[c + 1]; i++) {
        most = Math.max(most, demand[mesh.channel(links[i])]);
      }
      // Most wanted first, then longest, then as they came; none is as large as the digits' range.
      order[c] = (DIGITS - most) << 2 * BITS | (DIGITS - first[c + 1] + first[c]) << BITS | c;
    }
    Arrays.sort(order, 0, circuits);
    for (int i = 0; i < circuits; i++) {
      int c = (int) (order[i] & DIGITS);
      int size = first[c + 1] - first[c];
      if (tree.length < size) {
        tree = new int[2 * size];
        before = new int[2 * size];
      }
      System.arraycopy(links, first[c], tree, 0, size);
      lay(tree, size);
    }
  }

  private void lay(int[] tree, int size) {
    for (int i = 0; i < size; i++) {
      before[i] = entering[mesh.tail(tree[i])];
      entering[mesh.head(tree[i])] = tree[i];
    }
    for (int i = 0; i < size; i++) {
      entering[mesh.head(tree[i])] = -1;
    }
    for (int start = 0; start < width; start++) {
      if (fits(tree, size, start)) {
        for (int i = 0; i < size; i++) {
          int track = trackInto[mesh.head(tree[i])];
          used[mesh.channel(tree[i]) * words + track / WORD] |= 1L << track;
        }
        return;
      }
    }
    for (int i = 0; i < size; i++) {
      missing = Math.max(missing, ++without[mesh.channel(tree[i])]);
    }
  }

  /** Whether all links are free that a circuit takes which starts on a track. */
  private boolean fits(int[] tree, int size, int start) {
    for (int i = 0; i < size; i++) {
      int link = tree[i];
      int track = start;
      if (before[i] >= 0) {
        track = trackInto[mesh.tail(link)];
        if (isTurning) {
          int in = before[i] % Grid.DIRECTIONS ^ 1;
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

  /** Tracks that a channel lacks. */
  int missing() {
    return missing;
  }
}
