package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads specs and what they name from the file system, and remembers what was read with its digest.
 */
public final class FileSources implements Sources {
  private final Map<String, String> digests = new TreeMap<>();

  @Override
  public String resolve(String from, String name) {
    try {
      Path path = Path.of(name);
      if (path.isAbsolute()) {
        return name;
      }
      Path folder = Path.of(from).getParent();
      return (folder == null ? path : folder.resolve(path)).normalize().toString();
    } catch (InvalidPathException e) {
      return name;
    }
  }

  @Override
  public byte[] read(String file) throws SourceException {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      throw new SourceException("is no file name: " + e.getReason());
    }
    if (Files.isDirectory(path)) {
      throw new SourceException("is a directory; name a spec in it");
    }
    if (!Files.exists(path)) {
      throw new SourceException("does not exist" + neighbours(path));
    }
    try {
      if (Files.isRegularFile(path) && Files.size(path) > SpecReader.SIZE_LIMIT_B) {
        throw new SourceException(
            "is " + Files.size(path) / (1024 * 1024) + " MB, a spec has at most 3 MB");
      }
      byte[] bytes;
      try (var in = Files.newInputStream(path)) {
        bytes = in.readNBytes(SpecReader.SIZE_LIMIT_B + 1);
      }
      digests.put(file, sha256(bytes));
      return bytes;
    } catch (AccessDeniedException e) {
      throw new SourceException("may not be read");
    } catch (NoSuchFileException e) {
      throw new SourceException("does not exist");
    } catch (IOException e) {
      throw new SourceException("cannot be read: " + e.getMessage());
    }
  }

  /** Names specs in the folder that are called much the same. */
  private static String neighbours(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    Path fileName = path.getFileName();
    if (folder == null || fileName == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (var files = Files.list(folder)) {
      List<String> names =
          files
              .map(f -> f.getFileName().toString())
              .filter(n -> n.endsWith(".yaml"))
              .sorted()
              .toList();
      return dev.kirchhoff.arch.spec.NearNames.nearest(fileName.toString(), names)
          .map(near -> "; did you mean " + path.resolveSibling(near) + "?")
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** What was read, by name. */
  public List<RunEvent.FileDigest> digests() {
    List<RunEvent.FileDigest> list = new ArrayList<>();
    digests.forEach((name, digest) -> list.add(new RunEvent.FileDigest(name, digest)));
    return list;
  }
}
