package dev.kirchhoff.arch.spec;

import java.util.List;
import java.util.Optional;

/**
 * Type of the values at a key. Wherever a value of a type may stand, a choice of such values may.
 */
public sealed interface Type {

  /**
   * A number with a unit (or, for ratios and plain numbers, without), or one of some words.
   *
   * @param dimension what it measures
   * @param min smallest value, in the coherent unit
   * @param max largest value
   * @param words words allowed instead, {@code nominal}
   */
  record Quantity(Dimension dimension, double min, double max, List<String> words)
      implements Type {}

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
   * @param part circuit that it prices, {@code readout}
   * @param figures keys of figures
   */
  record Model(String part, Shape figures) implements Type {}

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
   */
  record Named(String what, Shape settings, List<String> fileEndings) implements Type {}

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

  /** Anything; read by whoever owns the key. */
  record AnyValue() implements Type {}

  /** The shape of a kind. */
  static Optional<Shape> kind(Kinds kinds, String word) {
    return kinds.shapes().stream().filter(s -> s.name().equals(word)).findFirst();
  }
}
