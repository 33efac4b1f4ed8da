package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/** Memory with the energy of a bit written and read. */
public interface MemoryCircuit extends Circuit {

  /** Energy of one bit written. */
  double write_fJ(Account account);

  /** Energy of one bit read. */
  double read_fJ(Account account);

  /** Shortest time between two accesses. */
  double access_ns();
}
