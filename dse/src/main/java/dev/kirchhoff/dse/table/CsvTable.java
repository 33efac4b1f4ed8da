package dev.kirchhoff.dse.table;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Table as comma-separated values. */
final class CsvTable implements TableWriter {
  private static final CsvFactory FACTORY =
      CsvFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final List<Column> columns;
  private final CsvGenerator csv;

  CsvTable(List<Column> columns, OutputStream out) throws IOException {
    this.columns = columns;
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator('\n');
    columns.forEach(column -> schema.addColumn(column.name()));
    csv = FACTORY.createGenerator(out, JsonEncoding.UTF8);
    csv.setSchema(schema.build());
  }

  @Override
  public void write(TableRows rows) throws IOException {
    for (int row = 0; row < rows.count(); row++) {
      csv.writeStartArray();
      for (int c = 0; c < columns.size(); c++) {
        Cells cells = rows.cells().get(c);
        if (cells.isEmpty(row)) {
          csv.writeNull();
        } else if (cells instanceof Cells.Wholes wholes) {
          csv.writeNumber(wholes.values()[row]);
        } else if (cells instanceof Cells.Numbers numbers) {
          csv.writeNumber(numbers.values()[row]);
        } else if (cells instanceof Cells.Singles singles) {
          csv.writeNumber(singles.values()[row]);
        } else if (cells instanceof Cells.Flags flags) {
          csv.writeBoolean(flags.values().get(row));
        } else if (cells instanceof Cells.Words words) {
          csv.writeString(words.values()[row]);
        }
      }
      csv.writeEndArray();
    }
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
