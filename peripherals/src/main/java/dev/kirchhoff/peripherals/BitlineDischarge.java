package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.Signal;

/**
 * Discharge of a precharged bitline by the currents of SRAM cells. The bitline keeps the voltage
 * that they leave while it is converted, so that no current is read and no amplifier stands before
 * the converter; other columns wait for their turn.
 *
 * @param senses what the converter takes of that voltage
 */
record BitlineDischarge(ReadoutKind.Senses senses) implements ColumnKind {

  @Override
  public Turns turns() {
    return Turns.IN_TURN;
  }

  @Override
  public String array() {
    return CircuitModels.SRAM_ARRAY;
  }

  @Override
  public boolean isOpen() {
    return senses != ReadoutKind.Senses.CURRENT;
  }

  @Override
  public double missing_V(Signal signal) {
    return isOpen() ? signal.missing_V() : 0;
  }

  /** Cells discharge a bitline in any time that lines need. */
  @Override
  public double applied_ns(PulseTrain train, double settle_ns, double read_ns, double least_ns) {
    return Math.max(settle_ns, least_ns);
  }

  @Override
  public boolean takesInputLine(Input.Sign sign) {
    return sign != Input.Sign.SECOND_PASS || senses == ReadoutKind.Senses.OPEN_COLUMN;
  }
}
