package dev.kirchhoff.dse.table;

import dev.kirchhoff.dse.run.ResultFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Tables in files: complete, by rename, or absent. */
public final class TableFile {
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
   * Writes a table to a file that a user names; see {@link ResultFile}.
   *
   * @return what the rows' source tells
   * @throws IOException if it cannot be written; the file is as it was
   */
  public static <R> R replace(Path target, TableFormat format, List<Column> columns, Rows<R> rows)
      throws IOException {
    try {
      return ResultFile.replace(target, out -> write(out, format, columns, rows));
    } catch (IOException | UncheckedIOException e) {
      throw new IOException("The table cannot be written to " + target + ": " + e.getMessage(), e);
    }
  }
}
