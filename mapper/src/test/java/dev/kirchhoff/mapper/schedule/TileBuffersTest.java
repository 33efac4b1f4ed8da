package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TileBuffersTest {
  private static final long SEED = 20261125L;
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);

  @Test
  void layersOnOneTileShareItsBuffer() {
    TileBuffers buffers = new TileBuffers();
    buffers.clear(2);
    // 60 and 80 bits on one tile of 100: 40 of 140 do not fit, 2/7 of each.
    buffers.hold(0, 600, 0.1);
    buffers.hold(1, 80, 1);
    assertTrue(buffers.share(new double[] {0, 2}, new double[] {2, 2}, 4, 1, 100));
    assertEquals(40, buffers.away(), 1e-9);
    assertEquals(600 * 2 / 7.0, buffers.out(0), 1e-9);
    assertEquals(80 * 2 / 7.0, buffers.in(1), 1e-9);
    // Each fits a tile of its own.
    buffers.clear(2);
    buffers.hold(0, 600, 0.1);
    buffers.hold(1, 80, 1);
    assertFalse(buffers.share(new double[] {0, 4}, new double[] {4, 4}, 4, 2, 100));
    assertEquals(0, buffers.out(0));
  }

  @Test
  void anOverflowIsThatOfTilesOneByOne() {
    for (int i = 0; i < 2_000; i++) {
      Random random = new Random(SEED + i);
      int n = 1 + random.nextInt(6);
      int perTile = 1 + random.nextInt(6);
      double[] first = new double[n];
      double[] crossbars = new double[n];
      double[] held = new double[n];
      int at = 0;
      TileBuffers buffers = new TileBuffers();
      buffers.clear(n);
      for (int l = 0; l < n; l++) {
        first[l] = at;
        crossbars[l] = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(20);
        at += (int) crossbars[l];
        held[l] = random.nextInt(100);
        buffers.hold(l, 4 * held[l], 0.25);
      }
      int tiles = Math.max(1, (at + perTile - 1) / perTile + random.nextInt(2));
      double room = 1 + random.nextInt(60);
      boolean overflows = buffers.share(first, crossbars, perTile, tiles, room);
      double[] spilled = new double[n];
      for (int tile = 0; tile < tiles; tile++) {
        double[] here = new double[n];
        double load = 0;
        for (int l = 0; l < n; l++) {
          if (crossbars[l] == 0) {
            here[l] = held[l] / tiles;
          }
          for (int c = 0; c < crossbars[l]; c++) {
            here[l] += ((int) first[l] + c) / perTile == tile ? held[l] / crossbars[l] : 0;
          }
          load += here[l];
        }
        for (int l = 0; l < n && load > room; l++) {
          spilled[l] += here[l] * (1 - room / load);
        }
      }
      double away = 0;
      for (int l = 0; l < n; l++) {
        away += spilled[l];
        assertEquals(4 * spilled[l], buffers.out(l), 1e-9, "seed " + SEED + " case " + i);
      }
      assertEquals(away > 0, overflows, "seed " + SEED + " case " + i);
      assertEquals(away, buffers.away(), 1e-9, "seed " + SEED + " case " + i);
    }
  }

  private static Layer layer(Links links) {
    MatrixShape shape = new MatrixShape(1, 1, 1, 1, 4, 4, 1, 1);
    return new Layer("l", shape, Window.padded(shape), false, VALUES, VALUES, List.of(), links);
  }

  @Test
  void aMapLivesFromItsMakingToItsLastUse() {
    // Layer 0 is joined by layer 2: at layer 1 the maps 0 and 1 are alive with nothing else, at
    // layer 2 all three.
    Dataflow flow =
        Dataflow.of(
            List.of(
                layer(Links.of(-1)), layer(Links.of(0)), layer(new Links(List.of(1), List.of(0)))));
    double[] maps = {10, 20, 30};
    TileBuffers buffers = new TileBuffers();
    buffers.clear(3);
    assertFalse(buffers.alive(flow, maps, 5, 60));
    buffers.clear(3);
    // 40 of 60 fit at layer 2, where all maps are last used: a third of each goes and comes.
    assertTrue(buffers.alive(flow, maps, 5, 40));
    assertEquals(20, buffers.away(), 1e-9);
    assertEquals(10 / 3.0, buffers.out(0), 1e-9);
    assertEquals(20 / 3.0, buffers.out(1), 1e-9);
    assertEquals(0, buffers.in(1), 1e-9 + 10 / 3.0);
    assertEquals(30 / 3.0, buffers.in(2), 1e-9);
  }
}
