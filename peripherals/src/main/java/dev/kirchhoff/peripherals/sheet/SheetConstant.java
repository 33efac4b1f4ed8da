package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.Place;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Constant of the circuit or of one that it uses.
 *
 * @param circuit circuit whose file states it
 * @param name name in that file
 * @param key name among the slots
 * @param value value in the coherent unit; of a table the value at any node
 * @param table table over the node, if it is one
 * @param unit unit as stated
 * @param exponents the unit's exponents
 */
public record SheetConstant(
    String circuit,
    String name,
    String key,
    int slot,
    double value,
    Optional<DoubleUnaryOperator> table,
    String unit,
    Exponents exponents,
    double factor,
    Origin origin,
    String source,
    Place place) {
  /** Its value at a node. */
  double at(double node_nm) {
    return table.map(values -> values.applyAsDouble(node_nm)).orElse(value);
  }
}
