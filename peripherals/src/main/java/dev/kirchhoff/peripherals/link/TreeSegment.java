package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;

/**
 * Segment of an H-tree between tiles: repeated wires, clocked at every node of the tree.
 *
 * @param wires the wires of the segment
 */
public record TreeSegment(Wires wires) implements Fabric {
  @Override
  public double bit_fJ(Account account) {
    return wires.bit_fJ(account);
  }

  @Override
  public double hop_ns(double cycle_ns) {
    return Math.max(1, Math.ceil(wires.delay_ns() / cycle_ns)) * cycle_ns;
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
