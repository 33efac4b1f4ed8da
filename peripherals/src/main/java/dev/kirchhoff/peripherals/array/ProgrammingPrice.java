package dev.kirchhoff.peripherals.array;

/**
 * Price of programming: cells are written in groups, each by a mean number of write-verify pulses.
 *
 * @param energyPerCell_fJ energy to bring one cell to its value, verify reads included
 * @param timePerCellGroup_ns time to bring a group of cells of one crossbar to their values
 * @param cellsAtOnce cells of one crossbar that are written at once
 */
public record ProgrammingPrice(
    double energyPerCell_fJ, double timePerCellGroup_ns, int cellsAtOnce) {}
