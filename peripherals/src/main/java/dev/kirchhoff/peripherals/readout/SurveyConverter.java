package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Envelope of published converters: the regression of the Accelergy ADC plug-in over Murmann's
 * survey of ISSCC and VLSI converters (Andrulis et al., arXiv 2404.06553), "a good converter" (20 %
 * quantile of energy, 10 % of area).
 *
 * <p>With SNDR = 6.0206 b + 1.7609 dB and FOM = min(213.7807 - 2.87190 ln f, 128.3068 + 3.22051 b)
 * dB: E = 0.5 pJ 10^((SNDR - FOM)/10) exp(26.04962 + 1.880037 ln n - 2.829126 ln b - 1.470202),
 * area = exp(1.346192) n^0.993279 f^0.180715 E^0.299124 um2; b effective bits (integer only: the
 * regression is discontinuous between integers), n node in nm, f conversions per second. Supply:
 * V^2 over the nominal supply of the node (assumed). Published converters scatter by a decade
 * around it: median 2.7x in energy and 5.8x in area above. Valid 4 bits and more; below, the
 * figures of 4 bits are used.
 */
public final class SurveyConverter implements Converter {
  private static final int FEWEST_BITS = 4;
  private static final double LN_10 = StrictMath.log(10);
  private static final String SOURCE =
      "ADC survey envelope (Murmann survey, regression of Andrulis et al., arXiv 2404.06553);"
          + " fitted";

  private final Process process;
  private final int bits;
  private final double time_ns;

  /** A converter of a number of effective bits at a time per conversion. */
  public SurveyConverter(Process process, int bits, double time_ns) {
    this.process = process;
    this.bits = Math.max(FEWEST_BITS, bits);
    this.time_ns = time_ns;
  }

  /** Energy of one conversion at the nominal supply, in pJ as published. */
  public static double energy_pJ(int bits, double rate_Hz, double node_nm) {
    double sndr = 6.0206 * bits + 1.7609;
    double fom = Math.min(213.7807 - 2.87190 * StrictMath.log(rate_Hz), 128.3068 + 3.22051 * bits);
    return 0.5
        * StrictMath.exp(
            LN_10 * (sndr - fom) / 10
                + 26.04962
                + 1.880037 * StrictMath.log(node_nm)
                - 2.829126 * StrictMath.log(bits)
                - 1.470202);
  }

  /** Area at the nominal supply. */
  public static double area_um2(double energy_pJ, double rate_Hz, double node_nm) {
    return StrictMath.exp(
        1.346192
            + 0.993279 * StrictMath.log(node_nm)
            + 0.180715 * StrictMath.log(rate_Hz)
            + 0.299124 * StrictMath.log(energy_pJ));
  }

  @Override
  public double energy_fJ(Account account) {
    double rate_Hz = 1e9 / time_ns;
    double pJ = energy_pJ(bits, rate_Hz, process.node_nm());
    double relative = process.supply_V() / NominalSupply.of(process.node_nm());
    if (account.isOpen()) {
      account
          .formula(
              "500 fJ x 10^((6.0206 x # + 1.7609 - min(213.7807 - 2.8719 x ln(#), 128.3068 +"
                  + " 3.22051 x #)) / 10)"
                  + " x exp(26.04962 + 1.880037 x ln(#) - 2.829126 x ln(#) - 1.470202) x #^2",
              bits,
              rate_Hz,
              bits,
              process.node_nm(),
              bits,
              relative)
          .source(SOURCE);
    }
    return 1000 * pJ * relative * relative;
  }

  @Override
  public double area_um2(Account account) {
    double rate_Hz = 1e9 / time_ns;
    double pJ = energy_pJ(bits, rate_Hz, process.node_nm());
    if (account.isOpen()) {
      account
          .formula(
              "exp(1.346192) x #^0.993279 x #^0.180715 x #^0.299124 um2",
              process.node_nm(),
              rate_Hz,
              pJ)
          .source(SOURCE);
    }
    return area_um2(pJ, rate_Hz, process.node_nm());
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
    return time_ns;
  }

  /** The survey's bits are effective bits. */
  @Override
  public ErrorBudget errors() {
    return ErrorBudget.EXACT;
  }

  @Override
  public double input_fF() {
    return Math.max(10, 0.5 * (1L << bits));
  }

  @Override
  public boolean holdsInput() {
    return true;
  }
}
