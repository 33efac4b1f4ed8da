package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/** What carries bits between tiles: its instance is a tile's share of it. */
public interface Fabric extends Circuit {

  /** Energy of one bit over one hop. */
  double bit_fJ(Account account);

  /** Time of one hop. */
  double hop_ns(double cycle_ns);
}
