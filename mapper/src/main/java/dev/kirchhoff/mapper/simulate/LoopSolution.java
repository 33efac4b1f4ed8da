package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.kernel.Machine.Unstable;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.linear.LinearAlgebra;

/**
 * Loops of amplifiers around an array at direct current (Sun et al., PNAS 116 (2019), doi
 * 10.1073/pnas.1815682116): unknowns drive the columns, amplifiers hold the rows at virtual ground.
 *
 * <pre>
 * solve          (A + D(S)/A_0) z = b + S v_os
 * leastSquares   (A_2ᵀ R A_1 + D(S_2)/A_0) z = A_2ᵀ R (b + S_1 v_os),  R = D(1/(1 + (1 + S_1/g)/A_0))
 * eigenvector    R A z = λ z,  g = λ
 * </pre>
 *
 * <p>A is the matrix as the cells hold it, wires included; S is the conductance of a line, g that
 * of a feedback, D( ) the diagonal matrix of a vector. Digits of an element are added with their
 * significance by circuits that are ideal here. A loop settles if the real parts of all eigenvalues
 * of its matrix over the loads of its amplifiers are positive (Sun et al., Sci. Adv. 6 (2020), doi
 * 10.1126/sciadv.aay2378, for least squares, whose two arrays are programmed apart).
 */
final class LoopSolution {
  private static final int OFFSETS = 4;
  private static final double SINGULAR = 1e-13;
  private static final int POWER_STEPS = 100_000;
  private static final double POWER_TOLERANCE = 1e-12;

  private final String name;
  private final AmplifierErrors amplifier;
  private final RandomKey offsets;

  /**
   * Loops of a matrix.
   *
   * @param name name of the matrix
   * @param key key of the matrix
   * @param options effects; each of its draws has amplifiers of its own
   */
  LoopSolution(String name, AmplifierErrors amplifier, RandomKey key, SimulationOptions options) {
    this.name = name;
    this.amplifier = amplifier.among(options);
    offsets = key.child(OFFSETS).child(options.draw());
  }

  /** Solution of A z = b. */
  double[] solve(StoredMatrix matrix, double[] b) throws Unstable {
    double[] loads = matrix.rowLoads();
    double[][] loaded = loaded(matrix.effective(), loads);
    requireStable(loaded, loads);
    double[] z = solved(loaded, b);
    if (amplifier.offset_V() == 0) {
      return z;
    }
    return solved(loaded, shifted(b, loads, perVolt(z)));
  }

  /** Least-squares solution of A z = b. */
  double[] leastSquares(StoredMatrix matrix, double[] b) throws Unstable {
    double[][] first = matrix.effective();
    StoredMatrix other = matrix.twin();
    double[][] second = other.effective();
    double[] firstLoads = matrix.rowLoads();
    double[] secondLoads = other.columnLoads();
    int unknowns = first[0].length;
    double[][] normal = new double[unknowns][unknowns];
    double[] followed = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      // The feedback conductance of a row's amplifier is that of the largest element.
      double feedback = matrix.fullScale();
      followed[i] = closed(firstLoads[i], feedback);
      for (int j = 0; j < unknowns; j++) {
        LinearAlgebra.add(normal[j], followed[i] * second[i][j], first[i]);
      }
    }
    for (int j = 0; j < unknowns; j++) {
      normal[j][j] += secondLoads[j] / amplifier.gain();
    }
    requireStable(normal, secondLoads);
    double[] z = solved(normal, transposed(second, followed, b));
    if (amplifier.offset_V() == 0) {
      return z;
    }
    return solved(normal, transposed(second, followed, shifted(b, firstLoads, perVolt(z))));
  }

  private static double[] transposed(double[][] a, double[] weights, double[] b) {
    double[] y = new double[a[0].length];
    for (int i = 0; i < a.length; i++) {
      LinearAlgebra.add(y, weights[i] * b[i], a[i]);
    }
    return y;
  }

  /** Eigenvector of the largest eigenvalue, of unit length. */
  double[] eigenvector(StoredMatrix matrix, double eigenvalue) throws Unstable {
    double[][] a = matrix.effective();
    double[] loads = matrix.rowLoads();
    for (int i = 0; i < a.length; i++) {
      LinearAlgebra.scale(a[i], closed(loads[i], eigenvalue));
    }
    double[] z =
        LinearAlgebra.dominantEigenvector(a, POWER_STEPS, POWER_TOLERANCE)
            .orElseThrow(
                () -> new Unstable("The matrix " + name + " has no dominant eigenvector."));
    double largest = LinearAlgebra.dot(z, LinearAlgebra.product(a, z));
    if (!(largest > eigenvalue)) {
      throw new Unstable(
          "The largest eigenvalue of the matrix "
              + name
              + ", "
              + largest
              + ", is below that of the feedback, "
              + eigenvalue
              + ": the loop settles at zero.");
    }
    return z;
  }

  /** Closed-loop over ideal gain of an amplifier with a load and a feedback. */
  private double closed(double load, double feedback) {
    return 1 / (1 + (1 + load / feedback) / amplifier.gain());
  }

  private double[][] loaded(double[][] a, double[] loads) {
    for (int i = 0; i < a.length; i++) {
      a[i][i] += loads[i] / amplifier.gain();
    }
    return a;
  }

  private void requireStable(double[][] a, double[] loads) throws Unstable {
    double[][] normalised = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      normalised[i] = a[i].clone();
      LinearAlgebra.scale(normalised[i], 1 / loads[i]);
    }
    if (!LinearAlgebra.isPositiveStable(normalised)) {
      throw new Unstable(
          "The loop of " + name + " does not settle: an eigenvalue has no positive real part.");
    }
  }

  private double[] solved(double[][] a, double[] b) throws Unstable {
    return LinearAlgebra.solve(a, b, SINGULAR)
        .orElseThrow(() -> new Unstable("The matrix " + name + " is singular."));
  }

  /** Unknowns per volt where the largest takes the whole swing. */
  private double perVolt(double[] z) {
    double most = 0;
    for (double value : z) {
      most = Math.max(most, Math.abs(value));
    }
    return most / amplifier.swing_V();
  }

  private double[] shifted(double[] b, double[] loads, double perVolt) {
    double[] shifted = b.clone();
    for (int i = 0; i < b.length; i++) {
      shifted[i] += loads[i] * perVolt * amplifier.offset_V() * offsets.gaussian(i);
    }
    return shifted;
  }
}
