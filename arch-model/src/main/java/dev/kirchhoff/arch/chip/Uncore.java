package dev.kirchhoff.arch.chip;

/**
 * What a chip has beside its tiles.
 *
 * @param interconnect fabric between tiles
 * @param globalBuffer chip-level buffer, or none
 * @param io links that leave the chip
 * @param controlEnergyShare share of the energy of modelled parts that control and clock add; parts
 *     with given figures are taken as complete
 * @param controlAreaShare share of the area of modelled parts that control, clock and layout add
 */
public record Uncore(
    Interconnect interconnect,
    Memory globalBuffer,
    Io io,
    double controlEnergyShare,
    double controlAreaShare) {}
