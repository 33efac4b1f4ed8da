package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A spec as written: a tree of mappings, sequences and scalars, each with its place. Scalars are
 * kept as text; the type expected at their position decides their meaning.
 */
public sealed interface Node {

  /** Place of the node in its file. */
  Place place();

  /**
   * A scalar.
   *
   * @param place where it stands
   * @param text its text
   */
  record Scalar(Place place, String text) implements Node {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A sequence.
   *
   * @param place where it stands
   * @param items its items
   */
  record Sequence(Place place, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A mapping, in the order written.
   *
   * @param place where it stands
   * @param entries its entries; keys are distinct
   */
  record Mapping(Place place, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value of a key. */
    public Optional<Node> get(String key) {
      return entry(key).map(Entry::value);
    }

    /** The entry of a key. */
    public Optional<Entry> entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    /** True if the mapping has a key. */
    public boolean has(String key) {
      return entry(key).isPresent();
    }

    /** Copy of this mapping with one entry replaced in its position, or added at the end. */
    public Mapping with(Entry entry) {
      List<Entry> changed = new ArrayList<>();
      boolean replaced = false;
      for (Entry old : entries) {
        if (old.key().equals(entry.key())) {
          changed.add(entry);
          replaced = true;
        } else {
          changed.add(old);
        }
      }
      if (!replaced) {
        changed.add(entry);
      }
      return new Mapping(place, changed);
    }

    /** Copy of this mapping without a key. */
    public Mapping without(String key) {
      return new Mapping(place, entries.stream().filter(e -> !e.key().equals(key)).toList());
    }
  }

  /**
   * One entry of a mapping.
   *
   * @param key its key
   * @param keyPlace where the key stands
   * @param value its value
   */
  record Entry(String key, Place keyPlace, Node value) {}

  /** True if this is the word {@code none}. */
  default boolean isNone() {
    return this instanceof Scalar scalar && scalar.text().equals("none");
  }

  /** True if this is a choice: a mapping with {@code any}, or with {@code from} and {@code to}. */
  default boolean isChoice() {
    return this instanceof Mapping mapping
        && (mapping.has("any") || (mapping.has("from") && mapping.has("to")));
  }
}
