package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * SRAM buffer: banks of at most 128 cells a bitline, joined by an H-tree of wires
 * (docs/circuits.md, eq. 97 and 98).
 *
 * <pre>
 *   E = m (C_b/5 + C_wl) V² + 8 E_g + E_decoder + E_wires a bit read,  m = min(4, words/128)
 *   A = N_b (1 + (p − 1)/2)² A_6T/0.6 + 8 A_g for each bit of a port
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. A bit has m columns of a bank behind its sense amplifier, all of
 * which discharge by a fifth of the supply until it is sensed. E_wires are wires over two sides of
 * the macro, half of them toggling; all bits of an access share the row decoder. A bit written
 * swings its own bitline in full. All N_b cells leak. Each of the p ports beyond the first adds a
 * wordline and a pair of bitlines, half a pitch each way (assumed). Assumed: swing, m, wires, 8
 * gates a column (3 to write), decoder of 4 gates a level, 0.15 fF of drain per cell at 32 nm in
 * proportion to the node, array efficiency 0.6. Against two published sources at each size (PUMA's
 * and MNSIM 2.0's tables of CACTI, Horowitz, ISSCC 2014, doi 10.1109/ISSCC.2014.6757323) within a
 * factor of 2.1 to 8 KB, low by up to 3.3 at 1 MB. Valid 64 B to 4 MB.
 */
public final class SramBuffer implements MemoryCircuit {
  private static final double ROWS = 128;
  private static final double MOST_COLUMNS = 4;
  private static final double SWING = 0.2;

  /** Two sides of the macro, at twice the activity of a quarter that wires are priced at. */
  private static final double SIDES = 4;

  private static final double DRAIN_FF_PER_NM = 0.15 / 32;
  private static final double EFFICIENCY = 0.6;
  private static final double SENSE_GATES = 8;
  private static final double WRITE_GATES = 3;
  private static final double DECODER_GATES = 4;
  private static final double PORT_PITCH = 0.5;
  private static final String SOURCE =
      "6T cell (foundry announcements); at most 128 cells a bitline, up to 4 columns a sense"
          + " amplifier, a fifth of swing, 8 gates a column read and 3 written, decoder 4 gates a"
          + " level, wires of two sides, efficiency 0.6 (assumed); CACTI-like";

  private final Process process;
  private final double bits;
  private final double cycle_ns;
  private final int width;
  private final int ports;
  private final double growth;
  private final double bitline_fF;
  private final double wordline_fF;
  private final double columns;
  private final double decoderGates;
  private final double side_um;

  /** A buffer of a size, width and number of ports, each accessed once a cycle. */
  public SramBuffer(Process process, double size_B, int width_bits, int ports, double cycle_ns) {
    this.process = process;
    this.cycle_ns = cycle_ns;
    this.ports = ports;
    bits = 8 * size_B;
    width = (int) Math.min(width_bits, Math.ceil(bits));
    growth = 1 + PORT_PITCH * (ports - 1);
    double pitch_um = Math.sqrt(process.sramCell_um2()) * growth;
    double words = Math.ceil(bits / width);
    bitline_fF =
        Math.min(ROWS, words)
            * (Process.WIRE_FF_PER_UM * pitch_um + DRAIN_FF_PER_NM * process.node_nm());
    columns = Math.max(1, Math.min(MOST_COLUMNS, words / ROWS));
    wordline_fF =
        Process.WIRE_FF_PER_UM * pitch_um + 2 * Process.GATE_FF_PER_UM * process.feature_um();
    decoderGates = DECODER_GATES * (64 - Long.numberOfLeadingZeros((long) words - 1)) / width;
    side_um = Math.sqrt(area_um2(Account.CLOSED));
  }

  @Override
  public double read_fJ(Account account) {
    return access_fJ(SWING * columns, SENSE_GATES, account);
  }

  @Override
  public double write_fJ(Account account) {
    return access_fJ(1 + SWING * (columns - 1), WRITE_GATES, account);
  }

  private double access_fJ(double swing, double columnGates, Account account) {
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula(
              "(# x # fF + # x # fF) x (# V)^2 + (# + #) x # fJ + 4 x # um x # fJ/um",
              swing,
              bitline_fF,
              columns,
              wordline_fF,
              v,
              columnGates,
              decoderGates,
              process.gate_fJ(),
              side_um,
              process.repeatedWire_fJPerUm())
          .source(SOURCE);
    }
    return (swing * bitline_fF + columns * wordline_fF) * v * v
        + (columnGates + decoderGates) * process.gate_fJ()
        + SIDES * side_um * process.repeatedWire_fJPerUm();
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "# x # um2 x #^2 / 0.6 + # x # x 8 x # um2",
              bits,
              process.sramCell_um2(),
              growth,
              width,
              ports,
              process.gate_um2())
          .source(SOURCE);
    }
    return bits * process.sramCell_um2() * growth * growth / EFFICIENCY
        + (double) width * ports * SENSE_GATES * process.gate_um2();
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
