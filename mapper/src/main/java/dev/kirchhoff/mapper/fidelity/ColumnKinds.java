package dev.kirchhoff.mapper.fidelity;

/**
 * Columns of the layers that a converter has been asked for, so that layers with the same columns
 * share their sums. Not safe for several threads.
 */
final class ColumnKinds {
  /**
   * Kinds that are kept, the oldest replaced by the next: a network has few, and a search that
   * changes the bits of its layers comes back to some of them (assumed).
   */
  private static final int KINDS = 32;

  private final ColumnSums[] known = new ColumnSums[KINDS];
  private int oldest;

  /** The columns of a layer, as {@link ColumnSums#isOf}; new ones have not been made yet. */
  ColumnSums find(
      DigitStatistics inputs,
      DigitStatistics weights,
      double perGroup,
      double structure,
      double inputStructure,
      double alike) {
    for (int kind = 0; kind < KINDS && known[kind] != null; kind++) {
      if (known[kind].isOf(inputs, weights, perGroup, structure, inputStructure, alike)) {
        return known[kind];
      }
    }
    if (known[oldest] == null) {
      known[oldest] = new ColumnSums();
    }
    ColumnSums columns = known[oldest];
    columns.begin(inputs, weights, perGroup, structure, inputStructure, alike);
    oldest = (oldest + 1) % KINDS;
    return columns;
  }
}
