package dev.kirchhoff.mapper.fabric;

/** Receiver of the links of transfers over a {@link Grid}, stretch by stretch. */
interface LinkSegments {
  /**
   * Receives links next to each other of a line, a row or a column in one direction.
   *
   * @param line row, or rows + column
   * @param first place of the first link
   * @param behind place behind the last link
   * @param bits bits that the transfer sends over each
   */
  void add(int line, int first, int behind, double bits);
}
