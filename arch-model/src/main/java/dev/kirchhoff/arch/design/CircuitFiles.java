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
import java.util.TreeSet;

/**
 * Circuit files beside a spec: {@code model: my-adc} names {@code my-adc.circuit} in the spec's
 * folder, before any circuit of the catalogue. A run carries the text of those that it uses.
 */
public final class CircuitFiles {
  /** Ending of the files' names. */
  public static final String ENDING = ".circuit";

  private static final int LARGEST_B = 1 << 20;
  private static final String PLAIN_NAME = "[\\w.-]+";

  private final Sources sources;
  private final String specFile;
  private final Map<String, String> carried;
  private final Set<String> models;
  private final Map<String, Found> found = new TreeMap<>();
  private final Set<String> used = new TreeSet<>();

  /**
   * File beside the spec under a circuit's name.
   *
   * @param trouble why a file that is there cannot be read
   */
  private record Found(Optional<String> text, Optional<String> trouble) {
    static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

    static Found of(String text) {
      return new Found(Optional.of(text), Optional.empty());
    }
  }

  /**
   * Files beside a spec.
   *
   * @param carried contents of files that the spec carries, by name
   * @param models circuits that parts of the spec name as their model
   */
  CircuitFiles(Sources sources, String specFile, Map<String, String> carried, Set<String> models) {
    this.sources = sources;
    this.specFile = specFile;
    this.carried = Map.copyOf(carried);
    this.models = Set.copyOf(models);
  }

  /** Files beside a circuit's file. */
  public static CircuitFiles beside(String file, Sources sources) {
    return new CircuitFiles(sources, file, Map.of(), Set.of());
  }

  /** Name of a circuit without the ending of its file. */
  static String name(String text) {
    return FileEndings.without(text, ENDING);
  }

  /**
   * Text of the file of a circuit that the design uses; empty if there is none beside the spec, or
   * one that cannot be read, whose {@link #trouble} is told.
   */
  public Optional<String> text(String circuit) {
    used.add(circuit);
    return peek(circuit);
  }

  /** Text of a circuit's file, whether the design uses it or not. */
  public Optional<String> peek(String circuit) {
    return found(circuit).text();
  }

  /** True if a part's model is a file beside the spec, so that others there count too. */
  public boolean areMeant() {
    return models.stream().anyMatch(model -> peek(model).isPresent());
  }

  /** Reason for which the file of a circuit cannot be read; empty if there is none or it can. */
  public Optional<String> trouble(String circuit) {
    return found(circuit).trouble();
  }

  private Found found(String circuit) {
    return found.computeIfAbsent(circuit, this::content);
  }

  private Found content(String circuit) {
    String file = circuit + ENDING;
    if (carried.containsKey(file)) {
      // A damaged file is an empty circuit, which the check of circuits refuses.
      return Found.of(
          CarriedFile.content(carried.get(file), LARGEST_B).map(CircuitFiles::text).orElse(""));
    }
    try {
      return Found.of(text(sources.read(sources.resolveBeside(specFile, file), LARGEST_B)));
    } catch (Sources.SourceException e) {
      // Where no file of that name can be meant, the catalogue's circuit is.
      return e.isAbsence() || !circuit.matches(PLAIN_NAME)
          ? Found.NOTHING
          : new Found(Optional.empty(), Optional.of(e.getMessage()));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Path of a circuit's file, as messages name it. */
  public String path(String circuit) {
    return sources.resolve(specFile, circuit + ENDING);
  }

  /** Texts of the files of all circuits that the design uses, by name of the circuit. */
  public Map<String, String> all() {
    Map<String, String> files = new TreeMap<>();
    used.forEach(circuit -> peek(circuit).ifPresent(text -> files.put(circuit, text)));
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
