package dev.kirchhoff.dse.circuit;

import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Meaning of a number in a circuit's file. Numbers that a circuit is solved with are 0 or lie
 * between 1e-60 and 1e60, so that no product of a few of them is larger than any number.
 */
enum CircuitQuantity {
  /** Resistance of a cell. */
  CELL("a number of ohms, 0 or more, or inf for an open cell"),
  /** Resistance of a segment of a wire. */
  WIRE("a number of ohms, 0 or more"),
  /** A voltage. */
  VOLTAGE("a number"),
  /** A parameter of a cell's law. */
  PARAMETER("a number above 0"),
  /** Any number. */
  NUMBER("a number");

  private static final double LEAST = 1e-60;
  private static final double MOST = 1e60;

  /** As JSON writers, Java and YAML spell it. */
  private static final Set<String> INFINITE = Set.of("inf", "Infinity", ".inf", ".Inf", ".INF");

  private final String allowed;

  CircuitQuantity(String allowed) {
    this.allowed = allowed;
  }

  /** The number of a node; 1 and a problem if it is none. */
  double read(Node node, String path, Problems problems) {
    String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
    boolean isInfinite = INFINITE.contains(text);
    if (isInfinite && this == CELL) {
      return Double.POSITIVE_INFINITY;
    }
    if (isInfinite && this == WIRE) {
      problems.add(node.place(), path, "is inf, a wire must conduct");
      return 1;
    }
    OptionalDouble number = number(text);
    if (number.isEmpty() || !isAllowed(number.getAsDouble())) {
      String is = text.isEmpty() ? "is empty" : "is '" + text + "'";
      is = node instanceof Node.Scalar ? is : "is no number";
      problems.add(node.place(), path, is + ", must be " + allowed);
      return 1;
    }
    double value = number.getAsDouble();
    double size = Math.abs(value);
    boolean isExtreme = value == 0 ? !isZero(text) : size < LEAST || size > MOST;
    if (this == NUMBER ? Double.isInfinite(value) : isExtreme) {
      problems.add(
          node.place(),
          path,
          "is '" + text + "', must be " + (this == PARAMETER ? "" : "0 or ") + "1e-60 to 1e60");
      return 1;
    }
    // Of two zeros, -0 is the one whose inverse is negative.
    return value == 0 ? 0 : value;
  }

  private boolean isAllowed(double value) {
    return switch (this) {
      case CELL, WIRE -> value >= 0;
      case PARAMETER -> value > 0;
      case VOLTAGE, NUMBER -> true;
    };
  }

  /** The number that a text states in decimals; hexadecimal and suffixed ones are none. */
  private static OptionalDouble number(String text) {
    if (text.isEmpty()
        || "+-.0123456789".indexOf(text.charAt(0)) < 0
        || "+-.eE0123456789".indexOf(text.charAt(text.length() - 1)) < 0
        || text.contains("x")) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** True if a text that is read as 0 states zero, and is not merely too small. */
  private static boolean isZero(String text) {
    int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    String digits = exponent < 0 ? text : text.substring(0, exponent);
    return digits.chars().noneMatch(digit -> digit >= '1' && digit <= '9');
  }
}
