package dev.kirchhoff.mapper.fidelity;

import java.util.Arrays;

/**
 * What conversions add to the columns of a layer, one for each slice of the weights (two where both
 * columns of a pair are converted), summed over the slices of the inputs but not yet over those of
 * the weights. Layers with the same digits whose columns hold as many weights, as those that fill
 * all active rows do, differ in how many columns they add up alone: one stands for all. Not safe
 * for several threads.
 */
final class ColumnSums {
  /** Quantisation, clipping, front end, cells, by the constants of {@link SignalToNoise}. */
  private static final int CAUSES = ConverterNoise.LENGTH;

  private DigitStatistics inputs;
  private DigitStatistics weights;
  private double perGroup;
  private double structure;
  private double inputStructure;
  private double alike;
  private double[] sums = new double[0];
  private int columns;
  private double unsaid;
  private double squareUnsaid;

  /**
   * Whether these are the columns of a layer.
   *
   * @param perGroup weights that one column sums up in one pass
   * @param structure of products of so many inputs
   * @param inputStructure of so many inputs alone
   * @param alike passes that go through one converter; 0 where converters do not differ
   */
  boolean isOf(
      DigitStatistics inputs,
      DigitStatistics weights,
      double perGroup,
      double structure,
      double inputStructure,
      double alike) {
    return this.perGroup == perGroup
        && this.inputs == inputs
        && this.weights == weights
        && this.structure == structure
        && this.inputStructure == inputStructure
        && this.alike == alike;
  }

  /** Begins with the columns of a layer, as {@link #isOf}, of which none has been added. */
  void begin(
      DigitStatistics inputs,
      DigitStatistics weights,
      double perGroup,
      double structure,
      double inputStructure,
      double alike) {
    this.inputs = inputs;
    this.weights = weights;
    this.perGroup = perGroup;
    this.structure = structure;
    this.inputStructure = inputStructure;
    this.alike = alike;
    columns = 0;
    unsaid = 0;
    squareUnsaid = 0;
  }

  /** Whether any column has been added. */
  boolean isMade() {
    return columns > 0;
  }

  /** Adds a column. */
  void add(double quantised, double clipped, double front, double cells) {
    int at = CAUSES * columns++;
    if (at == sums.length) {
      sums = Arrays.copyOf(sums, at + CAUSES * Math.max(weights.slices(), columns));
    }
    sums[at + SignalToNoise.QUANTISATION] = quantised;
    sums[at + SignalToNoise.CLIPPING] = clipped;
    sums[at + SignalToNoise.FRONT_END] = front;
    sums[at + SignalToNoise.CELLS] = cells;
  }

  /** Adds a part of the products that a conversion does not say. */
  void miss(double share) {
    unsaid += share;
    squareUnsaid += share * share;
  }

  /** What conversions do not say of whole products. */
  double unsaid() {
    return unsaid;
  }

  /** The share of whole products that they say, at least 0. */
  double said() {
    // Digits of offset codes go against each other: leaving one out may say more than all.
    return unsaid <= 0 ? 1 : unsaid < 1 ? 1 - unsaid : 0;
  }

  /** The squares of what each does not. */
  double squareUnsaid() {
    return squareUnsaid;
  }

  /**
   * Sets the variances of an output.
   *
   * @param weight what the columns of the first slice count
   * @param next factor from one slice to the next
   * @param perSlice columns of a slice
   * @param variance result by cause
   */
  void weigh(double weight, double next, int perSlice, double[] variance) {
    double quantised = 0;
    double clipped = 0;
    double front = 0;
    double cells = 0;
    double counts = weight;
    int left = perSlice;
    for (int at = 0; at < CAUSES * columns; at += CAUSES) {
      quantised += counts * sums[at + SignalToNoise.QUANTISATION];
      clipped += counts * sums[at + SignalToNoise.CLIPPING];
      front += counts * sums[at + SignalToNoise.FRONT_END];
      cells += counts * sums[at + SignalToNoise.CELLS];
      if (--left == 0) {
        left = perSlice;
        counts *= next;
      }
    }
    variance[SignalToNoise.QUANTISATION] = quantised;
    variance[SignalToNoise.CLIPPING] = clipped;
    variance[SignalToNoise.FRONT_END] = front;
    variance[SignalToNoise.CELLS] = cells;
  }
}
