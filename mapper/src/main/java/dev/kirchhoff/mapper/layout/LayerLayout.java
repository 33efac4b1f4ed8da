package dev.kirchhoff.mapper.layout;

import dev.kirchhoff.mapper.layout.Block.Span;
import dev.kirchhoff.mapper.layout.BlockPositions.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Layout of a layer: the crossbar, rows and columns of each block of all copies.
 *
 * <p>A part of the matrix is cut into row blocks of R and column blocks of C cells; block-diagonal
 * groups are not cut. Blocks come in the order copy, part, row block, column block.
 */
public final class LayerLayout {
  private final int network;
  private final int layer;
  private final Matrix matrix;
  private final int copies;
  private final BlockPositions.Grid grid;
  private final BlockPositions positions;

  LayerLayout(
      int network,
      int layer,
      Matrix matrix,
      int copies,
      BlockPositions.Grid grid,
      BlockPositions positions) {
    this.network = network;
    this.layer = layer;
    this.matrix = matrix;
    this.copies = copies;
    this.grid = grid;
    this.positions = positions;
  }

  /** Number of the network in the workload. */
  public int network() {
    return network;
  }

  /** Number of the layer in the network. */
  public int layer() {
    return layer;
  }

  /** The layer's weights. */
  public Matrix matrix() {
    return matrix;
  }

  /** Copies of the weights. */
  public int copies() {
    return copies;
  }

  /** Number of blocks, all copies together. */
  public long size() {
    return (long) copies * matrix.parts() * grid.down() * grid.across();
  }

  /** Hands all blocks over, in order. */
  public void forEach(Consumer<Block> consumer) {
    for (int copy = 0; copy < copies; copy++) {
      forEach(copy, consumer);
    }
  }

  /** Hands the blocks of one copy over, in order. */
  public void forEach(int copy, Consumer<Block> consumer) {
    for (int part = 0; part < matrix.parts(); part++) {
      for (int down = 0; down < grid.down(); down++) {
        for (int across = 0; across < grid.across(); across++) {
          consumer.accept(block(copy, part, down, across));
        }
      }
    }
  }

  /** All blocks, in order. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    forEach(blocks::add);
    return blocks;
  }

  /** Crossbar of a block: of a copy and part, so far down and across in the part's grid. */
  public long crossbar(int copy, int part, int down, int across) {
    return positions.position(grid, copy, part, down, across).crossbar();
  }

  private Block block(int copy, int part, int down, int across) {
    Position position = positions.position(grid, copy, part, down, across);
    int row = down * grid.rows();
    int column = across * grid.columns();
    return new Block(
        copy,
        part,
        position.crossbar(),
        new Span(position.row(), Math.min(grid.rows(), matrix.height() - row)),
        new Span(position.column(), Math.min(grid.columns(), matrix.width() - column)),
        row,
        column);
  }
}
