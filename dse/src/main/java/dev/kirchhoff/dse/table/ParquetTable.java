package dev.kirchhoff.dse.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Table as an Apache Parquet file, every column optional. */
final class ParquetTable implements TableWriter {
  /** Rows of a group take so many bytes in memory at most. */
  private static final long GROUP_B = 32L << 20;

  private final ParquetWriter<Row> writer;

  ParquetTable(List<Column> columns, OutputStream out) throws IOException {
    writer =
        new Builder(new Target(out), columns)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize(GROUP_B)
            .build();
  }

  /** One row of some. */
  private record Row(TableRows rows, int number) {}

  @Override
  public void write(TableRows rows) throws IOException {
    for (int row = 0; row < rows.count(); row++) {
      writer.write(new Row(rows, row));
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final List<Column> columns;

    Builder(OutputFile file, List<Column> columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /** Abstract, although deprecated. */
    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
      return new RowSupport(columns);
    }
  }

  /** Hands rows over, field by field. */
  private static final class RowSupport extends WriteSupport<Row> {
    private final List<Column> columns;
    private RecordConsumer consumer;

    RowSupport(List<Column> columns) {
      this.columns = columns;
    }

    /** Abstract, although deprecated. */
    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
      Types.MessageTypeBuilder schema = Types.buildMessage();
      columns.forEach(column -> schema.addField(type(column)));
      MessageType message = schema.named("designs");
      return new WriteContext(message, Map.of());
    }

    private static Type type(Column column) {
      return switch (column.kind()) {
        case WHOLE -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
        case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
        case SINGLE -> Types.optional(PrimitiveTypeName.FLOAT).named(column.name());
        case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
        case WORD ->
            Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(column.name());
      };
    }

    @Override
    public void prepareForWrite(RecordConsumer to) {
      consumer = to;
    }

    @Override
    public void write(Row row) {
      consumer.startMessage();
      for (int c = 0; c < columns.size(); c++) {
        Cells cells = row.rows().cells().get(c);
        if (cells.isEmpty(row.number())) {
          continue;
        }
        String name = columns.get(c).name();
        consumer.startField(name, c);
        if (cells instanceof Cells.Wholes wholes) {
          consumer.addLong(wholes.values()[row.number()]);
        } else if (cells instanceof Cells.Numbers numbers) {
          consumer.addDouble(numbers.values()[row.number()]);
        } else if (cells instanceof Cells.Singles singles) {
          consumer.addFloat(singles.values()[row.number()]);
        } else if (cells instanceof Cells.Flags flags) {
          consumer.addBoolean(flags.values().get(row.number()));
        } else if (cells instanceof Cells.Words words) {
          consumer.addBinary(Binary.fromString(words.values()[row.number()]));
        }
        consumer.endField(name, c);
      }
      consumer.endMessage();
    }
  }

  /** A stream as the file that Parquet writes: from front to back, never sought in. */
  private record Target(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new Counted(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  /** A stream that knows its position. */
  private static final class Counted extends PositionOutputStream {
    private final OutputStream out;
    private long position_B;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position_B;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position_B++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position_B += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    /** The caller that opened the stream closes it. */
    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
