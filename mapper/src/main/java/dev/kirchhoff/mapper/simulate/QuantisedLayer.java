package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.slice.WeightSlicer;
import java.util.List;

/**
 * A layer in integers: w ≈ s_w q_w, x ≈ s_x q_x.
 *
 * <p>One scale for all weights and one for all inputs of the layer, both symmetric: zero is zero.
 * Each is the largest magnitude over the largest integer, or smaller where the mean square error of
 * the values is less with the outermost ones clipped; tried in steps of 5 %. Inputs are signed if a
 * calibration input is negative.
 *
 * <p>XNOR has odd values, and zero is not among them. Weights and signed inputs take the scale of
 * the least error; unsigned inputs lie about the middle of their range, x ≈ middle + s_x q_x, with
 * zero as the least value. With one bit, weights are ±E|w|, signed inputs ±E|x|, and unsigned
 * inputs the means of the small and of the large ones (Lloyd). The middle adds a constant to each
 * output.
 */
final class QuantisedLayer {
  /** Scales that clip much more than the best one end the search. */
  private static final double WORSE = 4;

  private static final int MOST_MIDDLES = 100;

  private final String name;
  private final Precision precision;
  private final boolean signed;
  private final int positions;
  private final int largestInput;
  private final double inputScale;
  private final double weightScale;
  private final int[][][] weights;
  private final boolean odd;
  private final double middle;

  /** Term of the products from the middle of the input range, by group and output. */
  private final double[][] constants;

  /**
   * A layer.
   *
   * @param layer its weights
   * @param precision its bits
   * @param hardware rules by which the chip writes weights and drives inputs
   * @param samples typical inputs
   */
  QuantisedLayer(
      MatrixLayer layer, Precision precision, NumberFormat hardware, InputSamples samples) {
    name = layer.name();
    this.precision = precision;
    signed = samples.least() < 0;
    positions = layer.positions();
    odd = hardware.weights().countsMatches();
    largestInput = hardware.largestInput(precision.inputs(), signed);
    int largestWeight = hardware.largestWeight(precision.weights());
    double largest = Math.max(-samples.least(), samples.most());
    if (!odd || signed && precision.inputs() > 1) {
      middle = 0;
      inputScale = scale(samples.values(), largest, largestInput, odd);
    } else if (precision.inputs() > 1) {
      inputScale = scale(samples.values(), largest, largestInput, false) / 2;
      middle = inputScale * largestInput;
    } else {
      middle = signed ? 0 : middle(samples.values());
      inputScale = meanSize(samples.values(), middle);
    }
    float[] all = new float[layer.groups() * layer.inputs() * layer.outputs()];
    float most = 0;
    int i = 0;
    for (int g = 0; g < layer.groups(); g++) {
      for (int k = 0; k < layer.inputs(); k++) {
        for (int m = 0; m < layer.outputs(); m++) {
          all[i++] = layer.weight(g, k, m);
          most = Math.max(most, Math.abs(layer.weight(g, k, m)));
        }
      }
    }
    boolean areSigns = odd && precision.weights() == 1;
    weightScale = areSigns ? meanSize(all, 0) : scale(all, most, largestWeight, odd);
    constants = new double[layer.groups()][layer.outputs()];
    weights = new int[layer.groups()][layer.inputs()][layer.outputs()];
    for (int g = 0; g < layer.groups(); g++) {
      for (int k = 0; k < layer.inputs(); k++) {
        for (int m = 0; m < layer.outputs(); m++) {
          float weight = layer.weight(g, k, m);
          weights[g][k][m] = rounded(weight, weightScale, largestWeight, odd);
          constants[g][m] += middle * weightScale * weights[g][k][m];
        }
      }
    }
  }

  /**
   * Number format of a chip: its encodings of weights and inputs.
   *
   * @param weights encoding of its weights
   * @param cellBits bits of a cell
   * @param input its inputs
   */
  record NumberFormat(WeightEncoding weights, int cellBits, dev.kirchhoff.arch.chip.Input input) {
    int largestInput(int bits, boolean signed) {
      return InputPasses.of(weights, input, bits, signed).largest();
    }

    /** Largest magnitude of both signs. */
    int largestWeight(int bits) {
      int largest = new WeightSlicer(weights, cellBits, bits).largest();
      if (largest < 1) {
        throw new IllegalArgumentException(
            "Weights of "
                + bits
                + " bit cannot have both signs in "
                + weights.encoding().word()
                + " encoding.\nMaybe a differential pair is meant.");
      }
      return largest;
    }
  }

  /** Middle between the means of the values below it and of those above. */
  private static double middle(float[] values) {
    double middle = mean(values, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    for (int i = 0; i < MOST_MIDDLES; i++) {
      double small = mean(values, Double.NEGATIVE_INFINITY, middle);
      double large = mean(values, middle, Double.POSITIVE_INFINITY);
      double next = (small + large) / 2;
      if (Double.isNaN(next) || next == middle) {
        return middle;
      }
      middle = next;
    }
    return middle;
  }

  private static double mean(float[] values, double from, double to) {
    double sum = 0;
    int count = 0;
    for (float value : values) {
      if (value >= from && value < to) {
        sum += value;
        count++;
      }
    }
    return sum / count;
  }

  private static double meanSize(float[] values, double middle) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value - middle);
    }
    return values.length == 0 ? 1 : sum / values.length;
  }

  /** Full scale of a quantised tensor over its largest value. */
  static double range(float[] values, double most, int largest) {
    return most > 0 ? scale(values, most, largest, false) * largest / most : 1;
  }

  /** The scale with the least mean square error; 1 where all is zero. */
  private static double scale(float[] values, double most, int largest, boolean odd) {
    if (!(most > 0)) {
      return 1;
    }
    double best = most / largest;
    double bestError = Double.POSITIVE_INFINITY;
    double tried = best;
    for (int i = 0; i < ValueDistribution.RANGES; i++) {
      double error = 0;
      for (float value : values) {
        double miss = tried * rounded(value, tried, largest, odd) - value;
        error += miss * miss;
      }
      if (error < bestError) {
        best = tried;
        bestError = error;
      } else if (error > WORSE * bestError) {
        break;
      }
      tried *= ValueDistribution.NARROWER;
    }
    return best;
  }

  private static int rounded(double value, double scale, int largest, boolean odd) {
    double whole = odd ? oddOf(scale > 0 ? value / scale : 0) : Math.rint(value / scale);
    return (int) Math.max(-largest, Math.min(largest, whole));
  }

  /** The nearest odd number. */
  private static double oddOf(double value) {
    return 2 * Math.floor(value / 2) + 1;
  }

  /** Name of the layer. */
  String name() {
    return name;
  }

  /** Its bits. */
  Precision precision() {
    return precision;
  }

  /** True if inputs have signs. */
  boolean signed() {
    return signed;
  }

  /** Positions of a kernel, as {@link MatrixLayer#positions}. */
  int positions() {
    return positions;
  }

  /** Groups of the layer. */
  int groups() {
    return weights.length;
  }

  /** Integer weights of a group, by input and output; not to be changed. */
  int[][] weights(int group) {
    return weights[group];
  }

  /** Value of one unit of an integer product. */
  double productScale() {
    return inputScale * weightScale;
  }

  /** Term of a product beyond its integer one; 0 unless inputs are odd and have no sign. */
  double constant(int group, int output) {
    return constants[group][output];
  }

  /** Sets integers of inputs. */
  void quantise(float[] values, int[] wholes) {
    if (odd) {
      for (int v = 0; v < wholes.length; v++) {
        wholes[v] = rounded(values[v] - middle, inputScale, largestInput, true);
      }
      return;
    }
    int least = signed ? -largestInput : 0;
    for (int v = 0; v < wholes.length; v++) {
      int whole = (int) Math.rint(values[v] / inputScale);
      wholes[v] = Math.max(least, Math.min(largestInput, whole));
    }
  }

  /** Integer vectors of samples, by input, then vector. */
  int[][] quantised(List<float[]> vectors) {
    int[][] wholes = new int[weights[0].length][vectors.size()];
    for (int k = 0; k < wholes.length; k++) {
      float[] values = new float[vectors.size()];
      for (int v = 0; v < values.length; v++) {
        values[v] = vectors.get(v)[k];
      }
      quantise(values, wholes[k]);
    }
    return wholes;
  }
}
