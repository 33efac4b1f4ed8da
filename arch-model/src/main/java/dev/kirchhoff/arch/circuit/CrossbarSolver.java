package dev.kirchhoff.arch.circuit;

import java.util.Arrays;
import java.util.List;

/**
 * Solves a crossbar's nodal equations; exact up to rounding, with the residual stated.
 *
 * <p>Ohmic cells take one linear solution. Others take Newton's method: each cell is its slope
 * beside a current source, a step is halved while it does not lessen the residual; the equations
 * have one solution because currents rise with voltage. Keeps the factors of its circuit and work
 * space, so further inputs cost a solution each; not safe for several threads.
 */
public final class CrossbarSolver {
  private static final int NEWTON_STEPS = 100;
  private static final int HALVINGS = 40;

  /** Residual of Newton's method relative to the largest current of a cell. */
  private static final double CONVERGED = 1e-13;

  /** Voltage of a shorted cell relative to the largest of an end. */
  private static final double SHORTED = 1e-9;

  private final CrossbarCircuit circuit;
  private final Lines wordlines;
  private final Lines bitlines;
  private final LinearNetwork network;
  private final double[] conductance_uS;
  private final int[] shorts;
  private final double largestConductance_uS;
  private final double[] slope_uS;
  private final double[] source_uA;
  private final double[] short_uA;
  private double[][] response;

  CrossbarSolver(CrossbarCircuit circuit, double tolerance) {
    this.circuit = circuit;
    wordlines = circuit.wordlines();
    bitlines = circuit.bitlines();
    network = new LinearNetwork(wordlines, bitlines, tolerance);
    conductance_uS = circuit.conductances_uS().clone();
    int nodes = conductance_uS.length;
    int[] found = new int[nodes];
    int count = 0;
    double largest = 0;
    for (int at = 0; at < nodes; at++) {
      if (conductance_uS[at] == Double.POSITIVE_INFINITY) {
        found[count++] = at;
      } else {
        largest = Math.max(largest, conductance_uS[at]);
      }
    }
    shorts = Arrays.copyOf(found, count);
    largestConductance_uS = largest > 0 ? largest : 1;
    for (int at : shorts) {
      conductance_uS[at] = largestConductance_uS;
    }
    slope_uS = new double[nodes];
    source_uA = new double[nodes];
    short_uA = new double[nodes];
    for (int at = 0; at < nodes; at++) {
      slope_uS[at] = circuit.law().slope_uS(conductance_uS[at], 0);
    }
    takeSlopes();
  }

  private void takeSlopes() {
    network.factor(slope_uS);
    if (shorts.length > 0) {
      respond();
    }
  }

  /** Voltages of shorted cells for a unit current through each of them alone. */
  private void respond() {
    int n = shorts.length;
    response = new double[n][n];
    double[] unit = new double[slope_uS.length];
    double[] w = new double[slope_uS.length];
    double[] b = new double[slope_uS.length];
    for (int s = 0; s < n; s++) {
      unit[shorts[s]] = 1;
      network.solve(unit, 0, w, b);
      unit[shorts[s]] = 0;
      for (int t = 0; t < n; t++) {
        response[t][s] = w[shorts[t]] - b[shorts[t]];
      }
    }
  }

  /**
   * The steady state with these voltages at driven ends.
   *
   * @throws IllegalArgumentException if a voltage is not a number, or two voltages are joined
   *     without any resistance
   */
  public CircuitSolution solve(EndVoltages voltages) {
    Boundary boundary = circuit.boundary();
    double[] left = held(boundary.left(), voltages.left_V, "left");
    double[] right = held(boundary.right(), voltages.right_V, "right");
    double[] top = held(boundary.top(), voltages.top_V, "top");
    double[] bottom = held(boundary.bottom(), voltages.bottom_V, "bottom");
    wordlines.drive(left, right);
    bitlines.drive(top, bottom);
    CircuitSolution solution = new CircuitSolution(circuit.rows(), circuit.columns());
    Arrays.fill(source_uA, 0);
    linear(solution);
    if (!circuit.law().isOhmic()) {
      newton(solution);
    }
    double largest_V = largest(left, right, top, bottom);
    requireShorted(solution, largest_V);
    finish(solution, largest_V * largestConductance_uS);
    solution.setSupply(left, right, top, bottom);
    return solution;
  }

  private static double[] held(List<LineEnd> ends, double[] volts, String side) {
    if (volts.length != ends.size()) {
      throw new IllegalArgumentException(
          "There must be "
              + ends.size()
              + " voltages "
              + side
              + ", but there are "
              + volts.length
              + ".");
    }
    double[] held = new double[volts.length];
    for (int i = 0; i < held.length; i++) {
      if (ends.get(i) == LineEnd.DRIVEN) {
        if (!Double.isFinite(volts[i])) {
          throw new IllegalArgumentException(
              "The voltage (" + volts[i] + ") of line " + i + " " + side + " must be a number.");
        }
        held[i] = volts[i];
      }
    }
    return held;
  }

  private static double largest(double[]... sides) {
    double largest = 0;
    for (double[] side : sides) {
      for (double volts : side) {
        largest = Math.max(largest, Math.abs(volts));
      }
    }
    return largest;
  }

  /** One linear solution with the present slopes and sources, shorted cells at no voltage. */
  private void linear(CircuitSolution solution) {
    network.solve(source_uA, 1, solution.wordline_V, solution.bitline_V);
    if (shorts.length == 0) {
      return;
    }
    double[] volts = new double[shorts.length];
    for (int s = 0; s < shorts.length; s++) {
      volts[s] = solution.bitline_V[shorts[s]] - solution.wordline_V[shorts[s]];
    }
    double[] current_uA = DenseSystem.solve(response, volts);
    for (int s = 0; s < shorts.length; s++) {
      short_uA[shorts[s]] = current_uA[s];
      source_uA[shorts[s]] += current_uA[s];
    }
    network.solve(source_uA, 1, solution.wordline_V, solution.bitline_V);
    for (int s = 0; s < shorts.length; s++) {
      source_uA[shorts[s]] -= current_uA[s];
    }
  }

  private void newton(CircuitSolution solution) {
    int nodes = slope_uS.length;
    double[] w = solution.wordline_V;
    double[] b = solution.bitline_V;
    double[] fromW = new double[nodes];
    double[] fromB = new double[nodes];
    Residual residual = new Residual(wordlines, bitlines);
    double before = residual.norm(w, b, currents(w, b, solution.cell_uA));
    for (int step = 0; step < NEWTON_STEPS && before > CONVERGED * residual.scale(); step++) {
      linearise(w, b);
      System.arraycopy(w, 0, fromW, 0, nodes);
      System.arraycopy(b, 0, fromB, 0, nodes);
      linear(solution);
      double[] toW = w.clone();
      double[] toB = b.clone();
      double after = residual.norm(w, b, currents(w, b, solution.cell_uA));
      double share = 1;
      for (int halving = 0; halving < HALVINGS && !(after < before); halving++) {
        share /= 2;
        between(fromW, toW, share, w);
        between(fromB, toB, share, b);
        after = residual.norm(w, b, currents(w, b, solution.cell_uA));
      }
      if (!(after < before)) {
        System.arraycopy(fromW, 0, w, 0, nodes);
        System.arraycopy(fromB, 0, b, 0, nodes);
        return;
      }
      before = after;
    }
  }

  private void linearise(double[] w, double[] b) {
    for (int at = 0; at < slope_uS.length; at++) {
      double volts = w[at] - b[at];
      slope_uS[at] = circuit.law().slope_uS(conductance_uS[at], volts);
      source_uA[at] = circuit.law().current_uA(conductance_uS[at], volts) - slope_uS[at] * volts;
    }
    takeSlopes();
  }

  private static void between(double[] from, double[] to, double share, double[] at) {
    for (int i = 0; i < at.length; i++) {
      at[i] = from[i] + share * (to[i] - from[i]);
    }
  }

  private double[] currents(double[] w, double[] b, double[] cell_uA) {
    for (int at = 0; at < cell_uA.length; at++) {
      cell_uA[at] = circuit.law().current_uA(conductance_uS[at], w[at] - b[at]);
    }
    for (int at : shorts) {
      cell_uA[at] += short_uA[at];
    }
    return cell_uA;
  }

  private void requireShorted(CircuitSolution solution, double largest_V) {
    for (int at : shorts) {
      if (Math.abs(solution.wordline_V[at] - solution.bitline_V[at]) > SHORTED * largest_V) {
        throw new IllegalArgumentException(
            "The shorted cell in row "
                + at / circuit.columns()
                + " and column "
                + at % circuit.columns()
                + " joins two voltages without any resistance.\n"
                + "Maybe the wires have one.");
      }
    }
  }

  /** {@code possible_uA} is what the best cell would draw alone. */
  private void finish(CircuitSolution solution, double possible_uA) {
    double[] cell_uA = currents(solution.wordline_V, solution.bitline_V, solution.cell_uA);
    wordlines.endCurrents(solution.wordline_V, cell_uA, solution.left_uA, solution.right_uA);
    double[] into_uA = new double[cell_uA.length];
    for (int at = 0; at < cell_uA.length; at++) {
      into_uA[at] = -cell_uA[at];
    }
    bitlines.endCurrents(solution.bitline_V, into_uA, solution.top_uA, solution.bottom_uA);
    Residual residual = new Residual(wordlines, bitlines);
    double norm_uA = residual.norm(solution.wordline_V, solution.bitline_V, cell_uA);
    double ends_uA =
        largest(solution.left_uA, solution.right_uA, solution.top_uA, solution.bottom_uA);
    solution.setResidual(norm_uA, Math.max(Math.max(residual.scale(), ends_uA), possible_uA));
    solution.setWires(
        wordlines.wirePower_uW(solution.wordline_V, solution.left_uA, solution.right_uA),
        bitlines.wirePower_uW(solution.bitline_V, solution.top_uA, solution.bottom_uA));
  }
}
