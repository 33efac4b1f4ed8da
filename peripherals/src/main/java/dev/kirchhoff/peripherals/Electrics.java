package dev.kirchhoff.peripherals;

import dev.kirchhoff.peripherals.array.CellArray;

/**
 * Electrical quantities of one crossbar that time, energy and signal-to-noise share.
 *
 * @param wordlineSegment_ohm wire resistance of a wordline between two cells
 * @param bitlineSegment_ohm wire resistance of a bitline between two cells
 * @param driver_ohm output resistance of a wordline driver; 0 where the wordline drives gates only
 * @param frontEndInput_ohm input resistance of the front end at the bitline
 * @param wordline_fF capacitance of a whole wordline
 * @param bitline_fF capacitance of a whole bitline
 * @param readSupply_V supply that the read current is drawn from
 */
public record Electrics(
    double wordlineSegment_ohm,
    double bitlineSegment_ohm,
    double driver_ohm,
    double frontEndInput_ohm,
    double wordline_fF,
    double bitline_fF,
    double readSupply_V) {

  /** Lines of an array in which no current flows while it adds up. */
  static Electrics withoutCurrent(CellArray array) {
    return new Electrics(0, 0, 0, 0, array.wordline_fF(), array.bitline_fF(), array.readSupply_V());
  }
}
