package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of the networks that a workload names, {@code {network: bert.onnx, dimensions:
 * {sequence: 128}}}, collected before the spec is checked, since the layers of a file are knobs of
 * it. A file is one network, so that it has one name: named twice, it has the same settings.
 */
final class NetworkSettings {
  private static final long LARGEST_DIMENSION = 1_000_000_000;

  private static final List<String> KEYS = List.of("dimensions", "samples", "activations");

  private final Problems problems;
  private final Map<String, Settings> settings = new TreeMap<>();

  private NetworkSettings(Problems problems) {
    this.problems = problems;
  }

  /** The settings of each network that the workload of {@code spec} names. */
  static Map<String, Settings> of(Node.Mapping spec, Problems problems) {
    NetworkSettings found = new NetworkSettings(problems);
    spec.get("workload").ifPresent(found::collect);
    return found.settings;
  }

  private void collect(Node node) {
    if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(this::collect);
    } else if (node instanceof Node.Scalar scalar) {
      put(scalar.text(), Settings.NONE, scalar.place());
    } else if (node instanceof Node.Mapping mapping) {
      mapping.get("any").ifPresent(this::collect);
      if (mapping.get("network").orElse(null) instanceof Node.Scalar name) {
        boolean isFile = FileEndings.matches(name.text(), ".onnx") && !mapping.has("layers");
        put(name.text(), isFile ? settings(mapping) : ofShapes(mapping), name.place());
        if (!isFile && KEYS.stream().anyMatch(mapping::has)) {
          problems.add(
              name.place(), "workload", String.join(", ", KEYS) + " are of .onnx files only");
        }
      }
    }
  }

  private void put(String name, Settings found, Place place) {
    Settings before = settings.putIfAbsent(name, found);
    if (before != null && !before.equals(found)) {
      problems.add(
          place,
          "workload",
          name + " is named twice with different settings; copy it, so that each has a name");
    }
  }

  private Settings settings(Node.Mapping mapping) {
    Map<String, Long> dimensions = new TreeMap<>();
    Node stated = mapping.get("dimensions").orElse(null);
    if (stated instanceof Node.Mapping map) {
      for (Node.Entry entry : map.entries()) {
        size(entry).ifPresent(size -> dimensions.put(entry.key(), size));
      }
    } else if (stated != null) {
      problems.add(stated.place(), "workload.dimensions", "must be sizes by name: {sequence: 128}");
    }
    return new Settings(
        dimensions, word(mapping, "samples"), word(mapping, "activations"), isEqual(mapping));
  }

  private static Settings ofShapes(Node.Mapping mapping) {
    return new Settings(Map.of(), Optional.empty(), Optional.empty(), isEqual(mapping));
  }

  private static boolean isEqual(Node.Mapping mapping) {
    return word(mapping, "sensitivity").equals(Optional.of("equal"));
  }

  private Optional<Long> size(Node.Entry entry) {
    if (entry.value() instanceof Node.Scalar scalar && scalar.text().matches("[1-9][0-9]{0,9}")) {
      long size = Long.parseLong(scalar.text());
      if (size <= LARGEST_DIMENSION) {
        return Optional.of(size);
      }
    }
    String found = entry.value() instanceof Node.Scalar scalar ? "; it is " + scalar.text() : "";
    problems.add(
        entry.value().place(),
        "workload.dimensions." + entry.key(),
        "must be a whole number 1.." + LARGEST_DIMENSION + ", or any of some" + found);
    return Optional.empty();
  }

  private static Optional<String> word(Node.Mapping mapping, String key) {
    return mapping.get(key).orElse(null) instanceof Node.Scalar scalar && !scalar.text().isEmpty()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
