package dev.kirchhoff.peripherals.analog;

/**
 * Errors that a front end adds to a column's current.
 *
 * @param noise noise power over that of the cells alone, at least 1
 * @param offset_V deviation of the virtual ground between front ends, of which what it makes of a
 *     column's mean current is taken off as an offset
 * @param gain deviation of its gain between front ends, relative
 * @param bow_steps deviation of its curve from a straight line in the middle of the range, in steps
 *     of a code
 */
public record FrontEndErrors(double noise, double offset_V, double gain, double bow_steps) {
  /** A virtual ground without errors. */
  public static final FrontEndErrors NONE = new FrontEndErrors(1, 0, 0, 0);
}
