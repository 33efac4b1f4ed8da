package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/** Interconnect circuit between tiles; one instance is the share of a tile. */
public interface Fabric extends Circuit {

  /** Energy of one bit over one hop. */
  double bit_fJ(Account account);

  /** Time of one hop. */
  double hop_ns(double cycle_ns);

  /** Time until a link takes the next word: a cycle, since links are pipelined. */
  default double word_ns(double cycle_ns) {
    return cycle_ns;
  }

  /** Configuration bits of an instance; 0 where nothing is configured. */
  default double configurationBits() {
    return 0;
  }

  /** Energy of writing a configuration bit, its way there left out. */
  default double configuration_fJ() {
    return 0;
  }
}
