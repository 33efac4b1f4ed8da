package dev.kirchhoff.arch.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Wires that conduct up to 18 decades better than cells, lines that float, against 80 digits. */
class FarApartConductancesTest {
  private static final long SEED = 20261126L;
  private static final MathContext DIGITS = new MathContext(80);

  @Test
  void floatingLinesAgreeWithEightyDigits() {
    for (double cell_ohm : new double[] {1e6, 1e9, 1e12}) {
      for (double wire_ohm : new double[] {1, 1e-2, 1e-6}) {
        double g = 1e6 / cell_ohm;
        double[] cells = {g, g / 2, g / 3, 0, g, g / 1.7, g / 5, g, 0};
        Boundary read = Boundary.read(3, 3);
        Boundary boundary =
            new Boundary(
                read.left(),
                read.right(),
                read.top(),
                List.of(LineEnd.GROUNDED, LineEnd.FLOATING, LineEnd.FLOATING));
        CrossbarCircuit circuit =
            new CrossbarCircuit(cells, wire_ohm, wire_ohm, boundary, new CellLaw.Ohmic());
        EndVoltages voltages = EndVoltages.left(new double[] {1, 0.3, -0.2}, 3);
        check(circuit, voltages, 1e-13, cell_ohm + " over " + wire_ohm + " ohm");
      }
    }
  }

  @Test
  void randomCircuitsOfFarApartConductancesAgreeWithEightyDigits() {
    for (int run = 0; run < 400; run++) {
      Random random = new Random(SEED + run);
      int rows = 1 + random.nextInt(4);
      int columns = 1 + random.nextInt(4);
      double decades = 12 * random.nextDouble();
      double[] cells = new double[rows * columns];
      for (int at = 0; at < cells.length; at++) {
        cells[at] = Math.pow(10, 3 * random.nextDouble() - decades);
      }
      Boundary boundary =
          new Boundary(
              ends(random, rows), ends(random, rows), ends(random, columns), ends(random, columns));
      if (!boundary.isHeld()) {
        continue;
      }
      CrossbarCircuit circuit =
          new CrossbarCircuit(
              cells,
              Math.pow(10, 7 * random.nextDouble() - 6),
              Math.pow(10, 7 * random.nextDouble() - 6),
              boundary,
              new CellLaw.Ohmic());
      EndVoltages voltages =
          new EndVoltages(
              volts(random, rows),
              volts(random, rows),
              volts(random, columns),
              volts(random, columns));
      check(circuit, voltages, 1e-12, "seed " + (SEED + run));
    }
  }

  private static List<LineEnd> ends(Random random, int count) {
    List<LineEnd> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ends.add(LineEnd.values()[random.nextInt(3)]);
    }
    return ends;
  }

  private static double[] volts(Random random, int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private static void check(
      CrossbarCircuit circuit, EndVoltages voltages, double tolerance, String what) {
    CircuitSolution solution = CrossbarSolver.of(circuit).solve(voltages);
    int rows = circuit.rows();
    int columns = circuit.columns();
    BigDecimal[] exact = exact(circuit, voltages);
    double error_V = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int at = i * columns + j;
        error_V = Math.max(error_V, Math.abs(exact[at].doubleValue() - solution.wordline_V(i, j)));
        error_V =
            Math.max(
                error_V,
                Math.abs(exact[rows * columns + at].doubleValue() - solution.bitline_V(i, j)));
      }
    }
    assertTrue(error_V <= tolerance, what + ": " + error_V + " V");
    assertTrue(solution.residual() < 1e-9, what + ": residual " + solution.residual());
    double dissipated_uW =
        solution.cellPower_uW() + solution.wordlinePower_uW() + solution.bitlinePower_uW();
    assertEquals(dissipated_uW, solution.supplied_uW(), 1e-9 * dissipated_uW, what);
  }

  private static BigDecimal[] exact(CrossbarCircuit circuit, EndVoltages voltages) {
    int rows = circuit.rows();
    int columns = circuit.columns();
    int cells = rows * columns;
    Exact exact = new Exact(2 * cells);
    BigDecimal w = new BigDecimal(1e6 / circuit.wordline_ohm());
    BigDecimal b = new BigDecimal(1e6 / circuit.bitline_ohm());
    Boundary boundary = circuit.boundary();
    for (int i = 0; i < rows; i++) {
      exact.end(boundary.left().get(i), voltages.left_V[i], i * columns, w);
      exact.end(boundary.right().get(i), voltages.right_V[i], (i + 1) * columns - 1, w);
      for (int j = 0; j < columns; j++) {
        int at = i * columns + j;
        exact.resistor(at, cells + at, new BigDecimal(circuit.conductance_uS(i, j)));
        if (j > 0) {
          exact.resistor(at - 1, at, w);
        }
        if (i > 0) {
          exact.resistor(cells + at - columns, cells + at, b);
        }
      }
    }
    for (int j = 0; j < columns; j++) {
      exact.end(boundary.top().get(j), voltages.top_V[j], cells + j, b);
      exact.end(boundary.bottom().get(j), voltages.bottom_V[j], 2 * cells - columns + j, b);
    }
    return exact.solve();
  }

  /** Nodal equations in 80 digits. */
  private static final class Exact {
    private final int nodes;
    private final BigDecimal[][] m;

    Exact(int nodes) {
      this.nodes = nodes;
      m = new BigDecimal[nodes][nodes + 1];
      for (BigDecimal[] row : m) {
        java.util.Arrays.fill(row, BigDecimal.ZERO);
      }
    }

    void resistor(int from, int to, BigDecimal conductance) {
      m[from][from] = m[from][from].add(conductance);
      m[to][to] = m[to][to].add(conductance);
      m[from][to] = m[from][to].subtract(conductance);
      m[to][from] = m[to][from].subtract(conductance);
    }

    void end(LineEnd end, double volts, int node, BigDecimal conductance) {
      if (end.isHeld()) {
        double held_V = end == LineEnd.DRIVEN ? volts : 0;
        m[node][node] = m[node][node].add(conductance);
        m[node][nodes] = m[node][nodes].add(conductance.multiply(new BigDecimal(held_V)));
      }
    }

    BigDecimal[] solve() {
      for (int k = 0; k < nodes; k++) {
        for (int i = 0; i < nodes; i++) {
          if (i != k && m[i][k].signum() != 0) {
            BigDecimal factor = m[i][k].divide(m[k][k], DIGITS);
            for (int j = k; j <= nodes; j++) {
              m[i][j] = m[i][j].subtract(factor.multiply(m[k][j], DIGITS), DIGITS);
            }
          }
        }
      }
      BigDecimal[] x = new BigDecimal[nodes];
      for (int k = 0; k < nodes; k++) {
        x[k] = m[k][nodes].divide(m[k][k], DIGITS);
      }
      return x;
    }
  }
}
