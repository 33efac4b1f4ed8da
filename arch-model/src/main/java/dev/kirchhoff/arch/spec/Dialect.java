package dev.kirchhoff.arch.spec;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Words of the formula language that a file may use. */
public enum Dialect {
  /** Formulas of a spec: arithmetic. */
  SPEC(EnumSet.of(Function.MIN, Function.MAX, Function.LOG2, Function.CEIL, Function.FLOOR), false),
  /** Equations of a circuit: all functions, pieces, and units that are products. */
  CIRCUIT(EnumSet.allOf(Function.class), true);

  private final Set<Function> functions;
  private final boolean pieces;

  Dialect(Set<Function> functions, boolean pieces) {
    this.functions = functions;
    this.pieces = pieces;
  }

  boolean has(Function function) {
    return functions.contains(function);
  }

  /** True if a value may be {@code a if x <= y else b}, and a unit a product. */
  boolean hasPieces() {
    return pieces;
  }

  /** Its functions as a list in text. */
  String functionList() {
    return functions.stream().map(Function::word).collect(Collectors.joining(", "));
  }
}
