package dev.kirchhoff.peripherals.array;

/**
 * Price of programming: cells are written in groups, each by a mean number of write-verify pulses.
 *
 * @param energyPerCell_fJ energy to bring one cell to its value, verify reads included
 * @param timePerCellGroup_ns time to bring a group of cells of one crossbar to their values
 * @param cellsAtOnce cells of one crossbar that are written at once
 * @param pulseEnergy_fJ energy of one pulse of a cell without verification, mean of SET and RESET
 * @param pulse_ns time of the longer pulse
 */
public record ProgrammingPrice(
    double energyPerCell_fJ,
    double timePerCellGroup_ns,
    int cellsAtOnce,
    double pulseEnergy_fJ,
    double pulse_ns) {}
