package dev.kirchhoff.arch.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Knob of a design space: a free value of a spec with its path and the finite list of its values.
 *
 * @param path path in the spec, {@code pe.readout.bits}; knobs of alternatives of one choice may
 *     share it
 * @param place position of the choice in its file
 * @param values its values as printed, by ordinal
 * @param start ordinal it starts at
 * @param condition parent and its ordinals under which the knob exists; empty if it always does
 */
public record Knob(
    String path, Place place, List<String> values, int start, Optional<Condition> condition) {

  /**
   * Ordinal in the vector of a design of a knob that does not exist in it: logs and tables of
   * designs hold it.
   */
  public static final int ABSENT = -1;

  /** The layer that the path of a knob ends with, {@code [resnet18/01]}. */
  private static final Pattern LAYER = Pattern.compile("\\[[^\\]]*\\]$");

  /**
   * Condition of a knob's existence.
   *
   * @param parent index of the knob that decides it
   * @param ordinals ordinals of the parent under which the knob exists
   */
  public record Condition(int parent, List<Integer> ordinals) {
    public Condition {
      ordinals = List.copyOf(ordinals);
    }

    /** True if the knob exists under the ordinals of a design. */
    public boolean holds(int[] design) {
      return ordinals.contains(design[parent]);
    }

    /** The parent's values under which the knob exists, as printed. */
    public String values(List<Knob> knobs) {
      Knob decider = knobs.get(parent);
      return String.join(", ", ordinals.stream().map(o -> decider.values().get(o)).toList());
    }
  }

  /**
   * Checks the knob by itself; its parent is checked by the space that it is in.
   *
   * @throws IllegalArgumentException if there is no value, the start is not an ordinal, or a
   *     condition names no ordinal
   */
  public Knob {
    values = List.copyOf(values);
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
    if (condition.isPresent() && condition.get().ordinals.isEmpty()) {
      throw new IllegalArgumentException(
          "The knob (" + path + ") needs a parent and its ordinals, or neither.");
    }
  }

  /** A knob of no file that every design has. */
  public static Knob always(String path, List<String> values, int start) {
    return new Knob(path, Place.DEFAULT, values, start, Optional.empty());
  }

  /** A knob of no file that exists under some ordinals of its parent. */
  public static Knob under(
      int parent, List<Integer> ordinals, String path, List<String> values, int start) {
    return new Knob(
        path, Place.DEFAULT, values, start, Optional.of(new Condition(parent, ordinals)));
  }

  /** True if the knob exists in a design, whose ordinal of the parent is known. */
  public boolean existsIn(int[] design) {
    return condition.isEmpty() || condition.get().holds(design);
  }

  /** True if another knob decides its existence. */
  public boolean isConditional() {
    return condition.isPresent();
  }

  /** True if the knob of this index decides its existence. */
  public boolean isUnder(int knob) {
    return condition.isPresent() && condition.get().parent == knob;
  }

  /** Number of values. */
  public int cardinality() {
    return values.size();
  }

  /**
   * True if neighbouring ordinals mean neighbouring values: every value begins with a number.
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

  /** Ordinals of the start design of some knobs. */
  static int[] start(List<Knob> knobs) {
    int[] ordinals = new int[knobs.size()];
    for (int i = 0; i < ordinals.length; i++) {
      Knob knob = knobs.get(i);
      ordinals[i] = knob.existsIn(ordinals) ? knob.start() : ABSENT;
    }
    return ordinals;
  }

  /** Path of a knob without the layer that it is for, which knobs of all layers share. */
  public static String pathOfAllLayers(String path) {
    return LAYER.matcher(path).replaceFirst("");
  }
}
