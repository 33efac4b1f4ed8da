package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * SRAM buffer: banks of 128 cells a bitline, joined by wires across the macro. Read: C_bitline V^2
 * / 2 + 8 gates of sensing and decoding + a wire over the side of the macro with an activity of
 * 1/4; write: a full bitline swing. Area = bits x cell / 0.6; leakage of every cell.
 *
 * <p>Assumed: half swing, 8 gates a bit, 0.15 fF of drain per cell at 32 nm in proportion to the
 * node, array efficiency 0.6. Check: 1 KB at 32 nm gives within a factor of two of PUMA's 0.33 pJ a
 * 16-bit access and 1920 um2 (CACTI). Valid 256 B to 4 MB.
 */
public final class SramBuffer implements Store {
  private static final double ROWS = 128;
  private static final double DRAIN_FF_PER_NM = 0.15 / 32;
  private static final double EFFICIENCY = 0.6;
  private static final double SENSE_GATES = 8;
  private static final String SOURCE =
      "6T cell (foundry announcements); 128 cells a bitline, half swing, 8 gates a bit,"
          + " efficiency 0.6 (assumed); CACTI-like";

  private final Process process;
  private final double bits;
  private final double cycle_ns;
  private final double bitline_fF;
  private final double side_um;

  /** A buffer of a size, accessed once a cycle. */
  public SramBuffer(Process process, double size_B, double cycle_ns) {
    this.process = process;
    this.cycle_ns = cycle_ns;
    bits = 8 * size_B;
    double pitch_um = Math.sqrt(process.sramCell_um2());
    bitline_fF = ROWS * (Process.WIRE_FF_PER_UM * pitch_um + DRAIN_FF_PER_NM * process.node_nm());
    side_um = Math.sqrt(area_um2(Account.CLOSED));
  }

  @Override
  public double read_fJ(Account account) {
    return access_fJ(0.5, account);
  }

  @Override
  public double write_fJ(Account account) {
    return access_fJ(1, account);
  }

  private double access_fJ(double swing, Account account) {
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula(
              "# x # fF x (# V)^2 + 8 x # fJ + # um x # fJ/um",
              swing,
              bitline_fF,
              v,
              process.gate_fJ(),
              side_um,
              process.repeatedWire_fJPerUm())
          .source(SOURCE);
    }
    return swing * bitline_fF * v * v
        + SENSE_GATES * process.gate_fJ()
        + side_um * process.repeatedWire_fJPerUm();
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account.formula("# x # um2 / 0.6", bits, process.sramCell_um2()).source(SOURCE);
    }
    return bits * process.sramCell_um2() / EFFICIENCY;
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # uW", bits, process.sramCellLeakage_uW())
          .source("two off paths of 2F a cell; ITRS off-current");
    }
    return bits * process.sramCellLeakage_uW();
  }

  @Override
  public double access_ns() {
    return cycle_ns;
  }
}
