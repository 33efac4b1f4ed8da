package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import java.util.Optional;

/**
 * One link off the chip, with the memory behind it where its kind is one of memory; it does not
 * scale with the node.
 *
 * <p>HyperTransport: 2.6 W and 5.72 mm2 for 6.4 GB/s, drawn always, in proportion to the bandwidth
 * (read: ISAAC, doi 10.1109/ISCA.2016.12, four links 10.4 W and 22.88 mm2). Parallel: pads of 0.8
 * Gb/s, 5 pF at 1.8 V with an activity of 1/4, 5000 um2 a pad (assumed).
 *
 * <p>Memory, device and interface together, per bit: LPDDR4 8 pJ, DDR3 70 pJ, GDDR5 14 pJ, HBM2 3.9
 * pJ (read: the table of Accelergy's CACTI plug-in, after Malladi et al., ISCA 2012, and Chatterjee
 * et al., MICRO 2017). On the chip: the controller and pads of a link, 0.15 mm2 and 15 mW a GB/s
 * (assumed; published interfaces take 0.1 to 0.4 mm2 a GB/s). The memory's own area and refresh are
 * outside the chip and neglected.
 */
public final class IoLink implements Circuit {
  private static final double SERIAL_UW = 2.6e6;
  private static final double SERIAL_UM2 = 5.72e6;
  private static final double SERIAL_GBPS = 6.4;
  private static final double PAD_FF = 5000;
  private static final double PAD_V = 1.8;
  private static final double PAD_UM2 = 5000;
  private static final double PAD_BIT_PER_NS = 0.8;
  private static final double MEMORY_UM2_PER_GBPS = 150_000;
  private static final double MEMORY_UW_PER_GBPS = 15_000;
  private static final String SERIAL =
      "HyperTransport link of ISAAC (doi 10.1109/ISCA.2016.12), read; no scaling";
  private static final String PARALLEL =
      "pad 5 pF, 1.8 V, 0.8 Gb/s, 5000 um2 (assumed); no scaling";
  private static final String MEMORY =
      "memory and interface, table of Accelergy's CACTI plug-in (Malladi et al., ISCA 2012;"
          + " Chatterjee et al., MICRO 2017), read; controller 0.15 mm2 and 15 mW a GB/s"
          + " (assumed)";

  /** Kind of the link of a chip that has none: its price is known, and no such link exists. */
  public static final Io.IoKind STANDARD = Io.IoKind.PARALLEL;

  private final Io.IoKind kind;
  private final double bandwidth_GBps;

  /** One of the links of a chip; without any, one of no bandwidth. */
  public IoLink(Optional<Io> io) {
    kind = io.map(Io::kind).orElse(STANDARD);
    bandwidth_GBps = io.map(Io::bandwidth_GBps).orElse(0.0);
  }

  /** Energy of one bit; 0 for a serial link, whose power is drawn always. */
  public double bit_fJ(Account account) {
    return switch (kind) {
      case HYPER_TRANSPORT -> {
        account.formula("0 fJ").source("a serial link draws its power always; " + SERIAL);
        yield 0;
      }
      case PARALLEL -> {
        account.formula("0.25 x 5000 fF x (1.8 V)^2").source(PARALLEL);
        yield 0.25 * PAD_FF * PAD_V * PAD_V;
      }
      case LPDDR4 -> memory_fJ(8000, account);
      case DDR3 -> memory_fJ(70_000, account);
      case GDDR5 -> memory_fJ(14_000, account);
      case HBM2 -> memory_fJ(3900, account);
    };
  }

  private static double memory_fJ(double bit_fJ, Account account) {
    account.formula("# fJ", bit_fJ).source(MEMORY);
    return bit_fJ;
  }

  @Override
  public double area_um2(Account account) {
    return switch (kind) {
      case HYPER_TRANSPORT ->
          linear("5720000 um2 x # GB/s / 6.4 GB/s", SERIAL_UM2 / SERIAL_GBPS, SERIAL, account);
      case PARALLEL ->
          linear("5000 um2 x 8 x # GB/s / 0.8", PAD_UM2 * 8 / PAD_BIT_PER_NS, PARALLEL, account);
      case LPDDR4, DDR3, GDDR5, HBM2 ->
          linear("150000 um2 x # GB/s", MEMORY_UM2_PER_GBPS, MEMORY, account);
    };
  }

  @Override
  public double static_uW(Account account) {
    return switch (kind) {
      case HYPER_TRANSPORT ->
          linear("2600000 uW x # GB/s / 6.4 GB/s", SERIAL_UW / SERIAL_GBPS, SERIAL, account);
      case PARALLEL -> {
        account.formula("0 uW").source(PARALLEL);
        yield 0;
      }
      case LPDDR4, DDR3, GDDR5, HBM2 ->
          linear("15000 uW x # GB/s", MEMORY_UW_PER_GBPS, MEMORY, account);
    };
  }

  private double linear(String formula, double perGBps, String source, Account account) {
    if (account.isOpen()) {
      account.formula(formula, bandwidth_GBps).source(source);
    }
    return perGBps * bandwidth_GBps;
  }
}
