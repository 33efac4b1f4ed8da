package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Errors of pulses whose width or number is the digit: both edges of a pulse pass the stages of a
 * row's driver, whose devices differ (docs/circuits.md, eq. 76 and 77).
 *
 * <p>Three stages (latch and chain, assumed) of the smallest gates, σ_vt = A_vt/(2 F) ({@link
 * Matching}), move an edge by √3 FO4 1.3 σ_vt/(V − 0.35 V), the slope of the alpha-power law of the
 * delay; the rising edge apart from the falling one, so that a width is off by √2 of that. Each
 * edge jitters by 0.1 FO4 (assumed, as that of a delay line). Of a width this is an offset and a
 * noise, of a train of equal pulses a gain. Resistance and capacitance of a line delay both edges
 * alike: the charge through ohmic cells stays that of the width. Neglected: a clock that all rows
 * share, whose error is a gain.
 */
public final class PulseEdges {
  private static final double STAGES = 3;
  private static final double EXPONENT = 1.3;
  private static final double THRESHOLD_V = 0.35;
  private static final double LEAST_DRIVE_V = 0.05;
  private static final double JITTER_FO4 = 0.1;

  private PulseEdges() {}

  /** Deviation of the width of a pulse between rows. */
  public static double mismatch_ns(Process process) {
    double sigma_V = Matching.of(process).threshold_Vum() / (2 * process.feature_um());
    double drive_V = Math.max(LEAST_DRIVE_V, process.supply_V() - THRESHOLD_V);
    return Math.sqrt(2 * STAGES) * process.fo4_ns() * EXPONENT * sigma_V / drive_V;
  }

  /** Errors of a pulse as long as the digit, of steps of a time. */
  public static InputErrors ofWidth(Process process, double step_ns) {
    double edge_steps = JITTER_FO4 * process.fo4_ns() / step_ns;
    double noise_steps2 = 2 * edge_steps * edge_steps;
    return new InputErrors(mismatch_ns(process) / step_ns, 0, 0, Math.sqrt(noise_steps2));
  }

  /** Errors of as many equal pulses of a time as the digit counts. */
  public static InputErrors ofCount(Process process, double pulse_ns) {
    return new InputErrors(0, Math.min(1, mismatch_ns(process) / pulse_ns), 0, 0);
  }
}
