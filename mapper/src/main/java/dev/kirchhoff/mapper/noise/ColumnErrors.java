package dev.kirchhoff.mapper.noise;

/**
 * Variances that conversions add to the sums of a column, by cause, summed over the slices of the
 * inputs.
 *
 * @param quantisation of converter steps
 * @param clipping of sums beyond the converter's range
 * @param readout of thermal noise, virtual ground, lost bits, mismatch of converters
 * @param cells of the cells
 */
record ColumnErrors(double quantisation, double clipping, double readout, double cells) {
  /** Errors with a further variance of quantisation. */
  ColumnErrors plusQuantisation(double more) {
    return new ColumnErrors(quantisation + more, clipping, readout, cells);
  }
}
