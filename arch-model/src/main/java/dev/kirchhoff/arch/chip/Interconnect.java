package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;

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

  private static final WordIndex<SwitchBox> SWITCH_BOXES =
      new WordIndex<>(SwitchBox.values(), SwitchBox::word);
  private static final WordIndex<Configure> CONFIGURATIONS =
      new WordIndex<>(Configure.values(), Configure::word);

  /** A fabric that is neither a fat tree nor reconfigurable. */
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

  /** Keys of the fabric of any topology. */
  static Type type() {
    Key width = Key.of("width", whole(1, 4096), "128", "wires of one link").setting();
    Key model = ComponentModel.key("interconnect", "hop");
    List<Shape> shapes = new ArrayList<>();
    for (Topology topology : Topology.values()) {
      if (topology != Topology.NONE) {
        shapes.add(new Shape(topology.word(), topology.article(), keys(topology, width, model)));
      }
    }
    shapes.add(Shape.none("interconnect"));
    return new Type.Kinds("interconnect", shapes);
  }

  private static List<Key> keys(Topology topology, Key width, Key model) {
    return switch (topology) {
      case CONCENTRATED_MESH ->
          List.of(
              Key.of("tilesPerRouter", whole(1, 64), "4", "tiles that share one router").setting(),
              width,
              model);
      case FAT_TREE ->
          List.of(
              width,
              Key.of("arity", whole(2, 16), "4", "children of a router").setting(),
              Key.of(
                      "taper",
                      quantity(Dimension.RATIO, 1, 16),
                      "2",
                      "width of a router's links downwards together over that upwards")
                  .setting(),
              model);
      case RECONFIGURABLE ->
          List.of(
              width,
              Key.of("tracks", whole(1, 256), "8", "links side by side in a channel").setting(),
              Key.of(
                      "switchBox",
                      word(SWITCH_BOXES.words()),
                      "wilton",
                      "which tracks a switch box joins")
                  .setting(),
              Key.of(
                  "configure",
                  word(CONFIGURATIONS.words()),
                  "perNetwork",
                  "how often the switches are set"),
              model);
      default -> List.of(width, model);
    };
  }

  static Interconnect of(View.Section section, PartBinder parts) {
    Topology kind = Topology.ofWord(section.kind());
    if (kind == Topology.NONE) {
      return new Interconnect(kind, 1, 1, ComponentModel.standard());
    }
    Tree tree = Tree.BINARY;
    if (section.has("arity")) {
      tree = new Tree(section.whole("arity"), section.number("taper"));
    }
    SwitchedChannels channels = SwitchedChannels.ONE;
    if (section.has("tracks")) {
      channels =
          new SwitchedChannels(
              section.whole("tracks"),
              SWITCH_BOXES.get(section.word("switchBox")),
              CONFIGURATIONS.get(section.word("configure")));
    }
    return new Interconnect(
        kind,
        section.whole("width"),
        section.has("tilesPerRouter") ? section.whole("tilesPerRouter") : 1,
        tree,
        channels,
        parts.model(section));
  }
}
