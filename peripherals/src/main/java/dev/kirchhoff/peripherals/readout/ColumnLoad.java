package dev.kirchhoff.peripherals.readout;

/**
 * Load of a converter: the column that it reads.
 *
 * @param rows cells on the bitline
 * @param rowsActive cells that may conduct at once
 * @param full_uS conductance of one cell in its low-resistance state
 * @param mean_uS conductance of one cell on average (middle of its window)
 * @param readVoltage_V voltage across the cells
 */
public record ColumnLoad(
    int rows, int rowsActive, double full_uS, double mean_uS, double readVoltage_V) {

  /** Largest current that the column can deliver. */
  public double fullScale_uA() {
    return rowsActive * full_uS * readVoltage_V;
  }

  /**
   * Conductance of the column with half of its active rows driven (assumed state of a conversion).
   */
  public double typical_uS() {
    return 0.5 * rowsActive * mean_uS;
  }
}
