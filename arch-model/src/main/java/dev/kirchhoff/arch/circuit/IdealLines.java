package dev.kirchhoff.arch.circuit;

import java.util.Arrays;
import java.util.List;

/**
 * Lines without resistance: one voltage a line, known where an end is held. A line held at both
 * ends shares its current equally between them, which is the limit of a small resistance.
 */
final class IdealLines extends Lines {
  private final boolean isWordlines;
  private final int lines;
  private final boolean[] firstHeld;
  private final boolean[] lastHeld;
  private final double[] held_V;
  private final double[] sum_uS;

  IdealLines(boolean isWordlines, int rows, int columns, List<LineEnd> first, List<LineEnd> last) {
    super(rows, columns);
    this.isWordlines = isWordlines;
    lines = first.size();
    firstHeld = new boolean[lines];
    lastHeld = new boolean[lines];
    for (int i = 0; i < lines; i++) {
      firstHeld[i] = first.get(i).isHeld();
      lastHeld[i] = last.get(i).isHeld();
    }
    held_V = new double[lines];
    sum_uS = new double[lines];
  }

  private boolean isHeld(int line) {
    return firstHeld[line] || lastHeld[line];
  }

  private int line(int row, int column) {
    return isWordlines ? row : column;
  }

  @Override
  int unknowns() {
    return lines;
  }

  @Override
  void factor(double[] conductance_uS) {
    Arrays.fill(sum_uS, 0);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        sum_uS[line(i, j)] += conductance_uS[i * columns + j];
      }
    }
  }

  @Override
  void solve(double[] current_uA, double[] voltage_V) {
    for (int line = 0; line < lines; line++) {
      boolean free = !isHeld(line) && sum_uS[line] > 0;
      voltage_V[line] = free ? current_uA[line] / sum_uS[line] : 0;
    }
  }

  @Override
  void spread(double[] unknown, double[] node, double heldTimes) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int line = line(i, j);
        node[i * columns + j] = isHeld(line) ? heldTimes * held_V[line] : unknown[line];
      }
    }
  }

  @Override
  void gather(double[] node, double[] unknown) {
    Arrays.fill(unknown, 0, lines, 0);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int line = line(i, j);
        if (!isHeld(line)) {
          unknown[line] += node[i * columns + j];
        }
      }
    }
  }

  @Override
  void drive(double[] first_V, double[] last_V) {
    for (int line = 0; line < lines; line++) {
      if (firstHeld[line] && lastHeld[line] && first_V[line] != last_V[line]) {
        throw new IllegalArgumentException(
            (isWordlines ? "Wordline " : "Bitline ")
                + line
                + ", counted from 0, has no resistance and must have one voltage, but its "
                + (isWordlines ? "left" : "top")
                + " end is held at "
                + first_V[line]
                + " V and its "
                + (isWordlines ? "right" : "bottom")
                + " end at "
                + last_V[line]
                + " V.\nMaybe its wire has a resistance.");
      }
      held_V[line] = firstHeld[line] ? first_V[line] : lastHeld[line] ? last_V[line] : 0;
    }
  }

  @Override
  boolean isDriven() {
    return false;
  }

  @Override
  void addDrive(double[] current_uA) {
    // A held line sends its current through cells, which the solver adds.
  }

  @Override
  void endCurrents(double[] cell_uA, double[] first_uA, double[] last_uA) {
    Arrays.fill(first_uA, 0, lines, 0);
    Arrays.fill(last_uA, 0, lines, 0);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int line = line(i, j);
        double current_uA = cell_uA[i * columns + j];
        if (firstHeld[line] && lastHeld[line]) {
          first_uA[line] += current_uA / 2;
          last_uA[line] += current_uA / 2;
        } else if (firstHeld[line]) {
          first_uA[line] += current_uA;
        } else if (lastHeld[line]) {
          last_uA[line] += current_uA;
        }
      }
    }
  }

  @Override
  void residual(double[] node, double[] cell_uA, double[] missing_uA, boolean exceptRounding) {
    // A held end supplies whatever current is missing.
    gather(cell_uA, missing_uA);
  }

  @Override
  double wiresAlong(double[] node, double[] direction) {
    return 0;
  }

  @Override
  double wirePower_uW(double[] cell_uA, double[] first_uA, double[] last_uA) {
    return 0;
  }
}
