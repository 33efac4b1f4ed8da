package dev.kirchhoff.arch.circuit;

import java.util.Collections;
import java.util.List;

/**
 * Boundary of a crossbar, its four sides: wordlines end left and right, bitlines top and bottom.
 *
 * @param left ends of wordlines, one a row
 * @param right the other ends
 * @param top ends of bitlines, one a column
 * @param bottom the other ends
 */
public record Boundary(
    List<LineEnd> left, List<LineEnd> right, List<LineEnd> top, List<LineEnd> bottom) {
  public Boundary {
    left = List.copyOf(left);
    right = List.copyOf(right);
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
    if (left.size() != right.size() || top.size() != bottom.size()) {
      throw new IllegalArgumentException(
          "A line must have two ends, but there are "
              + left.size()
              + " left, "
              + right.size()
              + " right, "
              + top.size()
              + " top, "
              + bottom.size()
              + " bottom.");
    }
    if (left.isEmpty() || top.isEmpty()) {
      throw new IllegalArgumentException("A crossbar must have a row and a column.");
    }
  }

  /** A read: wordlines driven from the left, bitlines grounded at the bottom, all else floating. */
  public static Boundary read(int rows, int columns) {
    return of(rows, columns, LineEnd.DRIVEN, LineEnd.FLOATING, LineEnd.FLOATING, LineEnd.GROUNDED);
  }

  /** A transpose read: bitlines driven from the bottom, wordlines grounded on the left. */
  public static Boundary transposeRead(int rows, int columns) {
    return of(rows, columns, LineEnd.GROUNDED, LineEnd.FLOATING, LineEnd.FLOATING, LineEnd.DRIVEN);
  }

  /** Sides whose lines all end alike. */
  public static Boundary of(
      int rows, int columns, LineEnd left, LineEnd right, LineEnd top, LineEnd bottom) {
    return new Boundary(
        Collections.nCopies(rows, left),
        Collections.nCopies(rows, right),
        Collections.nCopies(columns, top),
        Collections.nCopies(columns, bottom));
  }

  /** Number of wordlines. */
  public int rows() {
    return left.size();
  }

  /** Number of bitlines. */
  public int columns() {
    return top.size();
  }

  /** True if any end is held at a voltage. */
  public boolean isHeld() {
    return holds(left) || holds(right) || holds(top) || holds(bottom);
  }

  private static boolean holds(List<LineEnd> ends) {
    return ends.stream().anyMatch(LineEnd::isHeld);
  }
}
