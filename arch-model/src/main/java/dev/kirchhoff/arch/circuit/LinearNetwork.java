package dev.kirchhoff.arch.circuit;

import java.util.Arrays;

/**
 * The nodal equations of ohmic cells between two sets of lines, solved by conjugate gradients.
 *
 * <p>With A_w and A_b the separate systems of wordlines and bitlines (cells' conductance on the
 * diagonal) and G the cells, the equations are A_w w − G b = f_w and A_b b − G w = f_b. The
 * wordlines are eliminated: (A_b − G A_w⁻¹ G) b = f_b + G A_w⁻¹ f_w, symmetric and positive
 * definite, with A_b as preconditioner. One step costs one sweep over all lines, forth and back.
 * A_b p is carried along, not computed: A_b (A_b⁻¹ r + β p) = r + β A_b p. It starts from what the
 * bitlines would be without wordlines, so that the currents of ends do not hide those of cells.
 *
 * <p>A shorted cell is a finite one beside a current source that makes its voltage zero: the
 * sources follow from the responses to each of them alone.
 */
final class LinearNetwork {
  /** Energy norm of the error relative to the start, where nothing else is wanted. */
  static final double TOLERANCE = 1e-14;

  private static final int STEPS = 2000;

  private final Lines wordlines;
  private final Lines bitlines;
  private final int nodes;
  private final double[] b;
  private final double[] r;
  private final double[] z;
  private final double[] p;
  private final double[] ap;
  private final double[] q;
  private final double[] w;
  private final double[] product;
  private final double[] wRight;
  private final double[] wNodes;
  private final double[] bNodes;
  private final double tolerance;
  private double[] g;

  /**
   * The equations of two sets of lines.
   *
   * @param tolerance energy norm of the error relative to the start at which a solution is good
   */
  LinearNetwork(Lines wordlines, Lines bitlines, double tolerance) {
    this.tolerance = tolerance;
    this.wordlines = wordlines;
    this.bitlines = bitlines;
    nodes = wordlines.rows * wordlines.columns;
    int unknowns = bitlines.unknowns();
    b = new double[unknowns];
    r = new double[unknowns];
    z = new double[unknowns];
    p = new double[unknowns];
    ap = new double[unknowns];
    q = new double[unknowns];
    w = new double[wordlines.unknowns()];
    wRight = new double[wordlines.unknowns()];
    product = new double[nodes];
    wNodes = new double[nodes];
    bNodes = new double[nodes];
  }

  /** Takes the conductances of the cells; kept, not copied. */
  void factor(double[] conductance_uS) {
    g = conductance_uS;
    wordlines.factor(g);
    bitlines.factor(g);
  }

  /**
   * Solves for the voltages of the ends, and sources.
   *
   * @param source_uA current that flows out of a wordline's node into the bitline's besides that of
   *     the cell, by node
   * @param driveTimes 1 with the voltages of the ends, 0 without
   * @param wordline_V receives node voltages
   * @param bitline_V receives node voltages
   */
  void solve(double[] source_uA, double driveTimes, double[] wordline_V, double[] bitline_V) {
    Arrays.fill(b, 0);
    if (driveTimes != 0 && bitlines.isDriven()) {
      Arrays.fill(r, 0);
      bitlines.addDrive(r);
      bitlines.solve(r, b);
    }
    // f_w, with what bitlines send.
    bitlines.spread(b, bNodes, driveTimes);
    for (int cell = 0; cell < nodes; cell++) {
      product[cell] = g[cell] * bNodes[cell] - source_uA[cell];
    }
    wordlines.gather(product, wRight);
    if (driveTimes != 0) {
      wordlines.addDrive(wRight);
    }
    wordlines.solve(wRight, w);
    wordlines.spread(w, wNodes, driveTimes);
    for (int cell = 0; cell < nodes; cell++) {
      product[cell] = g[cell] * wNodes[cell] + source_uA[cell];
    }
    // Currents of the bitlines' ends are in b already: r is of the size of cells' currents.
    bitlines.gather(product, r);
    conjugateGradients();
    bitlines.spread(b, bitline_V, driveTimes);
    for (int cell = 0; cell < nodes; cell++) {
      product[cell] = g[cell] * bitline_V[cell] - source_uA[cell];
    }
    wordlines.gather(product, wRight);
    if (driveTimes != 0) {
      wordlines.addDrive(wRight);
    }
    wordlines.solve(wRight, w);
    wordlines.spread(w, wordline_V, driveTimes);
  }

  /** From right-hand side {@code r} to {@code b}. */
  private void conjugateGradients() {
    int n = r.length;
    bitlines.solve(r, z);
    double rz = dot(r, z);
    double enough = rz * tolerance * tolerance;
    System.arraycopy(z, 0, p, 0, n);
    System.arraycopy(r, 0, ap, 0, n);
    for (int step = 0; step < STEPS && rz > enough; step++) {
      schur();
      double alpha = rz / dot(p, q);
      for (int i = 0; i < n; i++) {
        b[i] += alpha * p[i];
        r[i] -= alpha * q[i];
      }
      bitlines.solve(r, z);
      double next = dot(r, z);
      double beta = next / rz;
      for (int i = 0; i < n; i++) {
        p[i] = z[i] + beta * p[i];
        ap[i] = r[i] + beta * ap[i];
      }
      rz = next;
    }
  }

  /** q = (A_b − G A_w⁻¹ G) p. */
  private void schur() {
    double[] voltages = nodesOf(bitlines, p, bNodes);
    for (int i = 0; i < nodes; i++) {
      product[i] = g[i] * voltages[i];
    }
    double[] right = unknownsOf(wordlines, product, wRight);
    wordlines.solve(right, w);
    double[] back = nodesOf(wordlines, w, wNodes);
    if (bitlines instanceof ResistiveLines) {
      for (int i = 0; i < nodes; i++) {
        q[i] = ap[i] - g[i] * back[i];
      }
      return;
    }
    for (int i = 0; i < nodes; i++) {
      product[i] = g[i] * back[i];
    }
    bitlines.gather(product, q);
    for (int i = 0; i < q.length; i++) {
      q[i] = ap[i] - q[i];
    }
  }

  private static double[] nodesOf(Lines lines, double[] unknown, double[] node) {
    if (lines instanceof ResistiveLines) {
      return unknown;
    }
    lines.spread(unknown, node, 0);
    return node;
  }

  private static double[] unknownsOf(Lines lines, double[] node, double[] unknown) {
    if (lines instanceof ResistiveLines) {
      return node;
    }
    lines.gather(node, unknown);
    return unknown;
  }

  private static double dot(double[] x, double[] y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= x.length; i += 4) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      s0 += x[i] * y[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
