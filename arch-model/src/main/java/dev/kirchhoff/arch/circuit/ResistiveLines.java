package dev.kirchhoff.arch.circuit;

import java.util.List;

/**
 * Lines whose segments have a resistance: each is a tridiagonal system, factored once for given
 * cells as L D Lᵀ and solved by a sweep forth and back.
 *
 * <p>Node k is joined to all before it and to its cell by e_k = G_k + g e_(k−1) / (e_(k−1) + g),
 * with segment conductance g and e_(−1) infinite where the end is held; d_k = e_k + g. The same d_k
 * as a diagonal less g² / d_(k−1), but nothing is subtracted, so that small cells are not lost
 * beside large segments. Currents of wires are sums of those of cells for the same reason.
 *
 * <p>Bitlines are swept side by side, four wordlines at a time, so that a processor need not wait
 * for one recurrence.
 */
final class ResistiveLines extends Lines {
  /** Four lines at a time hide the latency of a multiply-add. */
  private static final int ABREAST = 4;

  /** Errors of a drop between two voltages, in units of the last place of the largest. */
  private static final int ROUNDINGS = 4;

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
      double before_uS = heldSegment(firstHeld[line]);
      for (int k = 0; k < length; k++) {
        int index = node(line, k);
        boolean isLast = k == length - 1;
        double joined_uS = conductance_uS[index] + before_uS;
        double d = joined_uS + (isLast ? heldSegment(lastHeld[line]) : segment_uS);
        // A line that nothing joins to anything floats at any voltage; it is taken as 0.
        inverse[index] = d > 0 ? 1 / d : 0;
        ratio[index] = isLast ? 0 : segment_uS * inverse[index];
        before_uS = joined_uS * ratio[index];
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
    for (int index = start; index < start + columns; index++) {
      y = b[index] + r * y;
      x[index] = y;
      r = ratio[index];
    }
    y = 0;
    for (int index = start + columns - 1; index >= start; index--) {
      y = x[index] * inverse[index] + ratio[index] * y;
      x[index] = y;
    }
  }

  private void columns(double[] b, double[] x) {
    int n = columns;
    System.arraycopy(b, 0, x, 0, n);
    for (int i = 1; i < rows; i++) {
      int first = i * n;
      for (int j = 0; j < n; j++) {
        x[first + j] = b[first + j] + ratio[first + j - n] * x[first + j - n];
      }
    }
    int bottom = (rows - 1) * n;
    for (int j = 0; j < n; j++) {
      x[bottom + j] *= inverse[bottom + j];
    }
    for (int i = rows - 2; i >= 0; i--) {
      int first = i * n;
      for (int j = 0; j < n; j++) {
        x[first + j] = x[first + j] * inverse[first + j] + ratio[first + j] * x[first + j + n];
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
  boolean isDriven() {
    for (int line = 0; line < lines(); line++) {
      if ((firstHeld[line] && first_V[line] != 0) || (lastHeld[line] && last_V[line] != 0)) {
        return true;
      }
    }
    return false;
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
   * A line held at one end gets there what its cells take, one held at both a share of what each
   * cell takes and what flows from end to end: neither is rounded as the small drop over a segment
   * is.
   */
  @Override
  void endCurrents(double[] cell_uA, double[] first_uA, double[] last_uA) {
    int length = length();
    for (int line = 0; line < lines(); line++) {
      double sum_uA = 0;
      double toFirst_uA = 0;
      for (int k = 0; k < length; k++) {
        double current_uA = cell_uA[node(line, k)];
        sum_uA += current_uA;
        toFirst_uA += current_uA * (length - k) / (length + 1);
      }
      double through_uA = segment_uS * (first_V[line] - last_V[line]) / (length + 1);
      if (firstHeld[line] && lastHeld[line]) {
        first_uA[line] = through_uA + toFirst_uA;
        last_uA[line] = sum_uA - toFirst_uA - through_uA;
      } else {
        first_uA[line] = firstHeld[line] ? sum_uA : 0;
        last_uA[line] = lastHeld[line] ? sum_uA : 0;
      }
    }
  }

  @Override
  void residual(double[] node, double[] cell_uA, double[] missing_uA, boolean exceptRounding) {
    double[] first_uA = new double[lines()];
    endCurrents(cell_uA, first_uA, new double[lines()]);
    int length = length();
    for (int line = 0; line < lines(); line++) {
      double largest_V = largest_V(line, node);
      double noise_uA = exceptRounding ? ROUNDINGS * Math.ulp(1.0) * largest_V * segment_uS : 0;
      double wire_uA = first_uA[line];
      double before_V = first_V[line];
      double unexplained_uA = 0;
      for (int k = 0; k < length; k++) {
        int index = node(line, k);
        double excess_uA = segment_uS * (before_V - node[index]) - wire_uA;
        boolean isWire = k > 0 || firstHeld[line];
        double explained_uA = isWire && Math.abs(excess_uA) > noise_uA ? excess_uA : 0;
        if (k > 0) {
          missing_uA[node(line, k - 1)] = unexplained_uA - explained_uA;
        }
        unexplained_uA = explained_uA;
        wire_uA -= cell_uA[index];
        before_V = node[index];
      }
      double last_uA = wire_uA;
      if (lastHeld[line]) {
        double excess_uA = segment_uS * (before_V - last_V[line]) - wire_uA;
        last_uA = Math.abs(excess_uA) > noise_uA ? -excess_uA : 0;
      }
      missing_uA[node(line, length - 1)] = unexplained_uA + last_uA;
    }
  }

  private double largest_V(int line, double[] node) {
    double largest_V =
        Math.max(
            firstHeld[line] ? Math.abs(first_V[line]) : 0,
            lastHeld[line] ? Math.abs(last_V[line]) : 0);
    for (int k = 0; k < length(); k++) {
      largest_V = Math.max(largest_V, Math.abs(node[node(line, k)]));
    }
    return largest_V;
  }

  @Override
  double wiresAlong(double[] node, double[] direction) {
    int last = length() - 1;
    double sum = 0;
    for (int line = 0; line < lines(); line++) {
      int first = node(line, 0);
      int end = node(line, last);
      sum += heldSegment(firstHeld[line]) * (first_V[line] - node[first]) * direction[first];
      sum += heldSegment(lastHeld[line]) * (last_V[line] - node[end]) * direction[end];
      for (int k = 1; k <= last; k++) {
        int index = node(line, k);
        int before = node(line, k - 1);
        sum += segment_uS * (node[before] - node[index]) * (direction[index] - direction[before]);
      }
    }
    return sum;
  }

  @Override
  double wirePower_uW(double[] cell_uA, double[] first_uA, double[] last_uA) {
    double power = 0;
    for (int line = 0; line < lines(); line++) {
      double wire_uA = first_uA[line];
      power += wire_uA * (wire_uA / segment_uS);
      power += last_uA[line] * (last_uA[line] / segment_uS);
      for (int k = 1; k < length(); k++) {
        wire_uA -= cell_uA[node(line, k - 1)];
        power += wire_uA * (wire_uA / segment_uS);
      }
    }
    return power;
  }
}
