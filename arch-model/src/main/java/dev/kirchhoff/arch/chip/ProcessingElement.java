package dev.kirchhoff.arch.chip;

/**
 * A PE: crossbars with their drivers, converters, shift-and-add and registers.
 *
 * @param perTile PEs in one tile
 * @param input wordline drivers
 * @param sampleHold sample-and-hold per column; count 0 = none, then cells conduct during
 *     conversion
 * @param readout converters
 * @param shiftAdd shift-and-add units; count is per PE, 0 = one per converter
 * @param inputRegister input register
 * @param outputRegister output register
 */
public record ProcessingElement(
    int perTile,
    Input input,
    DigitalUnit sampleHold,
    Readout readout,
    DigitalUnit shiftAdd,
    Memory inputRegister,
    Memory outputRegister) {}
