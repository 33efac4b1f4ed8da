package dev.kirchhoff.peripherals.readout;

/** Quantity of a column that a converter senses. */
public enum Sensing {
  /** A voltage that a front end makes of the column's current. */
  AMPLIFIED,
  /** The bitline's current itself; cells conduct until it is done. */
  CURRENT,
  /**
   * The voltage of the open bitline, sampled as soon as it has settled; lines are driven no longer
   * than that.
   */
  SAMPLED_VOLTAGE
}
