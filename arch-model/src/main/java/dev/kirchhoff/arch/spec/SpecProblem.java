package dev.kirchhoff.arch.spec;

import java.util.Comparator;

/**
 * A user's mistake: its place, the value, the fault, and the values allowed.
 *
 * @param place where
 * @param path path of the value, {@code pe.readout.bits}; empty for the file as a whole
 * @param message what is wrong, what is allowed, the nearest suggestion
 */
public record SpecProblem(Place place, String path, String message) {

  /** By file, line and column. */
  public static final Comparator<SpecProblem> BY_PLACE =
      Comparator.comparing(SpecProblem::place).thenComparing(SpecProblem::path);

  /** {@code bad.yaml:7:32 pe.readout.bits: is 80, must be 1..16}. */
  @Override
  public String toString() {
    return place
        + (place.isWholeFile() ? ": " : " ")
        + (path.isEmpty() ? "" : path + ": ")
        + message;
  }
}
