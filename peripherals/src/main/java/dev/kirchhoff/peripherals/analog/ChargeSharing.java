package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ErrorAllocation;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;

/**
 * Two equal capacitors that weight the bits of a serial input before one conversion: the column's
 * voltage of each bit, the least significant first, is sampled on one and shared with the other, so
 * that V ← (V + S)/2 and n bits leave Σ 2^(i − n) S_i (charge redistribution, Suarez, Gray and
 * Hodges, JSSC 1975, doi 10.1109/JSSC.1975.1050629; docs/circuits.md, eq. 63 and 64).
 *
 * <pre>
 *   C = max(C_0, q √W_0, q² w),  C_0 = max((1 − 4^−n) kT/(0.2 LSB)²,  (1 % D/0.3)² fF)
 *   q = √5/2 C_ox A_vt √L/(0.1 LSB)
 *   E = C V_FS² + two switches of W L
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. C_0 is for noise and mismatch, the others for offset: a switch of
 * the least width W_0, and one of w C, which settles C in a pulse and needs C = q √(w C). Noise: a
 * sample has kT/C, of which a share keeps a quarter and adds kT/(2 C) of its switch, so that n bits
 * end with (1 − 4^−n) kT/C. Mismatch: a difference ε of the capacitors weights bits by halves ± ε/4
 * and leaves √2/3 ε of the deviation D of the sum, of bits whose sums are independent; ε = √2 σ_u.
 * Offset: mean and slope of the charge of the two switches are folded into offset and gain of the
 * output; the mismatch of their thresholds leaves ½ C_ox A_vt √(W L)/C, which adds up to √5 of it.
 * Switches settle to half a step in the time of a pulse. Area: capacitors and switches, doubled for
 * the layout (assumed). Neglected: transfer to the converter, parasitics between the capacitors,
 * dependence of injected charge on the signal beyond a slope. Valid 2..16 bits.
 */
public final class ChargeSharing implements Sampler {
  private static final double LAYOUT = 2;
  private static final double LEAST_WIDTH_F = 4;
  private static final double LENGTH_F = 4;
  private static final double GATES = 6;
  private static final double LN_2 = StrictMath.log(2);

  /** Of an offset of one switch, those of a sample and of a share, halved from share to share. */
  private static final double SWITCHES = Math.sqrt(5);

  private static final String SOURCE =
      "charge redistribution (doi 10.1109/JSSC.1975.1050629): kT/C, matching of 1 % at 1 fF,"
          + " threshold mismatch of the switches (A_vt assumed)";

  private final Process process;
  private final Signal signal;
  private final int pulses;
  private final double capacitance_fF;
  private final double width_um;

  /**
   * A pair of capacitors.
   *
   * @param signal range of the weighted sum and the converter's steps
   * @param pulses n, bits that are weighted
   * @param pulse_ns time of a pulse, in which a sample settles
   */
  public ChargeSharing(Process process, Signal signal, int pulses, double pulse_ns) {
    this.process = process;
    this.signal = signal;
    this.pulses = pulses;
    double sample_V = ErrorAllocation.SAMPLE * signal.step_V();
    double noise_fF = kept() * signal.kT_fJ() / (sample_V * sample_V);
    double matched_fF = Matching.unit_fF(1.5 * ErrorAllocation.BOW / signal.deviation_steps());
    double least_fF = Math.max(Matching.LEAST_UNIT_FF, Math.max(noise_fF, matched_fF));
    double allowed_V = ErrorAllocation.OFFSET_AFTER * signal.step_V();
    double perRootWidth = perRootGate() * Math.sqrt(process.feature_um()) / allowed_V;
    double settled_umPerfF = process.nominalSwitch_MohmUm() * (signal.bits() + 1) * LN_2 / pulse_ns;
    double least_um = LEAST_WIDTH_F * process.feature_um();
    capacitance_fF =
        Math.max(
            least_fF,
            Math.max(
                perRootWidth * Math.sqrt(least_um), perRootWidth * perRootWidth * settled_umPerfF));
    width_um = Math.max(least_um, settled_umPerfF * capacitance_fF);
  }

  /** Noise of the sum over kT/C. */
  private double kept() {
    return 1 - StrictMath.pow(4, -pulses);
  }

  /** Deviation of the charge of switches that stays on a capacitor, over the root of a gate. */
  private double perRootGate() {
    return SWITCHES * 0.5 * Matching.OXIDE_FF_PER_UM2 * Matching.of(process).threshold_Vum();
  }

  @Override
  public double capacitance_fF() {
    return capacitance_fF;
  }

  @Override
  public double sample_fJ(Account account) {
    double range_V = signal.range_V();
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula(
              "# fF x (# V)^2 + 2 x # um x 1 fF/um x (# V)^2", capacitance_fF, range_V, width_um, v)
          .source(SOURCE);
    }
    return capacitance_fF * range_V * range_V + 2 * width_um * Process.GATE_FF_PER_UM * v * v;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "2 x (2 x # fF / 1.5 fF/um2 + 2 x # um x 4 x # um) + 6 x # um2",
              capacitance_fF,
              width_um,
              process.feature_um(),
              process.gate_um2())
          .source(SOURCE);
    }
    return LAYOUT
            * (2 * capacitance_fF / Matching.CAPACITOR_FF_PER_UM2
                + 2 * width_um * LENGTH_F * process.feature_um())
        + GATES * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(GATES * process.gate_um2(), account);
  }

  @Override
  public List<NoiseTerm> noise() {
    double step_V = signal.step_V();
    double sampled_steps2 = kept() * signal.kT_fJ() / capacitance_fF / (step_V * step_V);
    double unit = Matching.UNIT_CAPACITOR / Math.sqrt(capacitance_fF);
    double mismatch_steps = 2.0 / 3 * unit * signal.deviation_steps();
    return List.of(
        new NoiseTerm("sharing of bits, kT/C", sampled_steps2),
        new NoiseTerm("sharing of bits, mismatch", mismatch_steps * mismatch_steps));
  }

  @Override
  public double offset_steps() {
    double gate_um2 = width_um * process.feature_um();
    return perRootGate() * Math.sqrt(gate_um2) / capacitance_fF / signal.step_V();
  }
}
