package dev.kirchhoff.mapper.tile;

import java.util.Optional;

/**
 * Blocks of one copy of a layer on crossbars: by group, kernel position, row block and column
 * block, in this order.
 *
 * @param groups groups of the layer, in groups that lie on crossbars of their own: those that share
 *     a crossbar are one, the last of them maybe in part
 * @param positions positions of the kernel with row blocks of their own; 1 if rows are unrolled
 * @param down row blocks of a group and position
 * @param across column blocks of a group
 * @param rowShare share of a group's input channels on a full row block
 * @param columnShare share of a group's output channels on a full column block
 * @param squares squares of crossbars that copies fill; empty if blocks follow each other
 */
public record BlockShape(
    double groups,
    int positions,
    int down,
    int across,
    double rowShare,
    double columnShare,
    Optional<Squares> squares) {

  /**
   * Squares of crossbars.
   *
   * @param size crossbars of a tile or PE, of which a square is part
   * @param isStacked whether positions of the kernel lie below each other on one ground
   */
  public record Squares(int size, boolean isStacked) {
    /** Crossbars of a square side by side. */
    public int side() {
      return (int) Math.sqrt(size);
    }
  }

  /** Row blocks of a group, those of all positions. */
  public int rows() {
    return positions * down;
  }

  /** Crossbars of a copy whose blocks follow each other. */
  public double crossbars() {
    return Math.ceil(groups) * rows() * across;
  }
}
