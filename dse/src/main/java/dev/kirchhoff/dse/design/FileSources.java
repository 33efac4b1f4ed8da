package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reader of specs and of the files that they name, which remembers what was read with its digest.
 */
public final class FileSources implements Sources {
  private static final int PIECE_B = 1 << 20;

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
    Path path = existing(file, "; name a spec in it");
    if (sizeOf(path) > SpecReader.SIZE_LIMIT_B) {
      throw new SourceException(
          "is " + sizeOf(path) / (1024 * 1024) + " MB, a spec has at most 3 MB");
    }
    return readAll(file, path, SpecReader.SIZE_LIMIT_B);
  }

  @Override
  public byte[] read(String file, long limit_B) throws SourceException {
    Path path = existing(file, "");
    long most = Math.min(limit_B, Runtime.getRuntime().maxMemory() / 2);
    if (sizeOf(path) > most) {
      throw new SourceException(
          "is "
              + sizeOf(path) / (1024 * 1024)
              + " MB, at most "
              + most / (1024 * 1024)
              + " MB can be read");
    }
    return readAll(file, path, (int) Math.min(most, Integer.MAX_VALUE - 64));
  }

  @Override
  public boolean isFolder(String file) {
    try {
      return Files.isDirectory(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public long size(String file) throws SourceException {
    return sizeOf(regular(file));
  }

  @Override
  public byte[] read(String file, long offset, int length) throws SourceException {
    try (var channel = Files.newByteChannel(regular(file))) {
      channel.position(offset);
      ByteBuffer buffer = ByteBuffer.allocate(length);
      int count = 0;
      while (buffer.hasRemaining() && count >= 0) {
        count = channel.read(buffer);
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Links are followed: what they lead to must be in the folder too. */
  @Override
  public String resolveBeside(String from, String name) throws SourceException {
    String resolved = Sources.super.resolveBeside(from, name);
    Path path = existing(resolved, "");
    try {
      Path folder = Path.of(from).toAbsolutePath().getParent().toRealPath();
      if (!path.toRealPath().startsWith(folder)) {
        throw new SourceException("must be in the folder of " + from);
      }
      return resolved;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static Path existing(String file, String hint) throws SourceException {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      throw SourceException.absent("is no file name: " + e.getReason());
    }
    if (Files.isDirectory(path)) {
      throw new SourceException("is a directory" + hint);
    }
    if (!Files.exists(path)) {
      throw SourceException.absent("does not exist" + neighbours(path));
    }
    if (!Files.isRegularFile(path) && !isOfTheSystem(path)) {
      throw new SourceException("is not a regular file but a pipe or device");
    }
    return path;
  }

  /** Path of a file that can be read in parts, unlike pipes and devices. */
  private static Path regular(String file) throws SourceException {
    Path path = existing(file, "");
    if (!Files.isRegularFile(path)) {
      throw new SourceException("is not a regular file but a pipe or device");
    }
    return path;
  }

  /** True if a shell may have created the file: {@code /dev/stdin}, or {@code <(command)}. */
  private static boolean isOfTheSystem(Path path) {
    Path whole = path.toAbsolutePath();
    return whole.startsWith("/dev") || whole.startsWith("/proc");
  }

  private static long sizeOf(Path path) throws SourceException {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private byte[] readAll(String file, Path path, int limit_B) throws SourceException {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = bytes(in, (int) Math.min(sizeOf(path), limit_B), limit_B);
      digests.put(file, sha256(bytes));
      return bytes;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** All bytes up to one more than the limit; no second copy if they are as many as expected. */
  private static byte[] bytes(InputStream in, int expected_B, int limit_B) throws IOException {
    byte[] bytes = new byte[expected_B];
    int count = 0;
    int part = 1;
    while (part > 0) {
      // In pieces: a stream copies each into memory outside of the heap.
      part = in.readNBytes(bytes, count, Math.min(PIECE_B, expected_B - count));
      count += part;
    }
    byte[] more = in.readNBytes(limit_B + 1 - count);
    if (count + more.length != expected_B) {
      bytes = Arrays.copyOf(bytes, count + more.length);
      System.arraycopy(more, 0, bytes, count, more.length);
    }
    return bytes;
  }

  private static SourceException unreadable(IOException e) {
    if (e instanceof AccessDeniedException) {
      return new SourceException("may not be read");
    }
    return e instanceof NoSuchFileException
        ? SourceException.absent("does not exist")
        : new SourceException("cannot be read: " + e.getMessage());
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
              .filter(n -> FileEndings.matches(n, ".yaml") || FileEndings.matches(n, ".onnx"))
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

  /** Digests of the files read, by name. */
  public List<RunEvent.FileDigest> digests() {
    List<RunEvent.FileDigest> list = new ArrayList<>();
    digests.forEach((name, digest) -> list.add(new RunEvent.FileDigest(name, digest)));
    return list;
  }
}
