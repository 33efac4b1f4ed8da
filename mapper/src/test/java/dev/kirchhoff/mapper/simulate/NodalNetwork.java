package dev.kirchhoff.mapper.simulate;

import java.util.ArrayList;
import java.util.List;

/** Any network of resistors and sources, solved by conjugate gradients: a second opinion. */
final class NodalNetwork {
  /** The grounded node. */
  static final int GROUND = -1;

  private record Edge(int a, int b, double conductance_uS, double source_V) {}

  private final List<Edge> edges = new ArrayList<>();
  private int nodes;

  /** A new node. */
  int node() {
    return nodes++;
  }

  /**
   * Joins two nodes; the current from a to b is conductance × (V_a − V_b + source).
   *
   * @return number of the edge
   */
  int join(int a, int b, double conductance_uS, double source_V) {
    edges.add(new Edge(a, b, conductance_uS, source_V));
    return edges.size() - 1;
  }

  /** Current of every edge. */
  double[] currents_uA() {
    double[] right = new double[nodes];
    double[] diagonal = new double[nodes];
    for (Edge e : edges) {
      add(right, e.a, -e.conductance_uS * e.source_V);
      add(right, e.b, e.conductance_uS * e.source_V);
      add(diagonal, e.a, e.conductance_uS);
      add(diagonal, e.b, e.conductance_uS);
    }
    double[] v = new double[nodes];
    double[] r = right.clone();
    double[] z = new double[nodes];
    double[] p = new double[nodes];
    double before = 0;
    for (int step = 0; step < 20 * nodes; step++) {
      double now = 0;
      for (int i = 0; i < nodes; i++) {
        z[i] = r[i] / diagonal[i];
        now += z[i] * r[i];
      }
      if (now < 1e-26) {
        break;
      }
      for (int i = 0; i < nodes; i++) {
        p[i] = z[i] + (step == 0 ? 0 : now / before) * p[i];
      }
      double[] ap = times(p);
      double pap = 0;
      for (int i = 0; i < nodes; i++) {
        pap += p[i] * ap[i];
      }
      for (int i = 0; i < nodes; i++) {
        v[i] += now / pap * p[i];
        r[i] -= now / pap * ap[i];
      }
      before = now;
    }
    double[] currents = new double[edges.size()];
    for (int i = 0; i < currents.length; i++) {
      Edge e = edges.get(i);
      currents[i] = e.conductance_uS * (at(v, e.a) - at(v, e.b) + e.source_V);
    }
    return currents;
  }

  private double[] times(double[] v) {
    double[] out = new double[nodes];
    for (Edge e : edges) {
      double current = e.conductance_uS * (at(v, e.a) - at(v, e.b));
      add(out, e.a, current);
      add(out, e.b, -current);
    }
    return out;
  }

  private static double at(double[] v, int node) {
    return node == GROUND ? 0 : v[node];
  }

  private static void add(double[] v, int node, double value) {
    if (node != GROUND) {
      v[node] += value;
    }
  }
}
