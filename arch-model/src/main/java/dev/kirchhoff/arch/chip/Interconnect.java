package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Interconnect between the tiles.
 *
 * @param kind topology
 * @param width_bits wires of one link
 * @param shape figures that its topology alone has
 * @param model model that prices one router, one switch box, the bus or the tree
 */
public record Interconnect(Topology kind, int width_bits, Shape shape, ComponentModel model) {

  private static final WordIndex<SwitchBox> SWITCH_BOXES =
      new WordIndex<>(SwitchBox.values(), SwitchBox::word);
  private static final WordIndex<Configure> CONFIGURATIONS =
      new WordIndex<>(Configure.values(), Configure::word);

  /**
   * Checks that the shape is one of the topology.
   *
   * @throws IllegalArgumentException if it is that of another
   */
  public Interconnect {
    if (!Shape.of(kind, 1).getClass().equals(shape.getClass())) {
      throw new IllegalArgumentException(
          "The shape ("
              + shape
              + ") must be one of the topology ("
              + kind.word()
              + ").\nMaybe it is that of another topology.");
    }
  }

  /**
   * A fabric of the plainest shape of its topology.
   *
   * @param tilesPerRouter tiles that share one router of a concentrated mesh
   */
  public Interconnect(Topology kind, int width_bits, int tilesPerRouter, ComponentModel model) {
    this(kind, width_bits, Shape.of(kind, tilesPerRouter), model);
  }

  /** Tiles that share one router: several of a concentrated mesh, else each has its own. */
  public int tilesPerRouter() {
    return shape instanceof Concentration concentration ? concentration.tilesPerRouter() : 1;
  }

  /** Links side by side in a channel: several of a reconfigurable fabric, else one. */
  public int tracks() {
    return shape instanceof SwitchedChannels channels ? channels.tracks() : 1;
  }

  /** Shape of a fat tree; empty of others. */
  public Optional<Tree> tree() {
    return shape instanceof Tree tree ? Optional.of(tree) : Optional.empty();
  }

  /** Channels of a reconfigurable fabric; empty of others. */
  public Optional<SwitchedChannels> channels() {
    return shape instanceof SwitchedChannels channels ? Optional.of(channels) : Optional.empty();
  }

  /** Figures of a fabric that only its topology has. */
  public sealed interface Shape permits Plain, Concentration, Tree, SwitchedChannels {
    /** The plainest shape of a topology. */
    private static Shape of(Topology kind, int tilesPerRouter) {
      return switch (kind.figures()) {
        case CONCENTRATION -> new Concentration(tilesPerRouter);
        case TREE -> Tree.BINARY;
        case CHANNELS -> SwitchedChannels.ONE;
        case NONE -> new Plain();
      };
    }
  }

  /** A fabric whose topology and width say all. */
  public record Plain() implements Shape {}

  /**
   * Concentration of a mesh.
   *
   * @param tilesPerRouter tiles that share one router
   */
  public record Concentration(int tilesPerRouter) implements Shape {}

  /**
   * Shape of a fat tree. A link of the level k above the leaves has max(1, (arity / taper)^k) times
   * the width of a leaf's: taper 1 gives full bisection, taper = arity a plain tree.
   *
   * @param arity children of a router, at least 2
   * @param taper total width of a router's downward links over that of its upward link, 1..arity
   */
  public record Tree(int arity, double taper) implements Shape {
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
  public record SwitchedChannels(int tracks, SwitchBox switchBox, Configure configure)
      implements Shape {
    /** Channels of one link. */
    public static final SwitchedChannels ONE =
        new SwitchedChannels(1, SwitchBox.DISJOINT, Configure.PER_NETWORK);
  }

  /** Tracks of two channels that a switch box joins; every track meets three others. */
  public enum SwitchBox {
    /** Track i joins track i of every other side: a connection keeps its track. */
    DISJOINT("disjoint"),
    /** Two of the four turns mirror the tracks: any demand of one box can be met. */
    UNIVERSAL("universal"),
    /** A turn changes the track: connections reach other tracks. */
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
    /** Before every layer that runs by itself as well; the language says {@code perPhase}. */
    PER_LAYER("perPhase");

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
    List<Type.Shape> shapes = new ArrayList<>();
    for (Topology topology : Topology.values()) {
      if (topology != Topology.NONE) {
        shapes.add(
            new Type.Shape(
                topology.word(), topology.article(), keys(topology.figures(), width, model)));
      }
    }
    shapes.add(Type.Shape.none("interconnect"));
    return new Type.Kinds("interconnect", shapes);
  }

  private static List<Key> keys(Topology.Figures figures, Key width, Key model) {
    return switch (figures) {
      case CONCENTRATION ->
          List.of(
              Key.of("tilesPerRouter", whole(1, 64), "4", "tiles that share one router").setting(),
              width,
              model);
      case TREE ->
          List.of(
              width,
              Key.of("arity", whole(2, 16), "4", "children of a router").setting(),
              Key.of(
                      "taper",
                      quantity(Dimension.RATIO, 1, 16),
                      "2",
                      "total width of a router's downward links over that of its upward link; 1 = full bisection bandwidth")
                  .setting(),
              model);
      case CHANNELS ->
          List.of(
              width,
              Key.of("tracks", whole(1, 256), "8", "links side by side in a channel").setting(),
              Key.of(
                      "switchBox",
                      word(SWITCH_BOXES.words()),
                      "wilton",
                      "pattern of the tracks that a switch box joins")
                  .setting(),
              Key.of(
                  "configure",
                  word(CONFIGURATIONS.words()),
                  "perNetwork",
                  "configuration of the switches: once for a network, or before each layer (`perPhase`)"),
              model);
      case NONE -> List.of(width, model);
    };
  }

  static Interconnect of(View.Section section, PartBinder parts) {
    Topology kind = Topology.ofWord(section.kind());
    if (kind == Topology.NONE) {
      return new Interconnect(kind, 1, 1, ComponentModel.standard());
    }
    Shape shape =
        switch (kind.figures()) {
          case CONCENTRATION -> new Concentration(section.whole("tilesPerRouter"));
          case TREE -> new Tree(section.whole("arity"), section.number("taper"));
          case CHANNELS ->
              new SwitchedChannels(
                  section.whole("tracks"),
                  SWITCH_BOXES.get(section.word("switchBox")),
                  CONFIGURATIONS.get(section.word("configure")));
          case NONE -> new Plain();
        };
    return new Interconnect(kind, section.whole("width"), shape, parts.model(section));
  }
}
