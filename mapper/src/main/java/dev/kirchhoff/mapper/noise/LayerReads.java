package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.tile.RowReads;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads that an output adds up, by slice of the inputs (docs/models.md, section 2.3).
 *
 * <p>Reads of all rows are the same for every slice. With rows of zero digits skipped, slice t
 * takes the expected number of {@link RowReads} over the row blocks of the layer; a read adds up
 * n_t driven weights, as many in all reads but the last one of each block, which gives n_t its
 * moments. An offset that goes with the driven rows is then that of Σ x of a block, whatever the
 * reads.
 *
 * @param weights n, weights of a read of all rows that may be read at once
 * @param groups reads of a slice, mean over the slices
 * @param perCrossbar reads of a slice that one converter makes
 * @param inputs inputs of the layer
 * @param slices reads by slice of the inputs; one for all where all rows are read
 * @param offsetGain gain of the virtual ground's offset over offsets of single reads; empty where
 *     it is that of the digits
 */
record LayerReads(
    double weights,
    double groups,
    double perCrossbar,
    double inputs,
    List<Slice> slices,
    OptionalDouble offsetGain) {

  /**
   * Reads of a slice of the inputs.
   *
   * @param share reads over those of the mean slice
   * @param perDriven statistics of a digit that is driven over those of any digit, 1/P(u ≠ 0)
   * @param weights n_t, mean weights of a read
   * @param variance of n_t from read to read
   * @param third third central moment of n_t over its variance and mean
   * @param fourth fourth central moment of n_t over three squared variances, less 1
   */
  record Slice(
      double share,
      double perDriven,
      double weights,
      double variance,
      double third,
      double fourth) {
    /** Reads of as many weights each. */
    private static Slice uniform(double share, double perDriven, double weights) {
      return new Slice(share, perDriven, weights, 0, 0, 0);
    }

    /**
     * Reads of different weights.
     *
     * @param powers sums over the reads of the powers of their weights, from the zeroth on
     */
    private static Slice of(double share, double perDriven, double[] powers) {
      double mean = powers[1] / powers[0];
      double square = powers[2] / powers[0];
      double cube = powers[3] / powers[0];
      double variance = square - mean * mean;
      if (variance <= ALIKE * square) {
        return uniform(share, perDriven, mean);
      }
      double third = cube - 3 * mean * square + 2 * mean * mean * mean;
      double fourth =
          powers[4] / powers[0]
              - 4 * mean * cube
              + 6 * mean * mean * square
              - 3 * mean * mean * mean * mean;
      return new Slice(
          share,
          perDriven,
          mean,
          variance,
          third / (variance * mean),
          fourth / (3 * variance * variance) - 1);
    }

    /**
     * Tail of a sum m n_t + √n_t z, 1 of a normal one: its fourth central moment over three squared
     * variances, at most that of the heaviest sums.
     *
     * @param ofNumber variance that the number of weights makes, m² var(n_t)
     * @param all its variance
     */
    double tail(double ofNumber, double all) {
      if (variance == 0) {
        return 1;
      }
      double ofMean = ofNumber / all;
      double ofWeights = 1 - ofMean;
      double tail =
          1
              + fourth * ofMean * ofMean
              + 2 * third * ofMean * ofWeights
              + variance / (weights * weights) * ofWeights * ofWeights;
      return Math.min(ColumnTail.MOST, Math.max(LEAST_TAIL, tail));
    }
  }

  private static final int POWERS = 5;

  /** Least tail of a sum, that of two equally likely values. */
  private static final double LEAST_TAIL = 1.0 / 3;

  /** Variance below which numbers count as equal, relative to their square. */
  private static final double ALIKE = 1e-6;

  LayerReads {
    slices = List.copyOf(slices);
  }

  /**
   * Reads of all rows.
   *
   * @param weights weights of a read
   * @param groups reads of an output
   */
  static LayerReads ofAllRows(double weights, double groups, ColumnModel.Array array) {
    return new LayerReads(
        weights,
        groups,
        Math.min(groups, array.groups()),
        weights * groups,
        List.of(Slice.uniform(1, 1, weights)),
        OptionalDouble.empty());
  }

  /** Reads of a layer. */
  static LayerReads of(NoiseKey key) {
    ColumnModel.Array array = key.column().array();
    int rows = key.inputsPerOutput() * key.column().encoding().rowsPerWeight();
    int whole = (rows - 1) / array.rows();
    int rest = rows - whole * array.rows();
    if (array.skipsZeroRows()) {
      return ofDrivenRows(key, whole, rest);
    }
    int groups = whole * array.groups() + (rest + array.rowsActive() - 1) / array.rowsActive();
    return ofAllRows((double) key.inputsPerOutput() / groups, groups, array);
  }

  private static LayerReads ofDrivenRows(NoiseKey key, int whole, int rest) {
    ColumnModel.Array array = key.column().array();
    DigitStatistics digits = key.inputs();
    int perWeight = key.column().encoding().rowsPerWeight();
    // A read takes the rows of one weight at least.
    int rowsAtOnce = Math.max(array.rowsActive(), perWeight);
    double most = Math.min(key.inputsPerOutput(), rowsAtOnce / (double) perWeight);
    List<Double> shares = digits.drivenShares();
    int passes = shares.size() / digits.slices();
    double[][] powers = new double[digits.slices()][POWERS];
    double groups = 0;
    for (int i = 0; i < shares.size(); i++) {
      double[] ofSlice = powers[i / passes];
      RowReads ofRest = RowReads.of(rest, perWeight, rowsAtOnce, shares.get(i));
      RowReads ofWhole =
          whole == 0 ? ofRest : RowReads.of(array.rows(), perWeight, rowsAtOnce, shares.get(i));
      double reads = (whole * ofWhole.mean() + ofRest.mean()) / passes;
      ofSlice[0] += reads;
      groups += reads / digits.slices();
      double unit = passes;
      for (int k = 1; k < POWERS; k++) {
        unit *= perWeight;
        ofSlice[k] += (whole * ofWhole.sumOfPowers(k) + ofRest.sumOfPowers(k)) / unit;
      }
    }
    List<Slice> slices = new ArrayList<>();
    double alone = 0;
    double significance = 1;
    for (int t = 0; t < digits.slices(); t++) {
      slices.add(
          powers[t][0] > 0
              ? Slice.of(powers[t][0] / groups, 1 / digits.nonzeroDigit(t), powers[t])
              : Slice.uniform(0, 1, most));
      alone += significance * passes * powers[t][2];
      significance *= StrictMath.scalb(1.0, 2 * digits.width());
    }
    double perBlock = array.rows() / (double) perWeight;
    double ofRest = rest / (double) perWeight;
    double mean = digits.valueMean();
    double variance = digits.valueSquare() - mean * mean;
    double together =
        whole * perBlock * (perBlock * mean * mean + variance)
            + ofRest * (ofRest * mean * mean + variance);
    return new LayerReads(
        most,
        groups,
        groups / (whole + 1),
        key.inputsPerOutput(),
        slices,
        OptionalDouble.of(alone > 0 ? together / alone : 0));
  }

  /** Reads of a slice of the inputs. */
  Slice slice(int t) {
    return slices.get(Math.min(t, slices.size() - 1));
  }

  /** Neighbouring inputs that a read covers, zero or not. */
  double inputsPerRead() {
    return offsetGain.isEmpty() ? weights : groups > 0 ? inputs / groups : inputs;
  }
}
