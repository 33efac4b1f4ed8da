package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;

/**
 * Voltage of a bitline that nothing holds: its rows divide the read voltage. Such a column settles
 * as a divider through its own active cells, half of them driven.
 *
 * @param senses {@code VOLTAGE} where a converter has the voltage for as long as it wants, {@code
 *     OPEN_COLUMN} where it samples each bit plane as soon as that has settled
 * @param turns whether columns are sampled
 */
record OpenVoltage(ReadoutKind.Senses senses, Turns turns) implements ResistiveColumn {

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public double missing_V(Signal signal) {
    return signal.missing_V();
  }

  @Override
  public Signal signal(Circuits circuits, Process process, Chip chip, ColumnLoad load) {
    Readout readout = chip.pe().readout();
    return senses == ReadoutKind.Senses.OPEN_COLUMN && CircuitLibrary.isDrawn(readout.model())
        ? Signal.ofOpenColumn(
            circuits,
            process,
            load,
            readout.bits(),
            readout.largestGain(),
            chip.crossbar().weights().subtractsColumns(),
            chip.technology().temperature_K())
        : ResistiveColumn.super.signal(circuits, process, chip, load);
  }
}
