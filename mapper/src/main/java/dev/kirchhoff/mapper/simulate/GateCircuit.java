package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.device.ConductanceLaw;
import dev.kirchhoff.arch.kernel.Machine.Gate;

/**
 * Voltage dividers of stateful gates: whether the output cell switches, by the conductances of the
 * cells as they are. No gain of a readout is in the way, so that only ratios of conductances and
 * the load count; drift of the off state, which lowers its conductance, widens the margin.
 *
 * <p>Material implication: input p at V_cond and output q at V_set share a line with a load G_L to
 * ground; q, if off, is set where the voltage across it exceeds its threshold,
 *
 * <pre>V_set − (G_p V_cond + G_q V_set)/(G_p + G_q + G_L) > V_th               (1)</pre>
 *
 * <p>with V_set = 1, V_cond = 0.7, V_th = 0.75 (assumed). Source of the circuit: Kvatinsky et al.,
 * IEEE Trans. VLSI 22, 2054 (2014), doi 10.1109/TVLSI.2013.2282132.
 *
 * <p>NOR: inputs in parallel, in series with the output, which is on, at V_0; the output is reset
 * where its share of V_0 exceeds its threshold V_r, that is at G_in/G_out > θ,
 *
 * <pre>V_0 G_in / (G_in + G_out) > V_r,  G_in = Σ G_inputs,  V_0 = V_r (1 + 1/θ) (2)</pre>
 *
 * <p>Source of the circuit: Kvatinsky et al., IEEE Trans. Circuits Syst. II 61, 895 (2014), doi
 * 10.1109/TCSII.2014.2357292.
 *
 * <p>Load and V_0 are designed for the device ({@link #of}). Thresholds of cells spread by {@value
 * #SPREAD} of their mean (assumed: no entry of the catalogue states it). Neglected: the curve of
 * the current, wires, the change of conductances while they switch, inputs that switch too. Valid
 * for cells whose current is sensed.
 *
 * @param load_uS load of an implication, G_L
 * @param share least conductance of the inputs of a NOR over that of the output, θ
 */
record GateCircuit(double load_uS, double share) {
  private static final double SET_V = 1;
  private static final double CONDITION_V = 0.7;
  private static final double THRESHOLD_V = 0.75;

  /** Standard deviation of the threshold of a cell over its mean. */
  static final double SPREAD = 0.05;

  private static final double LINE_V = SET_V - THRESHOLD_V;
  private static final double INPUT = (CONDITION_V - LINE_V) / LINE_V;
  private static final double OUTPUT = (SET_V - LINE_V) / LINE_V;

  /** Deviations of the states that a gate is designed to bear. */
  private static final double DEVIATIONS = 3;

  /** Least share of the on state that an off state counts as (assumed). */
  private static final double LEAST = 1e-4;

  /**
   * Circuits in the middle, in decades, of the range that three deviations of programmed states
   * leave; where these overlap, as many deviations from the one as from the other state.
   *
   * @param law programming errors
   * @param on_uS conductance of the on state
   * @param off_uS conductance of the off state
   */
  static GateCircuit of(ConductanceLaw law, double on_uS, double off_uS) {
    double least_uS = Math.max(off_uS, LEAST * on_uS);
    double on = law.programmingSigma_uS(on_uS);
    double off = law.programmingSigma_uS(least_uS);
    double load_uS =
        between(
            (INPUT + OUTPUT) * least_uS,
            StrictMath.hypot(INPUT, OUTPUT) * off,
            INPUT * on_uS + OUTPUT * least_uS,
            StrictMath.hypot(INPUT * on, OUTPUT * off));
    double share =
        between(
            2 * least_uS / on_uS,
            Math.sqrt(2) * off / on_uS,
            1 + least_uS / on_uS,
            Math.sqrt(2) * on / on_uS);
    return new GateCircuit(load_uS, share);
  }

  private static double between(double low, double lowSigma, double high, double highSigma) {
    double from = low + DEVIATIONS * lowSigma;
    double to = high - DEVIATIONS * highSigma;
    return from < to
        ? Math.sqrt(from * to)
        : (low * highSigma + high * lowSigma) / (lowSigma + highSigma);
  }

  /**
   * True if the output cell switches: to off by {@code FALSE} and {@code NOR}, to on by {@code
   * TRUE} and {@code IMPLY}.
   *
   * @param inputs_uS conductance of the inputs, added up
   * @param output_uS conductance of the output
   * @param threshold threshold of the output over its mean
   */
  boolean switches(Gate gate, double inputs_uS, double output_uS, double threshold) {
    return switch (gate) {
      case FALSE, TRUE -> true;
      case IMPLY -> SET_V - line_V(inputs_uS, output_uS) > THRESHOLD_V * threshold;
      case NOR -> inputs_uS / (inputs_uS + output_uS) * (1 + 1 / share) > threshold;
    };
  }

  private double line_V(double input_uS, double output_uS) {
    double driven = CONDITION_V * input_uS + SET_V * output_uS;
    return driven / (input_uS + output_uS + load_uS);
  }
}
