package dev.kirchhoff.mapper.kernel;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Fingerprint of a read: the sign of the difference of each pair of neighbouring cells, row after
 * row.
 *
 * @param across pairs of a row
 * @param pairs number of pairs
 * @param bits positive differences
 * @param alike number of pairs without a difference
 */
record Fingerprint(int across, int pairs, BitSet bits, int alike) {
  /**
   * The fingerprint of cells.
   *
   * @param cells cells as they were read, by row, then column
   */
  static Fingerprint of(double[][] cells) {
    int across = cells[0].length / 2;
    BitSet bits = new BitSet();
    int alike = 0;
    for (int b = 0; b < cells.length * across; b++) {
      double[] row = cells[b / across];
      double difference = row[2 * (b % across)] - row[2 * (b % across) + 1];
      bits.set(b, difference > 0);
      alike += difference == 0 ? 1 : 0;
    }
    return new Fingerprint(across, cells.length * across, bits, alike);
  }

  /** Share of its bits that differ from those of another one some rows further down. */
  double distance(Fingerprint other, int rows) {
    IntStream all = IntStream.range(0, pairs);
    long differing =
        all.filter(i -> bits.get(i) != other.bits.get((i + rows * across) % pairs)).count();
    return differing / (double) pairs;
  }
}
