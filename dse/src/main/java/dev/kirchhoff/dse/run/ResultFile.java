package dev.kirchhoff.dse.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files of results at places that a user names: complete, by rename, or absent. A device or a pipe
 * is written to, not replaced; behind a link, the file that it names is replaced. A place that
 * takes no file is bad input; a disk that is full is not.
 */
public final class ResultFile {
  private static final int BUFFER_B = 1 << 16;

  private ResultFile() {}

  /**
   * Content of a file.
   *
   * @param <R> result of its writing
   */
  @FunctionalInterface
  public interface Content<R> {
    /**
     * Writes all of it; the stream stays open.
     *
     * @throws IOException if it cannot be written
     */
    R write(OutputStream out) throws IOException;
  }

  /**
   * Checks before anything is computed that a file can be written.
   *
   * @throws DataProblemException if it cannot
   */
  public static void requireWritable(Path target) {
    Path folder = target.toAbsolutePath().normalize().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw refused(target, "it is a directory; name a file in it");
    }
    if (isInPlace(target) && Files.isWritable(target)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw refused(target, "there is no directory " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw refused(target, folder + " may not be written");
    }
  }

  /**
   * Writes a text.
   *
   * @throws DataProblemException if the place takes no file
   * @throws IOException if the text cannot be written; the file is as it was
   */
  public static void write(Path target, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    replace(
        target,
        out -> {
          out.write(bytes);
          return bytes.length;
        });
  }

  /**
   * Writes a file. An interruption leaves nothing half-written behind.
   *
   * @return result of the writing
   * @throws DataProblemException if the place takes no file
   * @throws IOException if the content cannot be written; the file is as it was
   */
  public static <R> R replace(Path target, Content<R> content) throws IOException {
    if (isInPlace(target)) {
      return write(target, target, content);
    }
    Path whole = target.toAbsolutePath();
    Path place = Files.isRegularFile(whole) ? whole.toRealPath() : whole;
    Path part = place.resolveSibling(place.getFileName() + ".part");
    Thread removal = new Thread(() -> part.toFile().delete(), "remove " + part);
    Runtime.getRuntime().addShutdownHook(removal);
    try {
      R result = write(target, part, content);
      move(target, part, place);
      return result;
    } finally {
      Files.deleteIfExists(part);
      forget(removal);
    }
  }

  private static boolean isInPlace(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target);
  }

  private static <R> R write(Path target, Path part, Content<R> content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(open(target, part), BUFFER_B)) {
      return content.write(out);
    }
  }

  private static OutputStream open(Path target, Path part) throws IOException {
    try {
      return Files.newOutputStream(part);
    } catch (NoSuchFileException e) {
      Path folder = part.toAbsolutePath().normalize().getParent();
      throw refused(
          target,
          Files.isDirectory(folder)
              ? folder + " takes no files"
              : "there is no directory " + folder);
    } catch (FileSystemException e) {
      throw refused(target, reason(e));
    }
  }

  private static void move(Path target, Path part, Path place) throws IOException {
    try {
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw refused(target, reason(e));
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook with it.
      return;
    }
  }

  private static DataProblemException refused(Path target, String why) {
    return new DataProblemException(target + " cannot be written: " + why);
  }

  /** Reason of a failure in words, without the name of the file, which may be a temporary one. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    String said =
        failure instanceof FileSystemException inFile ? inFile.getReason() : failure.getMessage();
    return said == null ? failure.getClass().getSimpleName() : said;
  }
}
