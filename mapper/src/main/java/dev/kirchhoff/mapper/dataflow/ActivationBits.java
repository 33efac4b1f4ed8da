package dev.kirchhoff.mapper.dataflow;

import dev.kirchhoff.arch.workload.Precision;
import java.util.Arrays;
import java.util.List;

/**
 * Activation traffic of a network in bits, by the precision of its layers: each read and join of
 * the {@link Dataflow}, each output map, and the network's input. Independent of the chip.
 */
public final class ActivationBits {
  private final Dataflow flow;
  private final double[] takenBits;
  private final double[] mapBits;
  private final double[] readBits;
  private final double[] joinBits;
  private final int inputLayer;
  private final double inputBits;

  private ActivationBits(
      Dataflow flow, double[] takenBits, double[] mapBits, double[] readBits, double[] joinBits) {
    this.flow = flow;
    this.takenBits = takenBits;
    this.mapBits = mapBits;
    this.readBits = readBits;
    this.joinBits = joinBits;
    int layers = flow.layers();
    int layer = 0;
    double bits = 0;
    for (int l = 0; l < layers && bits == 0; l++) {
      layer = l;
      bits = fromInput(l);
    }
    inputLayer = bits == 0 ? 0 : layer;
    inputBits = bits;
  }

  /**
   * The traffic of a network.
   *
   * @param precisions of each layer
   */
  public static ActivationBits of(Dataflow flow, List<Precision> precisions) {
    int layers = flow.layers();
    double[] taken = new double[layers];
    double[] maps = new double[layers];
    double[] reads = new double[flow.firstRead(layers)];
    double[] joins = new double[flow.firstJoin(layers)];
    for (int l = 0; l < layers; l++) {
      Precision precision = precisions.get(l);
      double bits = flow.inputValues(l) * precision.inputs();
      taken[l] = bits;
      int behind = flow.firstRead(l + 1);
      for (int i = flow.firstRead(l); i < behind; i++) {
        reads[i] = bits * flow.readShare(i);
      }
      maps[l] = flow.outputValues(l) * precision.outputs();
      behind = flow.firstJoin(l + 1);
      for (int i = flow.firstJoin(l); i < behind; i++) {
        int p = flow.join(i);
        joins[i] = Dataflow.isInput(p) ? maps[l] : Math.min(maps[l], maps[p]);
        taken[l] += joins[i];
      }
    }
    return new ActivationBits(flow, taken, maps, reads, joins);
  }

  /**
   * Traffic of maps of given sizes, without joins.
   *
   * @param map_bits by layer, bits of its output map
   * @param read_bits by read, its bits
   */
  public static ActivationBits of(Dataflow flow, double[] map_bits, double[] read_bits) {
    double[] taken = new double[flow.layers()];
    for (int l = 0; l < taken.length; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        taken[l] += read_bits[i];
      }
    }
    return new ActivationBits(flow, taken, map_bits.clone(), read_bits.clone(), new double[0]);
  }

  /** Bits of the first read or join by which a layer takes the network's input; 0 without one. */
  private double fromInput(int l) {
    for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
      if (Dataflow.isInput(flow.read(i)) && readBits[i] > 0) {
        return readBits[i];
      }
    }
    for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
      if (Dataflow.isInput(flow.join(i)) && joinBits[i] > 0) {
        return joinBits[i];
      }
    }
    return 0;
  }

  /**
   * Bits alive before each layer: of every read and join from a layer before it to one behind it or
   * to itself. A map that two layers take counts twice; the network's input counts behind the first
   * layer.
   */
  public double[] aliveBefore() {
    double[] alive = new double[flow.layers()];
    for (int l = 0; l < alive.length; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        addAlive(flow.read(i), l, readBits[i], alive);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        addAlive(flow.join(i), l, joinBits[i], alive);
      }
    }
    return alive;
  }

  private static void addAlive(int from, int to, double bits, double[] alive) {
    for (int l = Math.max(0, from) + 1; l <= to; l++) {
      alive[l] += bits;
    }
  }

  /**
   * Bits kept of each layer's output map for the layers behind it: the largest part that one of
   * them takes, after pooling; the whole map of the last layer.
   */
  public double[] keptMaps() {
    int layers = flow.layers();
    double[] kept = new double[layers];
    kept[layers - 1] = mapBits[layers - 1];
    for (int l = 0; l < layers; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        keep(flow.read(i), readBits[i], kept);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        keep(flow.join(i), joinBits[i], kept);
      }
    }
    return kept;
  }

  private static void keep(int producer, double bits, double[] kept) {
    if (!Dataflow.isInput(producer)) {
      kept[producer] = Math.max(kept[producer], bits);
    }
  }

  /** The dataflow whose bits these are. */
  public Dataflow flow() {
    return flow;
  }

  /** Bits of a read. */
  public double read(int index) {
    return readBits[index];
  }

  /** Bits of a join. */
  public double join(int index) {
    return joinBits[index];
  }

  /** Bits that a layer takes, reads and joins. */
  public double taken(int layer) {
    return takenBits[layer];
  }

  /** Bits of a layer's output map. */
  public double map(int layer) {
    return mapBits[layer];
  }

  /**
   * Bits of a layer's outputs that leave the chip: of the last layer and of those that none reads.
   */
  public double leaving(int layer) {
    boolean isRead = flow.lastUse(layer) > layer && layer < flow.layers() - 1;
    return isRead ? 0 : mapBits[layer];
  }

  /** The first layer that takes the network's input, whose tiles hold it. */
  public int inputLayer() {
    return inputLayer;
  }

  /** Bits of the network's input. */
  public double inputBits() {
    return inputBits;
  }

  /** True if other traffic has the same dataflow and bits. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof ActivationBits bits
            && flow == bits.flow
            && Arrays.equals(mapBits, bits.mapBits)
            && Arrays.equals(readBits, bits.readBits)
            && Arrays.equals(joinBits, bits.joinBits);
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(flow) + Arrays.hashCode(mapBits);
  }
}
