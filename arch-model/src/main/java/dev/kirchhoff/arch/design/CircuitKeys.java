package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys of a spec's {@code circuits}: one a circuit, and in it one a constant. Only files of
 * circuits that a spec names are read for it.
 */
final class CircuitKeys {
  private CircuitKeys() {}

  static Type settings(Node.Mapping spec, CircuitCatalogue catalogue, CircuitFiles files) {
    if (!(spec.get("circuits").orElse(null) instanceof Node.Mapping written)) {
      return new Type.Section(new Shape("circuits", "the circuits' constants", List.of()));
    }
    Set<String> names = new LinkedHashSet<>(catalogue.circuits());
    Set<String> named = new LinkedHashSet<>();
    for (Node.Entry entry : written.entries()) {
      named.add(entry.key());
      if (files.peek(entry.key()).isPresent()) {
        names.add(entry.key());
      }
    }
    List<Key> circuits = new ArrayList<>();
    for (String name : names) {
      List<CircuitCatalogue.Constant> constants =
          named.contains(name) ? catalogue.constants(name, files) : List.of();
      circuits.add(Key.optional(name, circuit(name, constants), "constants of " + name));
    }
    return new Type.Section(new Shape("circuits", "the circuits' constants", circuits));
  }

  private static Type circuit(String name, List<CircuitCatalogue.Constant> constants) {
    return new Type.Section(
        new Shape(
            name,
            "the constants of " + name,
            constants.stream()
                .map(constant -> Key.optional(constant.name(), constant.type(), constant.doc()))
                .toList()));
  }
}
