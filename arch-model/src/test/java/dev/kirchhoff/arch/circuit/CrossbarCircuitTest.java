package dev.kirchhoff.arch.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CrossbarCircuitTest {
  private static final long SEED = 20261125L;

  @Test
  void oneCellIsThreeResistorsInARow() {
    // 2 ohm + 10 kohm + 3 ohm at 0.2 V.
    CrossbarCircuit circuit = CrossbarCircuit.read(1, 1, new double[] {100}, 2, 3);
    CircuitSolution solution =
        CrossbarSolver.of(circuit).solve(EndVoltages.left(new double[] {0.2}, 1));
    double current_uA = 0.2 / 10_005 * 1e6;
    assertEquals(current_uA, -solution.bottom_uA(0), 1e-9);
    assertEquals(current_uA, solution.left_uA(0), 1e-9);
    assertEquals(0.2 - 2 * current_uA * 1e-6, solution.wordline_V(0, 0), 1e-15);
    assertEquals(current_uA * current_uA * 10_000 * 1e-6, solution.cellPower_uW(), 1e-12);
  }

  @Test
  void sneakPathsOfAPassiveArrayAreFound() {
    // Ideal wires, wordline 0 at 0.3 V, bitline 0 grounded, the others float: the cell that is read
    // has three others in a row beside it, 100 uS + 100/3 uS.
    Boundary boundary =
        new Boundary(
            List.of(LineEnd.DRIVEN, LineEnd.FLOATING),
            List.of(LineEnd.FLOATING, LineEnd.FLOATING),
            List.of(LineEnd.FLOATING, LineEnd.FLOATING),
            List.of(LineEnd.GROUNDED, LineEnd.FLOATING));
    double[] cells = {100, 100, 100, 100};
    CircuitSolution solution =
        CrossbarSolver.of(new CrossbarCircuit(cells, 0, 0, boundary, new CellLaw.Ohmic()))
            .solve(EndVoltages.left(new double[] {0.3, 9}, 2));
    assertEquals(0.3 * 400 / 3, -solution.bottom_uA(0), 1e-12);
    assertEquals(-0.3 * 100 / 3, solution.cell_uA(1, 1), 1e-12);
  }

  @Test
  void randomCircuitsOfAllKindsOfEndsAgreeWithADenseSolution() {
    for (int run = 0; run < 3_000; run++) {
      Random random = new Random(SEED + run);
      Case sample = Case.random(random);
      String seed = "seed " + (SEED + run);
      CircuitSolution solution = CrossbarSolver.of(sample.circuit).solve(sample.voltages);
      DenseCircuit dense = sample.dense();
      double scale_uA = 1e-3;
      for (int i = 0; i < sample.rows; i++) {
        for (int j = 0; j < sample.columns; j++) {
          scale_uA = Math.max(scale_uA, Math.abs(solution.cell_uA(i, j)));
        }
      }
      for (int i = 0; i < sample.rows; i++) {
        for (int j = 0; j < sample.columns; j++) {
          double g = sample.circuit.conductance_uS(i, j);
          double drop_V = dense.volts(sample.w(i, j)) - dense.volts(sample.b(i, j));
          if (g < Double.POSITIVE_INFINITY) {
            assertEquals(g * drop_V, solution.cell_uA(i, j), 1e-8 * scale_uA, seed);
          }
        }
      }
      double dissipated_uW =
          solution.cellPower_uW() + solution.wordlinePower_uW() + solution.bitlinePower_uW();
      assertEquals(
          solution.supplied_uW(), dissipated_uW, 1e-8 * Math.abs(dissipated_uW) + 1e-10, seed);
      assertTrue(solution.residual() < 1e-9, seed + " residual " + solution.residual());
    }
  }

  @Test
  void aReadFromBelowIsTheTransposeOfOneFromTheLeft() {
    Random random = new Random(SEED);
    int rows = 7;
    int columns = 5;
    double[] cells = random.doubles(rows * columns, 1, 100).toArray();
    double[][] forth = new double[rows][columns];
    CrossbarCircuit read = CrossbarCircuit.read(rows, columns, cells, 3, 8);
    CrossbarSolver forward = CrossbarSolver.of(read);
    CrossbarSolver backward = CrossbarSolver.of(read.with(Boundary.transposeRead(rows, columns)));
    for (int i = 0; i < rows; i++) {
      double[] left_V = new double[rows];
      left_V[i] = 1;
      CircuitSolution solution = forward.solve(EndVoltages.left(left_V, columns));
      for (int j = 0; j < columns; j++) {
        forth[i][j] = -solution.bottom_uA(j);
      }
    }
    for (int j = 0; j < columns; j++) {
      double[] bottom_V = new double[columns];
      bottom_V[j] = 1;
      CircuitSolution solution = backward.solve(EndVoltages.bottom(bottom_V, rows));
      for (int i = 0; i < rows; i++) {
        assertEquals(forth[i][j], -solution.left_uA(i), 1e-11 * 100);
      }
    }
  }

  @Test
  void cellsThatAreNotOhmicObeyTheirLawAtEveryNode() {
    List<CellLaw> laws =
        List.of(
            new CellLaw.HyperbolicSine(0.1),
            new CellLaw.Cubic(20),
            new CellLaw.Selector(0.01, 0.05));
    for (CellLaw law : laws) {
      for (int run = 0; run < 40; run++) {
        Random random = new Random(SEED + run);
        int rows = 1 + random.nextInt(12);
        int columns = 1 + random.nextInt(12);
        double[] cells = random.doubles(rows * columns, 1, 200).toArray();
        CrossbarCircuit circuit =
            new CrossbarCircuit(
                cells,
                random.nextBoolean() ? 0 : 20,
                random.nextBoolean() ? 0 : 5,
                Boundary.read(rows, columns),
                law);
        double[] left_V = random.doubles(rows, -0.8, 0.8).toArray();
        CircuitSolution solution =
            CrossbarSolver.of(circuit).solve(EndVoltages.left(left_V, columns));
        assertTrue(
            solution.residual() < 1e-10,
            law + ", seed " + (SEED + run) + ": residual " + solution.residual());
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            double volts = solution.wordline_V(i, j) - solution.bitline_V(i, j);
            assertEquals(
                law.current_uA(cells[i * columns + j], volts), solution.cell_uA(i, j), 1e-12);
          }
        }
      }
    }
  }

  @Test
  void aSelectorAndItsCellShareTheVoltage() {
    CellLaw.Selector law = new CellLaw.Selector(0.5, 0.04);
    for (double volts : new double[] {-1.2, -0.01, 0, 0.001, 0.3, 2}) {
      double current_uA = law.current_uA(50, volts);
      double x = current_uA / 0.5;
      double asinh = Math.log(x + Math.sqrt(x * x + 1));
      assertEquals(volts, current_uA / 50 + 0.04 * asinh, 1e-12);
      double step = 1e-6;
      double slope =
          (law.current_uA(50, volts + step) - law.current_uA(50, volts - step)) / 2 / step;
      assertEquals(slope, law.slope_uS(50, volts), 1e-6 * slope);
    }
  }

  @Test
  void aShortBetweenHeldLinesWithoutResistanceIsRefused() {
    CrossbarCircuit circuit =
        CrossbarCircuit.read(1, 1, new double[] {Double.POSITIVE_INFINITY}, 0, 0);
    CrossbarSolver solver = CrossbarSolver.of(circuit);
    EndVoltages voltages = EndVoltages.left(new double[] {0.2}, 1);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> solver.solve(voltages));
    assertTrue(refused.getMessage().contains("row 0 and column 0"), refused.getMessage());
  }

  @Test
  void figuresThatCannotBeAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> CrossbarCircuit.read(1, 2, new double[] {1}, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> CrossbarCircuit.read(1, 1, new double[] {-1}, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> CrossbarCircuit.read(1, 1, new double[] {1}, Double.NaN, 1));
  }

  /** A random circuit, in both forms. */
  private static final class Case {
    int rows;
    int columns;
    double w_ohm;
    double b_ohm;
    CrossbarCircuit circuit;
    EndVoltages voltages;

    static Case random(Random random) {
      Case sample = new Case();
      sample.rows = 1 + random.nextInt(5);
      sample.columns = 1 + random.nextInt(5);
      sample.w_ohm = random.nextInt(4) == 0 ? 0 : 1 + 50 * random.nextDouble();
      sample.b_ohm = random.nextInt(4) == 0 ? 0 : 1 + 50 * random.nextDouble();
      double[] cells = new double[sample.rows * sample.columns];
      boolean mayShort = sample.w_ohm > 0 && sample.b_ohm > 0;
      for (int at = 0; at < cells.length; at++) {
        int kind = random.nextInt(8);
        cells[at] =
            kind == 0
                ? 0
                : kind == 1 && mayShort
                    ? Double.POSITIVE_INFINITY
                    : Math.exp(6 * random.nextDouble());
      }
      Boundary boundary =
          new Boundary(
              ends(random, sample.rows),
              ends(random, sample.rows),
              ends(random, sample.columns),
              ends(random, sample.columns));
      double[] left = volts(random, sample.rows);
      double[] top = volts(random, sample.columns);
      double[] right = sample.w_ohm == 0 ? left : volts(random, sample.rows);
      double[] bottom = sample.b_ohm == 0 ? top : volts(random, sample.columns);
      if (sample.w_ohm == 0) {
        boundary =
            new Boundary(
                boundary.left(),
                alike(boundary.left(), boundary.right()),
                boundary.top(),
                boundary.bottom());
      }
      if (sample.b_ohm == 0) {
        boundary =
            new Boundary(
                boundary.left(),
                boundary.right(),
                boundary.top(),
                alike(boundary.top(), boundary.bottom()));
      }
      sample.circuit =
          new CrossbarCircuit(cells, sample.w_ohm, sample.b_ohm, boundary, new CellLaw.Ohmic());
      sample.voltages = new EndVoltages(left, right, top, bottom);
      return sample;
    }

    private static List<LineEnd> ends(Random random, int count) {
      List<LineEnd> ends = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ends.add(LineEnd.values()[random.nextInt(3)]);
      }
      return ends;
    }

    /** Ends of a line without resistance that are both held must be held alike. */
    private static List<LineEnd> alike(List<LineEnd> first, List<LineEnd> last) {
      List<LineEnd> ends = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        ends.add(first.get(i).isHeld() && last.get(i).isHeld() ? first.get(i) : last.get(i));
      }
      return ends;
    }

    private static double[] volts(Random random, int count) {
      return random.doubles(count, -0.5, 0.5).toArray();
    }

    int w(int i, int j) {
      return i * columns + j;
    }

    int b(int i, int j) {
      return rows * columns + i * columns + j;
    }

    DenseCircuit dense() {
      int cells = rows * columns;
      DenseCircuit dense = new DenseCircuit(2 * cells + 2 * rows + 2 * columns);
      double w_uS = w_ohm == 0 ? Double.POSITIVE_INFINITY : 1e6 / w_ohm;
      double b_uS = b_ohm == 0 ? Double.POSITIVE_INFINITY : 1e6 / b_ohm;
      int end = 2 * cells;
      for (int i = 0; i < rows; i++) {
        end(dense, circuit.boundary().left().get(i), voltages.left_V[i], end++, w(i, 0), w_uS);
        end(
            dense,
            circuit.boundary().right().get(i),
            voltages.right_V[i],
            end++,
            w(i, columns - 1),
            w_uS);
        for (int j = 1; j < columns; j++) {
          dense.resistor(w(i, j - 1), w(i, j), w_uS);
        }
      }
      for (int j = 0; j < columns; j++) {
        end(dense, circuit.boundary().top().get(j), voltages.top_V[j], end++, b(0, j), b_uS);
        end(
            dense,
            circuit.boundary().bottom().get(j),
            voltages.bottom_V[j],
            end++,
            b(rows - 1, j),
            b_uS);
        for (int i = 1; i < rows; i++) {
          dense.resistor(b(i - 1, j), b(i, j), b_uS);
        }
      }
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          dense.resistor(w(i, j), b(i, j), circuit.conductance_uS(i, j));
        }
      }
      dense.solve();
      return dense;
    }

    private static void end(
        DenseCircuit dense, LineEnd end, double volts, int node, int at, double uS) {
      if (end.isHeld()) {
        dense.resistor(at, node, uS);
        dense.hold(node, end == LineEnd.DRIVEN ? volts : 0);
      }
    }
  }

  @Test
  void manyShortedCellsAreJoined() {
    int n = 6;
    double[] cells = new double[n * n];
    Arrays.fill(cells, 25);
    for (int i = 0; i < n; i++) {
      cells[i * n + i] = Double.POSITIVE_INFINITY;
    }
    CircuitSolution solution =
        CrossbarSolver.of(CrossbarCircuit.read(n, n, cells, 2, 2))
            .solve(EndVoltages.left(new double[] {.1, .2, .3, .1, .2, .3}, n));
    for (int i = 0; i < n; i++) {
      assertEquals(solution.wordline_V(i, i), solution.bitline_V(i, i), 1e-12);
    }
    assertTrue(solution.residual() < 1e-11);
  }

  @Test
  void solutionsThatStopEarlierAreAsGoodAsTheyShouldBe() {
    java.util.Random random = new java.util.Random(5);
    double[] cells = random.doubles(48 * 40, 1, 100).toArray();
    CrossbarCircuit circuit = CrossbarCircuit.read(48, 40, cells, 3, 2);
    EffectiveConductance exact = EffectiveConductance.iterated(circuit, LinearNetwork.TOLERANCE);
    EffectiveConductance early = EffectiveConductance.iterated(circuit, 1e-7);
    for (int i = 0; i < 48; i++) {
      for (int j = 0; j < 40; j++) {
        assertEquals(exact.effective_uS(i, j), early.effective_uS(i, j), 1e-4);
      }
    }
  }

  /** Open and nearly shorted cells, ends that float or are grounded, any shape. */
  @Test
  void effectiveConductancesByEliminationAreThoseOfDenseSolutions() {
    for (int run = 0; run < 300; run++) {
      Random random = new Random(SEED + run);
      Case sample = new Case();
      sample.rows = 1 + random.nextInt(6);
      sample.columns = 1 + random.nextInt(6);
      sample.w_ohm = Math.exp(8 * random.nextDouble() - 4);
      sample.b_ohm = Math.exp(8 * random.nextDouble() - 4);
      double[] cells = new double[sample.rows * sample.columns];
      for (int at = 0; at < cells.length; at++) {
        cells[at] = random.nextInt(6) == 0 ? 0 : Math.exp(12 * random.nextDouble() - 3);
      }
      Boundary boundary =
          new Boundary(
              java.util.Collections.nCopies(sample.rows, LineEnd.DRIVEN),
              heldOrNot(random, sample.rows),
              heldOrNot(random, sample.columns),
              java.util.Collections.nCopies(sample.columns, LineEnd.GROUNDED));
      sample.circuit =
          new CrossbarCircuit(cells, sample.w_ohm, sample.b_ohm, boundary, new CellLaw.Ohmic());
      assertTrue(RowElimination.takes(sample.circuit));
      EffectiveConductance effective = EffectiveConductance.of(sample.circuit);
      for (int i = 0; i < sample.rows; i++) {
        double[] left_V = new double[sample.rows];
        left_V[i] = 1;
        sample.voltages = EndVoltages.left(left_V, sample.columns);
        DenseCircuit dense = sample.dense();
        for (int j = 0; j < sample.columns; j++) {
          double expected_uS = dense.volts(sample.b(sample.rows - 1, j)) * 1e6 / sample.b_ohm;
          // A dense solution of segments of up to 50 S beside cells of 50 nS rounds this much.
          assertEquals(expected_uS, effective.effective_uS(i, j), 1e-7, "seed " + (SEED + run));
        }
      }
    }
  }

  private static List<LineEnd> heldOrNot(Random random, int count) {
    List<LineEnd> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ends.add(random.nextInt(3) == 0 ? LineEnd.GROUNDED : LineEnd.FLOATING);
    }
    return ends;
  }

  /** Two independent methods: elimination row by row, and conjugate gradients. */
  @Test
  void largeCrossbarsWithFaultsAndUnequalWiresAreTheSameByEliminationAndByIteration() {
    for (int[] size : new int[][] {{256, 256}, {131, 254}}) {
      int rows = size[0];
      int columns = size[1];
      Random random = new Random(SEED + rows);
      double[] cells = random.doubles(rows * columns, 1, 100).toArray();
      for (int fault = 0; fault < rows; fault++) {
        cells[random.nextInt(cells.length)] = fault % 2 == 0 ? 0 : 400;
      }
      CrossbarCircuit circuit = CrossbarCircuit.read(rows, columns, cells, 0.7, 2.5);
      EffectiveConductance effective = EffectiveConductance.of(circuit);
      CrossbarSolver solver = CrossbarSolver.of(circuit);
      for (int input = 0; input < 4; input++) {
        double[] left_V = random.doubles(rows, 0, 0.2).toArray();
        CircuitSolution solution = solver.solve(EndVoltages.left(left_V, columns));
        double[] outputs_uA = effective.outputs_uA(left_V);
        double largest_uA = Arrays.stream(outputs_uA).max().orElseThrow();
        for (int j = 0; j < columns; j++) {
          assertEquals(-solution.bottom_uA(j), outputs_uA[j], 1e-10 * largest_uA);
        }
        assertTrue(solution.residual() < 1e-10, "residual " + solution.residual());
      }
    }
  }
}
