package dev.kirchhoff.dse.catalog;

import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Spec that is shipped as an example: its file, name, and source or note. */
public record ExampleEntry(String name, String title, String source) {

  /** The specs of a folder; none if it does not exist. */
  public static List<ExampleEntry> in(Path folder) {
    List<ExampleEntry> entries = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return entries;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        of(file).ifPresent(entries::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
    }
    return entries;
  }

  private static Optional<ExampleEntry> of(Path file) throws IOException {
    Optional<Node> root =
        SpecReader.read(file.toString(), Files.readAllBytes(file), new Problems()).root();
    return root.orElse(null) instanceof Node.Mapping spec
        ? Optional.of(
            new ExampleEntry(
                "examples/" + file.getFileName(),
                spec.get("name").map(Node::toString).orElse(""),
                spec.get("source").or(() -> spec.get("note")).map(Node::toString).orElse("")))
        : Optional.empty();
  }
}
