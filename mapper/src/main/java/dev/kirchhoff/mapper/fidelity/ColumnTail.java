package dev.kirchhoff.mapper.fidelity;

/**
 * How unlike a column's sums and their noise are from read to read.
 *
 * <p>Sums: fourth central moment over three squared variances, 1 of a normal one. Dark places and
 * samples have small sums, bright ones large: what blocks of a trained layer were measured to have,
 * at most {@value #MOST}; a calibrated range is made for the large ones, as for normal sums of tail
 * times the variance in one of tail reads. Few products that are not zero have at the ends of a
 * range the tail 1 + (E[p⁴]/E[p²]² − 3)/3 S/n, S the structure of n products p.
 *
 * <p>Noise of cells, Σ d² v(l), comes with the inputs that are on and with the levels that are
 * noisy. What the quietest level has varies from input to input, over its squared mean, by c_f = (D
 * − 1) S_x/n, D = E[d⁴]/E[d²]² of the digits and S_x the structure of inputs alone; what levels
 * have beyond it by c = c_f + D (L − 1)/n, L = E[w²]/E[w]² of that excess w. Each is taken as 1 + c
 * times as much in one of 1 + c reads and as none in the others; reads with excess are of those
 * with the first.
 *
 * <p>Not safe for several threads. Source: moments of sums of independent values; checked against
 * drawn sums (ColumnTailTest) and by the layers of simulated chips (docs/simulation.md).
 */
final class ColumnTail {
  /** Heaviest tail (chosen among 2, 3 and 5 by the layers of 539 simulated designs). */
  private static final double MOST = 3;

  /** Heaviest tail of few products; beyond it sums are 0 or one product. */
  private static final double MOST_OF_PRODUCTS = 2;

  /** Slices of values of as many bits as there can be. */
  private static final int MOST_SLICES = 16;

  private final double[] floor = new double[MOST_SLICES];
  private final double[] perFloor = new double[MOST_SLICES];
  private DigitStatistics inputs;
  private double ofBlocks;
  private double structurePerWeight;
  private double perWeight;
  private double ofWeights;
  private double floorShare;
  private double ofExcess;

  /**
   * Sets a layer's columns.
   *
   * @param n weights that a column sums up in one pass
   * @param all inputs of an output
   * @param structure of products of so many inputs
   * @param inputStructure of so many inputs alone
   */
  void set(DigitStatistics inputs, double n, double all, double structure, double inputStructure) {
    this.inputs = inputs;
    perWeight = 1 / n;
    ofBlocks = inputs.structure().tails().of(n, all);
    structurePerWeight = structure * perWeight;
    double inputsPerWeight = inputStructure * perWeight;
    for (int t = 0; t < inputs.slices(); t++) {
      floor[t] = inputs.unlike(t) * inputsPerWeight;
      perFloor[t] = 1 / (1 + floor[t]);
    }
  }

  /**
   * Sets a slice of the weights.
   *
   * @param working variances of the levels of working cells
   * @param apart whether the cells of a pair are in different sums
   * @return variance of the working cells of a digit for each weight and squared input
   */
  double setSlice(DigitStatistics weights, int slice, double[] working, boolean apart) {
    ofWeights = 1 + weights.unlike(slice);
    floorShare = 1;
    ofExcess = 0;
    if (working.length == 0) {
      return 0;
    }
    CellLevels cells = weights.driven();
    // The other cell of a pair is at level 0.
    boolean pair = cells.perDigit() > 1 && !apart;
    double least = Double.POSITIVE_INFINITY;
    for (double variance : working) {
      least = ConverterRange.smaller(variance, least);
    }
    double floor = 0;
    double excess = 0;
    double spread = 0;
    double counts = 1;
    int end = ColumnNoise.end(weights, slice);
    for (int s = ColumnNoise.first(weights, slice); s < end; s++) {
      double digits = 0;
      double mean = 0;
      double square = 0;
      for (int level = 0; level < working.length; level++) {
        double at = cells.atLevel(s, level) - (pair && level == 0 ? 1 : 0);
        double beyond = working[level] - least;
        digits += at;
        mean += at * beyond;
        square += at * beyond * beyond;
      }
      double per = digits > 0 ? 1 / digits : 0;
      floor += counts * (digits * least + (pair ? working[0] : 0));
      excess += counts * mean;
      spread += counts * counts * (square * per - mean * per * mean * per);
      counts *= ColumnNoise.next(cells);
    }
    double all = floor + excess;
    floorShare = all > 0 ? floor / all : 1;
    double unlike = excess > 0 ? spread / (excess * excess) : 0;
    ofExcess = unlike > 0 ? unlike * perWeight : 0;
    return all;
  }

  /** Sets one slice of each whose cells are all on in every read. */
  void setAlike() {
    floor[0] = 0;
    perFloor[0] = 1;
    floorShare = 1;
    ofExcess = 0;
  }

  /** Whether inputs make sums that are not normal. */
  boolean areHeavy() {
    return ofBlocks > 1;
  }

  /**
   * The tail of a sum that inputs make together, 1 of a normal one.
   *
   * @param share of the sum's variance that is of its products; the rest has no tail
   */
  double ofBlocks(double share) {
    double tail = 1 + (ofBlocks - 1) * share * share;
    return tail < 1 ? 1 : ConverterRange.smaller(tail, MOST);
  }

  /**
   * The tail of a sum at a slice of the inputs beyond the ends of a range.
   *
   * @param ofBlocks what inputs make together of it
   */
  double beyond(int t, double ofBlocks) {
    double fourth = (1 + inputs.unlike(t)) * ofWeights;
    double ofProducts =
        ConverterRange.smaller(1 + (fourth - 3) / 3 * structurePerWeight, MOST_OF_PRODUCTS);
    return ofProducts > ofBlocks ? ofProducts : ofBlocks;
  }

  /** Share of the noise of cells that the quietest level has too. */
  double floorShare() {
    return floorShare;
  }

  /** c of what the quietest level has at a slice of the inputs. */
  double ofFloor(int t) {
    return floor[t];
  }

  /** One over one more than that: the share of reads that have it. */
  double perFloor(int t) {
    return perFloor[t];
  }

  /** c of what levels have beyond it. */
  double ofExcess(int t) {
    return floor[t] + (1 + inputs.unlike(t)) * ofExcess;
  }
}
