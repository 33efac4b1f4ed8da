package dev.kirchhoff.mapper.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.mapper.tile.SharedCrossbars.Blocks;
import dev.kirchhoff.mapper.tile.SharedCrossbars.CrossbarClass;
import dev.kirchhoff.mapper.tile.SharedCrossbars.PlacedBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedCrossbarsTest {
  private static final double EVER = Double.POSITIVE_INFINITY;

  private static Blocks blocks(int layer, int height, int width, int number) {
    return new Blocks(layer, height, width, number, 0);
  }

  @Test
  void fourQuartersAreOneCrossbar() {
    List<Blocks> quarters = List.of(blocks(0, 64, 32, 3), blocks(1, 64, 32, 1));
    assertEquals(1, SharedCrossbars.pack(128, 64, quarters, EVER, false).crossbars());
    // One block of each layer at most: the three of layer 0 apart, that of layer 1 beside one.
    assertEquals(3, SharedCrossbars.pack(128, 64, quarters, EVER, true).crossbars());
  }

  @Test
  void busyTimesAddUpToTheLimitAtMost() {
    List<Blocks> strips = List.of(blocks(0, 32, 128, 8).busy(3));
    // Two of 3 ns fit into 7 ns, although four would fit into the crossbar.
    SharedCrossbars limited = SharedCrossbars.pack(128, 128, strips, 7, false);
    assertEquals(4, limited.crossbars());
    assertEquals(6, limited.classes().get(0).busy_ns());
    assertEquals(2, SharedCrossbars.pack(128, 128, strips, EVER, false).crossbars());
    // As long as the limit is not too long, of equal blocks and of others.
    assertEquals(4, SharedCrossbars.pack(128, 128, strips, 6, false).crossbars());
    assertEquals(8, SharedCrossbars.pack(128, 128, strips, 5.999, false).crossbars());
    List<Blocks> two = List.of(blocks(0, 64, 128, 1).busy(3), blocks(1, 32, 128, 1).busy(4));
    assertEquals(1, SharedCrossbars.pack(128, 128, two, 7, false).crossbars());
    assertEquals(2, SharedCrossbars.pack(128, 128, two, 6.999, false).crossbars());
  }

  @Test
  void sixteenBlocksShareACrossbarAndASeventeenthDoesNot() {
    List<Blocks> sixteen = List.of(blocks(0, 8, 8, 16));
    List<Blocks> more = List.of(blocks(0, 8, 8, 17).busy(1));
    List<Blocks> mixed = List.of(blocks(0, 9, 9, 15), blocks(1, 8, 8, 2));
    assertEquals(1, SharedCrossbars.pack(128, 128, sixteen, EVER, false).crossbars());
    SharedCrossbars spread = SharedCrossbars.pack(128, 128, more, EVER, false);
    assertEquals(2, spread.crossbars());
    // Nine and eight, not sixteen and one, are read one after another.
    assertEquals(9, spread.classes().stream().mapToInt(c -> c.blocks().size()).max().orElse(0));
    assertEquals(2, SharedCrossbars.pack(128, 128, mixed, EVER, false).crossbars());
  }

  @Test
  void aBlockFillsTheRectangleThatItFitsBest() {
    // A wide one leaves 28 rows, a high one leaves 28 columns; 28 x 100 fits only the first.
    List<Blocks> kinds =
        List.of(
            blocks(0, 100, 128, 1),
            blocks(1, 128, 100, 1),
            blocks(2, 28, 100, 1),
            blocks(3, 100, 28, 1));
    assertEquals(2, SharedCrossbars.pack(128, 128, kinds, EVER, false).crossbars());
  }

  @Test
  void nothingOverlapsNothingIsLostAndItIsRepeatable() {
    long seed = 5L;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String message = "seed " + seed + " case " + i;
      int rows = 8 + random.nextInt(60);
      int columns = 8 + random.nextInt(60);
      double limit = random.nextBoolean() ? EVER : 10 + 30 * random.nextDouble();
      boolean once = random.nextBoolean();
      List<Blocks> kinds = new ArrayList<>();
      int count = 1 + random.nextInt(20);
      long cells = 0;
      for (int k = 0; k < count; k++) {
        Blocks blocks =
            blocks(
                    k / 2,
                    1 + random.nextInt(rows),
                    1 + random.nextInt(columns),
                    1 + random.nextInt(9))
                .busy(10 * random.nextDouble());
        kinds.add(blocks);
        cells += (long) blocks.number() * blocks.height() * blocks.width();
      }
      SharedCrossbars shared = SharedCrossbars.pack(rows, columns, kinds, limit, once);
      check(shared, rows, columns, limit, once, message);
      assertTrue(shared.crossbars() <= shared.blocks(), message);
      assertTrue(shared.crossbars() * rows * columns >= cells, message);
      assertEquals(shared, SharedCrossbars.pack(rows, columns, kinds, limit, once), message);
    }
  }

  private static void check(
      SharedCrossbars shared, int rows, int columns, double limit, boolean once, String message) {
    int[] found = new int[shared.kinds().size()];
    for (CrossbarClass of : shared.classes()) {
      boolean[][] used = new boolean[rows][columns];
      Set<Integer> layers = new HashSet<>();
      double busy = 0;
      for (PlacedBlock placed : of.blocks()) {
        Blocks blocks = shared.kinds().get(placed.kind());
        found[placed.kind()] += of.count();
        busy += blocks.busy_ns();
        assertTrue(layers.add(blocks.layer()) || !once, message);
        for (int r = 0; r < blocks.height(); r++) {
          for (int c = 0; c < blocks.width(); c++) {
            assertTrue(!used[placed.row() + r][placed.column() + c], message);
            used[placed.row() + r][placed.column() + c] = true;
          }
        }
      }
      assertEquals(busy, of.busy_ns(), 1e-9, message);
      assertTrue(busy <= limit || of.blocks().size() == 1, message);
      assertTrue(of.blocks().size() <= SharedCrossbars.MOST, message);
    }
    for (int k = 0; k < found.length; k++) {
      assertEquals(shared.kinds().get(k).number(), found[k], message);
    }
  }

  /** Two crossbars with four rows left each: blocks that fill either are on the first. */
  @Test
  void ofCrossbarsThatABlockFillsAlikeTheFirstIsTaken() {
    List<Blocks> kinds = List.of(blocks(0, 6, 10, 1), blocks(1, 6, 10, 1), blocks(2, 4, 10, 1));
    SharedCrossbars shared = SharedCrossbars.pack(10, 10, kinds, EVER, false);
    assertEquals(2, shared.crossbars());
    assertEquals(
        List.of(new PlacedBlock(0, 0, 0), new PlacedBlock(2, 6, 0)),
        shared.classes().get(0).blocks());
  }

  /** Five blocks of one layer, each on a crossbar of its own, are one class however small. */
  @Test
  void crossbarsOfOneBlockOfALayerAreOneClass() {
    List<Blocks> five = List.of(blocks(0, 5, 5, 5));
    SharedCrossbars shared = SharedCrossbars.pack(10, 10, five, EVER, true);
    assertEquals(
        List.of(new CrossbarClass(5, 0, List.of(new PlacedBlock(0, 0, 0)))), shared.classes());
  }
}
