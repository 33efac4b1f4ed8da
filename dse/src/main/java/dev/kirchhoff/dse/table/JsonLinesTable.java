package dev.kirchhoff.dse.table;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Table as one JSON object a line. */
final class JsonLinesTable implements TableWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final List<SerializedString> names;
  private final JsonGenerator json;

  /**
   * A table.
   *
   * @param names {@link #names} of its columns, which serve many tables
   */
  JsonLinesTable(List<SerializedString> names, OutputStream out) throws IOException {
    this.names = names;
    json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
    json.setRootValueSeparator(new SerializedString(""));
  }

  /** The names of columns. */
  static List<SerializedString> names(List<Column> columns) {
    return columns.stream().map(column -> new SerializedString(column.name())).toList();
  }

  @Override
  public void write(TableRows rows) throws IOException {
    for (int row = 0; row < rows.count(); row++) {
      json.writeStartObject();
      for (int c = 0; c < names.size(); c++) {
        Cells cells = rows.cells().get(c);
        if (cells.isEmpty(row)) {
          continue;
        }
        json.writeFieldName(names.get(c));
        if (cells instanceof Cells.Wholes wholes) {
          json.writeNumber(wholes.values()[row]);
        } else if (cells instanceof Cells.Numbers numbers) {
          json.writeNumber(numbers.values()[row]);
        } else if (cells instanceof Cells.Singles singles) {
          json.writeNumber(singles.values()[row]);
        } else if (cells instanceof Cells.Flags flags) {
          json.writeBoolean(flags.values().get(row));
        } else if (cells instanceof Cells.Words words) {
          json.writeString(words.values()[row]);
        }
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
