package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Converter whose range is trimmed to a layer's data by six register bits and a six-bit capacitor
 * DAC, refreshed whenever its charge has leaked by a quarter of a step (docs/circuits.md, eq. 49).
 *
 * <p>P = C V²/t with t = C LSB/4/I_leak, that is 4 I_leak V²/LSB: a standing power. What a
 * conversion draws from a reference is in its converter's energy. Assumed: 6 bits, 1 um2 a unit
 * capacitor at 28 nm. Neglected: the time to trim.
 */
public final class CalibratedReference extends AdaptedConverter {
  private static final int TRIM_BITS = 6;
  private static final double FLIP_FLOP_AREA_GATES = 6;
  private static final double CODES_UM2 = 64;
  private static final String SOURCE =
      "; trimmed reference of 6 bits: 64 um2 at 28 nm, refreshed before 10 pA have moved it by a"
          + " quarter of a step (assumed)";

  private final Process process;
  private final Signal signal;

  /** A converter with a trimmed reference. */
  public CalibratedReference(Process process, Signal signal, Converter converter) {
    super(converter);
    this.process = process;
    this.signal = signal;
  }

  /** C V² over C LSB/4/I: the capacitance cancels. */
  @Override
  public double static_uW(Account account) {
    double own_uW = converter.static_uW(account);
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula(account.formula() + " + 4 x 1e-5 uA x (# V)^2 / # V", v, signal.step_V())
          .source(account.source() + SOURCE);
    }
    return own_uW + 4 * Process.OPEN_SWITCH_UA * v * v / signal.step_V();
  }

  @Override
  public double area_um2(Account account) {
    double own_um2 = converter.area_um2(account);
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    if (account.isOpen()) {
      account
          .formula(account.formula() + " + 6 x 6 x # um2 + 64 um2 x #", process.gate_um2(), scale)
          .source(account.source() + SOURCE);
    }
    return own_um2 + TRIM_BITS * FLIP_FLOP_AREA_GATES * process.gate_um2() + CODES_UM2 * scale;
  }
}
