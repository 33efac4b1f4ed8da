package dev.kirchhoff.arch.spec;

import java.util.List;

/**
 * A free value of a spec.
 *
 * @param path path in the spec; knobs of alternatives of one choice may share it
 * @param place where the choice stands
 * @param values its values as printed, by ordinal
 * @param start ordinal it starts at
 * @param parent knob that decides whether it exists; −1 = it always does
 * @param parentOrdinal ordinal of the parent under which it exists
 */
public record Knob(
    String path, Place place, List<String> values, int start, int parent, int parentOrdinal) {
  /** It always exists. */
  public static final int ALWAYS = -1;

  public Knob {
    values = List.copyOf(values);
  }
}
