package dev.kirchhoff.mapper.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.workload.MatrixShape;
import org.junit.jupiter.api.Test;

/**
 * Grounds by hand, and the crossbars of VGG-8 as DNN+NeuroSim V1.3 (doi
 * 10.1109/IEDM19573.2019.8993491) lays them: its array areas over the area of an array.
 */
class DedicatedTilesTest {
  private static final int PER_PE = 16;
  private static final int PER_TILE = 64;
  private static final int[][] VGG8 = {
    {3, 128, 3},
    {128, 128, 3},
    {128, 256, 3},
    {256, 256, 3},
    {256, 512, 3},
    {512, 512, 3},
    {8192, 1024, 1},
    {1024, 10, 1}
  };

  private static MatrixShape shape(int[] layer, int groups) {
    return new MatrixShape(layer[0], layer[1], layer[2], layer[2], 4, 4, 1, groups);
  }

  private static DedicatedTiles own(int[] layer, int cells, int side, boolean kernels) {
    Tiling.CrossbarSize size = new Tiling.CrossbarSize(side, side, side);
    return kernels
        ? DedicatedTiles.byKernelPosition(
            Tiling.byKernelPosition(shape(layer, 1), 1, cells, size), layer[2] * layer[2], PER_PE)
        : DedicatedTiles.of(Tiling.of(shape(layer, 1), 1, cells, size, false), 1, PER_TILE);
  }

  private static double vgg8(int cells, int side, boolean kernels) {
    double sum = 0;
    for (int l = 0; l < VGG8.length; l++) {
      sum += own(VGG8[l], cells, side, kernels && l > 0 && VGG8[l][2] > 1).crossbars();
    }
    return sum;
  }

  @Test
  void copiesFillTheTiles() {
    // 27 rows x 512 columns: 1 x 4 blocks on a square of 8 x 8, 8 down and 2 across.
    assertEquals(new DedicatedTiles(64, 16), own(VGG8[0], 4, 128, false));
    // Each of 9 positions 128 x 512: 1 x 4 blocks on a square of 4 x 4.
    assertEquals(new DedicatedTiles(9 * 16, 4), own(VGG8[1], 4, 128, true));
    // 512 x 2048: 4 x 16 blocks, 4 squares and nothing left.
    assertEquals(new DedicatedTiles(9 * 64, 1), own(VGG8[5], 4, 128, true));
    // 64 x 32 blocks: 8 x 4 tiles.
    assertEquals(new DedicatedTiles(32 * 64, 1), own(VGG8[6], 4, 128, false));
  }

  /** 13 x 144 + 34 x 64; 34 x 144 + 131 x 64; 26 x 144 + 66 x 64; 57 x 64. */
  @Test
  void vgg8HasTheCrossbarsOfTheTool() {
    assertEquals(4048, vgg8(4, 128, true));
    assertEquals(13280, vgg8(4, 64, true));
    assertEquals(7968, vgg8(8, 128, true));
    assertEquals(3648, vgg8(4, 128, false));
  }

  /** PEs of 4 x 4 and tiles of 8 x 8 for VGG-8; ResNet-20 has 64 outputs of 4 cells at most. */
  @Test
  void narrowNetworksLieOnQuarters() {
    assertEquals(PER_PE, DedicatedTiles.quartered(PER_PE, 512 * 4, 128));
    assertEquals(PER_TILE, DedicatedTiles.quartered(PER_TILE, 1024 * 4, 128));
    assertEquals(4, DedicatedTiles.quartered(PER_PE, 64 * 4, 128));
    assertEquals(PER_PE, DedicatedTiles.quartered(PER_PE, 64 * 4, 64));
    // 260 columns want 512.
    assertEquals(PER_PE, DedicatedTiles.quartered(PER_PE, 260, 128));
    assertEquals(PER_TILE / 4, DedicatedTiles.quartered(PER_TILE, 10 * 4, 128));
    assertEquals(1, DedicatedTiles.quartered(1, 1, 128));
    assertEquals(PER_PE, DedicatedTiles.quartered(PER_PE, Integer.MAX_VALUE, 128));
  }

  @Test
  void aGroupedLayerLiesGroupByGroup() {
    int[] depthwise = {1, 1, 3};
    Tiling tiling =
        Tiling.of(shape(depthwise, 20), 1, 4, new Tiling.CrossbarSize(128, 128, 128), false);
    // 20 crossbars, three times in 64.
    assertEquals(new DedicatedTiles(64, 3), DedicatedTiles.of(tiling, 20, PER_TILE));
  }
}
