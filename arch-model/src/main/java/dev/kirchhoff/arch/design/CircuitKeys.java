package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
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
    written.entries().forEach(entry -> named.add(entry.key()));
    Set<String> own = new LinkedHashSet<>(named);
    own.removeAll(names);
    names.addAll(own);
    List<Key> circuits = new ArrayList<>();
    for (String name : names) {
      boolean isKnown = !own.contains(name) || (files.areMeant() && files.peek(name).isPresent());
      List<CircuitCatalogue.Constant> constants =
          named.contains(name) && isKnown ? catalogue.constants(name, files) : List.of();
      Type type = isKnown ? circuit(name, constants) : new Type.AnyValue();
      circuits.add(Key.optional(name, type, "constants of " + name));
    }
    return new Type.Section(new Shape("circuits", "the circuits' constants", circuits));
  }

  /** Refuses constants of a circuit that does not exist, or of a file that no part uses. */
  static void check(
      Node.Mapping spec, CircuitCatalogue catalogue, CircuitFiles files, Problems problems) {
    if (!(spec.get("circuits").orElse(null) instanceof Node.Mapping written)) {
      return;
    }
    Set<String> known = new LinkedHashSet<>(files.models());
    known.addAll(catalogue.circuits());
    String models =
        files.models().isEmpty()
            ? "no part names a model"
            : "parts name " + String.join(", ", files.models());
    for (Node.Entry entry : written.entries()) {
      String name = entry.key();
      if (catalogue.circuits().contains(name) || files.isUsed(name)) {
        continue;
      }
      String near =
          NearNames.nearest(name, known).map(found -> "; did you mean " + found + "?").orElse("");
      problems.add(
          entry.keyPlace(),
          "circuits." + name,
          files.peek(name).isPresent()
              ? "is " + files.path(name) + ", which no part uses; " + models
              : "is no circuit of the catalogue, nor one that a part uses; " + models + near);
    }
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
