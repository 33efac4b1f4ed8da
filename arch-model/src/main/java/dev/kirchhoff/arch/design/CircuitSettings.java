package dev.kirchhoff.arch.design;

import java.util.Map;

/**
 * Circuits that a design brings along or changes.
 *
 * @param files text of circuit files beside the spec, by name of the circuit
 * @param constants constants that the design changes, by {@code circuit.constant}, in coherent
 *     units
 */
public record CircuitSettings(Map<String, String> files, Map<String, Double> constants) {
  /** The catalogue as it is. */
  public static final CircuitSettings NONE = new CircuitSettings(Map.of(), Map.of());

  public CircuitSettings {
    files = Map.copyOf(files);
    constants = Map.copyOf(constants);
  }
}
