package dev.kirchhoff.peripherals.sheet;

import java.util.Collection;
import java.util.Optional;

/** Files of circuits by name: the catalogue's and those beside a spec. */
public interface CircuitSource {
  /** File of a circuit. */
  Optional<CircuitFile> circuit(String name);

  /** File of the constants that all circuits share. */
  Optional<CircuitFile> shared();

  /** Names of all circuits. */
  Collection<String> names();
}
