package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.tile.BlockShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Layers of a test that send what they are told to. */
final class SendingLayers {
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);

  /**
   * A layer on tiles of one crossbar each.
   *
   * @param first its first tile
   * @param tiles number of its tiles
   * @param fan tiles side by side that receive the same value
   * @param rows tiles, or rows of tiles, that hold rows of the same column
   */
  private record Stand(int first, int tiles, int fan, int rows) {
    BlockGrid blocks(double sum_bits) {
      int across = Math.min(fan, tiles);
      int down = Math.max(1, Math.min(rows, tiles / across));
      BlockShape shape =
          new BlockShape(1, 1, down, across, 1.0 / down, 1.0 / across, Optional.empty());
      int copies = Math.max(1, tiles / (across * down));
      return new BlockGrid(
          shape,
          first,
          (double) copies * across * down,
          copies,
          1,
          false,
          sum_bits,
          BlockGrid.SpreadBlocks.NONE);
    }
  }

  private final Stand[] stands;
  private final double[] sums;
  private final double[] outputs;
  private final double[] spilled;
  private final List<List<Integer>> reads = new ArrayList<>();
  private final List<List<Double>> bits = new ArrayList<>();
  private int layer;

  /** Layers that lie on the first tile. */
  SendingLayers(int count) {
    stands = new Stand[count];
    sums = new double[count];
    outputs = new double[count];
    spilled = new double[count];
    Arrays.fill(stands, new Stand(0, 1, 1, 1));
    for (int l = 0; l < count; l++) {
      reads.add(new ArrayList<>());
      bits.add(new ArrayList<>());
    }
  }

  SendingLayers stand(int layer, int first, int tiles, int fan) {
    stands[layer] = new Stand(first, tiles, fan, 1);
    return this;
  }

  SendingLayers begin(int layer) {
    this.layer = layer;
    return this;
  }

  SendingLayers move(int producer, double more) {
    reads.get(layer).add(producer);
    bits.get(layer).add(more);
    return this;
  }

  SendingLayers transfer(double more) {
    return move(Links.INPUT, more);
  }

  /** Sums, once, of outputs whose rows lie on so many tiles. */
  SendingLayers reduce(double more, int rows) {
    Stand before = stands[layer];
    stands[layer] = new Stand(before.first(), before.tiles(), before.fan(), rows);
    sums[layer] = more;
    return this;
  }

  SendingLayers take(double more) {
    outputs[layer] += more;
    return this;
  }

  SendingLayers spill(double more) {
    spilled[layer] += more;
    return this;
  }

  Traffic on(Interconnect interconnect, int sites, boolean pipelined) {
    return on(interconnect, sites, pipelined, 1);
  }

  Traffic on(Interconnect interconnect, int sites, boolean pipelined, int chips) {
    List<Layer> all = new ArrayList<>();
    List<Double> moved = new ArrayList<>();
    List<Optional<BlockGrid>> layers = new ArrayList<>();
    for (int l = 0; l < stands.length; l++) {
      layers.add(Optional.of(stands[l].blocks(sums[l])));
      List<Integer> from = reads.get(l).isEmpty() ? List.of(Links.INPUT) : reads.get(l);
      moved.addAll(reads.get(l).isEmpty() ? List.of(0.0) : bits.get(l));
      all.add(
          new Layer(
              "l" + l,
              new MatrixShape(1, 1, 1, 1, 1, 1, 1, 1),
              new Window(1, 1, 1, 1),
              false,
              VALUES,
              VALUES,
              List.of(),
              new Links(from, List.of())));
    }
    ActivationBits sent =
        ActivationBits.of(
            Dataflow.of(all), outputs, moved.stream().mapToDouble(more -> more).toArray());
    return Traffic.of(new Traffic.Key(interconnect, sites, pipelined, chips, sent, layers))
        .withSpills(spilled, spilled);
  }
}
