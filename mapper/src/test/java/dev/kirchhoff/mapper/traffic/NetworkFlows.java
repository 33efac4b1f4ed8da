package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.tile.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Networks of the catalogue on tiles, for tests: 8 bits, 128 × 128 crossbars, 4 cells a weight. */
final class NetworkFlows {
  private static final int BITS = 8;
  private static final int SUM_BITS = 24;
  private static final int CELLS = 4;
  private static final Tiling.CrossbarSize SIDE = new Tiling.CrossbarSize(128, 128, 128);

  private NetworkFlows() {}

  static Flows of(Network network, int perTile) {
    List<LayerFlows.Bits> bits = new ArrayList<>();
    List<TrafficBlock.LayerBlocks> grids = new ArrayList<>();
    long at = 0;
    for (int l = 0; l < network.layers().size(); l++) {
      Layer layer = network.layers().get(l);
      MatrixShape shape = layer.shape();
      double outputs = (double) shape.outputs() * BITS;
      boolean isRead = false;
      for (Layer other : network.layers()) {
        isRead |= other.links().reads().contains(l) || other.links().joins().contains(l);
      }
      bits.add(
          new LayerFlows.Bits(
              reads(network, layer),
              layer.links().joins().stream().map(from -> outputs).toList(),
              (double) shape.outputs() * SUM_BITS,
              isRead ? 0 : outputs,
              0,
              0));
      Tiling tiling = Tiling.of(shape, 1, CELLS, SIDE, false);
      long first = at;
      grids.add(
          layer.dynamic()
              ? TrafficBlock.LayerBlocks.dynamic()
              : grid(
                  new int[] {1, shape.groups(), tiling.rowBlocks(), tiling.columnBlocks()},
                  (double) SIDE.rows() / shape.inputsPerOutput(),
                  (double) SIDE.columns() / (CELLS * shape.outputsPerGroup()),
                  block -> (int) ((first + block) / perTile)));
      at += layer.dynamic() ? 0 : tiling.crossbars();
    }
    Flows.Builder builder = new Flows.Builder((int) ((at + perTile - 1) / perTile));
    LayerFlows.add(network, bits, grids, 1, builder);
    return builder.build();
  }

  private static List<Double> reads(Network network, Layer layer) {
    MatrixShape shape = layer.shape();
    double positions = (double) shape.vectors() * shape.stride() * shape.stride();
    double inputs = positions * shape.inputsPerGroup() * shape.groups() * BITS;
    List<Integer> reads = layer.links().reads();
    if (layer.dynamic()) {
      return reads.stream()
          .map(from -> from.equals(reads.get(0)) ? inputs : outputs(network, from))
          .toList();
    }
    double all = reads.stream().mapToDouble(from -> outputs(network, from)).sum();
    return reads.stream().map(from -> inputs * outputs(network, from) / all).toList();
  }

  private static double outputs(Network network, int layer) {
    return layer < 0 ? 1 : (double) network.layers().get(layer).shape().outputs() * BITS;
  }

  /**
   * A layer whose blocks follow each other.
   *
   * @param size copies, groups, row blocks, column blocks
   * @param unit of a block, by its number
   */
  static TrafficBlock.LayerBlocks grid(
      int[] size, double rowShare, double columnShare, IntUnaryOperator unit) {
    List<List<TrafficBlock>> copies = new ArrayList<>();
    int block = 0;
    for (int copy = 0; copy < size[0]; copy++) {
      List<TrafficBlock> pieces = new ArrayList<>();
      for (int g = 0; g < size[1]; g++) {
        for (int r = 0; r < size[2]; r++) {
          for (int c = 0; c < size[3]; c++) {
            pieces.add(
                new TrafficBlock(
                    unit.applyAsInt(block++),
                    share(g, size[1], r, rowShare),
                    share(g, size[1], c, columnShare)));
          }
        }
      }
      copies.add(pieces);
    }
    return new TrafficBlock.LayerBlocks(copies);
  }

  private static TrafficBlock.ChannelRange share(int group, int groups, int block, double width) {
    return new TrafficBlock.ChannelRange(
        (group + Math.min(1, block * width)) / groups,
        (group + Math.min(1, (block + 1) * width)) / groups);
  }
}
