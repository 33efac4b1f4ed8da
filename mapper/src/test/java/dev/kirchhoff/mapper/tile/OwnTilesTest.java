package dev.kirchhoff.mapper.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.workload.MatrixShape;
import org.junit.jupiter.api.Test;

/**
 * Grounds by hand, and the crossbars of VGG-8 as DNN+NeuroSim V1.3 (doi
 * 10.1109/IEDM19573.2019.8993491) lays them: its array areas over the area of an array.
 */
class OwnTilesTest {
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

  private final Tiling tiling = new Tiling();
  private final OwnTiles ground = new OwnTiles();

  private static MatrixShape shape(int[] layer, int groups) {
    return new MatrixShape(layer[0], layer[1], layer[2], layer[2], 4, 4, 1, groups);
  }

  private double crossbars(int[] layer, int cells, int side, boolean kernels) {
    Tiling.Side size = new Tiling.Side(side, side, side);
    if (kernels) {
      tiling.setKernels(shape(layer, 1), 1, cells, size);
      ground.setKernels(tiling, layer[2] * layer[2], PER_PE);
    } else {
      tiling.set(shape(layer, 1), 1, cells, size, false);
      ground.set(tiling, 1, PER_TILE);
    }
    return ground.crossbars();
  }

  private double vgg8(int cells, int side, boolean kernels) {
    double sum = 0;
    for (int l = 0; l < VGG8.length; l++) {
      sum += crossbars(VGG8[l], cells, side, kernels && l > 0 && VGG8[l][2] > 1);
    }
    return sum;
  }

  @Test
  void copiesFillTheGround() {
    // 27 rows x 512 columns: 1 x 4 blocks on a square of 8 x 8, 8 down and 2 across.
    assertEquals(64, crossbars(VGG8[0], 4, 128, false));
    assertEquals(16, ground.copies());
    // Each of 9 positions 128 x 512: 1 x 4 blocks on a square of 4 x 4.
    assertEquals(9 * 16, crossbars(VGG8[1], 4, 128, true));
    assertEquals(4, ground.copies());
    // 512 x 2048: 4 x 16 blocks, 4 squares and nothing left.
    assertEquals(9 * 64, crossbars(VGG8[5], 4, 128, true));
    assertEquals(1, ground.copies());
    // 64 x 32 blocks: 8 x 4 tiles.
    assertEquals(32 * 64, crossbars(VGG8[6], 4, 128, false));
    assertEquals(1, ground.copies());
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
    assertEquals(PER_PE, OwnTiles.quartered(PER_PE, 512 * 4, 128));
    assertEquals(PER_TILE, OwnTiles.quartered(PER_TILE, 1024 * 4, 128));
    assertEquals(4, OwnTiles.quartered(PER_PE, 64 * 4, 128));
    assertEquals(PER_PE, OwnTiles.quartered(PER_PE, 64 * 4, 64));
    // 260 columns want 512.
    assertEquals(PER_PE, OwnTiles.quartered(PER_PE, 260, 128));
    assertEquals(PER_TILE / 4, OwnTiles.quartered(PER_TILE, 10 * 4, 128));
    assertEquals(1, OwnTiles.quartered(1, 1, 128));
    assertEquals(PER_PE, OwnTiles.quartered(PER_PE, Integer.MAX_VALUE, 128));
  }

  @Test
  void aGroupedLayerLiesGroupByGroup() {
    int[] depthwise = {1, 1, 3};
    tiling.set(shape(depthwise, 20), 1, 4, new Tiling.Side(128, 128, 128), false);
    ground.set(tiling, 20, PER_TILE);
    // 20 crossbars, three times in 64.
    assertEquals(64, ground.crossbars());
    assertEquals(3, ground.copies());
  }
}
