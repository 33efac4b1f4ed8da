package dev.kirchhoff.mapper.tile;

import java.util.Arrays;

/**
 * Reads that a set of rows takes for one digit where rows whose digit is zero are skipped: those
 * that are driven are read R_a at a time.
 *
 * <p>Of K inputs with n_r rows each J are driven, J ~ Binomial(K, p), so that a digit takes ⌈n_r J
 * / R_a⌉ reads, all of them full but the last. Sums are exact, over all J. Neglected: correlation
 * of inputs, which widens the distribution but keeps the mean of J. Immutable.
 */
public final class RowReads {
  private static final int MOST_POWER = 4;

  private final double[] probability;

  /** By k expected sum over the reads of the k-th power of the rows that each takes. */
  private final double[] powers;

  private RowReads(double[] probability, double[] powers) {
    this.probability = probability;
    this.powers = powers;
  }

  /**
   * Reads of a set of rows.
   *
   * @param rows rows of the set, at least 1
   * @param rowsPerInput n_r, rows that an input drives together
   * @param rowsActive R_a, rows read at once
   * @param share p, share of inputs whose digit is not zero, 0..1
   */
  public static RowReads of(int rows, int rowsPerInput, int rowsActive, double share) {
    int inputs = ceil(rows, rowsPerInput);
    double[] ofDriven = binomial(inputs, share);
    double[] probability = new double[ceil(rows, rowsActive) + 1];
    double[] powers = new double[MOST_POWER + 1];
    for (int x = 0; x <= inputs; x++) {
      int on = Math.min(rows, x * rowsPerInput);
      int full = on / rowsActive;
      double rest = on - (double) full * rowsActive;
      probability[ceil(on, rowsActive)] += ofDriven[x];
      double ofFull = ofDriven[x] * full;
      double ofRest = ofDriven[x];
      for (int k = 1; k <= MOST_POWER; k++) {
        ofFull *= rowsActive;
        ofRest *= rest;
        powers[k] += ofFull + ofRest;
      }
    }
    return new RowReads(probability, powers);
  }

  /** Probabilities of 0..n of n, from the most likely number both ways, so that none underflows. */
  private static double[] binomial(int n, double share) {
    double[] probabilities = new double[n + 1];
    if (share <= 0 || share >= 1) {
      probabilities[share <= 0 ? 0 : n] = 1;
      return probabilities;
    }
    int mode = (int) Math.min(n, (n + 1) * share);
    double odds = share / (1 - share);
    probabilities[mode] = 1;
    double sum = 1;
    for (int x = mode; x < n; x++) {
      probabilities[x + 1] = probabilities[x] * odds * (n - x) / (x + 1);
      sum += probabilities[x + 1];
    }
    for (int x = mode; x > 0; x--) {
      probabilities[x - 1] = probabilities[x] / odds * x / (n - x + 1);
      sum += probabilities[x - 1];
    }
    for (int x = 0; x <= n; x++) {
      probabilities[x] /= sum;
    }
    return probabilities;
  }

  /** Expected reads. */
  public double mean() {
    double mean = 0;
    for (int k = 1; k < probability.length; k++) {
      mean += k * probability[k];
    }
    return mean;
  }

  /**
   * Expected sum over the reads of a power of the rows that each takes; of the first power the rows
   * that are driven.
   *
   * @param k power, 1 to 4
   */
  public double sumOfPowers(int k) {
    return powers[k];
  }

  /** Reads of several independent sets of such rows one after another. */
  RowReads times(int sets) {
    RowReads sum = this;
    for (int i = 1; i < sets; i++) {
      sum = sum.plus(this);
    }
    return sum;
  }

  /** Reads of these rows and then of others, independent of them. */
  RowReads plus(RowReads other) {
    double[] sum = new double[probability.length + other.probability.length - 1];
    for (int i = 0; i < probability.length; i++) {
      for (int k = 0; k < other.probability.length; k++) {
        sum[i + k] += probability[i] * other.probability[k];
      }
    }
    double[] both = new double[powers.length];
    Arrays.setAll(both, k -> powers[k] + other.powers[k]);
    return new RowReads(sum, both);
  }

  /**
   * Expected most reads among independent crossbars, Σ_k (1 − P(one reads at most k times)^n
   * P(another does)^m).
   *
   * @param number n, crossbars with these rows
   * @param other reads of the others
   * @param others m, number of the others
   */
  double most(double number, RowReads other, double others) {
    double sum = 0;
    double first = 0;
    double beside = 0;
    int end = Math.max(probability.length, other.probability.length) - 1;
    for (int k = 0; k < end; k++) {
      first += k < probability.length ? probability[k] : 0;
      beside += k < other.probability.length ? other.probability[k] : 0;
      sum += 1 - power(first, number) * power(beside, others);
    }
    return sum;
  }

  /** Rounding must not lift a probability above one, nor bring down one to a high power. */
  private static double power(double probability, double exponent) {
    return exponent == 0 || probability > 1 - 1e-15 ? 1 : StrictMath.pow(probability, exponent);
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
