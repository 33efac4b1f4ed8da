package dev.kirchhoff.dse.steer;

import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Units;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Knobs and their values by path and text, as a user writes them. Knobs of alternatives may share a
 * path: a value is looked for in each of them.
 */
final class KnobValues {
  private final List<Knob> knobs;

  KnobValues(List<Knob> knobs) {
    this.knobs = List.copyOf(knobs);
  }

  /** A path or value that no knob has; the message is for the user. */
  static final class NoSuchValueException extends Exception {
    private static final long serialVersionUID = 1L;

    NoSuchValueException(String message) {
      super(message);
    }
  }

  /**
   * The value of a knob.
   *
   * @param knob index of the knob
   * @param ordinal ordinal of the value
   */
  record KnobValue(int knob, int ordinal) {}

  /**
   * Knobs with a path.
   *
   * @param path the path, with {@code chip.} or {@code let.} in front or without
   */
  List<Integer> at(String path) throws NoSuchValueException {
    List<Integer> found =
        IntStream.range(0, knobs.size())
            .filter(k -> isCalled(knobs.get(k).path(), path))
            .boxed()
            .toList();
    if (found.isEmpty()) {
      Set<String> paths = new LinkedHashSet<>();
      knobs.forEach(knob -> paths.add(knob.path()));
      throw new NoSuchValueException(path + " is no knob" + NearNames.hint(path, paths));
    }
    return found;
  }

  /** The knobs with a path that have a value, each with its ordinal. */
  List<KnobValue> of(String path, String value) throws NoSuchValueException {
    List<KnobValue> found = new ArrayList<>();
    Set<String> values = new LinkedHashSet<>();
    for (int knob : at(path)) {
      List<String> own = knobs.get(knob).values();
      values.addAll(own);
      for (int ordinal = 0; ordinal < own.size(); ordinal++) {
        if (isEqual(own.get(ordinal), value)) {
          found.add(new KnobValue(knob, ordinal));
          break;
        }
      }
    }
    if (found.isEmpty()) {
      throw new NoSuchValueException(
          path + " has no value '" + value + "'; it has " + String.join(", ", values));
    }
    return found;
  }

  private static boolean isCalled(String path, String written) {
    return path.equals(written)
        || ("chip." + path).equals(written)
        || ("let." + path).equals(written);
  }

  private static boolean isEqual(String value, String written) {
    String a = value.replace(" ", "");
    String b = written.replace(" ", "");
    return a.equals(b)
        || Units.isNumber(a)
            && Units.isNumber(b)
            && new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
  }
}
