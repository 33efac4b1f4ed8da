package dev.kirchhoff.mapper.noise;

/**
 * Variances that conversions add to an output, by cause.
 *
 * @param quantisation of converter steps
 * @param clipping of sums beyond the converter's range
 * @param byReadout of thermal noise, virtual ground, lost bits, mismatch of converters, curvature
 * @param cells of the cells
 * @param byInput of the levels of the inputs
 */
record ColumnErrors(
    double quantisation,
    double clipping,
    ReadoutNoise byReadout,
    double cells,
    InputNoise byInput) {
  /** Of thermal noise, virtual ground, lost bits, mismatch of converters, curvature of cells. */
  double readout() {
    return byReadout.total();
  }
}
