package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change from the command line, {@code pe.readout.bits=7}: picks another value, or adds a choice.
 * A {@code kind} picks an alternative of a choice; a path through a choice changes every
 * alternative that can take the value and leaves the others out.
 *
 * @param path path, {@code chip.} left out or not, or a {@code let} name
 * @param value the value as YAML
 * @param origin how the user wrote it; the place of its problems
 */
public record Setting(String path, String value, String origin) {

  /** A change that is written as {@code --set path=value}. */
  public Setting(String path, String value) {
    this(path, value, "--set " + path + "=" + value);
  }

  /**
   * Reads {@code path=value}.
   *
   * @throws IllegalArgumentException if there is no {@code =}, or nothing before or behind it; the
   *     message is for the user
   */
  public static Setting parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException(
          "--set " + text + ": must be path=value, for example --set pe.readout.bits=7");
    }
    String value = text.substring(equals + 1).trim();
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "--set " + text + ": has no value; none removes what stands there");
    }
    return new Setting(text.substring(0, equals).trim(), value);
  }

  /** The tree with this change. */
  public Node.Mapping apply(Node.Mapping tree, Problems problems) {
    SpecReader.Reading reading = SpecReader.readText(origin, value, problems);
    if (reading.root().isEmpty()) {
      return tree;
    }
    Place place = Place.ofFile(origin);
    Node node = at(reading.root().get(), place);
    List<String> keys = List.of(path.split("\\."));
    boolean isLet =
        keys.size() == 1
            && tree.get("let").orElse(null) instanceof Node.Mapping let
            && let.has(keys.get(0));
    List<String> full = new ArrayList<>(keys);
    if (isLet) {
      full.add(0, "let");
    } else if (TopLevel.isInChip(keys.get(0))) {
      full.add(0, "chip");
    }
    return (Node.Mapping) set(tree, full, node, place, "");
  }

  /** Keys of the top level; every other first key stands in the chip. */
  private static final class TopLevel {
    private static final List<String> KEYS =
        List.of(
            "kirchhoff",
            "name",
            "note",
            "source",
            "let",
            "chip",
            "precision",
            "mapping",
            "operation",
            "workload",
            "objectives",
            "constraints",
            "search",
            "sweep",
            "expect",
            "calibration",
            "circuits",
            "iso");

    static boolean isInChip(String key) {
      return !KEYS.contains(key);
    }
  }

  private static Node at(Node node, Place place) {
    if (node instanceof Node.Scalar scalar) {
      return new Node.Scalar(place, scalar.text());
    }
    if (node instanceof Node.Sequence sequence) {
      return new Node.Sequence(place, sequence.items().stream().map(n -> at(n, place)).toList());
    }
    return new Node.Mapping(
        place,
        ((Node.Mapping) node)
            .entries().stream()
                .map(e -> new Node.Entry(e.key(), place, at(e.value(), place)))
                .toList());
  }

  private static Node set(Node node, List<String> keys, Node value, Place place, String above) {
    if (keys.isEmpty()) {
      if (node instanceof Node.Scalar was
          && value instanceof Node.Scalar now
          && was.text().equals(now.text())) {
        // A value that stands there already keeps the place of its file.
        return node;
      }
      return value instanceof Node.Mapping && !value.isChoice() && !node.isChoice()
          ? Overlay.merge(node, value)
          : value;
    }
    if (node.isChoice()) {
      return throughChoice((Node.Mapping) node, keys, value, place, above);
    }
    String key = keys.get(0);
    Node.Mapping mapping;
    if (node instanceof Node.Mapping m) {
      mapping = m;
    } else if (node instanceof Node.Scalar scalar && !scalar.text().isEmpty()) {
      boolean isPlain = key.equals("kind") || scalar.text().startsWith("=");
      mapping =
          isPlain
              ? new Node.Mapping(scalar.place(), List.of())
              : new Node.Mapping(
                  scalar.place(), List.of(new Node.Entry(shortKey(above), scalar.place(), scalar)));
    } else {
      mapping = new Node.Mapping(place, List.of());
    }
    boolean isKind = key.equals("kind") || key.equals(Type.Named.OTHER);
    if (keys.size() == 1 && isKind && isOtherKind(mapping, key, value)) {
      return new Node.Mapping(place, List.of(new Node.Entry(key, place, value)));
    }
    Node below = mapping.get(key).orElse(new Node.Scalar(place, ""));
    Node changed = set(below, keys.subList(1, keys.size()), value, place, key);
    return mapping.with(
        new Node.Entry(key, mapping.entry(key).map(Node.Entry::keyPlace).orElse(place), changed));
  }

  /**
   * Key that a section's single word stands for: a catalogue name at {@code device} and {@code
   * workload}, the natural action's figure at {@code energy}, else a kind.
   */
  private static String shortKey(String section) {
    return switch (section) {
      case "device" -> "extends";
      case "workload" -> "network";
      case "energy" -> Overlay.SINGLE;
      default -> "kind";
    };
  }

  private static boolean isOtherKind(Node.Mapping mapping, String key, Node value) {
    Optional<Node> kind = mapping.get(key);
    return kind.isPresent()
        && value instanceof Node.Scalar now
        && kind.get() instanceof Node.Scalar was
        && !now.text().equals(was.text());
  }

  /** Keys by whose values the command line picks an item of a choice. */
  private static final List<String> PICKING = List.of("kind", "name", Type.Named.OTHER);

  private static Node throughChoice(
      Node.Mapping choice, List<String> keys, Node value, Place place, String above) {
    if (!(choice.get("any").orElse(null) instanceof Node.Sequence any)) {
      return choice;
    }
    if (keys.size() == 1 && PICKING.contains(keys.get(0))) {
      for (Node item : any.items()) {
        if (value instanceof Node.Scalar wanted && isCalled(item, keys.get(0), wanted.text())) {
          return item instanceof Node.Mapping picked ? picked.without(Overlay.TRIED) : item;
        }
      }
      return new Node.Mapping(place, List.of(new Node.Entry(keys.get(0), place, value)));
    }
    List<Node> items = new ArrayList<>();
    for (Node item : any.items()) {
      items.add(
          item instanceof Node.Mapping
              ? tried((Node.Mapping) set(item, keys, value, place, above), place)
              : item);
    }
    return choice.with(
        new Node.Entry("any", choice.place(), new Node.Sequence(any.place(), items)));
  }

  /** An alternative with one more value that the command line set in it. */
  private static Node tried(Node.Mapping item, Place place) {
    List<Node> names = new ArrayList<>();
    if (item.get(Overlay.TRIED).orElse(null) instanceof Node.Sequence before) {
      names.addAll(before.items());
    }
    names.add(new Node.Scalar(place, place.file()));
    return item.with(new Node.Entry(Overlay.TRIED, place, new Node.Sequence(place, names)));
  }

  private static boolean isCalled(Node item, String key, String name) {
    if (item instanceof Node.Scalar scalar) {
      return scalar.text().equals(name);
    }
    return item instanceof Node.Mapping mapping
        && mapping.get(key).orElse(null) instanceof Node.Scalar scalar
        && scalar.text().equals(name);
  }
}
