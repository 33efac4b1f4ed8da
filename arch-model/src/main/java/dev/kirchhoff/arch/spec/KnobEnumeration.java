package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Numbering of the knobs: first those that {@code let} names, in its order, then the others in the
 * order of the grammar; a conditional knob follows the knob it depends on.
 */
final class KnobEnumeration {
  private final Map<String, Value> lets;
  private final SpecCompiler compiler;
  private final LayerNames layers;
  private final List<Knob> knobs = new ArrayList<>();
  private Value.Section root;

  KnobEnumeration(Map<String, Value> lets, SpecCompiler compiler, LayerNames layers) {
    this.lets = lets;
    this.compiler = compiler;
    this.layers = layers;
  }

  List<Knob> enumerate(Value.Section top) {
    root = top;
    for (Map.Entry<String, Value> let : lets.entrySet()) {
      if (isUsed(let.getKey()) && let.getValue() instanceof Value.Choice choice) {
        number(choice, Optional.empty());
      }
    }
    walk(top, Optional.empty());
    return List.copyOf(knobs);
  }

  private boolean isUsed(String name) {
    return compiler.usedLets().contains(name)
        || compiler.pending().stream()
            .anyMatch(
                p -> p.computed().formula().names().stream().anyMatch(n -> n.name().equals(name)));
  }

  private void walk(Value value, Optional<Knob.Condition> under) {
    if (value instanceof Value.Section section) {
      section.fields().forEach(field -> walk(field, under));
    } else if (value instanceof Value.Items items) {
      items.items().forEach(item -> walk(item, under));
    } else if (value instanceof Value.Choice choice) {
      if (choice.slot().isPerLayer()) {
        numberPerLayer(choice);
        return;
      }
      if (choice.slot().knob().isEmpty()) {
        number(choice, under);
      }
      int knob = choice.slot().knob().getAsInt();
      for (int i = 0; i < choice.items().size(); i++) {
        walk(choice.items().get(i), under(knob, i));
      }
    }
  }

  private static Optional<Knob.Condition> under(int parent, int ordinal) {
    return Optional.of(new Knob.Condition(parent, List.of(ordinal)));
  }

  private void number(Value.Choice choice, Optional<Knob.Condition> under) {
    choice.slot().setKnob(knobs.size());
    add(choice, choice.slot().path(), under);
  }

  private void add(Value.Choice choice, String path, Optional<Knob.Condition> under) {
    knobs.add(
        new Knob(
            path,
            choice.slot().place(),
            choice.items().stream().map(Choices::text).toList(),
            choice.slot().start(),
            under));
  }

  /** One knob per layer; where the network itself is a choice, its layers' knobs depend on it. */
  private void numberPerLayer(Value.Choice choice) {
    Value workload = root.get("workload");
    List<Value> items = workload instanceof Value.Items list ? list.items() : List.of(workload);
    for (Value item : items) {
      if (item instanceof Value.Choice networks) {
        for (int i = 0; i < networks.items().size(); i++) {
          numberLayers(
              choice, networks.items().get(i), under(networks.slot().knob().getAsInt(), i));
        }
      } else {
        numberLayers(choice, item, Optional.empty());
      }
    }
  }

  private void numberLayers(Value.Choice choice, Value workload, Optional<Knob.Condition> under) {
    List<Value> networks =
        workload instanceof Value.Items items ? items.items() : List.of(workload);
    for (Value network : networks) {
      for (String layer : layerNames(network)) {
        if (layers.isFree(layer)) {
          choice.slot().setLayerKnob(layer, knobs.size());
          add(choice, choice.slot().path() + "[" + layer + "]", under);
        }
      }
    }
  }

  /** Layer names of a network that is named, or whose layers stand in the spec. */
  private List<String> layerNames(Value network) {
    if (network instanceof Value.Word word) {
      return layers.of(word.text());
    }
    if (!(network instanceof Value.Section section)
        || !(section.fields().get(0) instanceof Value.Word name)) {
      return List.of();
    }
    if (!(section.get("layers") instanceof Value.Items items)) {
      return layers.of(name.text());
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < items.items().size(); i++) {
      if (items.items().get(i) instanceof Value.Section layer
          && !(layer.get("dynamic") instanceof Value.Word dynamic
              && dynamic.text().equals("true"))) {
        String layerName =
            layer.get("name") instanceof Value.Word word
                ? word.text()
                : String.format(Locale.ROOT, "%02d", i);
        names.add(name.text() + "/" + layerName);
      }
    }
    return names;
  }
}
