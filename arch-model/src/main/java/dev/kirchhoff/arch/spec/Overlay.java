package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Merge of changes over a base: mappings merge key by key; text, numbers, lists and choices are
 * replaced whole; a new {@code kind} or {@code extends} drops what was inherited beside it.
 */
final class Overlay {
  /** Hidden key that carries the value a choice replaced, so that the choice can start there. */
  static final String INHERITED_START = " start";

  /**
   * Hidden key of a choice's alternatives into which the command line set values that are named by
   * this key's list: an alternative that cannot take one of them is left out of the choice.
   */
  static final String TRIED = " tried";

  /** Hidden key of changes of what was {@code none}: of a tile without parts, a tile with some. */
  static final String WAS_NONE = " none";

  /**
   * Hidden key of a single value into which the command line set one by name: the energy of the
   * natural action beside that of another.
   */
  static final String SINGLE = " single";

  private Overlay() {}

  /** The base with the changes on top. */
  static Node merge(Node base, Node change) {
    if (change.isChoice()) {
      return withInheritedStart((Node.Mapping) change, base);
    }
    if (base.isNone() && change instanceof Node.Mapping above && !above.has("kind")) {
      return above.with(new Node.Entry(WAS_NONE, base.place(), base));
    }
    if (!(base instanceof Node.Mapping below)
        || !(change instanceof Node.Mapping above)
        || base.isChoice()
        || isNewKind(below, above)) {
      return change;
    }
    List<Node.Entry> merged = new ArrayList<>();
    for (Node.Entry entry : below.entries()) {
      Optional<Node.Entry> changed = above.entry(entry.key());
      merged.add(
          changed
              .map(c -> new Node.Entry(c.key(), c.keyPlace(), merge(entry.value(), c.value())))
              .orElse(entry));
    }
    for (Node.Entry entry : above.entries()) {
      if (!below.has(entry.key())) {
        merged.add(entry);
      }
    }
    return new Node.Mapping(above.place(), merged);
  }

  private static boolean isNewKind(Node.Mapping below, Node.Mapping above) {
    return above.has("extends")
        || isOther("kind", below, above)
        || isOther(Type.Named.OTHER, below, above)
        || below.has(Type.Named.OTHER) && above.has("network");
  }

  private static boolean isOther(String key, Node.Mapping below, Node.Mapping above) {
    Optional<Node> kind = above.get(key);
    return kind.isPresent()
        && !(kind.get() instanceof Node.Scalar now
            && below.get(key).orElse(null) instanceof Node.Scalar was
            && now.text().equals(was.text()));
  }

  private static Node withInheritedStart(Node.Mapping choice, Node base) {
    if (choice.has("start") || choice.has(INHERITED_START)) {
      return choice;
    }
    Node start = base;
    if (base instanceof Node.Mapping mapping && base.isChoice()) {
      start =
          mapping
              .get("start")
              .or(() -> mapping.get("from"))
              .or(
                  () ->
                      mapping
                          .get("any")
                          .flatMap(
                              any ->
                                  any instanceof Node.Sequence s && !s.items().isEmpty()
                                      ? Optional.of(s.items().get(0))
                                      : Optional.empty()))
              .orElse(null);
    }
    return start == null
        ? choice
        : choice.with(new Node.Entry(INHERITED_START, start.place(), start));
  }
}
