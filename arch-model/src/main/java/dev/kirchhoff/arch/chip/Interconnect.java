package dev.kirchhoff.arch.chip;

/**
 * What joins the tiles.
 *
 * @param kind topology
 * @param width_bits wires of one link
 * @param tilesPerRouter tiles that share one router (concentrated mesh; 1 for a mesh; not used by
 *     an H-tree)
 * @param model which model prices one router (a mesh) or the tree
 */
public record Interconnect(
    Topology kind, int width_bits, int tilesPerRouter, ComponentModel model) {
  /** Topology of the fabric between tiles. */
  public enum Topology {
    NONE("none"),
    H_TREE("hTree"),
    MESH("mesh"),
    CONCENTRATED_MESH("concentratedMesh");

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
