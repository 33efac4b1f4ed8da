package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.ReadoutKind;

/**
 * Current of resistive cells that a converter takes from the bitline itself, without an amplifier
 * before it.
 *
 * @param holdsColumn whether the figures of the converter's model include what holds the column
 */
record SensedCurrent(boolean holdsColumn) implements ResistiveColumn {

  @Override
  public ReadoutKind.Senses senses() {
    return ReadoutKind.Senses.CURRENT;
  }

  @Override
  public Turns turns() {
    return Turns.IN_TURN;
  }

  @Override
  public boolean muxesCurrents() {
    return holdsColumn;
  }
}
