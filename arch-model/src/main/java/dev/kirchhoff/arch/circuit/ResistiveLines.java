package dev.kirchhoff.arch.circuit;

import java.util.List;

/**
 * Lines whose segments have a resistance: each is a tridiagonal system, factored once for given
 * cells as L D Lᵀ and solved by a sweep forth and back.
 *
 * <p>With segment conductance g, diagonal a_k = G_k + g for each neighbour + g for each end that is
 * held: d_0 = a_0, d_k = a_k − g² / d_(k−1). Bitlines are swept side by side, four wordlines at a
 * time, so that a processor need not wait for one recurrence.
 */
final class ResistiveLines extends Lines {
  /** Four lines at a time hide the latency of a multiply-add. */
  private static final int ABREAST = 4;

  private final boolean isWordlines;
  private final double segment_uS;
  private final boolean[] firstHeld;
  private final boolean[] lastHeld;
  private final double[] first_V;
  private final double[] last_V;
  private final double[] inverse;
  private final double[] ratio;

  ResistiveLines(
      boolean isWordlines,
      int rows,
      int columns,
      double segment_uS,
      List<LineEnd> first,
      List<LineEnd> last) {
    super(rows, columns);
    this.isWordlines = isWordlines;
    this.segment_uS = segment_uS;
    int lines = first.size();
    firstHeld = new boolean[lines];
    lastHeld = new boolean[lines];
    for (int i = 0; i < lines; i++) {
      firstHeld[i] = first.get(i).isHeld();
      lastHeld[i] = last.get(i).isHeld();
    }
    first_V = new double[lines];
    last_V = new double[lines];
    inverse = new double[rows * columns];
    ratio = new double[rows * columns];
  }

  @Override
  int unknowns() {
    return rows * columns;
  }

  private int lines() {
    return isWordlines ? rows : columns;
  }

  private int length() {
    return isWordlines ? columns : rows;
  }

  private int node(int line, int k) {
    return isWordlines ? line * columns + k : k * columns + line;
  }

  @Override
  void factor(double[] conductance_uS) {
    int length = length();
    for (int line = 0; line < lines(); line++) {
      double before = 0;
      for (int k = 0; k < length; k++) {
        int at = node(line, k);
        double diagonal = conductance_uS[at];
        diagonal += k > 0 ? segment_uS : heldSegment(firstHeld[line]);
        diagonal += k < length - 1 ? segment_uS : heldSegment(lastHeld[line]);
        double d = diagonal - (k > 0 ? segment_uS * before : 0);
        // A line that nothing joins to anything floats at any voltage; it is taken as 0.
        inverse[at] = d > 0 ? 1 / d : 0;
        ratio[at] = segment_uS * inverse[at];
        before = ratio[at];
      }
    }
  }

  private double heldSegment(boolean held) {
    return held ? segment_uS : 0;
  }

  @Override
  void solve(double[] current_uA, double[] voltage_V) {
    if (isWordlines) {
      int row = 0;
      for (; row + ABREAST <= rows; row += ABREAST) {
        fourRows(row * columns, current_uA, voltage_V);
      }
      for (; row < rows; row++) {
        oneRow(row * columns, current_uA, voltage_V);
      }
    } else {
      columns(current_uA, voltage_V);
    }
  }

  private void fourRows(int start, double[] b, double[] x) {
    int n = columns;
    int s1 = start + n;
    int s2 = s1 + n;
    int s3 = s2 + n;
    double y0 = 0;
    double y1 = 0;
    double y2 = 0;
    double y3 = 0;
    double r0 = 0;
    double r1 = 0;
    double r2 = 0;
    double r3 = 0;
    for (int k = 0; k < n; k++) {
      y0 = b[start + k] + r0 * y0;
      y1 = b[s1 + k] + r1 * y1;
      y2 = b[s2 + k] + r2 * y2;
      y3 = b[s3 + k] + r3 * y3;
      x[start + k] = y0;
      x[s1 + k] = y1;
      x[s2 + k] = y2;
      x[s3 + k] = y3;
      r0 = ratio[start + k];
      r1 = ratio[s1 + k];
      r2 = ratio[s2 + k];
      r3 = ratio[s3 + k];
    }
    y0 = 0;
    y1 = 0;
    y2 = 0;
    y3 = 0;
    for (int k = n - 1; k >= 0; k--) {
      y0 = x[start + k] * inverse[start + k] + ratio[start + k] * y0;
      y1 = x[s1 + k] * inverse[s1 + k] + ratio[s1 + k] * y1;
      y2 = x[s2 + k] * inverse[s2 + k] + ratio[s2 + k] * y2;
      y3 = x[s3 + k] * inverse[s3 + k] + ratio[s3 + k] * y3;
      x[start + k] = y0;
      x[s1 + k] = y1;
      x[s2 + k] = y2;
      x[s3 + k] = y3;
    }
  }

  private void oneRow(int start, double[] b, double[] x) {
    double y = 0;
    double r = 0;
    for (int at = start; at < start + columns; at++) {
      y = b[at] + r * y;
      x[at] = y;
      r = ratio[at];
    }
    y = 0;
    for (int at = start + columns - 1; at >= start; at--) {
      y = x[at] * inverse[at] + ratio[at] * y;
      x[at] = y;
    }
  }

  private void columns(double[] b, double[] x) {
    int n = columns;
    System.arraycopy(b, 0, x, 0, n);
    for (int i = 1; i < rows; i++) {
      int at = i * n;
      for (int j = 0; j < n; j++) {
        x[at + j] = b[at + j] + ratio[at + j - n] * x[at + j - n];
      }
    }
    int bottom = (rows - 1) * n;
    for (int j = 0; j < n; j++) {
      x[bottom + j] *= inverse[bottom + j];
    }
    for (int i = rows - 2; i >= 0; i--) {
      int at = i * n;
      for (int j = 0; j < n; j++) {
        x[at + j] = x[at + j] * inverse[at + j] + ratio[at + j] * x[at + j + n];
      }
    }
  }

  @Override
  void spread(double[] unknown, double[] node, double heldTimes) {
    System.arraycopy(unknown, 0, node, 0, rows * columns);
  }

  @Override
  void gather(double[] node, double[] unknown) {
    System.arraycopy(node, 0, unknown, 0, rows * columns);
  }

  @Override
  void drive(double[] first_V, double[] last_V) {
    System.arraycopy(first_V, 0, this.first_V, 0, lines());
    System.arraycopy(last_V, 0, this.last_V, 0, lines());
  }

  @Override
  void addDrive(double[] current_uA) {
    int last = length() - 1;
    for (int line = 0; line < lines(); line++) {
      current_uA[node(line, 0)] += heldSegment(firstHeld[line]) * first_V[line];
      current_uA[node(line, last)] += heldSegment(lastHeld[line]) * last_V[line];
    }
  }

  /**
   * A line held at one end gets there what its cells take, which rounds less than the small drop
   * over the first segment.
   */
  @Override
  void endCurrents(double[] node, double[] cell_uA, double[] first_uA, double[] last_uA) {
    int last = length() - 1;
    for (int line = 0; line < lines(); line++) {
      first_uA[line] = 0;
      last_uA[line] = 0;
      if (firstHeld[line] && lastHeld[line]) {
        first_uA[line] = segment_uS * (first_V[line] - node[node(line, 0)]);
        last_uA[line] = segment_uS * (last_V[line] - node[node(line, last)]);
      } else if (firstHeld[line]) {
        first_uA[line] = sum(line, cell_uA);
      } else if (lastHeld[line]) {
        last_uA[line] = sum(line, cell_uA);
      }
    }
  }

  private double sum(int line, double[] cell_uA) {
    double sum = 0;
    for (int k = 0; k < length(); k++) {
      sum += cell_uA[node(line, k)];
    }
    return sum;
  }

  @Override
  void addWires(double[] node, double[] unknown) {
    addDrive(unknown);
    int last = length() - 1;
    for (int line = 0; line < lines(); line++) {
      unknown[node(line, 0)] -= heldSegment(firstHeld[line]) * node[node(line, 0)];
      unknown[node(line, last)] -= heldSegment(lastHeld[line]) * node[node(line, last)];
      for (int k = 1; k <= last; k++) {
        int at = node(line, k);
        int before = node(line, k - 1);
        double current_uA = segment_uS * (node[before] - node[at]);
        unknown[at] += current_uA;
        unknown[before] -= current_uA;
      }
    }
  }

  @Override
  double wirePower_uW(double[] node, double[] first_uA, double[] last_uA) {
    double power = 0;
    for (int line = 0; line < lines(); line++) {
      power += first_uA[line] * first_uA[line] / segment_uS;
      power += last_uA[line] * last_uA[line] / segment_uS;
      for (int k = 1; k < length(); k++) {
        double drop_V = node[node(line, k)] - node[node(line, k - 1)];
        power += drop_V * drop_V * segment_uS;
      }
    }
    return power;
  }
}
