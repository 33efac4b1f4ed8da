package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/**
 * Switch box of a circuit-switched fabric, with the tile's connections to its channels and the
 * segments that leave it.
 *
 * <p>Each track meets the same number of switches whatever their pattern, disjoint or Wilton's, and
 * so costs the same area: three on every side (flexibility 3, as in island-style FPGAs: Betz, Rose
 * and Marquardt, Architecture and CAD for Deep-Submicron FPGAs, 1999); the patterns differ in which
 * circuits fit, which the mapper finds out. Hence six bidirectional switches a crossing, two
 * tri-state buffers a bit each. A track's bits are switched together and share their configuration
 * cells: six for the switches and two for the connection of the tile. A bit pays one buffer, the
 * junctions of the five others on its segment, and the segment's wire; no buffering, no
 * arbitration.
 *
 * <p>Assumed: a buffer is 2.5 gates, switched energy of 3 gates a hop with junctions, a
 * configuration cell twice an SRAM cell, 2 gate delays a switch at 30 ps. Neglected: crossing wires
 * of Wilton's turns, segments longer than a tile. Valid for segments up to some millimetres.
 */
public final class SwitchBox implements Fabric {
  private static final double SWITCHES = 6;
  private static final double CONNECTIONS = 2;
  private static final double BUFFER_GATES = 2.5;
  private static final double HOP_GATES = 3;
  private static final double CONFIGURATION_CELLS = 2;
  private static final double SWITCH_NS = 0.06;
  private static final double CELL_GATES = 2;
  private static final String SOURCE =
      "six switches a crossing (Betz, Rose and Marquardt 1999); buffers of 2.5 gates, 3 gates a"
          + " hop, configuration cells of two SRAM cells (assumed)";

  private final Process process;
  private final int tracks;
  private final int width;
  private final SheetCircuit segment;

  /** A switch box that joins tracks of a width, with the segments that leave it. */
  public SwitchBox(Process process, int tracks, int width, SheetCircuit segment) {
    this.process = process;
    this.tracks = tracks;
    this.width = width;
    this.segment = segment;
  }

  /** Energy of one bit over one hop: a switch and the segment behind it. */
  @Override
  public double bit_fJ(Account account) {
    double wire_fJ = segment.energy_fJ(Account.CLOSED);
    if (account.isOpen()) {
      account.formula("3 x # fJ + # fJ", process.gate_fJ(), wire_fJ).source(SOURCE);
    }
    return HOP_GATES * process.gate_fJ() + wire_fJ;
  }

  @Override
  public double area_um2(Account account) {
    double wires_um2 = segment.area_um2(Account.CLOSED);
    double buffers = (2 * SWITCHES + CONNECTIONS) * BUFFER_GATES * width;
    double cells = (SWITCHES + CONNECTIONS) * CONFIGURATION_CELLS;
    if (account.isOpen()) {
      account
          .formula(
              "# x ((2 x 6 + 2) x 2.5 x # x # um2 + 8 x 2 x # um2) + # um2",
              tracks,
              width,
              process.gate_um2(),
              process.sramCell_um2(),
              wires_um2)
          .source(SOURCE);
    }
    return tracks * (buffers * process.gate_um2() + cells * process.sramCell_um2()) + wires_um2;
  }

  @Override
  public double static_uW(Account account) {
    double wires_uW = segment.static_uW(Account.CLOSED);
    double buffers = (2 * SWITCHES + CONNECTIONS) * BUFFER_GATES * width;
    double cells = (SWITCHES + CONNECTIONS) * CONFIGURATION_CELLS;
    if (account.isOpen()) {
      account
          .formula(
              "# x ((2 x 6 + 2) x 2.5 x # x # uW + 8 x 2 x # uW) + # uW",
              tracks,
              width,
              process.gateLeakage_uW(),
              process.sramCellLeakage_uW(),
              wires_uW)
          .source("gates and configuration cells that leak (ITRS off-current); repeaters");
    }
    return tracks * (buffers * process.gateLeakage_uW() + cells * process.sramCellLeakage_uW())
        + wires_uW;
  }

  /**
   * Time of one hop: a switch and its segment; the circuit is set up, so no cycle is waited for.
   */
  @Override
  public HopTime hop(double cycle_ns) {
    return HopTime.fixed(SWITCH_NS + segment.time_ns(Wiring.DELAY));
  }

  /** Switches and connections of all tracks; a track's bits share theirs. */
  @Override
  public double configurationBits() {
    return (SWITCHES + CONNECTIONS) * tracks;
  }

  /** A configuration cell and its two lines switch like two gates (assumed). */
  @Override
  public double configuration_fJ(Account account) {
    account
        .formula("2 x # fJ", process.gate_fJ())
        .source("a cell and its lines switch like two gates (assumed)");
    return CELL_GATES * process.gate_fJ();
  }
}
