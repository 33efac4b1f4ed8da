package dev.kirchhoff.mapper.schedule;

/**
 * Activation buffers of equal tiles.
 *
 * @param perTile crossbars of a tile
 * @param tiles number of tiles
 * @param tile_bits capacity of a tile's buffer
 */
public record TileBuffers(double perTile, double tiles, double tile_bits) {
  /** Capacity of all buffers. */
  public double all_bits() {
    return tile_bits * tiles;
  }
}
