package dev.kirchhoff.mapper.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.MatrixShape;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TilingTest {
  private static final Tiling.CrossbarSize SIDE = new Tiling.CrossbarSize(128, 128, 128);

  private static MatrixShape conv(int c, int m, int k, int out, int groups) {
    return new MatrixShape(c, m, k, k, out, out, 1, groups);
  }

  @Test
  void theFirstLayerOfResNet18ByHand() {
    // K = 3·7·7 = 147 = two row blocks; 64 outputs x 4 cells = 256 = two column blocks.
    Tiling tiling = Tiling.of(conv(3, 64, 7, 112, 1), 1, 4, SIDE, false);
    assertEquals(2, tiling.rowBlocks());
    assertEquals(2, tiling.columnBlocks());
    assertEquals(4, tiling.crossbars());
    assertEquals(147L * 256, tiling.usedCells());
    assertEquals(147.0 * 256 / (4 * 128 * 128), tiling.utilization(SIDE));
    assertEquals(1, tiling.rowGroupsLongest());
    // 32 rows at once: 128 rows take 4 reads, the 19 rows of the second block one.
    Tiling shares =
        Tiling.of(conv(3, 64, 7, 112, 1), 1, 4, new Tiling.CrossbarSize(128, 128, 32), false);
    assertEquals(4, shares.rowGroupsLongest());
    assertEquals(5, shares.rowGroups());
    assertEquals(10, shares.readsPerSlice());
  }

  @Test
  void depthwiseGroupsStandBlockDiagonally() {
    // 9 rows, 4 columns a group: min(128/9, 128/4) = 14 groups a crossbar; 96 groups need 7.
    MatrixShape depthwise = conv(1, 1, 3, 56, 96);
    assertEquals(96, Tiling.of(depthwise, 1, 4, SIDE, false).crossbars());
    Tiling packed = Tiling.of(depthwise, 1, 4, SIDE, true);
    assertEquals(14, packed.groupsPerCrossbar());
    assertEquals(7, packed.crossbars());
    assertEquals(96L * 36, packed.usedCells());
    assertEquals(1, packed.rowGroups());
    // 32 rows at once hold three groups of 9: 14 groups take five reads, each column one of them.
    Tiling shares = Tiling.of(depthwise, 1, 4, new Tiling.CrossbarSize(128, 128, 32), true);
    assertEquals(5, shares.rowGroupsLongest());
    assertEquals(1, shares.readsPerColumn());
    // Four rows at once: each group takes three reads.
    Tiling few = Tiling.of(depthwise, 1, 4, new Tiling.CrossbarSize(128, 128, 4), true);
    assertEquals(42, few.rowGroupsLongest());
    assertEquals(3, few.readsPerColumn());
  }

  @Test
  void everyWeightIsPlacedOnce() {
    long seed = 3L;
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      MatrixShape shape =
          conv(
              1 + random.nextInt(20),
              1 + random.nextInt(20),
              1 + random.nextInt(3),
              4,
              1 + random.nextInt(6));
      int rowsPerWeight = 1 + random.nextInt(2);
      int columnsPerWeight = 1 + random.nextInt(4);
      Tiling.CrossbarSize side =
          new Tiling.CrossbarSize(16 << random.nextInt(3), 16 << random.nextInt(3), 16);
      Tiling tiling = Tiling.of(shape, rowsPerWeight, columnsPerWeight, side, random.nextBoolean());
      Set<Long> places = new HashSet<>();
      int height = rowsPerWeight * shape.inputsPerOutput();
      int width = columnsPerWeight * shape.outputsPerGroup();
      for (int g = 0; g < shape.groups(); g++) {
        for (int row = 0; row < height; row++) {
          for (int column = 0; column < width; column++) {
            places.add(
                place(tiling, side, g, row, column, height, width, "seed " + seed + " case " + i));
          }
        }
      }
      assertEquals(tiling.usedCells(), places.size(), "seed " + seed + " case " + i);
      assertTrue(tiling.utilization(side) <= 1, "seed " + seed + " case " + i);
    }
  }

  /** Puts a cell where the tiling says and checks that the crossbar and the cell exist. */
  private static long place(
      Tiling tiling,
      Tiling.CrossbarSize side,
      int g,
      int row,
      int column,
      int height,
      int width,
      String message) {
    long crossbar;
    int r;
    int c;
    if (tiling.groupsPerCrossbar() > 1) {
      int k = tiling.groupsPerCrossbar();
      crossbar = g / k;
      r = g % k * height + row;
      c = g % k * width + column;
    } else {
      crossbar =
          ((long) g * tiling.rowBlocks() + row / side.rows()) * tiling.columnBlocks()
              + column / side.columns();
      r = row % side.rows();
      c = column % side.columns();
    }
    assertTrue(crossbar < tiling.crossbars() && r < side.rows() && c < side.columns(), message);
    return (crossbar * side.rows() + r) * side.columns() + c;
  }

  @Test
  void vgg8NeedsThePublishedCrossbars() {
    // VGG-8 for CIFAR-10: shapes from the NeuroSim demonstration network.
    MatrixShape[] layers = {
      conv(3, 128, 3, 32, 1), conv(128, 128, 3, 32, 1), conv(128, 256, 3, 16, 1),
      conv(256, 256, 3, 16, 1), conv(256, 512, 3, 8, 1), conv(512, 512, 3, 8, 1),
      conv(8192, 1024, 1, 1, 1), conv(1024, 10, 1, 1, 1)
    };
    long four = 0;
    long eight = 0;
    long used = 0;
    for (MatrixShape shape : layers) {
      Tiling tiling = Tiling.of(shape, 1, 4, SIDE, false);
      four += tiling.crossbars();
      used += tiling.usedCells();
      eight += Tiling.of(shape, 1, 8, SIDE, false).crossbars();
    }
    assertEquals(3176, four);
    assertEquals(6344, eight);
    assertEquals(0.997, used / (four * 128.0 * 128), 0.0005);
  }
}
