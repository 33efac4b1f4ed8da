package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Samples to cluster, and scores of a clustering.
 *
 * @param samples features by sample
 * @param labels classes of the samples, for scores alone
 * @param count number of clusters, k
 */
record Clusters(double[][] samples, Optional<int[]> labels, int count) {
  static final Outcome.Measure INERTIA = new Outcome.Measure("inertia", "inertia", "", false);
  static final Outcome.Measure ACCURACY = new Outcome.Measure("accuracy", "accuracy", "", true);

  /** Largest magnitude of a feature. */
  double largest() {
    return Arrays.stream(samples)
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  /** Largest half square of a sample, which bounds that of every mean. */
  double largestHalfSquare() {
    return Arrays.stream(samples).mapToDouble(x -> LinearAlgebra.dot(x, x) / 2).max().orElseThrow();
  }

  /** Places of k samples at equal distances, from the first. */
  int[] spaced() {
    return IntStream.range(0, count).map(c -> c * samples.length / count).toArray();
  }

  /** Copies of the samples at the first k places of an order. */
  double[][] at(int[] order) {
    double[][] centroids = new double[count][];
    Arrays.setAll(centroids, c -> samples[order[c]].clone());
    return centroids;
  }

  /** Nearest centroid of each sample, exactly. */
  int[] nearest(double[][] centroids) {
    int[] nearest = new int[samples.length];
    for (int s = 0; s < samples.length; s++) {
      for (int c = 1; c < centroids.length; c++) {
        boolean isNearer =
            square(samples[s], centroids[c]) < square(samples[s], centroids[nearest[s]]);
        nearest[s] = isNearer ? c : nearest[s];
      }
    }
    return nearest;
  }

  private static double square(double[] x, double[] w) {
    double[] difference = x.clone();
    LinearAlgebra.add(difference, -1, w);
    return LinearAlgebra.dot(difference, difference);
  }

  /** Inertia, Σ_x min_c |x − w_c|². */
  double inertia(double[][] centroids) {
    int[] nearest = nearest(centroids);
    double sum = 0;
    for (int s = 0; s < samples.length; s++) {
      sum += square(samples[s], centroids[nearest[s]]);
    }
    return sum;
  }

  /** Share of samples that belong to the majority class of their cluster. */
  double accuracy(int[] assignment) {
    int[] classes = labels.orElseThrow();
    int most = Arrays.stream(classes).max().orElseThrow();
    int[][] sizes = new int[count][most + 1];
    for (int s = 0; s < classes.length; s++) {
      sizes[assignment[s]][classes[s]]++;
    }
    double right = 0;
    for (int[] cluster : sizes) {
      right += Arrays.stream(cluster).max().orElseThrow();
    }
    return right / classes.length;
  }
}
