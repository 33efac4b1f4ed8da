package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.workload.ValueStatistics;

/** Statistics of the vectors that a kernel drives, each in units of its largest magnitude. */
final class DrivenValues {
  private double values;
  private double zeros;
  private double negatives;
  private double sum;
  private double squares;

  /** Adds a vector; a vector of zeros counts as such. */
  void add(double[] vector) {
    double most = 0;
    for (double x : vector) {
      most = Math.max(most, Math.abs(x));
    }
    add(vector, most == 0 ? 1 : most);
  }

  private void add(double[] vector, double fullScale) {
    for (double x : vector) {
      double share = Math.min(1, Math.abs(x) / fullScale);
      zeros += share == 0 ? 1 : 0;
      negatives += x < 0 ? 1 : 0;
      sum += share;
      squares += share * share;
    }
    values += vector.length;
  }

  /** Statistics of what was added; of nothing those of a single zero. */
  ValueStatistics statistics() {
    if (values == 0) {
      return new ValueStatistics(1, 0, 0, 0);
    }
    return new ValueStatistics(
        zeros / values, sum / values, Math.min(1, Math.sqrt(squares / values)), negatives / values);
  }

  /** Statistics of a stored matrix in units of its full scale. */
  static ValueStatistics of(double[][] matrix, double fullScale) {
    DrivenValues values = new DrivenValues();
    for (double[] row : matrix) {
      values.add(row, fullScale);
    }
    return values.statistics();
  }
}
