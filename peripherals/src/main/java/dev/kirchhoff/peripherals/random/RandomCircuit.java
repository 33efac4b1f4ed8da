package dev.kirchhoff.peripherals.random;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/** Source of random words of 16 bits. */
public interface RandomCircuit extends Circuit {

  /** Energy of one word. */
  double draw_fJ(Account account);
}
