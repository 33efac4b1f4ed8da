package dev.kirchhoff.dse.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** File format of a table. */
public enum TableFormat {
  /**
   * Comma-separated values in UTF-8 (RFC 4180, lines end with a line feed): a header, then one line
   * a row; empty cells are empty.
   */
  CSV {
    @Override
    public TableWriter open(List<Column> columns, OutputStream out) throws IOException {
      return new CsvTable(columns, out);
    }
  },

  /** JSON Lines: one object a row, keys are the columns' names; empty cells are left out. */
  JSONL {
    @Override
    public TableWriter open(List<Column> columns, OutputStream out) throws IOException {
      return new JsonLinesTable(JsonLinesTable.names(columns), out);
    }
  },

  /** Apache Parquet, version 1 pages, columns compressed by Snappy; empty cells are null. */
  PARQUET {
    @Override
    public TableWriter open(List<Column> columns, OutputStream out) throws IOException {
      return new ParquetTable(columns, out);
    }
  };

  /**
   * Begins a table.
   *
   * @param columns its columns, of different names
   * @param out receives the bytes; not closed by the table
   * @throws IOException if the header cannot be written
   */
  public abstract TableWriter open(List<Column> columns, OutputStream out) throws IOException;

  /** The word of the format, as an option takes it and a file is named. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a word. */
  public static Optional<TableFormat> of(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /** The words of all formats, for messages: {@code csv, jsonl, parquet}. */
  public static String words() {
    return Arrays.stream(values()).map(TableFormat::word).collect(Collectors.joining(", "));
  }
}
