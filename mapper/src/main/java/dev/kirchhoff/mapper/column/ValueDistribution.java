package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.workload.AccuracyModel.Blocks;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.ValueStatistics;
import java.util.OptionalDouble;

/**
 * Distribution of a tensor's values, rebuilt from its four statistics (docs/models.md, eq. 5).
 *
 * <p>Zero with probability {@code zeroShare}; otherwise a magnitude |x| in (0, 1] whose mean and
 * mean square are those of the statistics, and a sign that does not depend on the magnitude. The
 * magnitude has the density of largest entropy, p(x) ∝ exp(−a x − b x²): uniform for a = b = 0,
 * half-normal for a = 0, exponential for b = 0 and everything between and beside them (the ratio r
 * = E[x²]/E[x]² decides). A tail heavier than exponential that ends well below 1 (r &gt; 2, longer
 * mean &lt; 0.15) is two exponentials of balanced means instead, with what lies above 1 set to 1.
 * Neglected: correlation between values, isolated values such as saturated activations, a magnitude
 * that differs between the signs. Valid for any statistics with 0 &lt; meanAbs &lt; rms &lt; 1;
 * others are moved to the nearest valid ones. The density is kept in 1,024 cells; its first two
 * moments hold to 3·10⁻⁴ (largest entropy) and 2 % (two exponentials), measured by the tests.
 *
 * <p>Source: Jaynes, Phys. Rev. 106, 620 (1957) for largest entropy; two exponentials of balanced
 * means as in Tijms, Stochastic Models (1994), appendix B.
 */
public final class ValueDistribution {

  /**
   * Inputs behind a rectifier where nothing is known: medians over the 484 matrix layers with
   * unsigned inputs of the networks distributed with CiMLoop (github.com/mit-emze/cimloop,
   * workspace/models/workloads).
   */
  public static final ValueStatistics DEFAULT_INPUTS = new ValueStatistics(0.784, 0.0616, 0.167, 0);

  /** Weights where nothing is known: medians over the 1,334 matrix layers of the same networks. */
  public static final ValueStatistics DEFAULT_WEIGHTS =
      new ValueStatistics(0.065, 0.310, 0.387, 0.468);

  private static final int CELLS = 1024;

  /** Bytes of a distribution. */
  public static final long SIZE_B = 8L * CELLS + 400;

  /** Full scales that a quantiser tries, from that of the largest value down. */
  public static final int RANGES = 60;

  /** A full scale that it tries over the one before. */
  public static final double NARROWER = 0.95;

  /** E[x²]/E[x]² of an exponential. */
  private static final double HEAVY = 2;

  /** Largest mean of the longer exponential of which e⁻⁷ lies above 1. */
  private static final double LONGEST_MEAN = 0.15;

  /** Bits of magnitudes that stand for any value. */
  private static final int FINE_BITS = 12;

  /** Fewest codes of magnitudes whose sizes are told apart. */
  private static final int LEAST_CODES = 8;

  private final Source source;
  private final int hash;
  private final double zeroShare;
  private final double positiveShare;
  private final double negativeShare;
  private final double width;
  private final double[] mass;

  /**
   * Argument of the distribution.
   *
   * @param statistics four statistics of the values
   * @param structure correlation of neighbouring values
   * @param bitsOfRange magnitude bits below which the quantiser chooses a smaller full scale
   *     ({@link #codes})
   */
  public record Source(ValueStatistics statistics, Structure structure, int bitsOfRange) {
    /** Inputs; {@link #DEFAULT_INPUTS} if the statistics are missing (rms not above 0). */
    public static Source ofInputs(
        ValueStatistics statistics, Structure structure, int bitsOfRange) {
      return new Source(statistics.rms() > 0 ? statistics : DEFAULT_INPUTS, structure, bitsOfRange);
    }

    /**
     * Weights; {@link #DEFAULT_WEIGHTS} if the statistics are missing (rms not above 0). Of their
     * structure only the inputs that weights of a size meet count.
     */
    public static Source ofWeights(
        ValueStatistics statistics, Structure structure, int bitsOfRange) {
      return new Source(
          statistics.rms() > 0 ? statistics : DEFAULT_WEIGHTS,
          new Structure(Blocks.NONE, Blocks.NONE, Blocks.NONE, structure.drives(), 1, 1),
          bitsOfRange);
    }
  }

  private ValueDistribution(Source source) {
    this.source = source;
    hash = source.hashCode();
    ValueStatistics statistics = source.statistics();
    zeroShare = Math.min(Math.max(statistics.zeroShare(), 0), 1 - 1e-9);
    double nonzero = 1 - zeroShare;
    negativeShare = Math.min(Math.max(statistics.negativeShare(), 0), nonzero);
    positiveShare = nonzero - negativeShare;
    double mean = Math.min(Math.max(statistics.meanAbs() / nonzero, 1e-6), 0.99);
    double square = statistics.rms() * statistics.rms() / nonzero;
    square = Math.min(Math.max(square, mean * mean * 1.001), mean * (1 - 1e-3));
    width = Math.min(1, 16 * StrictMath.sqrt(square)) / CELLS;
    mass = isHeavy(mean, square) ? twoExponentials(mean, square) : largestEntropy(mean, square);
  }

  /** The distribution of values with these statistics. */
  public static ValueDistribution of(Source source) {
    return new ValueDistribution(source);
  }

  /**
   * Distribution of inputs; {@link #DEFAULT_INPUTS} if the statistics are missing (rms not above
   * 0).
   */
  public static ValueDistribution ofInputs(ValueStatistics statistics) {
    return ofInputs(statistics, Structure.NONE);
  }

  /**
   * Distribution of inputs whose sums with the weights spread more than those of independent ones.
   *
   * @param structure by how much
   */
  public static ValueDistribution ofInputs(ValueStatistics statistics, Structure structure) {
    return ofInputs(statistics, structure, 0);
  }

  /**
   * Distribution of inputs whose quantiser chose the full scale 1 for a number of bits.
   *
   * @param bitsOfRange magnitude bits below which it chooses a smaller one ({@link #codes})
   */
  public static ValueDistribution ofInputs(
      ValueStatistics statistics, Structure structure, int bitsOfRange) {
    return of(Source.ofInputs(statistics, structure, bitsOfRange));
  }

  /**
   * Distribution of weights; {@link #DEFAULT_WEIGHTS} if the statistics are missing (rms not above
   * 0).
   */
  public static ValueDistribution ofWeights(ValueStatistics statistics) {
    return ofWeights(statistics, 0);
  }

  /**
   * Distribution of weights whose quantiser chose the full scale 1 for a number of bits.
   *
   * @param bitsOfRange magnitude bits below which it chooses a smaller one ({@link #codes})
   */
  public static ValueDistribution ofWeights(ValueStatistics statistics, int bitsOfRange) {
    return ofWeights(statistics, Structure.NONE, bitsOfRange);
  }

  /**
   * Distribution of weights whose large values meet inputs of other magnitudes.
   *
   * @param structure by how much
   */
  public static ValueDistribution ofWeights(
      ValueStatistics statistics, Structure structure, int bitsOfRange) {
    return of(Source.ofWeights(statistics, structure, bitsOfRange));
  }

  /** Correlation of neighbouring values. */
  public Structure structure() {
    return source.structure();
  }

  /**
   * Mean square of the inputs that weights of a code meet, over that of all; 1 for codes of few
   * bits, which tell sizes apart too little.
   *
   * @param code magnitude
   * @param codes number of codes
   */
  double drive(int code, int codes) {
    return codes < LEAST_CODES ? 1 : source.structure().drive(code / (codes - 1.0));
  }

  /** Share of values above zero. */
  public double positiveShare() {
    return positiveShare;
  }

  /** Share of values below zero. */
  public double negativeShare() {
    return negativeShare;
  }

  /** Share of values that are zero before quantisation. */
  public double zeroShare() {
    return zeroShare;
  }

  /**
   * Probability of each magnitude code of a nonzero value, rounded to the nearest of 0 .. 2^bits −
   * 1 with the full scale as the largest. Code 0 is what rounds to zero. The full scale is 1, or
   * where the quantiser chooses it, that of 1, 0.95, 0.95² .. with the least mean square error.
   */
  public double[] codes(int bits) {
    if (bits < 1 || bits > 16) {
      throw new IllegalArgumentException(
          "The magnitude bits ("
              + bits
              + ") of a value must be 1..16.\nMaybe the sign was counted?");
    }
    int largest = (1 << bits) - 1;
    double step = (bits < source.bitsOfRange() ? range(largest) : 1) / largest;
    double[] probability = new double[largest + 1];
    double below = 0;
    for (int code = 0; code < largest; code++) {
      double cumulative = cumulative((code + 0.5) * step);
      probability[code] = cumulative - below;
      below = cumulative;
    }
    probability[largest] = 1 - below;
    return probability;
  }

  /**
   * Mean-square error of codes, in squares of a step, of values clipped or rounded to zero too,
   * where the quantiser chooses the full scale.
   */
  OptionalDouble missed(int bits) {
    if (bits >= source.bitsOfRange()) {
      return OptionalDouble.empty();
    }
    int largest = (1 << bits) - 1;
    double step = range(largest) / largest;
    return OptionalDouble.of((1 - zeroShare) * error(step, largest) / (step * step));
  }

  /**
   * Probability of each odd magnitude 1, 3 .. 2^bits − 1 of a nonzero value, rounded to the nearest
   * with the full scale as the largest; the full scale as for {@link #codes}.
   *
   * @param bits bits of a value, the sign included
   */
  double[] oddCodes(int bits) {
    double pair = 2 * oddUnit(bits);
    double[] probability = new double[1 << bits - 1];
    double below = 0;
    for (int m = 0; m < probability.length - 1; m++) {
      double cumulative = cumulative((m + 1) * pair);
      probability[m] = cumulative - below;
      below = cumulative;
    }
    probability[probability.length - 1] = 1 - below;
    return probability;
  }

  /** Mean-square error of odd values of both signs, in squares of 1; zero is off by 1. */
  double missedByOdd(int bits) {
    double unit = oddUnit(bits);
    return zeroShare + (1 - zeroShare) * oddError(unit, bits) / (unit * unit);
  }

  /** Value of the odd code 1. */
  private double oddUnit(int bits) {
    double widest = 1.0 / ((1 << bits) - 1);
    if (bits - 1 >= source.bitsOfRange()) {
      return widest;
    }
    double best = widest;
    double least = Double.POSITIVE_INFINITY;
    double tried = widest;
    for (int i = 0; i < RANGES; i++) {
      double error = oddError(tried, bits);
      if (error < least) {
        best = tried;
        least = error;
      }
      tried *= NARROWER;
    }
    return best;
  }

  private double oddError(double unit, int bits) {
    int most = (1 << bits - 1) - 1;
    double error = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      double value = (cell + 0.5) * width;
      double odd = 2 * Math.min(most, Math.floor(value / (2 * unit))) + 1;
      double miss = value - unit * odd;
      error += (mass[cell + 1] - mass[cell]) * miss * miss;
    }
    return error;
  }

  /**
   * Mean-square error of two values that stand for these, over the variance of the two: of values
   * of both signs ±E|x|, else the means of the small and of the large ones with the least error. 0
   * of values that were not measured: their network is taken to be trained with two.
   */
  double missedByTwo() {
    if (source.bitsOfRange() == 0) {
      return 0;
    }
    double[] codes = codes(FINE_BITS);
    double first = 0;
    double second = 0;
    for (int code = 0; code < codes.length; code++) {
      double share = (1 - zeroShare) * codes[code];
      first += share * code;
      second += share * code * code;
    }
    if (negativeShare > 0) {
      return first > 0 ? second / (first * first) - 1 : 0;
    }
    double small = zeroShare;
    double ofSmall = 0;
    double between = 0;
    for (int code = 0; code < codes.length; code++) {
      double share = (1 - zeroShare) * codes[code];
      small += share;
      ofSmall += share * code;
      double apart = ofSmall - small * first;
      double room = small * (1 - small);
      between = room > 0 ? Math.max(between, apart * apart / room) : between;
    }
    return between > 0 ? (second - first * first) / between - 1 : 0;
  }

  /** The full scale with the least mean square error. */
  private double range(int largest) {
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    double tried = 1;
    for (int i = 0; i < RANGES; i++) {
      double error = error(tried / largest, largest);
      if (error < least) {
        best = tried;
        least = error;
      }
      tried *= NARROWER;
    }
    return best;
  }

  private double error(double step, int largest) {
    double error = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      double value = (cell + 0.5) * width;
      double miss = value - step * Math.min(largest, Math.rint(value / step));
      error += (mass[cell + 1] - mass[cell]) * miss * miss;
    }
    return error;
  }

  private double cumulative(double x) {
    double position = x / width;
    int cell = (int) position;
    return cell >= CELLS ? 1 : mass[cell] + (mass[cell + 1] - mass[cell]) * (position - cell);
  }

  /** Cumulative mass at the cell borders from the cells' masses. */
  private static double[] accumulate(double[] cell, double total) {
    double[] border = new double[CELLS + 1];
    double sum = 0;
    for (int i = 0; i < CELLS; i++) {
      sum += cell[i];
      border[i + 1] = sum / total;
    }
    border[CELLS] = 1;
    return border;
  }

  /**
   * Newton's method on the convex dual log Z(a, b) + a E[u] + b E[u²] in u = x / rms, so that both
   * targets are of order 1.
   */
  private double[] largestEntropy(double mean, double square) {
    double scale = StrictMath.sqrt(square);
    double target = mean / scale;
    double a = 0;
    double b = 0.5;
    double[] cell = new double[CELLS];
    double[] moments = new double[5];
    double dual = moments(a, b, scale, cell, moments) + a * target + b;
    for (int iteration = 0; iteration < 60; iteration++) {
      double gradientA = target - moments[1];
      double gradientB = 1 - moments[2];
      if (Math.abs(gradientA) < 1e-9 && Math.abs(gradientB) < 1e-9) {
        break;
      }
      double aa = moments[2] - moments[1] * moments[1];
      double ab = moments[3] - moments[1] * moments[2];
      double bb = moments[4] - moments[2] * moments[2];
      double determinant = aa * bb - ab * ab;
      if (!(determinant > 1e-300)) {
        break; // All mass in one cell: no narrower density can be told apart.
      }
      double stepA = -(bb * gradientA - ab * gradientB) / determinant;
      double stepB = -(aa * gradientB - ab * gradientA) / determinant;
      double slope = gradientA * stepA + gradientB * stepB;
      double share = 1;
      double next = Double.POSITIVE_INFINITY;
      for (int halving = 0; halving < 40; halving++) {
        double tryA = a + share * stepA;
        double tryB = b + share * stepB;
        next = moments(tryA, tryB, scale, cell, moments) + tryA * target + tryB;
        if (next <= dual + 1e-4 * share * slope + 1e-14) {
          break;
        }
        share /= 2;
      }
      a += share * stepA;
      b += share * stepB;
      dual = next;
    }
    return accumulate(cell, moments[0]);
  }

  /** Fills the cells' masses and E[u^0..4] (the first not normalised); returns log Z. */
  private double moments(double a, double b, double scale, double[] cell, double[] moments) {
    double step = width / scale;
    double peak = b > 0 ? Math.min(Math.max(-a / (2 * b), 0), CELLS * step) : 0;
    double end = CELLS * step;
    double largest = Math.max(-a * peak - b * peak * peak, Math.max(0, -a * end - b * end * end));
    double m0 = 0;
    double m1 = 0;
    double m2 = 0;
    double m3 = 0;
    double m4 = 0;
    for (int i = 0; i < CELLS; i++) {
      double u = (i + 0.5) * step;
      double p = StrictMath.exp(-u * (a + b * u) - largest);
      cell[i] = p;
      m0 += p;
      p *= u;
      m1 += p;
      p *= u;
      m2 += p;
      p *= u;
      m3 += p;
      p *= u;
      m4 += p;
    }
    moments[0] = m0;
    moments[1] = m1 / m0;
    moments[2] = m2 / m0;
    moments[3] = m3 / m0;
    moments[4] = m4 / m0;
    return StrictMath.log(m0) + largest;
  }

  private static boolean isHeavy(double mean, double square) {
    double variation = square / (mean * mean) - 1;
    return variation > HEAVY - 1 && mean / (2 * (1 - shortShare(variation))) <= LONGEST_MEAN;
  }

  private static double shortShare(double variation) {
    return (1 + StrictMath.sqrt((variation - 1) / (variation + 1))) / 2;
  }

  /**
   * With c² = r − 1, share p = (1 + √((c²−1)/(c²+1)))/2 has the mean m/(2p) and the rest
   * m/(2(1−p)): mean m, mean square r m².
   */
  private double[] twoExponentials(double mean, double square) {
    double variation = square / (mean * mean) - 1;
    double share = shortShare(variation);
    double shortRate = 2 * share / mean;
    double longRate = 2 * (1 - share) / mean;
    double[] cell = new double[CELLS];
    double above = 1;
    for (int i = 0; i < CELLS; i++) {
      double x = (i + 1) * width;
      double next =
          i == CELLS - 1
              ? 0
              : share * StrictMath.exp(-shortRate * x)
                  + (1 - share) * StrictMath.exp(-longRate * x);
      cell[i] = above - next;
      above = next;
    }
    return accumulate(cell, 1);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof ValueDistribution values
            && hash == values.hash
            && source.equals(values.source);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
