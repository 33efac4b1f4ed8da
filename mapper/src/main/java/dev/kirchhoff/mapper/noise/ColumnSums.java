package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Moments of the sums of a column and the noise before their conversion, by slice of the inputs, in
 * units of one cell level times one input level (docs/models.md, eq. 8 to 20). Scratch of {@link
 * ConversionNoise}: one column after another takes the same arrays.
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

  /** E[u²] of the inputs that are read. */
  final double[] square;

  /** P(u ≠ 0). */
  final double[] driven;

  /** Weight of the slice in the output. */
  final double[] significance;

  /** μ. */
  final double[] mean;

  /** Variance by the weights that inputs meet. */
  final double[] ofProducts;

  /** Variance by the inputs alone. */
  final double[] ofInputs;

  /** Variance by the number of weights that reads add up. */
  final double[] ofReads;

  /** σ², the sum of the three. */
  final double[] variance;

  /** Covariance with the sums of other slices of the same weights, each over its significance. */
  final double[] common;

  /** Variance of the error of curved cells. */
  final double[] curved;

  /** Mean of that error, which bias takes off after the conversion. */
  final double[] curvedMean;

  /** Noise of the working cells. */
  final double[] noisy;

  /** Variance of the stuck cells for each squared input. */
  final double[] stuck;

  /** Mean-square error of a weight with a stuck cell. */
  final double[] stuckSquare;

  /** Thermal noise. */
  final double[] thermal;

  /** Square of the offset of the virtual ground. */
  final double[] virtualGround;

  ColumnSums(LayerColumns key, ColumnNoise noise, ColumnCurve curve) {
    this.key = key;
    this.noise = noise;
    this.curve = curve;
    DigitStatistics inputs = key.inputs();
    boolean matches = key.column().encoding().countsMatches();
    alikePlanes = matches ? alikePlanes(key.weights()) : 0;
    int slices = inputs.slices();
    meanInput = new double[slices];
    square = new double[slices];
    driven = new double[slices];
    significance = new double[slices];
    mean = new double[slices];
    ofProducts = new double[slices];
    ofInputs = new double[slices];
    ofReads = new double[slices];
    variance = new double[slices];
    common = new double[slices];
    curved = new double[slices];
    curvedMean = new double[slices];
    noisy = new double[slices];
    stuck = new double[slices];
    stuckSquare = new double[slices];
    thermal = new double[slices];
    virtualGround = new double[slices];
    double next = 1 << inputs.width();
    double ofSlice = 1;
    for (int t = 0; t < slices; t++) {
      LayerReads.Slice read = key.reads().slice(t);
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

  /** Sums of the next column. */
  void of(LayerColumn column) {
    if (key.column().encoding().countsMatches()) {
      ofMatches(column);
    } else {
      ofProducts(column);
    }
  }

  private void ofMatches(LayerColumn column) {
    double n = key.reads().weights();
    for (int t = 0; t < mean.length; t++) {
      double q = match(meanInput[t], column.digit());
      double ofStuck = noise.stuckMatches(q);
      mean[t] = n * q;
      ofProducts[t] = n * key.structure() * q * (1 - q);
      variance[t] = ofProducts[t];
      common[t] = alikePlanes * ofProducts[t];
      noisy[t] = n * noise.cellsOfMatches(q);
      stuck[t] = n * ofStuck;
      stuckSquare[t] = noise.stuckShare() > 0 ? ofStuck / noise.stuckShare() : 0;
      thermal[t] = column.noise().thermal();
      virtualGround[t] = column.noise().virtualGround();
    }
  }

  private void ofProducts(LayerColumn column) {
    LayerColumn.SliceNoise ofSlice = column.noise();
    double n = key.reads().weights();
    double d = column.digit();
    double dd = column.square();
    double size = column.size();
    for (int t = 0; t < mean.length; t++) {
      LayerReads.Slice read = key.reads().slice(t);
      double rows = read.weights();
      double u = meanInput[t];
      double uu = square[t];
      double products = rows * key.structure() * uu * (dd - d * d);
      double alone = rows * key.inputStructure() * d * d * (uu - u * u);
      double reads = read.variance() * u * u * d * d;
      mean[t] = rows * u * d;
      ofProducts[t] = products;
      ofInputs[t] = alone;
      ofReads[t] = reads;
      variance[t] = products + alone + reads;
      common[t] = rows * (uu * size * size - u * u * d * d);
      double share = rows / n;
      noisy[t] = uu * (share * ofSlice.cells());
      stuck[t] = share * ofSlice.stuck();
      stuckSquare[t] = ofSlice.stuckSquare();
      thermal[t] = share * ofSlice.thermal();
      virtualGround[t] = (share * share + read.variance() / (n * n)) * ofSlice.virtualGround();
    }
    if (!curve.isStraight()) {
      for (int t = 0; t < mean.length; t++) {
        LayerReads.Slice read = key.reads().slice(t);
        curved[t] = curve.variance(t, read, d, column.variance());
        curvedMean[t] = curve.mean(t, read, d);
      }
    }
  }
}
