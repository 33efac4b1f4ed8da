package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/**
 * A tile's share of an H-tree between tiles: repeated wires, clocked at every node of the tree. A
 * hop is a segment, as many pitches long as the number of tiles makes it.
 *
 * @param wires as long as a pitch, laid as long as a tile's share
 */
public record TreeSegment(SheetCircuit wires) implements Fabric {
  @Override
  public double bit_fJ(Account account) {
    account.formula("0").source("a node of the tree is in its wires");
    return 0;
  }

  @Override
  public double pitch_fJ(Account account) {
    return wires.energy_fJ(account);
  }

  @Override
  public HopTime hop(double cycle_ns) {
    return new HopTime(0, wires.time_ns(Wiring.DELAY), cycle_ns, false);
  }

  @Override
  public double area_um2(Account account) {
    return wires.area_um2(account);
  }

  @Override
  public double static_uW(Account account) {
    return wires.static_uW(account);
  }
}
