package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.peripherals.array.WrittenColumns;
import dev.kirchhoff.peripherals.link.OffChipLink;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.List;

/**
 * Modelled circuits of a chip: those of a crossbar, each sized for the others, with the times of a
 * pass, then what depends on them. {@link PartCircuits} assigns a circuit to each part, {@link
 * PartPrices} prices it.
 *
 * @param timed circuits of a crossbar with the times of a pass
 * @param writeDriver driver of cells that are written
 * @param digital digital units, registers and buffers
 * @param io links of the chip
 * @param wires wires over tiles and chip
 * @param kernels circuits that kernels beyond networks need
 * @param ownFactors fitted factors that the spec states itself
 */
record ChipCircuits(
    TimedColumn timed,
    WrittenColumns.Driver writeDriver,
    DigitalCircuits digital,
    SheetCircuit io,
    ChipWires wires,
    KernelCircuits kernels,
    List<FittedFactor> ownFactors) {

  /** Circuits of a design. */
  static ChipCircuits of(Design design, Process process, Circuits library) {
    TimedColumn timed = StatedPass.column(design, process, library);
    ColumnCircuits column = timed.circuits();
    Chip chip = column.site().chip();
    WrittenColumns written =
        new WrittenColumns(
            process,
            chip.cell().device().writeAt(process.supply_V()),
            chip.crossbar().allColumns(),
            chip.cell().device().family() == Family.SRAM);
    return new ChipCircuits(
        timed,
        written.driver(column.site().circuits()),
        DigitalCircuits.of(design, column.site()),
        OffChipLink.of(column.site().circuits(), chip.uncore().io(), process),
        new ChipWires(chip, process, column.site().circuits(), column.site().pulses().cycle_ns()),
        new KernelCircuits(column),
        design.calibration());
  }

  /** Circuits of a crossbar. */
  ColumnCircuits column() {
    return timed.circuits();
  }

  /** The column before its circuits have sizes. */
  ColumnSite site() {
    return column().site();
  }

  /** The chip with the pulse and step that are meant. */
  Chip chip() {
    return site().chip();
  }

  /** Process of the chip. */
  Process process() {
    return site().process();
  }

  /** Times of a pass. */
  PassTiming timing() {
    return timed.timing();
  }
}
