package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knobs that values of a spec depend on: those of their choices, of the choices around them, and of
 * what their formulas name, all alternatives counted. Choices that layers make for themselves are
 * left out: of them a chip sees the start alone.
 */
final class KnobReach {
  private final Value.Section root;
  private final Map<String, Value> lets;
  private final BitSet knobs = new BitSet();
  private final Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  KnobReach(Value.Section root, Map<String, Value> lets) {
    this.root = root;
    this.lets = lets;
  }

  /** Adds what the value at a path depends on. */
  KnobReach at(String path) {
    along(root, List.of(path.split("\\.")));
    return this;
  }

  /** Adds what all values depend on but those at some paths. */
  KnobReach beside(Set<String> paths) {
    beside(root, "", paths);
    return this;
  }

  private void beside(Value value, String path, Set<String> paths) {
    if (paths.contains(path)) {
      return;
    }
    if (value instanceof Value.Choice choice) {
      add(choice);
      choice.items().forEach(item -> beside(item, path, paths));
    } else if (value instanceof Value.Section section) {
      for (int i = 0; i < section.fields().size(); i++) {
        String key = section.shape().keys().get(i).name();
        beside(section.fields().get(i), path.isEmpty() ? key : path + "." + key, paths);
      }
    } else {
      of(value);
    }
  }

  /** Indices of the knobs, ascending. */
  int[] knobs() {
    return knobs.stream().toArray();
  }

  private void along(Value value, List<String> path) {
    if (path.isEmpty()) {
      of(value);
    } else if (value instanceof Value.Choice choice) {
      add(choice);
      choice.items().forEach(item -> along(item, path));
    } else if (value instanceof Value.Section section) {
      List<String> below = path.subList(1, path.size());
      section.field(path.get(0)).ifPresent(field -> along(field, below));
    }
  }

  private void add(Value.Choice choice) {
    choice.slot().knob().ifPresent(knobs::set);
  }

  private void of(Value value) {
    if (!seen.add(value)) {
      return;
    }
    if (value instanceof Value.Choice choice) {
      add(choice);
      choice.items().forEach(this::of);
    } else if (value instanceof Value.Section section) {
      section.fields().forEach(this::of);
    } else if (value instanceof Value.Items items) {
      items.items().forEach(this::of);
    } else if (value instanceof Value.Computed computed) {
      computed.formula().names().forEach(name -> named(name.name()));
    }
  }

  /** As {@link View#named}: a name of let, else a path, {@code chip.} left out or not. */
  private void named(String name) {
    Value let = lets.get(name);
    if (let != null) {
      of(let);
      return;
    }
    List<String> path = new ArrayList<>(List.of(name.split("\\.")));
    if (!root.shape().has(path.get(0))) {
      path.add(0, "chip");
    }
    along(root, path);
  }
}
