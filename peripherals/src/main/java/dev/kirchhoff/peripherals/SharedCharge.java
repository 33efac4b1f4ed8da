package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.input.RowInput;

/**
 * Charge of a capacitor in each cell, shared along the column. All columns add up at once and hold
 * their sums while they are converted in turn; no current flows meanwhile.
 *
 * @param senses what the converter takes of the column's voltage
 */
record SharedCharge(ReadoutKind.Senses senses) implements ColumnKind {

  @Override
  public Turns turns() {
    return Turns.HELD;
  }

  @Override
  public String array() {
    return CircuitModels.CHARGE_ARRAY;
  }

  /** A capacitor keeps the last value of its line. */
  @Override
  public double averaging_ns(double currents_ns) {
    return 0;
  }

  @Override
  public Electrics electrics(CellArray array, RowInput rows, double input_ohm) {
    return Electrics.withoutCurrent(array);
  }
}
