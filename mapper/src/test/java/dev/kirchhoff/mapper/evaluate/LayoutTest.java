package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.WeightDigits;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Arrangement;
import dev.kirchhoff.arch.workload.MappingOptions.CrossbarAllocation;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MappingOptions.Granularity;
import dev.kirchhoff.arch.workload.MappingOptions.Packing;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.layout.Block;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.layout.LayoutReader;
import dev.kirchhoff.mapper.layout.Matrix;
import dev.kirchhoff.mapper.slice.WeightSlicer;
import dev.kirchhoff.mapper.tile.Tiling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Laws of layouts on random networks, crossbars, encodings, copies and packings. */
@Tag("broad")
class LayoutTest {
  private static final long SEED = 20261125L;
  private static final WeightEncoding[] ENCODINGS = {
    new WeightEncoding(Encoding.OFFSET, false, false, false),
    new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false),
    new WeightEncoding(Encoding.DIFFERENTIAL, false, false, true),
    new WeightEncoding(Encoding.DIFFERENTIAL, false, true, false),
    new WeightEncoding(Encoding.XNOR, false, false, false),
    new WeightEncoding(Encoding.OFFSET, false, false, false, OptionalInt.of(1), 0, 0, 2),
    new WeightEncoding(Encoding.DIFFERENTIAL, false, true, false, OptionalInt.of(1), 0, 0, 1),
    new WeightEncoding(Encoding.OFFSET, false, false, false, OptionalInt.empty(), 2, 0)
  };

  private static Designs random(Random random) {
    Designs d = new Designs();
    d.side = 16 + 2 * random.nextInt(40);
    d.columns = 16 + 2 * random.nextInt(40);
    d.rowsActive = d.side;
    d.columnsPerAdc = 8;
    d.perPe = 1 + random.nextInt(9);
    d.perTile = 1 + random.nextInt(6);
    d.topology = Topology.MESH;
    d.weights = ENCODINGS[random.nextInt(ENCODINGS.length)];
    d.cellBits = d.weights.encoding() == Encoding.XNOR ? 1 : 1 + random.nextInt(4);
    d.bits = 1 + random.nextInt(8);
    d.bitsPerPulse = d.weights.encoding() == Encoding.XNOR ? 1 : 1 + random.nextInt(3);
    d.extra = random.nextInt(3);
    d.schedule = random.nextBoolean() ? Schedule.PIPELINED : Schedule.LAYER_BY_LAYER;
    d.packing = random.nextBoolean() ? Packing.BLOCK_DIAGONAL : Packing.ONE_GROUP;
    d.floorplan = Floorplan.values()[Math.max(0, random.nextInt(5) - 2)];
    d.allocation =
        new CrossbarAllocation(
            Arrangement.values()[random.nextInt(2)],
            Granularity.values()[Math.max(0, random.nextInt(5) - 2)],
            random.nextBoolean());
    if (random.nextInt(4) == 0) {
      d.tiles = OptionalInt.of(1 + random.nextInt(10));
    }
    return d;
  }

  private static Network network(Random random, String name) {
    List<Layer> layers = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int l = 0; l < count; l++) {
      int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 1;
      int kernel = 1 + random.nextInt(3);
      layers.add(
          Designs.conv(
              name + l,
              1 + random.nextInt(groups > 1 ? 4 : 30),
              1 + random.nextInt(groups > 1 ? 4 : 30),
              kernel,
              1 + random.nextInt(6),
              1,
              groups,
              l - 1));
    }
    return new Network(name, layers, "test");
  }

  @Test
  void everyCellOfEveryCopyIsPlacedOnceAndNoneOnAnother() {
    Random random = new Random(SEED);
    Evaluator evaluator = new Evaluator();
    int shared = 0;
    for (int i = 0; i < 600; i++) {
      String message = "seed " + SEED + " case " + i;
      Designs d = random(random);
      Design design =
          (random.nextBoolean()
                  ? d.runs(network(random, "a"))
                  : d.runs(network(random, "a"), network(random, "b")))
              .design();
      EvaluatedDesign evaluated = evaluator.evaluated(design);
      Totals totals = evaluated.totals();
      Layout layout = LayoutReader.read(evaluated.mapping());
      assertEquals(totals.value(Metric.CROSSBARS), layout.crossbars(), 1e-9, message);
      shared += check(layout, message);
    }
    assertTrue(shared > 50, "few designs of these share crossbars: " + shared);
  }

  private static Layout layout(Design design) {
    return LayoutReader.read(new Evaluator().evaluated(design).mapping());
  }

  /** Checks a layout; returns 1 if layers share a crossbar in it. */
  private static int check(Layout layout, String message) {
    Layout.Size size = layout.size();
    Map<Long, BitSet> used = new HashMap<>();
    Map<Long, Integer> owner = new HashMap<>();
    int shared = 0;
    for (LayerLayout layer : layout.layers()) {
      Matrix matrix = layer.matrix();
      Set<Long> crossbars = new TreeSet<>();
      long[] cells = new long[1];
      BitSet[] placed = new BitSet[layer.copies() * matrix.parts()];
      for (Block block : layer.blocks()) {
        crossbars.add(block.crossbar());
        assertTrue(block.crossbar() >= 0 && block.crossbar() < layout.crossbars(), message);
        assertTrue(block.rows().first() >= 0 && block.rows().count() > 0, message);
        assertTrue(block.rows().end() <= size.rows(), message);
        assertTrue(block.columns().first() >= 0 && block.columns().count() > 0, message);
        assertTrue(block.columns().end() <= size.columns(), message);
        BitSet crossbar = used.computeIfAbsent(block.crossbar(), c -> new BitSet());
        int at = block.copy() * matrix.parts() + block.part();
        placed[at] = placed[at] == null ? new BitSet() : placed[at];
        for (int r = 0; r < block.rows().count(); r++) {
          int line = (block.rows().first() + r) * size.columns() + block.columns().first();
          int next = crossbar.nextSetBit(line);
          assertFalse(next >= 0 && next < line + block.columns().count(), message + " overlap");
          crossbar.set(line, line + block.columns().count());
          int of = (block.firstRow() + r) * matrix.width() + block.firstColumn();
          assertEquals(of, placed[at].nextClearBit(of), message + " twice");
          placed[at].set(of, of + block.columns().count());
        }
        cells[0] += block.cells();
      }
      for (BitSet part : placed) {
        assertEquals(matrix.height() * matrix.width(), part.cardinality(), message);
      }
      assertEquals(
          matrix.shape().weights()
              * matrix.rowsPerWeight()
              * matrix.columnsPerWeight()
              * layer.copies(),
          cells[0],
          message);
      for (long crossbar : crossbars) {
        int number = layer.network() * 100 + layer.layer();
        Integer other = owner.put(crossbar, number);
        shared = other != null && other != number ? 1 : shared;
      }
    }
    return shared;
  }

  @Test
  void aLayerOnCrossbarsOfItsOwnTakesThoseOfItsTiling() {
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      Designs d = random(random);
      d.floorplan = Floorplan.SHARED;
      d.allocation =
          new CrossbarAllocation(d.allocation.arrangement(), Granularity.CROSSBAR, false);
      Network network = network(random, "a");
      Layout layout = layout(d.runs(network).design());
      for (LayerLayout layer : layout.layers()) {
        Matrix matrix = layer.matrix();
        Tiling.CrossbarSize side = new Tiling.CrossbarSize(d.side, d.columns, d.side);
        Tiling tiling =
            matrix.kernels()
                ? Tiling.byKernelPosition(
                    matrix.shape(), matrix.rowsPerWeight(), matrix.columnsPerWeight(), side)
                : Tiling.of(
                    matrix.shape(),
                    matrix.rowsPerWeight(),
                    matrix.columnsPerWeight(),
                    side,
                    d.packing == Packing.BLOCK_DIAGONAL);
        Set<Long> crossbars = new TreeSet<>();
        layer.forEach(block -> crossbars.add(block.crossbar()));
        assertEquals(
            tiling.crossbars() * layer.copies(),
            crossbars.size(),
            "seed " + SEED + " case " + i + " " + matrix);
      }
    }
  }

  @Test
  void productsThroughTheLayoutAreExact() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < 150; i++) {
      Designs d = random(random);
      Network network = network(random, "a");
      Layout layout = layout(d.runs(network).design());
      WeightSlicer slicer = new WeightSlicer(d.weights, d.cellBits, d.bits);
      long[][][] weights = new long[layout.layers().size()][][];
      Map<Long, int[][]> chip = new HashMap<>();
      for (int l = 0; l < weights.length; l++) {
        weights[l] = weights(random, slicer, layout.layers().get(l).matrix());
        program(chip, layout, layout.layers().get(l), slicer, weights[l]);
      }
      for (int l = 0; l < weights.length; l++) {
        LayerLayout layer = layout.layers().get(l);
        for (int copy = 0; copy < layer.copies(); copy++) {
          String message = "seed " + (SEED + 1) + " case " + i + " layer " + l + " " + copy;
          product(random, d, chip, layer, copy, slicer, weights[l], message);
        }
      }
    }
  }

  /** Weights by group · M + m, then k. */
  private static long[][] weights(Random random, WeightSlicer slicer, Matrix matrix) {
    int outputs = matrix.shape().groups() * matrix.shape().outputsPerGroup();
    long[][] weights = new long[outputs][matrix.shape().inputsPerOutput()];
    long span = (long) slicer.largest() - slicer.smallest() + 1;
    for (long[] row : weights) {
      for (int k = 0; k < row.length; k++) {
        row[k] = slicer.smallest() + Math.floorMod(random.nextLong(), span);
        if (slicer.weights().encoding() == Encoding.XNOR && (row[k] & 1) == 0) {
          row[k]--;
        }
      }
    }
    return weights;
  }

  private static void program(
      Map<Long, int[][]> chip,
      Layout layout,
      LayerLayout layer,
      WeightSlicer slicer,
      long[][] weights) {
    Matrix matrix = layer.matrix();
    int perGroup = matrix.shape().outputsPerGroup();
    layer.forEach(
        block -> {
          int[][] cells =
              chip.computeIfAbsent(
                  block.crossbar(), c -> new int[layout.size().rows()][layout.size().columns()]);
          int group = matrix.group(block.part());
          for (int r = 0; r < block.rows().count(); r++) {
            for (int c = 0; c < block.columns().count(); c++) {
              long weight =
                  weights[group * perGroup + matrix.output(block, c)][matrix.input(block, r)];
              int level =
                  slicer.level(matrix.rowOfWeight(block, r), matrix.columnOfWeight(block, c));
              cells[block.rows().first() + r][block.columns().first() + c] =
                  slicer.levels((int) weight)[level];
            }
          }
        });
  }

  /** One vector on one copy: currents of columns, shift and add, partial sums, correction. */
  private static void product(
      Random random,
      Designs d,
      Map<Long, int[][]> chip,
      LayerLayout layer,
      int copy,
      WeightSlicer slicer,
      long[][] weights,
      String message) {
    Matrix matrix = layer.matrix();
    int inputs = matrix.shape().inputsPerOutput();
    int perGroup = matrix.shape().outputsPerGroup();
    boolean planes = d.weights.encoding() == Encoding.XNOR;
    int pulses = (d.bits + d.bitsPerPulse - 1) / d.bitsPerPulse;
    int[][] x = new int[matrix.shape().groups()][inputs];
    for (int[] group : x) {
      for (int k = 0; k < inputs; k++) {
        int magnitude = random.nextInt(1 << d.bits);
        group[k] = planes ? 2 * magnitude - (1 << d.bits) + 1 : magnitude;
        group[k] *= planes || random.nextBoolean() ? 1 : -1;
      }
    }
    long[] sums = new long[weights.length];
    layer.forEach(
        copy,
        block -> {
          int[][] cells = chip.get(block.crossbar());
          int[] in = x[matrix.group(block.part())];
          for (int c = 0; c < block.columns().count(); c++) {
            int column = block.columns().first() + c;
            for (int t = 0; t < (planes ? d.bits : pulses); t++) {
              long current = 0;
              for (int r = 0; r < block.rows().count(); r++) {
                int row = matrix.rowOfWeight(block, r);
                long drive = drive(in[matrix.input(block, r)], t, row, planes, d);
                current += drive * cells[block.rows().first() + r][column];
              }
              int shift = t * (planes ? 1 : d.bitsPerPulse);
              int output = matrix.group(block.part()) * perGroup + matrix.output(block, c);
              sums[output] += shifted(d, slicer, matrix.columnOfWeight(block, c), current) << shift;
            }
          }
        });
    for (int m = 0; m < sums.length; m++) {
      int[] in = x[m / perGroup];
      long expected = 0;
      long sumOfInputs = 0;
      for (int k = 0; k < inputs; k++) {
        expected += weights[m][k] * in[k];
        sumOfInputs += in[k];
      }
      long corrected =
          switch (d.weights.encoding()) {
            case OFFSET -> sums[m] - (sumOfInputs << (d.bits - 1));
            case DIFFERENTIAL -> sums[m];
            // Matches of planes to products of ±1: 2 · matches − K for each pair of planes.
            case XNOR -> 2 * sums[m] - inputs * ((1L << d.bits) - 1) * ((1L << d.bits) - 1);
          };
      assertEquals(expected, corrected, message + " output " + m);
    }
  }

  /** Sum of the digits that a row is driven with, both passes of signs together. */
  private static long drive(int x, int t, int row, boolean planes, Designs d) {
    if (planes) {
      boolean plus = ((x + (1 << d.bits) - 1) / 2 >> t & 1) == 1;
      return plus == (row == 0) ? 1 : 0;
    }
    int magnitude = Math.abs(x) >> t * d.bitsPerPulse & (1 << d.bitsPerPulse) - 1;
    long digit = x < 0 ? -magnitude : magnitude;
    return row == 0 ? digit : -digit;
  }

  /** A column's current by the place of its digit; a negative column is subtracted. */
  private static long shifted(Designs d, WeightSlicer slicer, int column, long current) {
    WeightDigits digits = slicer.digits();
    boolean pair = d.weights.encoding() == Encoding.DIFFERENTIAL && !d.weights.pairOnRows();
    int s = pair ? column / 2 : column;
    if (s >= digits.count()) {
      return 0;
    }
    long value = current / digits.step(s) << digits.first(s);
    return pair && column % 2 == 1 ? -value : value;
  }
}
