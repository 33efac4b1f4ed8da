package dev.kirchhoff.mapper.layout;

/**
 * A rectangle of cells of one crossbar that holds a rectangle of a layer's weight matrix.
 *
 * <p>The contents of its cells follow from {@link Matrix#input}, {@link Matrix#output}, {@link
 * Matrix#rowOfWeight} and {@link Matrix#columnOfWeight}.
 *
 * @param copy copy of the layer, from 0
 * @param part part of the matrix: group and, where they lie apart, position of the kernel
 * @param crossbar crossbar, counted over the chip
 * @param rows wordlines
 * @param columns bitlines
 * @param firstRow row of the part's cells on the first wordline
 * @param firstColumn column of the part's cells on the first bitline
 */
public record Block(
    int copy, int part, long crossbar, Span rows, Span columns, int firstRow, int firstColumn) {

  /**
   * Lines next to each other.
   *
   * @param first the first
   * @param count their number
   */
  public record Span(int first, int count) {
    /** The line behind the last. */
    public int end() {
      return first + count;
    }
  }

  /** Cells. */
  public long cells() {
    return (long) rows.count() * columns.count();
  }
}
