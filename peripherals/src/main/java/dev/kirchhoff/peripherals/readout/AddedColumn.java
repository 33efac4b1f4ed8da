package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Operands of a digital readout in one pass.
 *
 * @param rows rows of a column that are active at once
 * @param bits bits of the words that are added: columns of a weight side by side
 * @param inputBits input bits that come in one pass, one tree each
 */
public record AddedColumn(int rows, int bits, int inputBits) {
  /** Adders of these operands on a process. */
  public record Built(Process process, AddedColumn column) {
    /** The vocabulary. */
    public static final Vocabulary<Built> VOCABULARY =
        Vocabulary.<Built>builder()
            .including(ProcessNames.VOCABULARY, Built::process)
            .quantity("rows", "rows", "n", "rows active at once", b -> b.column.rows)
            .quantity("word_bits", "bits", "c", "bits of a word", b -> b.column.bits)
            .quantity("input_bits", "bits", "b", "input bits of a pass", b -> b.column.inputBits)
            .build();
  }

  /** Bits of one product. */
  public int productBits() {
    return bits + inputBits - 1;
  }

  /** Levels of a tree over rows, ceil(log2 n). */
  public static int levels(int rows) {
    return rows <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(rows - 1);
  }

  /** Bits of the sum. */
  public int sumBits() {
    return productBits() + levels(rows);
  }
}
