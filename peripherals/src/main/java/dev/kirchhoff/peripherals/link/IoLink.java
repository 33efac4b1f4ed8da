package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/**
 * One link off the chip; it does not scale with the node.
 *
 * <p>HyperTransport: 2.6 W and 5.72 mm2 for 6.4 GB/s, drawn always, in proportion to the bandwidth
 * (read: ISAAC, doi 10.1109/ISCA.2016.12, four links 10.4 W and 22.88 mm2). Parallel: pads of 0.8
 * Gb/s, 5 pF at 1.8 V with an activity of 1/4, 5000 um2 a pad (assumed).
 */
public final class IoLink implements Circuit {
  private static final double SERIAL_UW = 2.6e6;
  private static final double SERIAL_UM2 = 5.72e6;
  private static final double SERIAL_GBPS = 6.4;
  private static final double PAD_FF = 5000;
  private static final double PAD_V = 1.8;
  private static final double PAD_UM2 = 5000;
  private static final double PAD_BIT_PER_NS = 0.8;
  private static final String SERIAL =
      "HyperTransport link of ISAAC (doi 10.1109/ISCA.2016.12), read; no scaling";
  private static final String PARALLEL =
      "pad 5 pF, 1.8 V, 0.8 Gb/s, 5000 um2 (assumed); no scaling";

  private final boolean serial;
  private final double bandwidth_GBps;

  /** A link. */
  public IoLink(Io io) {
    serial = io.kind() == Io.IoKind.HYPER_TRANSPORT;
    bandwidth_GBps = io.bandwidth_GBps();
  }

  /** Energy of one bit; 0 for a serial link, whose power is drawn always. */
  public double bit_fJ(Account account) {
    if (serial) {
      account.formula("0 fJ").source("a serial link draws its power always; " + SERIAL);
      return 0;
    }
    account.formula("0.25 x 5000 fF x (1.8 V)^2").source(PARALLEL);
    return 0.25 * PAD_FF * PAD_V * PAD_V;
  }

  @Override
  public double area_um2(Account account) {
    if (serial) {
      if (account.isOpen()) {
        account.formula("5720000 um2 x # GB/s / 6.4 GB/s", bandwidth_GBps).source(SERIAL);
      }
      return SERIAL_UM2 * bandwidth_GBps / SERIAL_GBPS;
    }
    if (account.isOpen()) {
      account.formula("5000 um2 x 8 x # GB/s / 0.8", bandwidth_GBps).source(PARALLEL);
    }
    return PAD_UM2 * 8 * bandwidth_GBps / PAD_BIT_PER_NS;
  }

  @Override
  public double static_uW(Account account) {
    if (serial) {
      if (account.isOpen()) {
        account.formula("2600000 uW x # GB/s / 6.4 GB/s", bandwidth_GBps).source(SERIAL);
      }
      return SERIAL_UW * bandwidth_GBps / SERIAL_GBPS;
    }
    account.formula("0 uW").source(PARALLEL);
    return 0;
  }
}
