package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.schedule.BufferOverflow.BufferedMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BufferOverflowTest {
  private static final long SEED = 20261125L;
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);

  @Test
  void layersOnOneTileShareItsBuffer() {
    // 60 and 80 bits on one tile of 100: 40 of 140 do not fit, 2/7 of each.
    List<BufferedMaps> held = List.of(new BufferedMaps(600, 60), new BufferedMaps(80, 80));
    List<CrossbarSpan> spans = List.of(new CrossbarSpan(0, 2), new CrossbarSpan(2, 2));
    BufferOverflow overflow = BufferOverflow.of(held, spans, new TileBuffers(4, 1, 100));
    assertTrue(overflow.exists());
    assertEquals(40, overflow.offChip_bits(), 1e-9);
    assertEquals(600 * 2 / 7.0, overflow.out_bits(0), 1e-9);
    assertEquals(80 * 2 / 7.0, overflow.in_bits(1), 1e-9);
    // Each fits a tile of its own.
    spans = List.of(new CrossbarSpan(0, 4), new CrossbarSpan(4, 4));
    overflow = BufferOverflow.of(held, spans, new TileBuffers(4, 2, 100));
    assertFalse(overflow.exists());
    assertEquals(0, overflow.out_bits(0));
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
      List<BufferedMaps> maps = new ArrayList<>();
      List<CrossbarSpan> spans = new ArrayList<>();
      for (int l = 0; l < n; l++) {
        first[l] = at;
        crossbars[l] = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(20);
        at += (int) crossbars[l];
        held[l] = random.nextInt(100);
        maps.add(new BufferedMaps(4 * held[l], held[l]));
        spans.add(new CrossbarSpan(first[l], crossbars[l]));
      }
      int tiles = Math.max(1, (at + perTile - 1) / perTile + random.nextInt(2));
      double room = 1 + random.nextInt(60);
      BufferOverflow overflow =
          BufferOverflow.of(maps, spans, new TileBuffers(perTile, tiles, room));
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
        assertEquals(4 * spilled[l], overflow.out_bits(l), 1e-9, "seed " + SEED + " case " + i);
      }
      assertEquals(away > 0, overflow.exists(), "seed " + SEED + " case " + i);
      assertEquals(away, overflow.offChip_bits(), 1e-9, "seed " + SEED + " case " + i);
    }
  }

  /** Layers whose whole maps fit are passed over, which must change nothing. */
  @Test
  void anOverflowOfAPipelineIsThatOfAllThatItsLayersHold() {
    int overflows = 0;
    for (int i = 0; i < 2_000; i++) {
      Random random = new Random(SEED + i);
      RandomPipelines p = new RandomPipelines(random, 12, true);
      List<Precision> precisions = new ArrayList<>();
      List<CrossbarSpan> spans = new ArrayList<>();
      double at = 0;
      for (int l = 0; l < p.layers.size(); l++) {
        precisions.add(new Precision(4, 1 + random.nextInt(8), 8));
        spans.add(new CrossbarSpan(at, random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(9)));
        at += spans.get(l).count();
      }
      ActivationBits bits = ActivationBits.of(p.flow, precisions);
      List<BufferedMaps> held = new ArrayList<>();
      for (int l = 0; l < p.layers.size(); l++) {
        double maps = 0;
        double part = 0;
        for (int r = p.flow.firstRead(l); r < p.flow.firstRead(l + 1); r++) {
          maps += bits.read(r);
          part += bits.read(r) * p.pipeline.heldShareOfRead(l, r);
        }
        for (int j = p.flow.firstJoin(l); j < p.flow.firstJoin(l + 1); j++) {
          maps += bits.join(j);
          part += bits.join(j) * p.pipeline.heldShareOfJoin(l, j);
        }
        held.add(new BufferedMaps(maps, part));
      }
      TileBuffers buffers = new TileBuffers(4, Math.ceil(at / 4) + 1, random.nextInt(400));
      BufferOverflow expected = BufferOverflow.of(held, spans, buffers);
      BufferOverflow found = BufferOverflow.pipelined(p.pipeline, bits, spans, buffers);
      String message = "seed " + SEED + " case " + i;
      assertEquals(expected.offChip_bits(), found.offChip_bits(), message);
      for (int l = 0; l < p.layers.size(); l++) {
        assertEquals(expected.out_bits(l), found.out_bits(l), message);
        assertEquals(expected.in_bits(l), found.in_bits(l), message);
      }
      overflows += found.exists() ? 1 : 0;
    }
    assertTrue(overflows > 400 && overflows < 1_600, "tells little: " + overflows);
  }

  @Test
  void dataOfATaskStayAsFarAsTheyFit() {
    // A quarter of 80 bits does not fit into 60: so much of all reads and writes goes further.
    double[] read = {100, 40};
    double[] written = {20, 0};
    assertFalse(BufferOverflow.ofData(60, read, written, 60).exists());
    BufferOverflow overflow = BufferOverflow.ofData(80, read, written, 60);
    assertEquals(20, overflow.offChip_bits(), 1e-9);
    assertEquals(25, overflow.in_bits(0), 1e-9);
    assertEquals(10, overflow.in_bits(1), 1e-9);
    assertEquals(5, overflow.out_bits(0), 1e-9);
    assertEquals(0, overflow.out_bits(1));
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
    assertFalse(BufferOverflow.layerByLayer(flow, maps, 5, 60).exists());
    // 40 of 60 fit at layer 2, where all maps are last used: a third of each goes and comes.
    BufferOverflow overflow = BufferOverflow.layerByLayer(flow, maps, 5, 40);
    assertTrue(overflow.exists());
    assertEquals(20, overflow.offChip_bits(), 1e-9);
    assertEquals(10 / 3.0, overflow.out_bits(0), 1e-9);
    assertEquals(20 / 3.0, overflow.out_bits(1), 1e-9);
    assertEquals(0, overflow.in_bits(1), 1e-9 + 10 / 3.0);
    assertEquals(30 / 3.0, overflow.in_bits(2), 1e-9);
  }
}
