package dev.kirchhoff.dse.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Tables in files: complete, by rename, or absent. */
public final class TableFile {
  private static final int BUFFER_B = 1 << 16;

  private TableFile() {}

  /**
   * Rows of a table.
   *
   * @param <R> what their source tells of them
   */
  @FunctionalInterface
  public interface Rows<R> {
    /**
     * Writes all rows.
     *
     * @throws IOException if they cannot be written
     */
    R write(TableWriter table) throws IOException;
  }

  /**
   * Writes a table to a stream, which stays open.
   *
   * @return what the rows' source tells
   * @throws IOException if it cannot be written
   */
  public static <R> R write(
      OutputStream out, TableFormat format, List<Column> columns, Rows<R> rows) throws IOException {
    try (TableWriter table = format.open(columns, out)) {
      return rows.write(table);
    }
  }

  /**
   * Writes a table to a file. A device or a pipe is written to, not replaced; behind a link, the
   * file that it names is replaced.
   *
   * @return what the rows' source tells
   * @throws IOException if it cannot be written; the file is as it was
   */
  public static <R> R replace(Path target, TableFormat format, List<Column> columns, Rows<R> rows)
      throws IOException {
    boolean inPlace = Files.exists(target) && !Files.isRegularFile(target);
    Path place = Files.isRegularFile(target) ? target.toRealPath() : target;
    Path part = inPlace ? target : place.resolveSibling(place.getFileName() + ".part");
    Thread removal = new Thread(() -> part.toFile().delete(), "remove " + part);
    try {
      R told;
      if (!inPlace) {
        // An interrupted table leaves nothing half-written behind.
        Runtime.getRuntime().addShutdownHook(removal);
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER_B)) {
        told = write(out, format, columns, rows);
      }
      if (!inPlace) {
        Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
      }
      return told;
    } catch (IOException | UncheckedIOException e) {
      throw new IOException("The table cannot be written to " + target + ": " + e.getMessage(), e);
    } finally {
      if (!inPlace) {
        Files.deleteIfExists(part);
        forget(removal);
      }
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
}
