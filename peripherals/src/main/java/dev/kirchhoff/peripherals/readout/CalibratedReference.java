package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * A converter whose range is trimmed to a layer's data: six register bits and a six-bit capacitor
 * DAC beside it, whose output is recharged with every conversion.
 *
 * <p>Assumed: 6 bits, 1 um2 a unit capacitor at 28 nm, 50 fF recharged (one bit of ZigZag-IMC's
 * DAC). Neglected: the time to trim.
 */
public final class CalibratedReference extends AdaptedConverter {
  private static final int TRIM_BITS = 6;
  private static final double FLIP_FLOP_AREA_GATES = 6;
  private static final double CODES_UM2 = 64;
  private static final double RECHARGE_FF = 50;
  private static final String SOURCE =
      "; trimmed reference of 6 bits: 64 um2 and 50 fF at 28 nm (assumed)";

  private final Process process;

  /** A converter with a trimmed reference. */
  public CalibratedReference(Process process, Converter converter) {
    super(converter);
    this.process = process;
  }

  @Override
  public double energy_fJ(Account account) {
    double own_fJ = converter.energy_fJ(account);
    double scale =
        process.energyFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM, Process.FIT_SUPPLY_V);
    double v = Process.FIT_SUPPLY_V;
    if (account.isOpen()) {
      account
          .formula(account.formula() + " + (50 fF x (0.9 V)^2 x #) range", scale)
          .source(account.source() + SOURCE);
    }
    return own_fJ + RECHARGE_FF * v * v * scale;
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
