package dev.kirchhoff.mapper.dataflow;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Window;
import java.util.List;

/**
 * Dataflow graph of a network, on primitives: the producers that each layer reads and joins, the
 * share of its input map that a layer needs for its first output and keeps while its window moves,
 * and the lifetime of its output map.
 *
 * <p>A dynamic matrix needs both operands as a whole before its first vector: one of them is the
 * matrix.
 */
public final class Dataflow {
  /** The network's input among producers. */
  public static final int INPUT = Links.INPUT;

  private final int layers;
  private final int[] firstRead;
  private final int[] reads;
  private final int[] firstJoin;
  private final int[] joins;
  private final int[] lastUse;
  private final double[] vectors;
  private final int[] steps;
  private final double[] firstShare;
  private final double[] lineShare;
  private final double[] inputValues;
  private final double[] outputValues;
  private final double[] readShare;
  private final int lastUseOfInput;

  private Dataflow(List<Layer> all) {
    layers = all.size();
    firstRead = new int[layers + 1];
    firstJoin = new int[layers + 1];
    lastUse = new int[layers];
    vectors = new double[layers];
    steps = new int[layers];
    firstShare = new double[layers];
    lineShare = new double[layers];
    inputValues = new double[layers];
    outputValues = new double[layers];
    for (int l = 0; l < layers; l++) {
      firstRead[l + 1] = firstRead[l] + all.get(l).links().reads().size();
      firstJoin[l + 1] = firstJoin[l] + all.get(l).links().joins().size();
    }
    reads = new int[firstRead[layers]];
    joins = new int[firstJoin[layers]];
    readShare = new double[firstRead[layers]];
    int ofInput = INPUT;
    for (int l = 0; l < layers; l++) {
      Layer layer = all.get(l);
      lastUse[l] = l == layers - 1 ? layers : l;
      fill(layer.links().reads(), reads, firstRead[l], l);
      fill(layer.links().joins(), joins, firstJoin[l], l);
      boolean takesInput =
          layer.links().reads().contains(INPUT) || layer.links().joins().contains(INPUT);
      ofInput = takesInput ? l : ofInput;
      set(l, layer);
      divide(all, l);
    }
    lastUseOfInput = ofInput;
  }

  private void fill(List<Integer> from, int[] into, int start, int l) {
    for (int i = 0; i < from.size(); i++) {
      into[start + i] = from.get(i);
      if (from.get(i) >= 0) {
        lastUse[from.get(i)] = l;
      }
    }
  }

  private void set(int l, Layer layer) {
    Window window = layer.window();
    vectors[l] = layer.shape().vectors();
    outputValues[l] = layer.shape().outputs();
    steps[l] = window.steps();
    double positions = window.inputPositions();
    firstShare[l] = layer.dynamic() ? 1 : window.firstPositions() / positions;
    lineShare[l] = layer.dynamic() ? 1 : window.linePositions() / positions;
  }

  /**
   * Divides a layer's input values among its producers: the operands of a dynamic matrix by their
   * sizes, channels side by side in proportion to the channels of each. Rows that the state of a
   * cell drives have no producer but the layer itself.
   */
  private void divide(List<Layer> all, int l) {
    MatrixShape shape = all.get(l).shape();
    int from = firstRead[l];
    int count = firstRead[l + 1] - from;
    double channels = (double) shape.inputsPerGroup() * shape.groups();
    inputValues[l] = all.get(l).window().inputPositions() * channels;
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      MatrixShape producer = all.get(Math.max(0, reads[i])).shape();
      readShare[i] = (double) producer.outputsPerGroup() * producer.groups();
      if (reads[i] < 0) {
        readShare[i] = channels / count;
      }
      sum += readShare[i];
    }
    if (all.get(l).dynamic() && count == 2) {
      readShare[from] = inputValues[l];
      readShare[from + 1] = shape.weights();
      inputValues[l] += shape.weights();
      sum = inputValues[l];
    }
    double driven = channels - all.get(l).matrix().stateInputs();
    for (int i = from; i < from + count; i++) {
      readShare[i] =
          driven == channels ? readShare[i] / sum : readShare[i] / sum * (driven / channels);
    }
  }

  /** The dataflow of a network's layers. */
  public static Dataflow of(List<Layer> layers) {
    return new Dataflow(layers);
  }

  /** True if a producer is the network's input, no layer. */
  public static boolean isInput(int producer) {
    return producer == INPUT;
  }

  /** Number of layers. */
  public int layers() {
    return layers;
  }

  /** Index of a layer's first read; that of the next layer is behind its last. */
  public int firstRead(int layer) {
    return firstRead[layer];
  }

  /** The producer of a read, {@link #INPUT} or a layer. */
  public int read(int index) {
    return reads[index];
  }

  /** Index of a layer's first join; that of the next layer is behind its last. */
  public int firstJoin(int layer) {
    return firstJoin[layer];
  }

  /** The layer whose outputs a join takes. */
  public int join(int index) {
    return joins[index];
  }

  /**
   * The last layer that takes a layer's outputs: itself if none does, the number of layers if it is
   * the last layer, whose outputs leave the chip.
   */
  public int lastUse(int layer) {
    return lastUse[layer];
  }

  /** The last layer that reads the network's input; {@link #INPUT} if none does. */
  public int lastUseOfInput() {
    return lastUseOfInput;
  }

  /** Values of a layer's input map, both operands of a dynamic matrix. */
  public double inputValues(int layer) {
    return inputValues[layer];
  }

  /** Values that a layer makes. */
  public double outputValues(int layer) {
    return outputValues[layer];
  }

  /** Share of a layer's input map that comes from the producer of a read. */
  public double readShare(int index) {
    return readShare[index];
  }

  /** Input vectors of an inference. */
  public double vectors(int layer) {
    return vectors[layer];
  }

  /** Steps that depend on each other, 1 of a layer that is not recurrent. */
  public int steps(int layer) {
    return steps[layer];
  }

  /** Share of its input map that a layer needs for its first output. */
  public double firstShare(int layer) {
    return firstShare[layer];
  }

  /** Share of its input map that a layer keeps while its window moves. */
  public double lineShare(int layer) {
    return lineShare[layer];
  }

  /**
   * Share of its input map that a layer needs for its first iteration.
   *
   * @param iterations iterations of the layer
   * @param copies vectors of an iteration
   */
  public double firstShare(int layer, double iterations, double copies) {
    if (iterations <= 1) {
      return 1;
    }
    double first = firstShare[layer];
    return copies <= 1 ? first : first + (1 - first) * (copies - 1) / (vectors[layer] - 1);
  }
}
