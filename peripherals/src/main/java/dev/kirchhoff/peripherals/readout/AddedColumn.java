package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.digital.UnitGates;

/**
 * Operands of a digital readout in one pass.
 *
 * @param rows rows of a column that are active at once
 * @param bits bits of the words that are added: columns of a weight side by side
 * @param inputBits input bits that come in one pass, one tree each
 */
public record AddedColumn(int rows, int bits, int inputBits) {

  /** Bits of one product. */
  public int productBits() {
    return bits + inputBits - 1;
  }

  /** Bits of the sum. */
  public int sumBits() {
    return productBits() + UnitGates.log2(rows);
  }
}
