package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Binder of the circuits that a design brings along and of the constants that it changes. */
final class CircuitBinder {
  private final List<Constant> constants = new ArrayList<>();
  private final CircuitSettings unchanged;

  /** Constant that the spec states, with the unit of a bare number. */
  private record Constant(String circuit, String name, double factor) {}

  CircuitBinder(SpecTree tree, CircuitCatalogue catalogue, CircuitFiles files) {
    if (tree.root().get("circuits") instanceof Value.Section circuits) {
      for (int i = 0; i < circuits.fields().size(); i++) {
        if (circuits.fields().get(i) instanceof Value.Section circuit) {
          stated(circuits.shape().keys().get(i).name(), circuit, catalogue, files);
        }
      }
    }
    unchanged = new CircuitSettings(files.all(), Map.of());
  }

  private void stated(
      String name, Value.Section circuit, CircuitCatalogue catalogue, CircuitFiles files) {
    for (CircuitCatalogue.Constant constant : catalogue.constants(name, files)) {
      if (!(circuit.get(constant.name()) instanceof Value.Absent)) {
        constants.add(new Constant(name, constant.name(), constant.factor()));
      }
    }
  }

  /** Circuits of a design. */
  CircuitSettings bind(View.Section root) {
    if (constants.isEmpty()) {
      return unchanged;
    }
    Map<String, Double> values = new HashMap<>();
    for (Constant constant : constants) {
      double stated = root.section("circuits").section(constant.circuit()).number(constant.name());
      values.put(
          constant.circuit() + "." + constant.name(), Units.coherent(stated, constant.factor()));
    }
    return new CircuitSettings(unchanged.files(), values);
  }
}
