package dev.kirchhoff.mapper.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.EffectiveConductance;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IrDropTest {

  private static final long SEED = 7;

  @Test
  void oneCellIsAVoltageDivider() {
    // One cell of 100 uS behind 1 + 1 + 30 + 20 ohm = 0.0052 of its resistance: exact loss is
    // 0.0052 / 1.0052 = 0.517 %.
    WireResistances wires = new WireResistances(1, 1, 30, 20);
    assertEquals(1 / 1.0052, IrDrop.retained(100, 1, 1, 1, wires), 1e-6);
    assertEquals(0.0052 / 1.0052, exactLoss(1, 1, 1, wires, 100, 100, new Random(SEED)), 1e-9);
  }

  @Test
  void lossAgreesWithNodalSolutions() {
    int[][] sizes = {{8, 3}, {16, 16}, {16, 48}, {64, 16}, {32, 32}, {32, 64}, {64, 64}};
    double[][] resistances = {
      {1, 1, 0, 0}, {2.5, 1, 0, 0}, {1, 4, 0, 0}, {1, 1, 50, 0}, {0.5, 0.5, 0, 30}, {1, 2, 20, 10}
    };
    Random random = new Random(SEED);
    double worst = 0;
    for (int[] size : sizes) {
      for (double[] r : resistances) {
        WireResistances wires = new WireResistances(r[0], r[1], r[2], r[3]);
        worst = Math.max(worst, compare(size[0], size[1], size[0], wires, 0.02, random));
      }
    }
    worst = Math.max(worst, compare(64, 64, 16, new WireResistances(1, 1, 0, 0), 0.02, random));
    worst = Math.max(worst, compare(64, 32, 32, new WireResistances(1, 2, 20, 5), 0.02, random));
    assertTrue(worst < 0.012, "seed " + SEED + " worst " + worst);
  }

  /** Losses of half of the current and more: in both lines, in one of them, at their ends. */
  @Test
  void largeLossesAgreeWithNodalSolutions() {
    double[][] resistances = {
      {10, 10, 0, 0}, {20, 20, 0, 0}, {1, 40, 0, 0}, {20, 2, 0, 0}, {1, 1, 0, 200}, {5, 5, 100, 100}
    };
    Random random = new Random(SEED);
    for (int[] size : new int[][] {{32, 64}, {64, 64}, {128, 16}}) {
      for (double[] r : resistances) {
        WireResistances wires = new WireResistances(r[0], r[1], r[2], r[3]);
        compare(size[0], size[1], size[0], wires, 0.04, random);
      }
    }
    // Bitlines alone, as of wordlines that drive gates: wires of 1 mohm stand for none.
    for (double segment_ohm : new double[] {1, 10, 40}) {
      compare(128, 8, 128, new WireResistances(1e-3, segment_ohm, 0, 0), 0.01, random);
    }
  }

  @Test
  void whatOneGainAColumnAndGroupLeavesAgreesWithExactCircuits() {
    Random random = new Random(SEED);
    for (int[] size : new int[][] {{16, 32}, {32, 32}, {64, 16}, {128, 16}}) {
      for (double segment_ohm : new double[] {0.5, 2, 10}) {
        int rows = size[0];
        int columns = size[1];
        double[] actual_uS = new double[rows * columns];
        double mean_uS = 0;
        for (int i = 0; i < actual_uS.length; i++) {
          actual_uS[i] = 20 + 60 * random.nextDouble();
          mean_uS += actual_uS[i] / actual_uS.length;
        }
        double left = left(actual_uS, rows, columns, segment_ohm);
        WireResistances wires = new WireResistances(segment_ohm, segment_ohm, 0, 0);
        double estimate = IrDrop.noiseToSignal(mean_uS, rows, columns, wires);
        String message =
            "seed " + SEED + " " + rows + "x" + columns + " " + segment_ohm + " ohm: " + left;
        assertEquals(0, 10 * Math.log10(estimate / left), 1.5, message);
      }
    }
  }

  @Test
  void ofLaddersTheResidueIsExactAtAnyLoss() {
    Random random = new Random(SEED);
    for (double segment_ohm : new double[] {1, 10, 100}) {
      int rows = 128;
      double[] cells_uS = new double[rows];
      for (int i = 0; i < rows; i++) {
        cells_uS[i] = 50 + random.nextDouble();
      }
      double[] ladder = ladder(cells_uS, segment_ohm);
      double sum = 0;
      double squares = 0;
      for (double share : ladder) {
        sum += share;
        squares += share * share;
      }
      double variance = squares * rows / (sum * sum) - 1;
      WireResistances wires = new WireResistances(0, segment_ohm, 0, 0);
      double estimate = IrDrop.noiseToSignal(50.5, rows, 64, wires);
      assertEquals(1, estimate / variance, 0.05, segment_ohm + " ohm");
      assertEquals(
          sum / rows, IrDrop.retained(50.5, rows, 64, 1, wires), 0.005, segment_ohm + " ohm");
    }
  }

  /** Shares of the current that cells of a bitline reach its end with: Kirchhoff by hand. */
  private static double[] ladder(double[] cells_uS, double segment_ohm) {
    double[] share = new double[cells_uS.length];
    // Voltages from the far end on, for a current of the first node that is one.
    double[] v = new double[cells_uS.length + 1];
    v[0] = 1;
    double current = 0;
    for (int i = 0; i < cells_uS.length; i++) {
      current += cells_uS[i] * 1e-6 * v[i];
      v[i + 1] = v[i] + segment_ohm * current;
    }
    for (int i = 0; i < cells_uS.length; i++) {
      share[i] = v[i] / v[cells_uS.length];
    }
    return share;
  }

  /** Mean square of what cells are off by, relative to their own, after a gain for each column. */
  private static double left(double[] actual_uS, int rows, int columns, double segment_ohm) {
    EffectiveConductance effective =
        EffectiveConductance.of(
            CrossbarCircuit.read(rows, columns, actual_uS, 1e-6, segment_ohm), 1e-10);
    double error = 0;
    double all = 0;
    for (int j = 0; j < columns; j++) {
      double with = 0;
      double without = 0;
      for (int i = 0; i < rows; i++) {
        with += effective.effective_uS(i, j);
        without += actual_uS[i * columns + j];
      }
      for (int i = 0; i < rows; i++) {
        double own = actual_uS[i * columns + j];
        double miss = effective.effective_uS(i, j) * without / with - own;
        error += miss * miss;
        all += own * own;
      }
    }
    return error / all;
  }

  private static double compare(
      int rows, int columns, int active, WireResistances wires, double within, Random random) {
    double exact = exactLoss(rows, columns, active, wires, 10, 100, random);
    double loss = 1 - IrDrop.retained(55, rows, columns, (double) active / rows, wires);
    String message =
        "seed " + SEED + " " + rows + "x" + columns + " active " + active + " " + wires;
    assertEquals(exact, loss, within, message);
    return Math.abs(exact - loss);
  }

  /**
   * Share of the ideal current lost: exact node voltages by conjugate gradients; rows that are not
   * active are gated off.
   */
  private static double exactLoss(
      int rows,
      int columns,
      int active,
      WireResistances wires,
      double min,
      double max,
      Random random) {
    double[][] g = new double[rows][columns];
    double ideal = 0;
    int every = rows / active;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        g[i][j] = i % every == 0 ? (min + (max - min) * random.nextDouble()) * 1e-6 : 0;
        ideal += g[i][j];
      }
    }
    Grid grid = new Grid(g, wires);
    double[] v = grid.solve();
    double current = 0;
    for (int j = 0; j < columns; j++) {
      current += v[grid.bit(rows - 1, j)] * grid.sink;
    }
    return 1 - current / ideal;
  }

  /**
   * Nodes of all wordlines (driven at the left with 1 V), then of all bitlines (grounded at the
   * bottom).
   */
  private static final class Grid {
    private final double[][] g;
    private final int rows;
    private final int columns;
    private final double word;
    private final double bitline;
    private final double source;
    private final double sink;

    Grid(double[][] g, WireResistances wires) {
      this.g = g;
      rows = g.length;
      columns = g[0].length;
      word = 1 / wires.wordlineSegment_ohm();
      bitline = 1 / wires.bitlineSegment_ohm();
      source = 1 / (wires.wordlineSegment_ohm() + wires.driver_ohm());
      sink = 1 / (wires.bitlineSegment_ohm() + wires.frontEndInput_ohm());
    }

    int bit(int i, int j) {
      return rows * columns + i * columns + j;
    }

    /**
     * Currents that leave each node at voltages v; with {@code diagonal} the sum of conductances at
     * each node.
     */
    private void apply(double[] v, double[] out, double[] diagonal) {
      java.util.Arrays.fill(out, 0);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          int w = i * columns + j;
          edge(v, out, diagonal, w, bit(i, j), g[i][j]);
          edge(v, out, diagonal, w, j == 0 ? -1 : w - 1, j == 0 ? source : word);
          int b = bit(i, j);
          boolean last = i == rows - 1;
          edge(v, out, diagonal, b, last ? -1 : bit(i + 1, j), last ? sink : bitline);
        }
      }
    }

    private static void edge(double[] v, double[] out, double[] diagonal, int a, int b, double g) {
      double current = g * (v[a] - (b < 0 ? 0 : v[b]));
      out[a] += current;
      diagonal[a] += g;
      if (b >= 0) {
        out[b] -= current;
        diagonal[b] += g;
      }
    }

    double[] solve() {
      int n = 2 * rows * columns;
      double[] v = new double[n];
      double[] product = new double[n];
      double[] diagonal = new double[n];
      apply(v, product, diagonal);
      double[] residual = new double[n];
      for (int i = 0; i < rows; i++) {
        residual[i * columns] = source;
      }
      double[] direction = new double[n];
      double before = 0;
      double first = 0;
      for (int iteration = 0; iteration < 20_000; iteration++) {
        double rho = 0;
        for (int k = 0; k < n; k++) {
          rho += residual[k] * residual[k] / diagonal[k];
        }
        first = iteration == 0 ? rho : first;
        if (rho < 1e-24 * first) {
          return v;
        }
        for (int k = 0; k < n; k++) {
          direction[k] =
              residual[k] / diagonal[k] + (iteration == 0 ? 0 : rho / before) * direction[k];
        }
        apply(direction, product, new double[n]);
        double curvature = 0;
        for (int k = 0; k < n; k++) {
          curvature += direction[k] * product[k];
        }
        for (int k = 0; k < n; k++) {
          v[k] += rho / curvature * direction[k];
          residual[k] -= rho / curvature * product[k];
        }
        before = rho;
      }
      throw new IllegalStateException("The nodal equations did not converge.");
    }
  }

  /** A quarter of 64 cells of 100 uS behind 100 ohm: a loss of 16 x 0.01 in a divider. */
  @Test
  void onlyRowsThatConductLoseAtTheFrontEnd() {
    WireResistances end = new WireResistances(0, 0, 0, 100);
    assertEquals(1 / 1.16, IrDrop.retained(100, 64, 1, 0.25, end), 1e-12);
    assertEquals(1 / 1.64, IrDrop.retained(100, 64, 1, 1, end), 1e-12);
  }
}
