package dev.kirchhoff.arch.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cells whose law is steep at the voltages that they are driven with. */
class SteepCellsTest {
  private static final long SEED = 20261126L;

  @Test
  void theCurrentOfASteepCellEqualsThatOfBisection() {
    for (double times : new double[] {1, 3, 10, 30, 60, 80, 100, 200, 300, 500, 700, 1000}) {
      for (double g_uS : new double[] {1e-4, 1, 100, 1e5}) {
        for (double ohm : new double[] {0.01, 2, 1000}) {
          double scale_V = 4 / times;
          CellLaw law = new CellLaw.HyperbolicSine(scale_V);
          CrossbarCircuit circuit =
              new CrossbarCircuit(new double[] {g_uS}, ohm, ohm, Boundary.read(1, 1), law);
          CircuitSolution solution =
              CrossbarSolver.of(circuit).solve(EndVoltages.left(new double[] {4}, 1));
          double expected_uA = bisected_uA(law, g_uS, 2 * ohm, 4, times);
          String what = times + " scales, " + g_uS + " uS, " + ohm + " ohm";
          assertEquals(expected_uA, -solution.bottom_uA(0), 1e-11 * expected_uA, what);
          assertTrue(solution.residual() < 1e-10, what + ": " + solution.residual());
        }
      }
    }
  }

  /** The voltage of the cell between 0 and what is applied, halved. */
  private static double bisected_uA(
      CellLaw law, double g_uS, double wires_ohm, double applied_V, double times) {
    double low = 0;
    double high = applied_V;
    for (int halving = 0; halving < 200; halving++) {
      double middle = (low + high) / 2;
      double current_uA = law.current_uA(g_uS, middle);
      if (middle + current_uA * wires_ohm * 1e-6 < applied_V) {
        low = middle;
      } else {
        high = middle;
      }
    }
    // A voltage that is known to rounding is a worse current than the drop over the wires.
    double byWires_uA = (applied_V - low) / wires_ohm * 1e6;
    double byCell_uA = law.current_uA(g_uS, low);
    return applied_V - low > low / times ? byWires_uA : byCell_uA;
  }

  @Test
  void twoCellsOf80ScalesAreThoseOfNestedBisections() {
    CrossbarCircuit circuit =
        new CrossbarCircuit(
            new double[] {100, 10}, 2, 2, Boundary.read(1, 2), new CellLaw.HyperbolicSine(0.05));
    CircuitSolution solution =
        CrossbarSolver.of(circuit).solve(EndVoltages.left(new double[] {4}, 2));
    // For the drop of the last cell, its current by bisection, from there the current of the first
    // and what is applied; bisected again, with 40 digits.
    assertEquals(682_581.317318686, -solution.bottom_uA(0), 1e-5);
    assertEquals(321_903.710029188, -solution.bottom_uA(1), 1e-5);
  }

  @Test
  void steepArraysObeyKirchhoffsLawsAndTheirWires() {
    for (int run = 0; run < 2_000; run++) {
      Random random = new Random(SEED + run);
      Sample sample = new Sample(random);
      String what = "seed " + (SEED + run) + ", " + sample;
      CircuitSolution solution = CrossbarSolver.of(sample.circuit).solve(sample.voltages);
      assertTrue(solution.residual() < 1e-9, what + ": " + solution.residual());
      sample.check(solution, what);
    }
  }

  @Test
  void aShortedCellOnAWordlineWithoutResistanceIsNoObstacle() {
    for (int run = 0; run < 2_000; run++) {
      Random random = new Random(SEED + run);
      int rows = 2 + random.nextInt(2);
      int columns = 1 + random.nextInt(3);
      double[] cells = random.doubles((long) rows * columns, 1, 1000).toArray();
      cells[random.nextInt(cells.length)] = Double.POSITIVE_INFINITY;
      double[] left_V = random.doubles(rows, -1, 1).toArray();
      double scale_V = 1 / Math.exp(Math.log(100) * random.nextDouble());
      CellLaw law = new CellLaw.HyperbolicSine(scale_V);
      CrossbarCircuit circuit =
          new CrossbarCircuit(cells, 0, 100, Boundary.read(rows, columns), law);
      CircuitSolution solution =
          CrossbarSolver.of(circuit).solve(EndVoltages.left(left_V, columns));
      double in_uA = 0;
      double out_uA = 0;
      double largest_uA = 0;
      for (int i = 0; i < rows; i++) {
        in_uA += solution.left_uA(i);
        largest_uA = Math.max(largest_uA, Math.abs(solution.left_uA(i)));
      }
      for (int j = 0; j < columns; j++) {
        out_uA -= solution.bottom_uA(j);
      }
      String what = "seed " + (SEED + run) + ", " + scale_V + " V";
      assertTrue(solution.residual() < 1e-9, what + ": " + solution.residual());
      assertEquals(out_uA, in_uA, 1e-8 * largest_uA, what);
    }
  }

  @Test
  void currentsThatAreLargerThanAnyNumberAreNoSolution() {
    CrossbarSolver steep =
        CrossbarSolver.of(
            new CrossbarCircuit(
                new double[] {100}, 0, 0, Boundary.read(1, 1), new CellLaw.HyperbolicSine(0.005)));
    EndVoltages five = EndVoltages.left(new double[] {5}, 1);
    assertThrows(NoSolutionException.class, () -> steep.solve(five));
    CrossbarSolver ohmic = CrossbarSolver.of(CrossbarCircuit.read(1, 1, new double[] {100}, 1, 1));
    EndVoltages most = EndVoltages.left(new double[] {1e308}, 1);
    assertThrows(NoSolutionException.class, () -> ohmic.solve(most));
  }

  private static final class Sample {
    final int rows;
    final int columns;
    final double ohm;
    final double[] cells;
    final double[] left_V;
    final CellLaw law;
    final CrossbarCircuit circuit;
    final EndVoltages voltages;

    Sample(Random random) {
      rows = 1 + random.nextInt(6);
      columns = 1 + random.nextInt(6);
      ohm = Math.exp(Math.log(1000) * random.nextDouble());
      cells = new double[rows * columns];
      for (int at = 0; at < cells.length; at++) {
        cells[at] = random.nextInt(8) == 0 ? 0 : Math.exp(12 * random.nextDouble() - 4);
      }
      double most_V = Math.exp(Math.log(100) * random.nextDouble() - 2);
      left_V = random.doubles(rows, -most_V, most_V).toArray();
      law =
          switch (random.nextInt(3)) {
            case 0 ->
                new CellLaw.HyperbolicSine(most_V / Math.exp(Math.log(1000) * random.nextDouble()));
            case 1 -> new CellLaw.Cubic(Math.exp(16 * random.nextDouble() - 4));
            default ->
                new CellLaw.Selector(
                    Math.exp(20 * random.nextDouble() - 15),
                    most_V / Math.exp(Math.log(1000) * random.nextDouble()));
          };
      List<LineEnd> bottom = new ArrayList<>();
      for (int j = 0; j < columns; j++) {
        bottom.add(j > 0 && random.nextInt(4) == 0 ? LineEnd.FLOATING : LineEnd.GROUNDED);
      }
      Boundary read = Boundary.read(rows, columns);
      Boundary boundary = new Boundary(read.left(), read.right(), read.top(), bottom);
      circuit = new CrossbarCircuit(cells, ohm, ohm, boundary, law);
      voltages = EndVoltages.left(left_V, columns);
    }

    void check(CircuitSolution solution, String what) {
      double largest_uA = 1e-300;
      double in_uA = 0;
      for (int i = 0; i < rows; i++) {
        in_uA += solution.left_uA(i);
        largest_uA = Math.max(largest_uA, Math.abs(solution.left_uA(i)));
      }
      double most_V = Arrays.stream(left_V).map(Math::abs).max().orElseThrow();
      // Rounding of voltages is all that flows where no current can.
      double rounding_uA = 1e-15 * most_V * Arrays.stream(cells).max().orElseThrow();
      double out_uA = 0;
      for (int j = 0; j < columns; j++) {
        out_uA -= solution.bottom_uA(j);
        largest_uA = Math.max(largest_uA, Math.abs(solution.bottom_uA(j)));
      }
      assertEquals(in_uA, out_uA, 1e-9 * largest_uA + rounding_uA, what);
      assertTrue(largest_uA <= 2 * most_V / ohm * 1e6 * (1 + 1e-9), what);
      for (int i = 0; i < rows; i++) {
        double wire_uA = solution.left_uA(i);
        double before_V = left_V[i];
        for (int j = 0; j < columns; j++) {
          double volts = solution.wordline_V(i, j);
          assertEquals(
              wire_uA,
              (before_V - volts) / ohm * 1e6,
              1e-9 * largest_uA + 1e-15 * most_V / ohm * 1e6,
              what);
          double cell_uA = law.current_uA(cells[i * columns + j], volts - solution.bitline_V(i, j));
          assertEquals(cell_uA, solution.cell_uA(i, j), 1e-12 * largest_uA + rounding_uA, what);
          wire_uA -= solution.cell_uA(i, j);
          before_V = volts;
        }
      }
    }

    @Override
    public String toString() {
      return rows + " x " + columns + ", " + law + ", " + ohm + " ohm, " + Arrays.toString(left_V);
    }
  }
}
