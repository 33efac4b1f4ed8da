package dev.kirchhoff.mapper.column;

/**
 * Resistances in the path of the read current.
 *
 * @param wordlineSegment_ohm wordline between two cells; 0 where the wordline drives gates only
 * @param bitlineSegment_ohm bitline between two cells
 * @param driver_ohm wordline driver
 * @param frontEndInput_ohm front end at the bitline
 */
public record WireResistances(
    double wordlineSegment_ohm,
    double bitlineSegment_ohm,
    double driver_ohm,
    double frontEndInput_ohm) {}
