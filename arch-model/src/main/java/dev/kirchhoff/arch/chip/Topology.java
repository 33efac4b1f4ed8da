package dev.kirchhoff.arch.chip;

/**
 * Topology of the fabric between tiles: its word in the spec language, the medium of its links and
 * the figures that it has beside their width. Keys of those figures stand in {@link Interconnect},
 * its links among the circuits, its routes in the mapper.
 */
public enum Topology {
  MESH("mesh", "a mesh", Medium.ROUTERS),
  /** A mesh whose routers serve several tiles. */
  CONCENTRATED_MESH(
      "concentratedMesh", "a concentrated mesh", Medium.ROUTERS, Figures.CONCENTRATION),
  /** A mesh whose rows and columns are closed to rings. */
  TORUS("torus", "a torus", Medium.ROUTERS),
  RING("ring", "a ring", Medium.ROUTERS),
  /** One medium that all tiles share. */
  BUS("bus", "a bus", Medium.WIRES),
  H_TREE("hTree", "an H-tree", Medium.WIRES),
  /** A tree of routers whose links get wider upwards. */
  FAT_TREE("fatTree", "a fat tree", Medium.ROUTERS, Figures.TREE),
  /** Circuit-switched: switch boxes join the tracks of channels between tiles. */
  RECONFIGURABLE("reconfigurable", "a reconfigurable fabric", Medium.SWITCHES, Figures.CHANNELS),
  NONE("none", "", Medium.NONE);

  /** Medium of a fabric's links. */
  public enum Medium {
    /** Repeated wires without routers. */
    WIRES,
    /** Packet routers and the wires between them. */
    ROUTERS,
    /** Switches that are set before data flow. */
    SWITCHES,
    /** No fabric. */
    NONE
  }

  /** Figures of a fabric beside the width of its links. */
  public enum Figures {
    /** None: topology and width say all. */
    NONE,
    /** Tiles that share a router. */
    CONCENTRATION,
    /** Arity and taper of a tree of routers. */
    TREE,
    /** Tracks and switch boxes of channels. */
    CHANNELS
  }

  private final String word;
  private final String article;
  private final Medium medium;
  private final Figures figures;

  Topology(String word, String article, Medium medium) {
    this(word, article, medium, Figures.NONE);
  }

  Topology(String word, String article, Medium medium, Figures figures) {
    this.word = word;
    this.article = article;
    this.medium = medium;
    this.figures = figures;
  }

  /** Word of the spec language. */
  public String word() {
    return word;
  }

  /** Noun with its article, as messages have it. */
  public String article() {
    return article;
  }

  /** Medium of its links. */
  public Medium medium() {
    return medium;
  }

  /** Figures that it has beside the width of its links. */
  public Figures figures() {
    return figures;
  }

  /**
   * Topology of a word.
   *
   * @throws IllegalArgumentException if no topology has the word
   */
  public static Topology ofWord(String word) {
    for (Topology topology : values()) {
      if (topology.word.equals(word)) {
        return topology;
      }
    }
    throw new IllegalArgumentException("No interconnect is of kind (" + word + ").");
  }
}
