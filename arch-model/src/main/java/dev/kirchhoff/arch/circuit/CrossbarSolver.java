package dev.kirchhoff.arch.circuit;

import java.util.Arrays;
import java.util.List;

/**
 * Solver of a crossbar's nodal equations; exact up to rounding, with the residual stated.
 *
 * <p>Ohmic cells take one linear solution. Others take Newton's method: each cell is its slope
 * beside a current source. Where currents rise with voltage, the equations say that the slope of
 * the circuit's co-content (Σ ∫ I dV of cells and wires) is zero; it is convex, so there is one
 * solution. A step that does not lessen the residual enough goes to where the co-content is least
 * along it, shorter or longer, however steep a law is. Keeps the factors of its circuit and work
 * space, so further inputs cost a solution each; not safe for several threads.
 */
public final class CrossbarSolver {
  private static final double US_TIMES_OHM = 1e6;
  private static final int NEWTON_STEPS = 400;

  /** A whole step is taken if it leaves no more than this share of the residual. */
  private static final double GOOD = 0.25;

  /** Residual of Newton's method relative to the largest current of a cell. */
  private static final double CONVERGED = 1e-13;

  /** Residual accepted as a solution where rounding prevents a smaller one. */
  private static final double ENOUGH = 1e-9;

  /** Rounding of voltages is part of a residual that is no more than this. */
  private static final double VISIBLE = 1e-10;

  /** Voltage of a shorted cell relative to the largest of an end. */
  private static final double SHORTED = 1e-9;

  private final CrossbarCircuit circuit;
  private final Lines wordlines;
  private final Lines bitlines;
  private final LinearNetwork network;
  private final double[] conductance_uS;
  private final int[] shorts;
  private final double largestSlope_uS;
  private final double shorted_uS;
  private final double[] slope_uS;
  private final double[] source_uA;
  private final double[] short_uA;
  private double[][] response;

  /** Solver of a circuit with work space of its own; one per thread. */
  public static CrossbarSolver of(CrossbarCircuit circuit) {
    return of(circuit, LinearNetwork.TOLERANCE);
  }

  /**
   * Solver that stops earlier.
   *
   * @param tolerance energy norm of the error relative to the start at which a linear solution is
   *     good enough
   */
  public static CrossbarSolver of(CrossbarCircuit circuit, double tolerance) {
    return new CrossbarSolver(circuit, tolerance);
  }

  private CrossbarSolver(CrossbarCircuit circuit, double tolerance) {
    this.circuit = circuit;
    wordlines = circuit.wordlines();
    bitlines = circuit.bitlines();
    network = new LinearNetwork(wordlines, bitlines, tolerance);
    conductance_uS = circuit.conductances_uS().clone();
    int nodes = conductance_uS.length;
    int[] found = new int[nodes];
    int count = 0;
    double largest = 0;
    for (int cell = 0; cell < nodes; cell++) {
      if (conductance_uS[cell] == Double.POSITIVE_INFINITY) {
        found[count++] = cell;
      } else {
        largest = Math.max(largest, conductance_uS[cell]);
      }
    }
    shorts = Arrays.copyOf(found, count);
    for (int cell : shorts) {
      conductance_uS[cell] = 0;
    }
    slope_uS = new double[nodes];
    source_uA = new double[nodes];
    short_uA = new double[nodes];
    double largestSlope_uS = 0;
    for (int cell = 0; cell < nodes; cell++) {
      slope_uS[cell] = circuit.law().slope_uS(conductance_uS[cell], 0);
      largestSlope_uS = Math.max(largestSlope_uS, slope_uS[cell]);
    }
    this.largestSlope_uS = largestSlope_uS;
    // Shorted cells get a conductance of the size of their lines', so that the responses of several
    // differ by more than rounding.
    double wires_uS = US_TIMES_OHM / Math.max(circuit.wordline_ohm(), circuit.bitline_ohm());
    shorted_uS =
        Double.isFinite(wires_uS) ? Math.max(wires_uS, largest) : largest > 0 ? largest : 1;
    for (int cell : shorts) {
      slope_uS[cell] = shorted_uS;
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
   * @throws NoSolutionException if Newton's method finds none, or a current or power is larger than
   *     any number
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
    double largest_V = largest(left, right, top, bottom);
    if (!circuit.law().isOhmic()) {
      newton(solution, largest_V * largestSlope_uS);
    }
    requireShorted(solution, largest_V);
    finish(solution, largest_V * largestSlope_uS);
    solution.setSupply(left, right, top, bottom);
    requireNumbers(solution);
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

  /**
   * Takes a solution of cells that are as they are at no voltage; {@code possible_uA} is what the
   * best cell would draw alone if it stayed so.
   */
  private void newton(CircuitSolution solution, double possible_uA) {
    NodeState tried = new NodeState(slope_uS.length);
    NodeState to = new NodeState(slope_uS.length);
    Residual residual = new Residual(wordlines, bitlines);
    double before;
    double after;
    if (atRest(tried)) {
      to.take(solution, short_uA);
      before = norm(residual, tried, solution);
      after = norm(residual, to, solution);
      before = step(residual, tried, to, before, after, solution);
    } else {
      tried.take(solution, short_uA);
      before = norm(residual, tried, solution);
    }
    // Residual of a circuit without current: rounding of voltages.
    double rounding_uA = 4 * Math.ulp(1.0) * possible_uA;
    for (int step = 0; step < NEWTON_STEPS; step++) {
      if (before <= Math.max(CONVERGED * residual.scale(), rounding_uA)) {
        break;
      }
      linearise(tried.wordline_V, tried.bitline_V);
      linear(solution);
      to.take(solution, short_uA);
      boolean isNear = before <= ENOUGH * residual.scale();
      after = norm(residual, to, solution);
      if (isNear && !(after < GOOD * before)) {
        // Rounding: the better of both is as good as it gets.
        before = after < before ? moved(tried, to, 1, after) : before;
        break;
      }
      before = step(residual, tried, to, before, after, solution);
    }
    tried.writeTo(solution, short_uA);
    norm(residual, tried, solution);
    if (!(before <= Math.max(ENOUGH * residual.scale(), rounding_uA))) {
      throw new NoSolutionException(
          "Newton's method found no voltages at which currents add up.\n"
              + "Maybe cells are steeper, or voltages higher, than any real ones.");
    }
  }

  /**
   * All nodes at 0 V that are not held at a voltage.
   *
   * @return whether shorted cells have no voltage there, as the co-content takes for granted
   */
  private boolean atRest(NodeState rest) {
    wordlines.spread(new double[wordlines.unknowns()], rest.wordline_V, 1);
    bitlines.spread(new double[bitlines.unknowns()], rest.bitline_V, 1);
    boolean isMet = true;
    for (int cell : shorts) {
      isMet &= rest.wordline_V[cell] == rest.bitline_V[cell];
    }
    return isMet;
  }

  /** Moves towards a state, past it or not all the way; returns the residual there. */
  private double step(
      Residual residual,
      NodeState tried,
      NodeState to,
      double before,
      double after,
      CircuitSolution solution) {
    if (after <= GOOD * before) {
      return moved(tried, to, 1, after);
    }
    double share =
        new CoContent(tried, to, wordlines, bitlines, circuit.law(), conductance_uS)
            .share(after < before);
    NodeState next = new NodeState(slope_uS.length);
    next.between(tried, to, share);
    return moved(tried, next, 1, norm(residual, next, solution));
  }

  private static double moved(NodeState tried, NodeState to, double share, double residual_uA) {
    tried.between(tried, to, share);
    return residual_uA;
  }

  private double norm(Residual residual, NodeState state, CircuitSolution solution) {
    double[] cell_uA = solution.cell_uA;
    for (int cell = 0; cell < cell_uA.length; cell++) {
      double volts = state.wordline_V[cell] - state.bitline_V[cell];
      cell_uA[cell] = circuit.law().current_uA(conductance_uS[cell], volts);
    }
    for (int cell : shorts) {
      double volts = state.wordline_V[cell] - state.bitline_V[cell];
      cell_uA[cell] = shorted_uS * volts + state.short_uA[cell];
    }
    return residual.norm(state.wordline_V, state.bitline_V, cell_uA);
  }

  private void linearise(double[] w, double[] b) {
    for (int cell = 0; cell < slope_uS.length; cell++) {
      double volts = w[cell] - b[cell];
      slope_uS[cell] = circuit.law().slope_uS(conductance_uS[cell], volts);
      source_uA[cell] =
          circuit.law().current_uA(conductance_uS[cell], volts) - slope_uS[cell] * volts;
    }
    for (int cell : shorts) {
      slope_uS[cell] = shorted_uS;
      source_uA[cell] = 0;
    }
    takeSlopes();
  }

  private double[] currents(double[] w, double[] b, double[] cell_uA) {
    for (int cell = 0; cell < cell_uA.length; cell++) {
      cell_uA[cell] = circuit.law().current_uA(conductance_uS[cell], w[cell] - b[cell]);
    }
    for (int cell : shorts) {
      cell_uA[cell] = shorted_uS * (w[cell] - b[cell]) + short_uA[cell];
    }
    return cell_uA;
  }

  private void requireNumbers(CircuitSolution solution) {
    boolean isNumber = Double.isFinite(solution.residual());
    double limit_V = circuit.law().holdsTo_V();
    for (int cell = 0; cell < slope_uS.length; cell++) {
      double volts = solution.wordline_V[cell] - solution.bitline_V[cell];
      boolean isWithin = conductance_uS[cell] == 0 || Math.abs(volts) <= limit_V;
      isNumber &= isWithin && Double.isFinite(volts) && Double.isFinite(solution.cell_uA[cell]);
    }
    double power_uW =
        solution.cellPower_uW() + solution.wordlinePower_uW() + solution.bitlinePower_uW();
    if (!isNumber || !Double.isFinite(power_uW) || !Double.isFinite(solution.supplied_uW())) {
      throw new NoSolutionException(
          "A voltage, current or power would be larger than any number.\n"
              + "Maybe a voltage, a resistance or the scale of the cells' law is a slip.");
    }
  }

  private void requireShorted(CircuitSolution solution, double largest_V) {
    for (int cell : shorts) {
      if (Math.abs(solution.wordline_V[cell] - solution.bitline_V[cell]) > SHORTED * largest_V) {
        throw new IllegalArgumentException(
            "The shorted cell in row "
                + cell / circuit.columns()
                + " and column "
                + cell % circuit.columns()
                + ", counted from 0, joins two voltages without any resistance.\n"
                + "Maybe the wires have one.");
      }
    }
  }

  /** {@code possible_uA} is what the best cell would draw alone. */
  private void finish(CircuitSolution solution, double possible_uA) {
    double[] cell_uA = currents(solution.wordline_V, solution.bitline_V, solution.cell_uA);
    wordlines.endCurrents(cell_uA, solution.left_uA, solution.right_uA);
    double[] into_uA = new double[cell_uA.length];
    for (int cell = 0; cell < cell_uA.length; cell++) {
      into_uA[cell] = -cell_uA[cell];
    }
    bitlines.endCurrents(into_uA, solution.top_uA, solution.bottom_uA);
    Residual residual = new Residual(wordlines, bitlines);
    double norm_uA = residual.norm(solution.wordline_V, solution.bitline_V, cell_uA, false);
    double ends_uA =
        largest(solution.left_uA, solution.right_uA, solution.top_uA, solution.bottom_uA);
    double largest_uA = Math.max(Math.max(residual.scale(), ends_uA), possible_uA);
    if (!(norm_uA <= VISIBLE * largest_uA)) {
      norm_uA = residual.norm(solution.wordline_V, solution.bitline_V, cell_uA);
    }
    solution.setResidual(norm_uA, largest_uA);
    solution.setWires(
        wordlines.wirePower_uW(cell_uA, solution.left_uA, solution.right_uA),
        bitlines.wirePower_uW(into_uA, solution.top_uA, solution.bottom_uA));
  }
}
