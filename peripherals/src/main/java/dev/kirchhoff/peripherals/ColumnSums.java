package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.WeightDigits;
import dev.kirchhoff.peripherals.digital.Accumulation;
import dev.kirchhoff.peripherals.readout.AddedColumn;

/**
 * Dimensions of a crossbar's accumulation: columns of a sum, sums converted in turn by one
 * converter, input bits and accumulated bits of a pass. It follows from the chip and the precision
 * that it is built for.
 */
final class ColumnSums {
  private final Chip chip;
  private final ColumnKind column;
  private final int weightBits;
  private final int inputBits;
  private final int columnsPerSum;

  /**
   * Of a chip.
   *
   * @param column kind of its columns
   * @param weightBits most bits of a weight
   * @param inputBits most bits of an input
   */
  ColumnSums(Chip chip, ColumnKind column, int weightBits, int inputBits) {
    this.chip = chip;
    this.column = column;
    this.weightBits = weightBits;
    this.inputBits = inputBits;
    columnsPerSum = countColumns();
  }

  /** Columns that one sum takes: those of the combined cells of a weight. */
  int columnsPerSum() {
    return columnsPerSum;
  }

  private int countColumns() {
    Crossbar.WeightEncoding weights = chip.crossbar().weights();
    if (!weights.combines()) {
      return 1;
    }
    return (weights.subtractsColumns() ? 2 : 1) * digitsPerSum() + weights.carryColumns();
  }

  private int digitsPerSum() {
    return chip.crossbar().weights().digitsPerSum(weightBits, chip.cell().bits());
  }

  /**
   * Conversions that one converter makes in a pass: one a column, or one for two columns where a
   * pair is subtracted before it.
   */
  int turns() {
    int columns = Math.max(chip.pe().readout().columnsPerAdc(), columnsPerSum);
    if (columnsPerSum > 1) {
      return (columns + columnsPerSum - 1) / columnsPerSum;
    }
    return chip.crossbar().weights().subtractsColumns() ? (columns + 1) / 2 : columns;
  }

  /**
   * Bits of the register in which codes are shifted and added ({@link ColumnKind#registerBits}).
   * Exact for cells and digits of one bit and one group of rows; a digit of more bits takes fewer,
   * a group of rows more (neglected).
   */
  int sumOfCodes_bits() {
    return column.registerBits(
        chip.pe().readout(), added(), weightBits + inputBits, chip.crossbar().rows());
  }

  /** Ranges of a layer's sums: one for each slice of its weights and digit of its inputs. */
  int rangesOfLayer() {
    Accumulation codes = accumulation();
    return codes.slices() * codes.digits();
  }

  /** Codes that a result takes and the width of its sum meanwhile. */
  Accumulation accumulation() {
    Crossbar crossbar = chip.crossbar();
    Input input = chip.pe().input();
    int digits = digitsPerSum();
    WeightDigits ofWeight = crossbar.weights().digits(weightBits, chip.cell().bits());
    boolean isXnor = crossbar.weights().countsMatches();
    return new Accumulation(
        column.codeBits(chip.pe().readout(), added()),
        ceil(ofWeight.count(), digits),
        digits * (isXnor ? chip.cell().bits() : ofWeight.spacing()),
        isXnor ? inputBits : input.digitsOf(inputBits),
        isXnor ? 1 : input.bitsOfDigit(inputBits),
        ceil(crossbar.rows(), crossbar.rowsActive()));
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  /** Operands of the adders of a digital array. */
  AddedColumn added() {
    return new AddedColumn(
        chip.crossbar().rowsActive(), digitsPerSum() * chip.cell().bits(), bitsSideBySide());
  }

  /** Bits of an input that a digital array takes side by side. */
  private int bitsSideBySide() {
    return chip.pe().input().bitsOfPulse(inputBits);
  }
}
