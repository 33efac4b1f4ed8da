package dev.kirchhoff.mapper.simulate;

import java.util.List;

/**
 * Weights of a sum whose logarithm gives a loss by a logistic curve: loss = top / (1 + e^(−s (ln Σ
 * f_k n_k − m))), with the least mean of √(miss² + {@value #SMOOTH}²) plus {@value #RIDGE} times
 * the mean square of ln f. Quasi-Newton (BFGS) from f = 1, with backtracking; repeats bit for bit.
 * Valid for finite n ≥ 0; the least that it finds may be a local one.
 */
final class LogisticFit {
  private static final double RIDGE = 0.003;
  private static final double SMOOTH = 0.01;

  /** Below any noise that counts. */
  private static final double LEAST = 1e-12;

  private static final int CURVE = 3;
  private static final int MOST_STEPS = 1000;
  private static final int MOST_HALVINGS = 40;
  private static final double SUFFICIENT = 1e-4;
  private static final double GAIN = 1e-10;

  private final List<double[]> noise;
  private final double[] loss;
  private final int weights;
  private final double[] factor;

  private LogisticFit(List<double[]> noise, double[] loss) {
    this.noise = noise;
    this.loss = loss;
    weights = noise.get(0).length;
    factor = new double[weights];
  }

  /**
   * Logarithms of the weights, then m, ln s and top.
   *
   * @param noise n by sample, at least one
   * @param loss by sample
   */
  static double[] of(List<double[]> noise, double[] loss) {
    return new LogisticFit(noise, loss).descend();
  }

  /** ln Σ f_k n_k of a sample. */
  static double ratio(double[] noise, double[] point) {
    double sum = LEAST;
    for (int f = 0; f < noise.length; f++) {
      sum += StrictMath.exp(point[f]) * noise[f];
    }
    return StrictMath.log(sum);
  }

  private double[] descend() {
    int n = weights + CURVE;
    double[] start = new double[n];
    start[weights] = StrictMath.log(0.3);
    for (double each : loss) {
      start[weights + 2] = Math.max(start[weights + 2], each);
    }
    double[] slope = new double[n];
    double[][] inverse = identity(n);
    double here = distance(start, slope);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] way = new double[n];
      double down = direction(inverse, slope, way);
      if (!(down < 0)) {
        return start;
      }
      double[] next = new double[n];
      double[] nextSlope = new double[n];
      double there = Double.POSITIVE_INFINITY;
      double share = 1;
      for (int halving = 0; halving < MOST_HALVINGS; halving++) {
        for (int i = 0; i < n; i++) {
          next[i] = start[i] + share * way[i];
        }
        there = distance(next, nextSlope);
        if (there <= here + SUFFICIENT * share * down) {
          break;
        }
        share /= 2;
      }
      if (!(there < here - GAIN)) {
        return start;
      }
      update(inverse, start, next, slope, nextSlope);
      start = next;
      slope = nextSlope;
      here = there;
    }
    return start;
  }

  private static double[][] identity(int n) {
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** Sets the way down; returns its slope. */
  private static double direction(double[][] inverse, double[] slope, double[] way) {
    double down = 0;
    for (int i = 0; i < way.length; i++) {
      for (int j = 0; j < way.length; j++) {
        way[i] -= inverse[i][j] * slope[j];
      }
      down += way[i] * slope[i];
    }
    return down;
  }

  /** The inverse Hessian after a step (Broyden, Fletcher, Goldfarb, Shanno). */
  private static void update(
      double[][] inverse, double[] from, double[] to, double[] before, double[] after) {
    int n = from.length;
    double[] y = new double[n];
    double[] moved = new double[n];
    double along = 0;
    for (int i = 0; i < n; i++) {
      y[i] = after[i] - before[i];
      moved[i] = to[i] - from[i];
      along += y[i] * moved[i];
    }
    if (!(along > 0)) {
      return;
    }
    double[] turned = new double[n];
    double curved = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        turned[i] += inverse[i][j] * y[j];
      }
      curved += turned[i] * y[i];
    }
    double scale = (1 + curved / along) / along;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        inverse[i][j] +=
            scale * moved[i] * moved[j] - (turned[i] * moved[j] + moved[i] * turned[j]) / along;
      }
    }
  }

  /** Objective of the fit, and its gradient in {@code slope}. */
  private double distance(double[] point, double[] slope) {
    double square = 0;
    for (int f = 0; f < weights; f++) {
      factor[f] = StrictMath.exp(point[f]);
      square += point[f] * point[f];
      slope[f] = 2 * RIDGE * point[f] / weights;
    }
    slope[weights] = slope[weights + 1] = slope[weights + 2] = 0;
    double steep = StrictMath.exp(point[weights + 1]);
    double top = point[weights + 2];
    double total = 0;
    for (int i = 0; i < loss.length; i++) {
      double[] n = noise.get(i);
      double sum = LEAST;
      for (int f = 0; f < weights; f++) {
        sum += factor[f] * n[f];
      }
      double u = steep * (StrictMath.log(sum) - point[weights]);
      double share = 1 / (1 + StrictMath.exp(-u));
      double miss = top * share - loss[i];
      double far = Math.sqrt(miss * miss + SMOOTH * SMOOTH);
      total += far;
      double ofPrediction = miss / far / loss.length;
      double ofU = ofPrediction * top * share * (1 - share);
      double ofSum = ofU * steep / sum;
      for (int f = 0; f < weights; f++) {
        slope[f] += ofSum * factor[f] * n[f];
      }
      slope[weights] -= ofU * steep;
      slope[weights + 1] += ofU * u;
      slope[weights + 2] += ofPrediction * share;
    }
    return total / loss.length + RIDGE * square / weights;
  }
}
