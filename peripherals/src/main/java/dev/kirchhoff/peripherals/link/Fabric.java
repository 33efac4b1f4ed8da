package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/** Interconnect circuit between tiles; one instance is the share of a tile. */
public interface Fabric extends Circuit {

  /** Energy of one bit in one hop, without wires that are priced by pitch. */
  double bit_fJ(Account account);

  /**
   * Energy of one bit over one pitch of the wires whose length follows from the number of tiles; 0
   * where a hop is as long whatever their number.
   */
  default double pitch_fJ(Account account) {
    account.formula("0").source("wires are in the energy of a hop");
    return 0;
  }

  /** Time of one hop. */
  HopTime hop(double cycle_ns);

  /** Configuration bits of an instance; 0 where nothing is configured. */
  default double configurationBits() {
    return 0;
  }

  /** Energy of writing a configuration bit, its way there left out. */
  default double configuration_fJ(Account account) {
    account.formula("0").source("a fabric without switches");
    return 0;
  }
}
