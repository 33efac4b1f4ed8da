package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/**
 * A tile's share of a bus that passes all tiles: a pitch of its wires and a driver a bit. A bit
 * charges all of the bus, and a word crosses all of it before another driver may send: no
 * pipelining. The number of tiles says how many pitches that are. Assumed: the bus is a pitch long
 * for each tile, a tri-state driver is 2.5 gates as in {@link SwitchBox} and switches once a bit.
 * Neglected: arbitration, junctions of the drivers that are off, repeaters that must turn round.
 * Valid for some tens of tiles; with more a bus is slow rather than wrong.
 */
public final class SharedBus implements Fabric {
  private static final double DRIVER_GATES = 2.5;
  private static final String SOURCE =
      "one pitch of wire a tile, drivers of 2.5 gates (assumed); wires as of the tile's bus";

  private final Process process;
  private final int width;
  private final SheetCircuit wires;

  /**
   * A bus.
   *
   * @param wires as long as a pitch
   */
  public SharedBus(Process process, int width, SheetCircuit wires) {
    this.process = process;
    this.width = width;
    this.wires = wires;
  }

  /** Energy of the driver of one bit. */
  @Override
  public double bit_fJ(Account account) {
    if (account.isOpen()) {
      account.formula("2.5 x # fJ", process.gate_fJ()).source(SOURCE);
    }
    return DRIVER_GATES * process.gate_fJ();
  }

  @Override
  public double pitch_fJ(Account account) {
    return wires.energy_fJ(account);
  }

  /** Time to cross the whole bus, in whole cycles; the next word waits for it. */
  @Override
  public HopTime hop(double cycle_ns) {
    return new HopTime(0, wires.time_ns(Wiring.DELAY), cycle_ns, true);
  }

  @Override
  public double area_um2(Account account) {
    double wires_um2 = wires.area_um2(Account.CLOSED);
    if (account.isOpen()) {
      account
          .formula("# x 2.5 x # um2 + # um2", width, process.gate_um2(), wires_um2)
          .source(SOURCE);
    }
    return width * DRIVER_GATES * process.gate_um2() + wires_um2;
  }

  @Override
  public double static_uW(Account account) {
    double wires_uW = wires.static_uW(Account.CLOSED);
    if (account.isOpen()) {
      account
          .formula("# x 2.5 x # uW + # uW", width, process.gateLeakage_uW(), wires_uW)
          .source("drivers that leak (ITRS off-current); repeaters");
    }
    return width * DRIVER_GATES * process.gateLeakage_uW() + wires_uW;
  }
}
