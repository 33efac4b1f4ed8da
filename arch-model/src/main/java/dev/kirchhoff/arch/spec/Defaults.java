package dev.kirchhoff.arch.spec;

import java.util.List;

/** Nodes of texts of the grammar; the place of a default's node marks it as not written. */
final class Defaults {
  private Defaults() {}

  static Node node(String text) {
    return node(text, Place.DEFAULT);
  }

  /** Default node in place of a word that was written: its nodes have the word's place. */
  static Node node(String text, Place place) {
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
    return placed(node, place);
  }

  private static Node placed(Node node, Place place) {
    if (node instanceof Node.Scalar scalar) {
      return new Node.Scalar(place, scalar.text());
    }
    if (node instanceof Node.Sequence sequence) {
      return new Node.Sequence(
          place, sequence.items().stream().map(item -> placed(item, place)).toList());
    }
    List<Node.Entry> entries =
        ((Node.Mapping) node)
            .entries().stream()
                .map(e -> new Node.Entry(e.key(), place, placed(e.value(), place)))
                .toList();
    return new Node.Mapping(place, entries);
  }
}
