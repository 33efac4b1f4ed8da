package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reader of a spec with all that it extends, merged into one tree. A relative name is relative to
 * the file it stands in; later files win over earlier ones; circles and chains of more than eight
 * files are problems.
 */
public final class SpecFiles {
  private static final int DEPTH_LIMIT = 8;

  private final Sources sources;
  private final Problems problems;
  private final Map<String, Node.Mapping> merged = new HashMap<>();

  /** Reads through the given sources and records problems. */
  public SpecFiles(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /**
   * A spec merged with what it extends.
   *
   * @param tree the tree, if there is one
   * @param brokenAt where a syntax error ended the reading of the spec itself, if one did
   * @param isWhole whether everything that it extends could be read; if not, the tree is not worth
   *     checking: what a missing base says would be called missing
   */
  public record Loaded(Optional<Node.Mapping> tree, Optional<Place> brokenAt, boolean isWhole) {
    private static Loaded nothing(Optional<Place> brokenAt) {
      return new Loaded(Optional.empty(), brokenAt, false);
    }
  }

  /** Reads a spec. */
  public Loaded load(String file) {
    return load(file, Place.ofFile(file), List.of());
  }

  /** The tree of a file that took part in the reading, merged with what it extends. */
  public Optional<Node.Mapping> tree(String file) {
    return Optional.ofNullable(merged.get(file));
  }

  private Loaded load(String file, Place namedAt, List<Place> chain) {
    for (int i = 0; i < chain.size(); i++) {
      if (chain.get(i).file().equals(file)) {
        Place last = chain.get(chain.size() - 1);
        problems.add(
            Place.ofFile(file),
            "",
            "extends itself"
                + (chain.size() - i > 1 || !last.file().equals(file)
                    ? " through " + last.fileAndLine()
                    : ""));
        return Loaded.nothing(Optional.empty());
      }
    }
    if (chain.size() >= DEPTH_LIMIT) {
      problems.add(
          namedAt,
          "extends",
          "is the "
              + (DEPTH_LIMIT + 1)
              + "th file of a chain; at most "
              + DEPTH_LIMIT
              + " extend each other");
      return Loaded.nothing(Optional.empty());
    }
    byte[] bytes;
    try {
      bytes = sources.read(file);
    } catch (Sources.SourceException e) {
      Place place = chain.isEmpty() ? Place.ofFile(file) : namedAt;
      problems.add(place, "", chain.isEmpty() ? e.getMessage() : file + " " + e.getMessage());
      return Loaded.nothing(Optional.empty());
    }
    SpecReader.Reading reading = SpecReader.read(file, bytes, problems);
    if (reading.root().isEmpty()) {
      return Loaded.nothing(reading.brokenAt());
    }
    if (!(reading.root().get() instanceof Node.Mapping mapping)) {
      problems.add(
          reading.root().get().place(),
          "",
          "is not a spec: it must be a mapping that begins with kirchhoff: 1");
      return Loaded.nothing(reading.brokenAt());
    }
    Node tree = expandSections(mapping, "", file, chain);
    boolean whole = true;
    for (Node.Scalar base : bases(mapping)) {
      String baseFile = sources.resolve(file, base.text());
      List<Place> longer = new ArrayList<>(chain);
      longer.add(base.place().in(file));
      Loaded loaded = load(baseFile, base.place(), longer);
      if (loaded.tree().isPresent()) {
        tree = Overlay.merge(loaded.tree().get(), ((Node.Mapping) tree).without("extends"));
      }
      whole &= loaded.isWhole() && loaded.brokenAt().isEmpty();
    }
    Node.Mapping all = ((Node.Mapping) tree).without("extends");
    merged.put(file, all);
    return new Loaded(Optional.of(all), reading.brokenAt(), whole);
  }

  private List<Node.Scalar> bases(Node.Mapping mapping) {
    Optional<Node> extended = mapping.get("extends");
    if (extended.isEmpty() || extended.get().isNone()) {
      return List.of();
    }
    List<Node> names =
        extended.get() instanceof Node.Sequence sequence
            ? sequence.items()
            : List.of(extended.get());
    List<Node.Scalar> bases = new ArrayList<>();
    for (Node name : names) {
      if (name instanceof Node.Scalar scalar && isFile(scalar.text())) {
        bases.add(0, scalar);
      } else {
        problems.add(
            name.place(),
            "extends",
            "must be a file that ends in .yaml or .json, or a list of such files");
      }
    }
    return bases;
  }

  private static boolean isFile(String text) {
    return text.endsWith(".yaml") || text.endsWith(".yml") || text.endsWith(".json");
  }

  /**
   * Replaces sections of the chip that are a file's name, or extend one, by that file's section.
   */
  private Node expandSections(Node node, String path, String file, List<Place> chain) {
    boolean inChip = path.equals("chip") || path.startsWith("chip.");
    if (node instanceof Node.Scalar scalar && inChip && isFile(scalar.text())) {
      return section(scalar, path, file, chain).orElse(node);
    }
    if (node instanceof Node.Mapping mapping) {
      List<Node.Entry> entries = new ArrayList<>();
      for (Node.Entry entry : mapping.entries()) {
        boolean text = List.of("source", "note", "name", "provenance").contains(entry.key());
        Node value =
            text || (path.isEmpty() && !entry.key().equals("chip"))
                ? entry.value()
                : inChip && entry.key().equals("extends")
                    ? entry.value()
                    : expandSections(entry.value(), Paths.join(path, entry.key()), file, chain);
        entries.add(new Node.Entry(entry.key(), entry.keyPlace(), value));
      }
      Node.Mapping expanded = new Node.Mapping(mapping.place(), entries);
      if (inChip
          && expanded.get("extends").orElse(null) instanceof Node.Scalar base
          && isFile(base.text())) {
        Optional<Node> below = section(base, path, file, chain);
        return below
            .map(b -> Overlay.merge(b, expanded.without("extends")))
            .orElse(expanded.without("extends"));
      }
      return expanded;
    }
    if (node instanceof Node.Sequence sequence && inChip) {
      List<Node> items = new ArrayList<>();
      for (Node item : sequence.items()) {
        items.add(expandSections(item, path, file, chain));
      }
      return new Node.Sequence(sequence.place(), items);
    }
    return node;
  }

  private Optional<Node> section(Node.Scalar name, String path, String file, List<Place> chain) {
    String sectionPath = path.endsWith(".any") ? path.substring(0, path.length() - 4) : path;
    String target = sources.resolve(file, name.text());
    List<Place> longer = new ArrayList<>(chain);
    longer.add(name.place().in(file));
    Loaded loaded = load(target, name.place(), longer);
    if (loaded.tree().isEmpty()) {
      return Optional.empty();
    }
    Node found = loaded.tree().get();
    if (!((Node.Mapping) found).has("kirchhoff")) {
      return Optional.of(found);
    }
    for (String key : sectionPath.split("\\.")) {
      Optional<Node> next = found instanceof Node.Mapping m ? m.get(key) : Optional.empty();
      if (next.isEmpty()) {
        problems.add(
            name.place(), Paths.shown(sectionPath), target + " has no " + Paths.shown(sectionPath));
        return Optional.empty();
      }
      found = next.get();
    }
    return Optional.of(found);
  }
}
