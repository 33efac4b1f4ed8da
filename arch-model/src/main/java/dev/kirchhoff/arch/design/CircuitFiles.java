package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Sources;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Circuit files beside a spec: {@code model: my-adc} names {@code my-adc.circuit} in the spec's
 * folder, before any circuit of the catalogue. A run carries the text of those that it uses.
 */
public final class CircuitFiles {
  /** Ending of the files' names. */
  public static final String ENDING = ".circuit";

  private static final int LARGEST_B = 1 << 20;

  private final Sources sources;
  private final String specFile;
  private final Map<String, String> carried;
  private final Map<String, Optional<String>> read = new TreeMap<>();

  /**
   * Files beside a spec.
   *
   * @param carried contents of files that the spec carries, by name
   */
  CircuitFiles(Sources sources, String specFile, Map<String, String> carried) {
    this.sources = sources;
    this.specFile = specFile;
    this.carried = Map.copyOf(carried);
  }

  /** Files beside a circuit's file. */
  public static CircuitFiles beside(String file, Sources sources) {
    return new CircuitFiles(sources, file, Map.of());
  }

  /** Name of a circuit without the ending of its file. */
  static String name(String text) {
    return FileEndings.without(text, ENDING);
  }

  /** Text of a circuit's file; empty if there is none beside the spec. */
  public Optional<String> text(String circuit) {
    return read.computeIfAbsent(circuit, this::content);
  }

  private Optional<String> content(String circuit) {
    String file = circuit + ENDING;
    if (carried.containsKey(file)) {
      // A damaged file is an empty circuit, which the check of circuits refuses.
      return Optional.of(
          CarriedFile.content(carried.get(file), LARGEST_B).map(CircuitFiles::text).orElse(""));
    }
    try {
      return Optional.of(text(sources.read(sources.resolveBeside(specFile, file), LARGEST_B)));
    } catch (Sources.SourceException e) {
      // No file of that name: the catalogue's circuit is meant.
      return Optional.empty();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Path of a circuit's file, as messages name it. */
  public String path(String circuit) {
    return sources.resolve(specFile, circuit + ENDING);
  }

  /** Texts of all files that were asked for, by name of the circuit. */
  public Map<String, String> all() {
    Map<String, String> files = new TreeMap<>();
    read.forEach((circuit, text) -> text.ifPresent(t -> files.put(circuit, t)));
    return files;
  }

  /** Contents of all files as a spec carries them, by name of the file. */
  Map<String, String> toCarry() {
    Map<String, String> files = new TreeMap<>();
    all()
        .forEach(
            (circuit, text) ->
                files.put(circuit + ENDING, CarriedFile.of(text.getBytes(StandardCharsets.UTF_8))));
    return files;
  }

  /** Circuits that the parts of a chip name as their model, with and without a file. */
  static Set<String> models(Node.Mapping spec) {
    Set<String> names = new LinkedHashSet<>();
    spec.get("chip").ifPresent(chip -> models(chip, false, names));
    spec.get("let").ifPresent(let -> models(let, false, names));
    return names;
  }

  private static void models(Node node, boolean isModel, Set<String> into) {
    if (node instanceof Node.Scalar scalar && isModel) {
      into.add(name(scalar.text()));
    } else if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(item -> models(item, isModel, into));
    } else if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        boolean isChoice = entry.key().equals("any") || entry.key().equals("start");
        models(entry.value(), entry.key().equals("model") || (isModel && isChoice), into);
      }
    }
  }
}
