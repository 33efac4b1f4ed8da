package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Moments of the inputs and products of a network's layers, over typical vectors of them ({@link
 * InputSamples}), and of the sums over blocks of neighbouring inputs, of products and of inputs
 * alone.
 *
 * <p>Structure of n inputs: var(Σ x w) over n (E[x²] E[w²] − E[x]² E[w]²), for the whole product
 * and for blocks of 4, 8, 16 .. inputs in their order on the rows; tails: the fourth central moment
 * over that of a normal variable. Ranges: the full scale that a quantised layer of {@value #BITS}
 * bits chooses, over the largest value.
 */
final class LayerSpreads {
  private static final int FIRST_BLOCK = 4;
  private static final int BITS = 8;
  private static final int OCTAVES = 8;
  private static final int FEW_WEIGHTS = 30;

  private final List<MatrixLayer> layers;
  private final Moments[] inputs;
  private final Moments[] products;
  private final Moments[][] blocks;

  /** Sums of inputs over blocks, then over all. */
  private final Moments[][] sums;

  /**
   * Sums of the squares of each input, by layer, those of a group after those of the one before.
   */
  private final double[][] squares;

  private final List<InputSamples> samples;

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

  /**
   * Moments of layers.
   *
   * @param samples typical inputs of each
   */
  LayerSpreads(List<MatrixLayer> layers, List<InputSamples> samples) {
    this.layers = List.copyOf(layers);
    this.samples = List.copyOf(samples);
    int count = layers.size();
    inputs = moments(count);
    products = moments(count);
    blocks = new Moments[count][];
    sums = new Moments[count][];
    squares = new double[count][];
    for (int l = 0; l < count; l++) {
      MatrixLayer layer = layers.get(l);
      int sizes = 0;
      while (FIRST_BLOCK << sizes < layer.inputs()) {
        sizes++;
      }
      blocks[l] = moments(sizes);
      sums[l] = moments(sizes + 1);
      squares[l] = new double[layer.groups() * layer.inputs()];
      for (int g = 0; g < layer.groups(); g++) {
        for (float[] vector : samples.get(l).vectors(g)) {
          add(l, g, vector);
        }
      }
    }
  }

  private static Moments[] moments(int count) {
    Moments[] moments = new Moments[count];
    for (int i = 0; i < count; i++) {
      moments[i] = new Moments();
    }
    return moments;
  }

  private void add(int l, int group, float[] vector) {
    MatrixLayer layer = layers.get(l);
    int first = group * vector.length;
    double[] values = new double[vector.length];
    double all = 0;
    for (int k = 0; k < vector.length; k++) {
      values[k] = vector[k];
      all += values[k];
      inputs[l].add(values[k]);
      squares[l][first + k] += values[k] * values[k];
    }
    addBlocks(values, Arrays.copyOf(sums[l], sums[l].length - 1));
    sums[l][sums[l].length - 1].add(all);
    for (int m = 0; m < layer.outputs(); m++) {
      double product = 0;
      for (int k = 0; k < vector.length; k++) {
        values[k] = (double) vector[k] * layer.weight(group, k, m);
        product += values[k];
      }
      products[l].add(product);
      addBlocks(values, blocks[l]);
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
    double square = layers.get(l).inputs() * inputs[l].meanSquare();
    return square > 0 ? Math.sqrt(products[l].variance() / square) : 0;
  }

  /** Statistics of a layer's inputs over the largest; empty if all are zero. */
  Optional<ValueStatistics> inputs(int l) {
    double largest = Math.max(samples.get(l).most(), -samples.get(l).least());
    float[] values = samples.get(l).values();
    if (values.length == 0 || !(largest > 0) || inputs[l].square == 0) {
      return Optional.empty();
    }
    double zeros = 0;
    double below = 0;
    double sum = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
      below += value < 0 ? 1 : 0;
      sum += Math.abs(value);
    }
    return Optional.of(
        new ValueStatistics(
            zeros / values.length,
            Math.min(1, sum / values.length / largest),
            Math.min(1, Math.sqrt(inputs[l].meanSquare()) / largest),
            below / values.length));
  }

  /** Structure of a layer. */
  Structure structure(int l) {
    MatrixLayer layer = layers.get(l);
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
    MatrixLayer layer = layers.get(l);
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
