package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Sources;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Circuit files beside a spec: {@code model: my-adc} names {@code my-adc.circuit} in the folder of
 * the file that says so, else in that of the spec, before any circuit of the catalogue. A run
 * carries the text of those that it uses.
 */
public final class CircuitFiles {
  /** Ending of the files' names. */
  public static final String ENDING = ".circuit";

  private static final int LARGEST_B = 1 << 20;
  private static final String PLAIN_NAME = "[\\w.-]+";

  private final Sources sources;
  private final String specFile;
  private final Map<String, String> carried;
  private final Map<String, String> models;
  private final Map<String, Found> found = new TreeMap<>();
  private final Set<String> used = new TreeSet<>();

  /**
   * File beside the spec under a circuit's name.
   *
   * @param path its path
   * @param trouble why a file that is there cannot be read
   */
  private record Found(String path, Optional<String> text, Optional<String> trouble) {
    boolean isThere() {
      return text.isPresent() || trouble.isPresent();
    }
  }

  /**
   * Files beside a spec.
   *
   * @param carried contents of files that the spec carries, by name
   * @param models circuits that parts of the spec name as their model, with the file of the spec
   *     that does
   */
  CircuitFiles(
      Sources sources, String specFile, Map<String, String> carried, Map<String, String> models) {
    this.sources = sources;
    this.specFile = specFile;
    this.carried = Map.copyOf(carried);
    this.models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** Files beside a circuit's file. */
  public static CircuitFiles beside(String file, Sources sources) {
    return new CircuitFiles(sources, file, Map.of(), Map.of());
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

  /**
   * True if a part's model is a file beside the spec, so that others there count too, as do those
   * that the spec of one design of a run carries.
   */
  public boolean areMeant() {
    return carried.keySet().stream().anyMatch(file -> file.endsWith(ENDING))
        || models.keySet().stream().anyMatch(model -> peek(model).isPresent());
  }

  /** Circuits that parts of the spec name as their model, with and without a file. */
  Set<String> models() {
    return models.keySet();
  }

  /** True of a circuit that the design uses, or that another design of its run does. */
  boolean isUsed(String circuit) {
    return used.contains(circuit) || carried.containsKey(circuit + ENDING);
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
      String text =
          CarriedFile.content(carried.get(file), LARGEST_B).map(CircuitFiles::text).orElse("");
      return new Found(sources.resolve(specFile, file), Optional.of(text), Optional.empty());
    }
    Set<String> from = new LinkedHashSet<>();
    Optional.ofNullable(models.get(circuit)).ifPresent(from::add);
    if (!models.containsKey(circuit)) {
      from.addAll(models.values()); // a circuit that another one uses
    }
    from.add(specFile);
    return from.stream()
        .map(naming -> content(circuit, naming))
        .filter(Found::isThere)
        .findFirst()
        .orElseGet(
            () -> new Found(sources.resolve(specFile, file), Optional.empty(), Optional.empty()));
  }

  /** File of a circuit beside a file of the spec. */
  private Found content(String circuit, String naming) {
    String file = circuit + ENDING;
    String path = sources.resolve(naming, file);
    try {
      String text = text(sources.read(sources.resolveBeside(naming, file), LARGEST_B));
      return new Found(path, Optional.of(text), Optional.empty());
    } catch (Sources.SourceException e) {
      // Where no file of that name can be meant, the catalogue's circuit is.
      boolean isNone = e.isAbsence() || !circuit.matches(PLAIN_NAME);
      return new Found(
          path, Optional.empty(), isNone ? Optional.empty() : Optional.of(e.getMessage()));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Path of a circuit's file, as messages name it. */
  public String path(String circuit) {
    return found(circuit).path();
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

  /**
   * Circuits that the parts of a chip name as their model, with and without a file, each with the
   * file of the spec that names it first; of a setting that is the spec itself.
   *
   * @param isFile whether a place's file is one of the spec
   */
  static Map<String, String> models(Node.Mapping spec, String specFile, Predicate<String> isFile) {
    Map<String, String> names = new LinkedHashMap<>();
    Consumer<Node.Scalar> into =
        model -> {
          String file = model.place().file();
          names.putIfAbsent(name(model.text()), isFile.test(file) ? file : specFile);
        };
    spec.get("chip").ifPresent(chip -> models(chip, false, into));
    spec.get("let").ifPresent(let -> models(let, false, into));
    return names;
  }

  private static void models(Node node, boolean isModel, Consumer<Node.Scalar> into) {
    if (node instanceof Node.Scalar scalar && isModel) {
      into.accept(scalar);
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
