package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.fabric.Fabric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers of a test that send what they are told to. */
final class SendingLayers {
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);

  private final LayerTraffic[] layers;
  private final List<List<Integer>> reads = new ArrayList<>();
  private final List<List<Double>> bits = new ArrayList<>();
  private int layer;

  /** So many layers on the first tile. */
  SendingLayers(int count) {
    layers = new LayerTraffic[count];
    Arrays.fill(layers, LayerTraffic.of(0, 1, 1, 0, 1));
    for (int l = 0; l < count; l++) {
      reads.add(new ArrayList<>());
      bits.add(new ArrayList<>());
    }
  }

  SendingLayers stand(int layer, int first, int tiles, int fan) {
    layers[layer] = LayerTraffic.of(first, tiles, fan, 0, 1);
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

  SendingLayers bring(double more) {
    return move(Links.INPUT, more);
  }

  SendingLayers reduce(double sums, int rows) {
    LayerTraffic stands = layers[layer];
    layers[layer] =
        LayerTraffic.of(stands.firstTile(), stands.tiles(), stands.fanOut(), sums, rows);
    return this;
  }

  SendingLayers take(double more) {
    layers[layer] = layers[layer].withOutput(more);
    return this;
  }

  SendingLayers spill(double out, double in) {
    layers[layer] = layers[layer].withSpill(out, in);
    return this;
  }

  Traffic on(Interconnect interconnect, int sites, boolean pipelined) {
    return on(interconnect, sites, pipelined, 1);
  }

  Traffic on(Interconnect interconnect, int sites, boolean pipelined, int chips) {
    List<Layer> all = new ArrayList<>();
    List<Double> moved = new ArrayList<>();
    for (int l = 0; l < layers.length; l++) {
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
    return Traffic.of(
        Fabric.of(interconnect, sites),
        interconnect,
        pipelined,
        chips,
        Dataflow.of(all),
        moved.stream().mapToDouble(more -> more).toArray(),
        new double[0],
        List.of(layers));
  }
}
