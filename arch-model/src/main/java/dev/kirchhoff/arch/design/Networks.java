package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Networks by name: built-in ones, and files of shapes, each read once. */
final class Networks {
  private final NetworkCatalogue catalogue;
  private final Sources sources;
  private final String specFile;
  private final Map<String, Network> read = new TreeMap<>();
  private final Map<String, Node> layers = new TreeMap<>();
  private final Map<String, String> failures = new TreeMap<>();

  Networks(NetworkCatalogue catalogue, Sources sources, String specFile) {
    this.catalogue = catalogue;
    this.sources = sources;
    this.specFile = specFile;
  }

  List<String> names() {
    return catalogue.names();
  }

  Optional<Network> find(String name) {
    Network known = read.get(name);
    if (known != null || failures.containsKey(name)) {
      return Optional.ofNullable(known);
    }
    Optional<Network> found =
        name.endsWith(".yaml") || name.endsWith(".onnx") ? fromFile(name) : catalogue.find(name);
    found.ifPresent(network -> read.put(name, network));
    return found;
  }

  /** The layers that a file lists, as written. */
  Optional<Node> layers(String file) {
    return Optional.ofNullable(layers.get(file));
  }

  /** What is wrong with a file, if anything. */
  Optional<String> problem(String file) {
    find(file);
    return Optional.ofNullable(failures.get(file));
  }

  private Optional<Network> fromFile(String name) {
    if (name.endsWith(".onnx")) {
      failures.put(
          name,
          name
              + " cannot be read: this version takes shapes as .yaml, not .onnx; see docs/workloads.md");
      return Optional.empty();
    }
    String file = sources.resolve(specFile, name);
    try {
      NetworkReader.NetworkFile found = NetworkReader.read(file, sources.read(file));
      layers.put(name, found.layers());
      return Optional.of(found.network());
    } catch (Sources.SourceException e) {
      failures.put(name, file + " " + e.getMessage());
    } catch (SpecException e) {
      failures.put(
          name,
          "is not a network: "
              + e.problems().stream().map(Object::toString).collect(Collectors.joining("; ")));
    }
    return Optional.empty();
  }
}
