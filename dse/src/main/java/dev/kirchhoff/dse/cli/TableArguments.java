package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.ResultFile;
import dev.kirchhoff.dse.table.Column;
import dev.kirchhoff.dse.table.RunTable;
import dev.kirchhoff.dse.table.TableFile;
import dev.kirchhoff.dse.table.TableFormat;
import dev.kirchhoff.dse.table.TableRows;
import dev.kirchhoff.dse.table.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Destination and format of a table, as options give them. */
final class TableArguments {
  private TableArguments() {}

  private static final Pattern ENDING = Pattern.compile(".+\\.([a-z][a-z0-9]*)");

  /**
   * Format of a table: the option's, else that of the file's ending, else CSV.
   *
   * @throws UsageException if the option or the ending names none
   */
  static TableFormat format(String option, Path output) {
    if (option != null) {
      return TableFormat.of(option)
          .orElseThrow(
              () ->
                  new UsageException(
                      "--format " + option + ": must be one of " + TableFormat.words()));
    }
    if (output == null) {
      return TableFormat.CSV;
    }
    Path file = Optional.ofNullable(output.getFileName()).orElse(output);
    Matcher ending = ENDING.matcher(file.toString().toLowerCase(Locale.ROOT));
    if (!ending.matches()) {
      return TableFormat.CSV;
    }
    return TableFormat.of(ending.group(1))
        .orElseThrow(
            () ->
                new UsageException(
                    output
                        + ": its ending names no format of tables; there are "
                        + TableFormat.words()
                        + ", and --format names one of them whatever the ending"));
  }

  /**
   * Destination of a table.
   *
   * @param format its format
   * @param file its file; empty for the command's output
   * @param out the command's output
   */
  record Target(TableFormat format, Optional<Path> file, PrintWriter out) {
    /**
     * A destination that can be written.
     *
     * @throws UsageException if an option does not fit it
     * @throws DataProblemException if its file cannot be written
     */
    static Target of(String format, Path output, PrintWriter out) {
      TableFormat chosen = TableArguments.format(format, output);
      if (output != null) {
        ResultFile.requireWritable(output);
      } else {
        requireText(chosen);
      }
      return new Target(chosen, Optional.ofNullable(output), out);
    }

    /** Writes the table of a run; see {@link #write(List, TableFile.Rows)}. */
    long write(RunTable table) {
      return write(table, rows -> {});
    }

    /**
     * Writes the table of a run.
     *
     * @param told is given the number of rows of each piece that is written
     */
    long write(RunTable table, LongConsumer told) {
      return write(table.columns(), writer -> table.write(new Counting(writer, told)));
    }

    /**
     * Writes a table.
     *
     * @return what the rows' source tells
     * @throws UncheckedIOException if it cannot be written
     */
    <R> R write(List<Column> columns, TableFile.Rows<R> rows) {
      try {
        if (file.isPresent()) {
          return TableFile.replace(file.get(), format, columns, rows);
        }
        OutputStream stdout = new TextStream(out);
        R told = TableFile.write(stdout, format, columns, rows);
        stdout.flush();
        return told;
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  /** A writer that tells how many rows it has written. */
  private record Counting(TableWriter to, LongConsumer told) implements TableWriter {
    @Override
    public void write(TableRows rows) throws IOException {
      to.write(rows);
      told.accept(rows.count());
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }

  /**
   * Checks that a format may go to the command's output.
   *
   * @throws UsageException if it is no text
   */
  static void requireText(TableFormat format) {
    if (format == TableFormat.PARQUET) {
      throw new UsageException("a table in parquet is no text; name a file with --output");
    }
  }

  /** Bytes of UTF-8 to a writer of characters. */
  static final class TextStream extends OutputStream {
    private final PrintWriter out;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer text = CharBuffer.allocate(1 << 13);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    TextStream(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer all = ByteBuffer.allocate(rest.remaining() + length);
      all.put(rest).put(bytes, offset, length).flip();
      CoderResult result;
      do {
        result = utf8.decode(all, text, false);
        out.write(text.array(), 0, text.position());
        text.clear();
      } while (result.isOverflow());
      // A character whose bytes are not all there waits for the rest of them.
      rest = all;
      if (out.checkError()) {
        throw new IOException(
            "the table cannot be written any further: standard output is closed or full");
      }
    }

    @Override
    public void flush() {
      out.flush();
    }
  }
}
