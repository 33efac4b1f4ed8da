package dev.kirchhoff.dse.space;

import java.util.List;

/**
 * One choice of a spec: a path and the finite list of values that may stand there.
 *
 * @param path path in the spec, {@code pe.readout.bits}
 * @param values values as printed, by ordinal
 * @param start ordinal that the knob starts at
 * @param parent index of the knob whose value decides whether this one exists; −1 = it always
 *     exists
 * @param parentOrdinals ordinals of the parent under which the knob exists; empty exactly if it has
 *     no parent
 */
public record Knob(
    String path, List<String> values, int start, int parent, List<Integer> parentOrdinals) {

  /**
   * Checks the knob by itself; what concerns its parent is checked by {@link DesignSpace}.
   *
   * @throws IllegalArgumentException if there is no value, the start is not an ordinal, or a parent
   *     is given without ordinals or ordinals without a parent
   */
  public Knob {
    values = List.copyOf(values);
    parentOrdinals = List.copyOf(parentOrdinals);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("The knob (" + path + ") has no values.");
    }
    if (start < 0 || start >= values.size()) {
      throw new IllegalArgumentException(
          "The start ("
              + start
              + ") of knob ("
              + path
              + ") must be 0.."
              + (values.size() - 1)
              + ".");
    }
    if (parent < 0 != parentOrdinals.isEmpty()) {
      throw new IllegalArgumentException(
          "The knob (" + path + ") needs a parent and its ordinals, or neither.");
    }
  }

  /** A knob that every design has. */
  public static Knob always(String path, List<String> values, int start) {
    return new Knob(path, values, start, -1, List.of());
  }

  /** Number of values. */
  public int cardinality() {
    return values.size();
  }

  /**
   * Whether neighbouring ordinals mean neighbouring values: every value begins with a number.
   * Values told apart by name alone (devices, kinds of readout) have no order.
   */
  public boolean ordered() {
    for (String value : values) {
      String text = value.strip();
      int first = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
      if (text.length() <= first || !Character.isDigit(text.charAt(first))) {
        return false;
      }
    }
    return true;
  }
}
