package dev.kirchhoff.mapper.noise;

import static dev.kirchhoff.mapper.column.ConverterRange.smaller;

import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.CellLevels;
import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Fourth moments of a column's sums and of their noise, from read to read (docs/models.md, eq. 13
 * to 14).
 *
 * <p>Sums: fourth central moment over three squared variances, 1 of a normal one. Dark places and
 * samples have small sums, bright ones large: the moment that blocks of a trained layer were
 * measured to have, at most {@value #MOST}; a calibrated range is made for the large ones, as for
 * normal sums of tail times the variance in one of tail reads. Few products that are not zero have
 * at the ends of a range the tail 1 + (E[(u d)⁴]/E[(u d)²]² − 3) S/(3 n), S the structure of n
 * products.
 *
 * <p>Noise of cells, Σ d² v(l), comes with the inputs that are on and with the levels that are
 * noisy. That of the quietest level varies from read to read, over its squared mean, by ζ_f = (D_4
 * − 1) S_x/n, D_4 = E[u⁴]/E[u²]² of the digits of inputs and S_x the structure of inputs alone;
 * that of levels beyond it by ζ_e = ζ_f + D_4 (Λ − 1)/n, Λ = E[w²]/E[w]² of that excess w. Each is
 * taken as 1 + ζ times as much in a share 1/(1 + ζ) of the reads and as none in the others; reads
 * with excess are of those with the first. Errors of inputs and of curved cells go with the driven
 * rows, whose Σ d² varies by ζ_in = (S_x (1/P − 1) + (E[d⁴]/E[d²]² − 1)/P)/n, P = P(u ≠ 0).
 *
 * <p>Immutable. Source: moments of sums of independent values; checked against drawn sums
 * (ColumnTailTest) and by the layers of simulated chips (docs/simulation.md).
 */
final class ColumnTail {
  /** Heaviest tail (chosen among 2, 3 and 5 by the layers of 539 simulated designs). */
  static final double MOST = 3;

  /** Heaviest tail of few products; beyond it sums are 0 or one product. */
  private static final double MOST_OF_PRODUCTS = 2;

  private final DigitStatistics inputs;
  private final double[] quietestVariation;
  private final double[] noisyShare;

  /** E[u⁴]/E[u²]² of the digits that a read meets. */
  private final double[] inputMoment;

  /** Weights of a full read over those of a mean one. */
  private final double[] fullOverMean;

  private final double ofBlocks;
  private final double structurePerWeight;
  private final double inputStructure;
  private final double perWeight;
  private final LayerReads reads;

  private ColumnTail(LayerColumns key, double ofBlocks, double structure, double inputStructure) {
    inputs = key.inputs();
    reads = key.reads();
    perWeight = 1 / reads.weights();
    this.ofBlocks = ofBlocks;
    structurePerWeight = structure * perWeight;
    this.inputStructure = inputStructure;
    double inputsPerWeight = inputStructure * perWeight;
    quietestVariation = new double[inputs.slices()];
    noisyShare = new double[inputs.slices()];
    inputMoment = new double[inputs.slices()];
    fullOverMean = new double[inputs.slices()];
    for (int t = 0; t < inputs.slices(); t++) {
      LayerReads.Slice read = reads.slice(t);
      double ofReads = read.variance() / (read.weights() * read.weights());
      double variation = squareVariation(t, read.perDriven());
      inputMoment[t] = 1 + variation;
      fullOverMean[t] = reads.weights() / read.weights();
      quietestVariation[t] = variation * inputsPerWeight * fullOverMean[t] + ofReads;
      noisyShare[t] = 1 / (1 + quietestVariation[t]);
    }
  }

  /** E[u⁴]/E[u²]² − 1 of the digits that a read meets. */
  private double squareVariation(int t, double perDriven) {
    double ofAny = inputs.squareVariation(t);
    return perDriven == 1 ? ofAny : Math.max(0, (1 + ofAny) / perDriven - 1);
  }

  /** The columns of a layer. */
  static ColumnTail of(LayerColumns key) {
    return new ColumnTail(key, key.blockTail(), key.structure(), key.inputStructure());
  }

  /** Columns of which every read has as many cells on. */
  static ColumnTail ofMatches(LayerColumns key) {
    return new ColumnTail(key, 1, 0, 0);
  }

  /**
   * Noise of the working cells of a slice of the weights.
   *
   * @param variance of a digit's cells for each weight and squared input
   * @param quietestShare share of it that the quietest level has too
   * @param excessVariation variation from weight to weight of the rest, over its squared mean, for
   *     each of n weights
   * @param weightMoment E[d⁴]/E[d²]² of the digits of weights
   */
  record SliceTail(
      double variance, double quietestShare, double excessVariation, double weightMoment) {
    /** Cells of XNOR pairs, as many of which are on in every read. */
    static final SliceTail UNIFORM = new SliceTail(0, 1, 0, 1);
  }

  /**
   * A slice of the weights.
   *
   * @param errors errors of the cells
   * @param apart whether the cells of a pair are in different sums
   */
  SliceTail slice(DigitStatistics weights, int slice, CellErrors errors, boolean apart) {
    CellLevels cells = weights.inputWeightedCells();
    // The other cell of a pair is at level 0.
    boolean pair = cells.perDigit() > 1 && !apart;
    int levels = errors.levels();
    double least = errors.quietest();
    double floor = 0;
    double excess = 0;
    double spread = 0;
    int first = ColumnNoise.first(weights, slice);
    int end = ColumnNoise.end(weights, slice);
    for (int s = first; s < end; s++) {
      double counts = cells.squareIn(first, s);
      double digits = 0;
      double mean = 0;
      double square = 0;
      for (int level = 0; level < levels; level++) {
        double probability = cells.atLevel(s, level) - (pair && level == 0 ? 1 : 0);
        double beyond = errors.working(level) - least;
        digits += probability;
        mean += probability * beyond;
        square += probability * beyond * beyond;
      }
      double per = digits > 0 ? 1 / digits : 0;
      floor += counts * (digits * least + (pair ? errors.working(0) : 0));
      excess += counts * mean;
      spread += counts * counts * (square * per - mean * per * mean * per);
    }
    double all = floor + excess;
    double unlike = excess > 0 ? spread / (excess * excess) : 0;
    return new SliceTail(
        all,
        all > 0 ? floor / all : 1,
        unlike > 0 ? unlike * perWeight : 0,
        1 + weights.squareVariation(slice));
  }

  /** True if inputs make sums that are not normal. */
  boolean isHeavy() {
    return ofBlocks > 1;
  }

  /**
   * The tail of a sum that inputs make together, 1 of a normal one.
   *
   * @param share of the sum's variance that is of its products; the rest has no tail
   */
  double ofBlocks(double share) {
    double tail = 1 + (ofBlocks - 1) * share * share;
    return tail < 1 ? 1 : smaller(tail, MOST);
  }

  /**
   * The tail of a sum at a slice of the inputs beyond the ends of a range.
   *
   * @param ofBlocks that of inputs together
   */
  double beyond(int t, SliceTail slice, double ofBlocks) {
    double fourth = inputMoment[t] * slice.weightMoment();
    double perRead = structurePerWeight * fullOverMean[t];
    double ofProducts = smaller(1 + (fourth - 3) / 3 * perRead, MOST_OF_PRODUCTS);
    return ofProducts > ofBlocks ? ofProducts : ofBlocks;
  }

  /** ζ_f at a slice of the inputs: variation of the noise of the quietest level. */
  double quietestVariation(int t) {
    return quietestVariation[t];
  }

  /** 1/(1 + ζ_f): the share of reads that have that noise. */
  double noisyShare(int t) {
    return noisyShare[t];
  }

  /** ζ_in at a slice of the inputs: variation of the errors of driven rows. */
  double drivenVariation(int t, SliceTail slice) {
    double driven = inputs.nonzeroDigit(t) * reads.slice(t).perDriven();
    double perRead = perWeight * fullOverMean[t];
    double ofRows = inputStructure * (1 / driven - 1);
    return driven > 0 ? perRead * (ofRows + (slice.weightMoment() - 1) / driven) : 0;
  }

  /** ζ_e at a slice of the inputs: variation of the noise of levels beyond the quietest. */
  double excessVariation(int t, SliceTail slice) {
    return quietestVariation[t] + inputMoment[t] * slice.excessVariation() * fullOverMean[t];
  }
}
