package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;

/**
 * Clocked comparator, sized for noise, offset and time of a decision (docs/circuits.md, eq. 9 to
 * 12).
 *
 * <p>Energy of a decision = c kT (V/σ_n)² + 2 C_ox W L V² (1 + 0.01 n) + 20 gates: noise of a
 * dynamic latch, c = 4 (StrongARM, Razavi, IEEE Solid-State Circuits Mag. 2015, doi
 * 10.1109/MSSC.2015.2418155; the value assumed), input pair of W L = (A_vt/σ_o)² with a trim of n
 * bits ({@link Matching}), and the latch. Regeneration takes t = τ ln(V/(ΔV P)), τ = 0.4 FO4
 * (assumed); in a shorter time it is undecided with the probability P = (V/ΔV) exp(−t/τ), and the
 * code is uniformly random: P 4^B/12 steps² of noise, 0.01 at t_min. A comparator clocked near its
 * limit is drawn wider: energy and area times 1/(1 − t_min/t), at most 5. Neglected: kickback,
 * hysteresis, common mode.
 */
record Comparator(
    double noise_fJ,
    double pair_fJ,
    double latch_fJ,
    Matching.Pair pair,
    double latch_um2,
    double widening,
    double metastability_steps2,
    double least_ns) {
  static final String SOURCE =
      "comparator: 4 kT (V/noise)^2, pair sized and trimmed after Pelgrom 1989 (A_vt, trim assumed),"
          + " latch with clock and set-reset stage of 20 gates (assumed)";

  private static final double NOISE = 4;
  private static final double LATCH_GATES = 20;
  private static final double LATCH_AREA_GATES = 20;
  private static final double REGENERATION_FO4 = 0.4;
  private static final double MOST_WIDENING = 5;
  private static final double WIRING_FF = 2;

  /**
   * A comparator.
   *
   * @param noise_V deviation of its noise
   * @param offset_V deviation of its offset after trimming
   * @param time_ns time of a decision; 0 for a comparator that waits until it has decided
   */
  static Comparator of(
      Process process, Signal signal, double noise_V, double offset_V, double time_ns) {
    return of(process, signal, signal.step_V(), noise_V, offset_V, time_ns);
  }

  /** Energy of a decision. */
  double energy_fJ() {
    return (noise_fJ + pair_fJ * pair.trimEnergy() + latch_fJ) * widening;
  }

  /** Area. */
  double area_um2() {
    return (pair.area_um2() + latch_um2) * widening;
  }

  /** Capacitance of a gate of its pair. */
  double input_fF() {
    return pair.gate_fF() * widening;
  }

  /** Noise of decisions that are metastable at the end of their time. */
  NoiseTerm metastability() {
    return new NoiseTerm("metastability", metastability_steps2);
  }

  /** Its parts, for a number of decisions in a conversion. */
  List<BudgetTerm> parts(double decisions, double comparators) {
    return parts(decisions, decisions, comparators);
  }

  /**
   * Its parts: noise, matched pair, trim and latch, each wider the nearer its least time a decision
   * is.
   *
   * @param noisy decisions that take the energy of low noise
   * @param decisions decisions in a conversion
   * @param comparators comparators of a converter
   */
  List<BudgetTerm> parts(double noisy, double decisions, double comparators) {
    double trim = pair.trimEnergy() - 1;
    double drawn = BudgetedConverter.LAYOUT * comparators;
    return List.of(
        BudgetTerm.energy(
            "comparator noise",
            new BudgetTerm.Figure(
                noisy * noise_fJ * widening, "# x # fJ x #", noisy, noise_fJ, widening)),
        new BudgetTerm(
            "comparator pair",
            new BudgetTerm.Figure(
                decisions * pair_fJ * widening, "# x # fJ x #", decisions, pair_fJ, widening),
            new BudgetTerm.Figure(
                drawn * (pair.area_um2() - pair.trim_um2()) * widening,
                "# x 4 x # um2 x #",
                drawn,
                pair.gate_um2(),
                widening)),
        new BudgetTerm(
            "comparator trim",
            new BudgetTerm.Figure(
                decisions * trim * pair_fJ * widening,
                "# x # x # fJ x #",
                decisions,
                trim,
                pair_fJ,
                widening),
            new BudgetTerm.Figure(
                drawn * pair.trim_um2() * widening,
                "# x # um2 x #",
                drawn,
                pair.trim_um2(),
                widening)),
        new BudgetTerm(
            "comparator latch",
            new BudgetTerm.Figure(
                decisions * latch_fJ * widening, "# x # fJ x #", decisions, latch_fJ, widening),
            new BudgetTerm.Figure(
                drawn * latch_um2 * widening, "# x # um2 x #", drawn, latch_um2, widening)));
  }

  /**
   * Bias current of a continuous comparator, for a signal that rises by a step in a time: noise
   * over a step, 2 kT γ/(σ² t), and a bandwidth of 2π over a step with its own gates and 2 fF of
   * wiring (assumed), at V_ov.
   *
   * @param noise_V deviation of its noise
   */
  double continuous_uA(Signal signal, double noise_V, double step_ns) {
    double forNoise_uS = 2 * signal.kT_fJ() / (noise_V * noise_V) / step_ns;
    double forSpeed_uS = 2 * Math.PI * (WIRING_FF + input_fF()) / step_ns;
    return Math.max(forNoise_uS, forSpeed_uS) * Signal.OVERDRIVE_V;
  }

  /**
   * A comparator of a voltage difference other than a step of the signal.
   *
   * @param step_V difference of a step of the code at its input
   */
  static Comparator of(
      Process process,
      Signal signal,
      double step_V,
      double noise_V,
      double offset_V,
      double time_ns) {
    double v = process.supply_V();
    Matching.Pair pair = Matching.of(process).pair(offset_V);
    double tau_ns = REGENERATION_FO4 * process.fo4_ns();
    double codes2 = signal.codes() * signal.codes();
    double gain = v / step_V;
    double least_ns =
        tau_ns * StrictMath.log(gain * codes2 / (12 * ErrorAllocation.METASTABILITY2));
    boolean waits = time_ns == 0;
    double metastability =
        waits ? 0 : Math.min(1, gain * StrictMath.exp(-time_ns / tau_ns)) * codes2 / 12;
    double widening = 1;
    if (!waits) {
      widening =
          time_ns <= least_ns
              ? MOST_WIDENING
              : Math.min(MOST_WIDENING, 1 / (1 - least_ns / time_ns));
    }
    double noise_fJ = NOISE * signal.kT_fJ() * v * v / (noise_V * noise_V);
    double pair_fJ = 2 * pair.gate_fF() * v * v;
    double latch_fJ = LATCH_GATES * process.gate_fJ();
    return new Comparator(
        noise_fJ,
        pair_fJ,
        latch_fJ,
        pair,
        LATCH_AREA_GATES * process.gate_um2(),
        widening,
        metastability,
        least_ns);
  }
}
