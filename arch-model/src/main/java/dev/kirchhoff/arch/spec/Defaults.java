package dev.kirchhoff.arch.spec;

import java.util.List;

/** Turns the text of a default into nodes whose place says that nobody wrote them. */
final class Defaults {
  private Defaults() {}

  static Node node(String text) {
    Problems problems = new Problems();
    Node node =
        SpecReader.readText("default", text, problems)
            .root()
            .orElseThrow(
                () -> new IllegalArgumentException("The default (" + text + ") cannot be read."));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The default (" + text + ") cannot be read: " + problems.sorted());
    }
    return unplaced(node);
  }

  private static Node unplaced(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return new Node.Scalar(Place.DEFAULT, scalar.text());
    }
    if (node instanceof Node.Sequence sequence) {
      return new Node.Sequence(
          Place.DEFAULT, sequence.items().stream().map(Defaults::unplaced).toList());
    }
    List<Node.Entry> entries =
        ((Node.Mapping) node)
            .entries().stream()
                .map(e -> new Node.Entry(e.key(), Place.DEFAULT, unplaced(e.value())))
                .toList();
    return new Node.Mapping(Place.DEFAULT, entries);
  }
}
