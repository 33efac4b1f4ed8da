package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.circuit.Thermal;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;

/**
 * Sample-and-hold of one column: C = max(12 kT 4^B / V_FS^2, I_leak t_hold 2^(B+1) / V_FS, 5 fF),
 * so that kT/C noise and droop stay below the quantisation noise and half an LSB (docs/circuits.md,
 * eq. 60). E = C V_FS^2, area = C / (2 fF/um2) + 4 gates.
 *
 * <p>Assumed: V_FS half of the node's nominal supply, which the capacitor is sized for, 10 pA of
 * leakage through the switch, 2 fF/um2 of metal capacitor. Neglected: charge injection, the buffer
 * behind it.
 */
public final class SampleHold implements Sampler {
  private static final double SMALLEST_FF = 5;
  private static final double DENSITY_FF_PER_UM2 = 2;
  private static final double SWITCH_GATES = 4;
  private static final String SOURCE =
      "kT/C noise and droop; V_FS half of the nominal supply, leakage 10 pA, 2 fF/um2, 5 fF at least (assumed)";

  private final Process process;
  private final int bits;
  private final double hold_ns;
  private final double temperature_K;
  private final double capacitance_fF;

  /** A sample-and-hold that keeps a sample for a time with the accuracy of a number of bits. */
  public SampleHold(Process process, int bits, double hold_ns, double temperature_K) {
    this.process = process;
    this.bits = bits;
    this.hold_ns = hold_ns;
    this.temperature_K = temperature_K;
    double range_V = range_V();
    double codes = 1L << bits;
    double perCode_fF = 12 * Thermal.kT_fJ(temperature_K);
    double noise_fF = perCode_fF * codes * codes / (range_V * range_V);
    double droop_fF = Process.OPEN_SWITCH_UA * hold_ns * 2 * codes / range_V;
    capacitance_fF = Math.max(SMALLEST_FF, Math.max(noise_fF, droop_fF));
  }

  private double range_V() {
    return NominalSupply.of(process.node_nm()) / 2;
  }

  @Override
  public double capacitance_fF() {
    return capacitance_fF;
  }

  /** None: noise and droop are below the step of a code. */
  @Override
  public List<NoiseTerm> noise() {
    return List.of();
  }

  @Override
  public double offset_steps() {
    return 0;
  }

  @Override
  public double sample_fJ(Account account) {
    double v = range_V();
    if (account.isOpen()) {
      account
          .formula(
              "max(5, max(12 x 1.380649e-8 x # x 4^# / #^2, 1e-5 x # x 2^(# + 1) / #)) fF x (#"
                  + " V)^2",
              temperature_K,
              bits,
              v,
              hold_ns,
              bits,
              v,
              v)
          .source(SOURCE);
    }
    return capacitance_fF * v * v;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account
          .formula("# fF / 2 fF/um2 + 4 x # um2", capacitance_fF, process.gate_um2())
          .source(SOURCE);
    }
    return capacitance_fF / DENSITY_FF_PER_UM2 + SWITCH_GATES * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(SWITCH_GATES * process.gate_um2(), account);
  }
}
