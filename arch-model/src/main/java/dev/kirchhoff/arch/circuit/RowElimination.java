package dev.kirchhoff.arch.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The effective conductances of a crossbar of ohmic cells whose wires have a resistance, by direct
 * elimination of one row after the other; exact up to rounding, whatever the wires take.
 *
 * <p>What lies above a row is known by its admittance Y to the nodes of the bitlines and the
 * currents J that one volt at each wordline sends into them. A row adds its own: with the
 * wordline's system A, cells G and segments g, Y += G − G A⁻¹ G, and J gains G A⁻¹ g e₁. A segment
 * of bitlines turns both into Y' = g − g² (Y + g)⁻¹ and J' = g (Y + g)⁻¹ J; with X = Y / g, X' = X
 * (I + X)⁻¹ and J' = (I + X)⁻¹ J. Below the last row J is what flows into the grounded ends.
 *
 * <p>X' is made in place by sweeps (Gauss-Jordan steps that keep the matrix symmetric) of four
 * pivots at a time. What is kept is the difference from ±I, so that nothing cancels however small X
 * is: a swept diagonal is x / (1 + x) where an inverse would be 1 / (1 + x). All pivots are at
 * least one. A⁻¹ of a tridiagonal A is, right of its diagonal, the element below times a ratio.
 *
 * <p>Work: rows · columns³ / 2 + rows² · columns² / 2 multiplications and additions; with fewer
 * rows than columns the transposed crossbar, which by reciprocity has the same conductances.
 */
final class RowElimination {
  private static final int PIVOTS = 4;
  private static final double US_TIMES_OHM = 1e6;

  private final CrossbarCircuit circuit;
  private final int width;
  private final int padded;
  private final double across_uS;
  private final double along_uS;
  private final double[][] x;
  private final double[][] j;
  private final double[][] panel;
  private final double[][] swept;
  private final double[][] panelCurrents;
  private final double[][] sweptCurrents;
  private final double[] ratio;
  private final double[] diagonal;

  private RowElimination(CrossbarCircuit circuit) {
    this.circuit = circuit;
    across_uS = US_TIMES_OHM / circuit.wordline_ohm();
    along_uS = US_TIMES_OHM / circuit.bitline_ohm();
    width = circuit.columns();
    // Nodes that nothing joins to anything fill the last block of pivots.
    padded = (width + PIVOTS - 1) / PIVOTS * PIVOTS;
    x = new double[padded][];
    j = new double[padded][circuit.rows()];
    for (int k = 0; k < padded; k++) {
      x[k] = new double[k + 1];
      x[k][k] = k < width && circuit.boundary().top().get(k).isHeld() ? 1 : 0;
    }
    panel = new double[PIVOTS][padded];
    swept = new double[PIVOTS][padded];
    panelCurrents = new double[PIVOTS][circuit.rows()];
    sweptCurrents = new double[PIVOTS][circuit.rows()];
    ratio = new double[width];
    diagonal = new double[width];
  }

  /** True if all wires have a resistance and all cells a finite conductance. */
  static boolean takes(CrossbarCircuit circuit) {
    return circuit.wordline_ohm() > 0
        && circuit.bitline_ohm() > 0
        && Arrays.stream(circuit.conductances_uS()).allMatch(Double::isFinite);
  }

  /**
   * Effective conductances, row by row.
   *
   * @param circuit one that it takes, driven from the left and grounded at the bottom
   */
  static double[] effective_uS(CrossbarCircuit circuit) {
    int rows = circuit.rows();
    int columns = circuit.columns();
    boolean turned = rows < columns;
    double[][] found = new RowElimination(turned ? turned(circuit) : circuit).eliminate();
    double[] effective_uS = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        effective_uS[i * columns + k] = turned ? found[rows - 1 - i][columns - 1 - k] : found[k][i];
      }
    }
    return effective_uS;
  }

  /** Bitlines as wordlines, from the right one to the left one, driven from the bottom. */
  private static CrossbarCircuit turned(CrossbarCircuit circuit) {
    int rows = circuit.rows();
    int columns = circuit.columns();
    double[] cells_uS = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        cells_uS[(columns - 1 - k) * rows + rows - 1 - i] = circuit.conductance_uS(i, k);
      }
    }
    List<LineEnd> right = new ArrayList<>(circuit.boundary().top());
    List<LineEnd> top = new ArrayList<>(circuit.boundary().right());
    Collections.reverse(right);
    Collections.reverse(top);
    return new CrossbarCircuit(
        cells_uS,
        circuit.bitline_ohm(),
        circuit.wordline_ohm(),
        new Boundary(
            Collections.nCopies(columns, LineEnd.DRIVEN),
            right,
            top,
            Collections.nCopies(rows, LineEnd.GROUNDED)),
        circuit.law());
  }

  /** Currents out of each bitline, by wordline. */
  private double[][] eliminate() {
    for (int t = 0; t < circuit.rows(); t++) {
      addRow(t);
      for (int first = 0; first < padded; first += PIVOTS) {
        sweep(first, t + 1);
      }
    }
    return j;
  }

  private void addRow(int t) {
    double[] g = Arrays.copyOfRange(circuit.conductances_uS(), t * width, (t + 1) * width);
    boolean isHeld = circuit.boundary().right().get(t).isHeld();
    int last = width - 1;
    double before = 0;
    for (int k = 0; k < width; k++) {
      double a = g[k] + across_uS;
      a += k < last || isHeld ? across_uS : 0;
      diagonal[k] = 1 / (a - across_uS * before);
      ratio[k] = across_uS * diagonal[k];
      before = ratio[k];
    }
    for (int k = last - 1; k >= 0; k--) {
      diagonal[k] += ratio[k] * ratio[k] * diagonal[k + 1];
    }
    for (int i = 0; i < width; i++) {
      double[] row = x[i];
      double inverse = diagonal[i];
      double share = g[i] / along_uS;
      row[i] += share * (1 - g[i] * inverse);
      for (int k = i - 1; k >= 0; k--) {
        inverse *= ratio[k];
        row[k] -= share * inverse * g[k];
      }
      j[i][t] = g[i] * inverse * across_uS;
    }
  }

  /** Sweeps pivots with the first currents. */
  private void sweep(int first, int currents) {
    double[][] block = collect(first, currents);
    for (int k = 0; k < PIVOTS; k++) {
      sweepOne(block, k);
    }
    for (int p = 0; p < PIVOTS; p++) {
      Arrays.fill(swept[p], 0);
      Arrays.fill(sweptCurrents[p], 0, currents, 0);
      for (int q = 0; q < PIVOTS; q++) {
        double inverse = (p == q ? 1 : 0) - block[p][q];
        add(swept[p], inverse, panel[q], padded);
        add(sweptCurrents[p], inverse, panelCurrents[q], currents);
      }
    }
    for (int i = 0; i < padded; i++) {
      if (i < first || i >= first + PIVOTS) {
        take(x[i], i + 1, i, panel);
        take(j[i], currents, i, panelCurrents);
      }
    }
    for (int p = 0; p < PIVOTS; p++) {
      int k = first + p;
      System.arraycopy(swept[p], 0, x[k], 0, first);
      System.arraycopy(block[p], 0, x[k], first, p + 1);
      for (int i = first + PIVOTS; i < padded; i++) {
        x[i][k] = swept[p][i];
      }
      System.arraycopy(sweptCurrents[p], 0, j[k], 0, currents);
    }
  }

  /** Copies whole rows of pivots and their currents; returns the block that they share. */
  private double[][] collect(int first, int currents) {
    double[][] block = new double[PIVOTS][PIVOTS];
    for (int p = 0; p < PIVOTS; p++) {
      int k = first + p;
      System.arraycopy(x[k], 0, panel[p], 0, k + 1);
      for (int i = k + 1; i < padded; i++) {
        panel[p][i] = x[i][k];
      }
      System.arraycopy(j[k], 0, panelCurrents[p], 0, currents);
      System.arraycopy(panel[p], first, block[p], 0, PIVOTS);
    }
    return block;
  }

  /** One pivot of a block; its diagonal is kept less 1 before, plus 1 after. */
  private static void sweepOne(double[][] block, int k) {
    double inverse = 1 / (1 + block[k][k]);
    for (int i = 0; i < PIVOTS; i++) {
      for (int c = 0; c < PIVOTS; c++) {
        if (i != k && c != k) {
          block[i][c] -= block[i][k] * block[k][c] * inverse;
        }
      }
    }
    for (int i = 0; i < PIVOTS; i++) {
      block[i][k] *= inverse;
      block[k][i] = block[i][k];
    }
  }

  private static void add(double[] sum, double times, double[] values, int count) {
    for (int v = 0; v < count; v++) {
      sum[v] += times * values[v];
    }
  }

  /** Takes what the pivots do to a node off a row of it. */
  private void take(double[] row, int count, int node, double[][] rows) {
    double a = swept[0][node];
    double b = swept[1][node];
    double c = swept[2][node];
    double d = swept[3][node];
    double[] ofA = rows[0];
    double[] ofB = rows[1];
    double[] ofC = rows[2];
    double[] ofD = rows[3];
    for (int v = 0; v < count; v++) {
      row[v] -= a * ofA[v] + b * ofB[v] + (c * ofC[v] + d * ofD[v]);
    }
  }
}
