package dev.kirchhoff.arch.spec;

import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checked value: a {@link Node} read by its type, defaults filled in, choices and formulas still
 * open.
 */
public sealed interface Value {

  /** Place of the value in its file. */
  Place place();

  /**
   * A number in the coherent unit of its dimension.
   *
   * @param place where it stands
   * @param number the number
   * @param dimension what it measures
   * @param text as written
   */
  record Number(Place place, double number, Dimension dimension, String text) implements Value {}

  /**
   * A word or text.
   *
   * @param place where it stands
   * @param text the word
   */
  record Word(Place place, String text) implements Value {}

  /**
   * A mapping.
   *
   * @param place where it stands
   * @param shape its keys
   * @param fields a value per key, in the shape's order
   * @param label what it is called in tables: its kind, name or catalogue entry; empty if it has
   *     none
   */
  record Section(Place place, Shape shape, List<Value> fields, String label) implements Value {
    public Section {
      fields = List.copyOf(fields);
    }

    /** The value of a key; {@link Absent} for a key of another kind. */
    public Value get(String key) {
      return field(key).orElseGet(() -> new Absent(place));
    }

    /** The value of a key of its shape; empty for a key of another kind. */
    public Optional<Value> field(String key) {
      return shape.itemOf(key, fields);
    }
  }

  /**
   * A list.
   *
   * @param place where it stands
   * @param items its items
   */
  record Items(Place place, List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * A formula.
   *
   * @param place where it stands
   * @param formula the formula
   * @param type what its result must be
   */
  record Computed(Place place, Formula formula, Type type) implements Value {}

  /**
   * A choice.
   *
   * @param place where it stands
   * @param slot which knob decides it; the same slot may decide several choices
   * @param items its values
   */
  record Choice(Place place, Slot slot, List<Value> items) implements Value {
    public Choice {
      items = List.copyOf(items);
    }
  }

  /**
   * Quantities by action name; a single value stands under the name of the natural action.
   *
   * @param place where it stands
   * @param numbers the quantities
   */
  record PerAction(Place place, Map<String, Number> numbers) implements Value {
    public PerAction {
      numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
  }

  /**
   * Nothing: an optional key that is not there.
   *
   * @param place where it would stand
   */
  record Absent(Place place) implements Value {}

  /**
   * Node that the owner of its key reads.
   *
   * @param node as written
   */
  record Raw(Node node) implements Value {
    @Override
    public Place place() {
      return node.place();
    }
  }
}
