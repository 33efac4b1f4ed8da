package dev.kirchhoff.arch.chip;

/**
 * Interconnect between the tiles.
 *
 * @param kind topology
 * @param width_bits wires of one link
 * @param tilesPerRouter tiles that share one router (concentrated mesh; 1 elsewhere)
 * @param tree shape of a fat tree; {@link Tree#BINARY} elsewhere
 * @param channels channels of a reconfigurable fabric; {@link SwitchedChannels#ONE} elsewhere
 * @param model which model prices one router, one switch box, the bus or the tree
 */
public record Interconnect(
    Topology kind,
    int width_bits,
    int tilesPerRouter,
    Tree tree,
    SwitchedChannels channels,
    ComponentModel model) {

  /** A fabric that is no fat tree and not reconfigurable. */
  public Interconnect(Topology kind, int width_bits, int tilesPerRouter, ComponentModel model) {
    this(kind, width_bits, tilesPerRouter, Tree.BINARY, SwitchedChannels.ONE, model);
  }

  /** Links side by side in a channel of a reconfigurable fabric; 1 elsewhere. */
  public int tracks() {
    return channels.tracks();
  }

  /**
   * Shape of a fat tree. A link of the level k above the leaves has max(1, (arity / taper)^k) times
   * the width of a leaf's: taper 1 gives full bisection, taper = arity a plain tree.
   *
   * @param arity children of a router, at least 2
   * @param taper by how much a router's links upwards are narrower than its links downwards
   *     together, 1..arity
   */
  public record Tree(int arity, double taper) {
    /** A plain binary tree. */
    public static final Tree BINARY = new Tree(2, 2);
  }

  /**
   * Channels of a circuit-switched fabric.
   *
   * @param tracks links side by side in a channel
   * @param switchBox which tracks a switch box joins
   * @param configure how often the switches are set
   */
  public record SwitchedChannels(int tracks, SwitchBox switchBox, Configure configure) {
    /** Channels of one link. */
    public static final SwitchedChannels ONE =
        new SwitchedChannels(1, SwitchBox.DISJOINT, Configure.PER_NETWORK);
  }

  /** Tracks of two channels that a switch box joins; every track meets three others. */
  public enum SwitchBox {
    /** Track i joins track i of every other side: a circuit keeps its track. */
    DISJOINT("disjoint"),
    /** Two of the four turns mirror the tracks: any demand of one box can be met. */
    UNIVERSAL("universal"),
    /** A turn changes the track: circuits reach other tracks. */
    WILTON("wilton");

    private final String word;

    SwitchBox(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }

    /** The box of a word of the spec language. */
    public static SwitchBox ofWord(String word) {
      for (SwitchBox box : values()) {
        if (box.word.equals(word)) {
          return box;
        }
      }
      throw new IllegalArgumentException("There is no switch box (" + word + ").");
    }
  }

  /** Times at which the switches of a fabric are configured. */
  public enum Configure {
    /** Once when the chip changes from one network to another. */
    PER_NETWORK("perNetwork"),
    /** Before every layer as well. */
    PER_PHASE("perPhase");

    private final String word;

    Configure(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }
}
