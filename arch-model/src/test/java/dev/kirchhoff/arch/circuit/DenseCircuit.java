package dev.kirchhoff.arch.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A second opinion: any network of resistors and held nodes, resistors of 0 ohm merged, solved as
 * one dense system by Gaussian elimination.
 */
final class DenseCircuit {
  private final int[] parent;
  private final double[] held_V;
  private final boolean[] held;
  private final List<double[]> resistors = new ArrayList<>();
  private double[] volts;

  DenseCircuit(int nodes) {
    parent = new int[nodes];
    Arrays.setAll(parent, i -> i);
    held = new boolean[nodes];
    held_V = new double[nodes];
  }

  private int root(int node) {
    return parent[node] == node ? node : root(parent[node]);
  }

  void resistor(int a, int b, double conductance_uS) {
    if (conductance_uS == Double.POSITIVE_INFINITY) {
      parent[root(a)] = root(b);
    } else if (conductance_uS > 0) {
      resistors.add(new double[] {a, b, conductance_uS});
    }
  }

  void hold(int node, double volts) {
    held[node] = true;
    held_V[node] = volts;
  }

  void solve() {
    int n = parent.length;
    boolean[] known = new boolean[n];
    volts = new double[n];
    for (int i = 0; i < n; i++) {
      if (held[i]) {
        known[root(i)] = true;
        volts[root(i)] = held_V[i];
      }
    }
    boolean[] reached = known.clone();
    for (int round = 0; round < n; round++) {
      for (double[] r : resistors) {
        int a = root((int) r[0]);
        int b = root((int) r[1]);
        reached[a] |= reached[b];
        reached[b] |= reached[a];
      }
    }
    double[][] m = new double[n][n];
    double[] y = new double[n];
    for (double[] r : resistors) {
      int a = root((int) r[0]);
      int b = root((int) r[1]);
      m[a][a] += r[2];
      m[b][b] += r[2];
      m[a][b] -= r[2];
      m[b][a] -= r[2];
    }
    for (int i = 0; i < n; i++) {
      if (root(i) != i || known[i] || !reached[i]) {
        Arrays.fill(m[i], 0);
        m[i][i] = 1;
        y[i] = known[i] ? volts[i] : 0;
      }
    }
    eliminate(m, y);
    volts = y;
  }

  private static void eliminate(double[][] m, double[] y) {
    int n = y.length;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(m[i][k]) > Math.abs(m[pivot][k]) ? i : pivot;
      }
      double[] row = m[pivot];
      m[pivot] = m[k];
      m[k] = row;
      double value = y[pivot];
      y[pivot] = y[k];
      y[k] = value;
      for (int i = 0; i < n; i++) {
        if (i != k && m[i][k] != 0) {
          double factor = m[i][k] / row[k];
          for (int j = k; j < n; j++) {
            m[i][j] -= factor * row[j];
          }
          y[i] -= factor * value;
        }
      }
    }
    for (int k = 0; k < n; k++) {
      y[k] /= m[k][k];
    }
  }

  double volts(int node) {
    return volts[root(node)];
  }
}
