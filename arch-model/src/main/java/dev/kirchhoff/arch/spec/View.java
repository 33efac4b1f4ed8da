package dev.kirchhoff.arch.spec;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One design of a spec: the tree with an ordinal per knob. Reading decides choices and computes
 * formulas; nothing is copied. Cheap to make; safe for use by several threads.
 */
public final class View {
  private final Value.Section root;
  private final Map<String, Value> lets;
  private final int[] ordinals;

  View(Value.Section root, Map<String, Value> lets, int[] ordinals) {
    this.root = root;
    this.lets = lets;
    this.ordinals = ordinals;
  }

  /** Failure of a formula that names a value which this design does not have. */
  static final class NoValueException extends RuntimeException {
    NoValueException(String message) {
      super(message);
    }
  }

  /** The top level. */
  public Section root() {
    return new Section(root);
  }

  /** The value with its choices decided. */
  public Value decide(Value value) {
    Value decided = value;
    while (decided instanceof Value.Choice choice) {
      decided = choice.items().get(ordinal(choice.slot()));
    }
    return decided;
  }

  private int ordinal(Slot slot) {
    return ordinal(slot, slot.knob());
  }

  private int ordinal(Slot slot, OptionalInt knob) {
    return knob.isPresent() && ordinals[knob.getAsInt()] != Knob.ABSENT
        ? ordinals[knob.getAsInt()]
        : slot.start();
  }

  /** A value as a number in the coherent unit. */
  double number(Value value) {
    Value decided = decide(value);
    if (decided instanceof Value.Number number) {
      return number.number();
    }
    if (decided instanceof Value.Computed computed) {
      return computed.formula().evaluate(this::named);
    }
    throw new NoValueException("no number");
  }

  /** The number that a let name or path stands for, in the coherent unit. */
  public double named(Formula.Name name) {
    Value let = lets.get(name.name());
    if (let != null) {
      return number(let);
    }
    return number(path(name.name()));
  }

  /** The value at a path, {@code chip.} left out or not, choices decided. */
  public Value path(String path) {
    String[] keys = path.split("\\.");
    Value value = root;
    if (!root.shape().has(keys[0])) {
      value = decide(root.get("chip"));
    }
    for (String key : keys) {
      if (!(decide(value) instanceof Value.Section section)) {
        throw new NoValueException(path + " does not exist in this design");
      }
      value = section.get(key);
    }
    return decide(value);
  }

  /** The number at a path, if this design has one there. */
  public Optional<Double> numberAt(String path) {
    try {
      return Optional.of(number(path(path)));
    } catch (NoValueException e) {
      return Optional.empty();
    }
  }

  /** A mapping of this design. */
  public final class Section {
    private final Value.Section section;

    Section(Value.Section section) {
      this.section = section;
    }

    private Value value(String key) {
      return decide(undecided(key));
    }

    private Value undecided(String key) {
      return section
          .field(key)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The key (" + key + ") is none of " + section.shape().article() + "."));
    }

    /** Kind, name or catalogue entry that identifies it. */
    public String label() {
      return section.label();
    }

    /** Name of its shape: its kind. */
    public String kind() {
      return section.shape().name();
    }

    /** True if it says that its part is absent. */
    public boolean isNone() {
      return section.shape().isNone();
    }

    /** The undecided mapping itself, the same object for every design. */
    public Value.Section undecided() {
      return section;
    }

    /** Place of the view's section in its file. */
    public Place place() {
      return section.place();
    }

    /** True if a key has a value. */
    public boolean has(String key) {
      return section.shape().has(key) && !(value(key) instanceof Value.Absent);
    }

    /** True if a key's value is a word. */
    public boolean isWord(String key, String word) {
      return value(key) instanceof Value.Word w && w.text().equals(word);
    }

    /** The number of a key in the coherent unit of its dimension. */
    public double number(String key) {
      Value value = value(key);
      return value instanceof Value.Number number ? number.number() : View.this.number(value);
    }

    /** The number of a key that may be absent. */
    public OptionalDouble optionalNumber(String key) {
      return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
    }

    /** The whole number of a key. */
    public int whole(String key) {
      return (int) Math.rint(number(key));
    }

    /** The whole number of a key, which a layer may choose for itself. */
    public int wholeOf(String key, String layer) {
      Value raw = undecided(key);
      if (raw instanceof Value.Choice choice && choice.slot().isPerLayer()) {
        int ordinal = ordinal(choice.slot(), choice.slot().layerKnob(layer));
        return (int) Math.rint(View.this.number(choice.items().get(ordinal)));
      }
      return whole(key);
    }

    /** True if each layer chooses a key's value for itself. */
    public boolean isPerLayer(String key) {
      return undecided(key) instanceof Value.Choice choice && choice.slot().isPerLayer();
    }

    /** The word or text of a key. */
    public String word(String key) {
      if (value(key) instanceof Value.Word word) {
        return word.text();
      }
      throw new IllegalStateException("The value of (" + key + ") is no word.");
    }

    /** The mapping at a key. */
    public Section section(String key) {
      if (value(key) instanceof Value.Section inner) {
        return new Section(inner);
      }
      throw new IllegalStateException("The value of (" + key + ") is no mapping.");
    }

    /** True if a key's value is a mapping. */
    public boolean isSection(String key) {
      return value(key) instanceof Value.Section;
    }

    /** The decided value of a key. */
    public Value raw(String key) {
      return value(key);
    }

    /** A list's item with its choices decided. */
    public Value decided(Value item) {
      return decide(item);
    }

    /** A mapping among a list's items. */
    public Section of(Value item) {
      if (decide(item) instanceof Value.Section inner) {
        return new Section(inner);
      }
      throw new IllegalStateException("The item is no mapping.");
    }
  }
}
