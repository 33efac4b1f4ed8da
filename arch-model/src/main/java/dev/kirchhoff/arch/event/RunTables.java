package dev.kirchhoff.arch.event;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Service that writes the evaluated designs of a run as a table for other tools; found by {@link
 * java.util.ServiceLoader}.
 */
public interface RunTables {

  /**
   * A table that can be written, its log checked.
   *
   * @param data path of the data directory
   * @param run id of the run
   * @param format {@code csv}, {@code jsonl} or {@code parquet}
   * @throws IllegalArgumentException if there is no such run or format, or its log is damaged; the
   *     message is for the user
   */
  Table table(String data, String run, String format);

  /** A table of designs. */
  @FunctionalInterface
  interface Table {
    /**
     * Writes the table; the stream stays open.
     *
     * @throws IOException if it cannot be written
     */
    void write(OutputStream out) throws IOException;
  }
}
