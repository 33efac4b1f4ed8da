package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Errors of a capacitor DAC at every row of a charge array, which drives the row itself: 50 fF a
 * bit at 28 nm (read: ZigZag-IMC, arXiv 2305.18335), as its energy and area, in 2^b units
 * (docs/circuits.md, eq. 74 and 75).
 *
 * <p>Units of σ_u = 1 % at 1 fF (Tripathi and Murmann 2014, {@link Matching}) move a level by σ_u²
 * 2^b/6 steps² in the mean over the levels, each row's its own; noise kT/C. Neglected: charge that
 * the line takes, which is a gain.
 */
public final class CapacitorLevels {
  /** Capacitance of a bit at 28 nm. */
  public static final double FF_PER_BIT = 50;

  private CapacitorLevels() {}

  /**
   * Errors of the levels.
   *
   * @param bits b
   * @param full_V amplitude of the largest digit
   */
  public static InputErrors errors(Process process, int bits, double full_V, double kT_fJ) {
    double codes = StrictMath.pow(2, bits);
    double all_fF = FF_PER_BIT * bits * process.node_nm() / Process.FIT_NODE_NM;
    double unit = Matching.UNIT_CAPACITOR / Math.sqrt(all_fF / codes);
    double step_V = full_V / (codes - 1);
    return new InputErrors(0, 0, unit * Math.sqrt(codes / 6), Math.sqrt(kT_fJ / all_fF) / step_V);
  }
}
