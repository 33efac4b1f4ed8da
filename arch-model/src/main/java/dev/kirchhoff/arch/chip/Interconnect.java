package dev.kirchhoff.arch.chip;

/**
 * What joins the tiles.
 *
 * @param kind topology
 * @param width_bits wires of one link
 * @param tilesPerRouter tiles that share one router (concentrated mesh; 1 for a mesh; not used by
 *     an H-tree)
 * @param tracks links side by side in a channel of a reconfigurable fabric; 1 elsewhere
 * @param model which model prices one router (a mesh), one switch box or the tree
 */
public record Interconnect(
    Topology kind, int width_bits, int tilesPerRouter, int tracks, ComponentModel model) {

  /** A fabric whose channels are one link wide. */
  public Interconnect(Topology kind, int width_bits, int tilesPerRouter, ComponentModel model) {
    this(kind, width_bits, tilesPerRouter, 1, model);
  }

  /** Topology of the fabric between tiles. */
  public enum Topology {
    NONE("none"),
    H_TREE("hTree"),
    MESH("mesh"),
    CONCENTRATED_MESH("concentratedMesh"),
    /** Circuit-switched: switch boxes join the tracks of channels between tiles. */
    RECONFIGURABLE("reconfigurable");

    private final String word;

    Topology(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }
}
