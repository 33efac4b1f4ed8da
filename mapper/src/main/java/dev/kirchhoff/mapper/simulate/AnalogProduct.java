package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.Arrays;

/**
 * Column sums of a programmed crossbar for a batch of inputs, read noise included:
 *
 * <pre>v_u = b_u + Σ x_i A_iu + sqrt(c_u + Σ x_i² S_iu) z</pre>
 *
 * <p>Noise is output-referred: one normal draw z a sum, whose variance is that of the cells'
 * independent noises; the same in distribution as a draw for each cell. Draws are numbered by
 * vector and unit, so that they do not depend on how vectors are batched. Inputs are kept row by
 * row and sums unit by unit, the vectors of a batch next to each other: the inner loop is one of
 * vector instructions of a few operands without offsets (with offsets the compiler of Java 17 makes
 * scalar ones, at a fifth of the speed). Sums run over rows in one fixed order in single precision.
 * Immutable; a {@link Workspace} is one thread's.
 */
final class AnalogProduct {
  /** Units whose sums stay in the first-level cache while all rows pass by. */
  private static final int UNITS_AT_ONCE = 16;

  private final int rows;
  private final int units;
  private final float[][] weights;
  private final float[][] variances;
  private final float[] offsets;
  private final float[] ownVariance;

  /**
   * A product.
   *
   * @param weights A, by row and unit
   * @param variances S, by row and unit; empty where cells are quiet
   * @param offsets b, by unit
   * @param ownVariance c, noise whatever the input; empty where there is none
   */
  AnalogProduct(float[][] weights, float[][] variances, float[] offsets, float[] ownVariance) {
    rows = weights.length;
    units = offsets.length;
    this.weights = copy(weights);
    this.variances = copy(variances);
    this.offsets = offsets.clone();
    this.ownVariance = ownVariance.clone();
  }

  private static float[][] copy(float[][] values) {
    return Arrays.stream(values).map(float[]::clone).toArray(float[][]::new);
  }

  /** Rows that are driven. */
  int rows() {
    return rows;
  }

  /** Sums of one vector. */
  int units() {
    return units;
  }

  /** A weight, for tests. */
  float weight(int row, int unit) {
    return weights[row][unit];
  }

  /** True if a read of it is noisy. */
  boolean isNoisy() {
    return variances.length > 0 || ownVariance.length > 0;
  }

  /**
   * Noise of a batch: the streams of its draws and the variance of the converter.
   *
   * @param key key of this crossbar's reads
   * @param first number of the first vector in the streams of the units, even
   * @param extraVariance variance of a sum whatever the input, of the converter behind it, by unit
   *     of a weight
   */
  record Noise(RandomKey key, long first, float[] extraVariance) {
    private boolean isQuiet() {
      for (float variance : extraVariance) {
        if (variance > 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Rows of a product that are read.
   *
   * @param first first row
   * @param inputs by row from there on, then vector
   * @param share rows that are on over all of the product, by vector: offsets and the noise of the
   *     column go with them
   */
  record Driven(int first, float[][] inputs, float[] share) {}

  /** Arrays for batches of a number of vectors, for one thread. */
  static final class Workspace {
    private final int batch;
    private final float[] idle;
    private final float[] draws;
    private final float[] all;
    private float[][] squares = new float[0][];
    private float[][] variance = new float[0][];
    private float[] ofUnits = new float[0];

    /** Arrays for batches of so many vectors. */
    Workspace(int batch) {
      this.batch = batch;
      idle = new float[batch];
      draws = new float[batch];
      all = new float[batch];
      Arrays.fill(all, 1);
    }

    /** Vectors of a batch. */
    int batch() {
      return batch;
    }

    private float[] ofUnits(int units) {
      if (ofUnits.length < units) {
        ofUnits = new float[units];
      }
      return ofUnits;
    }

    private void reserve(int rows, int units) {
      squares = grown(squares, rows, batch);
      variance = grown(variance, units, batch);
    }

    /** At least so many arrays of a length, those that there are first. */
    static float[][] grown(float[][] arrays, int count, int length) {
      if (arrays.length >= count) {
        return arrays;
      }
      float[][] more = Arrays.copyOf(arrays, count);
      for (int i = arrays.length; i < count; i++) {
        more[i] = new float[length];
      }
      return more;
    }
  }

  /**
   * All rows.
   *
   * @param inputs by row, then vector
   */
  Driven all(float[][] inputs, Workspace space) {
    float[][] own = inputs.length == rows ? inputs : Arrays.copyOf(inputs, rows);
    return new Driven(0, own, space.all);
  }

  /**
   * Sets the sums of a batch over all rows, without noise.
   *
   * @param inputs by row, then vector
   * @param sums by unit, then vector
   */
  void multiply(float[][] inputs, float[][] sums, Workspace space) {
    multiply(all(inputs, space), sums, space);
  }

  /**
   * Sets the sums of a batch over all rows, with read noise.
   *
   * @param noise source of its draws
   */
  void multiply(float[][] inputs, float[][] sums, Noise noise, Workspace space) {
    multiply(all(inputs, space), sums, noise, space);
  }

  /**
   * Sets the sums of a batch, without noise.
   *
   * @param sums by unit, then vector
   */
  void multiply(Driven driven, float[][] sums, Workspace space) {
    multiply(driven, new Units(0, units), sums, space);
  }

  private void multiply(Driven driven, Units some, float[][] sums, Workspace space) {
    for (int u = some.from(); u < some.to(); u++) {
      for (int v = 0; v < space.batch; v++) {
        sums[u][v] = offsets[u] * driven.share()[v];
      }
    }
    accumulate(rows(weights, driven), driven.inputs(), some, sums, space);
  }

  /**
   * Units that are read.
   *
   * @param from first of them
   * @param to unit behind the last
   */
  record Units(int from, int to) {}

  /**
   * Sets the sums of a batch with read noise.
   *
   * @param noise source of its draws
   */
  void multiply(Driven driven, float[][] sums, Noise noise, Workspace space) {
    multiply(driven, new Units(0, units), sums, noise, space);
  }

  /**
   * Sets the sums of some units with read noise, the same as those of all.
   *
   * @param some units that are read
   * @param noise source of its draws
   */
  void multiply(Driven driven, Units some, float[][] sums, Noise noise, Workspace space) {
    multiply(driven, some, sums, space);
    if (!isNoisy() && noise.isQuiet()) {
      return;
    }
    int count = driven.inputs().length;
    space.reserve(count, units);
    float[][] variance = space.variance;
    for (int u = some.from(); u < some.to(); u++) {
      float own = ownVariance.length == 0 ? 0 : ownVariance[u];
      float extra = noise.extraVariance()[u % noise.extraVariance().length];
      for (int v = 0; v < space.batch; v++) {
        variance[u][v] = own * driven.share()[v] + extra;
      }
    }
    if (variances.length > 0) {
      for (int i = 0; i < count; i++) {
        square(driven.inputs()[i], space.squares[i]);
      }
      accumulate(rows(variances, driven), space.squares, some, variance, space);
    }
    for (int u = some.from(); u < some.to(); u++) {
      noise.key().child(u).gaussians(noise.first(), space.draws, 0, space.batch);
      add(sums[u], variance[u], space.draws);
    }
  }

  private static float[][] rows(float[][] matrix, Driven driven) {
    return Arrays.copyOfRange(matrix, driven.first(), driven.first() + driven.inputs().length);
  }

  private static void square(float[] values, float[] squares) {
    for (int v = 0; v < squares.length; v++) {
      squares[v] = values[v] * values[v];
    }
  }

  private static void add(float[] sums, float[] variance, float[] draws) {
    for (int v = 0; v < sums.length; v++) {
      sums[v] += (float) Math.sqrt(variance[v]) * draws[v];
    }
  }

  private void accumulate(
      float[][] matrix, float[][] inputs, Units some, float[][] sums, Workspace space) {
    if (space.batch == 1) {
      accumulateOne(matrix, inputs, some, sums, space.ofUnits(units));
      return;
    }
    int rows = matrix.length;
    int fours = rows / 4 * 4;
    for (int from = some.from(); from < some.to(); from += UNITS_AT_ONCE) {
      int to = Math.min(some.to(), from + UNITS_AT_ONCE);
      for (int i = 0; i < fours; i += 4) {
        for (int u = from; u < to; u++) {
          addRows(
              sums[u],
              inputs[i],
              matrix[i][u],
              inputs[i + 1],
              matrix[i + 1][u],
              inputs[i + 2],
              matrix[i + 2][u],
              inputs[i + 3],
              matrix[i + 3][u]);
        }
      }
      for (int i = fours; i < rows; i += 2) {
        boolean isLast = i + 1 == rows;
        float[] other = isLast ? space.idle : inputs[i + 1];
        float[] others = matrix[isLast ? i : i + 1];
        for (int u = from; u < to; u++) {
          addRows(sums[u], inputs[i], matrix[i][u], other, others[u]);
        }
      }
    }
  }

  /**
   * One vector: the units lie next to each other in place of vectors. Terms are added in the order
   * of a batch, so that the sums are the same bit for bit; fours of rows without input add nothing.
   */
  private static void accumulateOne(
      float[][] matrix, float[][] inputs, Units some, float[][] sums, float[] ofUnits) {
    for (int u = some.from(); u < some.to(); u++) {
      ofUnits[u] = sums[u][0];
    }
    int rows = matrix.length;
    int fours = rows / 4 * 4;
    for (int i = 0; i < fours; i += 4) {
      float x = inputs[i][0];
      float y = inputs[i + 1][0];
      float z = inputs[i + 2][0];
      float w = inputs[i + 3][0];
      if (x != 0 || y != 0 || z != 0 || w != 0) {
        float[] b = matrix[i + 1];
        addFour(ofUnits, some, matrix[i], x, b, y, matrix[i + 2], z, matrix[i + 3], w);
      }
    }
    for (int i = fours; i < rows; i += 2) {
      boolean isLast = i + 1 == rows;
      float y = isLast ? 0 : inputs[i + 1][0];
      addTwo(ofUnits, some, matrix[i], inputs[i][0], matrix[isLast ? i : i + 1], y);
    }
    for (int u = some.from(); u < some.to(); u++) {
      sums[u][0] = ofUnits[u];
    }
  }

  private static void addTwo(float[] sums, Units some, float[] a, float x, float[] b, float y) {
    for (int u = some.from(); u < some.to(); u++) {
      sums[u] += a[u] * x + b[u] * y;
    }
  }

  private static void addFour(
      float[] sums,
      Units some,
      float[] a,
      float x,
      float[] b,
      float y,
      float[] c,
      float z,
      float[] d,
      float w) {
    int to = some.to();
    for (int u = some.from(); u < to; u++) {
      sums[u] = sums[u] + (a[u] * x + b[u] * y) + (c[u] * z + d[u] * w);
    }
  }

  private static void addRows(float[] sums, float[] x, float a, float[] y, float b) {
    for (int v = 0; v < sums.length; v++) {
      sums[v] += a * x[v] + b * y[v];
    }
  }

  /** Adds two pairs of rows in the order of {@link #addRows}, with one way to the sums. */
  private static void addRows(
      float[] sums,
      float[] x,
      float a,
      float[] y,
      float b,
      float[] z,
      float c,
      float[] w,
      float d) {
    for (int v = 0; v < sums.length; v++) {
      sums[v] = sums[v] + (a * x[v] + b * y[v]) + (c * z[v] + d * w[v]);
    }
  }
}
