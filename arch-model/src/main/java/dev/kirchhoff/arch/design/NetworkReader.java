package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Catalogues;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Layers;
import dev.kirchhoff.arch.workload.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reader of networks that are given as lists of shapes, in a file or in a spec. */
final class NetworkReader {
  private NetworkReader() {}

  /**
   * A network's file.
   *
   * @param network the network
   * @param layers its layers as written, to be carried along in the resolved form of a spec
   * @param warnings what its user should know
   */
  record NetworkFile(Network network, Node layers, List<SpecProblem> warnings) {}

  /**
   * Reads a network's file.
   *
   * @throws SpecException with all problems
   */
  static NetworkFile read(String file, byte[] bytes) throws SpecException {
    Problems problems = new Problems();
    SpecReader.Reading reading = SpecReader.read(file, bytes, problems);
    problems.throwIfAny();
    Network network = network(file, reading, problems);
    Node layers = ((Node.Mapping) reading.root().orElseThrow()).get("layers").orElseThrow();
    return new NetworkFile(network, layers, problems.warnings());
  }

  private static Network network(String file, SpecReader.Reading reading, Problems problems)
      throws SpecException {
    Optional<SpecTree> tree =
        SpecTree.check(
            reading.root().orElseThrow(),
            NetworkGrammar.file(),
            Catalogues.none(),
            network -> List.of(),
            problems);
    problems.throwIfAny();
    View view = tree.orElseThrow().view(tree.get().start());
    View.Section root = view.root();
    String source = root.has("source") ? root.word("source") : "given, " + file;
    NetworkCheck.check(root, "layers", problems);
    problems.throwIfAny();
    return network(root.word("network"), root, source);
  }

  /** The network of a section with {@code layers}. */
  static Network network(String name, View.Section section, String source) {
    List<Layers.Description> descriptions = new ArrayList<>();
    List<Value> items = ((Value.Items) section.raw("layers")).items();
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      Layers.Description layer = LayerReader.layer(section.of(items.get(i)), i, indices);
      descriptions.add(layer);
      indices.put(layer.name(), i);
    }
    return Layers.network(name, descriptions, source);
  }
}
