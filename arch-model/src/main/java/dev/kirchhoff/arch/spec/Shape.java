package dev.kirchhoff.arch.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a mapping, in the order in which they are printed and in which their knobs are
 * numbered.
 */
public final class Shape {
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

  /** Position of a key; −1 = there is none. */
  public int indexOf(String key) {
    Integer i = index.get(key);
    return i == null ? -1 : i;
  }
}
