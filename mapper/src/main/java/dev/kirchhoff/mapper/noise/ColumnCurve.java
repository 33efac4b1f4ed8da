package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.mapper.column.DigitCubes;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.GaussianTail;
import java.util.List;

/**
 * Error of column sums whose cells draw a curved current under inputs of several voltages
 * (docs/models.md, eq. 20b to 20d), after the gain that fits the layer's inputs best.
 *
 * <p>A digit u of slice t errs by ε = g (u + c h) − u, a sum of n weights by Σ ε_i d_i; an input x
 * errs in all its cells by the same e(x), an output by Σ e(x_i) z_i, z the weight as the cells hold
 * it. The mean Σ E[e] z_i is a constant of each output and part of its digital bias; the current of
 * level 0 is taken off by cells of that level, which bend alike (assumed). An output has the
 * structure of all inputs, a sum that of its own. Neglected: variance of the number of driven rows.
 */
final class ColumnCurve {
  private final LayerColumns key;
  private final DigitCubes cubes;
  private final double c;
  private final double gain;
  private final double structure;
  private final double inputStructure;
  private final Structure whole;

  ColumnCurve(LayerColumns key) {
    this.key = key;
    cubes = key.inputs().cubes();
    c = cubes.slices().isEmpty() ? 0 : key.column().summation().curvature();
    structure = key.structure();
    inputStructure = key.inputStructure();
    whole = key.inputs().structure();
    gain = cubes.value().gain(c);
  }

  /** True if cells add no such error. */
  boolean isStraight() {
    return c == 0;
  }

  /**
   * Variance of a sum's error.
   *
   * @param t slice of the inputs
   * @param mean E[d]
   * @param variance var(d)
   */
  double variance(int t, LayerReads.Slice read, double mean, double variance) {
    if (isStraight()) {
      return 0;
    }
    DigitCubes.Moments digit = cubes.slices().get(t);
    double error = digit.meanError(c, gain) * read.perDriven();
    double square = digit.squareError(c, gain) * read.perDriven();
    return read.weights()
        * Math.max(0, square - error * error)
        * (structure * variance + inputStructure * mean * mean);
  }

  /** Mean of a sum's error. */
  double mean(int t, LayerReads.Slice read, double mean) {
    return isStraight()
        ? 0
        : read.weights() * read.perDriven() * cubes.slices().get(t).meanError(c, gain) * mean;
  }

  /**
   * Gain of the error in the output, which slices of a weight and pulses of an input share, over
   * errors of their own; 0 where cells add none.
   */
  double gain(List<LayerColumn> columns) {
    if (isStraight()) {
      return 0;
    }
    DigitStatistics inputs = key.inputs();
    DigitStatistics weights = key.weights();
    double sum = 0;
    double conversions = key.reads().groups() * inputs.passes();
    for (LayerColumn column : columns) {
      double ofPulses = 0;
      for (int t = 0; t < inputs.slices(); t++) {
        LayerReads.Slice read = key.reads().slice(t);
        ofPulses +=
            StrictMath.scalb(read.share(), 2 * t * inputs.width())
                * variance(t, read, column.digit(), column.variance());
      }
      double size = weights.significance(column.slice());
      sum += conversions * (size * size) * ofPulses;
    }
    double mean = weights.valueMean();
    double held = key.column().encoding().encoding() == Encoding.OFFSET ? heldMean(columns) : mean;
    double variance = weights.valueSquare() - mean * mean;
    return sum > 0 ? ofOutput(key.reads().inputs(), held, variance) / sum : 0;
  }

  /** E[z] of offset weights as cells hold them. */
  private double heldMean(List<LayerColumn> columns) {
    boolean flip = key.column().encoding().flip();
    double heldMean = 0;
    double heldApart = 0;
    for (LayerColumn column : columns) {
      double sign = flip ? meanSign(column.slice()) : 1;
      double held = key.weights().significance(column.slice()) * column.digit();
      heldMean += sign * held;
      heldApart += (1 - sign * sign) * held * held;
    }
    return StrictMath.sqrt(heldMean * heldMean + heldApart);
  }

  /**
   * Mean sign of a slice where columns of more than half of the largest sum are inverted: −1 of an
   * inverted one.
   */
  private double meanSign(int slice) {
    double d = key.weights().meanDigit(slice);
    double variance = Math.max(0, key.weights().squareDigit(slice) - d * d);
    double spread = StrictMath.sqrt(variance / key.reads().weights());
    double away = d - key.weights().largestDigit(slice) / 2.0;
    return spread > 0 ? 1 - 2 * GaussianTail.above(-away / spread) : away > 0 ? -1 : 1;
  }

  /**
   * Variance of an output's error.
   *
   * @param k inputs of the output
   * @param mean E[z]
   * @param variance var(z)
   */
  private double ofOutput(double k, double mean, double variance) {
    double error = cubes.value().meanError(c, gain);
    return k
        * Math.max(0, cubes.value().squareError(c, gain) - error * error)
        * (whole.products().whole() * variance + whole.inputs().whole() * mean * mean);
  }
}
