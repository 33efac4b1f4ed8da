package dev.kirchhoff.mapper.noise;

/**
 * Variances that conversions add to the sums of a column, by cause, summed over the slices of the
 * inputs.
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

  /** Errors with a further variance of quantisation. */
  ColumnErrors plusQuantisation(double more) {
    return new ColumnErrors(quantisation + more, clipping, byReadout, cells, byInput);
  }
}
