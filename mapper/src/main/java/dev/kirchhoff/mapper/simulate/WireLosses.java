package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.EffectiveConductance;
import dev.kirchhoff.arch.device.CellSampler;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Units;
import java.util.Arrays;

/**
 * Losses in the wires of chips that hold the same matrix: solved once, for the mean chip, and taken
 * over to each drawn one.
 *
 * <p>To first order the loss of a cell is the voltage that the currents of its lines lose on its
 * way,
 *
 * <pre>F_ij = r_w Σ_l g_il min(j, l) + r_b Σ_k g_kj (n − max(i, k))              (1)</pre>
 *
 * <p>lines counted from the driver and to the sense. The share of its conductance that a cell of
 * the mean chip is left with, s̄ from the exact solution, is that of a drawn chip as
 *
 * <pre>s = s̄^(F / F̄)                                                          (2)</pre>
 *
 * <p>Error of cells, root mean square over that of the wires' loss: 0.1 to 0.9 % at mean losses up
 * to 9 %, 2 % at 20 %; of whole columns 0.1 to 0.4 %. Cells that lose more than {@value #MOST_LOST}
 * are left to the exact solution. The mean chip is that of {@value #CHIPS} drawn ones.
 *
 * <p>Safe for use by several threads, which wait for each other's solutions.
 */
public final class WireLosses {
  private static final long BOUND_B = 256L << 20;
  private static final int CHIPS = 16;
  private static final double MOST_LOST = 0.4;

  /** First-order loss, ohm times uS, beyond which a cell surely loses more: all that it has. */
  private static final double MOST_FIRST_ORDER = 1e6;

  /** Key of the cells of the mean chip. */
  private static final RandomKey MEAN = RandomKey.of(0x6d65616e);

  private final Memo<Lines, Mean> means =
      new Memo<>(WireLosses::mean, BOUND_B, mean -> 3L * Double.BYTES * mean.losses().length);

  /**
   * Cells that are solved together.
   *
   * @param target_uS conductance that each was to have, row by row
   * @param columns columns
   * @param wordline_ohm resistance of the wordline between two cells
   * @param bitline_ohm resistance of the bitline between two cells
   * @param device device
   * @param effects effects that are drawn
   * @param age_s time since programming
   */
  record Lines(
      double[] target_uS,
      int columns,
      double wordline_ohm,
      double bitline_ohm,
      Device device,
      CellSampler.Effects effects,
      double age_s) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Lines lines
          && columns == lines.columns
          && wordline_ohm == lines.wordline_ohm
          && bitline_ohm == lines.bitline_ohm
          && age_s == lines.age_s
          && effects.equals(lines.effects)
          && device.equals(lines.device)
          && Arrays.equals(target_uS, lines.target_uS);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(target_uS) * 31 + Double.hashCode(age_s) + columns;
    }

    /** First-order losses (1) of cells. */
    double[] losses(double[] g_uS) {
      int rows = g_uS.length / columns;
      double[] losses = new double[g_uS.length];
      for (int i = 0; i < rows; i++) {
        double beyond = 0;
        double sum = 0;
        for (int j = 0; j < columns; j++) {
          beyond += g_uS[i * columns + j];
        }
        for (int j = 0; j < columns; j++) {
          sum += beyond;
          beyond -= g_uS[i * columns + j];
          losses[i * columns + j] = wordline_ohm * sum;
        }
      }
      for (int j = 0; j < columns; j++) {
        double beyond = 0;
        double sum = 0;
        for (int i = 0; i < rows; i++) {
          beyond += g_uS[i * columns + j];
        }
        for (int i = rows - 1; i >= 0; i--) {
          sum += beyond;
          beyond -= g_uS[i * columns + j];
          losses[i * columns + j] += bitline_ohm * sum;
        }
      }
      return losses;
    }
  }

  /** Shares and first-order losses of the mean chip, and whether all shares are large enough. */
  private record Mean(double[] share, double[] losses, boolean isSmall) {}

  private static Mean mean(Lines lines) {
    int cells = lines.target_uS().length;
    double[] mean_uS = new double[cells];
    double[] drawn_uS = new double[cells];
    CellSampler sampler = new CellSampler(lines.device(), lines.effects(), lines.age_s());
    for (int chip = 0; chip < CHIPS; chip++) {
      sampler.sample(MEAN.child(chip), lines.target_uS(), drawn_uS, new double[cells]);
      for (int cell = 0; cell < cells; cell++) {
        mean_uS[cell] += drawn_uS[cell] / CHIPS;
      }
    }
    double[] losses = lines.losses(mean_uS);
    if (Arrays.stream(losses).max().orElse(0) > MOST_FIRST_ORDER) {
      return new Mean(new double[0], losses, false);
    }
    double[] share = effective_uS(lines, mean_uS);
    boolean isSmall = true;
    for (int cell = 0; cell < cells; cell++) {
      share[cell] = mean_uS[cell] > 0 ? share[cell] / mean_uS[cell] : 1;
      isSmall &= share[cell] > 1 - MOST_LOST;
    }
    return new Mean(share, losses, isSmall);
  }

  /** Exact effective conductances of cells. */
  static double[] effective_uS(Lines lines, double[] g_uS) {
    int columns = lines.columns();
    if (lines.wordline_ohm() == 0) {
      return ofLadders_uS(lines, g_uS);
    }
    CrossbarCircuit circuit =
        CrossbarCircuit.read(
            g_uS.length / columns, columns, g_uS, lines.wordline_ohm(), lines.bitline_ohm());
    EffectiveConductance effective = EffectiveConductance.of(circuit, CellBlock.WIRES_TOLERANCE);
    double[] found_uS = new double[g_uS.length];
    for (int cell = 0; cell < found_uS.length; cell++) {
      found_uS[cell] = effective.effective_uS(cell / columns, cell % columns);
    }
    return found_uS;
  }

  /**
   * Exact effective conductances of cells whose wordlines take no voltage: each bitline is a ladder
   * of its own. From its far end on, Y_i = g_i + Y_(i-1)/(1 + r Y_(i-1)) is what node i conducts to
   * the wordlines; from 1 V at the sense on, v_i = v_(i+1)/(1 + r Y_i). By reciprocity g_i v_i is
   * the effective conductance.
   */
  private static double[] ofLadders_uS(Lines lines, double[] g_uS) {
    int columns = lines.columns();
    int rows = g_uS.length / columns;
    double r_perUS = lines.bitline_ohm() * Units.MOHM_PER_OHM;
    double[] found_uS = new double[g_uS.length];
    double[] lost = new double[rows];
    for (int j = 0; j < columns; j++) {
      double above_uS = 0;
      for (int i = 0; i < rows; i++) {
        above_uS += g_uS[i * columns + j];
        lost[i] = 1 + r_perUS * above_uS;
        above_uS /= lost[i];
      }
      double v = 1;
      for (int i = rows - 1; i >= 0; i--) {
        v /= lost[i];
        found_uS[i * columns + j] = g_uS[i * columns + j] * v;
      }
    }
    return found_uS;
  }

  /** Number of mean chips that were solved. */
  long solved() {
    synchronized (means) {
      return means.computed();
    }
  }

  /** Effective conductances of a drawn chip. */
  double[] of(Lines lines, double[] g_uS) {
    Mean mean;
    synchronized (means) {
      mean = means.get(lines);
    }
    if (!mean.isSmall()) {
      return effective_uS(lines, g_uS);
    }
    double[] losses = lines.losses(g_uS);
    double[] found_uS = new double[g_uS.length];
    for (int cell = 0; cell < found_uS.length; cell++) {
      double ratio = losses[cell] / mean.losses()[cell];
      double share = mean.share()[cell];
      found_uS[cell] = g_uS[cell] * (share < 1 ? StrictMath.pow(share, ratio) : share);
    }
    return found_uS;
  }
}
