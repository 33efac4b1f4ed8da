package dev.kirchhoff.mapper.tile;

/**
 * Crossbars of a layer that shares no tile with another, and the copies that fill them.
 *
 * <p>A tile is a square of S = ⌊√Q⌋ crossbars a side, a PE one of s = ⌊√q⌋ (Q crossbars a tile, q a
 * PE). A matrix of n_K × n_M blocks takes ⌈n_K/S⌉ ⌈n_M/S⌉ tiles, copies = max(1, ⌊S/n_K⌋) · max(1,
 * ⌊S/n_M⌋). If every position of a kernel has PEs of its own, a position of n_K/positions × n_M
 * blocks takes ⌈n_K/positions/s⌉ ⌈n_M/s⌉ PEs, copies likewise with s. Of a grouped layer all groups
 * lie side by side. With PEs for kernel positions, narrow networks lie on quarters of PEs and tiles
 * ({@link #quartered}).
 *
 * <p>Source: the floorplan of DNN+NeuroSim V1.3 as measured by running it: with S = 8 and s = 4 the
 * crossbars of its VGG-8 come out at 128 and 64 rows, one and two bits a cell, with and without PEs
 * for kernel positions. Its search for S and s starts at the power of two that its widest layer
 * needs, but at no less than 4 and 2, and halves down to 8 and 4 (derived from its description and
 * these runs; a narrow network was not run). Neglected: larger squares that fill as well. Best
 * where Q and q are square numbers.
 *
 * @param crossbars crossbars of the layer's tiles or PEs
 * @param copies copies of the layer on them
 */
public record DedicatedTiles(double crossbars, int copies) {

  /**
   * Crossbars of the squares that the layers of a network lie on: a quarter where its widest layer,
   * in columns rounded up to a power of two, does not reach across a square.
   *
   * @param size crossbars of a square
   * @param widest columns of cells of its widest layer
   * @param columns columns of a crossbar
   */
  public static int quartered(int size, int widest, int columns) {
    int side = (int) Math.sqrt(size);
    if (side < 2 || powerOfTwoFrom(widest) >= (long) side * columns) {
      return size;
    }
    return (side / 2) * (side / 2);
  }

  private static long powerOfTwoFrom(int number) {
    return 1L << (Integer.SIZE - Integer.numberOfLeadingZeros(number - 1));
  }

  /** Whole tiles of a layer. */
  public static DedicatedTiles of(Tiling tiling, int groups, int perTile) {
    if (groups > 1) {
      return new DedicatedTiles(
          Math.ceil((double) tiling.crossbars() / perTile) * perTile,
          (int) Math.max(1, perTile / tiling.crossbars()));
    }
    return square(tiling.rowBlocks(), tiling.columnBlocks(), perTile, 1);
  }

  /** PEs of a layer whose kernel has so many positions, each on PEs of its own. */
  public static DedicatedTiles byKernelPosition(Tiling tiling, int positions, int perPe) {
    return square(tiling.rowBlocks() / positions, tiling.columnBlocks(), perPe, positions);
  }

  private static DedicatedTiles square(int rowBlocks, int columnBlocks, int size, int positions) {
    int side = (int) Math.sqrt(size);
    double down = Math.ceil((double) rowBlocks / side);
    double across = Math.ceil((double) columnBlocks / side);
    return new DedicatedTiles(
        down * across * size * positions,
        Math.max(1, side / rowBlocks) * Math.max(1, side / columnBlocks));
  }
}
