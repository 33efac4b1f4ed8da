package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.input.DrivenRow;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalInt;

/**
 * Products of single bits, added exactly by gates: a tree over the active rows, or a chain of full
 * adders in the cells. A pass takes a clock cycle a word.
 *
 * @param inCells whether each cell has its adder
 */
record AddedBits(boolean inCells) implements ColumnKind {

  @Override
  public ReadoutKind.Senses senses() {
    return ReadoutKind.Senses.BITS;
  }

  @Override
  public Turns turns() {
    return Turns.HELD;
  }

  @Override
  public String array() {
    return CircuitModels.DIGITAL_ARRAY;
  }

  @Override
  public boolean addsInCells() {
    return inCells;
  }

  @Override
  public Converter converter(Readout readout, AddedColumn added, ReadoutColumn column) {
    return CircuitLibrary.adder(column.circuits(), column.process(), inCells, added);
  }

  /** Bits that come side by side have a line each. */
  @Override
  public int lineBits(Input input, int inputBits) {
    return 1;
  }

  @Override
  public double stage_ns(Process process, Circuits circuits, AddedColumn added) {
    return CircuitLibrary.adder(circuits, process, inCells, added).time_ns();
  }

  @Override
  public int codeBits(Readout readout, AddedColumn added) {
    return added.sumBits();
  }

  @Override
  public OptionalInt erringBits(Readout readout) {
    return OptionalInt.empty();
  }

  /**
   * Codes are exact, so that a result is at most the sum, over the n rows of the crossbar, of
   * products of a weight of W bits and an input of X bits,
   *
   * <pre>
   *   n (2^W - 1) (2^X - 1) &lt; 2^(W + X + log2 n)
   * </pre>
   *
   * <p>whether input bits come side by side or in turn; the register is no narrower than a code.
   */
  @Override
  public int registerBits(Readout readout, AddedColumn added, int product, int rows) {
    return Math.max(codeBits(readout, added), product + AddedColumn.levels(rows));
  }

  /** Half of b lines pulse, counted where a digit is not zero. */
  @Override
  public DrivenRow.Train train(Pulses inputs) {
    double bits = inputs.train().bits();
    double pulses = bits / 2 / (1 - StrictMath.pow(0.5, bits));
    return new DrivenRow.Train(pulses, pulses);
  }

  @Override
  public Electrics electrics(CellArray array, RowInput rows, double input_ohm) {
    return Electrics.withoutCurrent(array);
  }

  @Override
  public boolean settles() {
    return false;
  }

  @Override
  public Action converting() {
    return Action.PRODUCT;
  }
}
