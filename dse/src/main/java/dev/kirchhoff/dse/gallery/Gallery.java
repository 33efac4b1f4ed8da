package dev.kirchhoff.dse.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finder of the specs of a gallery: {@code designs/<chip-venue-year>/spec.yaml}. */
public final class Gallery {
  /** Name of a chip's spec in its folder. */
  public static final String SPEC = "spec.yaml";

  /** Name of the file that says what the paper says, what differs from it and why. */
  public static final String SOURCE = "SOURCE.md";

  private Gallery() {}

  /**
   * The specs that a path names: the file itself, the spec of a chip's folder, or those of all
   * folders in it that state or inherit published values, sorted by name.
   */
  public static List<String> specs(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path.toString());
    }
    if (Files.exists(path.resolve(SPEC))) {
      return List.of(path.resolve(SPEC).toString());
    }
    List<String> specs = new ArrayList<>();
    try (Stream<Path> folders = Files.list(path)) {
      folders
          .sorted()
          .map(folder -> folder.resolve(SPEC))
          .filter(Files::exists)
          .filter(Gallery::expects)
          .forEach(spec -> specs.add(spec.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
    }
    return specs;
  }

  /** True if a spec has values to compare; a spec without is a design to start from, not a chip. */
  private static boolean expects(Path spec) {
    try (Stream<String> lines = Files.lines(spec)) {
      return lines.anyMatch(line -> line.startsWith("expect:") || line.startsWith("extends:"));
    } catch (IOException e) {
      throw new UncheckedIOException(spec + " cannot be read: " + e.getMessage(), e);
    }
  }
}
