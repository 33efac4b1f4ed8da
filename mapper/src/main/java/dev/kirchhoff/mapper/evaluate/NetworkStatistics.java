package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.column.NetworkValues;
import dev.kirchhoff.mapper.count.DigitalCounts;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Properties of a network that do not depend on circuits, made when it is first met: what its
 * layers feed each other, layers that are alike, values, widest kernels.
 */
final class NetworkStatistics {
  private final Network network;
  private final int frequentKernel;
  private final int widestFrequent;
  private final int widestOther;
  private final Dataflow dataflow;

  private final int[] alike;

  private final DigitalCounts digital;
  private final NetworkValues values;

  NetworkStatistics(NetworkValues values) {
    this.values = values;
    network = values.network();
    alike = first(network, this::isAlike);
    digital = DigitalCounts.of(network.layers());
    frequentKernel = frequentKernel(network);
    widestFrequent = widest(network, true);
    widestOther = widest(network, false);
    dataflow = Dataflow.of(network.layers());
  }

  private static int frequentKernel(Network network) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Layer layer : network.layers()) {
      int positions = layer.shape().kernelHeight() * layer.shape().kernelWidth();
      if (positions > 1 && layer.shape().groups() == 1) {
        counts.merge(positions, 1, Integer::sum);
      }
    }
    int frequent = 0;
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      if (count.getValue() > counts.getOrDefault(frequent, 0)) {
        frequent = count.getKey();
      }
    }
    return frequent;
  }

  private int widest(Network network, boolean frequent) {
    int widest = 1;
    for (Layer layer : network.layers()) {
      if (!layer.dynamic() && hasFrequentKernel(layer) == frequent) {
        widest = Math.max(widest, layer.shape().outputsPerGroup());
      }
    }
    return widest;
  }

  /**
   * Whether a layer has the network's most frequent kernel of more than one position and stands
   * behind the first: positions of such kernels may have PEs of their own.
   */
  boolean hasFrequentKernel(Layer layer) {
    return layer.producer() >= 0
        && layer.shape().groups() == 1
        && layer.shape().kernelHeight() * layer.shape().kernelWidth() == frequentKernel;
  }

  /** Outputs of a group of the widest layer with that kernel, or of the others. */
  int widest(boolean frequent) {
    return frequent ? widestFrequent : widestOther;
  }

  /** What the network's layers feed each other. */
  Dataflow dataflow() {
    return dataflow;
  }

  /** Whether these are the statistics of a network. */
  boolean isOf(Network other) {
    return network == other;
  }

  /** Whether these are the statistics of a network equal to another. */
  boolean isOfEqual(Network other) {
    return network.equals(other);
  }

  /** For each layer the first that is like it, itself if none is before it. */
  private static int[] first(Network network, BiPredicate<Layer, Layer> alike) {
    int[] first = new int[network.layers().size()];
    for (int l = 0; l < first.length; l++) {
      while (!alike.test(network.layers().get(first[l]), network.layers().get(l))) {
        first[l]++;
      }
    }
    return first;
  }

  /** What the values of a layer have that independent ones have not. */
  private Structure structure(Layer layer) {
    return network.accuracy().map(m -> m.weight(layer.name()).structure()).orElse(Structure.NONE);
  }

  private boolean hasSameInputs(Layer a, Layer b) {
    return a.inputs().equals(b.inputs()) && structure(a).equals(structure(b));
  }

  private boolean isAlike(Layer a, Layer b) {
    return a.shape().equals(b.shape())
        && hasSameInputs(a, b)
        && a.weights().equals(b.weights())
        && a.dynamic() == b.dynamic()
        && a.producer() < 0 == b.producer() < 0;
  }

  /**
   * The first layer with the same matrix and statistics, maybe the layer itself: with the same
   * precision crossbars do the same for it.
   */
  int alike(int layer) {
    return alike[layer];
  }

  /** Values of the layers. */
  NetworkValues values() {
    return values;
  }

  /** The digital work behind the layers. */
  DigitalCounts digital() {
    return digital;
  }
}
