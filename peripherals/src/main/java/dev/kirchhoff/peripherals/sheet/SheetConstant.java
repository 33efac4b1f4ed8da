package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.Place;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Constant of the circuit or of one that it uses.
 *
 * @param file circuit that states it
 * @param stated the constant as stated
 * @param path its key among the circuits of a spec: {@code sar-28nm.logic}
 * @param key name among the slots
 * @param value value in the coherent unit; of a table that at its first node
 */
public record SheetConstant(
    CircuitFile file,
    CircuitFile.Constant stated,
    String path,
    String key,
    int slot,
    double value) {
  /** Constant of a file. */
  static SheetConstant of(CircuitFile file, CircuitFile.Constant stated, String key, int slot) {
    String path = file.name() + "." + stated.name();
    return new SheetConstant(file, stated, path, key, slot, stated.coherent());
  }

  /** This constant in another slot. */
  SheetConstant inSlot(int other) {
    return new SheetConstant(file, stated, path, key, other, value);
  }

  /** Circuit whose file states it. */
  public String circuit() {
    return file.name();
  }

  /** Name in that file. */
  public String name() {
    return stated.name();
  }

  /** Table over the node, if it is one, in the coherent unit. */
  public Optional<DoubleUnaryOperator> table() {
    return stated.table();
  }

  /** Its value at a node. */
  double at(double node_nm) {
    return table().map(values -> values.applyAsDouble(node_nm)).orElse(value);
  }

  /** Exponents of its unit. */
  public Exponents exponents() {
    return stated.exponents();
  }

  /** Origin of its value. */
  public Origin origin() {
    return stated.origin();
  }

  Place place() {
    return stated.place();
  }

  /**
   * Factors to the ends of its band: its own where the file states them; of a fitted or assumed
   * constant else those of the circuit's figures, as if it alone were why published ones differ.
   * What is read errs no more than its source, and what is chosen does not err: neither has a band.
   *
   * @param ofArea whether it is asked for an area
   */
  public Spread band(boolean ofArea) {
    return switch (origin()) {
      case FITTED, ASSUMED ->
          stated.band().orElse(ofArea ? file.band().area() : file.band().energy());
      case READ -> stated.band().orElse(Spread.NONE);
      case CHOSEN, GIVEN -> Spread.NONE;
    };
  }
}
