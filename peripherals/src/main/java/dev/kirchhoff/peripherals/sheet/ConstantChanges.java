package dev.kirchhoff.peripherals.sheet;

import java.util.Map;

/**
 * Constants of circuits that a design changes, by circuit and name, in coherent units.
 *
 * @param values value by {@code circuit.name}
 */
public record ConstantChanges(Map<String, Double> values) {
  /** No change. */
  public static final ConstantChanges NONE = new ConstantChanges(Map.of());

  public ConstantChanges {
    values = Map.copyOf(values);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  double value(String circuit, String constant, double otherwise) {
    return isEmpty() ? otherwise : values.getOrDefault(circuit + "." + constant, otherwise);
  }
}
