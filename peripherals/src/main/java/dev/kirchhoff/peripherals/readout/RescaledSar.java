package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * The converter of ISAAC (8 bits, 32 nm, after Kull et al., 2013) rescaled to other resolutions
 * with the SAR model of Saberi et al. (IEEE TCAS-I 2011, doi 10.1109/TCSI.2011.2107214): a table of
 * 4..10 bits.
 *
 * <p>Read: Accelergy library, ISAAC ADC table (derived there from power over rate, so static power
 * is inside). Outside 4..10 bits the ratio of the last two entries goes on (assumed). Rate 1.28
 * GS/s at 8 bits, time ~ bits.
 */
public final class RescaledSar implements Converter {
  private static final double NODE_NM = 32;
  private static final int FIRST = 4;
  private static final double[] ENERGY_FJ = {790, 990, 1200, 1420, 1666.667, 1969.078, 2379.023};
  private static final double[] AREA_UM2 = {
    361.04, 476.91, 626.91, 845.18, 1200, 1827.912, 3002.008
  };
  private static final double NS_PER_BIT = 1 / 1.28 / 8;
  private static final String SOURCE =
      "ISAAC ADC (doi 10.1109/ISCA.2016.12) rescaled after Saberi 2011, 32 nm, 0.9 V; analogue"
          + " scaling; read";

  private final Process process;
  private final int bits;

  /** A converter of a number of bits. */
  public RescaledSar(Process process, int bits) {
    this.process = process;
    this.bits = bits;
  }

  @Override
  public double energy_fJ(Account account) {
    double at32 = at(ENERGY_FJ);
    double factor = process.energyFactor(ScalingClass.ANALOG, NODE_NM, Process.FIT_SUPPLY_V);
    if (account.isOpen()) {
      account.formula("# fJ x #", at32, factor).source(SOURCE);
    }
    return at32 * factor;
  }

  @Override
  public double area_um2(Account account) {
    double at32 = at(AREA_UM2);
    double factor = process.areaFactor(ScalingClass.ANALOG, NODE_NM);
    if (account.isOpen()) {
      account.formula("# um2 x #", at32, factor).source(SOURCE);
    }
    return at32 * factor;
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account
          .formula("0 uW")
          .source("static power is inside the energy of a conversion: " + SOURCE);
    }
    return 0;
  }

  @Override
  public double time_ns() {
    return NS_PER_BIT * bits;
  }

  /**
   * 1.76 bits of 8 as measured on the converter that ISAAC's is modelled on (Kull 2013), in
   * proportion.
   */
  @Override
  public ErrorBudget errors() {
    return ErrorBudget.ofLostBits(1.76 / 8 * bits);
  }

  @Override
  public double input_fF() {
    return Math.max(10, 0.5 * (1L << bits));
  }

  private double at(double[] table) {
    int i = bits - FIRST;
    int last = table.length - 1;
    if (i < 0) {
      return table[0] * StrictMath.pow(table[1] / table[0], i);
    }
    if (i > last) {
      return table[last] * StrictMath.pow(table[last] / table[last - 1], i - last);
    }
    return table[i];
  }

  @Override
  public boolean holdsInput() {
    return true;
  }
}
