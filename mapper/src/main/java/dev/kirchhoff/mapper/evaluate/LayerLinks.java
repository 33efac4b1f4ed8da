package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.List;

/**
 * Bits that the layers of a network take from each other and from outside, by their precision:
 * known before any layer stands anywhere. Scratch, reused from design to design; not safe for
 * several threads.
 */
final class LayerLinks {
  private Dataflow flow;
  private int layers;
  private int inputLayer;
  private double inputBits;
  private double[] takenBits = new double[32];
  private double[] mapBits = new double[32];
  private double[] readBits = new double[32];
  private double[] joinBits = new double[32];

  /** Finds how many bits each layer takes from each other. */
  void set(JobMapping mapping) {
    flow = mapping.statistics().dataflow();
    layers = mapping.layers();
    room();
    List<Precision> precisions = mapping.job().precision();
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
        joinBits[i] = p < 0 ? mapBits[l] : Math.min(mapBits[l], mapBits[p]);
        takenBits[l] += joinBits[i];
      }
    }
    findInput();
  }

  /** Finds the first layer that takes the network's input, whose tiles keep it. */
  private void findInput() {
    inputLayer = 0;
    inputBits = 0;
    for (int l = 0; l < layers && inputBits == 0; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        takeInput(l, flow.read(i), readBits[i]);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        takeInput(l, flow.join(i), joinBits[i]);
      }
    }
  }

  private void takeInput(int l, int producer, double bits) {
    if (producer < 0 && inputBits == 0) {
      inputLayer = l;
      inputBits = bits;
    }
  }

  /** Adds the bits that are alive before each layer, the first of which has index {@code at}. */
  void addAlive(int at, double[] alive) {
    for (int l = 0; l < layers; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        live(at, flow.read(i), l, readBits[i], alive);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        live(at, flow.join(i), l, joinBits[i], alive);
      }
    }
  }

  private static void live(int at, int from, int to, double bits, double[] alive) {
    for (int l = Math.max(0, from) + 1; l <= to; l++) {
      alive[at + l] += bits;
    }
  }

  /**
   * Writes the maps that are kept for later while layers run one after another: as large as what is
   * taken of them, after pooling.
   */
  void settleMaps(double[] settled) {
    int last = layers - 1;
    for (int l = 0; l < last; l++) {
      settled[l] = 0;
    }
    settled[last] = mapBits[last];
    for (int l = 0; l < layers; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        settle(flow.read(i), readBits[i], settled);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        settle(flow.join(i), joinBits[i], settled);
      }
    }
  }

  private static void settle(int producer, double bits, double[] settled) {
    if (producer >= 0) {
      settled[producer] = Math.max(settled[producer], bits);
    }
  }

  /** What the layers feed each other. */
  Dataflow flow() {
    return flow;
  }

  /** Bits of all reads. */
  double[] reads() {
    return readBits;
  }

  /** Bits of all joins. */
  double[] joins() {
    return joinBits;
  }

  /** Bits of a read. */
  double read(int index) {
    return readBits[index];
  }

  /** Bits of a join. */
  double join(int index) {
    return joinBits[index];
  }

  /** Bits that a layer takes, reads and joins. */
  double taken(int layer) {
    return takenBits[layer];
  }

  /** Bits of a layer's outputs. */
  double map(int layer) {
    return mapBits[layer];
  }

  /** The layer whose tiles keep the network's input. */
  int inputLayer() {
    return inputLayer;
  }

  /** Bits of the network's input. */
  double inputBits() {
    return inputBits;
  }

  private void room() {
    if (takenBits.length < layers) {
      takenBits = new double[layers];
      mapBits = new double[layers];
    }
    if (readBits.length < flow.firstRead(layers)) {
      readBits = new double[flow.firstRead(layers)];
    }
    if (joinBits.length < flow.firstJoin(layers)) {
      joinBits = new double[flow.firstJoin(layers)];
    }
  }
}
