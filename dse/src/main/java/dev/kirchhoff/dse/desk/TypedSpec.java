package dev.kirchhoff.dse.desk;

import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.dse.design.FileSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Sources of a spec that was typed on the page: its text, and the files that are shipped with the
 * program in {@code examples/} and {@code designs/}, as if the spec lay in {@code examples/}. Of
 * other files nothing is disclosed, not even whether they exist.
 */
final class TypedSpec implements Sources {
  /** Name of the text in messages. */
  static final String NAME = "spec.yaml";

  private final byte[] text;
  private final Path home;
  private final FileSources files = new FileSources();

  /**
   * @param home folder of {@code examples/} and {@code designs/}
   */
  TypedSpec(String text, Path home) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    this.home = home.toAbsolutePath().normalize();
  }

  /** True if the spec was read with a file of others. */
  boolean namesFiles() {
    return !files.digests().isEmpty();
  }

  @Override
  public String resolve(String from, String name) {
    String beside = from.equals(NAME) ? home.resolve("examples").resolve(NAME).toString() : from;
    return files.resolve(beside, name);
  }

  @Override
  public byte[] read(String file) throws SourceException {
    if (!file.equals(NAME)) {
      return files.read(shipped(file));
    }
    if (text.length > SpecReader.SIZE_LIMIT_B) {
      throw new SourceException("is too long, a spec has at most 3 MB");
    }
    return text;
  }

  @Override
  public byte[] read(String file, long limit_B) throws SourceException {
    return file.equals(NAME) ? read(file) : files.read(shipped(file), limit_B);
  }

  @Override
  public long size(String file) throws SourceException {
    return file.equals(NAME) ? text.length : files.size(shipped(file));
  }

  @Override
  public byte[] read(String file, long offset, int length) throws SourceException {
    return file.equals(NAME)
        ? Sources.super.read(file, offset, length)
        : files.read(shipped(file), offset, length);
  }

  @Override
  public String resolveBeside(String from, String name) throws SourceException {
    return shipped(
        from.equals(NAME)
            ? Sources.super.resolveBeside(from, name)
            : files.resolveBeside(from, name));
  }

  /** A file that is shipped, links followed. */
  private String shipped(String file) throws SourceException {
    try {
      Path path = Path.of(file).toAbsolutePath().normalize();
      for (String folder : List.of("examples", "designs")) {
        Path allowed = home.resolve(folder);
        if (path.startsWith(allowed)
            && (!path.toFile().exists() || path.toRealPath().startsWith(allowed.toRealPath()))) {
          return file;
        }
      }
    } catch (InvalidPathException | IOException e) {
      throw SourceException.absent("cannot be named here");
    }
    throw SourceException.absent(
        "cannot be named here: a spec on the page may name the files of examples/ and designs/"
            + " alone; with your own files: ./kirchhoff explore");
  }
}
