package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.Locale;

/**
 * Centroids as columns of an array, with the term −|w|²/2 in rows below them, behind the
 * converters, or left out.
 *
 * <p>The rows hold equal parts of the term and are driven by the largest magnitude of a feature; as
 * many are taken as fit it into the window. The controller keeps the centroids in digital form.
 */
final class CentroidArray {
  private static final int BITS = 16;

  /** Place of the norm term. */
  enum Norm {
    ROWS,
    DIGITAL,
    NONE;

    static Norm of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  private final Machine machine;
  private final Norm norm;
  private final double drive;
  private final int rows;
  private final Machine.Stored stored;
  private final double[][] centroids;

  /** Stores first centroids; those to come are in the convex hull of the samples. */
  CentroidArray(Machine machine, Norm norm, Clusters clusters, double[][] first) {
    this.machine = machine;
    this.norm = norm;
    drive = Math.max(Double.MIN_NORMAL, clusters.largest());
    int needed = (int) Math.ceil(clusters.largestHalfSquare() / (drive * drive));
    rows = norm == Norm.ROWS ? Math.max(1, needed) : 0;
    centroids = Arrays.stream(first).map(double[]::clone).toArray(double[][]::new);
    boolean[] all = new boolean[first.length];
    Arrays.fill(all, true);
    stored = machine.store("centroids", columns(all), drive);
    // Samples that come again, centroids, and sums on the way to their means.
    double vectors = clusters.samples().length + 2.0 * first.length;
    machine.keep(vectors * first[0].length, BITS);
  }

  /** Centroids, as they were meant to be written. */
  double[][] centroids() {
    return centroids;
  }

  /** Moves each centroid to the mean of its cluster; that of an empty one stays. */
  void moveToMeans(double[][] samples, int[] assignment) {
    double[][] sums = new double[centroids.length][samples[0].length];
    int[] sizes = new int[centroids.length];
    for (int s = 0; s < samples.length; s++) {
      LinearAlgebra.add(sums[assignment[s]], 1, samples[s]);
      sizes[assignment[s]]++;
    }
    machine.digital(VectorOperation.ADD, (double) samples.length * samples[0].length, BITS);
    boolean[] isMoved = new boolean[centroids.length];
    for (int c = 0; c < centroids.length; c++) {
      if (sizes[c] > 0) {
        LinearAlgebra.scale(sums[c], 1.0 / sizes[c]);
        isMoved[c] = !Arrays.equals(sums[c], centroids[c]);
        centroids[c] = sums[c];
      }
    }
    write(isMoved);
  }

  /** Moves one centroid towards a sample, w ← w + η (x − w). */
  void moveTowards(double[] sample, int number, double rate) {
    LinearAlgebra.scale(centroids[number], 1 - rate);
    LinearAlgebra.add(centroids[number], rate, sample);
    boolean[] isMoved = new boolean[centroids.length];
    isMoved[number] = true;
    write(isMoved);
  }

  /** Writes the columns of centroids; scaling and square take a step an element each. */
  private void write(boolean[] isMoved) {
    for (int c = 0; c < centroids.length; c++) {
      if (isMoved[c]) {
        machine.digital(VectorOperation.MULTIPLY_ADD, 2.0 * centroids[c].length, BITS);
      }
    }
    machine.write(stored, columns(isMoved));
  }

  private double[][] columns(boolean[] isWritten) {
    int features = centroids[0].length;
    double[][] columns = new double[features + rows][centroids.length];
    for (int c = 0; c < centroids.length; c++) {
      double part = LinearAlgebra.dot(centroids[c], centroids[c]) / (2 * Math.max(1, rows) * drive);
      for (int i = 0; i < columns.length; i++) {
        double element = i < features ? centroids[c][i] : -part;
        columns[i][c] = isWritten[c] ? element : Double.NaN;
      }
    }
    return columns;
  }

  /** The nearest centroid of each sample. */
  int[] nearest(double[]... samples) {
    double[][] inputs = new double[samples.length][];
    for (int s = 0; s < samples.length; s++) {
      inputs[s] = Arrays.copyOf(samples[s], stored.rows());
      Arrays.fill(inputs[s], samples[s].length, stored.rows(), drive);
    }
    double[][] products = machine.read(stored, inputs);
    double count = (double) samples.length * centroids.length;
    if (norm == Norm.DIGITAL) {
      machine.digital(VectorOperation.ADD, count, BITS);
    }
    machine.digital(VectorOperation.COMPARE, count, BITS);
    int[] nearest = new int[samples.length];
    for (int s = 0; s < samples.length; s++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < centroids.length; c++) {
        double square = LinearAlgebra.dot(centroids[c], centroids[c]);
        double likeness = products[s][c] - (norm == Norm.DIGITAL ? square / 2 : 0);
        nearest[s] = likeness > most ? c : nearest[s];
        most = Math.max(most, likeness);
      }
    }
    return nearest;
  }
}
