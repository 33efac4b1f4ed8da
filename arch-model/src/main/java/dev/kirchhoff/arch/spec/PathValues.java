package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.List;

/** Values at a path of a spec, over all alternatives of the choices along it. */
final class PathValues {
  private PathValues() {}

  /** Values at a path, {@code chip.} left out or not; empty if there are none. */
  static List<Value> at(Value.Section root, String path) {
    List<Value> found = new ArrayList<>();
    collect(root, List.of(path.split("\\.")), found);
    if (found.isEmpty()) {
      collect(root, List.of(("chip." + path).split("\\.")), found);
    }
    return found;
  }

  private static void collect(Value value, List<String> path, List<Value> found) {
    if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> collect(item, path, found));
    } else if (path.isEmpty()) {
      found.add(value);
    } else if (value instanceof Value.Section section) {
      List<String> below = path.subList(1, path.size());
      section.field(path.get(0)).ifPresent(field -> collect(field, below, found));
    }
  }
}
