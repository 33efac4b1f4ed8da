package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.digital.AddedCodes;
import dev.kirchhoff.peripherals.digital.Operands;
import dev.kirchhoff.peripherals.memory.MemoryCircuits;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.Optional;

/**
 * Digital units, registers and buffers of a chip, for the widest values of all networks.
 *
 * @param shiftAdd adder that codes are accumulated in
 * @param partialSum adder of partial sums of crossbars
 * @param rectifier rectified linear unit
 * @param lookup table of a function
 * @param maximum comparison of pooling
 * @param vector multiply-accumulate unit
 * @param inputRegister register of a PE's inputs
 * @param outputRegister register of a PE's outputs
 * @param tileBuffer buffer of a tile
 * @param tileOutputRegister register of a tile's outputs
 * @param globalBuffer buffer of the chip
 */
record DigitalCircuits(
    SheetCircuit shiftAdd,
    SheetCircuit partialSum,
    SheetCircuit rectifier,
    SheetCircuit lookup,
    SheetCircuit maximum,
    SheetCircuit vector,
    SheetCircuit inputRegister,
    SheetCircuit outputRegister,
    SheetCircuit tileBuffer,
    SheetCircuit tileOutputRegister,
    SheetCircuit globalBuffer) {

  /** Circuits behind the columns of a design. */
  static DigitalCircuits of(Design design, ColumnSite site) {
    Process process = site.process();
    Chip chip = site.chip();
    ColumnSums sums = site.sums();
    int weightBits = design.widest().weights();
    int inputBits = design.widest().inputs();
    int rows = Math.max(1, chip.crossbar().rowsActive() - 1);
    int sumBits = weightBits + inputBits + 32 - Integer.numberOfLeadingZeros(rows);
    Circuits circuits = site.circuits();
    Operands operands = new Operands(process, weightBits, inputBits);
    return new DigitalCircuits(
        new AddedCodes(process, sums.sumOfCodes_bits(), sums.accumulation()).accumulator(circuits),
        AddedCodes.ofBlocks(process, sumBits).accumulator(circuits),
        operands.block(circuits, "rectifier"),
        operands.block(circuits, "look-up-table"),
        operands.block(circuits, "maximum"),
        operands.block(circuits, "multiply-accumulate"),
        memory(site, chip.pe().inputRegister()),
        memory(site, chip.pe().outputRegister()),
        memory(site, chip.tile().buffer()),
        memory(site, chip.tile().outputRegister()),
        memory(site, chip.uncore().globalBuffer()));
  }

  private static SheetCircuit memory(ColumnSite site, Optional<Memory> stated) {
    return MemoryCircuits.of(site.circuits(), stated, site.process(), site.pulses().cycle_ns());
  }
}
