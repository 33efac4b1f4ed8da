package dev.kirchhoff.dse.table;

import java.io.IOException;

/** Writer of a table in some format; complete once it is closed. */
public interface TableWriter extends AutoCloseable {
  /**
   * Appends rows.
   *
   * @throws IOException if they cannot be written
   */
  void write(TableRows rows) throws IOException;

  /**
   * Ends the table; the stream behind it stays open.
   *
   * @throws IOException if the end cannot be written
   */
  @Override
  void close() throws IOException;
}
