package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Moments of the sum of a column at a slice of the inputs and the noise before its conversion, in
 * units of one cell level times one input level (docs/models.md, eq. 8 to 20). Scratch of {@link
 * ConversionNoise}: one conversion after another takes the same fields.
 *
 * <p>The sum of slice s of the weights and t of the inputs over n weights has the mean μ = n
 * E[u]E[d] and the variance σ² = n [S E[u²] var(d) + S_x var(u) E[d]²]: S = S(n) of the layer's
 * structure, that of blocks of inputs where it was measured, else 1 + (S(K) − 1)(n − 1)/(K − 1),
 * all pairs of inputs correlating alike; S_x the same of inputs alone. That of n matches m of ±1, y
 * = 2 m − n, has σ² = n q (1 − q), q = P(match). Reads of fewer rows have their share of the noise,
 * and its mean square of offsets.
 */
final class ColumnSums {
  private final LayerColumns key;
  private final ColumnNoise noise;
  private final ColumnCurve curve;
  private final double alikePlanes;
  private final double[] meanInput;

  /** Weights of a read over those of a full one. */
  private final double[] share;

  /** Mean square of that share. */
  private final double[] squareShare;

  /** E[u²] of the inputs that are read. */
  final double[] square;

  /** P(u ≠ 0). */
  final double[] driven;

  /** Weight of the slice in the output. */
  final double[] significance;

  /** Reads of the slice of the inputs. */
  LayerReads.Slice read;

  /** μ. */
  double mean;

  /** Variance by the weights that inputs meet. */
  double ofProducts;

  /** Variance by the inputs alone. */
  double ofInputs;

  /** Variance by the number of weights that reads add up. */
  double ofReads;

  /** σ², the sum of the three. */
  double variance;

  /** Covariance with the sums of other slices of the same weights, each over its significance. */
  double common;

  /** Variance of the error of curved cells. */
  double curved;

  /** Mean of that error, which bias takes off after the conversion. */
  double curvedMean;

  /** Noise of the working cells. */
  double noisy;

  /** Variance of the stuck cells for each squared input. */
  double stuck;

  /** Mean-square error of a weight with a stuck cell. */
  double stuckSquare;

  /** Thermal noise. */
  double thermal;

  /** Square of the offset of the virtual ground. */
  double virtualGround;

  ColumnSums(LayerColumns key, ColumnNoise noise, ColumnCurve curve) {
    this.key = key;
    this.noise = noise;
    this.curve = curve;
    DigitStatistics inputs = key.inputs();
    boolean matches = key.column().encoding().countsMatches();
    alikePlanes = matches ? alikePlanes(key.weights()) : 0;
    int slices = inputs.slices();
    double n = key.reads().weights();
    meanInput = new double[slices];
    share = new double[slices];
    squareShare = new double[slices];
    square = new double[slices];
    driven = new double[slices];
    significance = new double[slices];
    double next = 1 << inputs.width();
    double ofSlice = 1;
    for (int t = 0; t < slices; t++) {
      read = key.reads().slice(t);
      share[t] = read.weights() / n;
      squareShare[t] = share[t] * share[t] + read.variance() / (n * n);
      meanInput[t] = matches ? inputs.meanDigit(t) : inputs.meanDigit(t) * read.perDriven();
      square[t] = matches ? 1 : inputs.squareDigit(t) * read.perDriven();
      driven[t] = matches ? 1 : inputs.nonzeroDigit(t) * read.perDriven();
      significance[t] = matches ? ofSlice : ofSlice * read.share();
      ofSlice *= next * next;
    }
  }

  /** E[±1 ±1] of two planes of a weight, mean by their significances; 0 of one plane. */
  private static double alikePlanes(DigitStatistics weights) {
    double most = weights.significances();
    double squares = most * most / weights.offsetGain();
    double odd = 4 * weights.codeSquare() - 4 * most * weights.codeMean() + most * most;
    double others = most * most - squares;
    return others > 0 ? (odd - squares) / others : 0;
  }

  /**
   * P(match) of two signs.
   *
   * @param x share of the inputs that are positive
   * @param w share of the weights that are positive
   */
  static double match(double x, double w) {
    return x * w + (1 - x) * (1 - w);
  }

  /**
   * Sums of the next conversion.
   *
   * @param t slice of the inputs
   */
  void of(LayerColumn column, int t) {
    read = key.reads().slice(t);
    if (key.column().encoding().countsMatches()) {
      ofMatches(column, t);
    } else {
      ofProducts(column, t);
    }
  }

  private void ofMatches(LayerColumn column, int t) {
    double n = key.reads().weights();
    double q = match(meanInput[t], column.digit());
    double ofStuck = noise.stuckMatches(q);
    mean = n * q;
    ofProducts = n * key.structure() * q * (1 - q);
    variance = ofProducts;
    common = alikePlanes * ofProducts;
    noisy = n * noise.cellsOfMatches(q);
    stuck = n * ofStuck;
    stuckSquare = noise.stuckShare() > 0 ? ofStuck / noise.stuckShare() : 0;
    thermal = column.noise().thermal();
    virtualGround = column.noise().virtualGround();
  }

  private void ofProducts(LayerColumn column, int t) {
    LayerColumn.SliceNoise ofSlice = column.noise();
    double rows = read.weights();
    double d = column.digit();
    double size = column.size();
    double u = meanInput[t];
    double uu = square[t];
    mean = rows * u * d;
    ofProducts = rows * key.structure() * uu * (column.square() - d * d);
    ofInputs = rows * key.inputStructure() * d * d * (uu - u * u);
    ofReads = read.variance() * u * u * d * d;
    variance = ofProducts + ofInputs + ofReads;
    common = rows * (uu * size * size - u * u * d * d);
    noisy = uu * (share[t] * ofSlice.cells());
    stuck = share[t] * ofSlice.stuck();
    stuckSquare = ofSlice.stuckSquare();
    thermal = share[t] * ofSlice.thermal();
    virtualGround = squareShare[t] * ofSlice.virtualGround();
    if (!curve.isStraight()) {
      curved = curve.variance(t, read, d, column.variance());
      curvedMean = curve.mean(t, read, d);
    }
  }
}
