package dev.kirchhoff.mapper.dataflow;

import dev.kirchhoff.arch.workload.Precision;
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

  private ActivationBits(Dataflow flow, List<Precision> precisions) {
    this.flow = flow;
    int layers = flow.layers();
    takenBits = new double[layers];
    mapBits = new double[layers];
    readBits = new double[flow.firstRead(layers)];
    joinBits = new double[flow.firstJoin(layers)];
    for (int l = 0; l < layers; l++) {
      Precision precision = precisions.get(l);
      double bits = flow.inputValues(l) * precision.inputs();
      takenBits[l] = bits;
      int behind = flow.firstRead(l + 1);
      for (int i = flow.firstRead(l); i < behind; i++) {
        readBits[i] = bits * flow.readShare(i);
      }
      mapBits[l] = flow.outputValues(l) * precision.outputs();
      behind = flow.firstJoin(l + 1);
      for (int i = flow.firstJoin(l); i < behind; i++) {
        int p = flow.join(i);
        joinBits[i] = Dataflow.isInput(p) ? mapBits[l] : Math.min(mapBits[l], mapBits[p]);
        takenBits[l] += joinBits[i];
      }
    }
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
    return new ActivationBits(flow, precisions);
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

  /** Bits of all reads, by index. */
  public double[] reads() {
    return readBits.clone();
  }

  /** Bits of all joins, by index. */
  public double[] joins() {
    return joinBits.clone();
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

  /** Bits of a layer's outputs that leave the chip: of the last layer and of those that none reads. */
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
}
