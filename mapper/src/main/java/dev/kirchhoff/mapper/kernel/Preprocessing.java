package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.Locale;

/** Scaling of features before they reach an array; done by the host, not counted. */
enum Preprocessing {
  /** As they are. */
  RAW,
  /** Each feature to 0 to 1. */
  RANGE,
  /** Each feature to −1/2 to 1/2: shorter centroids. */
  CENTRED,
  /** Each feature to mean 0 and standard deviation 1 (of the population). */
  STANDARD,
  /** Each sample to length 1. */
  UNIT;

  /** Words of a key, in order. */
  static String[] words() {
    return Arrays.stream(values())
        .map(p -> p.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }

  static Preprocessing of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Scaled samples; a constant feature becomes 0. */
  double[][] of(double[][] samples) {
    double[][] scaled = Arrays.stream(samples).map(double[]::clone).toArray(double[][]::new);
    if (this == UNIT) {
      for (double[] x : scaled) {
        double length = LinearAlgebra.norm(x);
        LinearAlgebra.scale(x, length == 0 ? 1 : 1 / length);
      }
    } else if (this != RAW) {
      for (int j = 0; j < samples[0].length; j++) {
        int feature = j;
        double[] column = Arrays.stream(samples).mapToDouble(x -> x[feature]).toArray();
        double[] shift = this == STANDARD ? moments(column) : range(column);
        for (double[] x : scaled) {
          x[j] = shift[1] == 0 ? 0 : (x[j] - shift[0]) / shift[1];
        }
      }
    }
    return scaled;
  }

  private double[] range(double[] column) {
    double least = Arrays.stream(column).min().orElseThrow();
    double extent = Arrays.stream(column).max().orElseThrow() - least;
    return new double[] {this == CENTRED ? least + extent / 2 : least, extent};
  }

  private static double[] moments(double[] column) {
    double mean = Arrays.stream(column).average().orElseThrow();
    double variance =
        Arrays.stream(column).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    return new double[] {mean, Math.sqrt(variance)};
  }
}
