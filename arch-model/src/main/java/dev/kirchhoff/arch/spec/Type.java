package dev.kirchhoff.arch.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Type of the values at a key. Wherever a value of a type may stand, a choice of such values may.
 */
public sealed interface Type {

  /**
   * A number with a unit (or, for ratios and plain numbers, without), or one of some words.
   *
   * @param dimension what it measures
   * @param range values, in the coherent unit
   * @param words words allowed instead, {@code nominal}
   */
  record Quantity(Dimension dimension, Range range, List<String> words) implements Type {
    public Quantity {
      words = List.copyOf(words);
    }
  }

  /**
   * Range of numbers.
   *
   * @param min lower end
   * @param isOpen whether the lower end itself is left out
   * @param max largest number; infinite where there is none
   */
  record Range(double min, boolean isOpen, double max) {
    /** True if a number lies in the range. */
    public boolean holds(double number) {
      return (isOpen ? number > min : number >= min) && number <= max;
    }
  }

  /**
   * A whole number, or one of some words.
   *
   * @param min smallest
   * @param max largest
   * @param words words allowed instead, {@code fit}
   */
  record WholeNumber(long min, long max, List<String> words) implements Type {}

  /**
   * One of some words.
   *
   * @param words the words
   */
  record Word(List<String> words) implements Type {}

  /** Free text. */
  record Text() implements Type {}

  /**
   * A mapping with known keys.
   *
   * @param shape its keys
   * @param none the mapping that the word {@code none} stands for, as YAML: {@code {count: 0}};
   *     empty if the word may not stand here
   */
  record Section(Shape shape, String none) implements Type {
    /** A mapping that cannot be {@code none}. */
    public Section(Shape shape) {
      this(shape, "");
    }
  }

  /**
   * A mapping whose {@code kind} says which keys it has; the kind's word alone stands for a mapping
   * of defaults.
   *
   * @param what what it is a kind of, {@code readout}
   * @param shapes one shape a kind, named by it; the first is the default kind
   */
  record Kinds(String what, List<Shape> shapes) implements Type {}

  /**
   * A mapping with known keys that a catalogue name stands for, or that extends one.
   *
   * @param what what it is, {@code device}
   * @param shape its keys
   */
  record Catalogued(String what, Shape shape) implements Type {}

  /**
   * A circuit's model: the name of one in the library, or a mapping of figures.
   *
   * @param part circuit that it prices, {@code readout}; empty of a circuit that has no other
   *     model, for which only figures may be given
   * @param figures keys of figures
   */
  record Model(String part, Shape figures) implements Type {
    /** True if a name may stand for figures. */
    boolean isNamed() {
      return !part.isEmpty();
    }
  }

  /**
   * A list.
   *
   * @param item type of its items
   */
  record ListOf(Type item) implements Type {}

  /**
   * The name of something in a catalogue that is kept by name, or of a user's file, or a mapping
   * that names it with settings: a network.
   *
   * @param what what it is, {@code network}
   * @param settings keys of the mapping form; its first key holds the name, its second what the
   *     name stands for if that is given in place
   * @param fileEndings endings of files that may stand instead of a catalogue name
   * @param others other mappings that may stand here, each told by the word at its first key: a
   *     kernel
   */
  record Named(String what, Shape settings, List<String> fileEndings, List<Shape> others)
      implements Type {
    public Named {
      fileEndings = List.copyOf(fileEndings);
      others = List.copyOf(others);
    }

    /** Key that tells the other mappings from each other. */
    public static final String OTHER = "kernel";
  }

  /**
   * The quantity of a circuit's natural action, or a mapping of action names to quantities.
   *
   * @param dimension what they measure
   * @param max largest value in the coherent unit
   * @param part circuit that acts, {@code readout}
   * @param actions names of its actions; the first is the natural one, whose quantity a single
   *     value is
   */
  record PerAction(Dimension dimension, double max, String part, List<String> actions)
      implements Type {
    public PerAction {
      actions = List.copyOf(actions);
    }

    /** The action whose quantity a single value is. */
    public String natural() {
      return actions.get(0);
    }
  }

  /** Whole number between two bounds. */
  static Type whole(long min, long max) {
    return new WholeNumber(min, max, List.of());
  }

  /** Quantity between two bounds, in the coherent unit, or one of some words. */
  static Type quantity(Dimension dimension, double min, double max, String... words) {
    return new Quantity(dimension, new Range(min, false, max), List.of(words));
  }

  /** Quantity above zero, at most a bound in the coherent unit, or one of some words. */
  static Type aboveZero(Dimension dimension, double max, String... words) {
    return new Quantity(dimension, new Range(0, true, max), List.of(words));
  }

  /** One of some words. */
  static Type word(String... words) {
    return new Word(List.of(words));
  }

  /** Anything; read by whoever owns the key. */
  record AnyValue() implements Type {}

  /** The shape of a kind. */
  static Optional<Shape> kind(Kinds kinds, String word) {
    return kinds.shapes().stream().filter(s -> s.name().equals(word)).findFirst();
  }

  /**
   * The keys of a mapping, in the order in which they are printed and in which their knobs are
   * numbered.
   */
  final class Shape {
    private static final String NONE = "none";

    private final String name;
    private final String article;
    private final List<Key> keys;
    private final Map<String, Integer> index = new HashMap<>();

    /**
     * A shape.
     *
     * @param name name of the kind, or of the section
     * @param article what a mapping of this shape is, with its article: {@code a sar readout}
     * @param keys its keys
     */
    public Shape(String name, String article, List<Key> keys) {
      this.name = name;
      this.article = article;
      this.keys = List.copyOf(keys);
      for (int i = 0; i < keys.size(); i++) {
        if (index.put(keys.get(i).name(), i) != null) {
          throw new IllegalArgumentException(
              "The key (" + keys.get(i).name() + ") of shape (" + name + ") is given twice.");
        }
      }
    }

    /** Shape of a part that is absent: the word {@code none}, no keys. */
    public static Shape none(String part) {
      return new Shape(NONE, "no " + part, List.of());
    }

    /** True if it is that of a part that is absent. */
    public boolean isNone() {
      return name.equals(NONE);
    }

    /** Name of the kind, or of the section. */
    public String name() {
      return name;
    }

    /** Noun of a mapping of this shape, with its article. */
    public String article() {
      return article;
    }

    /** Its keys, in order. */
    public List<Key> keys() {
      return keys;
    }

    /** True if it has a key of a name. */
    public boolean has(String key) {
      return index.containsKey(key);
    }

    /** The key of a name. */
    public Optional<Key> key(String name) {
      return Optional.ofNullable(index.get(name)).map(keys::get);
    }

    /** The item of a list in the order of the keys that belongs to a key. */
    <T> Optional<T> itemOf(String key, List<T> items) {
      return Optional.ofNullable(index.get(key)).map(items::get);
    }
  }

  /**
   * A key of a mapping.
   *
   * @param name its name
   * @param type what may stand there
   * @param defaultText what stands there if it is not written, as YAML; empty = nothing, {@link
   *     #REQUIRED} = it must be written
   * @param isSetting whether given figures of the same mapping hold for one value of it only
   * @param doc what it means, in a sentence
   * @param synonym word of the field that is no key and whose hint names this one
   */
  record Key(
      String name,
      Type type,
      String defaultText,
      boolean isSetting,
      String doc,
      Optional<String> synonym) {
    /** Marks a key that must be written. */
    public static final String REQUIRED = "\0required";

    /** A key with a default. */
    public static Key of(String name, Type type, String defaultText, String doc) {
      return new Key(name, type, defaultText, false, doc, Optional.empty());
    }

    /** A key that may be absent. */
    public static Key optional(String name, Type type, String doc) {
      return new Key(name, type, "", false, doc, Optional.empty());
    }

    /** A key that must be written. */
    public static Key required(String name, Type type, String doc) {
      return new Key(name, type, REQUIRED, false, doc, Optional.empty());
    }

    /** Copy of this key as a setting that given figures hold for. */
    public Key setting() {
      return new Key(name, type, defaultText, true, doc, synonym);
    }

    /** Copy of this key that the hint of another word names. */
    public Key insteadOf(String word) {
      return new Key(name, type, defaultText, isSetting, doc, Optional.of(word));
    }

    /** True if it must be written. */
    public boolean isRequired() {
      return defaultText.equals(REQUIRED);
    }
  }
}
