package dev.kirchhoff.mapper.train;

/**
 * A matrix in an array, row by row.
 *
 * @param values the array
 * @param offset where the first row begins
 * @param stride from one row to the next
 */
record Block(float[] values, int offset, int stride) {
  static Block of(float[] values, int columns) {
    return new Block(values, 0, columns);
  }
}
