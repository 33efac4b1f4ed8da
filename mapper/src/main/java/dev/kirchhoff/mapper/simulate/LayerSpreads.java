package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.mapper.onnx.GraphExecutor;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moments of the inputs and products of a network's layers, over all places and vectors of some
 * items, and of the sums over blocks of neighbouring inputs, of products and of inputs alone.
 *
 * <p>Structure of n inputs: var(Σ x w) over n (E[x²] E[w²] − E[x]² E[w]²), for the whole product
 * and for blocks of 4, 8, 16 .. inputs in their order on the rows; tails: the fourth central moment
 * over that of a normal variable. Blocks are measured on {@value #BLOCK_ITEMS} items at most.
 * Ranges: the full scale that a quantised layer of {@value #BITS} bits chooses, over the largest
 * value.
 */
final class LayerSpreads {
  private static final int BLOCK_ITEMS = 200;
  private static final int FIRST_BLOCK = 4;
  private static final int BITS = 8;
  private static final int OCTAVES = 8;
  private static final int FEW_WEIGHTS = 30;

  private final GraphExecutor network;
  private final Moments[] inputs;
  private final Moments[] products;
  private final Moments[][] blocks;

  /** Sums of inputs over blocks, then over all. */
  private final Moments[][] sums;

  /**
   * Sums of the squares of each input, by layer, those of a group after those of the one before.
   */
  private final double[][] squares;

  private final List<InputSamples> samples = new ArrayList<>();

  /** Count and sums of powers. */
  private static final class Moments {
    private double count;
    private double sum;
    private double square;
    private double cube;
    private double fourth;

    void add(double value) {
      double squared = value * value;
      count++;
      sum += value;
      square += squared;
      cube += squared * value;
      fourth += squared * squared;
    }

    double mean() {
      return sum / count;
    }

    double meanSquare() {
      return square / count;
    }

    double variance() {
      return Math.max(0, meanSquare() - mean() * mean());
    }

    /** The fourth central moment over that of a normal variable of the same variance. */
    double tail() {
      double m = mean();
      double central =
          fourth / count - 4 * m * cube / count + 6 * m * m * meanSquare() - 3 * m * m * m * m;
      return ratio(central, 3 * variance() * variance());
    }
  }

  /** Measures a network on items. */
  LayerSpreads(GraphExecutor network, List<float[]> items) {
    this.network = network;
    int layers = network.layers().size();
    inputs = new Moments[layers];
    products = new Moments[layers];
    blocks = new Moments[layers][];
    sums = new Moments[layers][];
    squares = new double[layers][];
    for (int l = 0; l < layers; l++) {
      MatrixLayer layer = network.layers().get(l);
      inputs[l] = new Moments();
      products[l] = new Moments();
      int sizes = 0;
      while (FIRST_BLOCK << sizes < layer.inputs()) {
        sizes++;
      }
      blocks[l] = moments(sizes);
      sums[l] = moments(sizes + 1);
      samples.add(new InputSamples(layer.groups()));
      squares[l] = new double[layer.groups() * layer.inputs()];
    }
    List<float[]> few = items.subList(0, Math.min(BLOCK_ITEMS, items.size()));
    NetworkRun.run(network, listening(this::addBlocks), few, List.of(), 1);
    NetworkRun.run(network, listening(this::addProducts), items, List.of(), 1);
  }

  private static Moments[] moments(int count) {
    Moments[] moments = new Moments[count];
    for (int i = 0; i < count; i++) {
      moments[i] = new Moments();
    }
    return moments;
  }

  private interface Listener {
    void receive(MatrixEngine.Call call, float[][] vectors, float[][] products);
  }

  private MatrixEngine listening(Listener listener) {
    MatrixEngine engine = new FloatEngine(network);
    return () -> {
      MatrixEngine.Session session = engine.newSession();
      return (call, vectors, made) -> {
        session.multiply(call, vectors, made);
        listener.receive(call, vectors, made);
      };
    };
  }

  private void addProducts(MatrixEngine.Call call, float[][] vectors, float[][] made) {
    samples.get(call.layer()).add(call, vectors);
    addAll(inputs[call.layer()], vectors, call.count());
    int first = call.group() * vectors.length;
    for (int k = 0; k < vectors.length; k++) {
      for (int v = 0; v < call.count(); v++) {
        squares[call.layer()][first + k] += (double) vectors[k][v] * vectors[k][v];
      }
    }
    addAll(products[call.layer()], made, call.count());
  }

  private static void addAll(Moments moments, float[][] values, int count) {
    for (float[] row : values) {
      for (int v = 0; v < count; v++) {
        moments.add(row[v]);
      }
    }
  }

  /** Sums over the smallest blocks, then of two neighbours at a time. */
  private void addBlocks(MatrixEngine.Call call, float[][] vectors, float[][] made) {
    MatrixLayer layer = network.layers().get(call.layer());
    addSums(call, vectors);
    Moments[] bySize = blocks[call.layer()];
    if (bySize.length == 0) {
      return;
    }
    double[] products = new double[layer.inputs()];
    for (int m = 0; m < layer.outputs(); m++) {
      for (int v = 0; v < call.count(); v++) {
        for (int k = 0; k < products.length; k++) {
          products[k] = (double) vectors[k][v] * layer.weight(call.group(), k, m);
        }
        addBlocks(products, bySize);
      }
    }
  }

  private void addSums(MatrixEngine.Call call, float[][] vectors) {
    Moments[] bySize = sums[call.layer()];
    double[] values = new double[vectors.length];
    for (int v = 0; v < call.count(); v++) {
      double all = 0;
      for (int k = 0; k < values.length; k++) {
        values[k] = vectors[k][v];
        all += values[k];
      }
      addBlocks(values, Arrays.copyOf(bySize, bySize.length - 1));
      bySize[bySize.length - 1].add(all);
    }
  }

  /** Adds the sums over whole blocks of each size. */
  private static void addBlocks(double[] values, Moments[] bySize) {
    double[] sums = new double[(values.length + FIRST_BLOCK - 1) / FIRST_BLOCK];
    for (int k = 0; k < values.length; k++) {
      sums[k / FIRST_BLOCK] += values[k];
    }
    for (int size = 0; size < bySize.length; size++) {
      int whole = values.length / (FIRST_BLOCK << size);
      for (int b = 0; b < whole; b++) {
        bySize[size].add(sums[b]);
      }
      for (int b = 0; b < whole / 2; b++) {
        sums[b] = sums[2 * b] + sums[2 * b + 1];
      }
    }
  }

  /** Deviation of a layer's products. */
  double deviation(int l) {
    return Math.sqrt(products[l].variance());
  }

  /** Deviation of weights that makes an error as large as the signal: var(y) = K E[x²] σ². */
  double error(int l) {
    double square = network.layers().get(l).inputs() * inputs[l].meanSquare();
    return square > 0 ? Math.sqrt(products[l].variance() / square) : 0;
  }

  /** Structure of a layer. */
  Structure structure(int l) {
    MatrixLayer layer = network.layers().get(l);
    Moments weights = new Moments();
    float[] values = new float[layer.groups() * layer.inputs() * layer.outputs()];
    float most = 0;
    int i = 0;
    for (int g = 0; g < layer.groups(); g++) {
      for (int k = 0; k < layer.inputs(); k++) {
        for (int m = 0; m < layer.outputs(); m++) {
          values[i] = layer.weight(g, k, m);
          weights.add(values[i]);
          most = Math.max(most, Math.abs(values[i++]));
        }
      }
    }
    double means = inputs[l].mean() * weights.mean();
    double each = inputs[l].meanSquare() * weights.meanSquare() - means * means;
    Blocks products =
        blocks(blocks[l], each, ratio(this.products[l].variance(), layer.inputs() * each));
    double alone = inputs[l].variance();
    Moments all = sums[l][sums[l].length - 1];
    Blocks ofInputs =
        blocks(
            Arrays.copyOf(sums[l], sums[l].length - 1),
            alone,
            share(all.variance(), layer.inputs() * alone));
    InputSamples inputs = samples.get(l);
    float largest = Math.max(inputs.most(), -inputs.least());
    double weightRange = QuantisedLayer.range(values, most, (1 << BITS - 1) - 1);
    return new Structure(
        products,
        ofInputs,
        new Blocks(this.products[l].tail(), Arrays.stream(blocks[l]).map(Moments::tail).toList()),
        drives(l, weightRange * most),
        QuantisedLayer.range(inputs.values(), largest, (1 << BITS) - 1),
        weightRange);
  }

  /**
   * Squares of the inputs that weights meet over the mean of all, by octaves of the weights' size;
   * octaves of few weights are taken together with the next.
   */
  private List<Double> drives(int l, double fullScale) {
    MatrixLayer layer = network.layers().get(l);
    double[] sum = new double[OCTAVES];
    int[] count = new int[OCTAVES];
    for (int position = 0; position < squares[l].length; position++) {
      for (int m = 0; m < layer.outputs(); m++) {
        double size =
            Math.abs(layer.weight(position / layer.inputs(), position % layer.inputs(), m));
        int octave = 0;
        for (double edge = fullScale / 2; octave < OCTAVES - 1 && size <= edge; edge /= 2) {
          octave++;
        }
        sum[octave] += squares[l][position];
        count[octave]++;
      }
    }
    double mean = Arrays.stream(squares[l]).average().orElse(0);
    List<Double> drives = new ArrayList<>();
    for (int from = 0; from < OCTAVES && mean > 0; ) {
      int to = from;
      double square = 0;
      int weights = 0;
      while (to < OCTAVES && (to == from || weights < FEW_WEIGHTS)) {
        square += sum[to];
        weights += count[to++];
      }
      for (; from < to; from++) {
        drives.add(weights > 0 ? square / (weights * mean) : 1);
      }
    }
    return drives;
  }

  private static Blocks blocks(Moments[] bySize, double each, double whole) {
    List<Double> ofBlocks = new ArrayList<>();
    for (int size = 0; size < bySize.length; size++) {
      ofBlocks.add(share(bySize[size].variance(), (FIRST_BLOCK << size) * each));
    }
    return new Blocks(whole, ofBlocks);
  }

  /** Ratio of a variance to that of independent inputs; 1 if the latter is 0 (inputs always on). */
  private static double share(double variance, double independent) {
    return independent > 0 ? variance / independent : 1;
  }

  /** 1 where there is nothing to compare. */
  private static double ratio(double variance, double independent) {
    return variance > 0 ? share(variance, independent) : 1;
  }
}
