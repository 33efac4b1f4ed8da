package dev.kirchhoff.dse.catalog;

import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.mapper.noise.ConverterBits;
import java.util.ArrayList;
import java.util.List;

/**
 * Bits that quantisation and clipping alone need, 8 b x 8 b, 1-bit inputs, inputs with 57 % zeros:
 * the encoding and the range move them more than any other choice.
 *
 * @param name encoding and range
 * @param bitsFor20dB bits for a signal-to-noise ratio of 20 dB
 * @param bitsFor31dB bits for 31 dB
 */
public record ConverterBitsEntry(
    int rows, int cellBits, String name, int bitsFor20dB, int bitsFor31dB) {
  private static final int[] ROWS = {32, 64, 128, 256};
  private static final int[] CELL_BITS = {1, 2};

  private record Column(
      String name, Crossbar.Encoding encoding, boolean inverts, Readout.Range range) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column(
              "differential calibrated",
              Crossbar.Encoding.DIFFERENTIAL,
              false,
              Readout.Range.CALIBRATED),
          new Column(
              "offset calibrated", Crossbar.Encoding.OFFSET, false, Readout.Range.CALIBRATED),
          new Column("offset inverted full", Crossbar.Encoding.OFFSET, true, Readout.Range.FULL),
          new Column("offset full", Crossbar.Encoding.OFFSET, false, Readout.Range.FULL));

  /** All columns that are compared. */
  public static List<ConverterBitsEntry> all() {
    List<ConverterBitsEntry> entries = new ArrayList<>();
    for (int rows : ROWS) {
      for (int cellBits : CELL_BITS) {
        COLUMNS.forEach(column -> entries.add(of(rows, cellBits, column)));
      }
    }
    return entries;
  }

  private static ConverterBitsEntry of(int rows, int cellBits, Column column) {
    ConverterBits bits =
        ConverterBits.reference(
            new Crossbar.WeightEncoding(column.encoding, column.inverts, false, false),
            column.range,
            rows,
            cellBits);
    return new ConverterBitsEntry(rows, cellBits, column.name, bits.needed(20), bits.needed(31));
  }
}
