package dev.kirchhoff.arch.circuit;

import java.util.Collections;

/**
 * Effective conductances of a programmed crossbar of ohmic cells, wires included: output = Σ
 * effective conductance × input voltage (docs/models.md, eq. 47). Once they are computed, the IR
 * drop of an input costs nothing.
 *
 * <p>Where wires have a resistance and no cell is shorted, rows are eliminated one after the other
 * ({@link RowElimination}), whose work does not depend on what the wires take. Else each column is
 * a solution of its own: by reciprocity the current that bitline j's end at 1 V sends into the
 * grounded wordline ends is what 1 V at each wordline end sends out of bitline j. With fewer rows
 * than columns it is solved row by row instead.
 */
public final class EffectiveConductance {
  private final int rows;
  private final int columns;
  private final double[] effective_uS;

  private EffectiveConductance(int rows, int columns, double[] effective_uS) {
    this.rows = rows;
    this.columns = columns;
    this.effective_uS = effective_uS;
  }

  /**
   * Of a crossbar driven from the left whose bitlines are grounded at the bottom; other ends may
   * float or be grounded.
   *
   * @throws IllegalArgumentException if cells are not ohmic or an end is not so
   */
  public static EffectiveConductance of(CrossbarCircuit circuit) {
    return of(circuit, LinearNetwork.TOLERANCE);
  }

  /**
   * Effective conductances at a stated tolerance: iterated solutions stop earlier.
   *
   * @param tolerance as of {@link CrossbarSolver#of(CrossbarCircuit, double)}
   */
  public static EffectiveConductance of(CrossbarCircuit circuit, double tolerance) {
    requireRead(circuit);
    if (RowElimination.takes(circuit)) {
      return new EffectiveConductance(
          circuit.rows(), circuit.columns(), RowElimination.effective_uS(circuit));
    }
    return iterated(circuit, tolerance);
  }

  /** Line by line. */
  static EffectiveConductance iterated(CrossbarCircuit circuit, double tolerance) {
    int rows = circuit.rows();
    int columns = circuit.columns();
    double[] effective = new double[rows * columns];
    boolean byRows = rows < columns;
    Boundary boundary = circuit.boundary();
    Boundary driven =
        new Boundary(
            boundary.left(),
            boundary.right(),
            boundary.top(),
            Collections.nCopies(columns, byRows ? LineEnd.GROUNDED : LineEnd.DRIVEN));
    CrossbarSolver solver = CrossbarSolver.of(circuit.with(driven), tolerance);
    double[] left_V = new double[rows];
    double[] bottom_V = new double[columns];
    double[] one = byRows ? left_V : bottom_V;
    for (int line = 0; line < one.length; line++) {
      one[line] = 1;
      CircuitSolution solution =
          solver.solve(new EndVoltages(left_V, new double[rows], new double[columns], bottom_V));
      one[line] = 0;
      if (byRows) {
        for (int j = 0; j < columns; j++) {
          effective[line * columns + j] = -solution.bottom_uA(j);
        }
      } else {
        for (int i = 0; i < rows; i++) {
          effective[i * columns + line] = -solution.left_uA(i);
        }
      }
    }
    return new EffectiveConductance(rows, columns, effective);
  }

  private static void requireRead(CrossbarCircuit circuit) {
    Boundary boundary = circuit.boundary();
    boolean read =
        circuit.law().isOhmic()
            && boundary.left().stream().allMatch(end -> end == LineEnd.DRIVEN)
            && boundary.bottom().stream().allMatch(end -> end == LineEnd.GROUNDED)
            && boundary.right().stream().noneMatch(end -> end == LineEnd.DRIVEN)
            && boundary.top().stream().noneMatch(end -> end == LineEnd.DRIVEN);
    if (!read) {
      throw new IllegalArgumentException(
          "An effective conductance must be of ohmic cells driven from the left alone and grounded"
              + " at the bottom.");
    }
  }

  /** Effective conductance between an input and an output. */
  public double effective_uS(int row, int column) {
    return effective_uS[row * columns + column];
  }

  /** Output currents of an input. */
  public double[] outputs_uA(double[] left_V) {
    double[] out = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out[j] += effective_uS[i * columns + j] * left_V[i];
      }
    }
    return out;
  }
}
